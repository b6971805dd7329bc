// Sixel pictures, for the terminals that speak DEC's own protocol: bands of six rows, each colour of a band painted over
// the others, one letter for the six pixels of a column.

import type { Bitmap } from './bitmap.ts'
import { quantise } from './quantise.ts'

// As many as terminals have registers for.
const COLOURS = 256
const BAND = 6

/** The sequence that paints a picture, pixel by pixel, from the cursor on to the right and down. Without transparency. */
export function sixelPicture(bitmap: Bitmap): string {
  const { width, height } = bitmap
  const { palette, indices } = quantise(bitmap, COLOURS)
  // Registers are set in hundredths.
  const registers = palette.map(
    (colour, index) => `#${index};2;${colour.map((value) => Math.round(value / 2.55)).join(';')}`,
  )
  const bands = Array.from({ length: Math.ceil(height / BAND) }, (_, band) =>
    paintBand(indices.subarray(band * BAND * width, (band + 1) * BAND * width), width),
  )
  return `\u001bPq"1;1;${width};${height}${registers.join('')}${bands.join('-')}\u001b\\`
}

function paintBand(indices: Uint8Array, width: number): string {
  // For each colour of the band the pixels of every column, the uppermost in the lowest bit.
  const columns = new Map<number, Uint8Array>()
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] as number
    const painted = columns.get(index) ?? new Uint8Array(width)
    columns.set(index, painted)
    painted[at % width] = (painted[at % width] as number) | (1 << Math.floor(at / width))
  }
  return [...columns].map(([index, painted]) => `#${index}${runs(painted)}`).join('$')
}

/** Columns as letters, more than three alike as a number and a letter; nothing where nothing is painted at the end. */
function runs(painted: Uint8Array): string {
  let text = ''
  for (let start = 0; start < painted.length; ) {
    let end = start + 1
    while (end < painted.length && painted[end] === painted[start]) end++
    const bits = painted[start] as number
    const letter = String.fromCharCode(63 + bits)
    if (bits !== 0 || end < painted.length)
      text += end - start > 3 ? `!${end - start}${letter}` : letter.repeat(end - start)
    start = end
  }
  return text
}
