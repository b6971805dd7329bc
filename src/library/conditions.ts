// Conditions on papers that the tables answer: days, counts, marks, what a source said. Each gives the papers' keys.

import { type Day, fold } from '../paper.ts'
import type { Library } from './library.ts'
import { MOMENTUM } from './momentum.ts'
import { HIDDEN_KEYS, TAGGED_WITH } from './rules.ts'

/** What may come with a paper. */
export type HeldThing = keyof typeof HELD

export type Condition =
  | { readonly type: 'days'; readonly from: Day | null; readonly until: Day | null }
  | {
      readonly type: 'count'
      readonly of: 'upvotes' | 'comments' | 'stars'
      readonly least: number | null
      readonly most: number | null
    }
  | { readonly type: 'is'; readonly mark: 'unread' | 'read' | 'starred' | 'later' | 'hidden' }
  | { readonly type: 'has'; readonly what: HeldThing }
  | { readonly type: 'tag'; readonly tag: string }
  | { readonly type: 'organization'; readonly contains: string }
  | { readonly type: 'category'; readonly category: string }
  | { readonly type: 'id'; readonly begins: string }

const COUNTED = { upvotes: 'upvotes', comments: 'comments', stars: 'github_stars' }
const markedBy = (column: string) =>
  `SELECT pk FROM papers JOIN marks ON paper_id = id WHERE ${column} IS NOT NULL`
const MARKED = {
  unread: 'SELECT pk FROM papers WHERE id NOT IN (SELECT paper_id FROM marks WHERE read_at IS NOT NULL)',
  ...{ read: markedBy('read_at'), starred: markedBy('starred_at') },
  ...{
    later: markedBy('later_at'),
    hidden: HIDDEN_KEYS,
  },
}
const HELD = {
  code: 'github_repo IS NOT NULL',
  project: 'project_page IS NOT NULL',
  abstract: `abstract <> ''`,
  summary: 'ai_summary IS NOT NULL',
  note: 'id IN (SELECT paper_id FROM notes)',
  fulltext: 'id IN (SELECT paper_id FROM fulltexts)',
}

/** The keys of the papers for which a condition holds, in no order. */
export function papersWhere({ prepare }: Library, condition: Condition): number[] {
  const keys = (sql: string, ...values: unknown[]) =>
    prepare(sql)
      .pluck()
      .all(...values) as number[]
  switch (condition.type) {
    case 'days':
      return keys(
        `SELECT pk FROM papers WHERE day BETWEEN ? AND ? AND day <> ''`,
        condition.from ?? '',
        condition.until ?? '9999',
      )
    case 'count': {
      const column = COUNTED[condition.of]
      return keys(
        `SELECT pk FROM papers WHERE ${column} BETWEEN ? AND ?`,
        condition.least ?? 0,
        condition.most ?? Number.MAX_SAFE_INTEGER,
      )
    }
    case 'is':
      return keys(MARKED[condition.mark])
    case 'has':
      return keys(`SELECT pk FROM papers WHERE ${HELD[condition.what]}`)
    case 'tag':
      return keys(`SELECT pk FROM papers WHERE id IN (${TAGGED_WITH})`, { tag: condition.tag })
    case 'organization':
      return (
        prepare('SELECT pk, organization FROM papers WHERE organization IS NOT NULL').raw().all() as [
          number,
          string,
        ][]
      )
        .filter(([, organization]) => fold(organization).includes(fold(condition.contains)))
        .map(([pk]) => pk)
    case 'category':
      // A category itself, or with only the archive named (`cs`) all of its categories.
      return keys(
        `SELECT pk FROM papers WHERE categories <> '[]' AND EXISTS (
           SELECT 1 FROM json_each(categories) WHERE lower(value) = @category OR lower(value) LIKE @category || '.%')`,
        { category: condition.category.toLowerCase() },
      )
    case 'id':
      return keys(
        `SELECT pk FROM papers WHERE id >= ? AND id < ?`,
        condition.begins,
        `${condition.begins}\u{10ffff}`,
      )
  }
}

/** What papers are put in order by. */
export type OrderBy = 'day' | 'published' | 'upvotes' | 'comments' | 'stars' | 'momentum' | 'unread'
/** An order, the highest, newest or unread first; after a dash the other way round. */
export type Order = OrderBy | `-${OrderBy}`

const UNREAD = 'NOT EXISTS (SELECT 1 FROM marks WHERE paper_id = papers.id AND read_at IS NOT NULL)'
/** What each order goes by, and what comes after that; what is not known comes last. */
const ORDERED: Record<OrderBy, readonly [by: string, then: string]> = {
  day: ['day', 'rank, pk'],
  published: ['published_on', 'pk'],
  upvotes: ['upvotes', 'day DESC, rank, pk'],
  comments: ['comments', 'day DESC, rank, pk'],
  stars: ['github_stars', 'day DESC, rank, pk'],
  momentum: [MOMENTUM, 'day DESC, rank, pk'],
  unread: [UNREAD, 'day DESC, rank, pk'],
}

function orderBy(order: Order): string {
  const isReversed = order.startsWith('-')
  const [by, then] = ORDERED[(isReversed ? order.slice(1) : order) as OrderBy]
  return `${by} ${isReversed ? 'ASC NULLS LAST' : 'DESC'}, ${then}`
}

/** The given keys in an order, the highest or newest first, as ids. Keys of no paper are left out. */
export function inOrder(
  { prepare }: Library,
  pks: readonly number[],
  order: Order,
): { pk: number; id: string }[] {
  return prepare(
    `SELECT pk, id FROM papers WHERE pk IN (SELECT value FROM json_each(?)) ORDER BY ${orderBy(order)}`,
  ).all(JSON.stringify(pks)) as { pk: number; id: string }[]
}

/** All papers in an order, the highest or newest first, read as they are asked for. */
export function* everyPaper({ db }: Library, order: Order): Generator<{ pk: number; id: string }> {
  // Compiled for each use: a statement that is being read cannot be shared.
  yield* db.prepare(`SELECT pk, id FROM papers ORDER BY ${orderBy(order)}`).iterate() as Iterable<{
    pk: number
    id: string
  }>
}
