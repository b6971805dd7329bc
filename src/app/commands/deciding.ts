// What a reader decides about a paper.

import { hasPaper, mark } from '../actions.ts'
import type { Command } from '../commands.ts'

export const DECIDING: readonly Command[] = [
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
]
