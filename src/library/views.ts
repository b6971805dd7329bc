// Views of the reader's own: queries that were given a name, in an order of theirs.

import { VIEW_KEYS } from '../paper.ts'
import type { Library } from './library.ts'

export interface SavedView {
  /** Shown, and the only one of its name in any case. */
  readonly name: string
  readonly query: string
  /** The digit that opens it in the reader, 5 to 9; null for none. */
  readonly key: number | null
  /** What `sort:` takes; null leaves the order to the query. */
  readonly sort: string | null
}

const LONGEST_NAME = 60
const LONGEST_QUERY = 10_000

/** All of them, in their order. */
export function savedViews({ prepare }: Library): SavedView[] {
  return prepare('SELECT name, query, key, sort FROM views ORDER BY place, name').all() as SavedView[]
}

/** The view of that name, in any case; null where there is none. */
export function viewNamed({ prepare }: Library, name: string): SavedView | null {
  return (prepare('SELECT name, query, key, sort FROM views WHERE name = ?').get(name.trim()) ??
    null) as SavedView | null
}

/**
 * Keeps a view in the place of the one that is called `before`, or as a new one: at the end, or at a place of the order
 * (from 0). Returns null, or in words why it was not kept. The name must be clean.
 */
export function keepView(
  library: Library,
  view: SavedView,
  before: string | null = null,
  place: number | null = null,
): string | null {
  const name = view.name.trim()
  const query = view.query.trim()
  const { key, sort } = view
  if (name === '') return 'a view needs a name'
  if (name.length > LONGEST_NAME) return `a name has ${LONGEST_NAME} letters at most`
  if (query === '') return 'a view needs a query'
  if (query.length > LONGEST_QUERY) return `a query has ${LONGEST_QUERY.toLocaleString('en')} letters at most`
  if (key !== null && !VIEW_KEYS.some((known) => known === key))
    return 'the key of a view is a digit from 5 to 9'
  return library.transaction(() => {
    const views = savedViews(library)
    const own = before === null ? null : (viewNamed(library, before)?.name ?? null)
    if (before !== null && own === null) return `there is no view “${before}” any more`
    const same = viewNamed(library, name)
    if (same && same.name !== own) return `there is a view “${same.name}” already`
    const taken = views.find((other) => key !== null && other.key === key && other.name !== own)
    if (taken) return `${key} opens “${taken.name}” already`
    if (own !== null)
      library
        .prepare('UPDATE views SET name = ?, query = ?, key = ?, sort = ? WHERE name = ?')
        .run(name, query, key, sort, own)
    else {
      library
        .prepare('INSERT INTO views (name, query, key, sort, place) VALUES (?, ?, ?, ?, ?)')
        .run(name, query, key, sort, views.length)
      if (place !== null) {
        const names = views.map((other) => other.name)
        inThisOrder(library, names.toSpliced(Math.max(0, place), 0, name))
      }
    }
    return null
  })
}

/** Removes a view. Returns it with the place it had in the order, from 0; null where there is none of that name. */
export function removeView(library: Library, name: string): { view: SavedView; place: number } | null {
  return library.transaction(() => {
    const views = savedViews(library)
    const known = viewNamed(library, name)
    const place = views.findIndex((view) => view.name === known?.name)
    const view = views[place]
    if (!view) return null
    library.prepare('DELETE FROM views WHERE name = ?').run(view.name)
    inThisOrder(
      library,
      views.toSpliced(place, 1).map((other) => other.name),
    )
    return { view, place }
  })
}

/** Moves a view by so many places, as far as the order goes. Returns whether it is elsewhere now. */
export function moveView(library: Library, name: string, by: number): boolean {
  return library.transaction(() => {
    const names = savedViews(library).map((view) => view.name)
    const from = names.indexOf(name)
    const to = Math.max(0, Math.min(from + by, names.length - 1))
    if (from < 0 || from === to) return false
    names.splice(from, 1)
    names.splice(to, 0, name)
    inThisOrder(library, names)
    return true
  })
}

function inThisOrder({ prepare }: Library, names: readonly string[]): void {
  const put = prepare('UPDATE views SET place = ? WHERE name = ?')
  for (const [place, name] of names.entries()) put.run(place, name)
}
