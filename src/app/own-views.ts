// The views that every reader has, and how many papers are in them.

import type { PaperRow } from '../library/rows.ts'
import { inView } from './shown.ts'
import type { ViewName } from './state.ts'
import type { ViewCount } from './views.ts'

/** The views in their order. */
export const VIEWS: readonly { readonly view: ViewName; readonly name: string }[] = [
  { view: 'all', name: 'All' },
  { view: 'unread', name: 'Unread' },
  { view: 'starred', name: 'Starred' },
  { view: 'later', name: 'Later' },
  { view: 'hidden', name: 'Hidden' },
  { view: 'watched', name: 'Watched' },
]

// Rows change with every decision, not with every key.
const counts = new WeakMap<readonly PaperRow[], ReadonlyMap<ViewName, ViewCount>>()

/** How many papers each view has, and how many of them are unread. */
export function countsOf(rows: readonly PaperRow[]): ReadonlyMap<ViewName, ViewCount> {
  const known = counts.get(rows)
  if (known) return known
  // Without a look into a map for each row and view: it would take twice the time.
  const each = VIEWS.map(({ view }) => ({ view, papers: 0, unread: 0 }))
  for (const row of rows)
    for (const count of each) {
      if (!inView(row, count.view)) continue
      count.papers++
      if (!row.read) count.unread++
    }
  const counted = new Map(each.map(({ view, ...count }) => [view, count]))
  counts.set(rows, counted)
  return counted
}
