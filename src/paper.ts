// The domain: what a paper is, how it is named and which source's word counts. Imports nothing.

/** A UTC calendar day, `YYYY-MM-DD`. Days compare as text. */
export type Day = string

/** An arXiv id without its version (`2309.12288`, `hep-ex/0307015`) or a provisional `title:…` id. Always text. */
export type PaperId = string

/**
 * Where a record's text came from, least trusted first: the bundled starter library, a page saved by the user, the
 * Hub's API, arXiv itself (whose text keeps the mathematics that the Hub strips).
 */
export type Origin = 'starter' | 'page' | 'hub' | 'arxiv'

const TRUST: Record<Origin, number> = { starter: 0, page: 1, hub: 2, arxiv: 3 }

/** A paper as a source tells it. Unknown facts are null or empty, never guessed. */
export interface Paper {
  readonly id: PaperId
  readonly title: string
  readonly abstract: string
  readonly authors: readonly string[]
  /** May be known where the names are not (a page copied as text gives only the number). */
  readonly authorCount: number | null
  /** The day the paper appeared on arXiv. */
  readonly publishedOn: Day | null
  readonly upvotes: number | null
  readonly comments: number | null
  /** One sentence by a language model, as the Hub gives it. */
  readonly aiSummary: string | null
  readonly keywords: readonly string[]
  /** arXiv's, the primary one first (`cs.CL`); empty where nobody said. */
  readonly categories: readonly string[]
  readonly organization: string | null
  readonly projectPage: string | null
  readonly githubRepo: string | null
  readonly githubStars: number | null
  readonly origin: Origin
}

/** What not every source tells of a paper, where nobody has. */
export const NOT_SAID = {
  upvotes: null,
  comments: null,
  aiSummary: null,
  keywords: [],
  categories: [],
  organization: null,
  projectPage: null,
  githubRepo: null,
  githubStars: null,
} as const satisfies Partial<Paper>

/** A paper's place on a day's list; `rank` counts from 0 in the order of the source. */
export interface Listing {
  readonly day: Day
  readonly rank: number
}

/** What is known of a day that was asked for. `syncedAt` is in ms since 1970; `asked` counts from the day's end on. */
export interface SyncDay {
  readonly day: Day
  readonly syncedAt: number
  readonly papers: number
  readonly asked: number
}

/** When a day is over, in ms since 1970. */
export function endOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) + 86_400_000
}

/** What a reader decided about a paper. */
export interface Mark {
  readonly read: boolean
  readonly starred: boolean
}

export type MarkField = keyof Mark

/** A change of one or both fields. */
export type MarkChange = Partial<Mark>

const ARXIV_ID = /^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v[1-9]\d*)?$/
const PAPER_URL =
  /^(?:https?:\/\/)?(?:(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)|(?:www\.)?(?:huggingface\.co|hf\.co)\/papers|(?:dx\.)?doi\.org\/10\.48550)\/([^?#\s]+)/i

const PROVISIONAL = 'title:'
const PROVISIONAL_ID = /^title:(?:[\p{L}\p{N}-]{1,60}-)?[0-9a-f]{8}$/u

/**
 * Reads an arXiv id as people and sources write it: `2309.12288`, `2309.12288v2`, `arXiv:2309.12288`, an address of
 * arXiv, the Hub or arXiv's DOIs. Returns the id without its version, or null where the text names no paper.
 */
export function parseArxivId(text: string): PaperId | null {
  const trimmed = text.trim()
  const candidate = (PAPER_URL.exec(trimmed)?.[1] ?? trimmed)
    .replace(/^arxiv[.:]\s*/i, '')
    .replace(/\.pdf$/i, '')
    .replace(/\/$/, '')
  return ARXIV_ID.test(candidate) ? candidate.replace(/v\d+$/, '') : null
}

/** Reads an id as a reader of ours types it: an arXiv id as above, or a provisional one. Sources never give those. */
export function parsePaperId(text: string): PaperId | null {
  const trimmed = text.trim()
  return PROVISIONAL_ID.test(trimmed) ? trimmed : parseArxivId(trimmed)
}

/** Whether a paper is known by its title alone, until a source brings its arXiv id. */
export function isProvisional(id: PaperId): boolean {
  return id.startsWith(PROVISIONAL)
}

/**
 * A text as it is compared: lower case, compatibility forms unified, Latin, Greek and Cyrillic letters without accents.
 * Marks that make other letters (kana voicing, Hangul, Indic vowels) stay.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .normalize('NFC')
    .toLowerCase()
}

/** The words of a text, folded, in order: runs of letters and digits. */
export function words(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}

/**
 * What two spellings of one title have in common: letters and digits, case and accents folded, nothing between them,
 * since sources differ in hyphens, quotes and spaces. A title of signs only is its own key.
 */
export function titleKey(title: string): string {
  return words(title).join('') || title.trim()
}

/** The id of a paper known only by its title: its first words, and a hash that tells it from others that begin so. */
export function provisionalId(title: string): PaperId {
  const slug = Array.from(words(title).slice(0, 5).join('-')).slice(0, 40).join('').replace(/-$/, '')
  return `${PROVISIONAL}${slug}${slug === '' ? '' : '-'}${hash(titleKey(title))}`
}

/** FNV-1a over UTF-16 units, 8 hex digits. It only has to tell titles with the same first words apart. */
function hash(text: string): string {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** The page to open for a paper, or null where only its title is known. */
export function arxivUrl(id: PaperId): string | null {
  return isProvisional(id) ? null : `https://arxiv.org/abs/${id}`
}

/** The paper's page on the Hub, or null where only its title is known. */
export function hubUrl(id: PaperId): string | null {
  return isProvisional(id) ? null : `https://huggingface.co/papers/${id}`
}

/** How many authors a paper has, as far as anyone said; null where nobody did. */
export function countAuthors(paper: Pick<Paper, 'authors' | 'authorCount'>): number | null {
  return paper.authorCount ?? (paper.authors.length > 0 ? paper.authors.length : null)
}

/**
 * Brings a record up to date with what a source says now. Text goes by trust: a less trusted source fills gaps but
 * overwrites nothing. Counts go by the Hub, the only place where they are counted. A missing fact never erases one.
 */
export function mergePaper(known: Paper, said: Paper): Paper {
  const text = TRUST[said.origin] >= TRUST[known.origin] ? [said, known] : [known, said]
  const hub = said.origin === 'hub' ? [said, known] : text
  const first = <T>(from: Paper[], fact: (paper: Paper) => T | null): T | null =>
    from.map(fact).find((value) => value !== null) ?? null
  const filled = <T>(list: readonly T[]) => (list.length > 0 ? list : null)
  return {
    id: isProvisional(known.id) && !isProvisional(said.id) ? said.id : known.id,
    title: first(text, (paper) => paper.title || null) ?? '',
    // A starter summary is no abstract: beside a real record it would pass for one.
    abstract:
      first(text, (paper) =>
        text[0]?.origin === 'starter' || paper.origin !== 'starter' ? paper.abstract || null : null,
      ) ?? '',
    authors: first(text, (paper) => filled(paper.authors)) ?? [],
    authorCount: first(text, (paper) => paper.authorCount),
    publishedOn: first(text, (paper) => paper.publishedOn),
    upvotes: first(hub, (paper) => paper.upvotes),
    comments: first(hub, (paper) => paper.comments),
    aiSummary: first(hub, (paper) => paper.aiSummary),
    keywords: first(hub, (paper) => filled(paper.keywords)) ?? [],
    categories: first(text, (paper) => filled(paper.categories)) ?? [],
    organization: first(hub, (paper) => paper.organization),
    projectPage: first(hub, (paper) => paper.projectPage),
    githubRepo: first(hub, (paper) => paper.githubRepo),
    githubStars: first(hub, (paper) => paper.githubStars),
    origin: (text[0] ?? said).origin,
  }
}
