// The help.

import { scrollBy, still } from '../actions.ts'
import type { Command } from '../commands.ts'
import { clearFilter, keepFilter, startFilter } from '../help-filter.ts'
import { bodyHeight } from '../shown.ts'

export const HELP: readonly Command[] = [
  {
    id: 'help-down',
    contexts: ['help'],
    keys: ['j', 'down'],
    title: 'a line down',
    hint: 'scroll',
    run: (state) => scrollBy(state, 1),
  },
  {
    id: 'help-up',
    contexts: ['help'],
    keys: ['k', 'up'],
    title: 'a line up',
    run: (state) => scrollBy(state, -1),
  },
  {
    id: 'help-page-down',
    contexts: ['help'],
    keys: ['pageDown', 'space', 'ctrl+d'],
    title: 'a page down',
    run: (state) => scrollBy(state, bodyHeight(state)),
  },
  {
    id: 'help-page-up',
    contexts: ['help'],
    keys: ['pageUp', 'ctrl+u'],
    title: 'a page up',
    run: (state) => scrollBy(state, -bodyHeight(state)),
  },
  {
    id: 'help-first',
    contexts: ['help'],
    keys: ['g g', 'home'],
    title: 'to the top',
    run: (state) => scrollBy(state, -state.scroll),
  },
  {
    id: 'help-last',
    contexts: ['help'],
    keys: ['G', 'end'],
    title: 'to the end',
    run: (state) => scrollBy(state, Number.MAX_SAFE_INTEGER - state.scroll),
  },
  {
    id: 'filter-help',
    contexts: ['help'],
    keys: ['/'],
    title: 'only what has some words',
    hint: 'filter',
    run: startFilter,
  },
  {
    id: 'clear-filter',
    contexts: ['help'],
    keys: ['escape', 'ctrl+g'],
    title: 'the whole help again',
    hint: 'clear',
    enabled: ({ filter }) => (filter ? true : 'the help is not filtered'),
    run: clearFilter,
  },
  {
    id: 'close-help',
    contexts: ['help'],
    keys: ['escape', 'q', 'h', '?', 'enter', 'left'],
    title: 'close the help',
    hint: 'close',
    also: ['q', 'quit'],
    run: (state) => still({ ...state, help: false, filter: null, scroll: 0 }),
  },
  {
    id: 'keep-filter',
    contexts: ['filter'],
    keys: ['enter'],
    title: 'keep the filter; / changes it',
    hint: 'keep',
    run: keepFilter,
  },
  {
    id: 'drop-filter',
    contexts: ['filter'],
    keys: ['escape', 'ctrl+g'],
    title: 'the whole help again',
    hint: 'clear',
    run: clearFilter,
  },
  {
    id: 'filter-down',
    contexts: ['filter'],
    keys: ['down'],
    title: 'a line down',
    run: (state) => scrollBy(state, 1),
  },
  {
    id: 'filter-up',
    contexts: ['filter'],
    keys: ['up'],
    title: 'a line up',
    run: (state) => scrollBy(state, -1),
  },
  {
    id: 'filter-page-down',
    contexts: ['filter'],
    keys: ['pageDown'],
    title: 'a page down',
    run: (state) => scrollBy(state, bodyHeight(state)),
  },
  {
    id: 'filter-page-up',
    contexts: ['filter'],
    keys: ['pageUp'],
    title: 'a page up',
    run: (state) => scrollBy(state, -bodyHeight(state)),
  },
]
