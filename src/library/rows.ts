// Papers as rows of a list: what it shows of each, in its order.

import type { Day, Mark, MarkField, Origin, PaperId } from '../paper.ts'
import type { Library } from './library.ts'
import { SOURCE_OFFSET } from './listings.ts'
import { MARK_COLUMNS } from './marks.ts'
import { MOMENTUM } from './momentum.ts'
import { HIDDEN, MUTED_BY, TAGGED_WITH, TAGS, WATCHED } from './rules.ts'

/** What a list shows of a paper. */
export interface PaperRow extends Mark {
  readonly id: PaperId
  readonly day: Day
  readonly title: string
  readonly firstAuthor: string | null
  readonly authorCount: number | null
  readonly upvotes: number | null
  readonly comments: number | null
  readonly origin: Origin
  readonly publishedOn: Day | null
  /** Upvotes that it got lately; null where they are not known. */
  readonly momentum: number | null
  /** In the order of the alphabet. */
  readonly tags: readonly string[]
  /** Whether the reader wrote a note on it. */
  readonly noted: boolean
  /** The rule that mutes it, whatever was decided about it; null for none. */
  readonly mutedBy: string | null
  /** Whether a rule watches for it. */
  readonly watched: boolean
}

/** Which rows of the list: all where nothing is said. */
export interface RowFilter {
  readonly mark?: 'unread' | 'starred' | 'later' | 'hidden'
  /** Hidden papers too; else they are listed only where they are asked for. */
  readonly withHidden?: true
  readonly tag?: string
  /** Papers listed on this day, also those listed on a later one again. */
  readonly day?: Day
  readonly limit?: number
  readonly offset?: number
}

/** SQL: the marks of a paper, beside `marks`. */
export const MARKS = Object.entries(MARK_COLUMNS)
  .map(([field, column]) => `${field === 'hidden' ? HIDDEN : `${column} IS NOT NULL`} AS ${field}`)
  .join(', ')

const ROW = `
  SELECT papers.id, papers.day, papers.title, json_extract(authors, '$[0]') AS firstAuthor,
         author_count AS authorCount, papers.upvotes, comments, origin,
         published_on AS publishedOn, ${MOMENTUM} AS momentum,
         ${MARKS}, ${TAGS} AS tags, ${MUTED_BY} AS mutedBy, ${WATCHED} AS watched,
         EXISTS (SELECT 1 FROM notes WHERE paper_id = papers.id) AS noted
  FROM papers LEFT JOIN marks ON marks.paper_id = papers.id`

export type MarkRecord = Record<MarkField, number>
type RowRecord = Omit<PaperRow, MarkField | 'tags' | 'noted' | 'watched'> &
  MarkRecord & { tags: string | null; noted: number; watched: number }

export const toMark = ({ read, starred, later, hidden }: MarkRecord): Mark => ({
  read: read === 1,
  starred: starred === 1,
  later: later === 1,
  hidden: hidden === 1,
})

// Most papers have none: one array does for all of them.
const NO_TAGS: readonly string[] = []
export const toTags = (tags: string | null) => (tags === null ? NO_TAGS : tags.split(' ').sort())

// Days and origins are few, and SQLite makes each of them anew: with one string for all that are the same, 100,000 rows
// take 9 MB less, and days are compared ten times as fast.
const texts = new Map<string, string>()
function shared<Text extends string>(text: Text): Text {
  const known = texts.get(text)
  if (known === undefined) texts.set(text, text)
  return (known ?? text) as Text
}

const toRow = (record: RowRecord): PaperRow => ({
  ...record,
  day: shared(record.day),
  publishedOn: record.publishedOn === null ? null : shared(record.publishedOn),
  origin: shared(record.origin),
  ...toMark(record),
  tags: toTags(record.tags),
  noted: record.noted === 1,
  watched: record.watched === 1,
})

// On a day's own list a paper stands where that day had it, though its place in the whole list is a later day.
const RANK_ON_DAY = `coalesce(
  (SELECT min(rank + ${SOURCE_OFFSET}) FROM listings WHERE day = @day AND paper_id = papers.id), papers.rank)`

function listQuery(select: string, { mark, withHidden, tag, day, limit, offset }: RowFilter) {
  const conditions = [
    mark === undefined
      ? null
      : mark === 'unread'
        ? 'read_at IS NULL'
        : mark === 'hidden'
          ? HIDDEN
          : `${MARK_COLUMNS[mark]} IS NOT NULL`,
    withHidden || mark === 'hidden' ? null : `NOT ${HIDDEN}`,
    tag === undefined ? null : `papers.id IN (${TAGGED_WITH})`,
    day === undefined
      ? null
      : '(papers.day = @day OR papers.id IN (SELECT paper_id FROM listings WHERE day = @day))',
  ].filter((condition) => condition !== null)
  return {
    sql: `${select} ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
          ORDER BY ${day === undefined ? 'papers.day DESC, papers.rank' : RANK_ON_DAY}, papers.pk
          LIMIT @limit OFFSET @offset`,
    values: { day: day ?? null, tag: tag ?? null, limit: limit ?? -1, offset: offset ?? 0 },
  }
}

/** The rows of the list in the order of the screen: newest day first, within a day in the order it was listed. */
export function listRows({ prepare }: Library, filter: RowFilter = {}): PaperRow[] {
  const { sql, values } = listQuery(ROW, filter)
  return (prepare(sql).all(values) as RowRecord[]).map(toRow)
}

/** The keys of all papers in the order of `listRows`: quick, since an index holds them so. */
export function listKeys({ prepare }: Library): number[] {
  return prepare('SELECT pk FROM papers ORDER BY day DESC, rank, pk').pluck().all() as number[]
}

/** The rows of some keys, in the order of the keys. Keys of no paper are left out. */
export function rowsAt({ prepare }: Library, keys: readonly number[]): PaperRow[] {
  const records = prepare(
    `${ROW.replace('FROM papers', 'FROM json_each(?) AS wanted JOIN papers ON papers.pk = wanted.value')}
     ORDER BY wanted.key`,
  ).all(JSON.stringify(keys))
  return (records as RowRecord[]).map(toRow)
}

/** The ids of the list, in the order of `listRows`. */
export function listIds({ prepare }: Library, filter: RowFilter = {}): PaperId[] {
  const { sql, values } = listQuery(
    'SELECT papers.id FROM papers LEFT JOIN marks ON marks.paper_id = papers.id',
    filter,
  )
  return prepare(sql).pluck().all(values) as PaperId[]
}

/** The rows of some papers, in no order. Papers that are not in the library are left out. */
export function rowsOf({ prepare }: Library, ids: readonly PaperId[]): PaperRow[] {
  const records = prepare(`${ROW} WHERE papers.id IN (SELECT value FROM json_each(?))`).all(
    JSON.stringify(ids),
  )
  return (records as RowRecord[]).map(toRow)
}
