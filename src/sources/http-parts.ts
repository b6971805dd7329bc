// Large bodies: received piece by piece, and gone on with where they broke off.

import {
  abandon,
  header,
  legal,
  pieces,
  type Response,
  type Validators,
  validatorsOf,
} from './http-answer.ts'
import { HttpStatus } from './http-errors.ts'

/** What is there already of a body, and what the server gave to tell it by. */
export interface Part {
  readonly bytes: number
  readonly validators: Validators
}

/** A body as it comes, or the rest of one. */
export interface Stream {
  /** The byte it begins with: 0, or how many are there already. */
  readonly from: number
  /** How many bytes the whole has; null where the server does not say. */
  readonly total: number | null
  /** What the server gave to tell the body by. */
  readonly validators: Validators
  /** Throws a SourceError where there are more bytes than allowed, and what the connection throws. */
  readonly pieces: AsyncIterable<Uint8Array>
}

/** How a body is received. */
export interface Receiver {
  readonly accept: string
  /** The largest body, in bytes. */
  readonly maxBytes: number
  /** How long one try may take in all, in ms. */
  readonly deadline: number
  /** Asked before each try: what is there already. */
  part(): Part | null
  /** Takes what comes of one try. Beside what the pieces throw only a SourceError may leave it. */
  take(stream: Stream): Promise<void>
}

/** The headers that ask for the rest of a body, if it still is the same; none where there is nothing to tell it by. */
export function restHeaders(part: Part | null): Record<string, string> {
  if (part === null || part.bytes === 0) return {}
  const { etag, lastModified } = legal(part.validators)
  // A weak tag is the same for bodies that differ in their bytes.
  const same = etag !== null && !etag.startsWith('W/') ? etag : lastModified
  return same === null ? {} : { range: `bytes=${part.bytes}-`, 'if-range': same }
}

/**
 * Hands a body, or the rest of one, to its receiver. Throws an HttpStatus for an answer that is neither, with `rest` as its
 * pause, and what the connection and the receiver throw.
 */
export async function receive(
  response: Response,
  address: URL,
  rest: number | null,
  part: Part | null,
  { take, maxBytes }: Receiver,
): Promise<void> {
  try {
    const { statusCode } = response
    if (statusCode !== 200 && statusCode !== 206) throw new HttpStatus(statusCode, rest, '')
    const range = rangeOf(response, part)
    // A rest that does not go on where the part ends is as good as none.
    if (range === null) throw new HttpStatus(416, null, '')
    await take({
      ...range,
      validators: validatorsOf(response),
      pieces: pieces(response, address, maxBytes, range.from),
    })
  } catch (error) {
    abandon(response)
    throw error
  }
}

/** What an answer says it is of the body; null where it is another part than the one that was asked for. */
function rangeOf(response: Response, part: Part | null): Pick<Stream, 'from' | 'total'> | null {
  if (response.statusCode === 200) return { from: 0, total: length(header(response, 'content-length')) }
  const said = header(response, 'content-range') ?? ''
  const [, first, whole] = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/i.exec(said) ?? []
  const { etag } = validatorsOf(response)
  const known = part?.validators.etag ?? null
  const isOther = etag !== null && known !== null && etag !== known
  if (first === undefined || Number(first) !== (part?.bytes ?? 0) || isOther) return null
  return { from: Number(first), total: length(whole ?? null) }
}

const length = (text: string | null) => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null)
