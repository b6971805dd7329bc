import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodePicture } from '../../src/pictures/decode.ts'
import { encodePng } from '../../src/pictures/png.ts'
import { paint } from './samples.ts'

it('encodePng loses nothing', async () => {
  const sides = fc.integer({ min: 1, max: 30 })
  await fc.assert(
    fc.asyncProperty(sides, sides, fc.nat(), async (width, height, seed) => {
      const picture = paint(width, height, (x, y) => [(x * seed) % 256, (y * 37 + seed) % 256, (x * y) % 256])
      expect(await decodePicture(encodePng(picture))).toEqual(picture)
    }),
  )
})
