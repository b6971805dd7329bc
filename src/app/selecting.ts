// Which papers the next decision is about: those that were selected, else the one under the cursor.

import type { PaperRow } from '../library/rows.ts'
import type { PaperId } from '../paper.ts'
import { still, withPaper } from './actions.ts'
import { clamp, inSight, lastPlace } from './shown.ts'
import { type State, type Step, selectedRow, shownRows } from './state.ts'

const rowAt = (state: State, place: number): PaperRow | undefined => state.rows[state.shown[place] ?? -1]

/** The places of the list that a range being drawn goes over, first and last; null where there is none. */
export function rangeOf(state: State): readonly [first: number, last: number] | null {
  const { from } = state.selection
  const index = from === null ? undefined : state.index.get(from)
  const place = index === undefined ? -1 : state.shown.indexOf(index)
  if (place < 0) return null
  const end = Math.min(state.cursor, state.shown.length - 1)
  return place <= end ? [place, end] : [end, place]
}

/** What is selected, as it was found for a list, its rows and the cursor. */
interface Found {
  readonly of: Pick<State, 'shown' | 'rows' | 'cursor'>
  readonly ids: ReadonlySet<PaperId>
  here?: readonly PaperRow[]
}

// Many ask with every key, and 100,000 papers may be selected. A selection that changes is another object.
const cache = new WeakMap<State['selection'], Found>()

function found(state: State): Found {
  const known = cache.get(state.selection)
  const isSame =
    known?.of.shown === state.shown &&
    known.of.rows === state.rows &&
    // The cursor is one end of a range.
    (known.of.cursor === state.cursor || state.selection.from === null)
  if (known && isSame) return known
  const { shown, rows, cursor } = state
  const now: Found = { of: { shown, rows, cursor }, ids: findIds(state) }
  cache.set(state.selection, now)
  return now
}

/** The ids that are selected, with those of a range that is being drawn. */
const selectedIds = (state: State) => found(state).ids

function findIds(state: State): ReadonlySet<PaperId> {
  const range = rangeOf(state)
  if (!range) return state.selection.ids
  const ids = new Set<PaperId>(state.selection.ids)
  for (let place = range[0]; place <= range[1]; place++) {
    const row = rowAt(state, place)
    if (row) ids.add(row.id)
  }
  return ids
}

/** The papers of the list that are selected, in its order. Others may be, of the list that a search was begun from. */
function selectedHere(state: State): readonly PaperRow[] {
  if (state.selection.ids.size === 0 && state.selection.from === null) return []
  const now = found(state)
  now.here ??= shownRows(state, ({ id }) => now.ids.has(id))
  return now.here
}

/** Whether anything of the list is selected, or a range is being drawn in it. */
export const isSelecting = (state: State) => rangeOf(state) !== null || selectedHere(state).length > 0

/** How many papers of the list are selected. */
export function countSelected(state: State): number {
  if (state.reading || state.document) return 0
  // A range changes with every key, which a list of 100,000 need not be gone through for.
  return rangeOf(state) === null ? selectedHere(state).length : selectedIds(state).size
}

/** The papers that the next decision is about, in the order of the list. */
export function targets(state: State): readonly PaperRow[] {
  if (!state.reading && !state.document && isSelecting(state)) return selectedHere(state)
  const own = selectedRow(state)
  return own ? [own] : []
}

/** Whether there is a paper to decide about. */
export const hasTarget = (state: State) => (targets(state).length > 0 ? true : 'no paper is selected')

/** Selects the paper under the cursor, or no longer, and goes on to the next. */
export function toggleSelected(state: State): Step {
  const row = selectedRow(state)
  if (!row) return still(state)
  const ids = new Set(selectedIds(state))
  if (!ids.delete(row.id) || state.selection.from !== null) ids.add(row.id)
  const cursor = clamp(state.cursor + 1, 0, lastPlace(state))
  return withPaper(inSight({ ...state, cursor, selection: { ...state.selection, ids, from: null } }))
}

/** Begins a range at the cursor, or keeps the one that is being drawn. */
export function toggleRange(state: State): Step {
  const { selection } = state
  const from = selection.from === null ? (selectedRow(state)?.id ?? null) : null
  const ids = selection.from === null ? selection.ids : selectedIds(state)
  return still({ ...state, selection: { ...selection, ids, from } })
}

/** Selects every paper that the list shows, or none where all of them are. */
export function selectAll(state: State): Step {
  const all = new Set(shownRows(state, () => true).map(({ id }) => id))
  const isAll = all.size === selectedHere(state).length
  return still({ ...state, selection: { ...state.selection, ids: isAll ? new Set() : all, from: null } })
}

/** Selects once more what was decided about last. */
export const selectAgain = (state: State): Step =>
  still({ ...state, selection: { ...state.selection, ids: state.selection.before, from: null } })

/** The state with nothing of the list selected; what was can be selected again. */
export function withoutSelection(state: State): State {
  if (!isSelecting(state)) return state
  const before = new Set(selectedHere(state).map(({ id }) => id))
  const ids = new Set(Array.from(selectedIds(state)).filter((id) => !before.has(id)))
  return { ...state, selection: { ids, from: null, before } }
}
