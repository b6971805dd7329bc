// The list as lines: which rows it shows, under which day headings, and which part of it is on the screen.

import type { PaperRow } from '../library/rows.ts'
import { type PaperId, titleKey } from '../paper.ts'
import { speaksOfHidden, wordsFor } from '../search/query.ts'
import { parsedQuery } from './prompt.ts'
import { headingDay, isOfDays, orderOf } from './sorting.ts'
import { type Anchor, indexOf, type Results, rowOf, type State, selectedRow, type ViewName } from './state.ts'

/** A line of the list: a day's heading, the paper at a place in `shown`, or after all results the offer to ask the Hub. */
export type ListLine =
  | { readonly type: 'day'; readonly day: string; readonly papers: number; readonly starter: boolean }
  | { readonly type: 'paper'; readonly at: number }
  | { readonly type: 'hub' }

/** A day's heading on its line, above the paper at a place. */
type Heading = ListLine & { readonly type: 'day'; readonly line: number; readonly place: number }

// They change only when `shown` does, not with every key. Lines are worked out from them: 100,000 would be 4 MB.
const cache = new WeakMap<Uint32Array, readonly Heading[]>()

/** The headings of the list, one for each day where it is in their order. */
function headingsOf(state: State): readonly Heading[] {
  const cached = cache.get(state.shown)
  if (cached) return cached
  const { rows, shown } = state
  const dayOf = headingDay(state)
  const headings: { -readonly [Key in keyof Heading]: Heading[Key] }[] = []
  if (dayOf)
    for (let place = 0; place < shown.length; place++) {
      const row = rows[shown[place] ?? -1]
      if (!row) continue
      const day = dayOf(row)
      let heading = headings.at(-1)
      if (!heading || heading.day !== day) {
        heading = { type: 'day', day, papers: 0, starter: false, line: place + headings.length, place }
        headings.push(heading)
      }
      heading.papers++
      if (row.origin === 'starter') heading.starter = true
    }
  cache.set(shown, headings)
  return headings
}

/** How many headings something holds for: the first ones, and none after them. */
function headingsWhile(state: State, holds: (heading: Heading) => boolean): number {
  const headings = headingsOf(state)
  let [low, high] = [0, headings.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const heading = headings[middle]
    if (heading && holds(heading)) low = middle + 1
    else high = middle
  }
  return low
}

/** Lines of the list, the headings and the offer included. */
export const countLines = (state: State): number => lastPlace(state) + 1 + headingsOf(state).length

/** The line of a place. */
export const lineOf = (state: State, place: number): number =>
  place + headingsWhile(state, (heading) => heading.place <= place)

/** What stands on a line; undefined beyond the list. */
export function lineAt(state: State, line: number): ListLine | undefined {
  if (line < 0 || line >= countLines(state)) return undefined
  const above = headingsWhile(state, (heading) => heading.line <= line)
  const heading = headingsOf(state)[above - 1]
  if (heading?.line === line) return heading
  const at = line - above
  return at < state.shown.length ? { type: 'paper', at } : { type: 'hub' }
}

/** The place on a line or, where a heading stands there, the one below it. */
export const placeAt = (state: State, line: number): number =>
  line - headingsWhile(state, (heading) => heading.line < line)

/** The line that a place begins on: that of the heading right above it, where there is one and room for both. */
export function firstLineOf(state: State, place: number): number {
  const line = lineOf(state, place)
  return bodyHeight(state) > 1 && lineAt(state, line - 1)?.type === 'day' ? line - 1 : line
}

/** Whether the list ends with the offer to ask the Hub's own search, which knows nothing of tags and marks. */
export function offersHub({ search }: State): boolean {
  const sought = search?.results?.sought
  if (sought?.kind !== 'query' || isOfDays(sought) || search?.hub === 'answered') return false
  return wordsFor(parsedQuery(sought.query).query.node) !== ''
}

/** Whether the cursor is on that offer. */
export const isOnOffer = (state: State) => offersHub(state) && state.cursor === state.shown.length

/** The last place of the list that the cursor can be on. */
export const lastPlace = (state: State) => state.shown.length - (offersHub(state) ? 0 : 1)

/**
 * Whether the list has such a paper. Commands ask with every key, and there may be 100,000 papers of which none is: it is
 * found out once for a list and its rows.
 */
export function hasShown(isSuch: (row: PaperRow) => boolean): (state: State) => boolean {
  const known = new WeakMap<Uint32Array, { readonly rows: State['rows']; readonly has: boolean }>()
  return ({ rows, shown }) => {
    const before = known.get(shown)
    if (before?.rows === rows) return before.has
    const has = shown.some((index) => {
      const row = rows[index]
      return row !== undefined && isSuch(row)
    })
    known.set(shown, { rows, has })
    return has
  }
}

/** Whether anything that the list shows is not read. */
export const hasUnread = hasShown(({ read }) => !read)

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
function stays(row: PaperRow, state: State): boolean {
  const { view, search } = state
  if (!row.hidden || isCard(row, state)) return true
  return search?.results ? asksForHidden(search.results) : view === 'hidden'
}

/** What is hidden in triage stays until that is left: one may want to see it once more. */
const isCard = ({ id }: PaperRow, { triage }: State) => triage?.decided.get(id) === 'hidden'

/** Whether it was asked for hidden papers: elsewhere what is hidden leaves the results. */
const asksForHidden = ({ sought }: Results) =>
  'query' in sought && speaksOfHidden(parsedQuery(sought.query).query.node)

/** Where the reader is now. */
export function anchorOf(state: State): Anchor {
  const offset = lineOf(state, state.cursor) - state.top
  return { id: selectedRow(state)?.id ?? null, cursor: state.cursor, offset }
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
  return inSight({ ...state, cursor: clamped, top: lineOf(state, clamped) - anchor.offset }, beyond)
}

/** The state with the cursor's line, and a day's heading right above it, on the screen. */
export function inSight(state: State, beyond = false): State {
  const height = bodyHeight(state)
  const cursor = clamp(state.cursor, 0, lastPlace(state))
  const line = lineOf(state, cursor)
  const first = firstLineOf(state, cursor)
  let top = clamp(state.top, 0, countLines(state) - (beyond ? 1 : height))
  if (first < top) top = first
  if (line >= top + height) top = line - height + 1
  return cursor === state.cursor && top === state.top ? state : { ...state, cursor, top }
}

const NONE = new Uint32Array()

/** The state with another list; rows the reader has just dealt with stay where they are among `kept`. */
export function withShown(state: State, kept: Uint32Array = NONE): State {
  const { rows, view, order } = state
  const results = state.search?.results
  const shown = new Uint32Array(results ? results.ids.length : rows.length)
  let count = 0
  if (results)
    for (const id of results.ids) {
      const index = state.index.get(id)
      const row = index === undefined ? undefined : rows[index]
      if (index !== undefined && row && stays(row, state)) shown[count++] = index
    }
  else {
    // Rows are looked at as they lie in memory: in another order 100,000 of them take 10 ms longer.
    const isShown = marked(rows.length, kept)
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as PaperRow
      const isThere = isShown[index] === 1 || isCard(row, state)
      isShown[index] = inView(row, view) || (isThere && stays(row, state)) ? 1 : 0
    }
    for (let place = 0; place < rows.length; place++) {
      const index = order ? (order[place] as number) : place
      if (isShown[index]) shown[count++] = index
    }
  }
  // Not a part of the array, which would keep all of it in memory.
  return { ...state, shown: count < shown.length ? shown.slice(0, count) : shown }
}

/** A byte for each row, 1 for those at `indices`. */
function marked(rows: number, indices: Uint32Array): Uint8Array {
  const marks = new Uint8Array(rows)
  for (const index of indices) marks[index] = 1
  return marks
}

/** The state with the library's rows as they are now: the cursor and the screen stay with the paper they were on. */
export function withRows(
  state: State,
  rows: readonly PaperRow[],
  complete: boolean,
  index: ReadonlyMap<PaperId, number> = indexOf(rows),
): State {
  const rename = renames(state, rows, index)
  const moved = (indices: Uint32Array) =>
    Uint32Array.from([...indices].flatMap((at) => index.get(rename(state.rows[at]?.id ?? '')) ?? []))
  const renamed = (anchor: Anchor): Anchor => ({
    ...anchor,
    id: anchor.id === null ? null : rename(anchor.id),
  })
  const search = state.search && {
    ...state.search,
    from: renamed(state.search.from),
    kept: moved(state.search.kept),
    results: state.search.results && renamedResults(state.search.results, rename),
  }
  const unread = rows.reduce((count, row) => count + isUnread(row), 0)
  const totals = complete ? { papers: rows.length, unread } : state.totals
  const kept = search ? search.kept : moved(keptHere(state))
  const order = orderOf({ ...state, rows })
  const next = withShown({ ...state, rows, order, index, complete, totals, search }, kept)
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
  // An arXiv id has no colon: to look for one takes a tenth of the time that `isArxiv` takes.
  const lost = old.rows.filter(({ id }) => id.includes(':') && !index.has(id))
  if (lost.length === 0) return (id: PaperId) => id
  const byTitle = new Map(rows.map(({ id, title }) => [titleKey(title), id]))
  const names = new Map(lost.map(({ id, title }) => [id, byTitle.get(titleKey(title)) ?? id]))
  return (id: PaperId) => names.get(id) ?? id
}

/** The rows shown, where the view leaves some out: they stay until the view is left. */
export const keptHere = ({ view, shown }: State): Uint32Array => (view === 'all' ? NONE : shown)

/**
 * The state once rows have changed as `withChangedRows` made them: what was hidden leaves, and the paper after it comes in its
 * place under the cursor; what the view holds again, as after an undo, comes back.
 */
export function withSettled(state: State, changed: readonly PaperRow[]): State {
  if (changed.length === 0) return state
  const shown = marked(state.rows.length, state.shown)
  const isShown = ({ id }: PaperRow) => shown[state.index.get(id) ?? -1] === 1
  const leaves = (row: PaperRow) => isShown(row) && !stays(row, state)
  const returns = (row: PaperRow) =>
    !isShown(row) &&
    (state.search?.results
      ? stays(row, state) && state.search.results.ids.includes(row.id)
      : inView(row, state.view))
  if (!changed.some((row) => leaves(row) || returns(row))) return state
  const left = new Set(changed.filter(leaves).map(({ id }) => id))
  const place = state.shown.findIndex(
    (index, at) => at >= state.cursor && !left.has(state.rows[index]?.id ?? ''),
  )
  const id = place < 0 ? null : (state.rows[state.shown[place] ?? -1]?.id ?? null)
  return atAnchor(withShown(state, keptHere(state)), { ...anchorOf(state), id, cursor: state.shown.length })
}

/** The state without triage: what was hidden in it leaves the list. */
export function withoutTriage({ triage, ...state }: State): State {
  const decided = [...(triage?.decided.keys() ?? [])]
  return withSettled(
    { ...state, triage: null },
    decided.flatMap((id) => rowOf(state, id) ?? []),
  )
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
