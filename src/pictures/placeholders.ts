// The cells of a picture as text, in Kitty's way of writing them: a letter a cell, its marks the row and the column, its
// colour the number of the picture. So a picture scrolls, is cut off and is overwritten like text, whoever puts it there in
// the end: Kitty itself, or our painter where the terminal knows nothing of these letters.

import type { Cells } from './bitmap.ts'
import { diacritic, diacriticIndex } from './kitty-diacritics.ts'

const PLACEHOLDER = '\u{10eeee}'

/** Numbers up to this one are a colour of the 256, which tmux passes on as it is. Greater ones are not for tmux. */
export const PALETTE_NUMBERS = 255

/** The rows of text that show a picture, each as wide as its columns. A row may be cut at any cell. `number` is 1 to 2^24 - 1. */
export function placeholderRows(number: number, { columns, rows }: Cells): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const cells = Array.from(
      { length: columns },
      (_, column) => PLACEHOLDER + diacritic(row) + diacritic(column),
    )
    return `\u001b[38;${colourOf(number)}m${cells.join('')}\u001b[39m`
  })
}

const colourOf = (number: number) =>
  number <= PALETTE_NUMBERS ? `5;${number}` : `2;${number >> 16};${(number >> 8) & 255};${number & 255}`

/** Cells of one row of a picture that stand side by side. */
export interface CellRun {
  readonly number: number
  readonly row: number
  /** The first column, and the one behind the last. */
  readonly from: number
  readonly to: number
}

// A colour, or cells.
const PIECES = /\u001b\[38;(?:5;(\d+)|2;(\d+);(\d+);(\d+))m|(?:\u{10eeee}\p{Mn}\p{Mn})+/gu

/** The text with what `instead` gives in the place of every run of cells. */
export function replacePlaceholders(text: string, instead: (run: CellRun) => string): string {
  if (!text.includes(PLACEHOLDER)) return text
  let number = 0
  return text.replace(PIECES, (piece, index?: string, red?: string, green?: string, blue?: string) => {
    if (piece.startsWith(PLACEHOLDER)) return runsIn(piece, number).map(instead).join('')
    number = index ? Number(index) : (Number(red) << 16) + (Number(green) << 8) + Number(blue)
    return piece
  })
}

function runsIn(cells: string, number: number): CellRun[] {
  const runs: CellRun[] = []
  const marks = [...cells].map(diacriticIndex)
  for (let at = 0; at < marks.length; at += 3) {
    const row = marks[at + 1] ?? 0
    const column = marks[at + 2] ?? 0
    const last = runs.at(-1)
    if (last?.row === row && last.to === column) runs[runs.length - 1] = { ...last, to: column + 1 }
    else runs.push({ number, row, from: column, to: column + 1 })
  }
  return runs
}
