// Reading what a server answers: its text within bounds, and what its headers say.

import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { Dispatcher } from 'undici'
import { unwrapLine } from '../text/sanitise.ts'
import { SourceError } from './errors.ts'
import type { Quota } from './http-limits.ts'

export type Response = Dispatcher.ResponseData

/** What a server gives to ask later whether an answer has changed; null where it gives nothing of the kind. */
export interface Validators {
  readonly etag: string | null
  readonly lastModified: string | null
}

/** A header's value; the first where it comes several times, null where it does not come. */
export function header({ headers }: Response, name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

/** The text of an answer. Throws a SourceError where it is longer than `maxBytes`, and what the connection throws. */
export async function readText(response: Response, address: URL, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of pieces(response, address, maxBytes)) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  const isZipped = /^(x-)?gzip$/i.test(header(response, 'content-encoding') ?? '') && bytes.length > 0
  return new TextDecoder().decode(isZipped ? await unzip(bytes, address, maxBytes) : bytes)
}

/** The pieces of a body as they come, where `from` bytes of it came before. Throws like `readText`. */
export async function* pieces(
  response: Response,
  address: URL,
  maxBytes: number,
  from = 0,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (from + Number(header(response, 'content-length') ?? 0) > maxBytes) {
    abandon(response)
    throw tooLarge(address, maxBytes)
  }
  let size = from
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    // Leaving the loop ends the connection.
    if (size > maxBytes) throw tooLarge(address, maxBytes)
    yield chunk
  }
}

/** Ends the connection of an answer whose body nobody reads. */
export function abandon(response: Response): void {
  response.body.on('error', () => {}).destroy()
}

/** A small gzip may hold a large text, so what comes out is bounded too. */
async function unzip(bytes: Buffer, address: URL, maxBytes: number): Promise<Buffer> {
  try {
    return await gunzip(bytes, { maxOutputLength: maxBytes, chunkSize: UNZIPPED_AT_ONCE })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    throw isTooLarge ? tooLarge(address, maxBytes) : error
  }
}

const gunzip = promisify(zlib.gunzip)
const UNZIPPED_AT_ONCE = 262_144

const tooLarge = (address: URL, maxBytes: number) =>
  new SourceError(
    'too-large',
    `${address.host} answers with more than ${Math.round(maxBytes / 1e6)} MB, which is not read.`,
  )

/** Whether the server names a next page. */
export function hasNext(response: Response): boolean {
  return /;\s*rel="?next"?/i.test(header(response, 'link') ?? '')
}

/** What a `RateLimit: "api";r=0;t=42` header says; null where there is none. */
export function quotaOf(response: Response): Quota | null {
  const said = header(response, 'ratelimit') ?? ''
  const left = /;\s*r=(\d+)/.exec(said)?.[1]
  const seconds = /;\s*t=(\d+)/.exec(said)?.[1]
  return left === undefined || seconds === undefined ? null : { left: Number(left), seconds: Number(seconds) }
}

/** How long the server asks to wait, in ms: the end of its window plus a second, or Retry-After (seconds or a date). */
export function retryAfter(response: Response): number | null {
  const quota = quotaOf(response)
  if (quota?.left === 0) return (quota.seconds + 1) * 1000
  const said = header(response, 'retry-after')?.trim()
  if (said === undefined) return null
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now()
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

/** What an answer gives to ask later whether it has changed. */
export function validatorsOf(response: Response): Validators {
  return legal({ etag: header(response, 'etag'), lastModified: header(response, 'last-modified') })
}

/** The same after a 304: what it does not repeat still holds. */
export function renewed(response: Response, known: Validators): Validators {
  const { etag, lastModified } = validatorsOf(response)
  const before = legal(known)
  return { etag: etag ?? before.etag, lastModified: lastModified ?? before.lastModified }
}

/** The headers that ask whether an answer has changed. */
export function conditions(known: Validators | undefined): Record<string, string> {
  const { etag, lastModified } = legal(known ?? { etag: null, lastModified: null })
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  }
}

/** What of it may be sent, since it came from the network: what is no tag (`*` would match anything) or no date is not. */
export function legal({ etag, lastModified }: Validators): Validators {
  return {
    etag: etag !== null && /^(?:W\/)?"[\x21\x23-\x7e]{0,500}"$/.test(etag) ? etag : null,
    lastModified:
      lastModified !== null &&
      /^[A-Z][A-Za-z]+, [\w :-]{10,40}$/.test(lastModified) &&
      !Number.isNaN(Date.parse(lastModified))
        ? lastModified
        : null,
  }
}

/** The message of an `{"error": …}` answer, for the reader's eyes; empty where there is none. */
export function errorText(body: string): string {
  const said = /"error"\s*:\s*("(?:[^"\\]|\\.){1,200}")/.exec(body)?.[1]
  if (said === undefined) return ''
  try {
    return unwrapLine(String(JSON.parse(said)))
  } catch {
    return unwrapLine(said)
  }
}

/** Whether a text is a web page where data were asked for: what networks give that want a login. */
export function isPageForData(accept: string, body: string): boolean {
  return accept === 'application/json' && /^\s*</.test(body)
}
