// Kitty's graphics protocol, with Unicode placeholders: the picture is sent once and shown wherever its cells are written.
// https://sw.kovidgoyal.net/kitty/graphics-protocol/

import type { Bitmap, Cells } from './bitmap.ts'
import { encodePng } from './png.ts'

// As much as a command may carry.
const CHUNK = 4096

/**
 * The commands that send a picture and lay it out in `cells`; nothing is shown yet. `id` is 1 to 255 and replaces the picture
 * that had it. The terminal keeps proportions and puts the picture in the middle. Each command may go through tmux.
 */
export function transmitPicture(id: number, bitmap: Bitmap, { columns, rows }: Cells): string[] {
  const base64 = Buffer.from(encodePng(bitmap)).toString('base64')
  const chunks = base64.match(new RegExp(`.{1,${CHUNK}}`, 'g')) ?? []
  return chunks.map((chunk, index) => {
    const layout = index === 0 ? `a=T,U=1,f=100,t=d,i=${id},c=${columns},r=${rows},` : ''
    return command(`${layout}q=2,m=${index < chunks.length - 1 ? 1 : 0}`, chunk)
  })
}

/** The command that takes a picture away, wherever it is shown, and frees its memory. */
export function deletePicture(id: number): string {
  return command(`a=d,d=I,i=${id},q=2`, '')
}

const command = (keys: string, payload: string) => `\u001b_G${keys}${payload && `;${payload}`}\u001b\\`
