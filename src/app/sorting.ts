// The order of what the list shows: chosen by a letter, kept until another is chosen; each view has its own.

import type { PaperRow } from '../library/rows.ts'
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

// Keys are numbers of 31 bits, the greatest for what is not known: it comes last, whichever way round.
const MOST_KEY = 2 ** 31 - 2
const NONE = 2 ** 31 - 1

/** Indices of rows in an order; rows that are equal in it stay as they are. 100,000 take some milliseconds. */
export function inSorting(
  rows: readonly PaperRow[],
  indices: Uint32Array,
  { by, reversed }: Sorting,
): Uint32Array {
  const keyOf = keysFor(by)
  if (!keyOf) return indices
  const keys = new Uint32Array(indices.length)
  for (let place = 0; place < indices.length; place++) {
    const key = keyOf(rows[indices[place] as number] as PaperRow)
    if (key === null) keys[place] = NONE
    else {
      const bounded = Math.max(0, Math.min(key, MOST_KEY))
      keys[place] = reversed ? bounded : MOST_KEY - bounded
    }
  }
  return placesByKey(keys).map((place) => indices[place] as number)
}

/** Bits of a key that are looked at in one pass, and how many values they have. */
const BITS = 11
const VALUES = 2 ** BITS

/** The numbers from 0 that are less than `count`. */
function upTo(count: number) {
  const numbers = new Uint32Array(count)
  for (let number = 0; number < count; number++) numbers[number] = number
  return numbers
}

/** The places of keys, the smallest first, equal ones as they stand: a radix sort, ten times as fast as by comparing. */
function placesByKey(keys: Uint32Array): Uint32Array {
  const count = keys.length
  let places = upTo(count)
  let next = new Uint32Array(count)
  for (let shift = 0; shift < 32; shift += BITS) {
    const ends = new Uint32Array(VALUES)
    for (let place = 0; place < count; place++) {
      const value = ((keys[place] as number) >>> shift) & (VALUES - 1)
      ends[value] = (ends[value] as number) + 1
    }
    // Where all keys have the same bits nothing moves.
    if (ends.includes(count)) continue
    for (let value = 1; value < VALUES; value++)
      ends[value] = (ends[value] as number) + (ends[value - 1] as number)
    for (let at = count - 1; at >= 0; at--) {
      const place = places[at] as number
      const value = ((keys[place] as number) >>> shift) & (VALUES - 1)
      const end = (ends[value] as number) - 1
      ends[value] = end
      next[end] = place
    }
    ;[places, next] = [next, places]
  }
  return places
}

/** The number that a row is sorted by, the highest first; null where the order is not of rows. */
function keysFor(by: SortBy): ((row: PaperRow) => number | null) | null {
  switch (by) {
    case 'day':
      return ({ day }) => dayNumber(day)
    case 'published':
      return ({ publishedOn }) => dayNumber(publishedOn ?? '')
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

/** `2025-09-30` as 20250930; null for no day. */
function dayNumber(day: Day): number | null {
  if (day === '') return null
  let number = 0
  for (let at = 0; at < day.length; at++) {
    const digit = day.charCodeAt(at) - 48
    if (digit >= 0) number = number * 10 + digit
  }
  return number
}

/** The rows of the list in the order of its view; null where that is the order of the rows. */
export function orderOf({ rows, sorts, view }: Pick<State, 'rows' | 'sorts' | 'view'>): Uint32Array | null {
  const sorting = sorts[view] ?? BY_DAY
  if (sorting.by === 'day' && !sorting.reversed) return null
  return inSorting(rows, upTo(rows.length), sorting)
}

/** Results in the order that was chosen for them, of which `found` is the one in which they were found. */
export function sortedResults({ rows, index }: State, results: Results, sorting: Search['sorting']): Results {
  const found = results.found ?? results.ids
  if (!sorting || sorting.by === 'relevance') return { ...results, ids: found, found }
  const known = Uint32Array.from(found.flatMap((id) => index.get(id) ?? []))
  const ids = Array.from(inSorting(rows, known, sorting), (at) => rows[at]?.id ?? '')
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
