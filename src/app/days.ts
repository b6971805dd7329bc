// Going through the list day by day.

import { move, still } from './actions.ts'
import { headingDay, sortingOfState } from './sorting.ts'
import type { State, Step } from './state.ts'

/** The day whose heading the paper at a place stands under. */
function dayAt(state: State, place: number) {
  const row = state.rows[state.shown[place] ?? -1]
  return row && headingDay(state)?.(row)
}

/** The first place of the day that a place is of. */
function firstOfDay(state: State, place: number): number {
  let first = place
  while (first > 0 && dayAt(state, first - 1) === dayAt(state, place)) first--
  return first
}

/** The first paper of the next day down the list (1), or of the one above (-1); null where there is none. */
function neighbour(state: State, direction: 1 | -1): number | null {
  const { shown, cursor } = state
  if (direction === -1) {
    const first = firstOfDay(state, cursor)
    return first > 0 ? firstOfDay(state, first - 1) : null
  }
  for (let place = cursor + 1; place < shown.length; place++)
    if (dayAt(state, place) !== dayAt(state, cursor)) return place
  return null
}

/** Going to the first paper of the day before (1: older, further down the list) or after (-1). */
export const toDay = (direction: 1 | -1) => ({
  enabled: (state: State): true | string => {
    if (!headingDay(state)) return 'these papers are not in the order of days'
    if (neighbour(state, direction) !== null) return true
    return state.shown.length === 0
      ? 'there is no paper here'
      : (direction === 1) !== sortingOfState(state).reversed
        ? 'this is the oldest day here'
        : 'this is the newest day here'
  },
  run: (state: State): Step => {
    const place = neighbour(state, direction)
    return place === null ? still(state) : move(state, place)
  },
})
