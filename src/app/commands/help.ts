// The help.

import { scrollBy, still } from '../actions.ts'
import type { Command } from '../commands.ts'
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
    keys: ['g', 'home'],
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
    id: 'close-help',
    contexts: ['help'],
    keys: ['escape', 'q', 'h', '?', 'enter', 'left'],
    title: 'close the help',
    hint: 'close',
    also: ['q', 'quit'],
    run: (state) => still({ ...state, help: false, scroll: 0 }),
  },
]
