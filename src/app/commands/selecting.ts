// Selecting papers, for decisions about several at once.

import type { Command } from '../commands.ts'
import {
  isSelecting,
  selectAgain,
  selectAll,
  toggleRange,
  toggleSelected,
  withoutSelection,
} from '../selecting.ts'
import { selectedRow } from '../state.ts'

const hasRows = ({ shown }: { readonly shown: Uint32Array }) =>
  shown.length > 0 ? true : 'there is no paper here'

export const SELECTING: readonly Command[] = [
  {
    id: 'select',
    contexts: ['list'],
    keys: ['space'],
    title: 'select, or no longer: decisions take all selected',
    enabled: (state) => (selectedRow(state) ? true : 'no paper is here to select'),
    run: toggleSelected,
  },
  {
    id: 'select-range',
    contexts: ['list'],
    keys: ['V'],
    title: 'select from here to where you go, V again keeps it',
    enabled: hasRows,
    run: toggleRange,
  },
  {
    id: 'select-all',
    contexts: ['list'],
    keys: ['*'],
    title: 'select all papers here, or none',
    enabled: hasRows,
    run: selectAll,
  },
  {
    id: 'select-again',
    contexts: ['list'],
    keys: ['g v'],
    title: 'select again what was selected before',
    enabled: ({ selection }) => (selection.before.size > 0 ? true : 'nothing was selected before'),
    run: selectAgain,
  },
  {
    id: 'clear-selection',
    contexts: ['list'],
    keys: ['escape'],
    title: 'select nothing',
    hint: 'select nothing',
    enabled: (state) => (isSelecting(state) ? true : 'nothing is selected'),
    run: (state) => [withoutSelection(state), []],
  },
]
