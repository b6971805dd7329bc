// Views and tags beside the list, with how many papers are in them.

import type { PaperRow } from '../library/papers.ts'
import { cellWidth, fitCells, truncate } from '../text/layout.ts'
import { keyOf } from './commands.ts'
import { fitLine, type Line, span } from './frame.ts'
import { keyLabel } from './keys.ts'
import { bodyHeight, inView } from './shown.ts'
import type { State, ViewName } from './state.ts'

/** The views in their order. */
export const VIEWS: readonly { readonly view: ViewName; readonly name: string }[] = [
  { view: 'all', name: 'All' },
  { view: 'unread', name: 'Unread' },
  { view: 'starred', name: 'Starred' },
  { view: 'later', name: 'Later' },
  { view: 'hidden', name: 'Hidden' },
]

// Rows change with every decision, not with every key.
const counts = new WeakMap<readonly PaperRow[], ReadonlyMap<ViewName, number>>()

function countsOf(rows: readonly PaperRow[]): ReadonlyMap<ViewName, number> {
  const known = counts.get(rows)
  if (known) return known
  const counted = new Map<ViewName, number>(VIEWS.map(({ view }) => [view, 0]))
  for (const row of rows)
    for (const { view } of VIEWS) if (inView(row, view)) counted.set(view, (counted.get(view) ?? 0) + 1)
  counts.set(rows, counted)
  return counted
}

/** The sidebar: exactly the height of the body, every line exactly `width` cells. */
export function sidebarPane(state: State, width: number): Line[] {
  const height = bodyHeight(state)
  const entry = (key: string, name: string, count: string, isHere: boolean): Line => {
    const room = width - 3 - cellWidth(key || ' ') - count.length - 1
    const line = fitLine(
      [
        span(isHere ? ' ▸' : '  ', 'accent', 'bold'),
        span(`${key || ' '} `, 'accent'),
        span(fitCells(truncate(name, room), room), ...(isHere ? (['bold'] as const) : [])),
        span(`${count} `, 'dim'),
      ],
      width,
    )
    return line
  }
  const counted = countsOf(state.rows)
  const views = VIEWS.map(({ view, name }) => {
    // What is not read from the library yet is not counted.
    const count = state.complete ? (counted.get(view) ?? 0).toLocaleString('en') : ''
    const key = keyLabel(keyOf(`view-${view}`, 'list', state.bindings))
    return entry(key, name, count, !state.search && state.view === view)
  })
  const tags = state.tags.map(({ tag, papers }) => entry('', `#${tag}`, papers.toLocaleString('en'), false))
  const lines: Line[] = [
    fitLine([span(' Views', 'heading')], width),
    ...views,
    ...(tags.length > 0 ? [fitLine([], width), fitLine([span(' Tags', 'heading')], width)] : []),
    ...tags,
  ]
  return Array.from({ length: height }, (_, at) => lines[at] ?? fitLine([], width))
}
