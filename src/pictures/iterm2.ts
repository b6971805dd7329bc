// iTerm2's inline pictures, a row of cells at a time. https://iterm2.com/documentation-images.html

import { crc32, deflateSync, inflateSync } from 'node:zlib'
import type { Bitmap } from './bitmap.ts'

/** The sequence that paints a strip over `columns` cells of one row, from the cursor on to the right. Without transparency. */
export function inlineStrip({ width, height, data }: Bitmap, columns: number): string {
  const rows = Buffer.alloc((1 + width * 3) * height)
  let to = 0
  for (let at = 0; at < data.length; at += 4) {
    // Each row begins with its filter: none.
    if (at % (width * 4) === 0) to++
    rows[to++] = data[at] as number
    rows[to++] = data[at + 1] as number
    rows[to++] = data[at + 2] as number
  }
  return sequence(plainPng(width, height, rows), columns)
}

/** A strip of `inlineStrip` without what is to the left of the pixel `from` and, from `to` on, to the right. */
export function cutInline(strip: string, from: number, to: number, columns: number): string {
  const png = Buffer.from(strip.slice(strip.indexOf(':') + 1, -1), 'base64')
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const rows = inflateSync(png.subarray(DATA, DATA + png.readUInt32BE(DATA - 8)))
  const length = 1 + width * 3
  const kept = Array.from({ length: height }, (_, y) => [
    Buffer.alloc(1),
    rows.subarray(y * length + 1 + from * 3, y * length + 1 + to * 3),
  ])
  return sequence(plainPng(to - from, height, Buffer.concat(kept.flat())), columns)
}

// The terminal is to fill the cells exactly, or strips would not meet.
const sequence = (png: Buffer, columns: number) =>
  `\u001b]1337;File=inline=1;size=${png.length};width=${columns};height=1;preserveAspectRatio=0;doNotMoveCursor=1:${png.toString('base64')}\u0007`

/** Where the pixels begin in a PNG of ours: behind the signature, the header and the beginning of their own chunk. */
const DATA = 8 + 25 + 8

/** A PNG of rows in red, green and blue that are not filtered: it can be cut without a decoder. */
function plainPng(width: number, height: number, rows: Uint8Array): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(content.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}
