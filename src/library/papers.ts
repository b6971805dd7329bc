// Papers: storing what sources say, and reading it back whole.

import {
  type Day,
  isArxiv,
  isProvisional,
  type Listing,
  type Mark,
  mergePaper,
  type Paper,
  type PaperId,
} from '../paper.ts'
import type { Library } from './library.ts'
import { placePaper, UNLISTED_RANK } from './listings.ts'
import { noteUpvotes } from './momentum.ts'
import { FIELDS, fromRecord, type PaperRecord, toRecord } from './records.ts'
import { MARKS, type MarkRecord, toMark, toTags } from './rows.ts'
import { countMuted, type RuleKind, rulesOf, TAGS } from './rules.ts'
import { absorbTwins } from './twins.ts'

/** A paper with its place in the list and what the reader decided about it. */
export interface StoredPaper extends Paper, Mark {
  readonly day: Day
  readonly tags: readonly string[]
  /** Markdown; null where nothing was written. */
  readonly note: string | null
  /** The rules that match it. */
  readonly rules: readonly { readonly kind: RuleKind; readonly name: string }[]
}

export type Stored = 'new' | 'changed' | 'same'

/**
 * Stores what a source says of a paper and returns the id it is stored under, which is the arXiv id wherever one is
 * known: a provisional record of the same title becomes that paper, with its marks, listings and history; a paper said
 * without an id becomes the known paper of that title. A new paper takes its place in the list from `listing`, which the
 * caller is about to add; without one it stands on the day it was published. `now` is in ms since 1970.
 */
export function storePaper(
  library: Library,
  said: Paper,
  listing: Listing | null = null,
  now: number = Date.now(),
): { id: PaperId; stored: Stored } {
  return library.transaction(() => {
    const record = toRecord(said)
    const known = findKnown(library, said, record.title_key)
    if (!known) {
      insert(library, record, listing)
      return { id: said.id, stored: 'new' as const }
    }
    const merged = mergePaper(known, said)
    const before = toRecord(known)
    const after = toRecord(merged)
    const absorbed = isProvisional(merged.id) ? 0 : absorbTwins(library, merged, said.title)
    const same = FIELDS.every((field) => before[field] === after[field])
    if (!same) update(library, known.id, after)
    if (known.upvotes !== null && merged.upvotes !== null && known.upvotes !== merged.upvotes)
      noteUpvotes(library, merged.id, known.upvotes, merged.upvotes, now)
    if (known.origin === 'starter' && merged.origin !== 'starter')
      library.prepare(`DELETE FROM listings WHERE paper_id = ? AND source = 'starter'`).run(merged.id)
    if (!same || absorbed > 0) placePaper(library, merged.id)
    return { id: merged.id, stored: same ? ('same' as const) : ('changed' as const) }
  })
}

function findKnown({ prepare }: Library, said: Paper, title: string): Paper | null {
  const byId = prepare('SELECT * FROM papers WHERE id = ?').get(said.id) as PaperRecord | undefined
  if (byId) return fromRecord(byId)
  if (said.doi !== null) {
    const byDoi = prepare('SELECT * FROM papers WHERE doi = ? ORDER BY pk').all(said.doi) as PaperRecord[]
    // A DOI that two arXiv papers name is the word of their authors, who may be wrong.
    const same = byDoi.find(({ id }) => !isArxiv(id) || !isArxiv(said.id))
    if (same) return fromRecord(same)
  }
  // Where every paper is on arXiv, as in most libraries, none can be another of its title.
  if (isArxiv(said.id) && prepare(ANY_BUT_ARXIV).get() === undefined) return null
  const twins = prepare('SELECT * FROM papers WHERE title_key = ? ORDER BY pk').all(title) as PaperRecord[]
  const candidates = twins.filter(({ id, title_key }) => mayBeSame(id, said.id, title_key))
  const twin = candidates.find((candidate) => candidate.published_on === said.publishedOn) ?? candidates[0]
  return twin ? fromRecord(twin) : null
}

const ANY_BUT_ARXIV = `
  SELECT 1 WHERE EXISTS (SELECT 1 FROM papers WHERE id >= 'title:' AND id < 'title;')
              OR EXISTS (SELECT 1 FROM papers WHERE id >= 'doi:' AND id < 'doi;')`

/** A title of fewer letters and digits (`Editorial`, `Introduction`) does not make two papers one. */
const TELLING_TITLE = 20

/**
 * Whether two papers of one title may be the same. Two on arXiv are not, nor two with DOIs of their own; a paper known
 * by its title alone is any other of that title.
 */
function mayBeSame(one: PaperId, other: PaperId, title: string): boolean {
  if (isProvisional(one) || isProvisional(other)) return true
  return isArxiv(one) !== isArxiv(other) && title.length >= TELLING_TITLE
}

const INSERT = `INSERT INTO papers (${FIELDS.join(', ')}, day, rank)
  VALUES (${FIELDS.map((field) => `@${field}`).join(', ')}, @day, @rank)`

function insert({ prepare }: Library, record: PaperRecord, listing: Listing | null): void {
  const place = listing ?? { day: record.published_on ?? '', rank: UNLISTED_RANK }
  prepare(INSERT).run({ ...record, ...place })
}

const UPDATE = `UPDATE papers SET ${FIELDS.map((field) => `${field} = @${field}`).join(', ')} WHERE id = @known`

function update({ prepare }: Library, id: PaperId, record: PaperRecord): void {
  prepare(UPDATE).run({ ...record, known: id })
}

/** Whether a paper is in the library. */
export function hasPaper({ prepare }: Library, id: PaperId): boolean {
  return prepare('SELECT 1 FROM papers WHERE id = ?').get(id) !== undefined
}

/** Whether all of some papers are in the library. */
export function hasPapers({ prepare }: Library, ids: readonly PaperId[]): boolean {
  const missing = prepare('SELECT 1 FROM json_each(?) WHERE value NOT IN (SELECT id FROM papers) LIMIT 1')
  return missing.get(JSON.stringify(ids)) === undefined
}

/** The given ids in the order of the list. Ids that are not in the library are left out. */
export function inListOrder({ prepare }: Library, ids: readonly PaperId[]): PaperId[] {
  return prepare(
    `SELECT id FROM papers WHERE id IN (SELECT value FROM json_each(?)) ORDER BY day DESC, rank, pk`,
  )
    .pluck()
    .all(JSON.stringify(ids)) as PaperId[]
}

/** A paper whole, or null where the library has none of that id. */
export function findPaper(library: Library, id: PaperId): StoredPaper | null {
  const record = library
    .prepare(
      `SELECT papers.*, ${MARKS}, (SELECT text FROM notes WHERE paper_id = papers.id) AS note,
            ${TAGS} AS tags
       FROM papers LEFT JOIN marks ON marks.paper_id = papers.id WHERE papers.id = ?`,
    )
    .get(id) as
    | (PaperRecord & MarkRecord & { day: string; note: string | null; tags: string | null })
    | undefined
  if (!record) return null
  const { day, note, tags } = record
  const rules = rulesOf(library, id)
  return { ...fromRecord(record), ...toMark(record), day, note, tags: toTags(tags), rules }
}

/** Papers in the library. */
export function countPapers({ prepare }: Library): number {
  return Number(prepare('SELECT count(*) FROM papers').pluck().get())
}

/** How many of some papers are not read. */
export function countUnreadOf({ prepare }: Library, ids: readonly PaperId[]): number {
  const read = prepare(
    `SELECT count(*) FROM json_each(?) JOIN marks ON paper_id = value WHERE read_at IS NOT NULL`,
  )
    .pluck()
    .get(JSON.stringify(ids))
  return ids.length - Number(read)
}

/** Papers in the library that are neither read nor hidden. */
export function countUnread(library: Library): number {
  const done = library
    .prepare('SELECT count(*) FROM marks WHERE read_at IS NOT NULL OR hidden_at > 0')
    .pluck()
    .get()
  return countPapers(library) - Number(done) - countMuted(library)
}
