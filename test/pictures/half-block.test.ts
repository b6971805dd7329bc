import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Colour } from '../../src/pictures/bitmap.ts'
import { type ColourDepth, colourCode, colourDepth } from '../../src/pictures/colours.ts'
import { halfBlockRows } from '../../src/pictures/half-block.ts'
import { cellWidth } from '../../src/text/layout.ts'
import { paint, pixel } from './samples.ts'

const DEPTHS: ColourDepth[] = ['truecolor', 'ansi256', 'ansi16']
const channel = fc.nat(255)
const colour = fc.tuple(channel, channel, channel)

/** The colours of a row's cells: of their upper and of their lower halves. */
function halves(row: string): { above: number[]; below: number[] }[] {
  const cells: { above: number[]; below: number[] }[] = []
  let above: number[] = []
  let below: number[] = []
  for (const [token, foreground, background] of row.matchAll(
    /\u001b\[38;2;([\d;]+);48;2;([\d;]+)m|▀|\u001b\[0m/g,
  )) {
    if (token === '▀') cells.push({ above, below })
    above = foreground?.split(';').map(Number) ?? above
    below = background?.split(';').map(Number) ?? below
  }
  return cells
}

describe('halfBlockRows', () => {
  it('show two pixels in every cell', () => {
    const picture = paint(3, 4, (x, y) => [x * 50, y * 60, 7])
    const rows = halfBlockRows(picture, { columns: 3, rows: 2 }, 'truecolor')
    for (const [row, cells] of rows.map(halves).entries())
      for (const [column, { above, below }] of cells.entries())
        expect([above, below]).toEqual([
          pixel(picture, column, row * 2).slice(0, 3),
          pixel(picture, column, row * 2 + 1).slice(0, 3),
        ])
    expect(rows.map((row) => halves(row).length)).toEqual([3, 3])
  })

  it('say a colour once for cells that have it', () => {
    const even = paint(9, 9, () => [1, 2, 3])
    const row = `\u001b[38;2;1;2;3;48;2;1;2;3m${'▀'.repeat(5)}\u001b[0m`
    expect(halfBlockRows(even, { columns: 5, rows: 2 }, 'truecolor')).toEqual([row, row])
  })

  it('are as many and as wide as asked, for any picture', () => {
    const side = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.constantFrom(...DEPTHS),
        (width, height, columns, rows, depth) => {
          const picture = paint(width, height, (x, y) => [(x * 50) % 256, (y * 70) % 256, (x * y) % 256])
          const shown = halfBlockRows(picture, { columns, rows }, depth)
          expect(shown.map(cellWidth)).toEqual(Array(rows).fill(columns))
          for (const row of shown) expect(row.replace(/\u001b\[[\d;]+m/g, '')).toBe('▀'.repeat(columns))
        },
      ),
    )
  })
})

describe('colourCode', () => {
  it.each<[Colour, string, string, string]>([
    [[0, 0, 0], '38;2;0;0;0', '38;5;16', '30'],
    [[255, 255, 255], '38;2;255;255;255', '38;5;231', '97'],
    [[255, 0, 0], '38;2;255;0;0', '38;5;196', '91'],
    [[200, 10, 5], '38;2;200;10;5', '38;5;160', '31'],
    [[95, 135, 175], '38;2;95;135;175', '38;5;67', '90'],
    [[128, 128, 128], '38;2;128;128;128', '38;5;244', '90'],
    [[8, 8, 8], '38;2;8;8;8', '38;5;232', '30'],
  ])('of %j in the foreground', (of, truecolor, ansi256, ansi16) => {
    expect(DEPTHS.map((depth) => colourCode(of, depth, 'foreground'))).toEqual([truecolor, ansi256, ansi16])
  })

  it('of a background is the same ten on', () => {
    expect(DEPTHS.map((depth) => colourCode([255, 0, 0], depth, 'background'))).toEqual([
      '48;2;255;0;0',
      '48;5;196',
      '101',
    ])
  })

  it('finds the nearest of 256, wherever they are told apart by a cube and a row of greys', () => {
    const level = (step: number) => (step === 0 ? 0 : 55 + step * 40)
    const all: Colour[] = [
      ...Array.from(
        { length: 216 },
        (_, at): Colour => [
          ...([level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)] as const),
        ],
      ),
      ...Array.from({ length: 24 }, (_, at): Colour => [8 + at * 10, 8 + at * 10, 8 + at * 10]),
    ]
    const distance = (one: Colour, other: Colour) =>
      one.reduce((sum, value, at) => sum + (value - (other[at] ?? 0)) ** 2, 0)
    fc.assert(
      fc.property(colour, (of) => {
        const index = Number(colourCode(of, 'ansi256', 'foreground').slice(5)) - 16
        const best = Math.min(...all.map((other) => distance(of, other)))
        expect(distance(of, all[index] ?? [999, 999, 999])).toBe(best)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('colourDepth', () => {
  it.each<[NodeJS.ProcessEnv, ColourDepth | null]>([
    [{ COLORTERM: 'truecolor', TERM: 'xterm' }, 'truecolor'],
    [{ COLORTERM: '24bit' }, 'truecolor'],
    [{ COLORTERM: 'yes', TERM: 'xterm' }, 'ansi16'],
    [{ TERM: 'xterm-direct' }, 'truecolor'],
    [{ TERM: 'screen-256color' }, 'ansi256'],
    [{ TERM: 'xterm' }, 'ansi16'],
    [{}, 'ansi16'],
    [{ COLORTERM: 'truecolor', TERM: 'dumb' }, null],
    [{ COLORTERM: 'truecolor', NO_COLOR: '1' }, null],
    [{ COLORTERM: 'truecolor', NO_COLOR: '' }, 'truecolor'],
  ])('of %j is %s', (env, depth) => {
    expect(colourDepth(env)).toBe(depth)
  })
})
