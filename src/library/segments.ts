// Where the search index lies in the library: immutable segments, and the papers whose words no segment holds yet.
// Triggers note a paper as pending in the transaction that changes its text, so index and papers never disagree. What
// the bytes of a segment mean is the business of search/.

import type { Day, PaperId } from '../paper.ts'
import type { Library } from './library.ts'

/** What the index holds of a paper. `authors` is the column's JSON: as good a text as any to find names in. */
export interface PaperText {
  readonly pk: number
  readonly id: PaperId
  readonly title: string
  readonly abstract: string
  readonly authors: string
  readonly day: Day
  readonly upvotes: number
}

/** A paper whose text has changed; a later change has a higher `change`. `paper` is null where it was deleted. */
export interface Pending {
  readonly pk: number
  readonly change: number
  readonly paper: PaperText | null
}

export interface SegmentRecord {
  readonly segment: number
  /** By which rules its words were made: see search/segment.ts. */
  readonly format: number
  readonly papers: Uint8Array
  readonly words: Uint8Array
  readonly counts: Uint8Array
}

/** Bytes of postings in one row. */
export const CHUNK = 32_768

/** A build that has not ended after so long, in ms, was cut off. */
const ABANDONED = 600_000

const TEXT = `
  papers.pk, papers.id, papers.title, papers.abstract, papers.authors, papers.day,
  coalesce(papers.upvotes, 0) AS upvotes`

/** The texts of papers, in the order of their numbers; a paper that is gone is left out. */
export function paperTexts({ prepare }: Library, pks: readonly number[]): PaperText[] {
  return prepare(`SELECT ${TEXT} FROM papers WHERE pk IN (SELECT value FROM json_each(?)) ORDER BY pk`).all(
    JSON.stringify(pks),
  ) as PaperText[]
}

/** The text of one paper, or null. */
export function paperText({ prepare }: Library, pk: number): PaperText | null {
  return (prepare(`SELECT ${TEXT} FROM papers WHERE pk = ?`).get(pk) as PaperText | undefined) ?? null
}

/** How many papers are pending. */
export function countPending({ prepare }: Library): number {
  return Number(prepare('SELECT count(*) FROM search_pending').pluck().get())
}

/** The newest `limit` pending papers that changed after a given change, oldest change first. */
export function pendingAfter({ prepare }: Library, change: number, limit: number): Pending[] {
  const rows = prepare(
    `SELECT newest.pk AS number, change, ${TEXT}
     FROM (SELECT * FROM search_pending WHERE change > ? ORDER BY change DESC LIMIT ?) AS newest
     LEFT JOIN papers ON papers.pk = newest.pk ORDER BY change`,
  ).all(change, limit) as (PaperText & { number: number; change: number })[]
  return rows.map(({ number, change: at, ...paper }) => ({
    pk: number,
    change: at,
    paper: paper.pk === null ? null : paper,
  }))
}

/** The first `limit` pending papers by their numbers. */
export function pendingChanges({ prepare }: Library, limit: number): { pk: number; change: number }[] {
  return prepare('SELECT pk, change FROM search_pending ORDER BY pk LIMIT ?').all(limit) as {
    pk: number
    change: number
  }[]
}

/** The segments that searches read, oldest first: of a paper in several, the newest one's word counts. */
export function liveSegments({ prepare }: Library): number[] {
  return prepare('SELECT segment FROM search_segments WHERE live ORDER BY segment').pluck().all() as number[]
}

export function readSegment({ prepare }: Library, segment: number): SegmentRecord {
  return prepare('SELECT segment, format, papers, words, counts FROM search_segments WHERE segment = ?').get(
    segment,
  ) as SegmentRecord
}

/** A row of a segment's postings. Throws where it is missing. */
export function readChunk({ prepare }: Library, segment: number, chunk: number): Uint8Array {
  const data = prepare('SELECT data FROM search_postings WHERE segment = ? AND chunk = ?')
    .pluck()
    .get(segment, chunk)
  if (!(data instanceof Uint8Array)) throw new RangeError('The search index has a gap.')
  return data
}

/** Begins a segment, which no search reads yet. Its number is higher than that of any begun before. */
export function beginSegment({ prepare }: Library, format: number, now: number = Date.now()): number {
  const empty = new Uint8Array()
  return Number(
    prepare(
      `INSERT INTO search_segments (format, live, begun_at, papers, words, counts) VALUES (?, 0, ?, ?, ?, ?)`,
    ).run(format, now, empty, empty, empty).lastInsertRowid,
  )
}

export function writeChunk({ prepare }: Library, segment: number, chunk: number, data: Uint8Array): void {
  prepare('INSERT INTO search_postings (segment, chunk, data) VALUES (?, ?, ?)').run(segment, chunk, data)
}

/** Lets searches read a segment. Returns false where it is gone, taken for an abandoned one. */
export function finishSegment(
  { prepare }: Library,
  segment: number,
  { papers, words, counts }: Omit<SegmentRecord, 'segment' | 'format'>,
): boolean {
  const { changes } = prepare(
    'UPDATE search_segments SET live = 1, papers = ?, words = ?, counts = ? WHERE segment = ?',
  ).run(papers, words, counts, segment)
  return changes === 1
}

/** Removes a segment; its postings go a piece at a time, where it is large, by `sweepSegments`. */
export function dropSegment({ prepare }: Library, segment: number): void {
  prepare('DELETE FROM search_segments WHERE segment = ?').run(segment)
}

/** Removes builds that were cut off, and up to `limit` rows of postings that belong to no segment; true when done. */
export function sweepSegments({ prepare }: Library, limit: number, now: number = Date.now()): boolean {
  prepare('DELETE FROM search_segments WHERE NOT live AND begun_at < ?').run(now - ABANDONED)
  const { changes } = prepare(
    `DELETE FROM search_postings WHERE rowid IN (
       SELECT rowid FROM search_postings WHERE segment NOT IN (SELECT segment FROM search_segments) LIMIT ?)`,
  ).run(limit)
  return changes < limit
}

/** Papers that have been taken into a segment are no longer pending, unless they have changed since. */
export function settle({ prepare }: Library, changes: readonly number[]): void {
  prepare('DELETE FROM search_pending WHERE change IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(changes),
  )
}
