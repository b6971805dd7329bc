// Pictures for tests, and files of them by the encoders that belong to the decoders.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { crc32, deflateSync } from 'node:zlib'
import createJpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js'
import { defaultOptions as jpegOptions } from '@jsquash/jpeg/meta.js'
import createWebpEncoder from '@jsquash/webp/codec/enc/webp_enc.js'
import { defaultOptions as webpOptions } from '@jsquash/webp/meta.js'
import type { Bitmap, Colour } from '../../src/pictures/bitmap.ts'

/** A picture whose pixels are what `colour` says; opaque where it gives no alpha. */
export function paint(
  width: number,
  height: number,
  colour: (x: number, y: number) => Colour | readonly [number, number, number, number],
): Bitmap {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha = 255] = colour(x, y)
      data.set([red, green, blue, alpha], (y * width + x) * 4)
    }
  return { width, height, data }
}

/** Soft colours that differ in every corner. */
export const gradient = (width: number, height: number) =>
  paint(width, height, (x, y) => [(x * 255) / width, (y * 255) / height, 120])

export function pixel({ width, data }: Bitmap, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)]
}

/** The greatest difference of any channel of any pixel. */
export function difference(one: Bitmap, other: Bitmap): number {
  let greatest = 0
  for (const [at, value] of one.data.entries())
    greatest = Math.max(greatest, Math.abs(value - (other.data[at] ?? 0)))
  return greatest
}

const { resolve } = createRequire(import.meta.url)
const code = (file: string) => ({ wasmBinary: readFileSync(resolve(file)) })

export async function jpegOf({ width, height, data }: Bitmap, options = {}): Promise<Buffer> {
  const encoder = await createJpegEncoder(code('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'))
  const file = encoder.encode(data, width, height, { ...jpegOptions, quality: 90, ...options })
  return Buffer.from(new Uint8Array(file))
}

export async function webpOf({ width, height, data }: Bitmap, options = {}): Promise<Buffer> {
  const encoder = await createWebpEncoder(code('@jsquash/webp/codec/enc/webp_enc.wasm'))
  const file = encoder.encode(data, width, height, { ...webpOptions, quality: 90, ...options })
  if (file === null) throw new Error('not encoded')
  return Buffer.from(new Uint8Array(file))
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** A PNG of chunks, whatever they say, each with its right checksum. */
export const pngOf = (...chunks: readonly Buffer[]) => Buffer.concat([SIGNATURE, ...chunks])

export function chunk(type: string, content: Uint8Array = new Uint8Array()): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}

/** `kind` is PNG's colour type: 0 grey, 2 RGB, 3 by palette, 4 grey with alpha, 6 RGB with alpha. */
export function headerChunk(width: number, height: number, depth = 8, kind = 6, interlaced = 0): Buffer {
  const content = Buffer.alloc(13)
  content.writeUInt32BE(width, 0)
  content.writeUInt32BE(height, 4)
  content.set([depth, kind, 0, 0, interlaced], 8)
  return chunk('IHDR', content)
}

export const dataChunk = (raw: Uint8Array) => chunk('IDAT', deflateSync(raw))
