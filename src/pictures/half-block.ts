// Pictures for any terminal with colours: `▀` shows two pixels a cell, one in its foreground and one in its background.

import type { Bitmap, Cells, Colour } from './bitmap.ts'
import { type ColourDepth, colourCode } from './colours.ts'
import { resize } from './scale.ts'

/** The rows of text that show a picture in `cells`, stretched to fill them. Without transparency. */
export function halfBlockRows(bitmap: Bitmap, { columns, rows }: Cells, depth: ColourDepth): string[] {
  const { data } = resize(bitmap, { width: columns, height: rows * 2 })
  const pixel = (x: number, y: number): Colour => {
    const at = (y * columns + x) * 4
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
  }
  return Array.from({ length: rows }, (_, row) => {
    let text = ''
    let last = ''
    for (let column = 0; column < columns; column++) {
      const above = colourCode(pixel(column, row * 2), depth, 'foreground')
      const below = colourCode(pixel(column, row * 2 + 1), depth, 'background')
      const style = `\u001b[${above};${below}m`
      text += style === last ? '▀' : `${style}▀`
      last = style
    }
    return `${text}\u001b[0m`
  })
}
