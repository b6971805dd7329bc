// The only way to the network: timeouts, retries, politeness and size caps for every source.

import { pipeline } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { Agent, type Dispatcher, request } from 'undici'
import { unwrapLine } from '../text/sanitise.ts'
import { SourceError } from './errors.ts'

export interface HttpOptions {
  /** Sent as `Authorization: Bearer`, to `tokenOrigin` alone. */
  readonly token?: string
  readonly tokenOrigin?: string
  /** Tries of one request, the first included. */
  readonly tries?: number
  /** The first pause before another try, in ms; it doubles each time, and a random part of it is taken off. */
  readonly pause?: number
  /** How long the server may take to send its headers, and between two pieces of the body, in ms. */
  readonly timeout?: number
  /** The largest body read, in bytes after decompression. */
  readonly maxBytes?: number
  /** How long one try may take in all, in ms: a server that drips a byte now and then is given up. */
  readonly deadline?: number
  /** The longest wait a server may ask for, in ms; beyond it the request fails as rate-limited. */
  readonly maxWait?: number
  /** Told before each wait: how long in ms, and why. */
  readonly onWait?: (ms: number, why: string) => void
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly url: string
  readonly body: string
  /** Whether the server names a next page. */
  readonly hasNext: boolean
}

/** A client for one run of a sync: connections are kept between its requests. */
export interface Http {
  /** The text at an address. Throws a SourceError when it cannot be had after all tries. */
  get(url: string, accept: string): Promise<Answer>
  close(): Promise<void>
}

const USER_AGENT = 'broadsheet (terminal paper reader)'
const MAX_REDIRECTS = 5

export function createHttp(options: HttpOptions = {}): Http {
  const {
    tries = 4,
    pause = 500,
    timeout = 20_000,
    maxBytes = 20_000_000,
    maxWait = 320_000,
    deadline = 120_000,
  } = options
  const dispatcher = new Agent({
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connect: { timeout: Math.min(timeout, 10_000) },
  })
  // The quota the server last announced, spent before it has to say 429.
  let quotaBackAt = 0

  const wait = async (ms: number, why: string) => {
    options.onWait?.(ms, why)
    try {
      await delay(ms, undefined, options.signal ? { signal: options.signal } : {})
    } catch {
      throw stopped()
    }
  }

  const once = async (url: string, accept: string): Promise<Answer> => {
    const expiry = AbortSignal.timeout(deadline)
    const signal = options.signal ? AbortSignal.any([options.signal, expiry]) : expiry
    let address = new URL(url)
    for (let redirects = 0; ; redirects++) {
      const response = await request(address, {
        dispatcher,
        signal,
        headers: {
          accept,
          'accept-encoding': 'gzip',
          'user-agent': USER_AGENT,
          ...(options.token && address.origin === options.tokenOrigin
            ? { authorization: `Bearer ${options.token}` }
            : {}),
        },
      })
      const location = header(response, 'location')
      if (response.statusCode < 300 || response.statusCode > 399 || location === null) {
        quotaBackAt = quotaReturn(response)
        return {
          url: address.href,
          body: await read(response, address, maxBytes),
          hasNext: hasNext(response),
        }
      }
      await response.body.dump()
      if (!URL.canParse(location, address.href))
        throw new SourceError('bad-request', `${address.host} redirects to no address.`)
      address = new URL(location, address)
      if (address.protocol !== 'https:' && address.protocol !== 'http:')
        throw new SourceError(
          'bad-request',
          `${new URL(url).host} redirects to ${address.protocol} which is not followed.`,
        )
      if (redirects >= MAX_REDIRECTS)
        throw new SourceError('bad-request', `${new URL(url).host} redirects in circles.`)
    }
  }

  return {
    async get(url, accept) {
      for (let attempt = 1; ; attempt++) {
        const early = quotaBackAt - Date.now()
        if (early > maxWait) throw tooLong(url, early)
        if (early > 0) await wait(early, 'the server’s request limit')
        try {
          return await once(url, accept)
        } catch (error) {
          if (options.signal?.aborted) throw stopped()
          const failure = asSourceError(error, url)
          const retry = error instanceof HttpStatus ? error.retryAfter : null
          if (retry !== null && retry > maxWait) throw tooLong(url, retry, error)
          if (attempt >= tries || !worthRetrying(failure)) throw failure
          const backoff = pause * 2 ** (attempt - 1)
          const jittered = backoff * (0.5 + Math.random() / 2)
          await wait(Math.max(retry ?? 0, jittered), reason(failure))
        }
      }
    },
    close: () => dispatcher.destroy(),
  }
}

const tooLong = (url: string, ms: number, cause?: unknown) =>
  new SourceError(
    'rate-limited',
    `${new URL(url).host} asks to wait ${Math.ceil(ms / 60_000)} minutes. Try again later.`,
    cause,
  )

const stopped = () => new SourceError('stopped', 'The sync was stopped.')

/** An answer with a status that is no success. `retryAfter` is in ms, null where the server does not say. */
class HttpStatus extends Error {
  readonly status: number
  readonly retryAfter: number | null
  readonly said: string

  constructor(status: number, retryAfter: number | null, said: string) {
    super(`HTTP ${status}`)
    this.status = status
    this.retryAfter = retryAfter
    this.said = said
  }
}

type Response = Dispatcher.ResponseData

function header({ headers }: Response, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

async function read(response: Response, address: URL, maxBytes: number): Promise<string> {
  if (Number(header(response, 'content-length') ?? 0) > maxBytes) {
    response.body.on('error', () => {}).destroy()
    throw tooLarge(address, maxBytes)
  }
  const gzip = /^(x-)?gzip$/i.test(header(response, 'content-encoding') ?? '')
  // A failure of either stream comes out of the loop below; the callback has nothing to add.
  const stream = gzip ? pipeline(response.body, createGunzip(), () => {}) : response.body
  const decoder = new TextDecoder()
  let size = 0
  let body = ''
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    // Leaving the loop ends the connection. Counted after decompression: a small gzip may hold a large text.
    if (size > maxBytes) throw tooLarge(address, maxBytes)
    body += decoder.decode(chunk, { stream: true })
  }
  body += decoder.decode()
  const { statusCode } = response
  if (statusCode < 200 || statusCode > 299)
    throw new HttpStatus(statusCode, retryAfter(response), errorText(body))
  return body
}

const tooLarge = (address: URL, maxBytes: number) =>
  new SourceError(
    'too-large',
    `${address.host} answers with more than ${Math.round(maxBytes / 1e6)} MB, which is not read.`,
  )

function hasNext(response: Response): boolean {
  return /;\s*rel="?next"?/i.test(header(response, 'link') ?? '')
}

/** The seconds until the window of a `RateLimit: "api";r=0;t=42` header ends, where nothing is left of it; else null. */
function exhausted(response: Response): number | null {
  const quota = header(response, 'ratelimit') ?? ''
  const left = /;\s*r=(\d+)/.exec(quota)?.[1]
  const seconds = /;\s*t=(\d+)/.exec(quota)?.[1]
  return left === '0' && seconds !== undefined ? Number(seconds) : null
}

function quotaReturn(response: Response): number {
  const seconds = response.statusCode < 400 ? exhausted(response) : null
  return seconds === null ? 0 : Date.now() + (seconds + 1) * 1000
}

/** How long the server asks to wait, in ms: the end of its window plus a second, or Retry-After (seconds or a date). */
function retryAfter(response: Response): number | null {
  if (response.statusCode !== 429 && response.statusCode !== 503) return null
  const window = exhausted(response)
  if (window !== null) return (window + 1) * 1000
  const said = header(response, 'retry-after')
  if (said === null) return null
  const ms = /^\d+$/.test(said.trim()) ? Number(said) * 1000 : Date.parse(said) - Date.now()
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

/** The message of an `{"error": …}` answer, for the reader's eyes. */
function errorText(body: string): string {
  const said = /"error"\s*:\s*"((?:[^"\\]|\\.){1,200})"/.exec(body)?.[1]
  return said === undefined ? '' : unwrapLine(said)
}

const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
])
const BROKEN = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'UND_ERR_SOCKET'])
const TIMEOUT = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

function asSourceError(error: unknown, url: string): SourceError {
  if (error instanceof SourceError) return error
  const host = new URL(url).host
  if (error instanceof HttpStatus) return statusError(error, host)
  const code = causeCode(error)
  if (UNREACHABLE.has(code))
    return new SourceError(
      'unreachable',
      `${host} cannot be reached (${code}). Check the network and try again.`,
      error,
    )
  if (TIMEOUT.has(code) || (error instanceof Error && error.name === 'TimeoutError'))
    return new SourceError(
      'timeout',
      `${host} did not answer in time. Check the network and try again.`,
      error,
    )
  if (BROKEN.has(code))
    return new SourceError('unreachable', `The connection to ${host} broke (${code}). Try again.`, error)
  // Somebody answered, but not in HTTP, gzip or TLS that can be read.
  const detail = code || (error instanceof Error ? error.message : String(error))
  return new SourceError(
    'server',
    `${host} gives an answer that cannot be read (${unwrapLine(detail)}).`,
    error,
  )
}

function causeCode(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code
    if (cause instanceof AggregateError && cause.errors.length > 0) return causeCode(cause.errors[0])
  }
  return ''
}

function statusError(error: HttpStatus, host: string): SourceError {
  const { status } = error
  const said = error.said ? `: ${error.said}` : ''
  if (status === 401 || status === 403)
    return new SourceError(
      'refused',
      `${host} refuses access (${status}${said}). Check HF_TOKEN, or unset it: reading needs none.`,
      error,
    )
  if (status === 404) return new SourceError('not-found', `${host} has no such page (404${said}).`, error)
  if (status === 429)
    return new SourceError(
      'rate-limited',
      `${host} asks for fewer requests (429). Try again in some minutes.`,
      error,
    )
  if (status >= 500)
    return new SourceError('server', `${host} fails (${status}${said}). Try again later.`, error)
  return new SourceError('bad-request', `${host} does not accept the request (${status}${said}).`, error)
}

function worthRetrying({ code, cause }: SourceError): boolean {
  if (code === 'timeout' || code === 'rate-limited' || code === 'server') return true
  // Where nobody is there to answer, another try in a second changes nothing; after a broken connection it may.
  return code === 'unreachable' && !UNREACHABLE.has(causeCode(cause))
}

function reason({ code }: SourceError): string {
  return code === 'rate-limited' ? 'the server asks for patience' : 'the connection failed'
}
