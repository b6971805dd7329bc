// PNG both ways, by pngjs. It trusts what a file says of itself, so that is checked first.

import { inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import type { Bitmap } from './bitmap.ts'
import { PictureError } from './errors.ts'

// The pixels as the file lays them out: as many as 40 megapixels of four bytes, half of that at 16 bits a channel.
const MAX_RAW_BYTES = 160_000_000
// zlib makes at most this many bytes of one.
const MAX_INFLATION = 1032

const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Decodes a PNG of whose header `readHeader` approved. Throws where it is damaged. */
export function decodePng(bytes: Uint8Array): Bitmap {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const data = compressedPixels(buffer)
  const raw = rawLength(buffer)
  if (raw > MAX_RAW_BYTES) throw new PictureError('too-large', 'the PNG has too many bits a pixel')
  if (raw > data.length * MAX_INFLATION) throw new PictureError('damaged', 'the PNG is cut off')
  // An interlaced picture is inflated to whatever it becomes. Its seven passes round up and have more rows.
  if (buffer[28] !== 0) inflateSync(data, { maxOutputLength: 2 * raw + 64 })
  const { width, height, data: pixels } = PNG.sync.read(buffer)
  return { width, height, data: new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length) }
}

/** What is to be inflated. A second header, whose size nobody checked, is refused. */
function compressedPixels(png: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at + 12 <= png.length; ) {
    const end = at + 12 + png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    if (type === 'IHDR' && at > 8) throw new PictureError('damaged', 'the PNG says twice how large it is')
    if (type === 'IDAT') parts.push(png.subarray(at + 8, end - 4))
    at = end
  }
  return Buffer.concat(parts)
}

/** How long the pixels are once inflated, without interlacing: rows of whole bytes with a filter byte each. */
function rawLength(png: Buffer): number {
  const bitsPerPixel = (png[24] ?? 0) * (CHANNELS[png[25] ?? 0] ?? 0)
  return (Math.ceil((png.readUInt32BE(16) * bitsPerPixel) / 8) + 1) * png.readUInt32BE(20)
}

/** A picture as a PNG file. */
export function encodePng({ width, height, data }: Bitmap): Uint8Array {
  const png = new PNG({ width, height })
  png.data = Buffer.from(data.buffer, data.byteOffset, data.length)
  return PNG.sync.write(png)
}
