import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bitmap } from '../../src/pictures/bitmap.ts'
import { decodePicture } from '../../src/pictures/decode.ts'
import { inlinePicture } from '../../src/pictures/iterm2.ts'
import { encodePng } from '../../src/pictures/png.ts'
import { sixelPicture } from '../../src/pictures/sixel.ts'
import { difference, gradient, paint, pixel } from './samples.ts'

const sides = fc.integer({ min: 1, max: 30 })
const pictures = fc
  .tuple(sides, sides, fc.nat())
  .map(([width, height, seed]) =>
    paint(width, height, (x, y) => [(x * seed) % 256, (y * 37 + seed) % 256, (x * y) % 256]),
  )

it('encodePng loses nothing', async () => {
  await fc.assert(
    fc.asyncProperty(pictures, async (picture) => {
      expect(await decodePicture(encodePng(picture))).toEqual(picture)
    }),
  )
})

it('inlinePicture carries the picture and the cells it fills', async () => {
  const picture = gradient(90, 60)
  const sequence = inlinePicture(picture, { columns: 12, rows: 4 })
  const [, keys = '', base64 = ''] = /^\u001b\]1337;File=([\w=;]+):([\w+/=]+)\u0007$/.exec(sequence) ?? []
  const file = Buffer.from(base64, 'base64')
  expect(Object.fromEntries(keys.split(';').map((pair) => pair.split('=')))).toEqual({
    ...{ inline: '1', size: String(file.length), width: '12', height: '4' },
    ...{ preserveAspectRatio: '1', doNotMoveCursor: '1' },
  })
  expect(await decodePicture(file)).toEqual(picture)
})

/** What a terminal paints: colours in hundredths, bands of six rows, repeats; null where nothing was painted. */
function paintSixel(sequence: string): Bitmap {
  const [, width = 0, height = 0, body = ''] =
    /^\u001bP[\d;]*q"1;1;(\d+);(\d+)([^\u001b]*)\u001b\\$/.exec(sequence)?.map((part) => part) ?? []
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

describe('sixelPicture', () => {
  it('paints a drawing of a few colours as it is, to the hundredth', () => {
    const drawing = paint(50, 31, (x, y) =>
      x === y ? [200, 0, 0] : x > 30 && y < 9 ? [0, 90, 180] : [255, 255, 255],
    )
    expect(difference(paintSixel(sixelPicture(drawing)), drawing)).toBeLessThanOrEqual(2)
  })

  it('paints every pixel of any picture, in its size', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const painted = paintSixel(sixelPicture(picture))
        expect([painted.width, painted.height]).toEqual([picture.width, picture.height])
        expect(painted.data.filter((_, at) => at % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
      }),
    )
  })

  it('is near to a photograph', () => {
    const photograph = gradient(80, 60)
    const painted = paintSixel(sixelPicture(photograph))
    const total = painted.data.reduce(
      (sum, value, at) => sum + Math.abs(value - (photograph.data[at] ?? 0)),
      0,
    )
    expect(total / painted.data.length).toBeLessThan(6)
  })

  it('keeps a thin line among many other colours', () => {
    const plot = paint(120, 90, (x, y) => (x === 60 ? [255, 0, 0] : [0, (x * 255) / 120, (y * 255) / 90]))
    const line = pixel(paintSixel(sixelPicture(plot)), 60, 45)
    expect([(line[0] ?? 0) > 240, (line[1] ?? 0) < 60, (line[2] ?? 0) < 60]).toEqual([true, true, true])
  })

  it('leaves the picture as it was', () => {
    const picture = gradient(20, 20)
    sixelPicture(picture)
    expect(picture).toEqual(gradient(20, 20))
  })
})
