// What a picture is and how large, from its first bytes. Names and content types lie, and a decoder allocates what a
// header asks for, so this comes before any decoder.

import type { Size } from './bitmap.ts'
import { PictureError } from './errors.ts'
import { jpegSize } from './jpeg-markers.ts'

export type PictureFormat = 'png' | 'jpeg' | 'webp'

export interface Header extends Size {
  readonly format: PictureFormat
}

const MAX_BYTES = 20_000_000
const MAX_PIXELS = 40_000_000
const MAX_SIDE = 20_000

/** The format and size of a picture. Throws a PictureError where it is none that can be decoded, or over a cap. */
export function readHeader(bytes: Uint8Array): Header {
  if (bytes.length > MAX_BYTES) throw new PictureError('too-large', 'the picture is larger than 20 MB')
  const header = measure(bytes)
  const { width, height } = header
  if (width === 0 || height === 0) throw new PictureError('damaged', 'the picture has no width or no height')
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS)
    throw new PictureError('too-large', `the picture has ${width}×${height} pixels, more than can be shown`)
  return header
}

function measure(bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  try {
    if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return { format: 'png', ...pngSize(bytes, view) }
    if (startsWith(bytes, 0, '\xff\xd8\xff')) return { format: 'jpeg', ...jpegSize(bytes) }
    if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP'))
      return { format: 'webp', ...webpSize(bytes, view) }
  } catch (error) {
    if (error instanceof RangeError) throw new PictureError('damaged', 'the picture is cut off', error)
    throw error
  }
  if (startsWith(bytes, 0, 'GIF8')) throw new PictureError('unsupported', 'GIF pictures cannot be shown')
  throw new PictureError('unsupported', 'this is no PNG, JPEG or WebP picture')
}

const startsWith = (bytes: Uint8Array, at: number, text: string) =>
  [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))

function pngSize(bytes: Uint8Array, view: DataView): Size {
  if (!startsWith(bytes, 12, 'IHDR'))
    throw new PictureError('damaged', 'the PNG does not begin with its size')
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** The size that the first chunk gives; the decoder refuses a file whose other chunks differ from it. */
function webpSize(bytes: Uint8Array, view: DataView): Size {
  const little = true
  if (startsWith(bytes, 12, 'VP8X')) {
    const side = (at: number) => (view.getUint32(at, little) & 0xff_ffff) + 1
    return { width: side(24), height: side(27) & 0xff_ffff }
  }
  if (startsWith(bytes, 12, 'VP8L')) {
    const sides = view.getUint32(21, little)
    return { width: (sides & 0x3fff) + 1, height: ((sides >>> 14) & 0x3fff) + 1 }
  }
  if (startsWith(bytes, 12, 'VP8 '))
    return { width: view.getUint16(26, little) & 0x3fff, height: view.getUint16(28, little) & 0x3fff }
  throw new PictureError('damaged', 'the WebP holds no picture')
}
