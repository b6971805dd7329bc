// The calendar.

import {
  canGo,
  canSyncDay,
  closeCalendar,
  dropTyped,
  goToDay,
  isOnDay,
  isTyping,
  moveDays,
  moveMonths,
  openCalendar,
  showMonth,
  showWeek,
  syncDay,
  toToday,
} from '../calendar.ts'
import type { Command } from '../commands.ts'
import type { State, Step } from '../state.ts'

const going = (
  id: string,
  keys: readonly string[],
  title: string,
  run: (state: State) => Step,
  hint?: string,
): Command => ({
  ...{ id: `calendar-${id}`, contexts: ['calendar'], keys, title, run },
  ...(hint === undefined ? {} : { hint }),
})

export const CALENDAR: readonly Command[] = [
  {
    id: 'calendar',
    contexts: ['list'],
    keys: ['g d', 'D'],
    title: 'the calendar: days with papers, to go to by their date',
    also: ['date', 'days'],
    run: openCalendar,
  },
  {
    id: 'calendar-go',
    contexts: ['calendar'],
    keys: ['enter'],
    title: 'to this day in the list',
    hint: 'go',
    enabled: canGo,
    run: goToDay,
  },
  going('next-day', ['l', 'right'], 'the day after', moveDays(1), 'day'),
  going('previous-day', ['h', 'left'], 'the day before', moveDays(-1)),
  going('next-week', ['j', 'down'], 'a week later', moveDays(7), 'week'),
  going('previous-week', ['k', 'up'], 'a week earlier', moveDays(-7)),
  going('next-month', [']', 'pageDown'], 'a month later', moveMonths(1)),
  going('previous-month', ['[', 'pageUp'], 'a month earlier', moveMonths(-1), 'month'),
  going('next-year', ['}'], 'a year later', moveMonths(12)),
  going('previous-year', ['{'], 'a year earlier', moveMonths(-12), 'year'),
  going('today', ['t'], 'today, by the clock of the Hub’s days (UTC)', toToday, 'today'),
  {
    ...going('week', ['w'], 'the papers of this week, from Monday on', showWeek, 'list week'),
    enabled: isOnDay,
  },
  { ...going('month', ['m'], 'the papers of this month', showMonth, 'list month'), enabled: isOnDay },
  {
    id: 'calendar-sync',
    contexts: ['calendar'],
    keys: ['s'],
    title: 'sync this day, where nobody has yet',
    hint: 'sync it',
    enabled: canSyncDay,
    run: syncDay,
  },
  {
    id: 'calendar-untype',
    contexts: ['calendar'],
    keys: ['escape', 'ctrl+g'],
    title: 'back to where you were before you typed a date',
    hint: 'not this date',
    enabled: isTyping,
    run: dropTyped,
  },
  {
    id: 'calendar-close',
    contexts: ['calendar'],
    keys: ['escape', 'q', 'ctrl+g'],
    title: 'close the calendar',
    hint: 'close',
    run: closeCalendar,
  },
]
