// Papers: storing what sources say, and reading it back as rows for a list or whole.

import {
  countAuthors,
  type Day,
  doiId,
  isArxiv,
  isProvisional,
  type Listing,
  type Mark,
  type MarkField,
  mergePaper,
  type Origin,
  type Paper,
  type PaperId,
  titleKey,
} from '../paper.ts'
import type { Library } from './library.ts'
import { placePaper, SOURCE_OFFSET, UNLISTED_RANK } from './listings.ts'
import { MARK_COLUMNS } from './marks.ts'
import { MOMENTUM, noteUpvotes } from './momentum.ts'
import { countMuted, HIDDEN, MUTED_BY, type RuleKind, rulesOf, TAGGED_WITH, TAGS, WATCHED } from './rules.ts'

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

/** A paper with its place in the list and what the reader decided about it. */
export interface StoredPaper extends Paper, Mark {
  readonly day: Day
  readonly tags: readonly string[]
  /** Markdown; null where nothing was written. */
  readonly note: string | null
  /** The rules that match it. */
  readonly rules: readonly { readonly kind: RuleKind; readonly name: string }[]
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

export type Stored = 'new' | 'changed' | 'same'

interface PaperRecord {
  id: string
  title: string
  title_key: string
  abstract: string
  authors: string
  author_count: number | null
  published_on: string | null
  upvotes: number | null
  comments: number | null
  ai_summary: string | null
  keywords: string
  categories: string
  organization: string | null
  project_page: string | null
  github_repo: string | null
  github_stars: number | null
  linked: string
  picture: string | null
  version: number | null
  revised_on: string | null
  doi: string | null
  journal: string | null
  remark: string | null
  link: string | null
  origin: string
}

const FIELDS = [
  'id',
  'title',
  'title_key',
  'abstract',
  'authors',
  'author_count',
  'published_on',
  'upvotes',
  'comments',
  'ai_summary',
  'keywords',
  'categories',
  'organization',
  'project_page',
  'github_repo',
  'github_stars',
  'linked',
  'picture',
  'version',
  'revised_on',
  'doi',
  'journal',
  'remark',
  'link',
  'origin',
] as const satisfies readonly (keyof PaperRecord)[]

const toRecord = (paper: Paper): PaperRecord => ({
  id: paper.id,
  title: paper.title,
  title_key: titleKey(paper.title),
  abstract: paper.abstract,
  authors: JSON.stringify(paper.authors),
  author_count: countAuthors(paper),
  published_on: paper.publishedOn,
  upvotes: paper.upvotes,
  comments: paper.comments,
  ai_summary: paper.aiSummary,
  keywords: JSON.stringify(paper.keywords),
  categories: JSON.stringify(paper.categories),
  organization: paper.organization,
  project_page: paper.projectPage,
  github_repo: paper.githubRepo,
  github_stars: paper.githubStars,
  linked: JSON.stringify(paper.linked),
  picture: paper.picture,
  version: paper.version,
  revised_on: paper.revisedOn,
  doi: paper.doi,
  journal: paper.journal,
  remark: paper.remark,
  link: paper.link,
  origin: paper.origin,
})

const fromRecord = (record: PaperRecord): Paper => ({
  id: record.id,
  title: record.title,
  abstract: record.abstract,
  authors: JSON.parse(record.authors),
  authorCount: record.author_count,
  publishedOn: record.published_on,
  upvotes: record.upvotes,
  comments: record.comments,
  aiSummary: record.ai_summary,
  keywords: JSON.parse(record.keywords),
  categories: JSON.parse(record.categories),
  organization: record.organization,
  projectPage: record.project_page,
  githubRepo: record.github_repo,
  githubStars: record.github_stars,
  linked: JSON.parse(record.linked),
  picture: record.picture,
  version: record.version,
  revisedOn: record.revised_on,
  doi: record.doi,
  journal: record.journal,
  remark: record.remark,
  link: record.link,
  origin: record.origin as Origin,
})

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

/**
 * A known paper may take on, or be said by, the title of a provisional one (titles change between versions), or the DOI
 * of one that was known by it alone: all that hangs on that record (listings, marks, history, what was read of it) then
 * becomes the paper's, and it goes.
 * Returns how many went.
 */
function absorbTwins(library: Library, { id, title, doi }: Paper, said: string): number {
  const { prepare } = library
  // The record that became this paper is renamed, not absorbed: only a second record is.
  if (prepare('SELECT 1 FROM papers WHERE id = ?').get(id) === undefined) return 0
  const twins = prepare(
    `SELECT id FROM papers WHERE title_key IN (?, ?) AND id LIKE 'title:%'
     UNION SELECT id FROM papers WHERE id = ? AND id <> ?`,
  )
    .pluck()
    .all(titleKey(said), titleKey(title), doi === null ? '' : doiId(doi), id) as PaperId[]
  for (const twin of twins) {
    absorbDecisions(library, twin, id)
    prepare(
      `INSERT INTO positions (paper_id, block, line, seen_at)
         SELECT ?, block, line, seen_at FROM positions WHERE paper_id = ?
       ON CONFLICT DO UPDATE SET block = excluded.block, line = excluded.line, seen_at = excluded.seen_at
         WHERE excluded.seen_at > seen_at`,
    ).run(id, twin)
    prepare('DELETE FROM positions WHERE paper_id = ?').run(twin)
    for (const table of ['listings', 'fulltexts', 'discussions'])
      prepare(`UPDATE OR IGNORE ${table} SET paper_id = ? WHERE paper_id = ?`).run(id, twin)
    prepare('DELETE FROM papers WHERE id = ?').run(twin)
  }
  return twins.length
}

/** Gives a paper what was decided about another record of it, and the history of that. */
function absorbDecisions({ prepare }: Library, twin: PaperId, id: PaperId): void {
  const columns = Object.entries(MARK_COLUMNS)
  // Undoing a later mark of the one must leave an earlier mark of the other.
  for (const [field, column] of columns)
    for (const [of, other] of [
      [twin, id],
      [id, twin],
    ])
      prepare(
        `UPDATE changes SET before = coalesce(before, marks.${column}) FROM marks
         WHERE marks.paper_id = @other AND changes.paper_id = @of AND field = @field
           AND seq IN (SELECT seq FROM history WHERE done_at > abs(marks.${column}))`,
      ).run({ of, other, field })
  const names = columns.map(([, column]) => column)
  prepare(
    `INSERT INTO marks (paper_id, ${names.join(', ')}) SELECT ?, ${names.join(', ')} FROM marks WHERE paper_id = ?
     ON CONFLICT DO UPDATE SET ${names.map((name) => `${name} = coalesce(${name}, excluded.${name})`).join(', ')}`,
  ).run(id, twin)
  prepare(
    `INSERT INTO notes (paper_id, text) SELECT ?, text FROM notes WHERE paper_id = ?
     ON CONFLICT DO UPDATE SET text = text || char(10, 10) || excluded.text`,
  ).run(id, twin)
  prepare('UPDATE OR IGNORE tagged SET paper_id = ? WHERE paper_id = ?').run(id, twin)
  prepare('UPDATE OR IGNORE changes SET paper_id = ? WHERE paper_id = ?').run(id, twin)
  for (const table of ['marks', 'notes', 'tagged', 'changes'])
    prepare(`DELETE FROM ${table} WHERE paper_id = ?`).run(twin)
}

const MARKS = Object.entries(MARK_COLUMNS)
  .map(([field, column]) => `${field === 'hidden' ? HIDDEN : `${column} IS NOT NULL`} AS ${field}`)
  .join(', ')

const ROW = `
  SELECT papers.id, papers.day, papers.title, json_extract(authors, '$[0]') AS firstAuthor,
         author_count AS authorCount, papers.upvotes, comments, origin,
         published_on AS publishedOn, ${MOMENTUM} AS momentum,
         ${MARKS}, ${TAGS} AS tags, ${MUTED_BY} AS mutedBy, ${WATCHED} AS watched,
         EXISTS (SELECT 1 FROM notes WHERE paper_id = papers.id) AS noted
  FROM papers LEFT JOIN marks ON marks.paper_id = papers.id`

type MarkRecord = Record<MarkField, number>
type RowRecord = Omit<PaperRow, MarkField | 'tags' | 'noted' | 'watched'> &
  MarkRecord & { tags: string | null; noted: number; watched: number }

const toMark = ({ read, starred, later, hidden }: MarkRecord): Mark => ({
  read: read === 1,
  starred: starred === 1,
  later: later === 1,
  hidden: hidden === 1,
})

// Most papers have none: one array does for all of them.
const NO_TAGS: readonly string[] = []
const toTags = (tags: string | null) => (tags === null ? NO_TAGS : tags.split(' ').sort())

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

/** The rows of some papers, in no order. Papers that are not in the library are left out. */
export function rowsOf({ prepare }: Library, ids: readonly PaperId[]): PaperRow[] {
  const records = prepare(`${ROW} WHERE papers.id IN (SELECT value FROM json_each(?))`).all(
    JSON.stringify(ids),
  )
  return (records as RowRecord[]).map(toRow)
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
