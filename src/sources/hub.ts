// Hugging Face's Daily Papers by its JSON API. `parseEntries` is pure and also serves pages and saved files, which
// carry the same JSON.

import { type Day, type Linked, NOT_SAID, type Paper, parseArxivId } from '../paper.ts'
import { sanitiseUrl, unwrapLine, unwrapText } from '../text/sanitise.ts'
import { toDay } from './days.ts'
import { SourceError } from './errors.ts'
import { createHttp, type Http, type HttpOptions, type Validators } from './http.ts'

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

/** Which Hub is asked: its origin, without a slash at the end, and the token that goes to it alone. */
export interface HubAccess {
  readonly endpoint: string
  readonly token?: string | undefined
}

/** A client for one run of requests to a Hub; `close` it. */
export function openHub({ endpoint, token }: HubAccess, options: HttpOptions = {}): Http {
  return createHttp({ ...(token ? { token, tokenOrigin: new URL(endpoint).origin } : {}), ...options })
}

const PAGE_SIZE = 100
// The Hub's default page: a server that ignores `limit` stops here, so a page this full may not be the last.
const DEFAULT_PAGE_SIZE = 50
const MAX_PAGES = 50

/** A day's list, or that it has not changed since `validators` were given with it. */
export interface DayAnswer extends HubAnswer {
  readonly isUnchanged: boolean
  /** What the server gave to ask later whether the list has changed: of a list of one page alone. */
  readonly validators: Validators
}

/**
 * The API's answer for a day, all pages of it; with `known` a list that has not changed need not be sent. Throws a
 * SourceError when the API cannot give it.
 */
export async function fetchDay(
  http: Http,
  endpoint: string,
  day: Day,
  known?: Validators,
): Promise<DayAnswer> {
  const answer = await fetchList(http, `${endpoint}/api/daily_papers?date=${day}`, day, { known })
  refuseOthers(answer, day, (listedOn) => listedOn === day)
  return answer
}

/** Of an answer with which the server gave nothing to ask later whether it has changed. */
export const NO_VALIDATORS: Validators = { etag: null, lastModified: null }

/**
 * The list under an address of the API, page after page, at most `pages` of them; a paper that comes again is left out.
 * The address has a query already; `what` names the list in errors. Throws a SourceError.
 */
export async function fetchList(
  http: Http,
  address: string,
  what: string,
  { pages = MAX_PAGES, known }: { pages?: number; known?: Validators | undefined } = {},
): Promise<DayAnswer> {
  const entries = new Map<string, HubEntry>()
  const problems: string[] = []
  let validators = NO_VALIDATORS
  for (let page = 0; page < pages; page++) {
    const url = `${address}&limit=${PAGE_SIZE}${page > 0 ? `&p=${page}` : ''}`
    const answer = await http.get(url, 'application/json', page === 0 ? known : undefined)
    if (answer.notModified)
      return { entries: [], problems: [], isUnchanged: true, validators: answer.validators }
    const json = parseJson(answer.body, `the Hub’s answer for ${what}`)
    const read = parseEntries(json, page * PAGE_SIZE)
    problems.push(...read.problems)
    const before = entries.size
    for (const entry of read.entries) if (!entries.has(entry.paper.id)) entries.set(entry.paper.id, entry)
    const length = Array.isArray(json) ? json.length : 0
    const mayHaveMore = answer.hasNext || length >= PAGE_SIZE || length === DEFAULT_PAGE_SIZE
    validators = page === 0 && !mayHaveMore && read.problems.length === 0 ? answer.validators : NO_VALIDATORS
    // A page that brings nothing new ends the list too: some servers repeat the last page for ever.
    if (!mayHaveMore || entries.size === before) break
  }
  return { entries: [...entries.values()], problems, isUnchanged: false, validators }
}

/** Throws a SourceError for an answer none of whose papers was listed when they were asked for. */
export function refuseOthers(
  { entries }: HubAnswer,
  what: string,
  isWanted: (listedOn: Day) => boolean,
): void {
  const isOther = ({ listedOn }: HubEntry) => listedOn !== null && !isWanted(listedOn)
  if (entries.length > 0 && entries.every(isOther))
    throw new SourceError(
      'unknown-shape',
      `The Hub was asked for ${what} and answers with ${entries[0]?.listedOn}.`,
    )
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
 * that cannot be read costs itself alone. `before` entries came on earlier pages. Throws a SourceError where the whole is
 * no such list.
 */
export function parseEntries(json: unknown, before = 0): HubAnswer {
  if (!Array.isArray(json)) throw new SourceError('unknown-shape', 'The answer is not a list of papers.')
  const entries: HubEntry[] = []
  const problems: string[] = []
  for (const [index, item] of json.entries()) {
    const entry = parseEntry(item)
    if (typeof entry === 'string') problems.push(`entry ${before + index + 1} left out: ${entry}`)
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
  const title = asLine(inner.title) ?? asLine(outer.title)
  if (title === null) return `${id} has no title`
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
      abstract: unwrapText(asText(inner.summary) ?? '') || unwrapText(asText(outer.summary) ?? ''),
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
      linked: linkedIn(inner),
      picture: pictureIn(inner, outer),
      origin: 'hub',
    },
  }
}

const PICTURE = /\.(?:png|jpe?g|webp)$/i
const HUB_HOST = /^(?:[a-z\d-]+\.)*(?:huggingface\.co|hf\.co)$/

/** The picture that stands for a paper: one that was handed in with it, else the Hub's preview of its page. */
function pictureIn(...records: readonly Record<string, unknown>[]): string | null {
  const media = records.flatMap(({ mediaUrls }) => asList(mediaUrls)).map(asHubUrl)
  const previews = records.map(({ thumbnail }) => asHubUrl(thumbnail))
  return media.find((url) => url && PICTURE.test(new URL(url).pathname)) ?? previews.find(Boolean) ?? null
}

/** An address on the Hub's own hosts: any other would tell somebody else what is read. */
function asHubUrl(value: unknown): string | null {
  const url = sanitiseUrl(asText(value) ?? '')
  if (url === null) return null
  const { protocol, hostname, port, username } = new URL(url)
  return protocol === 'https:' && HUB_HOST.test(hostname) && port === '' && username === '' ? url : null
}

/** Where a picture is asked for: who asks another Hub than the real one for papers asks it for pictures too. */
export function pictureAddress(endpoint: string, picture: string): string {
  return HUB_HOST.test(new URL(endpoint).hostname) ? picture : `${endpoint}${new URL(picture).pathname}`
}

const LINKED = [
  ['model', 'linkedModels'],
  ['dataset', 'linkedDatasets'],
  ['space', 'linkedSpaces'],
] as const
// Some papers are linked with thousands of models, most of them copies of one.
const MAX_LINKED = 50
// What holds anything else is no name of the Hub's; cleaned, it would be the name of something else.
const LINKED_NAME = /^\w[\w.-]{0,95}\/\w[\w.-]{0,95}$/

/** What the Hub links with a paper, which a paper's own record says. */
function linkedIn(record: Record<string, unknown>): Linked[] {
  return LINKED.flatMap(([kind, field]) => {
    const named = new Map<string, Linked>()
    for (const item of asList(record[field]).map(asObject)) {
      const name = asText(item?.id) ?? ''
      if (LINKED_NAME.test(name) && !named.has(name)) named.set(name, { kind, name, ...countsOf(item) })
      if (named.size === MAX_LINKED) break
    }
    return [...named.values()]
  })
}

function countsOf(item: Record<string, unknown> | null): Pick<Linked, 'likes' | 'downloads'> {
  const likes = asCount(item?.likes)
  const downloads = asCount(item?.downloads)
  return { ...(likes === null ? {} : { likes }), ...(downloads === null ? {} : { downloads }) }
}

export const asObject = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
export const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
export const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const asLine = (value: unknown): string | null => unwrapLine(asText(value) ?? '') || null
export const asCount = (value: unknown): number | null =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null
