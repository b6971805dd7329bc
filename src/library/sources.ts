// How far each source beside the Hub's days is, and what servers gave to ask whether an answer has changed.

import type { PaperId } from '../paper.ts'
import type { Library } from './library.ts'

/** How far a source is. `syncedAt` is in ms since 1970; `cursor` says where to go on, null once all is here. */
export interface SourceState {
  readonly syncedAt: number
  readonly cursor: string | null
}

/** How far a source is; null where it was never asked. */
export function sourceState({ prepare }: Library, name: string): SourceState | null {
  const state = prepare('SELECT synced_at AS syncedAt, cursor FROM sources WHERE name = ?').get(name)
  return (state as SourceState | undefined) ?? null
}

/** Notes how far a source is. */
export function recordSource({ prepare }: Library, name: string, { syncedAt, cursor }: SourceState): void {
  prepare(
    `INSERT INTO sources (name, synced_at, cursor) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET synced_at = excluded.synced_at, cursor = excluded.cursor`,
  ).run(name, syncedAt, cursor)
}

/** What a server gave to ask later whether an answer has changed. */
export interface Validators {
  readonly etag: string | null
  readonly lastModified: string | null
}

/** What the server gave with its last answer; `name` is an address, or what stands for one. */
export function validatorsOf({ prepare }: Library, name: string): Validators | null {
  const known = prepare('SELECT etag, last_modified AS lastModified FROM validators WHERE name = ?').get(name)
  return (known as Validators | undefined) ?? null
}

/** Notes what a server gave with an answer, or that it gave nothing. */
export function recordValidators(
  { prepare }: Library,
  name: string,
  { etag, lastModified }: Validators,
): void {
  if (etag === null && lastModified === null) {
    prepare('DELETE FROM validators WHERE name = ?').run(name)
    return
  }
  prepare(
    `INSERT INTO validators (name, etag, last_modified) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified`,
  ).run(name, etag, lastModified)
}

/**
 * The newest papers of other sources that arXiv can tell more of: with an arXiv id, and not asked for since `since` (ms
 * since 1970). What arXiv once told needs no second look: its revisions come with its categories.
 */
export function unenriched({ prepare }: Library, limit: number, since: number): PaperId[] {
  return prepare(
    `SELECT id FROM papers LEFT JOIN enriched ON enriched.paper_id = papers.id
     WHERE origin <> 'arxiv' AND id NOT LIKE 'title:%' AND id NOT LIKE 'doi:%' AND coalesce(asked_at, 0) < ?
     ORDER BY day DESC, rank, pk LIMIT ?`,
  )
    .pluck()
    .all(since, limit) as PaperId[]
}

/** Notes that arXiv was asked for some papers. */
export function recordEnriched(library: Library, ids: readonly PaperId[], now: number): void {
  library.transaction(() => {
    const put = library.prepare(
      'INSERT INTO enriched (paper_id, asked_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at',
    )
    for (const id of ids) put.run(id, now)
  })
}
