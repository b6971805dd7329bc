// JPEG and WebP by the codecs that browsers use, compiled to WebAssembly: many times as fast as decoders in JavaScript,
// and whatever a hostile file does to them stays inside their own memory.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import createJpegCodec from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'
import createWebpCodec from '@jsquash/webp/codec/dec/webp_dec.js'
import type { Bitmap } from './bitmap.ts'
import { PictureError } from './errors.ts'

/** Decodes a JPEG, upright as its EXIF data says. Throws where it is damaged. */
export async function decodeJpeg(bytes: Uint8Array): Promise<Bitmap> {
  const codec = await createJpegCodec(await environment('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'))
  return decoded(codec.decode(bytes, true))
}

/** Decodes a WebP picture that does not move. Throws where it is damaged. */
export async function decodeWebp(bytes: Uint8Array): Promise<Bitmap> {
  const codec = await createWebpCodec(await environment('@jsquash/webp/codec/dec/webp_dec.wasm'))
  return decoded(codec.decode(bytes))
}

function decoded(picture: Bitmap | null): Bitmap {
  if (picture === null) throw new PictureError('damaged', 'the picture is damaged')
  return { width: picture.width, height: picture.height, data: picture.data }
}

// Neither Node's types nor the language's have it.
declare const WebAssembly: {
  compile(code: Uint8Array): Promise<object>
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
}

const { resolve } = createRequire(import.meta.url)
const compiled = new Map<string, Promise<object>>()

/**
 * What a codec runs in. A new instance for every picture: the memory of one only ever grows, and a picture that it trips
 * over leaves it unusable. The code is compiled once.
 */
async function environment(file: string) {
  const compiling = compiled.get(file) ?? readFile(resolve(file)).then((code) => WebAssembly.compile(code))
  compiled.set(file, compiling)
  const module = await compiling
  return {
    noInitialRun: true,
    instantiateWasm: (imports: object, done: (instance: object) => void) => {
      const instance = new WebAssembly.Instance(module, imports)
      done(instance)
      return instance.exports
    },
    // Warnings would be printed over the screen.
    print: () => {},
    printErr: () => {},
  }
}
