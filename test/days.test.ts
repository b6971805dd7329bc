import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf, daysBetween, isDay, isWeekend } from '../src/days.ts'

const DAY_MS = 86_400_000
const dayNumber = fc.integer({ min: Date.UTC(2000, 0, 1) / DAY_MS, max: Date.UTC(2099, 11, 31) / DAY_MS })
const day = dayNumber.map((number) => dayOf(number * DAY_MS))

describe('daysBetween', () => {
  it('gives every day once, both ends included, newest first', () => {
    fc.assert(
      fc.property(dayNumber, fc.integer({ min: 0, max: 800 }), (first, count) => {
        const days = daysBetween(dayOf(first * DAY_MS), dayOf((first + count) * DAY_MS))
        expect(days).toEqual(
          Array.from({ length: count + 1 }, (_, at) => dayOf((first + count - at) * DAY_MS)),
        )
      }),
    )
  })

  it('gives none where the last day is before the first', () => {
    expect(daysBetween('2025-01-02', '2025-01-01')).toEqual([])
  })
})

it('addDays goes back where it came from', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -5000, max: 5000 }), (start, count) => {
      expect(addDays(addDays(start, count), -count)).toBe(start)
    }),
  )
})

it.each([
  ['2025-01-10', false],
  ['2025-01-11', true],
  ['2025-01-12', true],
  ['2025-01-13', false],
])('%s is on a weekend: %j', (date, weekend) => {
  expect(isWeekend(date)).toBe(weekend)
})

it.each([
  ['2024-02-29', true],
  ['2025-02-29', false],
  ['2025-13-01', false],
  ['2025-00-10', false],
  ['2025-1-1', false],
  ['25-01-01', false],
  ['2025-01-01T00:00:00Z', false],
  ['', false],
])('%j is a day of the calendar: %j', (text, expected) => {
  expect(isDay(text)).toBe(expected)
})
