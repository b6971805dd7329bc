// An open text on the screen: its lines with what was found and the links to choose, the contents beside it.

import { cellWidth, takeCells, truncate, wrap } from '../text/layout.ts'
import { graphemes } from '../text/width.ts'
import type { Document, Match, Piece } from './document.ts'
import { headingAt } from './document-moving.ts'
import { fitLine, type Line, runSpans, type Span, span, targeted } from './frame.ts'
import { bodyHeight } from './shown.ts'
import type { State } from './state.ts'

const CONTENTS = 34
/** From this width on the contents stand beside the text. */
const BESIDE_FROM = 100
const MARGIN = 2

/** Whether the contents take the place of the text, for want of room beside it. */
export const contentsCover = ({ document, size, linear }: State) =>
  document?.contents === true && (linear !== null || size.columns < BESIDE_FROM)

const contentsWidth = (state: State) => (state.document?.contents && !contentsCover(state) ? CONTENTS : 0)

/** The width that the lines of an open text have, in cells. */
export function documentWidth(state: State): number {
  const room = state.size.columns - contentsWidth(state) - 2 * MARGIN
  return Math.max(10, Math.min(state.measure, room))
}

/**
 * The body of the screen: exactly its height, every line exactly `columns` cells; `nothing` are the lines that say why the
 * text has none, and what to press.
 */
export function documentPane(
  state: State,
  document: Document,
  columns: number,
  nothing: readonly Line[],
): Line[] {
  const height = bodyHeight(state)
  if (contentsCover(state)) return contentsLines(document, columns, height)
  const beside = contentsWidth(state)
  const room = columns - beside
  const width = documentWidth(state)
  const margin = ' '.repeat(Math.max(0, Math.floor((room - width) / 2)))
  const text = textLines(state, document, height, width, nothing)
  const contents = beside === 0 ? [] : contentsLines(document, beside - 2, height)
  return Array.from({ length: height }, (_, at) => [
    ...(beside === 0 ? [] : [...(contents[at] ?? []), span(' │', 'dim')]),
    ...fitLine([span(margin), ...(text[at] ?? [])], room),
  ])
}

function textLines(
  state: State,
  document: Document,
  height: number,
  width: number,
  nothing: readonly Line[],
): Line[] {
  const { text, top, said, sideways } = document
  if (text.lines.length === 0) return [...(said === null ? [] : [[], ...wrapped(said, width)]), ...nothing]
  const found = piecesByLine(document)
  const hints = state.choosing?.kind === 'hints' ? state.choosing : null
  return text.lines.slice(top, top + height).map(({ runs, wide }, at) => {
    const line = top + at
    const spans = runSpans(runs, found.get(line) ?? [])
    const labelled = (hints?.hints ?? [])
      .filter((hint) => hint.line === line)
      .reduce((before: Span[], { keys, start }) => {
        const rest = keys.startsWith(hints?.typed ?? '') ? keys.slice(hints?.typed.length) : ''
        return rest === '' ? before : overlaid(before, start, rest)
      }, spans)
    return wide ? cutLeft(labelled, sideways) : labelled
  })
}

const wrapped = (text: string, width: number): Line[] =>
  wrap(text, width).map((line) => [span(line.text, 'dim')])

const byLine = new WeakMap<readonly Match[], ReadonlyMap<number, readonly Piece[]>>()

/** What was found, by the lines it is on. */
function piecesByLine({ find }: Document): ReadonlyMap<number, readonly Piece[]> {
  if (!find?.matches) return new Map()
  const known = byLine.get(find.matches)
  if (known) return known
  const pieces = Map.groupBy(find.matches.flat(), ({ line }) => line)
  byLine.set(find.matches, pieces)
  return pieces
}

/** A line with a label over what begins at `start`, in UTF-16 units of its text. */
function overlaid(line: readonly Span[], start: number, label: string): Span[] {
  const before: Span[] = []
  const after: Span[] = []
  let at = 0
  let covered = cellWidth(label)
  for (const piece of line) {
    const from = Math.max(0, Math.min(start - at, piece.text.length))
    if (from > 0) before.push({ ...piece, text: piece.text.slice(0, from) })
    let rest = piece.text.slice(from)
    while (rest !== '' && covered > 0) {
      const letter = graphemes(rest.slice(0, 40))[0] ?? rest
      covered -= cellWidth(letter)
      rest = rest.slice(letter.length)
    }
    if (rest !== '') after.push({ ...piece, text: rest })
    at += piece.text.length
  }
  // Half of a wide letter is left.
  const fill = covered < 0 ? [span(' '.repeat(-covered))] : []
  return [...before, span(label, 'selected', 'bold'), ...fill, ...after]
}

/** A line without its first cells. */
function cutLeft(line: readonly Span[], cells: number): Span[] {
  let left = cells
  const rest: Span[] = []
  for (const piece of line) {
    const width = cellWidth(piece.text)
    if (left >= width) {
      left -= width
      continue
    }
    if (left === 0) {
      rest.push(piece)
      continue
    }
    const gone = takeCells(piece.text, left)
    const short = left - cellWidth(gone)
    const kept = piece.text.slice(gone.length)
    // A wide letter that is cut through leaves a blank.
    const first = short > 0 ? (graphemes(kept.slice(0, 40))[0] ?? '') : ''
    rest.push({
      ...piece,
      text: (short > 0 ? ' '.repeat(cellWidth(first) - short) : '') + kept.slice(first.length),
    })
    left = 0
  }
  return rest
}

/** The headings, the one that is read now in sight and marked. */
function contentsLines(document: Document, width: number, height: number): Line[] {
  const { headings } = document.text
  const at = headingAt(document)
  const top = Math.max(0, Math.min(at - Math.floor(height / 2), headings.length - height))
  const lines = headings.slice(top, top + height).map(({ level, text }, index): Line => {
    const indented = fitLine([span(` ${'  '.repeat(Math.max(0, level - 1))}${text}`)], width)
    const line = targeted(indented, { kind: 'entry', at: top + index })
    return top + index === at ? line.map((piece) => ({ ...piece, styles: ['selected'] })) : line
  })
  while (lines.length < height) lines.push(fitLine([], width))
  return lines
}

/** The status bar over an open text: what it is, where one is in it. */
export function documentBar(document: Document, height: number, width: number): { left: Line; right: Line } {
  const { text, top, whole, title, kind, sideways, find } = document
  const heading = text.headings[headingAt(document)]?.text ?? ''
  const below = text.lines.length - height
  const share = below <= 0 ? 100 : Math.min(100, Math.round((top / below) * 100))
  const position = text.lines.length === 0 ? '' : whole ? `${share}% ` : '… '
  const matches =
    find?.matches && find.matches.length > 0 ? `${find.at + 1}/${find.matches.length} found · ` : ''
  const aside = sideways > 0 ? `→ ${sideways} · ` : ''
  const name = kind === 'discussion' ? `Comments on ${title}` : title
  const right = [span(` ${matches}${aside}${position}`, 'dim')]
  const room = width - cellWidth(right[0]?.text ?? '') - 1
  const shownTitle = truncate(name, heading === '' ? room : Math.max(16, Math.floor(room * 0.55)))
  return {
    left: [
      span(` ${shownTitle}`, 'bold'),
      ...(heading === '' || width < 60 || heading === name ? [] : [span(` · ${heading}`, 'dim')]),
    ],
    right,
  }
}
