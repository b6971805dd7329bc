// The order of what the list shows: chosen by a letter, kept until another is chosen; each view has its own.

import type { PaperRow } from '../library/papers.ts'
import type { Day } from '../paper.ts'
import type { Node } from '../search/query.ts'
import { parsedQuery } from './prompt.ts'
import type { Results, Search, Sought, State } from './state.ts'

export type SortBy =
  | 'day'
  | 'published'
  | 'upvotes'
  | 'momentum'
  | 'comments'
  | 'unread'
  | 'relevance'
  | 'stars'

export interface Sorting {
  readonly by: SortBy
  readonly reversed: boolean
}

export const BY_DAY: Sorting = { by: 'day', reversed: false }
const BY_RELEVANCE: Sorting = { by: 'relevance', reversed: false }

/** What `sort:` takes → an order. */
const sortingOf = (sort: string): Sorting =>
  sort.startsWith('-')
    ? { by: sort.slice(1) as SortBy, reversed: true }
    : { by: sort as SortBy, reversed: false }

/** An order as `sort:` takes it. */
export const sortText = ({ by, reversed }: Sorting): string => `${reversed ? '-' : ''}${by}`

/** Whether words of a query rank what is found. */
function ranks(node: Node | null): boolean {
  switch (node?.kind) {
    case 'word':
    case 'phrase':
      return true
    case 'field':
      return ['title', 'abstract', 'author'].includes(node.field)
    case 'and':
    case 'or':
      return node.nodes.some(ranks)
    default:
      return false
  }
}

/** Whether a week or a month of days is what was asked for. */
export const isOfDays = (sought: Sought) => sought.kind === 'query' && sought.days !== undefined

/** The order in which something is found. */
function foundIn(sought: Sought): Sorting {
  if (sought.kind === 'like' || sought.kind === 'trending') return BY_RELEVANCE
  if (sought.kind === 'view' && sought.sort !== null) return sortingOf(sought.sort)
  const { node, sort } = parsedQuery(sought.query).query
  return sort !== null ? sortingOf(sort) : ranks(node) ? BY_RELEVANCE : BY_DAY
}

/** The order of what is shown. */
export function sortingOfState({ search, sorts, view }: State): Sorting {
  if (search?.results) return search.sorting ?? foundIn(search.results.sought)
  return sorts[view] ?? BY_DAY
}

/** The day under whose heading a row stands; null where there are no headings. */
export function headingDay(state: State): ((row: PaperRow) => Day) | null {
  const { search } = state
  // What is found stands under days where they were asked for.
  if (search?.results && !search.sorting) {
    const { sought } = search.results
    if (sought.kind !== 'view' && !isOfDays(sought)) return null
  }
  const { by } = sortingOfState(state)
  return by === 'day' ? ({ day }) => day : by === 'published' ? ({ publishedOn }) => publishedOn ?? '' : null
}

// A key and a place in one number: numbers are sorted ten times as fast as by a comparison of ours.
const MOST_KEY = 2 ** 31 - 2
const NONE = 2 ** 31 - 1
const PLACES = 2 ** 21

/** Indices of rows in an order; rows that are equal in it stay as they are. 100,000 take some 20 ms. */
export function inSorting(
  rows: readonly PaperRow[],
  indices: readonly number[],
  { by, reversed }: Sorting,
): number[] {
  const keyOf = keysFor(rows, indices, by)
  if (!keyOf) return [...indices]
  const keyed = new Float64Array(indices.length)
  for (let place = 0; place < indices.length; place++) {
    const row = rows[indices[place] as number] as PaperRow
    const key = keyOf(row)
    const bounded = key === null ? NONE : Math.max(0, Math.min(key, MOST_KEY))
    // What is not known comes last, whichever way round.
    const turned = key === null || reversed ? bounded : MOST_KEY - bounded
    keyed[place] = turned * PLACES + place
  }
  keyed.sort()
  return Array.from(keyed, (value) => indices[value % PLACES] as number)
}

/** The number that a row is sorted by, the highest first; null where the order is not of rows. */
function keysFor(
  rows: readonly PaperRow[],
  indices: readonly number[],
  by: SortBy,
): ((row: PaperRow) => number | null) | null {
  switch (by) {
    case 'day':
      return byDay(rows, indices, ({ day }) => day)
    case 'published':
      return byDay(rows, indices, ({ publishedOn }) => publishedOn ?? '')
    case 'upvotes':
      return ({ upvotes }) => upvotes
    case 'comments':
      return ({ comments }) => comments
    case 'momentum':
      // It may be negative.
      return ({ momentum }) => (momentum === null ? null : momentum + MOST_KEY / 2)
    case 'unread':
      return ({ read }) => (read ? 0 : 1)
    case 'relevance':
    case 'stars':
      return null
  }
}

/** Days are few: each is its place among them. */
function byDay(rows: readonly PaperRow[], indices: readonly number[], dayOf: (row: PaperRow) => Day) {
  const days = new Set<Day>()
  for (const index of indices) days.add(dayOf(rows[index] as PaperRow))
  const places = new Map([...days].sort().map((day, place) => [day, place]))
  return (row: PaperRow) => {
    const day = dayOf(row)
    return day === '' ? null : (places.get(day) ?? null)
  }
}

/** The rows of the list in the order of its view; null where that is the order of the rows. */
export function orderOf({
  rows,
  sorts,
  view,
}: Pick<State, 'rows' | 'sorts' | 'view'>): readonly number[] | null {
  const sorting = sorts[view] ?? BY_DAY
  if (sorting.by === 'day' && !sorting.reversed) return null
  return inSorting(rows, [...rows.keys()], sorting)
}

/** Results in the order that was chosen for them, of which `found` is the one in which they were found. */
export function sortedResults({ rows, index }: State, results: Results, sorting: Search['sorting']): Results {
  const found = results.found ?? results.ids
  if (!sorting || sorting.by === 'relevance') return { ...results, ids: found, found }
  const known = found.flatMap((id) => index.get(id) ?? [])
  const ids = inSorting(rows, known, sorting).flatMap((at) => rows[at]?.id ?? [])
  // Papers whose rows are still on their way stay at the end.
  return { ...results, ids: [...ids, ...found.filter((id) => !index.has(id))], found }
}

const NAMES: Readonly<Record<SortBy, string>> = {
  day: 'day',
  published: 'publication',
  upvotes: 'upvotes',
  momentum: 'momentum',
  comments: 'comments',
  unread: 'unread first',
  relevance: 'relevance',
  stars: 'stars',
}

/** An order in words: `by upvotes, reversed`. */
export function sortingName({ by, reversed }: Sorting): string {
  if (by === 'unread') return reversed ? 'read first' : 'unread first'
  return `by ${NAMES[by]}${reversed ? ', reversed' : ''}`
}

/** What the bar says of the order; null where it is the usual one. */
export function sortingSaid(state: State): string | null {
  const sorting = sortingOfState(state)
  const usual = state.search?.results
    ? {
        ...state.search.results.sought,
        ...(state.search.results.sought.kind === 'view' ? { sort: null } : {}),
      }
    : null
  const { by, reversed } = usual ? foundIn(usual) : BY_DAY
  return sorting.by === by && sorting.reversed === reversed ? null : sortingName(sorting)
}
