// The list as lines: which rows it shows, under which day headings, and which part of it is on the screen.

import type { PaperRow } from '../library/papers.ts'
import { type Day, isArxiv, type PaperId, titleKey } from '../paper.ts'
import { speaksOfHidden } from '../search/query.ts'
import { parsedQuery } from './prompt.ts'
import { headingDay, isOfDays, orderOf } from './sorting.ts'
import { type Anchor, indexOf, type Results, type State, selectedRow, type ViewName } from './state.ts'

/** A line of the list: a day's heading, the paper at a place in `shown`, or after all results the offer to ask the Hub. */
export type ListLine =
  | { readonly type: 'day'; readonly day: string; readonly papers: number; readonly starter: boolean }
  | { readonly type: 'paper'; readonly at: number }
  | { readonly type: 'hub' }

interface ListLines {
  readonly lines: readonly ListLine[]
  /** The line of each place. */
  readonly lineOf: readonly number[]
}

// The lines change only when `shown` does, not with every key.
const cache = new WeakMap<readonly number[], ListLines>()

/** The lines of the list, with a heading for each day where it is in their order. */
export function listLines(state: State): ListLines {
  const cached = cache.get(state.shown)
  if (cached) return cached
  const lines: ListLine[] = []
  const lineOf: number[] = []
  const dayOf = headingDay(state)
  for (const [at, index] of state.shown.entries()) {
    const row = state.rows[index]
    const previous = state.rows[state.shown[at - 1] ?? -1]
    if (dayOf && row && (!previous || dayOf(row) !== dayOf(previous)))
      lines.push({ type: 'day', day: dayOf(row), ...dayFrom(state, at, dayOf) })
    lineOf.push(lines.length)
    lines.push({ type: 'paper', at })
  }
  if (offersHub(state)) {
    lineOf.push(lines.length)
    lines.push({ type: 'hub' })
  }
  const result = { lines, lineOf }
  cache.set(state.shown, result)
  return result
}

/** Whether the list ends with the offer to ask the Hub's own search. */
export const offersHub = (state: State) =>
  state.search?.results?.sought.kind === 'query' &&
  !isOfDays(state.search.results.sought) &&
  state.search.hub !== 'answered'

/** Whether the cursor is on that offer. */
export const isOnOffer = (state: State) => offersHub(state) && state.cursor === state.shown.length

/** The last place of the list that the cursor can be on. */
export const lastPlace = (state: State) => state.shown.length - (offersHub(state) ? 0 : 1)

/** The papers from a place on that share its day, counted, and whether any is of the starter library. */
function dayFrom(
  { rows, shown }: State,
  at: number,
  dayOf: (row: PaperRow) => Day,
): { papers: number; starter: boolean } {
  const first = rows[shown[at] ?? -1]
  let starter = false
  let end = at
  for (; end < shown.length; end++) {
    const row = rows[shown[end] ?? -1]
    if (!row || !first || dayOf(row) !== dayOf(first)) break
    starter ||= row.origin === 'starter'
  }
  return { papers: end - at, starter }
}

/** How many papers the list has, be it that not all of them are read from the library yet. */
export const listCount = ({ search, view, complete, shown, totals }: State): number =>
  search?.results || view !== 'all' || complete ? shown.length : totals.papers

/** The first entry to show on `height` lines, so that the selected one is among them. */
export const topOf = ({ at, top }: { readonly at: number; readonly top: number }, height: number): number =>
  clamp(top, at - height + 1, at)

/** Lines that the list has on the screen: all but the status bar and the footer. */
export function bodyHeight({ size }: State): number {
  return Math.max(1, size.rows - 2)
}

/** Whether a view holds a paper. */
export function inView(row: PaperRow, view: ViewName): boolean {
  if (view === 'hidden' || row.hidden) return view === 'hidden' && row.hidden
  return view === 'all' || (view === 'unread' ? !row.read : row[view])
}

/** Whether a row has a place in the list that is shown, be it only that it had one before. */
function stays(row: PaperRow, { view, search }: State): boolean {
  if (!row.hidden) return true
  return search?.results ? asksForHidden(search.results) : view === 'hidden'
}

/** Whether it was asked for hidden papers: elsewhere what is hidden leaves the results. */
const asksForHidden = ({ sought }: Results) =>
  'query' in sought && speaksOfHidden(parsedQuery(sought.query).query.node)

/** Where the reader is now. */
export function anchorOf(state: State): Anchor {
  const line = listLines(state).lineOf[state.cursor] ?? 0
  return { id: selectedRow(state)?.id ?? null, cursor: state.cursor, offset: line - state.top }
}

/**
 * The state with the cursor on the anchor's paper, on the same line of the screen as far as the list allows; `beyond`
 * lets a short list leave lines empty at the end of the screen for that.
 */
export function atAnchor(state: State, anchor: Anchor, beyond = false): State {
  const known = anchor.id === null ? undefined : state.index.get(anchor.id)
  const at = known === undefined ? -1 : state.shown.indexOf(known)
  const cursor = at >= 0 ? at : anchor.cursor
  const clamped = clamp(cursor, 0, lastPlace(state))
  const line = listLines(state).lineOf[clamped] ?? 0
  return inSight({ ...state, cursor: clamped, top: line - anchor.offset }, beyond)
}

/** The state with the cursor's line, and a day's heading right above it, on the screen. */
export function inSight(state: State, beyond = false): State {
  const { lines, lineOf } = listLines(state)
  const height = bodyHeight(state)
  const cursor = clamp(state.cursor, 0, lastPlace(state))
  const line = lineOf[cursor] ?? 0
  const first = lines[line - 1]?.type === 'day' && height > 1 ? line - 1 : line
  let top = clamp(state.top, 0, lines.length - (beyond ? 1 : height))
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
      const row = index === undefined ? undefined : rows[index]
      if (index !== undefined && row && stays(row, state)) shown.push(index)
    }
  } else {
    const look = (row: PaperRow, index: number) => {
      if (inView(row, view) || (keep.has(row.id) && stays(row, state))) shown.push(index)
    }
    if (state.order) {
      for (const index of state.order) {
        const row = rows[index]
        if (row) look(row, index)
      }
    } else rows.forEach(look)
  }
  return { ...state, shown }
}

/** The state with the library's rows as they are now: the cursor and the screen stay with the paper they were on. */
export function withRows(state: State, rows: readonly PaperRow[], complete: boolean): State {
  const index = indexOf(rows)
  const rename = renames(state, rows, index)
  const renamed = (anchor: Anchor): Anchor => ({
    ...anchor,
    id: anchor.id === null ? null : rename(anchor.id),
  })
  const search = state.search && {
    ...state.search,
    from: renamed(state.search.from),
    kept: new Set([...state.search.kept].map(rename)),
    results: state.search.results && renamedResults(state.search.results, rename),
  }
  const unread = rows.reduce((count, row) => count + isUnread(row), 0)
  const totals = complete ? { papers: rows.length, unread } : state.totals
  const keep = search ? search.kept : shownIds(state, rename)
  const order = orderOf({ ...state, rows })
  const next = withShown({ ...state, rows, order, index, complete, totals, search }, keep)
  return atAnchor(next, renamed(anchorOf(state)), true)
}

function renamedResults(results: Results, rename: (id: PaperId) => PaperId): Results {
  return {
    ...results,
    ids: results.ids.map(rename),
    ...(results.found ? { found: results.found.map(rename) } : {}),
    shared: new Map([...results.shared].map(([id, words]) => [rename(id), words])),
  }
}

/** What a paper of the old rows is called in the new ones: a provisional one may have come by its arXiv id. */
function renames(old: State, rows: readonly PaperRow[], index: ReadonlyMap<PaperId, number>) {
  const lost = old.rows.filter(({ id }) => !isArxiv(id) && !index.has(id))
  if (lost.length === 0) return (id: PaperId) => id
  const byTitle = new Map(rows.map(({ id, title }) => [titleKey(title), id]))
  const names = new Map(lost.map(({ id, title }) => [id, byTitle.get(titleKey(title)) ?? id]))
  return (id: PaperId) => names.get(id) ?? id
}

/** The papers shown, where the view leaves some out: they stay until the view is left. */
export function shownIds(state: State, rename = (id: PaperId) => id): Set<PaperId> {
  return state.view === 'all' ? new Set() : new Set(state.shown.map((at) => rename(state.rows[at]?.id ?? '')))
}

/**
 * The state once rows have changed as `withChangedRows` made them: what was hidden leaves, and the paper after it comes in its
 * place under the cursor; what the view holds again, as after an undo, comes back.
 */
export function withSettled(state: State, changed: readonly PaperRow[]): State {
  if (changed.length === 0) return state
  const ids = new Set(changed.map(({ id }) => id))
  const shown = new Set<PaperId>()
  for (const index of state.shown) {
    const id = state.rows[index]?.id ?? ''
    if (ids.has(id)) shown.add(id)
  }
  const leaves = (row: PaperRow) => shown.has(row.id) && !stays(row, state)
  const returns = (row: PaperRow) =>
    !shown.has(row.id) &&
    (state.search?.results
      ? stays(row, state) && state.search.results.ids.includes(row.id)
      : inView(row, state.view))
  if (!changed.some((row) => leaves(row) || returns(row))) return state
  const left = new Set(changed.filter(leaves).map(({ id }) => id))
  const place = state.shown.findIndex(
    (index, at) => at >= state.cursor && !left.has(state.rows[index]?.id ?? ''),
  )
  const line = listLines(state).lineOf[state.cursor] ?? 0
  const anchor = { ...anchorOf(state), offset: line - state.top }
  const id = place < 0 ? null : (state.rows[state.shown[place] ?? -1]?.id ?? null)
  return atAnchor(withShown(state, shownIds(state)), { ...anchor, id, cursor: state.shown.length })
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
    unread += isUnread(row) - isUnread(before)
    rows[index] = row
    if (paper?.id === row.id) {
      const { read, starred, later, hidden, tags } = row
      paper = { ...paper, read, starred, later, hidden, tags }
    }
  }
  return { ...state, rows, paper, totals: { ...state.totals, unread } }
}

/** What a row counts among the unread papers: what is hidden is none of them. */
const isUnread = ({ read, hidden }: PaperRow) => (read || hidden ? 0 : 1)

/** `value` within `low` and `high`; `low` where there is no room. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
