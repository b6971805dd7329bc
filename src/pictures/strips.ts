// A picture in strips, one for each row of its cells: what our painter puts over the screen where the terminal has no
// letters for pictures.

import type { Bitmap, Cells, Colour, Size } from './bitmap.ts'
import { cutInline, inlineStrip } from './iterm2.ts'
import { quantise } from './quantise.ts'
import { cutSixel, sixelStrip } from './sixel.ts'

/** A picture as a terminal paints it, a row of cells at a time. Plain data: it is made on one thread and painted on another. */
export interface Strips {
  readonly protocol: 'iterm2' | 'sixel'
  /** The size of a cell in pixels. */
  readonly cell: Size
  readonly columns: number
  /** For each row the sequence that paints it whole, from the cursor on. Where the cursor is left is not said. */
  readonly rows: readonly string[]
}

/** Whoever paints pictures, whatever they are of. */
export interface PictureKeeper {
  /** Gives the picture that a number stands for from now on. */
  keep(number: number, strips: Strips): void
  /** Forgets a picture: its cells are blank when they are next written. */
  forget(number: number): void
}

/**
 * The strips of a picture that fits into `cells`; what it leaves of them gets the colour `background`. `colours` is how many
 * a Sixel terminal has. Without transparency.
 */
export function stripsOf(
  bitmap: Bitmap,
  { columns, rows }: Cells,
  { protocol, cell, colours }: { protocol: Strips['protocol']; cell: Size; colours: number },
  background: Colour,
): Strips {
  const size = { width: columns * cell.width, height: rows * cell.height }
  const whole = padded(bitmap, size, background)
  const perRow = size.width * cell.height
  const each = (strip: (from: number, to: number) => string) =>
    Array.from({ length: rows }, (_, row) => strip(row * perRow, (row + 1) * perRow))
  if (protocol === 'iterm2') {
    const paint = (from: number, to: number) =>
      inlineStrip({ ...size, height: cell.height, data: whole.data.subarray(from * 4, to * 4) }, columns)
    return { protocol, cell, columns, rows: each(paint) }
  }
  // One palette for all strips, or a colour would change from row to row.
  const { palette, indices } = quantise(whole, colours)
  const paint = (from: number, to: number) => sixelStrip(palette, indices.subarray(from, to), size.width)
  return { protocol, cell, columns, rows: each(paint) }
}

/** What paints the columns `from` to `to` (exclusive) of a row; null where the picture has no such cells. */
export function paintStrip(
  { protocol, cell, columns, rows }: Strips,
  row: number,
  from: number,
  to: number,
): string | null {
  const strip = rows[row]
  if (strip === undefined || from >= to || to > columns) return null
  if (from === 0 && to === columns) return strip
  const cut = protocol === 'sixel' ? cutSixel : cutInline
  return cut(strip, from * cell.width, to * cell.width, to - from)
}

/** The picture in the upper left of a larger one. */
function padded({ width, height, data }: Bitmap, size: Size, background: Colour): Bitmap {
  const whole = new Uint8ClampedArray(size.width * size.height * 4)
  for (let at = 0; at < whole.length; at += 4) whole.set([...background, 255], at)
  const shown = Math.min(width, size.width) * 4
  for (let y = 0; y < Math.min(height, size.height); y++)
    whole.set(data.subarray(y * width * 4, y * width * 4 + shown), y * size.width * 4)
  return { ...size, data: whole }
}
