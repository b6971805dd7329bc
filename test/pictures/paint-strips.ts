// What terminals make of the strips that the painter writes: the pixels, read back from the sequences.

import { expect } from 'vitest'
import type { Bitmap } from '../../src/pictures/bitmap.ts'
import { decodePicture } from '../../src/pictures/decode.ts'
import { paint } from './samples.ts'

/** What a Sixel terminal paints: colours in hundredths, bands of six rows, repeats; transparent where nothing is painted. */
export function paintSixel(sequence: string): Bitmap {
  const [, width = 0, height = 0, body = ''] =
    /^\u001bP0;1;0q"1;1;(\d+);(\d+)([^\u001b]*)\u001b\\$/.exec(sequence) ?? []
  const bitmap = paint(Number(width), Number(height), () => [0, 0, 0, 0])
  const registers = new Map<string, number[]>()
  let colour: number[] = []
  let left = 0
  let top = 0
  for (const [token, register = '', definition, repeat = '1', letter] of String(body).matchAll(
    /#(\d+)(?:;2;(\d+;\d+;\d+))?|(?:!(\d+))?([?-~])|[$\n-]/g,
  )) {
    if (definition)
      registers.set(
        register,
        definition.split(';').map((share) => (Number(share) * 255) / 100),
      )
    else if (register) colour = registers.get(register) ?? []
    else if (letter === undefined) {
      left = 0
      top += token === '-' ? 6 : 0
    } else {
      for (let count = Number(repeat); count > 0; count--, left++)
        for (let bit = 0; bit < 6; bit++)
          if ((letter.charCodeAt(0) - 63) & (1 << bit)) {
            expect(left < bitmap.width && top + bit < bitmap.height).toBe(true)
            bitmap.data.set([...colour, 255], ((top + bit) * bitmap.width + left) * 4)
          }
    }
  }
  return bitmap
}

/** What iTerm2 is given to paint, and what it is told of the cells. */
export async function readInline(
  sequence: string,
): Promise<{ keys: Record<string, string>; picture: Bitmap; bytes: number }> {
  const [, keys = '', base64 = ''] = /^\u001b\]1337;File=([\w=;]+):([\w+/=]+)\u0007$/.exec(sequence) ?? []
  const file = Buffer.from(base64, 'base64')
  return {
    keys: Object.fromEntries(keys.split(';').map((pair) => pair.split('='))),
    picture: await decodePicture(file),
    bytes: file.length,
  }
}

/** A part of a picture. */
export function part(bitmap: Bitmap, left: number, top: number, width: number, height: number): Bitmap {
  return paint(width, height, (x, y) => {
    const at = ((top + y) * bitmap.width + left + x) * 4
    const [red = 0, green = 0, blue = 0, alpha = 0] = bitmap.data.subarray(at, at + 4)
    return [red, green, blue, alpha]
  })
}
