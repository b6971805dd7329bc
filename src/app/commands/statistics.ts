// The statistics.

import type { Command } from '../commands.ts'
import { bodyHeight } from '../shown.ts'
import type { State, Step } from '../state.ts'
import { closeStatistics, openStatistics, scrollStatistics } from '../statistics.ts'
import { statisticsHeight } from '../statistics-view.ts'

const scrolling =
  (by: (state: State) => number) =>
  (state: State): Step =>
    scrollStatistics(state, by(state), statisticsHeight(state))

const scroll = (
  id: string,
  keys: readonly string[],
  title: string,
  by: (state: State) => number,
): Command => ({
  ...{ id: `statistics-${id}`, contexts: ['statistics'], keys, title, run: scrolling(by) },
})

export const STATISTICS: readonly Command[] = [
  {
    id: 'stats',
    contexts: ['list'],
    keys: ['I'],
    title: 'statistics: what you read and when, what is unread',
    also: ['statistics'],
    run: openStatistics,
  },
  { ...scroll('down', ['j', 'down'], 'a line down', () => 1), hint: 'scroll' },
  scroll('up', ['k', 'up'], 'a line up', () => -1),
  scroll('page-down', ['pageDown', 'space', 'ctrl+d'], 'a page down', bodyHeight),
  scroll('page-up', ['pageUp', 'ctrl+u'], 'a page up', (state) => -bodyHeight(state)),
  scroll('first', ['g g', 'home'], 'to the top', () => Number.MIN_SAFE_INTEGER),
  scroll('last', ['G', 'end'], 'to the end', () => Number.MAX_SAFE_INTEGER),
  {
    id: 'statistics-close',
    contexts: ['statistics'],
    keys: ['escape', 'q', 'h', 'left', 'ctrl+g'],
    title: 'close the statistics',
    hint: 'close',
    run: closeStatistics,
  },
]
