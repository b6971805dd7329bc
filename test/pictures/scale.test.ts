import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitCells, fitPixels, onBackground, resize } from '../../src/pictures/scale.ts'
import { gradient, paint, pixel } from './samples.ts'

const CELL = { width: 10, height: 20 }
const side = fc.integer({ min: 1, max: 20_000 })
const size = fc.record({ width: side, height: side })
const room = fc.record({ columns: fc.integer({ min: 1, max: 300 }), rows: fc.integer({ min: 1, max: 100 }) })

describe('fitCells', () => {
  it.each([
    [1200, 800, 80, 24, 72, 24],
    [1200, 400, 80, 24, 80, 13],
    [400, 4000, 80, 24, 5, 24],
    [100, 40, 80, 24, 10, 2],
    [1, 1, 80, 24, 1, 1],
    [20_000, 1, 80, 24, 80, 1],
  ])(
    'gives a picture of %i×%i in %i×%i cells %i×%i of them',
    (width, height, columns, rows, across, down) => {
      expect(fitCells({ width, height }, { columns, rows }, CELL)).toEqual({ columns: across, rows: down })
    },
  )

  it('stays in the room, and off the true proportions by less than a cell', () => {
    fc.assert(
      fc.property(size, room, (picture, space) => {
        const cells = fitCells(picture, space, CELL)
        const pixels = fitPixels(picture, cells, CELL)
        expect(cells.columns >= 1 && cells.columns <= space.columns).toBe(true)
        expect(cells.rows >= 1 && cells.rows <= space.rows).toBe(true)
        expect(pixels.width).toBeLessThanOrEqual(cells.columns * CELL.width)
        expect(pixels.height).toBeLessThanOrEqual(cells.rows * CELL.height)
        const scale = Math.min(
          1,
          (cells.columns * CELL.width) / picture.width,
          (cells.rows * CELL.height) / picture.height,
        )
        expect(Math.abs(pixels.width - picture.width * scale)).toBeLessThanOrEqual(1)
        expect(Math.abs(pixels.height - picture.height * scale)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('resize', () => {
  it('makes each pixel the average of its area', () => {
    const picture = paint(4, 2, (x, y) => [x * 10 + y * 100, 0, 255])
    expect([...resize(picture, { width: 2, height: 1 }).data]).toEqual([55, 0, 255, 255, 75, 0, 255, 255])
  })

  it('shares a pixel that lies in two areas', () => {
    const picture = paint(3, 1, (x) => [x * 100, 0, 0])
    // A half of the middle one belongs to each.
    expect(pixel(resize(picture, { width: 2, height: 1 }), 0, 0)).toEqual([33, 0, 0, 255])
    expect(pixel(resize(picture, { width: 2, height: 1 }), 1, 0)).toEqual([167, 0, 0, 255])
  })

  it('lets what is transparent have no colour', () => {
    const picture = paint(2, 1, (x) => (x === 0 ? [200, 100, 0, 255] : [0, 0, 255, 0]))
    expect(pixel(resize(picture, { width: 1, height: 1 }), 0, 0)).toEqual([200, 100, 0, 128])
    expect(
      pixel(
        resize(
          paint(2, 1, () => [9, 9, 9, 0]),
          { width: 1, height: 1 },
        ),
        0,
        0,
      ),
    ).toEqual([0, 0, 0, 0])
  })

  it('repeats pixels where it enlarges', () => {
    const picture = paint(2, 1, (x) => [x * 100, 0, 0])
    expect(resize(picture, { width: 4, height: 2 })).toEqual(paint(4, 2, (x) => [x < 2 ? 0 : 100, 0, 0]))
  })

  it('changes nothing at the same size, and no even area at any', () => {
    const sides = fc.integer({ min: 1, max: 50 })
    fc.assert(
      fc.property(sides, sides, sides, sides, (width, height, toWidth, toHeight) => {
        const picture = gradient(width, height)
        expect(resize(picture, { width, height })).toEqual(picture)
        const even = paint(width, height, () => [17, 128, 250])
        expect(resize(even, { width: toWidth, height: toHeight })).toEqual(
          paint(toWidth, toHeight, () => [17, 128, 250]),
        )
      }),
    )
  })
})

it('onBackground shows the background through what is transparent', () => {
  const glass = paint(3, 1, (x) => [200, 100, 0, [0, 51, 255][x] ?? 0])
  const shown = onBackground(glass, [0, 100, 250])
  expect([0, 1, 2].map((x) => pixel(shown, x, 0))).toEqual([
    [0, 100, 250, 255],
    [40, 100, 200, 255],
    [200, 100, 0, 255],
  ])
})
