// The list as lines: day headings and papers, a line each.

import type { PaperRow } from '../library/rows.ts'
import type { Mark } from '../paper.ts'
import { highlights, type MatchedWord } from '../text/highlights.ts'
import { latexText } from '../text/latex.ts'
import { cellWidth, fitCells, truncate } from '../text/layout.ts'
import { printWeekday } from './dates.ts'
import { emptyLines, emptyList } from './empty.ts'
import { fitLine, type Line, markedFit, type Span, selected, span, targeted } from './frame.ts'
import { rangeOf } from './selecting.ts'
import { bodyHeight, isOnOffer, type ListLine, lineAt } from './shown.ts'
import { sortingOfState } from './sorting.ts'
import type { State } from './state.ts'

// Cells of each column, and the pane's width from which it is there: a narrow pane keeps the title readable.
const AUTHOR = [
  { cells: 22, from: 90 },
  { cells: 15, from: 60 },
]
const COMMENTS = { cells: 5, from: 44 }
const VOTES = { cells: 5, from: 30 }

/** The visible part of the list: exactly the height of the body, every line exactly `width` cells. */
export function listPane(state: State, width: number): Line[] {
  const height = bodyHeight(state)
  const matched = state.search?.results?.matched ?? []
  const empty = state.shown.length === 0 ? nothing(state, width) : []
  return Array.from({ length: height }, (_, at) => {
    const line = lineAt(state, state.top + at - empty.length)
    return empty[at] ?? (line ? listLine(state, line, width, matched) : fitLine([], width))
  })
}

function listLine(state: State, line: ListLine, width: number, matched: readonly MatchedWord[]): Line {
  if (line.type === 'day') return dayLine(line, width)
  if (line.type === 'hub') return hubLine(state, width)
  const row = state.rows[state.shown[line.at] ?? -1]
  if (!row) return fitLine([], width)
  const byMomentum = sortingOfState(state).by === 'momentum'
  const spans = fitLine(paperLine(row, width, matched, isSelected(state, line.at, row), byMomentum), width)
  const placed = targeted(spans, { kind: 'place', at: line.at })
  return line.at === state.cursor ? placed.map(selected) : placed
}

function isSelected(state: State, place: number, { id }: PaperRow): boolean {
  if (state.selection.ids.has(id)) return true
  const range = rangeOf(state)
  return range !== null && place >= range[0] && place <= range[1]
}

/** The offer after the results to ask the Hub too: its search goes by meaning, and over papers that are not here. */
function hubLine(state: State, width: number): Line {
  const text =
    state.search?.hub === 'asking'
      ? 'The Hub is being asked …'
      : 'Ask the Hub’s own search too, which goes by meaning'
  const indent = ' '.repeat(4 + (width >= VOTES.from ? VOTES.cells : 0))
  const spans = fitLine([span(indent + text, 'accent', 'own')], width)
  const offer = targeted(spans, { kind: 'place', at: state.shown.length })
  return isOnOffer(state) ? offer.map(selected) : offer
}

function dayLine({ day, papers, starter }: ListLine & { type: 'day' }, width: number): Line {
  const name = day === '' ? 'No date' : printWeekday(day)
  const about = ` · ${papers} ${papers === 1 ? 'paper' : 'papers'}${starter ? ' · starter' : ''} `
  return fitLine(
    [
      span(` ${name}`, 'heading'),
      span(about, 'dim'),
      span('─'.repeat(Math.max(0, width - cellWidth(name) - cellWidth(about) - 2)), 'dim'),
    ],
    width,
  )
}

function paperLine(
  row: PaperRow,
  width: number,
  matched: readonly MatchedWord[],
  isChosen: boolean,
  byMomentum: boolean,
): Span[] {
  const author = AUTHOR.find(({ from }) => width >= from)?.cells ?? 0
  const comments = width >= COMMENTS.from ? COMMENTS.cells : 0
  const votes = width >= VOTES.from ? VOTES.cells : 0
  const name = latexText(row.title)
  const room = Math.max(1, width - 4 - votes - (author > 0 ? author + 1 : 0) - comments)
  // A short title leaves room; a long one keeps two thirds.
  const own = ownWords(row, Math.max(Math.floor(room / 3), room - cellWidth(name)))
  const title = room - cellWidth(own)
  return [
    span(isChosen ? '✓' : ' ', 'accent', 'bold'),
    span(row.starred ? '★' : ' ', 'star'),
    span(stateSign(row), 'unread'),
    ...(votes > 0
      ? [span(`${(byMomentum ? momentum(row) : shortNumber(row.upvotes)).padStart(votes - 1)} `, 'dim')]
      : []),
    span(' '),
    ...markedFit(name, highlights(name, matched), title, ...(row.read ? [] : (['bold'] as const))),
    span(own, 'accent'),
    ...(author > 0 ? [span(` ${authorCell(row, author)}`, 'dim')] : []),
    ...(comments > 0
      ? [span((row.comments ? `❝${shortNumber(row.comments)}` : '').padStart(comments), 'dim')]
      : []),
  ]
}

/** What was decided in one cell: the star has its own, since it says nothing of what is still to be done. */
export function stateSign({ read, later, hidden }: Mark): string {
  if (hidden) return '×'
  return later ? (read ? '◇' : '◆') : read ? ' ' : '●'
}

/** What rules and the reader say of it: a rule that watches or hides, tags, whether there is a note, after the title, as far as there is room. */
function ownWords({ tags, noted, watched, hidden, mutedBy }: PaperRow, room: number): string {
  const by = hidden && mutedBy !== null ? [` by “${mutedBy}”`] : []
  const words = [
    ...(watched ? [' ◎'] : []),
    ...by,
    ...tags.map((tag) => ` #${tag}`),
    ...(noted ? [' ✎'] : []),
  ].join('')
  return room < 4 ? '' : truncate(words, room)
}

/** First author and how many more: the number is never cut off, the name is. */
function authorCell({ firstAuthor, authorCount }: PaperRow, width: number): string {
  if (firstAuthor === null)
    return fitCells(
      authorCount === null ? '' : authorCount === 1 ? '1 author' : `${authorCount} authors`,
      width,
    )
  const more = (authorCount ?? 1) > 1 ? ` +${(authorCount ?? 1) - 1}` : ''
  return fitCells(truncate(firstAuthor, width - more.length) + more, width)
}

const UNITS = [
  { least: 1e12, text: () => '999G' },
  { least: 1e9, text: (value: number) => `${Math.floor(value / 1e9)}G` },
  { least: 1e6, text: (value: number) => `${Math.floor(value / 1e6)}M` },
  { least: 1e4, text: (value: number) => `${Math.floor(value / 1e3)}k` },
]

/** Upvotes of the last days in at most four cells: `▲12`, `▼3`. */
function momentum({ momentum: change }: PaperRow): string {
  if (change === null) return ''
  const size = Math.abs(change)
  return `${change < 0 ? '▼' : '▲'}${size >= 1000 ? `${Math.min(99, Math.floor(size / 1000))}k` : size}`
}

/** A count in at most four cells. */
function shortNumber(value: number | null): string {
  if (value === null) return ''
  return UNITS.find(({ least }) => value >= least)?.text(value) ?? String(value)
}

function nothing(state: State, width: number): Line[] {
  const why = emptyList(state)
  const lines = why
    ? emptyLines(why, Math.max(2, width - 2), state.bindings)
    : [[], [span('Loading …', 'dim')]]
  return lines.map((line) => fitLine([span('  '), ...line], width))
}
