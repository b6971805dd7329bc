// What the fake Hub's API says: the lists of days, weeks and months, what is trending, searches, single papers.

import { createHash } from 'node:crypto'
import type { HubEntry, HubPaper } from './generate.ts'

export type Answer = { status: number; headers: Record<string, string>; body: string | Buffer }

/** The names (`owner/name`) of what the Hub links with a paper. */
export interface HubLinks {
  models?: string[]
  datasets?: string[]
  spaces?: string[]
}

/** What a Hub serves: its lists by day, and what is linked with papers and said about them, by their ids. */
export interface HubContents {
  days: Map<string, HubEntry[]>
  linked: Map<string, HubLinks>
  /** By their paths, as hosts of the Hub's have them. */
  pictures: Map<string, Buffer>
  /** As a paper's page carries them; as many as the list says, of one kind, unless told. */
  comments: Map<string, unknown[]>
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  const type = { 'content-type': 'application/json; charset=utf-8' }
  return { status, headers: { ...type, ...headers }, body: JSON.stringify(value) }
}

export const notFound = (): Answer => json({ error: 'Nothing is served under this address' }, 404)

export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** The newest day up to `until` that has papers. */
export function latestDay({ days }: HubContents, until: string): string | undefined {
  const filled = [...days.keys()].filter((day) => day <= until && days.get(day)?.length)
  return filled.sort().at(-1)
}

const DAY_MS = 86_400_000
const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** The first and last day of an ISO week; null where the year has no such week. */
function weekSpan(week: string): [string, string] | null {
  const [, year = '', number = ''] = /^(\d{4})-W(\d{2})$/.exec(week) ?? []
  const newYear = Date.parse(`${year}-01-01T00:00:00Z`)
  if (Number.isNaN(newYear) || number < '01') return null
  // A week belongs to the year of its Thursday, so the nth one holds the nth Thursday.
  const toThursday = (11 - new Date(newYear).getUTCDay()) % 7
  const thursday = newYear + (toThursday + 7 * (Number(number) - 1)) * DAY_MS
  return dayAt(thursday).startsWith(year)
    ? [dayAt(thursday - 3 * DAY_MS), dayAt(thursday + 3 * DAY_MS)]
    : null
}

function monthSpan(month: string): [string, string] | null {
  return isDay(`${month}-01`) ? [`${month}-01`, `${month}-31`] : null
}

const byUpvotes = (entries: HubEntry[]): HubEntry[] =>
  entries.sort((one, other) => other.paper.upvotes - one.paper.upvotes)

/** The entries that a query asks for, or in words why there are none. */
function selected(hub: HubContents, query: URLSearchParams, today: string): HubEntry[] | string {
  const between = (first: string, last: string): HubEntry[] =>
    [...hub.days].filter(([day]) => first <= day && day <= last).flatMap(([, entries]) => entries)
  if (query.get('sort') === 'trending') return byUpvotes(between('', today))
  const date = query.get('date')
  if (date !== null) {
    if (!isDay(date)) return '"date" must be a day, YYYY-MM-DD'
    return date > today ? '"date" must not lie in the future' : (hub.days.get(date) ?? [])
  }
  for (const [name, spanOf, form] of [
    ['week', weekSpan, 'an ISO week, YYYY-Www'],
    ['month', monthSpan, 'a month, YYYY-MM'],
  ] as const) {
    const asked = query.get(name)
    if (asked === null) continue
    const span = spanOf(asked)
    if (!span) return `"${name}" must be ${form}`
    return span[0] > today ? `"${name}" must not lie in the future` : byUpvotes(between(...span))
  }
  return hub.days.get(latestDay(hub, today) ?? '') ?? []
}

const wrong = (error: string): Answer => json({ error }, 400)

/** A limit between 1 and 100, or null. */
function limitOf(query: URLSearchParams, usual: number): number | null {
  const text = query.get('limit') ?? String(usual)
  return /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 100 ? Number(text) : null
}

/** `GET /api/daily_papers`: a page of a list. */
export function dailyPapers(hub: HubContents, url: URL, today: string): Answer {
  const query = url.searchParams
  if (!['publishedAt', 'trending'].includes(query.get('sort') ?? 'publishedAt'))
    return wrong('"sort" must be publishedAt or trending')
  const entries = selected(hub, query, today)
  if (typeof entries === 'string') return wrong(entries)
  const limit = limitOf(query, 50)
  if (limit === null) return wrong('"limit" must lie between 1 and 100')
  const pageText = query.get('p') ?? '0'
  if (!/^\d+$/.test(pageText)) return wrong('"p" must be a number from 0')

  const page = Number(pageText)
  const rest = entries.slice(page * limit)
  if (rest.length <= limit) return json(rest)
  const next = new URL(url)
  next.searchParams.set('p', String(page + 1))
  return json(rest.slice(0, limit), 200, { link: `<${next.href}>; rel="next"` })
}

/** `GET /api/papers/search`. In place of meaning counts how many words of the query a paper has. */
export function searchPapers(hub: HubContents, url: URL): Answer {
  const words = new Set((url.searchParams.get('q') ?? '').toLowerCase().match(/[\p{L}\p{N}]+/gu))
  if (words.size === 0) return wrong('"q" must not be empty')
  const limit = limitOf(url.searchParams, 20)
  if (limit === null) return wrong('"limit" must lie between 1 and 100')
  const found = [...hub.days.values()].flat().map((entry) => {
    const text = `${entry.title} ${entry.summary}`.toLowerCase()
    return { entry, score: [...words].filter((word) => text.includes(word)).length }
  })
  const ranked = found.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score)
  return json(ranked.slice(0, limit).map(({ entry }) => entry))
}

/** The entry of a paper, wherever it was listed. */
export function entryOf({ days }: HubContents, id: string): HubEntry | undefined {
  return [...days.values()].flat().find(({ paper }) => paper.id === id)
}

/** A paper's record with what is linked with it, as its own route and page carry it. */
export function detailOf(paper: HubPaper, { models = [], datasets = [], spaces = [] }: HubLinks = {}) {
  const repo = (id: string) => ({ author: id.split('/')[0], id, likes: 3, downloads: 1200, private: false })
  return {
    ...paper,
    linkedModels: models.map((id) => ({ ...repo(id), repoType: 'model', pipeline_tag: 'text-generation' })),
    numTotalModels: models.length,
    linkedDatasets: datasets.map((id) => ({ ...repo(id), repoType: 'dataset', viewer: 'viewer' })),
    numTotalDatasets: datasets.length,
    linkedSpaces: spaces.map((id) => ({ emoji: '🌌', id, running: true, featured: false })),
    numTotalSpaces: spaces.length,
  }
}

/** `GET /api/papers/{id}`. */
export function paperDetail(hub: HubContents, id: string): Answer {
  const entry = entryOf(hub, id)
  return entry
    ? json(detailOf(entry.paper, hub.linked.get(id)))
    : json({ error: 'No paper has this id' }, 404)
}

/** The answer with its ETag, or 304 where the client says that it has this very body. */
export function validated(answer: Answer, ifNoneMatch: string | undefined): Answer {
  if (answer.status !== 200) return answer
  const etag = `"${createHash('sha256').update(answer.body).digest('hex').slice(0, 32)}"`
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!known.includes(etag) && !known.includes('*'))
    return { ...answer, headers: { ...answer.headers, etag } }
  const { 'content-type': _type, ...headers } = answer.headers
  return { status: 304, headers: { ...headers, etag }, body: '' }
}
