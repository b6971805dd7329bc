// Hugging Face's Daily Papers on localhost: the same routes, limits and answers, and every way they have failed.

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip, gzipSync } from 'node:zlib'
import {
  type Answer,
  dailyPapers,
  type HubContents,
  type HubLinks,
  json,
  notFound,
  paperDetail,
  searchPapers,
  validated,
} from './fake-hub-api.ts'
import { html, LOGIN, papersPage } from './fake-hub-pages.ts'
import type { HubEntry } from './generate.ts'

/** What a fault decides by; `count` is the request's number since the start, from 1. */
export type FaultRequest = { path: string; query: URLSearchParams; count: number }

type FaultKind =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** The connection is reset before any header. */
  | { kind: 'reset' }
  /** Headers and half of the real body, then the connection ends. */
  | { kind: 'reset-midway' }
  /** A sound response around half of the real body. */
  | { kind: 'truncate' }
  | { kind: 'slow-headers'; delayMs: number }
  /** Half of the real body, a pause, the other half. */
  | { kind: 'slow-body'; delayMs: number }
  /** A login page with status 200, as captive portals give it. */
  | { kind: 'wrong-type' }
  /** `bytes` spaces of JSON without a Content-Length; gzip makes them a thousandth on the wire. */
  | { kind: 'huge'; bytes: number }
  | { kind: 'redirect'; location: string; status?: number }
  /** Well-formed JSON of another shape. */
  | { kind: 'shape'; json: unknown }
  | { kind: 'hang' }

/** A failure for the requests that `match`, `times` times (1 unless told; Infinity is allowed). */
export type Fault = FaultKind & { match: (request: FaultRequest) => boolean; times?: number }

/** How a Hub starts; everything but the limits can be changed while it runs. */
export interface FakeHubOptions {
  days?: Map<string, HubEntry[]>
  /** The newest UTC day that may be asked for; the real one unless told. */
  today?: string
  /** What is linked with papers, by their ids. */
  linked?: Map<string, HubLinks>
  /** What is said about papers, by their ids. */
  comments?: Map<string, unknown[]>
  /** Pictures by their paths. */
  pictures?: Map<string, Buffer>
  apiOff?: boolean
  markupOnly?: boolean
  /** Without it the RateLimit headers count down, but nothing is refused. */
  rateLimit?: { quota: number; windowSeconds: number }
  faults?: Fault[]
}

/** A running Hub and the levers to it; what it serves may be changed at will. */
export interface FakeHub extends HubContents {
  readonly url: string
  /** Every request so far, failed ones too. */
  readonly requests: { method: string; url: string; headers: IncomingHttpHeaders }[]
  /** The first that matches applies; it leaves the list once it has applied often enough. */
  faults: Fault[]
  /** While true, every path under /api/ answers 404. */
  apiOff: boolean
  /** While true, the pages of days show their papers, but carry no data. */
  markupOnly: boolean
  setToday(day: string): void
  /** Ends the server and every open connection, hanging ones too. */
  close(): Promise<void>
}

/** Matches every request. */
export const anyRequest = (): boolean => true

/** Matches the API's list of one day, whichever page of it. */
export function onDay(day: string): Fault['match'] {
  return ({ path, query }) => path === '/api/daily_papers' && query.get('date') === day
}

/** Matches every request whose path starts so. */
export function onPath(start: string): Fault['match'] {
  return ({ path }) => path.startsWith(start)
}

type Exchange = { request: IncomingMessage; response: ServerResponse; answer: Answer }

function route(hub: FakeHub, url: URL, today: string): Answer {
  const path = url.pathname
  if (path.startsWith('/api/') && hub.apiOff) return notFound()
  if (path === '/api/daily_papers') return dailyPapers(hub, url, today)
  if (path === '/api/papers/search') return searchPapers(hub, url)
  const picture = hub.pictures.get(path)
  if (picture) return { status: 200, headers: { 'content-type': 'image/png' }, body: picture }
  const id = /^\/api\/papers\/([^/]+)$/.exec(path)?.[1]
  if (id !== undefined) return paperDetail(hub, id)
  return papersPage(hub, url, today, !hub.markupOnly) ?? notFound()
}

/** A fixed window, as the Hub's: it starts with a request and is over after `windowSeconds`. */
function meter(
  quota: number,
  windowSeconds: number,
): () => { spent: boolean; headers: Record<string, string> } {
  let start = 0
  let used = 0
  return () => {
    const now = Date.now()
    if (now - start >= windowSeconds * 1000) {
      start = now
      used = 0
    }
    used++
    const seconds = Math.ceil((start + windowSeconds * 1000 - now) / 1000)
    const ratelimit = `"api";r=${Math.max(0, quota - used)};t=${seconds}`
    const policy = `"fixed window";"api";q=${quota};w=${windowSeconds}`
    return { spent: used > quota, headers: { ratelimit, 'ratelimit-policy': policy } }
  }
}

const wantsGzip = (request: IncomingMessage): boolean =>
  /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))

/** Sends the answer whole or, given `between`, in two halves, the second when `between` calls back. */
function send({ request, response, answer }: Exchange, between?: (sendRest: () => void) => void): void {
  const zipped = answer.body.length > 0 && wantsGzip(request)
  const body = zipped ? gzipSync(answer.body) : Buffer.from(answer.body)
  const encoding = { vary: 'Accept-Encoding', ...(zipped && { 'content-encoding': 'gzip' }) }
  // A 304 has no body, and so no length to tell.
  const length = answer.status === 304 ? {} : { 'content-length': body.length }
  response.writeHead(answer.status, { ...answer.headers, ...encoding, ...length })
  const half = Math.ceil(body.length / 2)
  if (between) response.write(body.subarray(0, half), () => between(() => response.end(body.subarray(half))))
  else response.end(body)
}

function sendSpaces({ request, response }: Exchange, bytes: number): void {
  const block = Buffer.alloc(65_536, ' ')
  const spaces = Readable.from(
    (function* () {
      for (let left = bytes; left > 0; left -= block.length) yield block.subarray(0, left)
    })(),
    { objectMode: false },
  )
  const zip: Transform[] = wantsGzip(request) ? [createGzip({ level: constants.Z_BEST_SPEED })] : []
  const encoding = zip.length > 0 ? { 'content-encoding': 'gzip' } : {}
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...encoding })
  // A client that has seen enough hangs up, which is no error here.
  pipeline([spaces, ...zip, response]).catch(() => {})
}

function later(response: ServerResponse, delayMs: number, act: () => void): void {
  const timer = setTimeout(act, delayMs)
  response.once('close', () => clearTimeout(timer))
}

function spoil(fault: Fault, answer: Answer): Answer {
  switch (fault.kind) {
    case 'status': {
      const plain = json({ error: `Failed with ${fault.status}` }, fault.status, fault.headers)
      return { ...plain, body: fault.body ?? plain.body }
    }
    case 'truncate':
      return { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) }
    case 'wrong-type':
      return html(LOGIN)
    case 'redirect':
      return { status: fault.status ?? 302, headers: { location: fault.location }, body: '' }
    case 'shape':
      return json(fault.json)
    default:
      return answer
  }
}

function fail(fault: Fault, exchange: Exchange): void {
  const { request, response, answer } = exchange
  if (fault.kind === 'hang') return
  if (fault.kind === 'reset') request.socket.resetAndDestroy()
  else if (fault.kind === 'reset-midway') send(exchange, () => request.socket.destroy())
  else if (fault.kind === 'slow-headers') later(response, fault.delayMs, () => send(exchange))
  else if (fault.kind === 'slow-body') send(exchange, (sendRest) => later(response, fault.delayMs, sendRest))
  else if (fault.kind === 'huge') sendSpaces(exchange, fault.bytes)
  else send({ ...exchange, answer: spoil(fault, answer) })
}

/** Starts a Hub on a free port of 127.0.0.1; `close` it when the test is over. */
export async function startFakeHub(options: FakeHubOptions = {}): Promise<FakeHub> {
  let today = options.today
  const limit = options.rateLimit ?? { quota: 500, windowSeconds: 300 }
  const count = meter(limit.quota, limit.windowSeconds)
  const applied = new WeakMap<Fault, number>()

  function takeFault(request: FaultRequest): Fault | undefined {
    const fault = hub.faults.find((candidate) => candidate.match(request))
    if (!fault) return undefined
    const times = (applied.get(fault) ?? 0) + 1
    const over = times >= (fault.times ?? 1)
    applied.set(fault, over ? 0 : times)
    if (over) hub.faults.splice(hub.faults.indexOf(fault), 1)
    return fault
  }

  const server = createServer((request, response) => {
    const target = request.url ?? '/'
    hub.requests.push({ method: request.method ?? 'GET', url: target, headers: request.headers })
    // Whoever hangs up early makes the rest of the answer an error, which is the client's affair.
    response.on('error', () => {})
    const url = URL.parse(target, hub.url) ?? new URL(hub.url)
    const newest = today ?? new Date().toISOString().slice(0, 10)
    let answer = request.method === 'GET' ? route(hub, url, newest) : notFound()
    if (url.pathname.startsWith('/api/')) {
      const { spent, headers } = count()
      if (spent && options.rateLimit) answer = json({ error: 'Too many requests' }, 429)
      answer = { ...answer, headers: { ...answer.headers, ...headers } }
    }
    if (url.pathname === '/api/daily_papers') answer = validated(answer, request.headers['if-none-match'])
    const fault = takeFault({ path: url.pathname, query: url.searchParams, count: hub.requests.length })
    if (fault) fail(fault, { request, response, answer })
    else send({ request, response, answer })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const hub: FakeHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    days: options.days ?? new Map(),
    linked: options.linked ?? new Map(),
    comments: options.comments ?? new Map(),
    pictures: options.pictures ?? new Map(),
    faults: [...(options.faults ?? [])],
    apiOff: options.apiOff ?? false,
    markupOnly: options.markupOnly ?? false,
    setToday(day) {
      today = day
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return hub
}
