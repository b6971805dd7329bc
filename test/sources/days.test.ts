import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf, isDay } from '../../src/days.ts'
import { parsePrintedDay, toDay } from '../../src/sources/days.ts'

const DAY_MS = 86_400_000
const day = fc
  .integer({ min: Date.UTC(2000, 0, 1) / DAY_MS, max: Date.UTC(2099, 11, 31) / DAY_MS })
  .map((number) => dayOf(number * DAY_MS))

it.each([
  ['2025-01-01', '2025-01-01'],
  ['2025-01-01T23:59:59.999Z', '2025-01-01'],
  ['2025-01-01T23:30:00-04:00', '2025-01-02'],
  ['2025-01-01T00:30:00+02:00', '2024-12-31'],
  ['2025-02-30', null],
  ['2025-02-30T10:00:00Z', null],
  ['2025-01-01T25:00:00Z', null],
  ['2025-01-01Tsoon', null],
  ['Jan 1, 2025', null],
  ['', null],
])('the UTC day of %j is %j', (text, expected) => {
  expect(toDay(text)).toBe(expected)
})

describe('parsePrintedDay', () => {
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  const printed = (date: string) => `${MONTHS[Number(date.slice(5, 7)) - 1]} ${Number(date.slice(8))}`

  it('reads any day with its year, whatever the day it is read on', () => {
    fc.assert(
      fc.property(day, day, (date, until) => {
        expect(parsePrintedDay(`${printed(date)}, ${date.slice(0, 4)}`, until)).toBe(date)
      }),
    )
  })

  it('takes a day without its year for the last such day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 364 }), (date, later) => {
        if (date.endsWith('02-29')) return
        expect(parsePrintedDay(printed(date), addDays(date, later))).toBe(date)
      }),
    )
  })

  it.each([
    ['Dec 29', '2026-11-23', '2025-12-29'],
    ['Jan 5', '2026-01-05', '2026-01-05'],
    ['Jan 6', '2026-01-05', '2025-01-06'],
    ['Feb 29', '2027-01-01', '2024-02-29'],
    ['Feb 29', '2103-01-01', '2096-02-29'],
    ['Sept 7, 2024', '2026-01-01', '2024-09-07'],
    ['September 7, 2024', '2026-01-01', '2024-09-07'],
    ['Jun. 7, 2024', '2026-01-01', '2024-06-07'],
    [' Mar 6 ', '2026-01-01', '2025-03-06'],
    ['Feb 30', '2026-01-01', null],
    ['Feb 29, 2023', '2026-01-01', null],
    ['Foo 12', '2026-01-01', null],
    ['Decoder 7', '2026-01-01', null],
    ['Mayhem 12, 2024', '2026-01-01', null],
    ['12 Mar', '2026-01-01', null],
    ['Mar', '2026-01-01', null],
    ['', '2026-01-01', null],
  ])('reads %j, seen on %s, as %j', (text, until, date) => {
    expect(parsePrintedDay(text, until)).toBe(date)
  })

  it('gives a day of the calendar or null, for any text', () => {
    const near = fc
      .tuple(fc.string(), fc.integer(), fc.integer())
      .map(([word, one, two]) => `${word} ${one}, ${two}`)
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), day, (text, until) => {
        const date = parsePrintedDay(text, until)
        if (date !== null) expect(isDay(date)).toBe(true)
      }),
    )
  })
})
