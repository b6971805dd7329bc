// The palette of all commands.

import type { Command } from '../commands.ts'
import {
  closePalette,
  type Dispatch,
  movePalette,
  openPalette,
  paletteHeight,
  runFromPalette,
} from '../palette.ts'

/** Its commands. They list the table that they are in, so they are told of it. */
export const paletteCommands = (dispatch: Dispatch): readonly Command[] => [
  {
    id: 'palette',
    contexts: [
      ...(['list', 'reading', 'triage', 'document', 'links', 'help', 'calendar', 'statistics'] as const),
      ...(['views', 'rules', 'settings'] as const),
    ],
    keys: [':', 'ctrl+p'],
    title: 'every command by its name, to search and run',
    hint: 'commands',
    run: openPalette,
  },
  {
    id: 'palette-run',
    contexts: ['palette'],
    keys: ['enter'],
    title: 'run the command where the palette was opened',
    hint: 'run',
    run: (state) => runFromPalette(state, dispatch),
  },
  {
    id: 'palette-next',
    contexts: ['palette'],
    keys: ['down', 'ctrl+n'],
    title: 'next command',
    hint: 'move',
    run: (state) => movePalette(state, 1, dispatch),
  },
  {
    id: 'palette-previous',
    contexts: ['palette'],
    keys: ['up', 'ctrl+p'],
    title: 'previous command',
    run: (state) => movePalette(state, -1, dispatch),
  },
  {
    id: 'palette-page-down',
    contexts: ['palette'],
    keys: ['pageDown'],
    title: 'a page of commands down',
    run: (state) => movePalette(state, paletteHeight(state), dispatch),
  },
  {
    id: 'palette-page-up',
    contexts: ['palette'],
    keys: ['pageUp'],
    title: 'a page of commands up',
    run: (state) => movePalette(state, -paletteHeight(state), dispatch),
  },
  {
    id: 'palette-close',
    contexts: ['palette'],
    keys: ['escape', 'ctrl+g'],
    title: 'close the palette',
    hint: 'close',
    run: closePalette,
  },
]
