// Collections: the papers of a tag, as `tag:…` alone finds them, in an order of the reader's own.

import { collectionIn } from '../search/query.ts'
import { still } from './actions.ts'
import { parsedQuery } from './prompt.ts'
import { inSight, withShown } from './shown.ts'
import { type State, type Step, selectedRow } from './state.ts'

/** The tag whose papers the results are, in its order; null where they are anything else. */
export function collectionOf({ search }: State): string | null {
  const sought = search?.results?.sought
  // In another order than the tag's nothing can be moved.
  if (sought?.kind !== 'query' || search?.sorting) return null
  return collectionIn(parsedQuery(sought.query).query)
}

/** Whether the selected paper can be moved. */
export function canMove(state: State): true | string {
  if (collectionOf(state) === null)
    return 'papers have an order of yours where a search for one tag alone shows them: /tag:…'
  return selectedRow(state) ? true : 'no paper is selected'
}

/** Moves the selected paper in the order of the tag, and the cursor with it. */
export const moveInCollection =
  (by: 1 | -1) =>
  (state: State): Step => {
    const tag = collectionOf(state)
    const id = selectedRow(state)?.id
    const { search } = state
    if (tag === null || id === undefined || !search?.results) return still(state)
    const ids = [...search.results.ids]
    const from = ids.indexOf(id)
    const to = from + by
    const decide = { type: 'move-in-tag', id, tag, by } as const
    // At an end the library says so.
    if (to < 0 || to >= ids.length) return [state, [decide]]
    ids.splice(from, 1)
    ids.splice(to, 0, id)
    const moved = withShown({ ...state, search: { ...search, results: { ...search.results, ids } } })
    return [inSight({ ...moved, cursor: state.cursor + by }), [decide]]
  }
