import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bitmap, Cells } from '../../src/pictures/bitmap.ts'
import { paintStrip, type Strips, stripsOf } from '../../src/pictures/strips.ts'
import { paintSixel, part, readInline } from './paint-strips.ts'
import { difference, gradient, paint, pixel } from './samples.ts'

const WHITE = [255, 255, 255] as const
const CELL = { width: 7, height: 13 }

const make = (protocol: Strips['protocol'], bitmap: Bitmap, cells: Cells, colours = 256) =>
  stripsOf(bitmap, cells, { protocol, cell: CELL, colours }, WHITE)

/** The whole picture, as its strips paint it one below the other. */
async function painted(strips: Strips, from = 0, to = strips.columns): Promise<Bitmap> {
  const width = (to - from) * strips.cell.width
  const whole = paint(width, strips.rows.length * strips.cell.height, () => [0, 0, 0, 0])
  for (const row of strips.rows.keys()) {
    const sequence = paintStrip(strips, row, from, to) ?? ''
    const strip = strips.protocol === 'sixel' ? paintSixel(sequence) : (await readInline(sequence)).picture
    expect([strip.width, strip.height]).toEqual([width, strips.cell.height])
    whole.data.set(strip.data, row * width * strips.cell.height * 4)
  }
  return whole
}

// A picture of a few colours that does not fill its cells: 4 × 3 of them are 28 × 39 pixels.
const drawing = paint(25, 34, (x, y) =>
  x === y ? [200, 0, 0] : x > 14 && y < 9 ? [0, 90, 180] : [255, 255, 255],
)
const onPaper = paint(28, 39, (x, y) => {
  const [red = 255, green = 255, blue = 255] = x < 25 && y < 34 ? pixel(drawing, x, y) : []
  return [red, green, blue]
})

describe.each(['sixel', 'iterm2'] as const)('strips for %s', (protocol) => {
  it('are the picture, row by row, with the background to the edge of the last cells', async () => {
    const strips = make(protocol, drawing, { columns: 4, rows: 3 })
    expect(strips.rows).toHaveLength(3)
    expect(difference(await painted(strips), onPaper)).toBeLessThanOrEqual(protocol === 'sixel' ? 2 : 0)
  })

  it('paint every pixel of their cells and none besides, for any picture and any cells of it', async () => {
    const side = fc.integer({ min: 1, max: 40 })
    await fc.assert(
      fc.asyncProperty(side, side, fc.nat(), fc.nat(5), fc.nat(5), async (width, height, seed, one, two) => {
        const picture = paint(width, height, (x, y) => [
          (x * seed) % 256,
          (y * 37 + seed) % 256,
          (x * y) % 256,
        ])
        const strips = make(protocol, picture, { columns: 6, rows: 4 })
        const whole = await painted(strips)
        expect(whole.data.filter((_, at) => at % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
        const [from, to] = [Math.min(one, two), Math.max(one, two) + 1]
        expect(await painted(strips, from, to)).toEqual(
          part(whole, from * CELL.width, 0, (to - from) * CELL.width, 4 * CELL.height),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('are none for cells that the picture does not have', () => {
    const strips = make(protocol, drawing, { columns: 4, rows: 3 })
    for (const [row, from, to] of [
      [3, 0, 4],
      [-1, 0, 4],
      [0, 2, 2],
      [0, 0, 5],
    ] as const)
      expect(paintStrip(strips, row, from, to)).toBeNull()
  })

  it('leave the picture as it was', () => {
    const picture = gradient(20, 20)
    make(protocol, picture, { columns: 4, rows: 3 })
    expect(picture).toEqual(gradient(20, 20))
  })
})

it('iTerm2 is told to fill one row of so many cells and to leave the cursor alone', async () => {
  const strips = make('iterm2', drawing, { columns: 4, rows: 3 })
  for (const [from, to, width] of [
    [0, 4, '4'],
    [1, 3, '2'],
  ] as const) {
    const { keys, bytes } = await readInline(paintStrip(strips, 1, from, to) ?? '')
    expect(keys).toEqual({
      ...{ inline: '1', size: String(bytes), width, height: '1' },
      ...{ preserveAspectRatio: '0', doNotMoveCursor: '1' },
    })
  }
})

describe('Sixel', () => {
  it('is near to a photograph', async () => {
    const photograph = gradient(84, 65)
    const whole = await painted(make('sixel', photograph, { columns: 12, rows: 5 }))
    const total = whole.data.reduce((sum, value, at) => sum + Math.abs(value - (photograph.data[at] ?? 0)), 0)
    expect(total / whole.data.length).toBeLessThan(6)
  })

  it('keeps a thin line among many other colours', async () => {
    const plot = paint(119, 91, (x, y) => (x === 60 ? [255, 0, 0] : [0, (x * 255) / 119, (y * 255) / 91]))
    const line = pixel(await painted(make('sixel', plot, { columns: 17, rows: 7 })), 60, 45)
    expect([(line[0] ?? 0) > 240, (line[1] ?? 0) < 60, (line[2] ?? 0) < 60]).toEqual([true, true, true])
  })

  it('takes no more colours than the terminal has, the same ones in every strip', () => {
    const strips = make('sixel', gradient(84, 65), { columns: 12, rows: 5 }, 16)
    const registers = strips.rows.flatMap((row) => row.match(/#\d+;2;\d+;\d+;\d+/g) ?? [])
    expect(new Set(registers).size).toBeLessThanOrEqual(16)
    for (const [, register] of registers.join(' ').matchAll(/#(\d+);2/g))
      expect(Number(register)).toBeLessThan(16)
  })
})
