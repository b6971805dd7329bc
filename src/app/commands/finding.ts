// Searching, and choosing what the list shows.

import { hasPaper, move, moveLines, showView } from '../actions.ts'
import type { Command } from '../commands.ts'
import { pageOf } from '../linear.ts'
import {
  canComplete,
  complete,
  dropQuery,
  isInHistory,
  keepQuery,
  leaveSearch,
  moreLikeThis,
  recall,
  startSearch,
} from '../searching.ts'
import { bodyHeight } from '../shown.ts'
import type { ViewName } from '../state.ts'

const view = (name: ViewName, key: string, title: string): Command => ({
  id: `view-${name}`,
  contexts: ['list'],
  keys: [key],
  title,
  run: showView(name),
})

export const FINDING: readonly Command[] = [
  {
    id: 'search',
    contexts: ['list', 'reading'],
    keys: ['/'],
    title: 'search titles, abstracts and authors',
    hint: 'search',
    run: startSearch,
  },
  {
    id: 'more-like-this',
    contexts: ['list', 'reading'],
    keys: ['~'],
    title: 'papers like this one',
    enabled: hasPaper,
    run: moreLikeThis,
  },
  {
    id: 'complete',
    contexts: ['prompt'],
    keys: ['tab'],
    title: 'complete a field or its value; again for the next',
    enabled: canComplete,
    edits: true,
    run: (state) => complete(state, 1),
  },
  {
    id: 'complete-back',
    contexts: ['prompt'],
    keys: ['shift+tab'],
    title: 'the completion before',
    enabled: canComplete,
    edits: true,
    run: (state) => complete(state, -1),
  },
  {
    id: 'older-query',
    contexts: ['prompt'],
    keys: ['up'],
    title: 'an earlier query, while nothing else is typed',
    enabled: (state) => (isInHistory(state) ? true : 'no query was kept yet'),
    edits: true,
    run: (state) => recall(state, 1),
  },
  {
    id: 'newer-query',
    contexts: ['prompt'],
    keys: ['down'],
    title: 'the query after it',
    enabled: (state) => (state.prompt?.recalled === undefined ? 'this is no earlier query' : true),
    edits: true,
    run: (state) => recall(state, -1),
  },
  {
    id: 'keep-search',
    contexts: ['prompt'],
    keys: ['enter'],
    title: 'keep the results',
    hint: 'keep',
    run: keepQuery,
  },
  {
    id: 'drop-search',
    contexts: ['prompt'],
    keys: ['escape', 'ctrl+g'],
    title: 'back to what was there before',
    hint: 'cancel',
    run: dropQuery,
  },
  {
    id: 'leave-search',
    contexts: ['list'],
    keys: ['escape', 'h', 'q', 'left'],
    title: 'leave the results',
    hint: 'back',
    enabled: (state) => (state.search ? true : 'no search is open'),
    run: leaveSearch,
  },
  {
    id: 'next-result',
    contexts: ['prompt'],
    keys: ['down', 'ctrl+n'],
    title: 'next result',
    hint: 'move',
    run: (state) => move(state, state.cursor + 1),
  },
  {
    id: 'previous-result',
    contexts: ['prompt'],
    keys: ['up', 'ctrl+p'],
    title: 'previous result',
    run: (state) => move(state, state.cursor - 1),
  },
  {
    id: 'results-down',
    contexts: ['prompt'],
    keys: ['pageDown'],
    title: 'a page of results down',
    run: (state) => moveLines(state, pageOf(state, bodyHeight(state))),
  },
  {
    id: 'results-up',
    contexts: ['prompt'],
    keys: ['pageUp'],
    title: 'a page of results up',
    run: (state) => moveLines(state, -pageOf(state, bodyHeight(state))),
  },
  view('all', '1', 'all papers'),
  view('unread', '2', 'unread papers'),
  view('starred', '3', 'starred papers'),
  view('later', '4', 'papers kept for later'),
  view('hidden', '0', 'papers that were hidden'),
  view('watched', 'W', 'papers that rules watch for'),
]
