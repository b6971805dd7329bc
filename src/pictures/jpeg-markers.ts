// The markers of a JPEG: its size, and whether it is one that takes bounded time.

import type { Size } from './bitmap.ts'
import { PictureError } from './errors.ts'

// A progressive JPEG is painted in about ten scans over all its pixels. A scan that changes nothing takes a few bytes,
// so a small file can ask for any number of them.
const MAX_SCANS = 100

const END = 0xd9
const SCAN = 0xda

/** The size of a JPEG, all of which is looked through. Throws a PictureError where it has no end or too many scans. */
export function jpegSize(bytes: Uint8Array): Size {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let size: Size | null = null
  let scans = 0
  // As decoders do: whatever stands between segments is skipped.
  for (let at = bytes.indexOf(0xff, 2); at >= 0; at = bytes.indexOf(0xff, at)) {
    const marker = view.getUint8(++at)
    if (marker === END && size !== null && scans > 0) return size
    if (!hasSegment(marker)) continue
    if (isFrame(marker)) {
      if (size) throw new PictureError('damaged', 'the JPEG says twice how large it is')
      if (view.getUint8(at + 8) === 4)
        throw new PictureError('unsupported', 'JPEG pictures in printing colours (CMYK) cannot be shown')
      size = { width: view.getUint16(at + 6), height: view.getUint16(at + 4) }
    }
    if (marker === SCAN) scans++
    if (scans > MAX_SCANS) throw new PictureError('too-large', 'the JPEG is painted over too often')
    at += 1 + view.getUint16(at + 1)
  }
  // A decoder would paint what is missing grey.
  throw new PictureError('damaged', 'the JPEG is cut off')
}

/** Not the fill byte, the escaped 0xff of the data, restarts, the beginning nor the end. */
const hasSegment = (marker: number) => marker !== 0xff && marker > 0x01 && !(marker >= 0xd0 && marker <= END)

const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
