// The words of titles, abstracts and authors, by SQLite's FTS5: candidates for a search and the vocabulary to spell by.

import type { Day, PaperId } from '../paper.ts'
import type { Library } from './library.ts'

/** A paper that a search may have meant. `authors` are the names, one a line. */
export interface Candidate {
  readonly id: PaperId
  readonly title: string
  readonly abstract: string
  readonly authors: string
  readonly day: Day
  readonly upvotes: number
}

/**
 * The best `limit` papers for an FTS5 expression, titles weighing most. The expression must be well-formed: build it
 * from quoted words only.
 */
export function textCandidates({ prepare }: Library, expression: string, limit: number): Candidate[] {
  return prepare(
    `SELECT papers.id, papers.title, papers.abstract, papers.day, coalesce(papers.upvotes, 0) AS upvotes,
              (SELECT group_concat(value, char(10)) FROM json_each(papers.authors)) AS authors
       FROM (SELECT rowid FROM papers_text WHERE papers_text MATCH @expression AND rank MATCH 'bm25(6.0, 1.0, 3.0)'
             ORDER BY rank LIMIT @limit) AS best
       JOIN papers ON papers.pk = best.rowid`,
  )
    .all({ expression, limit })
    .map((row) => ({ ...(row as Candidate), authors: (row as Candidate).authors ?? '' }))
}

/** Every word of the library, lower case and without accents, and in how many papers it stands. */
export function vocabulary({ prepare }: Library): Map<string, number> {
  return new Map(prepare('SELECT term, doc FROM papers_words').raw().all() as [string, number][])
}

/** A number that changes when any connection has changed the library's papers. */
export function textVersion({ db, prepare }: Library): string {
  const others = db.pragma('data_version', { simple: true })
  return `${others}/${prepare('SELECT total_changes()').pluck().get()}`
}
