import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeholderRows } from '../../src/pictures/placeholders.ts'
import type { Strips } from '../../src/pictures/strips.ts'
import { paintStrip, stripsOf } from '../../src/pictures/strips.ts'
import { createPainter, painted } from '../../src/ui/painter.ts'
import { gradient } from '../pictures/samples.ts'

const CELLS = { columns: 6, rows: 3 }
const strips: Strips = stripsOf(
  gradient(60, 60),
  CELLS,
  { protocol: 'sixel', cell: { width: 10, height: 20 }, colours: 256 },
  [255, 255, 255],
)
const rows = placeholderRows(300, CELLS)
const shown = (row: number, from = 0, to = CELLS.columns) =>
  `\u001b7${' '.repeat(to - from)}\u001b8${paintStrip(strips, row, from, to)}\u001b8\u001b[${to - from}C`

/** The cells of a row, without its colour. */
const cellsOf = (row = '') => row.match(/\u{10eeee}\p{Mn}\p{Mn}/gu) ?? []

describe('a painter', () => {
  it('puts the strip of a row where its cells are, over blanks, and the cursor behind it', () => {
    const painter = createPainter()
    painter.keep(300, strips)
    expect(painter.paint(`  ${rows[0]}  \n  ${rows[2]}|`)).toBe(
      `  \u001b[38;2;0;1;44m${shown(0)}\u001b[39m  \n  \u001b[38;2;0;1;44m${shown(2)}\u001b[39m|`,
    )
  })

  it('paints only the cells that are there', () => {
    const painter = createPainter()
    painter.keep(300, strips)
    const cells = cellsOf(rows[1])
    const colour = '\u001b[38;2;0;1;44m'
    expect(painter.paint(colour + cells.slice(2, 5).join(''))).toBe(colour + shown(1, 2, 5))
    expect(painter.paint(`${colour}${cells[0]}${cells[4]}${cells[5]}`)).toBe(
      colour + shown(1, 0, 1) + shown(1, 4, 6),
    )
    expect(painter.paint(`${colour}${cells[5]}${cellsOf(rows[2])[0]}`)).toBe(
      colour + shown(1, 5, 6) + shown(2, 0, 1),
    )
  })

  it('leaves blanks for a picture that it was never given or was to forget', () => {
    const painter = createPainter()
    painter.keep(300, strips)
    expect(painter.paint(placeholderRows(301, CELLS)[0] ?? '')).toBe('\u001b[38;2;0;1;45m      \u001b[39m')
    painter.forget(300)
    expect(painter.paint(rows[0] ?? '')).toBe('\u001b[38;2;0;1;44m      \u001b[39m')
  })

  it('leaves everything to a terminal that paints its cells itself', () => {
    const row = placeholderRows(7, CELLS)[0] ?? ''
    expect(createPainter().paint(row)).toBe(row)
  })

  it('tells the numbers of all pictures apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 24 - 1 }), (number) => {
        const painter = createPainter()
        painter.keep(number, strips)
        expect(painter.paint(placeholderRows(number, CELLS)[1] ?? '')).toContain(shown(1))
      }),
    )
  })

  it('lets all other text through as it is', () => {
    const painter = createPainter()
    painter.keep(300, strips)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('\u{10eeee}'))
        expect(painter.paint(text)).toBe(text)
      }),
    )
  })
})

it('a painted stream is the stream in all but what is written', () => {
  const under = Object.assign(new PassThrough({ encoding: 'utf8' }), { columns: 80, isTTY: true })
  const painter = createPainter()
  painter.keep(300, strips)
  const stream = painted(under as unknown as NodeJS.WriteStream, painter)
  let told = 0
  stream.on('resize', () => told++)
  under.columns = 90
  under.emit('resize')
  expect([stream.columns, stream.isTTY, told]).toEqual([90, true, 1])
  stream.write(`a${rows[0]}`)
  stream.write(new TextEncoder().encode('b'))
  expect(under.read()).toBe(`a\u001b[38;2;0;1;44m${shown(0)}\u001b[39mb`)
})
