// The only way to the network: timeouts, retries, politeness and size caps for every source.

import { setTimeout as delay } from 'node:timers/promises'
import { request } from 'undici'
import manifest from '../../package.json' with { type: 'json' }
import { SourceError } from './errors.ts'
import {
  conditions,
  errorText,
  hasNext,
  header,
  isPageForData,
  quotaOf,
  type Response,
  readText,
  renewed,
  retryAfter,
  type Validators,
  validatorsOf,
} from './http-answer.ts'
import { asSourceError, HttpStatus, mayPass, reasonToWait } from './http-errors.ts'
import { createLimits, type Limit } from './http-limits.ts'
import { type Receiver, receive, restHeaders } from './http-parts.ts'
import { createDispatcher, type Environment, forwardFailure, NO_PROXIES, readProxies } from './http-proxy.ts'

export type { Validators } from './http-answer.ts'

export interface HttpOptions {
  /** Sent as `Authorization: Bearer`, to `tokenOrigin` alone. */
  readonly token?: string
  readonly tokenOrigin?: string
  /** What to do where access is refused, for the error's message. */
  readonly ifRefused?: string
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
  /** Asked before every request, also those of another try or a redirect, in how many ms its turn is; and why. */
  readonly turn?: { readonly wait: (host: string) => number; readonly why: string }
  /** Connections to one server at a time; as many as there are requests unless told. */
  readonly connections?: number
  /** Statuses by which a server asks for fewer requests, beside 429; 503 does with Retry-After. */
  readonly slowDown?: readonly number[]
  /** Told before each wait: how long in ms, and why. Of requests that wait for the same moment, one tells. */
  readonly onWait?: (ms: number, why: string) => void
  /** Where proxies are named (HTTPS_PROXY, HTTP_PROXY, NO_PROXY); the process's environment unless told. */
  readonly env?: Environment
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly url: string
  /** Empty where it was not modified. */
  readonly body: string
  /** Whether the server names a next page. */
  readonly hasNext: boolean
  /** To be given with the next request for the same address. */
  readonly validators: Validators
  /** Whether the text is still what it was when the given validators came. */
  readonly notModified: boolean
}

/** A client for one run of a sync: connections, and what servers say of their limits, are kept between its requests. */
export interface Http {
  /**
   * The text at an address; with `known`, only if it has changed since. A redirect to where `isNothing` holds is as good as
   * 404, and is not followed. Throws a SourceError when the text cannot be had after all tries.
   */
  get(url: string, accept: string, known?: Validators, isNothing?: (address: URL) => boolean): Promise<Answer>
  /**
   * Receives a body piece by piece, and of one that is there in part only the rest where the server can. A try that breaks
   * off goes on with the next. Throws a SourceError; one whose cause is an HttpStatus of 416 where the rest cannot be had.
   */
  receive(url: string, receiver: Receiver): Promise<void>
  /** Ends every connection; requests under way fail as stopped. */
  close(): Promise<void>
}

const USER_AGENT = `broadsheet/${manifest.version} (terminal paper reader)`
const MAX_REDIRECTS = 5
const MAX_CONNECT_TIME = 10_000

/** What is asked for in one try. */
interface Wanted<T> {
  readonly headers: Readonly<Record<string, string>>
  /** How long it may take in all, in ms. */
  readonly deadline: number
  /** Reads an answer; `rest` is how long the server wants no other request in ms, null where it says nothing. */
  readonly read: (response: Response, address: URL, rest: number | null) => Promise<T>
  /** Whether a redirect to an address says that there is nothing. */
  readonly isNothing?: ((address: URL) => boolean) | undefined
}

/** Makes a client; `close` it when its run is over. */
export function createHttp(options: HttpOptions = {}): Http {
  const {
    tries = 4,
    pause = 500,
    timeout = 20_000,
    maxBytes = 20_000_000,
    maxWait = 320_000,
    deadline = 120_000,
    slowDown = [],
    ifRefused = 'Check HF_TOKEN, or unset it: reading needs none.',
    env = process.env,
  } = options
  const named = readProxies(env)
  const proxies = typeof named === 'string' ? NO_PROXIES : named
  const times = { headersTimeout: timeout, bodyTimeout: timeout }
  const dispatcher = createDispatcher(
    {
      ...times,
      connectTimeout: Math.min(timeout, MAX_CONNECT_TIME),
      connections: options.connections ?? null,
    },
    proxies,
  )
  const limits = createLimits()

  const closing = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal

  const sleep = async (ms: number) => {
    try {
      await delay(ms, undefined, { signal })
    } catch {
      throw stopped()
    }
  }
  const wait = async (ms: number, why: string) => {
    options.onWait?.(ms, why)
    await sleep(ms)
  }
  const backoff = (attempt: number) => pause * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)

  /** Waits until a request may be sent to an address, and counts it among those under way. */
  const enter = async (address: URL): Promise<Limit> => {
    const limit = limits.of(address)
    for (;;) {
      // A stop ends the requests under way, and so wakes those that wait for their answers.
      if (signal.aborted) throw stopped()
      const opens = limit.opensAt()
      const early = opens - Date.now()
      if (early > maxWait) throw tooLong(address, early)
      if (early > 0) {
        if (limit.isNews(opens)) options.onWait?.(early, 'the server’s request limit')
        await sleep(early)
      } else if (!limit.enter()) await limit.change()
      else if (await turnCame(limit, address.host)) return limit
      else limit.leave({ kind: 'unsent' })
    }
  }

  /** Waits for a request's turn; false where meanwhile the server has asked for patience. */
  const turnCame = async (limit: Limit, host: string): Promise<boolean> => {
    const { turn } = options
    if (!turn) return true
    try {
      const ms = turn.wait(host)
      if (ms > 0) await wait(ms, turn.why)
    } catch (error) {
      limit.leave({ kind: 'unsent' })
      throw error
    }
    return limit.opensAt() <= Date.now()
  }

  /** Sends a request that has entered. `rest` is how long the server wants no other in ms, null where it says nothing. */
  const send = async (
    address: URL,
    limit: Limit,
    headers: Wanted<unknown>['headers'],
    attempt: number,
    timeLeft: number,
  ) => {
    let response: Response
    try {
      response = await request(address, {
        dispatcher,
        ...times,
        signal: AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, timeLeft))]),
        headers: {
          ...headers,
          'user-agent': USER_AGENT,
          ...(options.token && address.origin === options.tokenOrigin
            ? { authorization: `Bearer ${options.token}` }
            : {}),
        },
      })
    } catch (error) {
      limit.leave({ kind: 'failed' })
      throw forwardFailure(error, address, proxies)
    }
    const { statusCode } = response
    const asked = statusCode === 429 || statusCode === 503 || slowDown.includes(statusCode)
    const said = asked ? retryAfter(response) : null
    // Without Retry-After, 503 is a server in trouble like any other.
    const rest = asked && (statusCode !== 503 || said !== null) ? Math.max(said ?? 0, backoff(attempt)) : null
    limit.leave({ kind: 'answered', quota: quotaOf(response), rest })
    return { response, rest }
  }

  /** One try, through all its redirects; `attempt` counts the tries from 1. */
  const once = async <T>(
    url: string,
    { headers, deadline, read, isNothing }: Wanted<T>,
    attempt: number,
  ): Promise<T> => {
    let address = new URL(url)
    let timeLeft = deadline
    for (let redirects = 0; ; redirects++) {
      const limit = await enter(address)
      // The waits before are none of the server's time.
      const began = Date.now()
      try {
        const { response, rest } = await send(address, limit, headers, attempt, timeLeft)
        const { statusCode } = response
        const location = header(response, 'location')
        if (statusCode < 300 || statusCode > 399 || statusCode === 304 || location === null)
          return await read(response, address, rest)
        await response.body.dump()
        if (redirects >= MAX_REDIRECTS)
          throw new SourceError('unknown-shape', `${new URL(url).host} redirects in circles.`)
        const next = redirect(address, location)
        if (isNothing?.(next)) throw new HttpStatus(404, null, '')
        address = next
      } catch (error) {
        throw asSourceError(error, { host: address.host, slowDown, ifRefused })
      }
      timeLeft -= Date.now() - began
    }
  }

  /** As many tries as make sense; what is wanted is asked before each. */
  const persist = async <T>(url: string, wanted: () => Wanted<T>): Promise<T> => {
    if (typeof named === 'string') throw new SourceError('refused', named)
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(url, wanted(), attempt)
      } catch (error) {
        if (signal.aborted) throw stopped()
        if (!(error instanceof SourceError)) throw error
        const rest = error.cause instanceof HttpStatus ? error.cause.pause : null
        if (rest !== null && rest > maxWait) throw tooLong(new URL(url), rest, error)
        if (attempt >= tries || !mayPass(error)) throw error
        await wait(rest ?? backoff(attempt), reasonToWait(error))
      }
    }
  }

  return {
    get(url, accept, known, isNothing) {
      const asked = conditions(known)
      const read = async (response: Response, address: URL, rest: number | null): Promise<Answer> => {
        const { statusCode } = response
        const said = { url: address.href, hasNext: hasNext(response), validators: validatorsOf(response) }
        if (statusCode === 304 && known && Object.keys(asked).length > 0) {
          await response.body.dump()
          return { ...said, body: '', validators: renewed(response, known), notModified: true }
        }
        const body = await readText(response, address, maxBytes)
        if (statusCode < 200 || statusCode > 299) throw new HttpStatus(statusCode, rest, errorText(body))
        if (isPageForData(accept, body)) throw pageForData(address)
        return { ...said, body, notModified: false }
      }
      const wanted = { headers: { accept, 'accept-encoding': 'gzip', ...asked }, deadline, read, isNothing }
      return persist(url, () => wanted)
    },
    receive(url, receiver) {
      return persist(url, () => {
        const part = receiver.part()
        return {
          // What is packed on the way has other bytes each time, and so no rest that could be asked for.
          headers: { accept: receiver.accept, 'accept-encoding': 'identity', ...restHeaders(part) },
          deadline: receiver.deadline,
          read: (response, address, rest) => receive(response, address, rest, part, receiver),
        }
      })
    },
    close() {
      closing.abort()
      return dispatcher.destroy()
    },
  }
}

function redirect(from: URL, location: string): URL {
  const to = URL.parse(location, from.href)
  if (!to) throw new SourceError('unknown-shape', `${from.host} redirects to no address.`)
  if (to.protocol !== 'https:' && to.protocol !== 'http:')
    throw new SourceError('unknown-shape', `${from.host} redirects to ${to.protocol} which is not followed.`)
  return to
}

const pageForData = ({ host }: URL) =>
  new SourceError(
    'unknown-shape',
    `${host} answers with a web page instead of data. If this network wants a login, open a page in a browser first.`,
  )

const tooLong = ({ host }: URL, ms: number, cause?: unknown) =>
  new SourceError(
    'rate-limited',
    `${host} asks to wait ${Math.ceil(ms / 60_000)} minutes. Try again later.`,
    cause,
  )

const stopped = () => new SourceError('stopped', 'The sync was stopped.')
