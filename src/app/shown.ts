// The list as lines: which rows it shows, under which day headings, and which part of it is on the screen.

import type { PaperRow } from '../library/papers.ts'
import { isProvisional, type PaperId, titleKey } from '../paper.ts'
import { type Anchor, indexOf, type State, selectedRow, type ViewName } from './state.ts'

/** A line of the list: a day's heading or the paper at a place in `shown`. */
export type ListLine =
  | { readonly type: 'day'; readonly day: string; readonly papers: number; readonly starter: boolean }
  | { readonly type: 'paper'; readonly at: number }

interface ListLines {
  readonly lines: readonly ListLine[]
  /** The line of each place in `shown`. */
  readonly lineOf: readonly number[]
  /** Whether any paper's upvotes are known: the starter library's are not, and need no column. */
  readonly hasVotes: boolean
}

// The lines change only when `shown` does, not with every key.
const cache = new WeakMap<readonly number[], ListLines>()

/** The lines of the list. Search results have no day headings: their order is by relevance. */
export function listLines(state: State): ListLines {
  const cached = cache.get(state.shown)
  if (cached) return cached
  const lines: ListLine[] = []
  const lineOf: number[] = []
  for (const [at, index] of state.shown.entries()) {
    const row = state.rows[index]
    const previous = state.rows[state.shown[at - 1] ?? -1]
    if (!state.search?.results && row?.day !== previous?.day) {
      lines.push({
        type: 'day',
        day: row?.day ?? '',
        papers: papersFrom(state, at),
        starter: row?.origin === 'starter',
      })
    }
    lineOf.push(lines.length)
    lines.push({ type: 'paper', at })
  }
  const hasVotes = state.shown.some((index) => state.rows[index]?.upvotes != null)
  const result = { lines, lineOf, hasVotes }
  cache.set(state.shown, result)
  return result
}

/** How many papers from a place on share its day. */
function papersFrom({ rows, shown }: State, at: number): number {
  const day = rows[shown[at] ?? -1]?.day
  let end = at
  while (end < shown.length && rows[shown[end] ?? -1]?.day === day) end++
  return end - at
}

/** Lines that the list has on the screen: all but the status bar and the footer. */
export function bodyHeight({ size }: State): number {
  return Math.max(1, size.rows - 2)
}

const matches = (row: PaperRow, view: ViewName) =>
  view === 'all' || (view === 'unread' ? !row.read : row.starred)

/** Where the reader is now. */
export function anchorOf(state: State): Anchor {
  const line = listLines(state).lineOf[state.cursor] ?? 0
  const row = selectedRow(state)
  return { id: row?.id ?? null, title: row?.title ?? '', cursor: state.cursor, offset: line - state.top }
}

/** Where the anchor's paper is in `shown`; a provisional one may have come by its arXiv id, and keeps its title. */
function placeOf({ index, rows, shown }: State, { id, title }: Anchor): number {
  const known = id === null ? undefined : index.get(id)
  if (known !== undefined) return shown.indexOf(known)
  if (id === null || !isProvisional(id)) return -1
  const key = titleKey(title)
  return shown.findIndex((at) => titleKey(rows[at]?.title ?? '') === key)
}

/** The state with the cursor on the anchor's paper, on the same line of the screen as far as the list allows. */
export function atAnchor(state: State, anchor: Anchor): State {
  const at = placeOf(state, anchor)
  const cursor = at >= 0 ? at : anchor.cursor
  const clamped = clamp(cursor, 0, state.shown.length - 1)
  const line = listLines(state).lineOf[clamped] ?? 0
  return inSight({ ...state, cursor: clamped, top: line - anchor.offset })
}

/** The state with the cursor's line, and a day's heading right above it, on the screen. */
export function inSight(state: State): State {
  const { lines, lineOf } = listLines(state)
  const height = bodyHeight(state)
  const cursor = clamp(state.cursor, 0, state.shown.length - 1)
  const line = lineOf[cursor] ?? 0
  const first = lines[line - 1]?.type === 'day' && height > 1 ? line - 1 : line
  let top = clamp(state.top, 0, lines.length - height)
  if (first < top) top = first
  if (line >= top + height) top = line - height + 1
  return cursor === state.cursor && top === state.top ? state : { ...state, cursor, top }
}

/** The state with another list; papers the reader has just dealt with stay where `keep` holds them. */
export function withShown(state: State, keep: ReadonlySet<PaperId> = new Set()): State {
  const { rows, view } = state
  const results = state.search?.results
  const shown: number[] = []
  if (results) {
    for (const id of results.ids) {
      const index = state.index.get(id)
      if (index !== undefined) shown.push(index)
    }
  } else {
    for (const [index, row] of rows.entries()) if (matches(row, view) || keep.has(row.id)) shown.push(index)
  }
  return { ...state, shown }
}

/** The state with the library's rows as they are now: the cursor and the screen stay with the paper they were on. */
export function withRows(state: State, rows: readonly PaperRow[], complete: boolean): State {
  const anchor = anchorOf(state)
  const keep =
    state.view === 'all'
      ? new Set<PaperId>()
      : new Set(state.shown.map((index) => state.rows[index]?.id ?? ''))
  const unread = rows.reduce((count, row) => count + (row.read ? 0 : 1), 0)
  const totals = complete ? { papers: rows.length, unread } : state.totals
  return atAnchor(withShown({ ...state, rows, index: indexOf(rows), complete, totals }, keep), anchor)
}

/** The state with some rows replaced by what the library says of them now. */
export function withChangedRows(state: State, changed: readonly PaperRow[]): State {
  const rows = [...state.rows]
  let unread = state.totals.unread
  let paper = state.paper
  for (const row of changed) {
    const index = state.index.get(row.id)
    const before = index === undefined ? undefined : rows[index]
    if (index === undefined || before === undefined) continue
    unread += Number(before.read) - Number(row.read)
    rows[index] = row
    if (paper?.id === row.id) paper = { ...paper, read: row.read, starred: row.starred }
  }
  return { ...state, rows, paper, totals: { ...state.totals, unread } }
}

/** `value` within `low` and `high`; `low` where there is no room. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
