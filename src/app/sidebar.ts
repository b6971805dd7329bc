// Views and tags beside the list, with how many papers are in them.

import { cellWidth, fitCells, truncate } from '../text/layout.ts'
import { collectionOf } from './collection.ts'
import { keyOf } from './commands.ts'
import { fitLine, type Line, span, targeted } from './frame.ts'
import { keyLabel } from './keys.ts'
import { countsOf, VIEWS } from './own-views.ts'
import { bodyHeight } from './shown.ts'
import type { State } from './state.ts'

/** The sidebar: exactly the height of the body, every line exactly `width` cells. */
export function sidebarPane(state: State, width: number): Line[] {
  const height = bodyHeight(state)
  const entry = (key: string, name: string, count: string, isHere: boolean): Line => {
    const room = width - 3 - cellWidth(key || ' ') - count.length - 1
    return fitLine(
      [
        span(isHere ? ' ▸' : '  ', 'accent', 'bold'),
        span(`${key || ' '} `, 'accent'),
        span(fitCells(truncate(name, room), room), ...(isHere ? (['bold'] as const) : [])),
        span(`${count} `, 'dim'),
      ],
      width,
    )
  }
  const counted = countsOf(state.rows)
  const views = VIEWS.map(({ view, name }) => {
    // What is not read from the library yet is not counted.
    const count = state.complete ? (counted.get(view)?.papers ?? 0).toLocaleString('en') : ''
    const keys = keyOf(`view-${view}`, 'list', state.bindings)
    const line = entry(keyLabel(keys), name, count, !state.search && state.view === view)
    return keys === '' ? line : targeted(line, { kind: 'keys', keys })
  })
  const saved = state.views.saved.map(({ name, key, query }) => {
    const sought = state.search?.sought
    const count = state.views.counts.get(query)?.papers.toLocaleString('en') ?? ''
    const isHere = sought?.kind === 'view' && sought.name === name
    return targeted(entry(key === null ? ' ' : String(key), name, count, isHere), { kind: 'view', name })
  })
  const shown = collectionOf(state)
  const tags = state.tags.map(({ tag, papers }) => {
    const line = entry('', `#${tag}`, papers.toLocaleString('en'), shown === tag)
    return targeted(line, { kind: 'tag', tag })
  })
  const lines: Line[] = [
    fitLine([span(' Views', 'heading')], width),
    ...views,
    ...saved,
    ...(tags.length > 0 ? [fitLine([], width), fitLine([span(' Tags', 'heading')], width)] : []),
    ...tags,
  ]
  return Array.from({ length: height }, (_, at) => lines[at] ?? fitLine([], width))
}
