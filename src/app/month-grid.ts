// The calendar's arithmetic: UTC days, so that no hour is ever missing or there twice. Weeks begin on Monday.

import { addDays, isDay } from '../days.ts'
import type { Day } from '../paper.ts'

/** A month of the calendar, `YYYY-MM`. Months compare as text. */
export type Month = string

/** The days that a calendar can show. arXiv is younger than the first of them. */
export const EARLIEST: Day = '1970-01-01'
export const LATEST: Day = '2199-12-31'

/** The month of a day. */
export const monthOf = (day: Day): Month => day.slice(0, 7)

/** The month so many months later, or earlier where the number is negative. */
export function addMonths(month: Month, count: number): Month {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** The last day of a month. */
export const lastOfMonth = (month: Month): Day => addDays(`${addMonths(month, 1)}-01`, -1)

/** The same date so many months later, or that month's last day where it is shorter. */
export function moveByMonths(day: Day, count: number): Day {
  const month = addMonths(monthOf(day), count)
  const same = `${month}-${day.slice(8)}`
  return isDay(same) ? same : lastOfMonth(month)
}

/** 0 for a Monday, 6 for a Sunday. */
export const weekday = (day: Day): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

/** The Monday of a day's week. */
export const weekStart = (day: Day): Day => addDays(day, -weekday(day))

/** The weeks that a month has days in, each seven days from Monday on; null stands for those of other months. */
export function weeksOf(month: Month): (Day | null)[][] {
  const last = lastOfMonth(month)
  const weeks: (Day | null)[][] = []
  for (let monday = weekStart(`${month}-01`); monday <= last; monday = addDays(monday, 7))
    weeks.push(
      Array.from({ length: 7 }, (_, at) => addDays(monday, at)).map((day) =>
        monthOf(day) === month ? day : null,
      ),
    )
  return weeks
}

/**
 * The day that a date means as far as it is typed: `2025-09-30`, `09-30` of the year of `from`, `2025-09` for its first day,
 * `2025` for the date of `from` in that year. Null where it means none yet.
 */
export function typedDay(text: string, from: Day): Day | null {
  const [, year, month, date] = /^(?:(\d{4})-?)?(?:(\d{1,2})-?)?(\d{1,2})?$/.exec(text) ?? []
  const two = (number: string) => number.padStart(2, '0')
  // A number alone is no date.
  if (year === undefined && (month === undefined || date === undefined || !text.includes('-'))) return null
  if (year !== undefined && month === undefined)
    return within(moveByMonths(from, (Number(year) - Number(from.slice(0, 4))) * 12))
  const day = `${year ?? from.slice(0, 4)}-${two(month ?? '')}-${two(date ?? '1')}`
  return isDay(day) ? within(day) : null
}

/** The nearest day that a calendar can show. */
export const within = (day: Day): Day => (day < EARLIEST ? EARLIEST : day > LATEST ? LATEST : day)
