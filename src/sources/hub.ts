// Hugging Face's Daily Papers by its JSON API. `parseEntries` is pure and also serves pages and saved files, which
// carry the same JSON.

import { type Day, NOT_SAID, type Paper, parseArxivId } from '../paper.ts'
import { sanitiseUrl, unwrapLine, unwrapText } from '../text/sanitise.ts'
import { toDay } from './days.ts'
import { SourceError } from './errors.ts'
import type { Http } from './http.ts'

/** A paper as a day's list holds it. `listedOn` is the UTC day of its submission, where the Hub says it. */
export interface HubEntry {
  readonly paper: Paper
  readonly listedOn: Day | null
}

/** What an answer held: its papers in order, and a line for each entry that could not be read. */
export interface HubAnswer {
  readonly entries: readonly HubEntry[]
  readonly problems: readonly string[]
}

const PAGE_SIZE = 100
// The Hub's default page: a server that ignores `limit` stops here, so a page this full may not be the last.
const DEFAULT_PAGE_SIZE = 50
const MAX_PAGES = 50

/** The API's answer for a day, all pages of it. Throws a SourceError when the API cannot give it. */
export async function fetchDay(http: Http, endpoint: string, day: Day): Promise<HubAnswer> {
  const entries = new Map<string, HubEntry>()
  const problems: string[] = []
  for (let page = 0; page < MAX_PAGES; page++) {
    const url = `${endpoint}/api/daily_papers?date=${day}&limit=${PAGE_SIZE}${page > 0 ? `&p=${page}` : ''}`
    const answer = await http.get(url, 'application/json')
    const json = parseJson(answer.body, `the Hub’s answer for ${day}`)
    const read = parseEntries(json)
    problems.push(...read.problems)
    const before = entries.size
    for (const entry of read.entries) if (!entries.has(entry.paper.id)) entries.set(entry.paper.id, entry)
    const length = Array.isArray(json) ? json.length : 0
    const mayHaveMore = answer.hasNext || length >= PAGE_SIZE || length === DEFAULT_PAGE_SIZE
    // A page that brings nothing new ends the day too: some servers repeat the last page for ever.
    if (!mayHaveMore || entries.size === before) break
  }
  const listed = [...entries.values()]
  if (listed.length > 0 && listed.every(({ listedOn }) => listedOn !== null && listedOn !== day))
    throw new SourceError(
      'unknown-shape',
      `The Hub was asked for ${day} and answers with ${listed[0]?.listedOn}.`,
    )
  return { entries: listed, problems }
}

/** JSON from outside, or a SourceError that names what was read. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const detail = error instanceof Error ? unwrapLine(error.message).slice(0, 120) : ''
    throw new SourceError('unknown-shape', `${what} is not complete JSON (${detail}).`, error)
  }
}

/**
 * Reads a list of Daily Papers entries: nested as the API gives them (`{paper: {…}, numComments}`) or flat. An entry
 * that cannot be read costs itself alone. Throws a SourceError where the whole is no such list.
 */
export function parseEntries(json: unknown): HubAnswer {
  if (!Array.isArray(json)) throw new SourceError('unknown-shape', 'The answer is not a list of papers.')
  const entries: HubEntry[] = []
  const problems: string[] = []
  for (const [index, item] of json.entries()) {
    const entry = parseEntry(item)
    if (typeof entry === 'string') problems.push(`entry ${index + 1} left out: ${entry}`)
    else entries.push(entry)
  }
  if (json.length > 0 && entries.length === 0)
    throw new SourceError('unknown-shape', `The answer holds no paper that can be read (${problems[0]}).`)
  return { entries, problems }
}

/** One entry, or in words why it is none. */
function parseEntry(item: unknown): HubEntry | string {
  const outer = asObject(item)
  if (!outer) return 'not an object'
  const inner = asObject(outer.paper) ?? outer
  const id = typeof inner.id === 'string' ? parseArxivId(inner.id) : null
  if (!id)
    return `no arXiv id (${typeof inner.id === 'string' ? unwrapLine(inner.id).slice(0, 40) : typeof inner.id})`
  const title = unwrapLine(asText(inner.title) ?? asText(outer.title) ?? '')
  if (title === '') return `${id} has no title`
  const all = asList(inner.authors)
    .map(asObject)
    .filter((author) => author !== null)
  const authors = all
    .filter(({ hidden }) => hidden !== true)
    .map(({ name }) => unwrapLine(asText(name) ?? ''))
    .filter((name) => name !== '')
  const organization = asObject(inner.organization) ?? asObject(outer.organization)
  return {
    listedOn: toDay(asText(inner.submittedOnDailyAt) ?? ''),
    paper: {
      id,
      title,
      abstract: unwrapText(asText(inner.summary) ?? asText(outer.summary) ?? ''),
      authors,
      // Hidden authors are not named, but they are authors.
      authorCount: all.length > 0 ? all.length : null,
      publishedOn: toDay(asText(inner.publishedAt) ?? ''),
      ...NOT_SAID,
      upvotes: asCount(inner.upvotes),
      comments: asCount(outer.numComments),
      aiSummary: asLine(inner.ai_summary),
      keywords: asList(inner.ai_keywords)
        .map((word) => unwrapLine(asText(word) ?? ''))
        .filter((word) => word !== ''),
      organization: asLine(organization?.fullname) ?? asLine(organization?.name),
      projectPage: sanitiseUrl(asText(inner.projectPage) ?? ''),
      githubRepo: sanitiseUrl(asText(inner.githubRepo) ?? ''),
      githubStars: asCount(inner.githubStars),
      origin: 'hub',
    },
  }
}

const asObject = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const asLine = (value: unknown): string | null => unwrapLine(asText(value) ?? '') || null
const asCount = (value: unknown): number | null =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null
