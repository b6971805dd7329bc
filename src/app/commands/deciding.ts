// What a reader decides about papers: one, or those that are selected.

import type { MarkField } from '../../paper.ts'
import { leaveChoosing } from '../choosing.ts'
import type { Command } from '../commands.ts'
import { askToMarkAll, confirm, hasUnreadHere, mark } from '../deciding.ts'
import { countSelected, hasTarget, targets } from '../selecting.ts'
import { canTriage, startTriage } from '../triage.ts'

const marking = (
  id: string,
  also: string,
  field: MarkField,
  key: string,
  title: string,
  [does, undoes]: readonly [does: string, undoes: string],
  contexts: Command['contexts'] = ['list', 'reading'],
): Command => ({
  id,
  also: [also],
  contexts,
  keys: [key],
  title,
  // Of several papers it does it, where it is not done of all.
  hint(state) {
    return countSelected(state) < 2 && targets(state)[0]?.[field] ? undoes : does
  },
  enabled: hasTarget,
  run: mark(field),
})

const IN_TEXTS: Command['contexts'] = ['list', 'reading', 'document']

export const DECIDING: readonly Command[] = [
  marking('toggle-read', 'read', 'read', 'm', 'mark read or unread', ['mark read', 'mark unread'], IN_TEXTS),
  marking('toggle-star', 'star', 'starred', 'b', 'star or unstar', ['star', 'unstar']),
  marking(
    'toggle-later',
    'later',
    'later',
    'w',
    'keep for later, or no longer',
    ['later', 'not later'],
    IN_TEXTS,
  ),
  // b goes a page up in a text.
  {
    id: 'star-text',
    also: ['star'],
    contexts: ['document'],
    keys: ['B'],
    title: 'star the paper, or unstar it',
    enabled: hasTarget,
    run: mark('starred'),
  },
  marking('toggle-hidden', 'hide', 'hidden', 'x', 'not interested: hide, or show again', ['hide', 'show']),
  {
    id: 'mark-all-read',
    contexts: ['list'],
    keys: ['A'],
    title: 'mark everything here read, once you have said yes',
    enabled: hasUnreadHere,
    run: askToMarkAll,
  },
  {
    id: 'undo',
    contexts: ['list', 'reading', 'triage', 'document'],
    keys: ['U'],
    title: 'undo the last decision',
    run: (state) => [state, [{ type: 'undo' }]],
  },
  {
    id: 'redo',
    contexts: ['list', 'reading', 'triage', 'document'],
    keys: ['ctrl+r'],
    title: 'do again what was undone',
    run: (state) => [state, [{ type: 'redo' }]],
  },
  {
    id: 'triage',
    contexts: ['list'],
    keys: ['T'],
    title: 'triage: what is unread, a paper at a time',
    hint: 'triage',
    enabled: canTriage,
    run: startTriage,
  },
  {
    id: 'confirm',
    contexts: ['confirm'],
    keys: ['y', 'Y'],
    title: 'yes, do it',
    hint: 'yes',
    run: confirm,
  },
  {
    id: 'refuse',
    contexts: ['confirm'],
    keys: ['n', 'N', 'q', 'escape', 'ctrl+g'],
    title: 'no, leave everything as it is',
    hint: 'no',
    run: leaveChoosing,
  },
]
