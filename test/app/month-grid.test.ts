import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMonths,
  EARLIEST,
  LATEST,
  lastOfMonth,
  monthOf,
  moveByMonths,
  typedDay,
  weekday,
  weekStart,
  weeksOf,
  within,
} from '../../src/app/month-grid.ts'
import { addDays, dayOf, isDay } from '../../src/days.ts'

const aDay = fc
  .integer({ min: Date.parse(EARLIEST) / 86_400_000, max: Date.parse(LATEST) / 86_400_000 })
  .map((days) => dayOf(days * 86_400_000))
const aMonth = aDay.map(monthOf)

describe('months', () => {
  it.each([
    ['2025-02', '2025-02-28'],
    ['2024-02', '2024-02-29'],
    ['2100-02', '2100-02-28'],
    ['2000-02', '2000-02-29'],
    ['2025-12', '2025-12-31'],
  ])('%s ends on %s', (month, last) => {
    expect(lastOfMonth(month)).toBe(last)
  })

  it.each([
    ['2025-12', 1, '2026-01'],
    ['2025-01', -1, '2024-12'],
    ['2025-06', -30, '2022-12'],
    ['2025-06', 0, '2025-06'],
  ])('%s and %i more are %s', (month, count, other) => {
    expect(addMonths(month, count)).toBe(other)
  })

  it.each([
    ['2025-01-31', 1, '2025-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2025-03-31', -1, '2025-02-28'],
    ['2025-08-15', -1, '2025-07-15'],
  ])('the date of %s, %i months later, is %s', (day, count, other) => {
    expect(moveByMonths(day, count)).toBe(other)
  })

  it('lie so many months apart as one was moved, on the same date or the last one', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -600, max: 600 }), (day, count) => {
        const moved = moveByMonths(day, count)
        expect(isDay(moved)).toBe(true)
        expect(addMonths(monthOf(moved), -count)).toBe(monthOf(day))
        expect([day.slice(8), lastOfMonth(monthOf(moved)).slice(8)]).toContain(moved.slice(8))
      }),
    )
  })
})

describe('weeks', () => {
  it('begin on a Monday that is at most six days before', () => {
    fc.assert(
      fc.property(aDay, (day) => {
        const monday = weekStart(day)
        expect(new Date(`${monday}T00:00:00Z`).getUTCDay()).toBe(1)
        expect(addDays(monday, weekday(day))).toBe(day)
        expect(weekday(day)).toBeLessThan(7)
      }),
    )
  })

  it('of a month hold each of its days once, in order, on its weekday', () => {
    fc.assert(
      fc.property(aMonth, (month) => {
        const weeks = weeksOf(month)
        const days = weeks.flat().filter((day) => day !== null)
        const all = Array.from({ length: Number(lastOfMonth(month).slice(8)) }, (_, at) =>
          addDays(`${month}-01`, at),
        )
        expect(days).toEqual(all)
        for (const week of weeks) {
          expect(week).toHaveLength(7)
          expect(week.some((day) => day !== null)).toBe(true)
          for (const [at, day] of week.entries()) if (day !== null) expect(weekday(day)).toBe(at)
        }
      }),
    )
  })

  it.each([
    ['2021-02', 4],
    ['2025-09', 5],
    ['2025-03', 6],
  ])('of %s are %i', (month, count) => {
    expect(weeksOf(month)).toHaveLength(count)
  })
})

describe('a date that is typed', () => {
  it.each([
    ['2025-09-30', '2025-09-30'],
    ['2025-9-3', '2025-09-03'],
    ['09-30', '2024-09-30'],
    ['2-29', '2024-02-29'],
    ['2025-09', '2025-09-01'],
    ['2025-09-', '2025-09-01'],
    ['2025-1', '2025-01-01'],
    ['2023', '2023-05-17'],
    ['20230401', '2023-04-01'],
    ['0001', EARLIEST],
    ['9999-01', LATEST],
    ['2025-13', null],
    ['2025-02-30', null],
    ['2025-00', null],
    ['2', null],
    ['12', null],
    ['202', null],
    ['', null],
    ['12-', null],
    ['9-9-9-9', null],
  ])('“%s” means %s, seen from 17 May 2024', (text, day) => {
    expect(typedDay(text, '2024-05-17')).toBe(day)
  })

  it('never means what is no day, and means every day once all of it is typed', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d-]{0,10}$/), aDay, (text, from) => {
        const day = typedDay(text, from)
        if (day !== null) expect(isDay(day) && within(day) === day).toBe(true)
        expect(typedDay(from, '2024-05-17')).toBe(from)
      }),
    )
  })
})
