// Bytes → a picture in memory, whatever the bytes are.

import type { Bitmap } from './bitmap.ts'
import { PictureError } from './errors.ts'
import { type PictureFormat, readHeader } from './header.ts'

// Loaded when the first picture of their kind comes.
const DECODERS: Record<PictureFormat, (bytes: Uint8Array) => Promise<Bitmap>> = {
  png: async (bytes) => (await import('./png.ts')).decodePng(bytes),
  jpeg: async (bytes) => (await import('./codecs.ts')).decodeJpeg(bytes),
  webp: async (bytes) => (await import('./codecs.ts')).decodeWebp(bytes),
}

/**
 * Decodes a PNG, JPEG or WebP picture, told by its bytes. Throws nothing but a PictureError: for what is none of these, is
 * damaged or cut off, or is over 20 MB, 40 megapixels or 20,000 pixels a side. It may take seconds at the caps: not for
 * the thread that answers keys.
 */
export async function decodePicture(bytes: Uint8Array): Promise<Bitmap> {
  const { format } = readHeader(bytes)
  try {
    return await DECODERS[format](bytes)
  } catch (error) {
    if (error instanceof PictureError) throw error
    throw new PictureError('damaged', `the ${format.toUpperCase()} picture is damaged`, error)
  }
}
