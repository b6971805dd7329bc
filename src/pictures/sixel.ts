// Sixel pictures, for the terminals that speak DEC's own protocol: bands of six rows, each colour of a band painted over
// the others, one letter for the six pixels of a column.

import type { Colour } from './bitmap.ts'

const BAND = 6

/**
 * The sequence that paints a strip, pixel by pixel, from the cursor on to the right and down. `indices` are the places of its
 * pixels in the palette, row by row. Nothing is painted below it, though its last band may reach further.
 */
export function sixelStrip(palette: readonly Colour[], indices: Uint8Array, width: number): string {
  const height = indices.length / width
  // Registers are set in hundredths, and only those that are used: a strip is short.
  const registers = [...new Set(indices)].map(
    (index) => `#${index};2;${palette[index]?.map((value) => Math.round(value / 2.55)).join(';')}`,
  )
  const bands = Array.from({ length: Math.ceil(height / BAND) }, (_, band) =>
    paintBand(indices.subarray(band * BAND * width, (band + 1) * BAND * width), width),
  )
  return sequence(width, height, registers.join(''), bands.join('-'))
}

// The second parameter leaves alone what is not painted; else it would get the first register's colour.
const sequence = (width: number, height: number, registers: string, bands: string) =>
  `\u001bP0;1;0q"1;1;${width};${height}${registers}${bands}\u001b\\`

const STRIP = /^\u001bP0;1;0q"1;1;\d+;(\d+)((?:#\d+;2;\d+;\d+;\d+)*)([^\u001b]*)\u001b\\$/

/** A strip of `sixelStrip` without what is to the left of the pixel `from` and, from `to` on, to the right. */
export function cutSixel(strip: string, from: number, to: number): string {
  const [, height = '0', registers = '', bands = ''] = STRIP.exec(strip) ?? []
  let x = 0
  const cut = bands.replace(/(?:!(\d+))?([?-~])|[$-]/g, (token, count?: string, letter?: string) => {
    if (letter === undefined) {
      x = 0
      return token
    }
    const start = Math.max(from, x)
    x += Number(count ?? 1)
    return repeated(letter, Math.min(to, x) - start)
  })
  return sequence(to - from, Number(height), registers, cut)
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

/** Columns as letters; nothing where nothing is painted at the end. */
function runs(painted: Uint8Array): string {
  let text = ''
  for (let start = 0; start < painted.length; ) {
    let end = start + 1
    while (end < painted.length && painted[end] === painted[start]) end++
    const bits = painted[start] as number
    if (bits !== 0 || end < painted.length) text += repeated(String.fromCharCode(63 + bits), end - start)
    start = end
  }
  return text
}

/** So many letters alike: more than three as a number and a letter. */
const repeated = (letter: string, count: number) =>
  count > 3 ? `!${count}${letter}` : letter.repeat(Math.max(0, count))
