// Reading an abstract.

import { hasHubPage, hasPaper, isOnArxiv, read, readAt, scrollBy, still } from '../actions.ts'
import type { Command } from '../commands.ts'
import { openDocument } from '../document.ts'
import { documentWidth } from '../document-view.ts'
import { askHub } from '../searching.ts'
import { bodyHeight, isOnOffer } from '../shown.ts'
import type { State, Step } from '../state.ts'

const openFullText = (state: State): Step => openDocument(state, 'fulltext', documentWidth(state))

export const READING: readonly Command[] = [
  {
    id: 'open',
    contexts: ['list'],
    keys: ['enter', 'l', 'right'],
    title: 'read the abstract (marks it read)',
    hint: 'read',
    enabled: hasPaper,
    run: read,
  },
  {
    id: 'ask-hub',
    contexts: ['list'],
    keys: ['enter'],
    title: 'on the line after the results: ask the Hub too',
    hint: 'ask the Hub',
    enabled: (state) => (isOnOffer(state) ? true : 'the line after the results is not selected'),
    run: askHub,
  },
  {
    id: 'open-text',
    contexts: ['list', 'triage'],
    keys: ['f'],
    title: 'read the full text (marks it read)',
    hint: 'full text',
    enabled: isOnArxiv,
    run: openFullText,
  },
  {
    id: 'go-on-reading',
    contexts: ['reading'],
    keys: ['f', 'enter'],
    title: 'read the full text',
    hint: 'full text',
    enabled: isOnArxiv,
    run: openFullText,
  },
  {
    id: 'comments',
    contexts: ['list', 'reading', 'triage', 'document'],
    keys: ['c'],
    title: 'read what was said of it on the Hub',
    enabled: hasHubPage,
    run: (state) => openDocument(state, 'discussion', documentWidth(state)),
  },
  {
    id: 'back',
    contexts: ['reading'],
    keys: ['h', 'escape', 'q', 'left'],
    title: 'back to the list',
    hint: 'back',
    also: ['q', 'quit'],
    run: (state) => still({ ...state, reading: false, scroll: 0 }),
  },
  {
    id: 'scroll-down',
    contexts: ['reading', 'triage'],
    keys: ['j', 'down'],
    title: 'a line down',
    hint: 'scroll',
    run: (state) => scrollBy(state, 1),
  },
  {
    id: 'scroll-up',
    contexts: ['reading', 'triage'],
    keys: ['k', 'up'],
    title: 'a line up',
    run: (state) => scrollBy(state, -1),
  },
  {
    id: 'scroll-half-down',
    contexts: ['reading', 'triage'],
    keys: ['ctrl+d'],
    title: 'half a page down',
    run: (state) => scrollBy(state, Math.ceil(bodyHeight(state) / 2)),
  },
  {
    id: 'scroll-half-up',
    contexts: ['reading', 'triage'],
    keys: ['ctrl+u'],
    title: 'half a page up',
    run: (state) => scrollBy(state, -Math.ceil(bodyHeight(state) / 2)),
  },
  {
    id: 'scroll-page-down',
    contexts: ['reading', 'triage'],
    keys: ['pageDown', 'space'],
    title: 'a page down',
    run: (state) => scrollBy(state, bodyHeight(state)),
  },
  {
    id: 'scroll-page-up',
    contexts: ['reading', 'triage'],
    keys: ['pageUp'],
    title: 'a page up',
    run: (state) => scrollBy(state, -bodyHeight(state)),
  },
  {
    id: 'scroll-first',
    contexts: ['reading', 'triage'],
    keys: ['g g', 'home'],
    title: 'to the top',
    run: (state) => scrollBy(state, -state.scroll),
  },
  {
    id: 'scroll-last',
    contexts: ['reading', 'triage'],
    keys: ['G', 'end'],
    title: 'to the end',
    run: (state) => scrollBy(state, Number.MAX_SAFE_INTEGER - state.scroll),
  },
  {
    id: 'next-paper',
    contexts: ['reading'],
    keys: ['J'],
    title: 'next paper',
    hint: 'next',
    run: (state) => readAt(state, state.cursor + 1),
  },
  {
    id: 'previous-paper',
    contexts: ['reading'],
    keys: ['K'],
    title: 'previous paper',
    run: (state) => readAt(state, state.cursor - 1),
  },
]
