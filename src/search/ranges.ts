// What values of days (`2025-03..`, `7d`) and of numbers (`>50`) let through.

import { addDays, isDay } from '../days.ts'
import type { Day } from '../paper.ts'

/** Days from `from` until `until`, both inclusive; null where that end is open. */
export interface DayRange {
  readonly from: Day | null
  readonly until: Day | null
}

/** Whole numbers from `least` to `most`, both inclusive; null where that end is open. */
export interface NumberRange {
  readonly least: number | null
  readonly most: number | null
}

const AGO = /^(\d{1,4})([dwmy])$/
// The calendar begins here for us: `9999y` ago is not a day that could be written.
const EARLIEST: Day = '0000-01-01'

/** The last day of a month written `YYYY-MM`; null where there is no such month. */
function lastOf(month: string): Day | null {
  return [31, 30, 29, 28].map((date) => `${month}-${date}`).find(isDay) ?? null
}

function daysBefore(day: Day, days: number): Day {
  const earlier = addDays(day, -days)
  return earlier.startsWith('-') ? EARLIEST : earlier
}

/** The same date so many months earlier, or that month's last day where it is shorter. */
function monthsBefore(day: Day, months: number): Day {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 - months
  if (count < 0) return EARLIEST
  const month = `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`
  const same = `${month}-${day.slice(8)}`
  return isDay(same) ? same : (lastOf(month) ?? day)
}

/** The days that one day, month, year, word or `7d` stands for. */
function period(value: string, today: Day): { from: Day; until: Day } | null {
  const [, count, unit] = AGO.exec(value) ?? []
  const day =
    value === 'today'
      ? today
      : value === 'yesterday'
        ? daysBefore(today, 1)
        : unit === undefined
          ? value
          : unit === 'd' || unit === 'w'
            ? daysBefore(today, Number(count) * (unit === 'w' ? 7 : 1))
            : monthsBefore(today, Number(count) * (unit === 'y' ? 12 : 1))
  if (/^\d{4}$/.test(day)) return { from: `${day}-01-01`, until: `${day}-12-31` }
  const last = /^\d{4}-\d{2}$/.test(day) ? lastOf(day) : null
  if (last !== null) return { from: `${day}-01`, until: last }
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && isDay(day) ? { from: day, until: day } : null
}

/**
 * The days that a value of `date:` means, seen from `today`: a day, month or year, `today`, `yesterday`, so long ago
 * (`7d`, `2w`, `3m`, `1y`: that one day), or a range of these (`2025-01..2025-03`, either end may be left out).
 * Null where the value is none.
 */
export function dayRange(value: string, today: Day): DayRange | null {
  const ends = value.trim().toLowerCase().split('..')
  const [first = '', second] = ends
  if (second === undefined) return period(first, today)
  if (ends.length > 2 || (first === '' && second === '')) return null
  const [a, b] = [period(first, today), period(second, today)]
  if ((first !== '' && a === null) || (second !== '' && b === null)) return null
  // A range written the wrong way round can only mean the same days.
  const reversed = a !== null && b !== null && b.from < a.from
  const [low, high] = reversed ? [b, a] : [a, b]
  return { from: low?.from ?? null, until: high?.until ?? null }
}

/**
 * The days that a term of `date:`, `after:` or `before:` lets through, seen from `today`. `after:X` begins with the
 * first day of X, `before:X` ends on the day before it. Null where the value is none.
 */
export function daysOf(field: 'date' | 'after' | 'before', value: string, today: Day): DayRange | null {
  if (field === 'date') return dayRange(value, today)
  const range = period(value.trim().toLowerCase(), today)
  if (range === null) return null
  return field === 'after'
    ? { from: range.from, until: null }
    : { from: null, until: daysBefore(range.from, 1) }
}

/** The numbers that a value means: `50` and `>=50` the same, `>50`, `<50`, `<=50`, `=50`, `10..50`. Null for none. */
export function numberRange(value: string): NumberRange | null {
  const text = value.replace(/\s+/g, '')
  const ends = /^(\d{1,12})?\.\.(\d{1,12})?$/.exec(text)
  if (ends) {
    const [low, high] = [ends[1], ends[2]].map((end) => (end === undefined ? null : Number(end)))
    if (low == null && high == null) return null
    return low != null && high != null
      ? { least: Math.min(low, high), most: Math.max(low, high) }
      : { least: low ?? null, most: high ?? null }
  }
  const [, sign = '>=', digits] = /^([<>]=?|=)?(\d{1,12})$/.exec(text) ?? []
  if (digits === undefined) return null
  const number = Number(digits)
  return {
    least: sign === '>' ? number + 1 : sign.startsWith('<') ? null : number,
    most: sign === '<' ? number - 1 : sign.startsWith('>') ? null : number,
  }
}
