// The calendar's arithmetic. All days are UTC: the Hub's lists change at UTC midnight.

import type { Day } from './paper.ts'

/** The Hub's Daily Papers began on this day. */
export const FIRST_DAY: Day = '2023-05-04'

const MS_PER_DAY = 86_400_000

/** The UTC day of a moment in ms since 1970. */
export function dayOf(time: number): Day {
  return new Date(time).toISOString().slice(0, 10)
}

/** Whether a text is a day of the calendar as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && dayOf(time) === text
}

/** The day `count` days later (earlier where it is negative). */
export function addDays(day: Day, count: number): Day {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + count * MS_PER_DAY)
}

/** Every day from `first` to `last`, both included, newest first. */
export function daysBetween(first: Day, last: Day): Day[] {
  const days: Day[] = []
  for (let day = last; day >= first; day = addDays(day, -1)) days.push(day)
  return days
}

/** Saturday or Sunday: the Hub lists nothing then. */
export function isWeekend(day: Day): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
}

/** When a day is over, in ms since 1970. */
export function endOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) + MS_PER_DAY
}
