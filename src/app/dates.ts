// Days and times as people read them.

import type { Day } from '../paper.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const LONG_MONTHS = [
  ...(['January', 'February', 'March', 'April', 'May', 'June', 'July'] as const),
  ...(['August', 'September', 'October', 'November', 'December'] as const),
]
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** `29 Dec 2025`. */
export function printDay(day: Day): string {
  const [year, month, date] = day.split('-')
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** `Mon 29 Dec 2025`. */
export function printWeekday(day: Day): string {
  return `${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]} ${printDay(day)}`
}

/** `September 2025`, of a day or of a month (`2025-09`). */
export const printMonth = (day: string): string =>
  `${LONG_MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`

/** `22 September 2025`. */
export const printLongDay = (day: Day): string => `${Number(day.slice(8))} ${printMonth(day)}`

/** The day of a moment (ms since 1970) by the clock of this computer: when somebody read is in days of their own. */
export function localDay(time: number): Day {
  const moment = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

/** How long the rest takes where `done` of `total` took `ms`: `3 min left`; empty where that says little or is soon. */
export function timeLeft(done: number, total: number, ms: number): string {
  const seconds = done < 3 ? 0 : ((total - done) * ms) / done / 1000
  if (seconds < 2) return ''
  if (seconds < 100) return `${Math.round(seconds)} s left`
  return seconds < 6000 ? `${Math.round(seconds / 60)} min left` : `${Math.round(seconds / 3600)} h left`
}

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** How long ago something was, both in ms since 1970: `3 days ago`. What lies ahead, by a clock that is wrong, is now. */
export function relativeTime(at: number, now: number): string {
  const seconds = (now - at) / 1000
  const unit = UNITS.find(([, length]) => seconds >= length)
  // Made where it is needed: the first one takes long, and the first frame has no use for it.
  return unit ? new Intl.RelativeTimeFormat('en').format(-Math.floor(seconds / unit[1]), unit[0]) : 'just now'
}
