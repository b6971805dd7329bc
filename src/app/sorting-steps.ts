// Choosing the order of the list.

import { still, withPaper } from './actions.ts'
import { anchorOf, atAnchor, withShown } from './shown.ts'
import { orderOf, type SortBy, type Sorting, sortedResults, sortingOfState, sortText } from './sorting.ts'
import type { Effect, State, Step } from './state.ts'

/** Asks for the letter that says in which order. */
export const startSorting = (state: State): Step => still({ ...state, choosing: { kind: 'sort' } })

/** Whether there is an order by how well papers fit. */
export const hasRelevance = ({ search }: State) =>
  search?.results ? true : 'only what was searched for fits more or less'

/** Puts the list in an order, which its view keeps; the cursor stays with its paper. */
export const sortBy =
  (by: SortBy) =>
  (state: State): Step =>
    sorted({ ...state, choosing: null }, { by, reversed: false })

/** Whether the order can be turned round. */
export const canReverse = (state: State) => {
  const { by } = sortingOfState(state)
  return by === 'relevance' || by === 'stars' ? `there is nothing to reverse in an order by ${by}` : true
}

/** Turns the order round. */
export function reverseOrder(state: State): Step {
  const { by, reversed } = sortingOfState(state)
  return sorted(state, { by, reversed: !reversed })
}

function sorted(state: State, sorting: Sorting): Step {
  const { search, view } = state
  if (!search?.results) {
    const sorts = { ...state.sorts, [view]: sorting }
    const next = { ...state, sorts, order: orderOf({ ...state, sorts }) }
    // What the list shows now stays, be it read meanwhile.
    return withPaper(atAnchor(withShown(next, state.shown), anchorOf(state)))
  }
  const effects: Effect[] = []
  const { sought } = search
  let changed = { ...search, sorting, results: sortedResults(state, search.results, sorting) }
  if (sought.kind === 'view') {
    const sort = sortText(sorting)
    const kept = { ...sought, sort }
    changed = { ...changed, sought: kept, results: { ...changed.results, sought: kept } }
    effects.push({ type: 'sort-view', name: sought.name, sort })
  }
  const [next, more] = withPaper(atAnchor(withShown({ ...state, search: changed }), anchorOf(state)))
  return [next, [...more, ...effects]]
}
