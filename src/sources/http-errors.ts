// What went wrong on the way, in words: what an error of a socket, of TLS, of HTTP or of a proxy means to a reader.

import { dayOf } from '../days.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { SourceError } from './errors.ts'

/** An answer with a status that is no success. `pause` is how long the server asks to wait in ms, null where it does not. */
export class HttpStatus extends Error {
  readonly status: number
  readonly pause: number | null
  /** What the server says of it. */
  readonly said: string

  constructor(status: number, pause: number | null, said: string) {
    super(`HTTP ${status}`)
    this.status = status
    this.pause = pause
    this.said = said
  }
}

/** A proxy that could not be reached, or that answered with `status` in place of the server. */
export class ProxyFailure extends Error {
  readonly proxy: { readonly shown: string; readonly variable: string }
  readonly status: number | null

  constructor(proxy: ProxyFailure['proxy'], status: number | null, cause?: unknown) {
    super('the proxy failed', { cause })
    this.proxy = proxy
    this.status = status
  }
}

/** What a try is to be explained with. */
export interface Asked {
  readonly host: string
  /** Statuses that ask for fewer requests. */
  readonly slowDown: readonly number[]
  /** What to do where access is refused. */
  readonly ifRefused: string
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
const UNTRUSTED = new Set([
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'INVALID_CA',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])
const EXPIRED = 'CERT_HAS_EXPIRED'
const NOT_YET = 'CERT_NOT_YET_VALID'
const OTHER_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID'

/** What a failed try means. */
export function asSourceError(error: unknown, asked: Asked): SourceError {
  if (error instanceof SourceError) return error
  if (error instanceof HttpStatus) return statusError(error, asked)
  const { host } = asked
  if (error instanceof ProxyFailure) return proxyError(error, host)
  const code = causeCode(error)
  if (UNREACHABLE.has(code))
    return new SourceError(
      'unreachable',
      `${host} cannot be reached (${code}). Check the network and try again.`,
      error,
    )
  if (isTimeout(error, code))
    return new SourceError(
      'timeout',
      `${host} did not answer in time. Check the network and try again.`,
      error,
    )
  if (BROKEN.has(code))
    return new SourceError('unreachable', `The connection to ${host} broke (${code}). Try again.`, error)
  const untrusted = certificateError(error, code, host)
  if (untrusted) return untrusted
  // Somebody answered, but not in HTTP, gzip or TLS that can be read.
  const detail = code || (error instanceof Error ? error.message : String(error))
  return new SourceError(
    'server',
    `${host} gives an answer that cannot be read (${unwrapLine(detail)}).`,
    error,
  )
}

/** The first code that an error or one of its causes carries. */
function causeCode(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    // Of a proxy's certificate undici tells in an error around the one that matters.
    const wraps = 'code' in cause && cause.code === 'UND_ERR_PRX_TLS' && cause.cause instanceof Error
    if (!wraps && 'code' in cause && typeof cause.code === 'string') return cause.code
    if (cause instanceof AggregateError && cause.errors.length > 0) return causeCode(cause.errors[0])
  }
  return ''
}

function isTimeout(error: unknown, code: string): boolean {
  return TIMEOUT.has(code) || (error instanceof Error && error.name === 'TimeoutError')
}

function statusError(error: HttpStatus, { host, slowDown, ifRefused }: Asked): SourceError {
  const { status } = error
  const said = error.said ? `: ${error.said}` : ''
  if (status === 429 || slowDown.includes(status))
    return new SourceError(
      'rate-limited',
      `${host} asks for fewer requests (${status}). Try again in some minutes.`,
      error,
    )
  if (status === 401 || status === 403)
    return new SourceError('refused', `${host} refuses access (${status}${said}). ${ifRefused}`, error)
  if (status === 404) return new SourceError('not-found', `${host} has no such page (404${said}).`, error)
  if (status >= 500)
    return new SourceError('server', `${host} fails (${status}${said}). Try again later.`, error)
  return new SourceError('bad-request', `${host} does not accept the request (${status}${said}).`, error)
}

function proxyError(error: ProxyFailure, host: string): SourceError {
  const { status } = error
  const { shown, variable } = error.proxy
  if (status === 407)
    return new SourceError(
      'refused',
      `The proxy ${shown} wants a name and a password (407). Set ${variable} to http://NAME:PASSWORD@ and its address.`,
      error,
    )
  if (status !== null && status >= 500)
    return new SourceError(
      'unreachable',
      `The proxy ${shown} does not reach ${host} (${status}). Try again later.`,
      error,
    )
  if (status !== null)
    return new SourceError(
      'refused',
      `The proxy ${shown} gives no way to ${host} (${status}). Ask who runs it, or name the host in NO_PROXY.`,
      error,
    )
  const code = causeCode(error)
  if (isTimeout(error.cause, code))
    return new SourceError(
      'timeout',
      `The proxy ${shown} did not answer in time. Check ${variable} and the network.`,
      error,
    )
  const untrusted = certificateError(error, code, `the proxy ${shown}`)
  if (untrusted) return untrusted
  const detail = code || (error.cause instanceof Error ? error.cause.message : '')
  return new SourceError(
    'unreachable',
    `The proxy ${shown} cannot be reached (${unwrapLine(detail)}). Check ${variable}, or unset it where none is needed.`,
    error,
  )
}

function certificateError(error: unknown, code: string, host: string): SourceError | null {
  const refused = (problem: string) =>
    new SourceError('refused', `The certificate of ${host} ${problem}`, error)
  const clock = `(${code}). This computer’s clock says ${dayOf(Date.now())}: is it right?`
  if (code === EXPIRED) return refused(`has expired ${clock}`)
  if (code === NOT_YET) return refused(`is not valid yet ${clock}`)
  if (code === OTHER_NAME)
    return refused(
      `is for another host (${code}). Check the address; a network that wants a login does this too. NODE_EXTRA_CA_CERTS is no help here.`,
    )
  if (!UNTRUSTED.has(code)) return null
  return refused(
    `is signed by nobody whom this computer trusts (${code}). Where that is right, as with a company’s proxy, name its CA’s file in NODE_EXTRA_CA_CERTS.`,
  )
}

/** Whether another try may fare better. */
export function mayPass({ code, cause }: SourceError): boolean {
  // What we find wrong ourselves stays wrong; of what has no cause, only an answer's text was looked at.
  if (cause === undefined) return false
  if (code === 'timeout' || code === 'rate-limited' || code === 'server') return true
  // Where nobody is there to answer, another try in a second changes nothing; after a broken connection it may.
  return code === 'unreachable' && !UNREACHABLE.has(causeCode(cause))
}

/** Why there is another try, for whoever waits for it. */
export function reasonToWait({ code, cause }: SourceError): string {
  if (code === 'rate-limited' || (cause instanceof HttpStatus && cause.pause !== null))
    return 'the server asks for patience'
  return cause instanceof HttpStatus ? 'the server failed' : 'the connection failed'
}
