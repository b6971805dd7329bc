// The domain: what a paper is, how it is named and which source's word counts. Imports nothing.

/** A UTC calendar day, `YYYY-MM-DD`. Days compare as text. */
export type Day = string

/**
 * An arXiv id without its version (`2309.12288`, `hep-ex/0307015`); for a paper that is not known to be on arXiv `doi:`
 * and its DOI, else a provisional `title:…` id. Always text.
 */
export type PaperId = string

/**
 * Where a record's text came from, least trusted first: the bundled starter library, a page saved by the user, a feed,
 * the Hub's API, arXiv itself (whose text keeps the mathematics that the Hub strips).
 */
export type Origin = 'starter' | 'page' | 'feed' | 'hub' | 'arxiv'

const TRUST: Record<Origin, number> = { starter: 0, page: 1, feed: 2, hub: 3, arxiv: 4 }

/**
 * What the Hub links with a paper: a model, a data set or a Space, by its name there (`owner/name`), and its counts as the
 * Hub last said them; they are missing where it did not.
 */
export interface Linked {
  readonly kind: 'model' | 'dataset' | 'space'
  readonly name: string
  readonly likes?: number
  readonly downloads?: number
}

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
  readonly linked: readonly Linked[]
  /** The address of a picture of it, on the Hub's own hosts. */
  readonly picture: string | null
  /** The newest version on arXiv, from 1, and the day it appeared. */
  readonly version: number | null
  readonly revisedOn: Day | null
  /** In lower case, without `doi:` or an address before it. */
  readonly doi: string | null
  /** Where it was published, in arXiv's or the feed's words: `Phys. Rev. D 76, 013009 (2007)`. */
  readonly journal: string | null
  /** The authors' comment on arXiv: `12 pages, 3 figures`. */
  readonly remark: string | null
  /** Its own page, where that is neither arXiv's nor the Hub's. */
  readonly link: string | null
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
  linked: [],
  picture: null,
  version: null,
  revisedOn: null,
  doi: null,
  journal: null,
  remark: null,
  link: null,
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

/** What a reader decided about a paper. */
export interface Mark {
  readonly read: boolean
  readonly starred: boolean
  /** Kept to be read later. */
  readonly later: boolean
  /** Not wanted: shown in no view but its own. */
  readonly hidden: boolean
}

export type MarkField = keyof Mark

/** A change of some of its fields. */
export type MarkChange = Partial<Mark>

/** The most letters that a tag has. */
export const LONGEST_TAG = 50

/**
 * A tag as it is kept: in lower case, words joined by `-`, so that it can be typed after `tag:` as it stands. Null where
 * the text has no letter or digit.
 */
export function tagNamed(text: string): string | null {
  const name = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/^#+/, '')
    .replace(/[^\p{L}\p{M}\p{N}._/+-]+/gu, '-')
    .replace(/^[-./+]+|[-./]+$/g, '')
  const short = Array.from(name).slice(0, LONGEST_TAG).join('')
  return /[\p{L}\p{N}]/u.test(short) ? short : null
}

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

const DOI = /^10\.\d{4,9}\/[!-~]{1,200}$/
const DOI_URL = /^(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\//i

/** Reads a DOI as people and sources write it, alone or as an address; null where the text is none. */
export function parseDoi(text: string): string | null {
  const doi = text
    .trim()
    .replace(DOI_URL, '')
    .replace(/^doi:\s*/i, '')
    .toLowerCase()
  return DOI.test(doi) ? doi : null
}

/** The id of a paper that is known by its DOI; arXiv's own DOIs name the arXiv paper. */
export function doiId(doi: string): PaperId {
  return parseArxivId(`doi.org/${doi}`) ?? `doi:${doi}`
}

/** Reads an id as a reader of ours types it: an arXiv id, a DOI or a provisional id. Sources never give the last. */
export function parsePaperId(text: string): PaperId | null {
  const trimmed = text.trim()
  if (PROVISIONAL_ID.test(trimmed)) return trimmed
  const arxiv = parseArxivId(trimmed)
  if (arxiv) return arxiv
  const doi = /doi/i.test(trimmed) ? parseDoi(trimmed) : null
  return doi === null ? null : doiId(doi)
}

/** Whether a paper's id is arXiv's. Others give way to it once a source brings it. */
export function isArxiv(id: PaperId): boolean {
  return ARXIV_ID.test(id)
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

/** The paper's page on arXiv, or null where it is not known to be there. */
export function arxivUrl(id: PaperId): string | null {
  return isArxiv(id) ? `https://arxiv.org/abs/${id}` : null
}

/** The paper's page on the Hub, or null where it is not known to be on arXiv. */
export function hubUrl(id: PaperId): string | null {
  return isArxiv(id) ? `https://huggingface.co/papers/${id}` : null
}

/** The page to open for a paper: arXiv's, its own, or what its DOI leads to; null where only its title is known. */
export function paperUrl({ id, link, doi }: Pick<Paper, 'id' | 'link' | 'doi'>): string | null {
  return arxivUrl(id) ?? link ?? (doi === null ? null : `https://doi.org/${encodeURI(doi)}`)
}

/** How many authors a paper has, as far as anyone said; null where nobody did. */
export function countAuthors(paper: Pick<Paper, 'authors' | 'authorCount'>): number | null {
  return paper.authorCount ?? (paper.authors.length > 0 ? paper.authors.length : null)
}

/**
 * Whose word counts for each fact. `text`: the most trusted source that says it (see `Origin`), so that a less trusted
 * one fills gaps but overwrites nothing. `hub`: the Hub's word if it has one, the only place where it is counted or kept.
 */
export const FACTS = {
  title: 'text',
  abstract: 'text',
  authors: 'text',
  authorCount: 'text',
  publishedOn: 'text',
  categories: 'text',
  version: 'text',
  revisedOn: 'text',
  doi: 'text',
  journal: 'text',
  remark: 'text',
  link: 'text',
  upvotes: 'hub',
  comments: 'hub',
  aiSummary: 'hub',
  keywords: 'hub',
  organization: 'hub',
  projectPage: 'hub',
  githubRepo: 'hub',
  githubStars: 'hub',
  linked: 'hub',
  picture: 'hub',
} as const satisfies Record<Exclude<keyof Paper, 'id' | 'origin'>, 'text' | 'hub'>

/** Brings a record up to date with what a source says now. A missing fact never erases one. */
export function mergePaper(known: Paper, said: Paper): Paper {
  const isNewer = TRUST[said.origin] >= TRUST[known.origin]
  const byTrust: [Paper, Paper] = isNewer ? [said, known] : [known, said]
  const merged: Record<string, unknown> = {
    id: idRank(said.id) > idRank(known.id) ? said.id : known.id,
    origin: byTrust[0].origin,
  }
  for (const fact of Object.keys(FACTS) as (keyof typeof FACTS)[]) {
    const [first, second] = FACTS[fact] === 'hub' && said.origin === 'hub' ? [said, known] : byTrust
    // A starter summary is no abstract: beside a real record it would pass for one.
    const isSummary = fact === 'abstract' && second.origin === 'starter' && first.origin !== 'starter'
    merged[fact] = isSaid(first[fact]) || isSummary ? first[fact] : second[fact]
  }
  return merged as unknown as Paper
}

const isSaid = (value: unknown) =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** What names a paper better than a title is its DOI, and best of all its arXiv id. */
const idRank = (id: PaperId) => (isArxiv(id) ? 2 : isProvisional(id) ? 0 : 1)

/** What somebody said about a paper on the Hub. */
export interface Comment {
  readonly id: string
  readonly author: string
  /** In ms since 1970. */
  readonly at: number
  /** Empty where it is hidden. */
  readonly markdown: string
  readonly hidden: boolean
  readonly reactions: readonly { readonly reaction: string; readonly count: number }[]
  readonly replies: readonly Comment[]
}

/** The digits that open views of the reader's own: those before and 0 open what comes with the reader. */
export const VIEW_KEYS = [5, 6, 7, 8, 9] as const

/** More papers than any library has: a limit where none is wanted. */
export const EVERY_PAPER = 10_000_000
