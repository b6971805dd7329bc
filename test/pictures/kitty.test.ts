import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePicture } from '../../src/pictures/decode.ts'
import { deletePicture, transmitPicture } from '../../src/pictures/kitty.ts'
import { diacritic, MAX_PLACEHOLDERS } from '../../src/pictures/kitty-diacritics.ts'
import { placeholderRows } from '../../src/pictures/placeholders.ts'
import { passThrough } from '../../src/pictures/tmux.ts'
import { cellWidth } from '../../src/text/layout.ts'
import { graphemes } from '../../src/text/width.ts'
import { gradient, paint } from './samples.ts'

/** What a terminal reads of a command: its keys and its payload. */
function read(command: string): { keys: Record<string, string>; payload: string } {
  const [, keys = '', payload = ''] = /^\u001b_G([\w=,]*)(?:;([\w+/=]*))?\u001b\\$/.exec(command) ?? []
  return { keys: Object.fromEntries(keys.split(',').map((pair) => pair.split('='))), payload }
}

// So many different pixels that it takes more than one command.
const noise = paint(80, 60, (x, y) => [
  (x * 7919 + y * 104729) % 256,
  (x * x * 31 + y) % 256,
  (x ^ (y * 13)) % 256,
])

describe('transmitPicture', () => {
  it('carries the picture, in pieces of 4096 that fit together', async () => {
    const commands = transmitPicture(7, noise, { columns: 8, rows: 3 }).map(read)
    expect(commands.length).toBeGreaterThan(2)
    expect(commands.slice(0, -1).map(({ payload }) => payload.length)).toEqual(
      Array(commands.length - 1).fill(4096),
    )
    expect(commands.map(({ keys }) => keys.m)).toEqual([...Array(commands.length - 1).fill('1'), '0'])
    const file = Buffer.from(commands.map(({ payload }) => payload).join(''), 'base64')
    expect(await decodePicture(file)).toEqual(noise)
  })

  it('lays it out once, shows nothing yet and wants no answer', () => {
    const [first, ...others] = transmitPicture(7, noise, { columns: 8, rows: 3 }).map(read)
    expect(first?.keys).toEqual({ a: 'T', U: '1', f: '100', t: 'd', i: '7', c: '8', r: '3', q: '2', m: '1' })
    for (const { keys } of others) expect(Object.keys(keys)).toEqual(['q', 'm'])
  })

  it('is one command for a small picture', () => {
    expect(
      transmitPicture(1, gradient(2, 2), { columns: 1, rows: 1 }).map((command) => read(command).keys.m),
    ).toEqual(['0'])
  })
})

describe('placeholderRows', () => {
  it('number every cell, in the colour of the picture', () => {
    const rows = placeholderRows(42, { columns: 3, rows: 2 })
    expect(rows).toEqual([
      '\u001b[38;5;42m\u{10eeee}\u0305\u0305\u{10eeee}\u0305\u030d\u{10eeee}\u0305\u030e\u001b[39m',
      '\u001b[38;5;42m\u{10eeee}\u030d\u0305\u{10eeee}\u030d\u030d\u{10eeee}\u030d\u030e\u001b[39m',
    ])
  })

  it('are as wide as the picture, a letter a cell', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 255 }),
        fc.integer({ min: 1, max: MAX_PLACEHOLDERS }),
        (id, columns) => {
          const [row = ''] = placeholderRows(id, { columns, rows: 1 })
          expect(cellWidth(row)).toBe(columns)
          expect(graphemes(row.replace(/\u001b\[[\d;]*m/g, ''))).toHaveLength(columns)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('have a mark of its own for each of 297 rows', () => {
    const marks = Array.from({ length: MAX_PLACEHOLDERS }, (_, index) => diacritic(index))
    expect([MAX_PLACEHOLDERS, new Set(marks).size]).toEqual([297, 297])
    for (const mark of marks) {
      expect(mark).toMatch(/^\p{Mn}$/u)
      expect(`a${mark}`.normalize('NFC')).toBe(`a${mark}`)
    }
    // From the published list: the first, a few on the way, and the last.
    expect([0, 29, 30, 296].map((index) => marks[index])).toEqual(['\u0305', '\u036f', '\u0483', '\u{1d244}'])
  })
})

it('deletePicture takes it away with its memory and wants no answer', () => {
  expect(deletePicture(9)).toBe('\u001b_Ga=d,d=I,i=9,q=2\u001b\\')
})

it('passThrough wraps a sequence so that tmux unwraps it', () => {
  const command = deletePicture(9)
  const [, inner = ''] =
    /^\u001bPtmux;((?:[^\u001b]|\u001b\u001b)*)\u001b\\$/.exec(passThrough(command)) ?? []
  expect(inner.replaceAll('\u001b\u001b', '\u001b')).toBe(command)
})
