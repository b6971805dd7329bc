// What a screen is made of: lines of styled text, already cut to the width. How styles look is the ui's business.

import type { Day } from '../paper.ts'
import type { Run } from '../text/document.ts'
import type { Range } from '../text/highlights.ts'
import { cellWidth, fitCells, fits, takeCells, truncate } from '../text/layout.ts'

export type Style =
  | 'bold'
  | 'italic'
  | 'dim'
  | 'accent'
  | 'match'
  | 'selected'
  | 'unread'
  | 'star'
  | 'heading'
  | 'error'
  | 'problem'
  | 'cursor'
  | 'link'
  /** Looks like nothing: it tells words of the interface from those of papers, where only ASCII is wanted. */
  | 'own'

/** What is in these styles are words and signs of the interface. */
export const OWN_STYLES: ReadonlySet<Style> = new Set(['dim', 'accent', 'unread', 'star', 'heading', 'own'])

export interface Span {
  readonly text: string
  readonly styles: readonly Style[]
  /** What is written in the place of the text, which is as wide: a row of a picture. */
  readonly drawn?: string
  /** What a click on it means. */
  readonly target?: Target
}

/**
 * What can be clicked on: keys, with spaces between, that are as good as pressed; a place of the list; an entry of what is
 * listed over all else; a day of the calendar; a link.
 */
export type Target =
  | { readonly kind: 'keys'; readonly keys: string }
  | { readonly kind: 'place'; readonly at: number }
  | { readonly kind: 'entry'; readonly at: number }
  | { readonly kind: 'day'; readonly day: Day }
  | { readonly kind: 'view'; readonly name: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'link'; readonly href: string }

export type Line = readonly Span[]

/** A whole screen: exactly as many lines as the terminal has rows, none wider than it. */
export interface Frame {
  readonly lines: readonly Line[]
}

/** A piece of a line. */
export function span(text: string, ...styles: Style[]): Span {
  return { text, styles }
}

/** A line of which every cell means the same to a click. */
export const targeted = (line: Line, target: Target): Line => line.map((piece) => ({ ...piece, target }))

/** A part of the line that is selected. Colours inside the bar would break it up; weight and marks stay. */
export const selected = (piece: Span): Span => ({
  ...piece,
  styles: [
    ...piece.styles.filter((style) => style === 'bold' || style === 'match'),
    ...(piece.styles.some((style) => OWN_STYLES.has(style)) ? (['own'] as const) : []),
    'selected',
  ],
})

/** What is in a cell of a line, counted from 0. */
export function spanAt(line: Line, column: number): Span | null {
  let end = 0
  for (const piece of line) {
    end += cellWidth(piece.text)
    if (column < end) return piece
  }
  return null
}

/** A line's width in cells. */
export function lineWidth(line: Line): number {
  return line.reduce((width, { text }) => width + cellWidth(text), 0)
}

/** The line in exactly `width` cells: cut with `…` or filled up with spaces. */
export function fitLine(line: Line, width: number): Line {
  const fitted: Span[] = []
  let left = width
  for (const piece of line) {
    const cells = cellWidth(piece.text)
    if (cells > left) {
      const { drawn: _, ...rest } = piece
      // A row of a picture cannot be cut.
      fitted.push({ ...rest, text: truncate(piece.text, left) })
      left -= cellWidth(fitted.at(-1)?.text ?? '')
      break
    }
    fitted.push(piece)
    left -= cells
  }
  return left > 0 ? [...fitted, span(' '.repeat(left))] : fitted
}

/** `left` and `right` at the ends of a line of `width` cells; where both do not fit, `left` is cut. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightWidth = Math.min(lineWidth(right), width)
  const room = width - rightWidth
  const isCut = rightWidth > 0 && room > 1 && lineWidth(left) > room
  // What is cut must not run into what follows.
  return [
    ...fitLine(left, isCut ? room - 1 : room),
    ...(isCut ? [span(' ')] : []),
    ...fitLine(right, rightWidth),
  ]
}

/** A text with the ranges of it that are to be marked. `start` is where the text begins in what the ranges count. */
export function marked(text: string, start: number, ranges: readonly Range[], ...styles: Style[]): Span[] {
  const spans: Span[] = []
  let at = 0
  for (const range of ranges) {
    const from = Math.max(range.start - start, at)
    const to = Math.min(range.end - start, text.length)
    if (to <= from) continue
    if (from > at) spans.push(span(text.slice(at, from), ...styles))
    spans.push(span(text.slice(from, to), ...styles, 'match'))
    at = to
  }
  if (at < text.length) spans.push(span(text.slice(at), ...styles))
  return spans
}

const RUN_STYLES: Readonly<Record<NonNullable<Run['styles']>[number], readonly Style[]>> = {
  bold: ['bold'],
  italic: ['italic'],
  code: ['accent'],
  math: [],
  dim: ['dim'],
}

/** Runs as spans, with the ranges of their text that are to be marked. `start` is where they begin in what these count. */
export function runSpans(
  runs: readonly Run[],
  ranges: readonly Range[] = [],
  start = 0,
  ...more: Style[]
): Span[] {
  const spans: Span[] = []
  let at = start
  for (const { text, styles = [], href, drawn } of runs) {
    if (drawn !== undefined) {
      spans.push({ text, styles: [], drawn })
      at += text.length
      continue
    }
    const link: Style[] = href === undefined ? [] : href.startsWith('#') ? ['accent'] : ['link']
    const pieces = marked(text, at, ranges, ...more, ...styles.flatMap((style) => RUN_STYLES[style]), ...link)
    spans.push(...(href === undefined ? pieces : targeted(pieces, { kind: 'link', href })))
    at += text.length
  }
  return spans
}

/** A line's text. */
export const lineText = (line: Line): string => line.map(({ text }) => text).join('')

/** Like `marked`, in exactly `width` cells. */
export function markedFit(text: string, ranges: readonly Range[], width: number, ...styles: Style[]): Span[] {
  if (fits(text, width))
    return [...marked(text, 0, ranges, ...styles), span(fitCells('', width - cellWidth(text)))]
  const cut = takeCells(text, width - 1).trimEnd()
  return [...marked(cut, 0, ranges, ...styles), span(fitCells('…', width - cellWidth(cut)), ...styles)]
}
