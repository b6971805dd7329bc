// What was said about papers on the Hub, kept so that it reads offline.

import type { Comment, PaperId } from '../paper.ts'
import type { Library } from './library.ts'

/** The comments on a paper, the oldest first, and when they were fetched, in ms since 1970. */
export interface Discussion {
  readonly comments: readonly Comment[]
  readonly fetchedAt: number
}

/** Stores the comments on a paper in the library, in the place of older ones. `now` is in ms since 1970. */
export function storeDiscussion(
  { prepare }: Library,
  id: PaperId,
  comments: readonly Comment[],
  now: number = Date.now(),
): void {
  prepare('INSERT OR REPLACE INTO discussions (paper_id, fetched_at, comments) VALUES (?, ?, ?)').run(
    id,
    now,
    JSON.stringify(comments),
  )
}

/** The comments on a paper, or null where none were fetched. */
export function discussion({ prepare }: Library, id: PaperId): Discussion | null {
  const record = prepare('SELECT comments, fetched_at AS fetchedAt FROM discussions WHERE paper_id = ?').get(
    id,
  ) as { comments: string; fetchedAt: number } | undefined
  return record ? { comments: JSON.parse(record.comments), fetchedAt: record.fetchedAt } : null
}
