// The bytes of a picture.

import { SourceError } from './errors.ts'
import type { Http } from './http.ts'

const MAX_BYTES = 20_000_000
const DEADLINE = 60_000

/** The picture at an address. Throws a SourceError. */
export async function fetchPicture(http: Http, url: string): Promise<Uint8Array> {
  let pieces: Uint8Array[] = []
  await http.receive(url, {
    accept: 'image/png, image/jpeg, image/webp, image/*;q=0.5',
    maxBytes: MAX_BYTES,
    deadline: DEADLINE,
    // What broke off is asked for anew: pictures are small.
    part: () => null,
    async take(stream) {
      pieces = []
      for await (const piece of stream.pieces) pieces.push(piece)
    },
  })
  if (pieces.length === 0) throw new SourceError('unknown-shape', 'The picture is empty.')
  return Buffer.concat(pieces)
}
