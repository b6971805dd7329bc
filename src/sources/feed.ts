// Feeds of journals, labs and others, whose entries are papers: RSS, Atom and JSON feeds of any age.

import { load } from 'cheerio/slim'
import { addDays } from '../days.ts'
import {
  type Day,
  doiId,
  isArxiv,
  NOT_SAID,
  type Paper,
  type PaperId,
  parseDoi,
  provisionalId,
} from '../paper.ts'
import { sanitiseUrl, unwrapLine, unwrapText } from '../text/sanitise.ts'
import { cleanLines, parseCreators, parseVersioned, withoutAnnouncement } from './arxiv-entry.ts'
import { toDay } from './days.ts'
import { SourceError } from './errors.ts'
// Its types alone: with its XML parser feedsmith comes to 190 kB, which are loaded once there is a feed to read.
import type { FeedEntries, FeedEntry, FeedFormat } from './feed-entries.ts'
import type { Http, Validators } from './http.ts'
import { plainText } from './markup.ts'
import { splitNames } from './names.ts'

/** What a feed holds: its name, its papers in order, and a line for each entry that could not be read. */
export interface Feed {
  readonly title: string | null
  readonly papers: Paper[]
  readonly problems: string[]
}

export interface FeedOptions {
  /** Today in UTC. Journals date papers by an issue that is yet to come: such a day is not known to be theirs. */
  readonly today?: Day
}

export interface FetchOptions extends FeedOptions {
  /** What the server gave with its last answer. */
  readonly known?: Validators | undefined
}

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5'

/**
 * The papers of the feed at an address, and what to ask with the next time; null where nothing has changed since
 * `known`. Throws a SourceError where it cannot be had or is no feed.
 */
export async function fetchFeed(
  http: Pick<Http, 'get'>,
  url: string,
  { known, ...options }: FetchOptions = {},
): Promise<(Feed & { readonly validators: Validators }) | null> {
  if (sanitiseUrl(url) === null)
    throw new SourceError(
      'bad-request',
      `“${unwrapLine(url).slice(0, 60)}” is no address of a feed: it must begin with https:// or http://.`,
    )
  const answer = await http.get(url, ACCEPT, known)
  if (answer.notModified) return null
  return { ...(await parseFeed(answer.body, answer.url, options)), validators: answer.validators }
}

/**
 * Reads a feed that came from `url`. An entry without a title costs itself, one that comes again is passed over. Throws
 * a SourceError that says what to do where the text is a web page, is cut off or is no feed at all.
 */
export async function parseFeed(text: string, url: string, options: FeedOptions = {}): Promise<Feed> {
  const format = formatOf(text)
  if (format === null) throw new SourceError('unknown-shape', whatElse(text, url))
  const { title, home, entries } = await readEntries(text, format, url)
  const feed = {
    title: unwrapLine(plainText(title)) || null,
    home: URL.canParse(home, url) ? new URL(home, url).href : url,
    lastDay: options.today === undefined ? null : addDays(options.today, 1),
  }
  const papers = new Map<PaperId, Paper>()
  const problems: string[] = []
  for (const [at, entry] of entries.entries()) {
    // A search of arXiv is a feed too, and its errors come as an entry.
    if (entry.names.some((name) => name.includes('arxiv.org/api/errors')))
      throw new SourceError('bad-request', `arXiv reports an error: ${readAbstract(entry.texts[0] ?? '')}.`)
    const paper = readEntry(entry, feed)
    if (typeof paper === 'string') problems.push(`entry ${at + 1} left out: ${paper}`)
    else if (!papers.has(paper.id)) papers.set(paper.id, paper)
  }
  if (entries.length > 0 && papers.size === 0)
    throw new SourceError(
      'unknown-shape',
      `None of the entries of ${hostOf(url)}’s feed has a title, so none can be a paper. Leave this feed out.`,
    )
  return { title: feed.title, papers: [...papers.values()], problems }
}

async function readEntries(text: string, format: FeedFormat, url: string): Promise<FeedEntries> {
  if (format !== 'json' && !new RegExp(`</(?:[\\w.-]+:)?${format}\\s*>`, 'i').test(text))
    throw new SourceError(
      'unknown-shape',
      `The feed of ${hostOf(url)} is cut off: its end is missing. Try again.`,
    )
  const feedEntries = await import('./feed-entries.ts')
  try {
    return feedEntries.readEntries(text, format)
  } catch (error) {
    // The parser has errors of its own, and a text can be made that breaks it in another way.
    const why =
      format === 'json'
        ? whatElse(text, url)
        : `The feed of ${hostOf(url)} cannot be read: its XML is broken. Try again later, or tell its publisher.`
    throw new SourceError('unknown-shape', why, error)
  }
}

/** The format of a feed by its first sign; null where it is none. */
function formatOf(text: string): FeedFormat | null {
  if (/^\s*\{/.test(text)) return 'json'
  const root = rootOf(text)
  return root === 'rss' || root === 'feed' || root === 'rdf' ? root : null
}

/** The name of the first element, in lower case and without its namespace; '' where there is none. */
function rootOf(text: string): string {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const end = text.startsWith('<!--', at)
      ? '-->'
      : text.startsWith('<?', at) || text.startsWith('<!', at)
        ? '>'
        : null
    if (end === null)
      return /^<(?:[\w.-]+:)?([\w.-]+)/.exec(text.slice(at, at + 80))?.[1]?.toLowerCase() ?? ''
    at = text.indexOf(end, at)
    if (at < 0) return ''
  }
  return ''
}

/** In words, what a text is that is no feed, and what to do. */
function whatElse(text: string, url: string): string {
  const host = hostOf(url)
  if (text.trim() === '') return `${host} gives an empty text for a feed. Try again later.`
  if (rootOf(text) === 'html' || /^\s*<!doctype html/i.test(text)) {
    const feed = feedOf(text, url)
    return feed === null
      ? `${host} gives a web page, not a feed. Look on it for a link called RSS, Atom or feed, and take that address instead.`
      : `${host} gives a web page, not a feed. The page says its feed is ${feed}: take that address instead.`
  }
  return `${host} gives something that is no RSS, Atom or JSON feed. Open the address in a browser to see what it is.`
}

/** The feed that a web page names. */
function feedOf(html: string, url: string): string | null {
  for (const link of load(html)('link[rel~="alternate"][href]').toArray()) {
    const { type = '', href = '' } = link.attribs
    if (/^application\/(?:rss|atom|rdf|feed)\+/i.test(type.trim()) && URL.canParse(href, url))
      return sanitiseUrl(new URL(href, url).href)
  }
  return null
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '') || 'The source'

interface Context {
  readonly title: string | null
  readonly home: string
  readonly lastDay: Day | null
}

/** A paper, or in words why the entry is none. */
function readEntry(entry: FeedEntry, { title: feedTitle, home, lastDay }: Context): Paper | string {
  const link = firstOf(entry.links, (text) =>
    URL.canParse(text.trim(), home) ? sanitiseUrl(new URL(text.trim(), home).href) : null,
  )
  const title = unwrapLine(plainText(entry.title))
  if (title === '')
    return `no title (${link ?? (unwrapLine(entry.names[0] ?? '').slice(0, 80) || 'nor a link')})`
  const { arxivId, doi } = identify(entry)
  const id = arxivId ?? (doi === null ? provisionalId(title) : doiId(doi))
  const authors = readAuthors(entry.authors, arxivId !== null)
  const journal = unwrapLine(plainText(entry.journal ?? '')) || (doi === null ? null : feedTitle)
  return {
    id,
    title,
    abstract: firstOf(entry.texts, readAbstract) ?? '',
    authors,
    authorCount: authors.length > 0 ? authors.length : null,
    ...NOT_SAID,
    publishedOn: isAnnouncement(entry) ? null : firstOf(entry.dates, (text) => readDay(text, lastDay)),
    doi,
    journal,
    link: isArxiv(id) ? null : link,
    origin: 'feed',
  }
}

/** What an entry says it is: by its names and links; only where those say nothing, by what its text says. */
function identify({ names, links, texts }: FeedEntry): { arxivId: PaperId | null; doi: string | null } {
  const said = [...names, ...links]
  const doi = firstOf(said, readDoi)
  // arXiv's own DOIs name the paper on arXiv, not where it was published.
  const arxivId = firstOf(said, readArxivId) ?? (doi !== null && isArxiv(doiId(doi)) ? doiId(doi) : null)
  const published = doi === null || isArxiv(doiId(doi)) ? null : doi
  if (arxivId !== null || published !== null) return { arxivId, doi: published }
  const [text = ''] = texts
  const mentioned = onlyOf(text.matchAll(MENTIONED_ID), ([, id = '']) => parseVersioned(id)?.id ?? null)
  if (mentioned !== null) return { arxivId: mentioned, doi: null }
  const inText = onlyOf(text.matchAll(MENTIONED_DOI), ([, found = '']) =>
    parseDoi(withoutTail(decode(found))),
  )
  if (inText === null) return { arxivId: null, doi: null }
  return isArxiv(doiId(inText)) ? { arxivId: doiId(inText), doi: null } : { arxivId: null, doi: inText }
}

/** An arXiv id where arXiv or the Hub is named with it: an entry may be called `news/2024001` for other reasons. */
function readArxivId(text: string): PaperId | null {
  return /arxiv|(?:huggingface\.co|hf\.co)\/papers/i.test(text) ? (parseVersioned(text)?.id ?? null) : null
}

function readDoi(text: string): string | null {
  const trimmed = text.trim().replace(/^(?:info:doi\/|urn:doi:)/i, '')
  if (!/^https?:/i.test(trimmed)) return parseDoi(trimmed)
  return /^https?:\/\/(?:dx\.|www\.)?doi\.org\//i.test(trimmed)
    ? parseDoi(decode(trimmed.replace(/[?#].*$/, '')))
    : null
}

const MENTIONED_ID = /\barxiv:\s?((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?!\d)(?:v\d+)?)/gi
const MENTIONED_DOI = /(?:\bdoi:\s?|\bdoi\.org\/)(10\.\d{4,9}\/[^\s"<>&?#]{1,300})/gi

/** A DOI in running text without what ends the sentence; brackets that it opened itself stay. */
function withoutTail(doi: string): string {
  let rest = doi
  for (;;) {
    const closes = rest.endsWith(')') && rest.split(')').length > rest.split('(').length
    if (!closes && !/[.,;:'\]}”’]$/.test(rest)) return rest
    rest = rest.slice(0, -1)
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const ANNOUNCEMENT = /^\s*arXiv:\S+\s+Announce Type:\s+(\S+)/

/** Whether arXiv announces an older paper: then the date is that of the announcement. */
function isAnnouncement({ texts }: FeedEntry): boolean {
  const kind = ANNOUNCEMENT.exec(texts[0] ?? '')?.[1]
  return kind !== undefined && kind !== 'new'
}

/** More than an abstract is a whole post, which is not for the list and its search. */
const MAX_ABSTRACT = 10_000

function readAbstract(markup: string): string | null {
  const text = plainText(withoutAnnouncement(markup)).replace(/^abstract[.:]?(?:\n\n|$)/i, '')
  if (text.length <= MAX_ABSTRACT) return text || null
  const end = Math.max(text.lastIndexOf('\n\n', MAX_ABSTRACT), text.lastIndexOf(' ', MAX_ABSTRACT))
  return unwrapText(`${text.slice(0, end > 0 ? end : MAX_ABSTRACT)} …`)
}

function readAuthors(authors: readonly string[], onArxiv: boolean): string[] {
  const lines = cleanLines(authors.map(plainText))
  const [first] = lines
  // A text a name is how it should be; where there is one text, it may hold them all.
  if (first === undefined || lines.length > 1) return lines
  return onArxiv ? parseCreators(first) : splitNames(first)
}

const MAIL_DAY = /^(?:[A-Za-z]{3,9}\.?,?\s+)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?\s+(\d{4}|\d{2})\b\s*(.*)$/

/** The UTC day of a date as RSS, Atom or a journal write it: `Mon, 06 Jan 2025 12:00:00 GMT`, `2025-01-06`. */
function readDay(text: string, last: Day | null): Day | null {
  const trimmed = text.trim()
  const mail = MAIL_DAY.exec(trimmed)
  const day = mail ? mailDay(mail) : toDay(trimmed.replace(/^(\d{4}-\d{2}-\d{2})\s+(?=\d)/, '$1T'))
  return day === null || (last !== null && day > last) ? null : day
}

function mailDay([, date = '', month = '', year = '', rest = '']: RegExpExecArray): Day | null {
  const [time = '00:00', zone = 'GMT'] = rest.trim().split(/\s+/)
  const written = Date.parse(`${date} ${month} ${year} 00:00 GMT`)
  if (Number.isNaN(written) || new Date(written).getUTCDate() !== Number(date)) return null
  // Where Date knows no such zone (CEST, say), the day is the one that is written.
  const moment = Date.parse(`${date} ${month} ${year} ${time} ${zone}`)
  return toDay(new Date(Number.isNaN(moment) ? written : moment).toISOString())
}

/** The first of some texts that something can be read from. */
function firstOf<T>(texts: readonly string[], read: (text: string) => T | null): T | null {
  for (const text of texts) {
    const found = read(text)
    if (found !== null) return found
  }
  return null
}

/** What a text mentions, where it mentions one alone: of several, none is the one it is about. */
function onlyOf<M, T>(matches: Iterable<M>, read: (match: M) => T | null): T | null {
  const found = new Set<T>()
  for (const match of matches) {
    const one = read(match)
    if (one !== null) found.add(one)
  }
  const [only = null] = found
  return found.size === 1 ? only : null
}
