// Days as sources write them.

import { addDays, dayOf, isDay } from '../days.ts'
import type { Day } from '../paper.ts'

/** The UTC day of an ISO date or time; null where the text is none. */
export function toDay(text: string): Day | null {
  if (isDay(text)) return text
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || !isDay(text.slice(0, 10))) return null
  // A time without a zone is UTC here, whatever zone this machine is in.
  const time = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`)
  return Number.isNaN(time) ? null : dayOf(time)
}

/** A day that can have had a list already, else null; a clock may be a day behind. */
export function notAfter(day: Day | null, today: Day): Day | null {
  return day !== null && day <= addDays(today, 1) ? day : null
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** The number of a month by its English name or the first letters of it, from 1; 0 where it is none. */
function monthOf(name: string): number {
  return (
    MONTHS.findIndex(
      (month) => month === name || month.slice(0, 3) === name || (name === 'sept' && month === 'september'),
    ) + 1
  )
}

/**
 * A date as the Hub prints it: `Jun 12, 2024`, or without a year (`Mar 6`), which means the last such day up to
 * `until`. Null where the text is no date.
 */
export function parsePrintedDay(text: string, until: Day): Day | null {
  const match = /^([A-Za-z]{3,9})\.? (\d{1,2})(?:, ?(\d{4}))?$/.exec(text.trim())
  if (!match?.[1] || !match[2]) return null
  const month = monthOf(match[1].toLowerCase())
  const inYear = (year: number) =>
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${match[2]?.padStart(2, '0')}`
  if (match[3]) return isDay(inYear(Number(match[3]))) ? inYear(Number(match[3])) : null
  const thisYear = Number(until.slice(0, 4))
  // Eight years back reach a leap day wherever one starts.
  for (let year = thisYear; year > thisYear - 9; year--) {
    const day = inYear(year)
    if (isDay(day) && day <= until) return day
  }
  return null
}
