// Going through the list.

import { move, moveLines, scrollBy, toUnread } from '../actions.ts'
import type { Command } from '../commands.ts'
import { toDay } from '../days.ts'
import { hasScreen, pageOf } from '../linear.ts'
import { hasTwoPanes, resizeList, toggleZoom } from '../panes.ts'
import { bodyHeight } from '../shown.ts'
import type { State } from '../state.ts'

/** Lines of a page. */
const page = (state: State) => pageOf(state, bodyHeight(state))

const isSplit = (state: State) =>
  state.panes.zoomed ? 'the list is alone: z brings back what was beside it' : hasTwoPanes(state)

export const MOVING: readonly Command[] = [
  {
    id: 'next',
    contexts: ['list'],
    keys: ['j', 'down'],
    title: 'next paper',
    hint: 'move',
    run: (state) => move(state, state.cursor + 1),
  },
  {
    id: 'previous',
    contexts: ['list'],
    keys: ['k', 'up'],
    title: 'previous paper',
    run: (state) => move(state, state.cursor - 1),
  },
  {
    id: 'first',
    contexts: ['list'],
    keys: ['g g', 'home'],
    title: 'first paper',
    run: (state) => move({ ...state, arrived: 0 }, 0),
  },
  {
    id: 'last',
    contexts: ['list'],
    keys: ['G', 'end'],
    title: 'last paper',
    run: (state) => move(state, state.shown.length - 1),
  },
  {
    id: 'half-page-down',
    contexts: ['list'],
    keys: ['ctrl+d'],
    title: 'half a page down',
    run: (state) => moveLines(state, Math.ceil(page(state) / 2)),
  },
  {
    id: 'half-page-up',
    contexts: ['list'],
    keys: ['ctrl+u'],
    title: 'half a page up',
    run: (state) => moveLines(state, -Math.ceil(page(state) / 2)),
  },
  {
    id: 'page-down',
    contexts: ['list'],
    keys: ['pageDown'],
    title: 'a page down',
    run: (state) => moveLines(state, page(state)),
  },
  {
    id: 'page-up',
    contexts: ['list'],
    keys: ['pageUp'],
    title: 'a page up',
    run: (state) => moveLines(state, -page(state)),
  },
  {
    id: 'next-unread',
    contexts: ['list', 'reading'],
    keys: ['n'],
    title: 'next unread paper',
    ...toUnread(1),
  },
  {
    id: 'previous-unread',
    contexts: ['list', 'reading'],
    keys: ['N'],
    title: 'previous unread paper',
    ...toUnread(-1),
  },
  {
    id: 'next-day',
    contexts: ['list'],
    keys: [']'],
    title: 'the day before: older papers, further down',
    ...toDay(1),
  },
  {
    id: 'previous-day',
    contexts: ['list'],
    keys: ['['],
    title: 'the day after: newer papers, further up',
    ...toDay(-1),
  },
  {
    id: 'zoom',
    contexts: ['list'],
    keys: ['z'],
    title: 'the list alone, or with what is beside it',
    enabled: hasTwoPanes,
    run: toggleZoom,
  },
  {
    id: 'narrower-list',
    contexts: ['list'],
    keys: ['<'],
    title: 'less room for the list, more for the abstract',
    enabled: isSplit,
    run: resizeList(-1),
  },
  {
    id: 'wider-list',
    contexts: ['list'],
    keys: ['>'],
    title: 'more room for the list, less for the abstract',
    enabled: isSplit,
    run: resizeList(1),
  },
  {
    id: 'preview-down',
    contexts: ['list'],
    keys: ['J'],
    title: 'scroll the abstract beside the list',
    enabled: hasScreen,
    run: (state) => scrollBy(state, 1),
  },
  {
    id: 'preview-up',
    contexts: ['list'],
    keys: ['K'],
    title: 'scroll the abstract back',
    enabled: hasScreen,
    run: (state) => scrollBy(state, -1),
  },
]
