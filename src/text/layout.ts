// Text → lines that fit. Widths are terminal cells, counted by grapheme: a row is one cell high and never wider than
// the terminal (invariant 5).

import { graphemes, stringWidth } from './width.ts'

/** The width of a text in cells. */
export const cellWidth = (text: string): number => stringWidth(text)

/** The longest beginning of a text that fits in `width` cells, whole graphemes only. */
export function takeCells(text: string, width: number): string {
  if (width <= 0) return ''
  let taken = ''
  let used = 0
  for (const segment of graphemes(text)) {
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
  return cellWidth(text) <= width ? text : `${takeCells(text, width - 1).trimEnd()}…`
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
 * Breaks text into lines of at most `width` cells, at spaces where it can, inside a word where it must. Line breaks in
 * the text are kept. Each line is a slice of the text, so a place in one is a place in the other.
 */
export function wrap(text: string, width: number): WrappedLine[] {
  const limit = Math.max(2, width) // two cells: the widest grapheme must fit somewhere
  const lines: WrappedLine[] = []
  let paragraphStart = 0
  for (const paragraph of text.split('\n')) {
    let lineStart = 0
    let lineEnd = 0
    let used = 0
    const flush = () => {
      lines.push({ text: paragraph.slice(lineStart, lineEnd), start: paragraphStart + lineStart })
    }
    for (const match of paragraph.matchAll(/\S+/g)) {
      const word = match[0]
      const gap = paragraph.slice(lineEnd, match.index)
      const cells = cellWidth(word)
      const gapCells = used === 0 ? 0 : cellWidth(gap)
      if (used > 0 && used + gapCells + cells > limit) {
        flush()
        used = 0
      }
      if (used === 0) lineStart = match.index
      used += (used === 0 ? 0 : gapCells) + cells
      lineEnd = match.index + word.length
      while (used > limit) {
        const head = takeCells(paragraph.slice(lineStart, lineEnd), limit)
        const cut = lineStart + head.length
        lines.push({ text: head, start: paragraphStart + lineStart })
        lineStart = cut
        used = cellWidth(paragraph.slice(lineStart, lineEnd))
      }
    }
    if (lineEnd > lineStart || lines.length === 0 || paragraph.trim() === '') {
      if (paragraph.trim() === '') lineStart = lineEnd = 0
      flush()
    }
    paragraphStart += paragraph.length + 1
  }
  return lines
}
