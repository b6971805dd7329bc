// Views and tags beside the list, with how many papers are in them.

import type { PaperRow } from '../library/papers.ts'
import { fitCells, truncate } from '../text/layout.ts'
import { fitLine, type Line, span } from './frame.ts'
import { bodyHeight, inView } from './shown.ts'
import type { State, ViewName } from './state.ts'
import type { ViewCount } from './views.ts'

/** The views in their order, with the keys that show them. */
export const VIEWS: readonly { readonly view: ViewName; readonly name: string; readonly key: string }[] = [
  { view: 'all', name: 'All', key: '1' },
  { view: 'unread', name: 'Unread', key: '2' },
  { view: 'starred', name: 'Starred', key: '3' },
  { view: 'later', name: 'Later', key: '4' },
  { view: 'hidden', name: 'Hidden', key: '0' },
  { view: 'watched', name: 'Watched', key: 'W' },
]

// Rows change with every decision, not with every key.
const counts = new WeakMap<readonly PaperRow[], ReadonlyMap<ViewName, ViewCount>>()

/** How many papers each view has, and how many of them are unread. */
export function countsOf(rows: readonly PaperRow[]): ReadonlyMap<ViewName, ViewCount> {
  const known = counts.get(rows)
  if (known) return known
  const counted = new Map(VIEWS.map(({ view }) => [view, { papers: 0, unread: 0 }]))
  for (const row of rows)
    for (const { view } of VIEWS) {
      const count = counted.get(view)
      if (!count || !inView(row, view)) continue
      count.papers++
      if (!row.read) count.unread++
    }
  counts.set(rows, counted)
  return counted
}

/** The sidebar: exactly the height of the body, every line exactly `width` cells. */
export function sidebarPane(state: State, width: number): Line[] {
  const height = bodyHeight(state)
  const entry = (key: string, name: string, count: string, isHere: boolean): Line => {
    const room = width - 4 - count.length - 1
    const line = fitLine(
      [
        span(isHere ? ' ▸' : '  ', 'accent', 'bold'),
        span(`${key} `, 'accent'),
        span(fitCells(truncate(name, room), room), ...(isHere ? (['bold'] as const) : [])),
        span(`${count} `, 'dim'),
      ],
      width,
    )
    return line
  }
  const counted = countsOf(state.rows)
  const views = VIEWS.map(({ view, name, key }) => {
    // What is not read from the library yet is not counted.
    const count = state.complete ? (counted.get(view)?.papers ?? 0).toLocaleString('en') : ''
    return entry(key, name, count, !state.search && state.view === view)
  })
  const saved = state.views.saved.map(({ name, key, query }) => {
    const sought = state.search?.sought
    const count = state.views.counts.get(query)?.papers.toLocaleString('en') ?? ''
    return entry(
      key === null ? ' ' : String(key),
      name,
      count,
      sought?.kind === 'view' && sought.name === name,
    )
  })
  const tags = state.tags.map(({ tag, papers }) => entry('', `#${tag}`, papers.toLocaleString('en'), false))
  const lines: Line[] = [
    fitLine([span(' Views', 'heading')], width),
    ...views,
    ...saved,
    ...(tags.length > 0 ? [fitLine([], width), fitLine([span(' Tags', 'heading')], width)] : []),
    ...tags,
  ]
  return Array.from({ length: height }, (_, at) => lines[at] ?? fitLine([], width))
}
