// Marks: what the reader decided. Written by nothing but the reader's own commands.

import type { MarkField, PaperId } from '../paper.ts'
import type { Library } from './library.ts'

/** When a field was set, in ms since 1970; null is not set. */
export type MarkTime = number | null

const COLUMN: Record<MarkField, string> = { read: 'read_at', starred: 'starred_at' }

/** When a paper was marked, or null. */
export function markTime({ prepare }: Library, id: PaperId, field: MarkField): MarkTime {
  return (prepare(`SELECT ${COLUMN[field]} FROM marks WHERE paper_id = ?`).pluck().get(id) ??
    null) as MarkTime
}

/** Sets one field of a paper's mark; a mark with nothing set is no mark. */
export function setMark({ prepare }: Library, id: PaperId, field: MarkField, time: MarkTime): void {
  const column = COLUMN[field]
  prepare(
    `INSERT INTO marks (paper_id, ${column}) VALUES (?, ?) ON CONFLICT DO UPDATE SET ${column} = excluded.${column}`,
  ).run(id, time)
  prepare('DELETE FROM marks WHERE paper_id = ? AND read_at IS NULL AND starred_at IS NULL').run(id)
}
