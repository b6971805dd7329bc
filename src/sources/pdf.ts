// The PDF of a paper, from arXiv to a folder of the reader's.

import { join } from 'node:path'
import { arxivUrl, type PaperId, parseArxivId } from '../paper.ts'
import type { ArxivAddresses } from './arxiv.ts'
import { SourceError } from './errors.ts'
import type { Http } from './http.ts'
import { HttpStatus } from './http-errors.ts'
import type { Receiver } from './http-parts.ts'
import { openPartial, type PartialFile, sizeOf } from './partial-file.ts'

const MAX_BYTES = 1_000_000_000
/** One try may take an hour: what breaks off is gone on with. */
const DEADLINE = 3_600_000

export interface DownloadOptions {
  /** The version wanted; the newest where none is. */
  readonly version?: number | null
  /** Told how many bytes are there, and how many there will be, null where that is not known. */
  readonly onProgress?: (bytes: number, total: number | null) => void
}

/** A PDF in its place, and its length. */
export interface Pdf {
  readonly file: string
  readonly bytes: number
}

/**
 * Downloads a paper's PDF into a folder, which is made where it is missing; one that is there already is not asked for. What
 * breaks off is gone on with, also by a later call. Throws a SourceError; its code is `unwritable` where the file cannot be
 * stored.
 */
export async function downloadPdf(
  http: Http,
  addresses: ArxivAddresses,
  id: PaperId,
  folder: string,
  { version = null, onProgress }: DownloadOptions = {},
): Promise<Pdf> {
  if (parseArxivId(id) !== id)
    throw new SourceError('bad-request', 'arXiv has the PDFs of its own papers alone.')
  const name = version === null ? id : `${id}v${version}`
  const file = join(folder, `${name.replaceAll('/', '_')}.pdf`)
  const size = await sizeOf(file)
  if (size !== null) return { file, bytes: size }
  const partial = await openPartial(file)
  try {
    // It may have been cut off between its last byte and its place.
    if (partial.bytes === 0 || partial.bytes !== partial.total)
      await receivePdf(http, addresses.pdf(name), id, partial, onProgress)
    if (partial.total !== null && partial.bytes !== partial.total)
      throw new SourceError('server', `The PDF of ${name} has not come whole. Try again.`)
    await partial.finish()
    return { file, bytes: partial.bytes }
  } catch (error) {
    await partial.leave().catch(() => {})
    const isMissing = error instanceof SourceError && error.code === 'not-found'
    throw isMissing ? new SourceError('not-found', `arXiv has no PDF of ${name}.`, error) : error
  }
}

async function receivePdf(
  http: Http,
  url: string,
  id: PaperId,
  partial: PartialFile,
  onProgress: DownloadOptions['onProgress'],
): Promise<void> {
  const receiver: Receiver = {
    accept: 'application/pdf, */*;q=0.1',
    maxBytes: MAX_BYTES,
    deadline: DEADLINE,
    part: () => partial.part,
    async take({ from, total, validators, pieces }) {
      let isBegun = from > 0
      for await (const piece of isBegun ? pieces : pdfPieces(pieces, id)) {
        // What is there gives way only once it is known that a PDF comes.
        if (!isBegun) await partial.begin({ total, validators })
        isBegun = true
        await partial.write(piece)
        onProgress?.(partial.bytes, total)
      }
    },
  }
  try {
    await http.receive(url, receiver)
  } catch (error) {
    const isRestRefused =
      error instanceof SourceError && error.cause instanceof HttpStatus && error.cause.status === 416
    if (!isRestRefused || partial.part === null) throw error
    await partial.begin({ total: null, validators: { etag: null, lastModified: null } })
    await http.receive(url, receiver)
  }
}

/** Within so many bytes a PDF says that it is one. */
const HEAD = 1024

/** The pieces of a PDF. Throws a SourceError before the first one where they are none. */
async function* pdfPieces(
  pieces: AsyncIterable<Uint8Array>,
  id: PaperId,
): AsyncGenerator<Uint8Array, void, undefined> {
  let head = Buffer.alloc(0)
  let isPdf = false
  for await (const piece of pieces) {
    if (isPdf) yield piece
    else {
      head = Buffer.concat([head, piece])
      if (head.length < HEAD) continue
      yield checkedPdf(head, id)
      isPdf = true
    }
  }
  if (!isPdf) yield checkedPdf(head, id)
}

function checkedPdf(bytes: Buffer, id: PaperId): Buffer {
  const head = bytes.toString('latin1', 0, HEAD)
  if (head.includes('%PDF-')) return bytes
  const what = /^\s*</.test(head) ? 'a web page' : 'something else'
  throw new SourceError(
    'unknown-shape',
    `arXiv answers with ${what} instead of a PDF. Try again in some minutes, or see ${arxivUrl(id)} for why.`,
  )
}
