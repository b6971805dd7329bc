// Text → lines that fit. Widths are terminal cells, counted by grapheme: a row is one cell high and never wider than
// the terminal (invariant 5).

import { graphemes, stringWidth } from './width.ts'

/** The width of a text in cells. */
export const cellWidth = (text: string): number => stringWidth(text)

// Text in as many cells has at most this many UTF-16 units a cell: sanitise.ts caps the marks on a letter.
const UNITS_PER_CELL = 24

/** Whether a text fits in `width` cells. */
export function fits(text: string, width: number): boolean {
  return text.length <= width * UNITS_PER_CELL && cellWidth(text) <= width
}

/** The longest beginning of a text that fits in `width` cells, whole graphemes only. */
export function takeCells(text: string, width: number): string {
  if (width <= 0) return ''
  let taken = ''
  let used = 0
  for (const segment of graphemes(text.slice(0, (width + 1) * UNITS_PER_CELL))) {
    const cells = cellWidth(segment)
    if (used + cells > width) break
    taken += segment
    used += cells
  }
  return taken
}

/** The text in at most `width` cells, with `…` where something was cut off. */
export function truncate(text: string, width: number): string {
  if (width <= 0) return ''
  return fits(text, width) ? text : `${takeCells(text, width - 1).trimEnd()}…`
}

/** The text in exactly `width` cells: cut or filled up with spaces at the end. */
export function fitCells(text: string, width: number): string {
  const cut = truncate(text, width)
  return cut + ' '.repeat(Math.max(0, width - cellWidth(cut)))
}

/** A line of wrapped text and where it starts in the text it was cut from, in UTF-16 units. */
export interface WrappedLine {
  readonly text: string
  readonly start: number
}

/**
 * Breaks text into lines of at most `width` cells (two at least: a wide letter must fit), at spaces where it can,
 * inside a word where it must. Line breaks in the text are kept. Each line is a slice of the text, so a place in one is
 * a place in the other.
 */
export function wrap(text: string, width: number): WrappedLine[] {
  const limit = Math.max(2, width)
  const lines: WrappedLine[] = []
  let paragraphStart = 0
  for (const paragraph of text.split('\n')) {
    for (const { start, end } of breaks(paragraph, limit))
      lines.push({ text: paragraph.slice(start, end), start: paragraphStart + start })
    paragraphStart += paragraph.length + 1
  }
  return lines
}

/** Where the lines of a paragraph begin and end; one empty line where there is no word. */
function breaks(paragraph: string, limit: number): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = []
  let line: { start: number; end: number } | null = null
  let used = 0
  let lastEnd = 0
  const flush = () => {
    if (line) lines.push(line)
    line = null
    used = 0
  }
  const add = (start: number, end: number, cells: number) => {
    line = { start: line?.start ?? start, end }
    lastEnd = end
    used += cells
  }
  for (const { 0: word, index } of paragraph.matchAll(/\S+/g)) {
    const end = index + word.length
    const gap = cellWidth(paragraph.slice(lastEnd, index))
    if (fits(word, limit)) {
      const cells = cellWidth(word)
      if (line !== null && used + gap + cells > limit) flush()
      add(index, end, (line === null ? 0 : gap) + cells)
      continue
    }
    // Longer than a line: broken where it must be.
    flush()
    let at = index
    for (const grapheme of graphemes(word)) {
      const cells = cellWidth(grapheme)
      if (used + cells > limit) flush()
      add(at, at + grapheme.length, cells)
      at += grapheme.length
    }
  }
  flush()
  return lines.length > 0 ? lines : [{ start: 0, end: 0 }]
}
