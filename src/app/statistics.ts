// The statistics: what was read and when, what is unread, what the library holds.

import { addDays } from '../days.ts'
import type { Counts, PapersOf } from '../library/statistics.ts'
import type { Day } from '../paper.ts'
import { still } from './actions.ts'
import { monthOf, weekStart } from './month-grid.ts'
import { bodyHeight, clamp } from './shown.ts'
import type { State, Step } from './state.ts'

/** Counts, and the day that they are seen from: by the reader's clock, and in UTC, which the days of papers are. */
export interface Counting {
  readonly counts: Counts
  readonly today: Day
  readonly todayUtc: Day
}

export interface Statistics {
  readonly kind: 'statistics'
  /** The counts, or why there are none; null while they are being counted. */
  readonly answer: Counting | { readonly why: string } | null
  /** The first visible line. */
  readonly top: number
}

/** What the statistics say. `broadsheet stats --json` prints it; the README lists the fields. */
export interface Summary
  extends Pick<
    Counts,
    'readOn' | 'starred' | 'later' | 'hidden' | 'notes' | 'tags' | 'authors' | 'organizations'
  > {
  readonly read: {
    readonly today: number
    readonly thisWeek: number
    readonly thisMonth: number
    readonly all: number
  }
  /** Days in a row on which something was read; the current ones end today, or yesterday while today can still go on. */
  readonly streak: { readonly current: number; readonly longest: number }
  /** Unread papers by their day, each in the first of these that it is of. */
  readonly unread: {
    readonly today: number
    readonly thisWeek: number
    readonly thisMonth: number
    readonly thisYear: number
    readonly older: number
  }
  readonly library: {
    readonly papers: number
    readonly days: number
    readonly fullTexts: number
    readonly fullTextBytes: number
    readonly fileBytes: number
  }
}

export function summarise({ counts, today, todayUtc }: Counting): Summary {
  const { readOn, unreadOf, papers, days, fullTexts, fullTextBytes, fileBytes, ...own } = counts
  const readFrom = (first: Day) => total(readOn.filter(({ day }) => day >= first))
  // The beginnings of today, this week, this month and this year.
  const starts = [todayUtc, weekStart(todayUtc), `${monthOf(todayUtc)}-01`, `${todayUtc.slice(0, 4)}-01-01`]
  const unread = [0, 0, 0, 0, 0]
  for (const { day, papers: count } of unreadOf) {
    const at = starts.findIndex((start) => day >= start)
    const age = at < 0 ? starts.length : at
    unread[age] = (unread[age] ?? 0) + count
  }
  const [ofToday = 0, ofWeek = 0, ofMonth = 0, ofYear = 0, older = 0] = unread
  return {
    read: {
      today: readFrom(today),
      thisWeek: readFrom(weekStart(today)),
      thisMonth: readFrom(`${monthOf(today)}-01`),
      all: total(readOn),
    },
    streak: streaks(
      readOn.map(({ day }) => day),
      today,
    ),
    readOn,
    ...own,
    unread: { today: ofToday, thisWeek: ofWeek, thisMonth: ofMonth, thisYear: ofYear, older },
    library: { papers, days, fullTexts, fullTextBytes, fileBytes },
  }
}

const total = (list: readonly PapersOf[]) => list.reduce((sum, { papers }) => sum + papers, 0)

/** The longest run of days, and the one that goes on today or did until yesterday. Each day is there once. */
export function streaks(days: readonly Day[], today: Day): { current: number; longest: number } {
  const read = new Set(days)
  let longest = 0
  for (const day of read) {
    // Each run is counted from its first day.
    if (read.has(addDays(day, -1))) continue
    let length = 1
    while (read.has(addDays(day, length))) length++
    longest = Math.max(longest, length)
  }
  let current = 0
  const last = read.has(today) ? today : addDays(today, -1)
  while (read.has(addDays(last, -current))) current++
  return { current, longest }
}

/** The days of so many weeks up to that of `today`, week by week from Monday on; null stands for days to come. */
export function weeksUpTo(today: Day, count: number): (Day | null)[][] {
  const first = addDays(weekStart(today), -7 * (count - 1))
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => addDays(first, week * 7 + at)).map((day) =>
      day > today ? null : day,
    ),
  )
}

/** Opens the statistics, and has them counted. */
export const openStatistics = (state: State): Step => [
  { ...state, overlay: { kind: 'statistics', answer: null, top: 0 }, message: null },
  [{ type: 'statistics' }],
]

export const closeStatistics = (state: State): Step => still({ ...state, overlay: null })

/** The state with what was counted, where somebody still looks at it. */
export const withStatistics = (state: State, answer: NonNullable<Statistics['answer']>): State =>
  state.overlay?.kind === 'statistics' ? { ...state, overlay: { ...state.overlay, answer } } : state

/** Scrolls by lines; `lines` is how many there are. */
export function scrollStatistics(state: State, by: number, lines: number): Step {
  const { overlay } = state
  if (overlay?.kind !== 'statistics') return still(state)
  const top = clamp(overlay.top + by, 0, Math.max(0, lines - bodyHeight(state)))
  return still({ ...state, overlay: { ...overlay, top } })
}
