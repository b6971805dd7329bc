// The calendar: which days have papers, how many of them are unread, and the way to a day, a week or a month of them.

import { addDays, FIRST_DAY, isWeekend } from '../days.ts'
import type { PaperRow } from '../library/rows.ts'
import type { Day } from '../paper.ts'
import { move, still } from './actions.ts'
import { printDay, printLongDay, printMonth } from './dates.ts'
import {
  addMonths,
  lastOfMonth,
  type Month,
  monthOf,
  moveByMonths,
  typedDay,
  weekStart,
  within,
} from './month-grid.ts'
import { showDays } from './searching.ts'
import { inView, withShown } from './shown.ts'
import { type Effect, leftSelection, type Size, type State, type Step, selectedRow } from './state.ts'

export interface Calendar {
  readonly kind: 'calendar'
  readonly day: Day
  /** The last month on the screen. */
  readonly last: Month
  /** What the library knows beside the papers; null until it has said so. */
  readonly known: { readonly today: Day; readonly synced: ReadonlySet<Day> } | null
  /** The date that is being typed, and the day from which on; null where none is. */
  readonly typed: { readonly text: string; readonly from: Day } | null
}

/** Papers of a day that are not hidden, and how many of them are unread. */
export interface DayCount {
  readonly papers: number
  readonly unread: number
}

const NO_PAPERS: DayCount = { papers: 0, unread: 0 }
/** Letters of `2025-09-30`. */
const LONGEST = 10

/** From this width on a whole year has room. */
const YEAR_FROM = 200

/** How many months the screen has room for. */
export const monthsOn = ({ columns }: Size): number =>
  columns >= YEAR_FROM ? 12 : columns >= 116 ? 3 : columns >= 76 ? 2 : 1

/** The months on the screen, the earliest first. */
export function monthsShown({ size }: State, { last, day }: Calendar): Month[] {
  const count = monthsOn(size)
  const end = lastWith(last, day, count)
  return Array.from({ length: count }, (_, at) => addMonths(end, at - count + 1))
}

/** The last of so many months, moved as little as needed for a day to be in them. */
function lastWith(last: Month, day: Day, count: number): Month {
  const month = monthOf(day)
  if (month > last) return month
  return month <= addMonths(last, -count) ? addMonths(month, count - 1) : last
}

/** Opens the calendar on the day of the selected paper. */
export function openCalendar(state: State): Step {
  const day = within(selectedRow(state)?.day || state.rows[0]?.day || FIRST_DAY)
  const calendar: Calendar = { kind: 'calendar', day, last: monthOf(day), known: null, typed: null }
  return [{ ...state, overlay: calendar, message: null }, [{ type: 'load-calendar' }]]
}

export const closeCalendar = (state: State): Step => still({ ...state, overlay: null })

/** What an open calendar asks where a sync may have brought days. */
export const askedByCalendar = ({ overlay }: State): Effect[] =>
  overlay?.kind === 'calendar' ? [{ type: 'load-calendar' }] : []

/** The state with the days that are known. Where no paper said which day to open on, it is today. */
export function withKnownDays(
  state: State,
  { today, synced }: { readonly today: Day; readonly synced: readonly Day[] },
): Step {
  const { overlay, rows } = state
  if (overlay?.kind !== 'calendar') return still(state)
  const known = { today, synced: new Set(synced) }
  const isFirst = overlay.known === null && rows.length === 0
  return still(withCalendar(state, { ...overlay, known }, isFirst ? today : overlay.day))
}

/** The state with another day selected. */
function withCalendar(state: State, calendar: Calendar, to: Day): State {
  const day = within(to)
  return {
    ...state,
    overlay: { ...calendar, day, last: lastWith(calendar.last, day, monthsOn(state.size)) },
  }
}

const moving =
  (by: (day: Day, calendar: Calendar) => Day) =>
  (state: State): Step => {
    const { overlay } = state
    if (overlay?.kind !== 'calendar') return still(state)
    return still(withCalendar(state, { ...overlay, typed: null }, by(overlay.day, overlay)))
  }

/** Selects a day. */
export const selectDay = (day: Day) => moving(() => day)
export const moveDays = (count: number) => moving((day) => addDays(day, count))
export const moveMonths = (count: number) => moving((day) => moveByMonths(day, count))
export const toToday = moving((day, { known }) => known?.today ?? day)

/** The step of a key that types a date; null where the key does not, or no calendar is open. */
export function typedInCalendar(state: State, key: string): Step | null {
  const { overlay, help } = state
  if (overlay?.kind !== 'calendar' || help) return null
  const { typed, day } = overlay
  const { text, from } = typed ?? { text: '', from: day }
  if (/^\d$/.test(key) || (key === '-' && text !== ''))
    return text.length < LONGEST ? withTyped(state, overlay, { text: text + key, from }) : still(state)
  return key === 'backspace' && typed ? withTyped(state, overlay, { text: text.slice(0, -1), from }) : null
}

/** The calendar jumps as soon as what is typed means a day, and back where it no longer does. */
function withTyped(state: State, calendar: Calendar, { text, from }: NonNullable<Calendar['typed']>): Step {
  const typed = text === '' ? null : { text, from }
  return still(withCalendar(state, { ...calendar, typed }, typedDay(text, from) ?? from))
}

/** Types nothing: the calendar is where it was before. */
export function dropTyped(state: State): Step {
  const { overlay } = state
  if (overlay?.kind !== 'calendar' || !overlay.typed) return still(state)
  return withTyped(state, overlay, { text: '', from: overlay.typed.from })
}

export const isTyping = ({ overlay }: State) =>
  overlay?.kind === 'calendar' && overlay.typed ? true : 'nothing is typed'

/** Papers of the days from `first` to `last`. Rows are in the order of days, so only theirs are looked at. */
export function countDays(rows: readonly PaperRow[], first: Day, last: Day): ReadonlyMap<Day, DayCount> {
  const counts = new Map<Day, DayCount>()
  for (let at = firstUpTo(rows, last); at < rows.length; at++) {
    const row = rows[at]
    if (!row || row.day < first) break
    if (row.hidden) continue
    const { papers, unread } = counts.get(row.day) ?? NO_PAPERS
    counts.set(row.day, { papers: papers + 1, unread: unread + (row.read ? 0 : 1) })
  }
  return counts
}

/** The first row whose day is not after `day`. */
function firstUpTo(rows: readonly PaperRow[], day: Day): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.day ?? '') > day) low = middle + 1
    else high = middle
  }
  return low
}

/** The papers of one day. */
export const countDay = ({ rows }: State, day: Day): DayCount =>
  countDays(rows, day, day).get(day) ?? NO_PAPERS

/** What is known of a day that has no papers here. */
export type Emptiness = 'synced' | 'missing' | 'none'

/** Whether a day was asked for, could be, or has no list: the Hub has none at weekends, before its first day and after today. */
export function emptinessOf({ known }: Calendar, day: Day): Emptiness {
  if (!known || day > known.today || day < FIRST_DAY || isWeekend(day)) return 'none'
  return known.synced.has(day) ? 'synced' : 'missing'
}

const selected = ({ overlay }: State): Calendar | null => (overlay?.kind === 'calendar' ? overlay : null)

/** Whether the calendar is on a day that was meant: true, or why what is typed is none. */
export function isOnDay(state: State): true | string {
  const calendar = selected(state)
  if (!calendar) return 'no calendar is open'
  const { typed } = calendar
  if (!typed || typedDay(typed.text, typed.from) !== null) return true
  return `${typed.text} is no day. Type one as 2025-03-14, or as 03-14 in this year`
}

/** Whether the selected day has papers to go to. */
export function canGo(state: State): true | string {
  const calendar = selected(state)
  const isMeant = isOnDay(state)
  if (!calendar || isMeant !== true) return isMeant
  if (countDay(state, calendar.day).papers > 0) return true
  if (!state.complete) return 'the library is still being read'
  const missing = emptinessOf(calendar, calendar.day) === 'missing' ? ', and it was not synced yet' : ''
  return `no paper of this day is here${missing}`
}

/** Goes to the selected day in the list: in the view that is open where that has papers of it, else among all papers. */
export function goToDay(state: State): Step {
  const day = selected(state)?.day
  const closed: State = { ...state, overlay: null }
  const placeIn = ({ rows, shown }: State) => shown.findIndex((index) => rows[index]?.day === day)
  const here = state.search ? -1 : placeIn(closed)
  if (here >= 0) return move(closed, here)
  const hasOwn = state.rows.some((row) => row.day === day && inView(row, state.view))
  const listed = withShown({
    ...closed,
    ...{ search: null, selection: leftSelection(state.selection), view: hasOwn ? state.view : 'all' },
  })
  return move(listed, Math.max(0, placeIn(listed)))
}

/** Shows the week of the selected day as a list of its own. */
export function showWeek(state: State): Step {
  const calendar = selected(state)
  if (!calendar) return still(state)
  const monday = weekStart(calendar.day)
  return showDays({ ...state, overlay: null }, monday, addDays(monday, 6), `Week of ${printLongDay(monday)}`)
}

/** Shows the month of the selected day as a list of its own. */
export function showMonth(state: State): Step {
  const calendar = selected(state)
  if (!calendar) return still(state)
  const month = monthOf(calendar.day)
  return showDays({ ...state, overlay: null }, `${month}-01`, lastOfMonth(month), printMonth(month))
}

/** Whether the Hub can be asked for the selected day, which nobody has done yet. */
export function canSyncDay(state: State): true | string {
  const calendar = selected(state)
  const isMeant = isOnDay(state)
  if (isMeant !== true) return isMeant
  if (!calendar?.known) return 'the library is still being read'
  const { day, known } = calendar
  if (day > known.today) return 'this day is still to come'
  if (day < FIRST_DAY) return `the Hub’s lists begin on ${printDay(FIRST_DAY)}`
  if (isWeekend(day)) return 'the Hub lists nothing on Saturdays and Sundays'
  return known.synced.has(day) ? 'this day was synced before' : true
}

/** Syncs the selected day, after the sync that runs where there is one. */
export function syncDay(state: State): Step {
  const day = selected(state)?.day
  if (day === undefined) return still(state)
  const text =
    state.sync.kind === 'running'
      ? `${printDay(day)} comes next, after the sync that is running.`
      : `The Hub is asked for ${printDay(day)}.`
  return [{ ...state, message: { kind: 'info', text } }, [{ type: 'sync', asked: true, all: false, day }]]
}
