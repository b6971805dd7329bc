// The views that come with the reader and those of the reader's own, as a list over all else: opened, kept, changed,
// removed, put in order.

import Fuse from 'fuse.js'
import type { SavedView } from '../library/views.ts'
import { EVERY_PAPER } from '../paper.ts'
import { sortedQuery } from '../search/grammar.ts'
import { showView, still } from './actions.ts'
import { countsOf, VIEWS } from './own-views.ts'
import type { Prompt } from './prompt.ts'
import { askedFor, searchFrom } from './searching.ts'
import { bodyHeight, clamp, topOf } from './shown.ts'
import type { Effect, State, Step, ViewName } from './state.ts'
import { askTrendingAgain, openTrending } from './trending.ts'

/** How many papers a query finds, and how many of them are unread. */
export interface ViewCount {
  readonly papers: number
  readonly unread: number
}

/** What the reader knows of saved views. */
export interface Views {
  readonly saved: readonly SavedView[]
  /** By the query, as far as they were counted since the list of views was opened. */
  readonly counts: ReadonlyMap<string, ViewCount>
  /** The view that was removed last, and its place: it can be brought back. */
  readonly removed: { readonly view: SavedView; readonly place: number } | null
}

/** What is typed of a view, in this order. */
export type Part = 'name' | 'query' | 'key'

/** The line in which something is typed. */
export type ViewLine =
  | { readonly kind: 'filter'; readonly prompt: Prompt }
  | {
      readonly kind: 'edit'
      /** The view that is changed; null where a new one is made. */
      readonly of: SavedView | null
      /** What is being typed now. */
      readonly part: Part
      readonly typed: Readonly<Record<Part, Prompt>>
    }

export interface ViewsOverlay {
  readonly kind: 'views'
  readonly line: ViewLine | null
  readonly filter: string
  /** The selected entry. */
  readonly at: number
  /** The first visible entry. */
  readonly top: number
}

/** What the library is asked about views. */
export type ViewEffect =
  | { readonly type: 'load-views' }
  | { readonly type: 'keep-view'; readonly view: SavedView; readonly before: string | null }
  | { readonly type: 'remove-view'; readonly name: string }
  | { readonly type: 'restore-view'; readonly view: SavedView; readonly place: number }
  | { readonly type: 'sort-view'; readonly name: string; readonly sort: string }
  | { readonly type: 'move-view'; readonly name: string; readonly by: 1 | -1 }
  /** How many papers each query finds, told one by one. */
  | { readonly type: 'count-views'; readonly queries: readonly string[] }
  /** What a query finds now, while something else is looked at. */
  | { readonly type: 'recheck'; readonly query: string }

/** A line of the list of views. */
export type ViewEntry =
  | { readonly kind: 'own'; readonly view: ViewName; readonly name: string }
  | { readonly kind: 'trending'; readonly name: string }
  | { readonly kind: 'saved'; readonly view: SavedView; readonly name: string }

const allEntries = ({ views }: State): ViewEntry[] => [
  ...VIEWS.map(({ view, name }) => ({ kind: 'own' as const, view, name })),
  { kind: 'trending', name: 'Trending' },
  ...views.saved.map((view) => ({
    kind: 'saved' as const,
    view,
    name: view.name,
  })),
]

/** Longer texts are names of nothing, and fuse.js compares 32 letters at a time. */
const LONGEST_FILTER = 32

/** The views that are listed: all, or those whose name or query is like what was typed, the likest first. */
export function viewEntries(state: State): ViewEntry[] {
  const entries = allEntries(state)
  const filter = state.overlay?.kind === 'views' ? state.overlay.filter.trim().slice(0, LONGEST_FILTER) : ''
  if (filter === '') return entries
  const fuse = new Fuse(entries, { keys: ['name', 'view.query'], threshold: 0.4, ignoreLocation: true })
  return fuse.search(filter).map(({ item }) => item)
}

/** How many papers a view has, where that is known. */
export function countOf(state: State, entry: ViewEntry): ViewCount | null {
  if (entry.kind === 'trending') return null
  if (entry.kind === 'saved') return state.views.counts.get(entry.view.query) ?? null
  // What is not read from the library yet is not counted.
  return state.complete ? (countsOf(state.rows).get(entry.view) ?? null) : null
}

const queriesOf = ({ views }: State): string[] => [...new Set(views.saved.map(({ query }) => query))]

/** Opens the list of views, the one that is shown selected, and has them counted. */
export function openViews(state: State): Step {
  const overlay: ViewsOverlay = { kind: 'views', line: null, filter: '', at: 0, top: 0 }
  const { search } = state
  const at = allEntries(state).findIndex((entry) =>
    entry.kind === 'own'
      ? !search && entry.view === state.view
      : entry.kind === 'trending'
        ? search?.sought.kind === 'trending'
        : search?.sought.kind === 'view' && search.sought.name === entry.name,
  )
  const opened = { ...state, overlay: placed(state, { ...overlay, at: Math.max(0, at) }), message: null }
  return [opened, [{ type: 'load-views' }]]
}

export const closeViews = (state: State): Step => still({ ...state, overlay: null })

/** Entries that have room on the screen, below the title. */
export const viewsHeight = (state: State) => Math.max(1, bodyHeight(state) - 1)

const placed = (state: State, overlay: ViewsOverlay): ViewsOverlay => ({
  ...overlay,
  top: topOf(overlay, viewsHeight(state)),
})

/** The state with the list of views changed, where it is open. */
export const withOverlay = (state: State, changes: Partial<ViewsOverlay>): State =>
  state.overlay?.kind === 'views'
    ? { ...state, overlay: placed(state, { ...state.overlay, ...changes }) }
    : state

/** The selected entry; undefined where none is listed. */
export const selectedView = (state: State): ViewEntry | undefined =>
  state.overlay?.kind === 'views' ? viewEntries(state)[state.overlay.at] : undefined

/** The view of the reader's own that is selected. */
export const savedHere = (state: State): SavedView | null => {
  const entry = selectedView(state)
  return entry?.kind === 'saved' ? entry.view : null
}

/** Whether a view of the reader's own is selected. */
export const isSavedSelected = (state: State) =>
  savedHere(state) ? true : 'only views of your own can be changed'

/** Selects another entry, or the nearest there is. */
export const moveInViews =
  (by: number) =>
  (state: State): Step =>
    state.overlay?.kind === 'views'
      ? still(withOverlay(state, { at: clamp(state.overlay.at + by, 0, viewEntries(state).length - 1) }))
      : still(state)

/** Whether an entry is selected. */
export const hasView = (state: State) => (selectedView(state) ? true : 'no view is called so')

/** Opens the selected view. */
export function openSelected(state: State): Step {
  const entry = selectedView(state)
  if (!entry) return still(state)
  const closed = { ...state, overlay: null }
  if (entry.kind === 'trending') return openTrending(closed)
  return entry.kind === 'own' ? showView(entry.view)(closed) : openView(closed, entry.view)
}

/** Opens a saved view: its papers come from the search's thread, all of them. Esc leads back to the list. */
export function openView(state: State, { name, query, sort }: SavedView): Step {
  const search = searchFrom(state, { kind: 'view', name, query, sort })
  return askedFor(
    { ...state, message: null },
    { ...search, previous: null, reading: false },
    sortedQuery(query, sort),
    EVERY_PAPER,
  )
}

/** The view that a digit opens. */
export const viewOfKey = ({ views }: State, key: number): SavedView | undefined =>
  views.saved.find((view) => view.key === key)

/** Whether what is shown is a view that can be asked for anew. */
export const isInView = ({ search }: State) =>
  search?.sought.kind === 'view' || search?.sought.kind === 'trending'
    ? true
    : 'no view of yours is open, nor what is trending'

/** Asks for the papers of the open view anew: what came in meanwhile is among them. */
export function lookAgain(state: State): Step {
  const { search } = state
  if (search?.sought.kind === 'trending') return askTrendingAgain(state)
  if (search?.sought.kind !== 'view') return still(state)
  return askedFor(
    { ...state, message: null },
    search,
    sortedQuery(search.sought.query, search.sought.sort),
    EVERY_PAPER,
  )
}

/** What is to be asked once rows have come in: whether the open view would have more papers now. */
export const recheck = ({ search }: State): Effect[] =>
  search?.results?.sought.kind === 'view' ? [{ type: 'recheck', query: search.results.sought.query }] : []

/** The state with the number of papers that the open view would have more. */
export function withRechecked(state: State, query: string, ids: readonly string[]): Step {
  const { search } = state
  if (search?.results?.sought.kind !== 'view' || search.results.sought.query !== query) return still(state)
  const known = new Set(search.results.ids)
  return still({ ...state, search: { ...search, fresh: ids.filter((id) => !known.has(id)).length } })
}

/** Asks whether the selected view is to be removed. */
export function askToRemoveView(state: State): Step {
  const view = savedHere(state)
  if (!view) return still(state)
  const effects: Effect[] = [{ type: 'remove-view', name: view.name }]
  return still({
    ...state,
    choosing: { kind: 'confirm', question: `Remove the view “${view.name}”?`, effects },
  })
}

/** Whether a view was removed since the reader was started. */
export const canBringBack = ({ views }: State) =>
  views.removed ? true : 'no view was removed since the reader was started'

/** Brings the view back that was removed last. */
export const bringBack = (state: State): Step =>
  state.views.removed ? [state, [{ type: 'restore-view', ...state.views.removed }]] : still(state)

/** Moves the selected view in the order of all, and the selection with it. */
export const moveSelectedView =
  (by: 1 | -1) =>
  (state: State): Step => {
    const view = savedHere(state)
    if (state.overlay?.kind !== 'views' || !view) return still(state)
    const to = state.views.saved.findIndex(({ name }) => name === view.name) + by
    if (to < 0 || to >= state.views.saved.length || state.overlay.filter !== '') return still(state)
    return [withOverlay(state, { at: state.overlay.at + by }), [{ type: 'move-view', name: view.name, by }]]
  }

/** What the library says of views: how they are now, which one was removed, which one was kept as it was typed. */
export interface ViewsAnswer {
  readonly saved: readonly SavedView[]
  readonly removed?: Views['removed']
  readonly kept?: string
}

/** The state with the views as the library has them now; those that are listed are counted. */
export function withViews(state: State, { saved, removed, kept }: ViewsAnswer): Step {
  const views = { ...state.views, saved, ...(removed === undefined ? {} : { removed }) }
  const answered = { ...state, views }
  const next = kept === undefined ? answered : withOverlay(answered, { line: null, filter: '' })
  if (next.overlay?.kind !== 'views') return still(next)
  const entries = viewEntries(next)
  const place = entries.findIndex(({ name }) => name === kept)
  const at = clamp(place < 0 ? next.overlay.at : place, 0, Math.max(0, entries.length - 1))
  const queries = queriesOf(next)
  return [withOverlay(next, { at }), queries.length > 0 ? [{ type: 'count-views', queries }] : []]
}

/** The state with the number of papers that a query finds. */
export const withCount = (state: State, query: string, count: ViewCount): Step =>
  still({ ...state, views: { ...state.views, counts: new Map(state.views.counts).set(query, count) } })
