// What the reader did and what the library holds, counted. Too slow for a frame where there is much of it: background
// threads and the command line ask.

import type { Day } from '../paper.ts'
import type { Library } from './library.ts'
import { ALL_TAGGED, HIDDEN_KEYS } from './rules.ts'

/** Papers of a day. */
export interface PapersOf {
  readonly day: Day
  readonly papers: number
}

/** Papers read that have something in common: a tag, an author, an organisation. */
export interface Counted {
  readonly name: string
  readonly papers: number
}

export interface Counts {
  /** Papers by the day they were read on, in the reader's own days, newest first. */
  readonly readOn: readonly PapersOf[]
  readonly starred: number
  readonly later: number
  readonly hidden: number
  readonly notes: number
  /** The most frequent ones among what was read. */
  readonly tags: readonly Counted[]
  readonly authors: readonly Counted[]
  readonly organizations: readonly Counted[]
  /** Papers that are neither read nor hidden, by their place in the list, newest day first; '' where no day is known. */
  readonly unreadOf: readonly PapersOf[]
  readonly papers: number
  /** Days that have papers. */
  readonly days: number
  readonly fullTexts: number
  /** Of the full texts as they are kept, and of the library's file, in bytes. */
  readonly fullTextBytes: number
  readonly fileBytes: number
}

const MOST_FREQUENT = 10

/** Counts all of it as of one moment. `dayAt` says which day of the reader's a moment (ms since 1970) is of. */
export function countLibrary(library: Library, dayAt: (time: number) => Day): Counts {
  const { prepare, db } = library
  const number = (sql: string) => Number(prepare(sql).pluck().get())
  return library.snapshot(() => {
    const ofDay = prepare('SELECT day, count(*) AS papers FROM papers GROUP BY day ORDER BY day DESC')
      .all()
      .map((row) => row as PapersOf)
    // What was read or is hidden is little beside all papers.
    const decided = new Map(
      (prepare(DECIDED).all() as PapersOf[]).map(({ day, papers }) => [day, papers] as const),
    )
    return {
      readOn: readOn(prepare(READ_AT).pluck().all() as number[], dayAt),
      starred: number('SELECT count(starred_at) FROM marks'),
      later: number('SELECT count(later_at) FROM marks'),
      hidden: number(`SELECT count(*) FROM (${HIDDEN_KEYS})`),
      notes: number('SELECT count(*) FROM notes'),
      tags: prepare(READ_TAGS).all(MOST_FREQUENT) as Counted[],
      authors: prepare(READ_AUTHORS).all(MOST_FREQUENT) as Counted[],
      organizations: prepare(READ_ORGANIZATIONS).all(MOST_FREQUENT) as Counted[],
      unreadOf: ofDay.flatMap(({ day, papers }) => {
        const unread = papers - (decided.get(day) ?? 0)
        return unread > 0 ? [{ day, papers: unread }] : []
      }),
      papers: ofDay.reduce((sum, { papers }) => sum + papers, 0),
      days: ofDay.filter(({ day }) => day !== '').length,
      fullTexts: number('SELECT count(*) FROM fulltexts'),
      fullTextBytes: number('SELECT coalesce(sum(length(html)), 0) FROM fulltexts'),
      fileBytes: Number(db.pragma('page_count', pragma)) * Number(db.pragma('page_size', pragma)),
    }
  })
}

const pragma = { simple: true } as const

const READ_AT = 'SELECT read_at FROM marks WHERE read_at IS NOT NULL ORDER BY read_at DESC'

const DECIDED = `SELECT day, count(*) AS papers FROM papers WHERE pk IN (
    SELECT pk FROM marks JOIN papers ON papers.id = marks.paper_id WHERE read_at IS NOT NULL
    UNION ${HIDDEN_KEYS})
  GROUP BY day`

const READ_TAGS = `SELECT tag AS name, count(*) AS papers FROM (${ALL_TAGGED}) JOIN marks USING (paper_id)
  WHERE read_at IS NOT NULL GROUP BY tag ORDER BY papers DESC, name LIMIT ?`

// A name that a paper has twice is still one paper.
const READ_AUTHORS = `SELECT value AS name, count(DISTINCT papers.pk) AS papers
  FROM marks JOIN papers ON papers.id = marks.paper_id, json_each(papers.authors)
  WHERE read_at IS NOT NULL GROUP BY value ORDER BY papers DESC, name LIMIT ?`

const READ_ORGANIZATIONS = `SELECT organization AS name, count(*) AS papers
  FROM marks JOIN papers ON papers.id = marks.paper_id
  WHERE read_at IS NOT NULL AND organization IS NOT NULL
  GROUP BY organization ORDER BY papers DESC, name LIMIT ?`

/** Moments, the latest first, by their days. */
function readOn(times: readonly number[], dayAt: (time: number) => Day): PapersOf[] {
  const counts = new Map<Day, number>()
  for (const time of times) {
    const day = dayAt(time)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  return Array.from(counts, ([day, papers]) => ({ day, papers }))
}
