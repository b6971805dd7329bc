// Which papers the next decision is about: those that were selected, else the one under the cursor. What was selected in a
// list waits while a search over it shows others.

import type { PaperRow } from '../library/rows.ts'
import type { PaperId } from '../paper.ts'
import { still, withPaper } from './actions.ts'
import { clamp, inSight, lastPlace } from './shown.ts'
import { type State, type Step, selectedRow } from './state.ts'

const rowAt = (state: State, place: number): PaperRow | undefined => state.rows[state.shown[place] ?? -1]

const knownPlaces = new WeakMap<Uint32Array, Int32Array>()

/** The place of each row in the list, -1 of those that it does not show: worked out once for a list. */
function placesOf({ shown, rows }: State): Int32Array {
  const known = knownPlaces.get(shown)
  if (known) return known
  const places = new Int32Array(rows.length).fill(-1)
  for (let place = 0; place < shown.length; place++) places[shown[place] as number] = place
  knownPlaces.set(shown, places)
  return places
}

/** The place of a paper in the list; -1 where it is not shown. */
const placeOf = (state: State, id: PaperId): number => placesOf(state)[state.index.get(id) ?? -1] ?? -1

/** A stretch of the list: its first place and its last. */
type Range = readonly [first: number, last: number]

/** The places of the list that a range being drawn goes over; null where there is none. */
export function rangeOf(state: State): Range | null {
  const { from } = state.selection
  const place = from === null ? -1 : placeOf(state, from)
  if (place < 0) return null
  const end = Math.min(state.cursor, state.shown.length - 1)
  return place <= end ? [place, end] : [end, place]
}

const isIn = (range: Range | null, place: number) => range !== null && place >= range[0] && place <= range[1]

/** What of the list is selected, as it was found for a list, its rows and the cursor. */
interface Found {
  readonly of: Pick<State, 'shown' | 'rows' | 'cursor'>
  readonly count: number
  here?: readonly PaperRow[]
}

// Many ask with every key, and 100,000 papers may be selected. A selection that changes is another object.
const cache = new WeakMap<State['selection'], Found>()

function found(state: State): Found {
  const { selection, shown, rows, cursor } = state
  const known = cache.get(selection)
  const isSame =
    known?.of.shown === shown &&
    known.of.rows === rows &&
    // The cursor is one end of a range.
    (known.of.cursor === cursor || selection.from === null)
  if (known && isSame) return known
  const range = rangeOf(state)
  let count = range ? range[1] - range[0] + 1 : 0
  for (const id of selection.ids) {
    const place = placeOf(state, id)
    if (place >= 0 && !isIn(range, place)) count++
  }
  const now: Found = { of: { shown, rows, cursor }, count }
  cache.set(selection, now)
  return now
}

/** The papers of the list that are selected, in its order. */
function selectedHere(state: State): readonly PaperRow[] {
  const now = found(state)
  if (now.count === 0) return []
  if (now.here) return now.here
  const range = rangeOf(state)
  const here: PaperRow[] = []
  for (let place = 0; place < state.shown.length; place++) {
    const row = rowAt(state, place)
    if (row && (isIn(range, place) || state.selection.ids.has(row.id))) here.push(row)
  }
  now.here = here
  return here
}

/** Whether anything of the list is selected, or a range is being drawn in it. */
export const isSelecting = (state: State) => found(state).count > 0

/** How many papers of the list are selected. */
export const countSelected = (state: State): number =>
  state.reading || state.document ? 0 : found(state).count

/** The papers that the next decision is about, in the order of the list. */
export function targets(state: State): readonly PaperRow[] {
  if (countSelected(state) > 0) return selectedHere(state)
  const own = selectedRow(state)
  return own ? [own] : []
}

/** Whether there is a paper to decide about. */
export const hasTarget = (state: State) =>
  countSelected(state) > 0 || selectedRow(state) ? true : 'no paper is selected'

/** The ids that are selected here and elsewhere, with those of a range that is being drawn. */
function selectedIds(state: State): Set<PaperId> {
  const ids = new Set(state.selection.ids)
  const range = rangeOf(state)
  if (range)
    for (let place = range[0]; place <= range[1]; place++) {
      const row = rowAt(state, place)
      if (row) ids.add(row.id)
    }
  return ids
}

/** The ids that are selected but not shown. */
const selectedElsewhere = (state: State): PaperId[] =>
  [...state.selection.ids].filter((id) => placeOf(state, id) < 0)

/** Selects the paper under the cursor, or no longer, and goes on to the next. */
export function toggleSelected(state: State): Step {
  const row = selectedRow(state)
  if (!row) return still(state)
  const ids = selectedIds(state)
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

/** Selects every paper that the list shows, or none of them where all are. */
export function selectAll(state: State): Step {
  const isAll = found(state).count === state.shown.length
  const ids = new Set(selectedElsewhere(state))
  for (let place = 0; !isAll && place < state.shown.length; place++) ids.add(rowAt(state, place)?.id ?? '')
  return still({ ...state, selection: { ...state.selection, ids, from: null } })
}

/** Selects once more what was selected before. */
export function selectAgain(state: State): Step {
  const ids = new Set([...selectedElsewhere(state), ...state.selection.before])
  return still({ ...state, selection: { ...state.selection, ids, from: null } })
}

/** The state with nothing of the list selected; what was can be selected again. */
export function withoutSelection(state: State): State {
  if (!isSelecting(state)) return state
  const before = new Set(selectedHere(state).map(({ id }) => id))
  return { ...state, selection: { ids: new Set(selectedElsewhere(state)), from: null, before } }
}
