// iTerm2's inline pictures. https://iterm2.com/documentation-images.html

import type { Bitmap, Cells } from './bitmap.ts'
import { encodePng } from './png.ts'

/** The sequence that shows a picture in `cells`, from the cursor on to the right and down, its proportions kept. */
export function inlinePicture(bitmap: Bitmap, { columns, rows }: Cells): string {
  const png = encodePng(bitmap)
  const keys = `inline=1;size=${png.length};width=${columns};height=${rows};preserveAspectRatio=1;doNotMoveCursor=1`
  return `\u001b]1337;File=${keys}:${Buffer.from(png).toString('base64')}\u0007`
}
