// Marks, tags and notes: what the reader decided. Written by nothing but the reader's own commands, through history.ts.

import type { MarkField, PaperId } from '../paper.ts'
import type { Library } from './library.ts'
import { ALL_TAGGED, HIDDEN_KEYS, TAGGED_WITH } from './rules.ts'

/** When a field was set, in ms since 1970; null is not set. */
export type MarkTime = number | null

/** The column of each field of a mark. */
export const MARK_COLUMNS: Readonly<Record<MarkField, string>> = {
  read: 'read_at',
  starred: 'starred_at',
  later: 'later_at',
  hidden: 'hidden_at',
}

/** When a paper was marked, or null; what is shown in spite of rules has a negative time at `hidden`. */
export function markTime({ prepare }: Library, id: PaperId, field: MarkField): MarkTime {
  return (prepare(`SELECT ${MARK_COLUMNS[field]} FROM marks WHERE paper_id = ?`).pluck().get(id) ??
    null) as MarkTime
}

/** A tag, and how many papers carry it. */
export interface TagCount {
  readonly tag: string
  readonly papers: number
}

/** Every tag, the most used first. Hidden papers are not counted, as a search for the tag does not find them. */
export function allTags({ prepare }: Library): TagCount[] {
  return prepare(
    `SELECT tag, count(*) FILTER (WHERE paper_id NOT IN (
       SELECT id FROM papers WHERE pk IN (${HIDDEN_KEYS}))) AS papers
     FROM (${ALL_TAGGED}) GROUP BY tag ORDER BY papers DESC, tag`,
  ).all() as TagCount[]
}

/** The papers of a tag in their order: as they were added, or as the reader moved them; then those of rules. */
export function papersTagged({ prepare }: Library, tag: string): PaperId[] {
  return prepare(
    `SELECT papers.id FROM (${TAGGED_WITH}) AS wanted JOIN papers ON papers.id = wanted.paper_id
       LEFT JOIN tagged ON tag = @tag AND tagged.paper_id = papers.id
     ORDER BY place IS NULL, place, day DESC, rank, papers.id`,
  )
    .pluck()
    .all({ tag }) as PaperId[]
}

/** What the reader wrote about a paper, as Markdown; null where nothing. */
export function noteOf({ prepare }: Library, id: PaperId): string | null {
  return (prepare('SELECT text FROM notes WHERE paper_id = ?').pluck().get(id) ?? null) as string | null
}
