// Queries that were kept, for the prompt's history, and the values that its completion offers.

import type { Library } from './library.ts'
import { allTags } from './marks.ts'

/** Older queries are forgotten. */
const KEPT = 200

/** Remembers a query as the newest; one that is known already is not kept twice. `now` is in ms since 1970. */
export function keepSearch(library: Library, query: string, now: number = Date.now()): void {
  library.transaction(() => {
    // Clocks go backwards, and two queries may come in one ms: the order counts, not the time.
    const last = library.prepare('SELECT max(asked_at) FROM searches').pluck().get() as number | null
    library
      .prepare(
        'INSERT INTO searches (query, asked_at) VALUES (?, ?) ON CONFLICT (query) DO UPDATE SET asked_at = excluded.asked_at',
      )
      .run(query, Math.max(now, (last ?? 0) + 1))
    library
      .prepare(
        'DELETE FROM searches WHERE query IN (SELECT query FROM searches ORDER BY asked_at DESC LIMIT -1 OFFSET ?)',
      )
      .run(KEPT)
  })
}

/** The queries that were kept, newest first. */
export function keptSearches(library: Library): string[] {
  return library
    .prepare('SELECT query FROM searches ORDER BY asked_at DESC LIMIT ?')
    .pluck()
    .all(KEPT) as string[]
}

/** What fields of the query language can be completed to, the most wanted value first. */
export interface FieldValues {
  readonly author: readonly string[]
  readonly org: readonly string[]
  readonly cat: readonly string[]
  /** Months (`2025-09`) that have papers, newest first. */
  readonly date: readonly string[]
  readonly tag: readonly string[]
}

const MOST_AUTHORS = 2000
/** Authors are counted in so many of the newest papers: in all of a million it would take seconds. */
const AUTHORS_OF = 10_000

/** A higher number once papers have come, or their texts have changed. */
export function papersVersion(library: Library): number {
  const changes = library
    .prepare("SELECT seq FROM sqlite_sequence WHERE name = 'search_pending'")
    .pluck()
    .get() as number | undefined
  return changes ?? 0
}

/** Another text once papers have come or changed, or what was decided about them has. */
export function valuesVersion(library: Library): string {
  const turn = library.prepare('SELECT max(turn) FROM history').pluck().get() as number | null
  return `${papersVersion(library)}/${turn ?? 0}`
}

/** The values of the fields as the library has them. Takes up to 100 ms: not for the thread that draws the screen. */
export function fieldValues(library: Library): FieldValues {
  return library.snapshot(() => ({
    author: authors(library),
    org: library
      .prepare(
        'SELECT organization FROM papers WHERE organization IS NOT NULL GROUP BY organization ORDER BY count(*) DESC, organization',
      )
      .pluck()
      .all() as string[],
    cat: categories(library),
    date: months(library),
    tag: allTags(library).map(({ tag }) => tag),
  }))
}

function authors(library: Library): string[] {
  return library
    .prepare(
      `SELECT value FROM (SELECT authors FROM papers ORDER BY day DESC, rank, pk LIMIT ?), json_each(authors)
       GROUP BY value ORDER BY count(*) DESC, value LIMIT ?`,
    )
    .pluck()
    .all(AUTHORS_OF, MOST_AUTHORS) as string[]
}

function categories(library: Library): string[] {
  const lists = library
    .prepare(`SELECT categories, count(*) AS papers FROM papers WHERE categories <> '[]' GROUP BY categories`)
    .all() as { categories: string; papers: number }[]
  const counts = new Map<string, number>()
  for (const { categories, papers } of lists)
    for (const category of JSON.parse(categories) as string[])
      counts.set(category, (counts.get(category) ?? 0) + papers)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([category]) => category)
}

/** One look into the index a month, however many papers it has. */
function months(library: Library): string[] {
  return library
    .prepare(
      `WITH RECURSIVE months (month) AS (
         SELECT substr(max(day), 1, 7) FROM papers
         UNION ALL
         SELECT (SELECT substr(max(day), 1, 7) FROM papers WHERE day < month) FROM months WHERE month <> ''
       )
       SELECT month FROM months WHERE month <> ''`,
    )
    .pluck()
    .all() as string[]
}
