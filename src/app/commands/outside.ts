// What leads out of the reader, or brings something in.

import { hubUrl } from '../../paper.ts'
import { hasHubPage, hasPage, openUrl, pageOf, still, syncAll } from '../actions.ts'
import type { Command } from '../commands.ts'
import { selectedRow } from '../state.ts'

export const OUTSIDE: readonly Command[] = [
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
]
