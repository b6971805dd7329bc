// Everything a reader can do, in one table: dispatch, footer, help, `broadsheet keys` and docs/keys.md come from it.

import { hubUrl } from '../paper.ts'
import {
  hasHubPage,
  hasPage,
  hasPaper,
  mark,
  move,
  moveLines,
  openUrl,
  pageOf,
  read,
  readAt,
  scrollBy,
  showView,
  still,
  syncAll,
  toUnread,
} from './actions.ts'
import {
  askHub,
  canComplete,
  complete,
  dropQuery,
  isInHistory,
  keepQuery,
  leaveSearch,
  moreLikeThis,
  recall,
  startSearch,
} from './searching.ts'
import { bodyHeight, isOnOffer } from './shown.ts'
import { type State, type Step, selectedRow, type ViewName } from './state.ts'

/** Where keys mean what: the list, an open abstract, the query prompt, the help. */
export type Context = 'list' | 'reading' | 'prompt' | 'help'

export interface Command {
  readonly id: string
  readonly contexts: readonly Context[]
  /** Names of keys as `keys.ts` gives them. */
  readonly keys: readonly string[]
  /** What it does, as help says it. */
  readonly title: string
  /** A word for the footer; commands without one are in the help alone. */
  readonly hint?: string
  /** True, or why the command cannot run now. */
  readonly enabled?: (state: State) => true | string
  /** Whether it changes the query that is typed, so that it need not wait for the results of what was there before. */
  readonly edits?: true
  readonly run: (state: State) => Step
}

/** The context that keys are read in. */
export function contextOf(state: State): Context {
  return state.help ? 'help' : state.prompt ? 'prompt' : state.reading ? 'reading' : 'list'
}

const view = (name: ViewName, key: string, title: string): Command => ({
  id: `view-${name}`,
  contexts: ['list'],
  keys: [key],
  title,
  run: showView(name),
})

/** The table. Of several commands on one key, the first that is enabled runs. */
export const COMMANDS: readonly Command[] = [
  // Moving
  {
    id: 'next',
    contexts: ['list'],
    keys: ['j', 'down', 'ctrl+n'],
    title: 'next paper',
    hint: 'move',
    run: (state) => move(state, state.cursor + 1),
  },
  {
    id: 'previous',
    contexts: ['list'],
    keys: ['k', 'up', 'ctrl+p'],
    title: 'previous paper',
    run: (state) => move(state, state.cursor - 1),
  },
  {
    id: 'first',
    contexts: ['list'],
    keys: ['g', 'home'],
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
    run: (state) => moveLines(state, Math.ceil(bodyHeight(state) / 2)),
  },
  {
    id: 'half-page-up',
    contexts: ['list'],
    keys: ['ctrl+u'],
    title: 'half a page up',
    run: (state) => moveLines(state, -Math.ceil(bodyHeight(state) / 2)),
  },
  {
    id: 'page-down',
    contexts: ['list'],
    keys: ['pageDown', 'space'],
    title: 'a page down',
    run: (state) => moveLines(state, bodyHeight(state)),
  },
  {
    id: 'page-up',
    contexts: ['list'],
    keys: ['pageUp'],
    title: 'a page up',
    run: (state) => moveLines(state, -bodyHeight(state)),
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
    id: 'preview-down',
    contexts: ['list'],
    keys: ['J'],
    title: 'scroll the abstract beside the list',
    run: (state) => scrollBy(state, 1),
  },
  {
    id: 'preview-up',
    contexts: ['list'],
    keys: ['K'],
    title: 'scroll the abstract back',
    run: (state) => scrollBy(state, -1),
  },

  // Reading
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
    contexts: ['list', 'prompt'],
    keys: ['enter'],
    title: 'on the line after the results: ask the Hub too',
    hint: 'ask the Hub',
    enabled: (state) => (isOnOffer(state) ? true : 'the line after the results is not selected'),
    run: askHub,
  },
  {
    id: 'back',
    contexts: ['reading'],
    keys: ['h', 'escape', 'q', 'left'],
    title: 'back to the list',
    hint: 'back',
    run: (state) => still({ ...state, reading: false, scroll: 0 }),
  },
  {
    id: 'scroll-down',
    contexts: ['reading'],
    keys: ['j', 'down'],
    title: 'a line down',
    hint: 'scroll',
    run: (state) => scrollBy(state, 1),
  },
  {
    id: 'scroll-up',
    contexts: ['reading'],
    keys: ['k', 'up'],
    title: 'a line up',
    run: (state) => scrollBy(state, -1),
  },
  {
    id: 'scroll-half-down',
    contexts: ['reading'],
    keys: ['ctrl+d'],
    title: 'half a page down',
    run: (state) => scrollBy(state, Math.ceil(bodyHeight(state) / 2)),
  },
  {
    id: 'scroll-half-up',
    contexts: ['reading'],
    keys: ['ctrl+u'],
    title: 'half a page up',
    run: (state) => scrollBy(state, -Math.ceil(bodyHeight(state) / 2)),
  },
  {
    id: 'scroll-page-down',
    contexts: ['reading'],
    keys: ['pageDown', 'space'],
    title: 'a page down',
    run: (state) => scrollBy(state, bodyHeight(state)),
  },
  {
    id: 'scroll-page-up',
    contexts: ['reading'],
    keys: ['pageUp'],
    title: 'a page up',
    run: (state) => scrollBy(state, -bodyHeight(state)),
  },
  {
    id: 'scroll-first',
    contexts: ['reading'],
    keys: ['g', 'home'],
    title: 'to the top',
    run: (state) => scrollBy(state, -state.scroll),
  },
  {
    id: 'scroll-last',
    contexts: ['reading'],
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

  // Deciding
  {
    id: 'toggle-read',
    contexts: ['list', 'reading'],
    keys: ['m'],
    title: 'mark read or unread',
    hint: 'mark read',
    enabled: hasPaper,
    run: mark('read'),
  },
  {
    id: 'toggle-star',
    contexts: ['list', 'reading'],
    keys: ['b'],
    title: 'star or unstar',
    hint: 'star',
    enabled: hasPaper,
    run: mark('starred'),
  },
  {
    id: 'undo',
    contexts: ['list', 'reading'],
    keys: ['U'],
    title: 'undo the last mark',
    run: (state) => [state, [{ type: 'undo' }]],
  },

  // Finding
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
    hint: 'leave search',
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
    run: (state) => moveLines(state, bodyHeight(state)),
  },
  {
    id: 'results-up',
    contexts: ['prompt'],
    keys: ['pageUp'],
    title: 'a page of results up',
    run: (state) => moveLines(state, -bodyHeight(state)),
  },
  view('all', '1', 'all papers'),
  view('unread', '2', 'unread papers'),
  view('starred', '3', 'starred papers'),

  // Outside
  {
    id: 'open-arxiv',
    contexts: ['list', 'reading'],
    keys: ['o'],
    title: 'open the paper’s page, on arXiv where it is there',
    hint: 'arXiv',
    enabled: hasPage,
    run: (state) => openUrl(state, pageOf(state)),
  },
  {
    id: 'open-hub',
    contexts: ['list', 'reading'],
    keys: ['O'],
    title: 'open the page on the Hub',
    enabled: hasHubPage,
    run: (state) => openUrl(state, hubUrl(selectedRow(state)?.id ?? '')),
  },
  {
    id: 'sync',
    contexts: ['list', 'reading'],
    keys: ['r'],
    title: 'sync now',
    enabled: (state) => (state.sync.kind === 'running' ? 'a sync is running' : true),
    run: (state) => [state, [{ type: 'sync', asked: true, all: false }]],
  },
  {
    id: 'sync-all',
    contexts: ['list'],
    keys: ['R'],
    title: 'sync the whole archive of Daily Papers',
    run: syncAll,
  },
  {
    id: 'help',
    contexts: ['list', 'reading'],
    keys: ['?'],
    title: 'this help',
    hint: 'help',
    run: (state) => still({ ...state, help: true, scroll: 0 }),
  },
  {
    id: 'quit',
    contexts: ['list'],
    keys: ['q'],
    title: 'quit',
    hint: 'quit',
    run: (state) => [state, [{ type: 'quit' }]],
  },
  {
    id: 'suspend',
    contexts: ['list', 'reading', 'prompt', 'help'],
    keys: ['ctrl+z'],
    title: 'to the shell for a while; “fg” there comes back',
    run: (state) => [state, [{ type: 'suspend' }]],
  },
  {
    id: 'interrupt',
    contexts: ['list', 'reading', 'prompt', 'help'],
    keys: ['ctrl+c'],
    title: 'quit from anywhere',
    run: (state) => [state, [{ type: 'quit' }]],
  },

  // Help
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
    id: 'close-help',
    contexts: ['help'],
    keys: ['escape', 'q', 'h', '?', 'enter', 'left'],
    title: 'close the help',
    hint: 'close',
    run: (state) => still({ ...state, help: false, scroll: 0 }),
  },
]

/** The command a key runs in a context, and where none of its commands is enabled, the first one's reason. */
export function commandFor(state: State, key: string): { command: Command } | { why: string } | null {
  const context = contextOf(state)
  let why: string | null = null
  for (const command of COMMANDS) {
    if (!command.contexts.includes(context) || !command.keys.includes(key)) continue
    const enabled = command.enabled?.(state) ?? true
    if (enabled === true) return { command }
    why ??= enabled
  }
  return why === null ? null : { why }
}
