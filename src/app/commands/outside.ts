// What leads out of the reader, or brings something in.

import { hubUrl } from '../../paper.ts'
import { hasHubPage, hasPage, isOnArxiv, openUrl, pageOf, still, syncAll } from '../actions.ts'
import { hasWholePaper, startCopying } from '../choosing.ts'
import type { Command, Context } from '../commands.ts'
import { canOpenPages, openAndGoOn } from '../deciding.ts'
import { isTold, sayAgain } from '../linear.ts'
import { startLinks } from '../link-list.ts'
import { selectedRow } from '../state.ts'

const EVERYWHERE: readonly Context[] = [
  ...(['list', 'reading', 'triage', 'prompt', 'document', 'contents', 'finding', 'hints', 'links'] as const),
  ...(['copy', 'sort', 'confirm', 'tagging', 'help', 'filter', 'settings', 'setting', 'palette'] as const),
  ...(['views', 'view-line', 'rules', 'rule-kind', 'rule-line', 'calendar', 'statistics'] as const),
]

/** Where letters are keys, and the help is not open yet. */
const WITH_HELP: readonly Context[] = [
  ...(['list', 'reading', 'triage', 'document', 'contents', 'links', 'calendar', 'statistics'] as const),
  ...(['views', 'rules', 'settings'] as const),
]

export const OUTSIDE: readonly Command[] = [
  {
    id: 'open-and-go-on',
    contexts: ['list'],
    keys: ['o'],
    title: 'open the page, mark it read and go on',
    hint: 'open',
    enabled: canOpenPages,
    run: openAndGoOn,
  },
  {
    id: 'open-arxiv',
    contexts: ['reading', 'triage', 'document'],
    keys: ['o'],
    title: 'open the paper’s page, on arXiv where it is there',
    hint: 'arXiv',
    enabled: hasPage,
    run: (state) => openUrl(state, pageOf(state)),
  },
  {
    id: 'open-hub',
    contexts: ['list', 'reading', 'triage', 'document'],
    keys: ['O'],
    title: 'open the page on the Hub',
    enabled: hasHubPage,
    run: (state) => openUrl(state, hubUrl(selectedRow(state)?.id ?? '')),
  },
  {
    id: 'pdf',
    contexts: ['list', 'reading', 'triage', 'document'],
    keys: ['p'],
    title: 'get the PDF and open it',
    enabled: isOnArxiv,
    run: (state) => [state, [{ type: 'download-pdf', id: selectedRow(state)?.id ?? '' }]],
  },
  {
    id: 'links',
    contexts: ['list', 'reading', 'triage', 'document'],
    keys: ['L'],
    title: 'every link of the paper and its text, to open or copy',
    enabled: hasWholePaper,
    run: startLinks,
  },
  {
    id: 'copy',
    contexts: ['list', 'reading', 'triage', 'document'],
    keys: ['y'],
    title: 'copy something of it: a letter says what',
    enabled: hasWholePaper,
    run: startCopying,
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
    contexts: WITH_HELP,
    keys: ['?'],
    title: 'this help',
    hint: 'help',
    also: ['h'],
    run: (state) => still({ ...state, help: true, scroll: 0 }),
  },
  {
    id: 'quit',
    contexts: ['list'],
    keys: ['q'],
    title: 'quit',
    hint: 'quit',
    also: ['q'],
    run: (state) => [state, [{ type: 'quit' }]],
  },
  {
    id: 'say-again',
    contexts: EVERYWHERE,
    keys: ['ctrl+l'],
    title: 'with --screen-reader: say again where you are',
    enabled: isTold,
    run: sayAgain,
  },
  {
    id: 'suspend',
    contexts: EVERYWHERE,
    keys: ['ctrl+z'],
    title: 'to the shell for a while; “fg” there comes back',
    run: (state) => [state, [{ type: 'suspend' }]],
  },
  {
    id: 'interrupt',
    contexts: EVERYWHERE,
    keys: ['ctrl+c'],
    title: 'quit from anywhere',
    also: ['q!', 'qa'],
    run: (state) => [state, [{ type: 'quit' }]],
  },
]
