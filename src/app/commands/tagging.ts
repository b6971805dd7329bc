// Tags and notes.

import { hasPaper } from '../actions.ts'
import { canMove, moveInCollection } from '../collection.ts'
import type { Command } from '../commands.ts'
import { hasTarget } from '../selecting.ts'
import { selectedRow } from '../state.ts'
import { canCompleteTag, completeTag, dropTags, keepTags, startTagging } from '../tagging.ts'

export const TAGGING: readonly Command[] = [
  {
    id: 'tag',
    contexts: ['list', 'reading', 'triage'],
    keys: ['t'],
    title: 'give it tags, or take some away',
    hint: 'tag',
    enabled: hasTarget,
    run: startTagging,
  },
  // t shows the contents of a text.
  {
    id: 'tag-text',
    also: ['tag'],
    contexts: ['document'],
    keys: ['T'],
    title: 'give the paper tags, or take some away',
    enabled: hasTarget,
    run: startTagging,
  },
  {
    id: 'note',
    contexts: ['list', 'reading', 'triage', 'document'],
    keys: ['e'],
    title: 'write a note on it, in your editor',
    enabled: hasPaper,
    run: (state) => [state, [{ type: 'edit-note', id: selectedRow(state)?.id ?? '' }]],
  },
  {
    id: 'move-earlier',
    contexts: ['list'],
    keys: ['{', 'ctrl+up'],
    title: 'move it up in the order of the tag shown',
    enabled: canMove,
    run: moveInCollection(-1),
  },
  {
    id: 'move-later',
    contexts: ['list'],
    keys: ['}', 'ctrl+down'],
    title: 'move it down in the order of the tag shown',
    enabled: canMove,
    run: moveInCollection(1),
  },
  {
    id: 'keep-tags',
    contexts: ['tagging'],
    keys: ['enter'],
    title: 'give it these tags and no others',
    hint: 'keep',
    run: keepTags,
  },
  {
    id: 'drop-tags',
    contexts: ['tagging'],
    keys: ['escape', 'ctrl+g'],
    title: 'leave the tags as they were',
    hint: 'cancel',
    run: dropTags,
  },
  {
    id: 'complete-tag',
    contexts: ['tagging'],
    keys: ['tab'],
    title: 'complete a tag; again for the next',
    enabled: canCompleteTag,
    run: completeTag(1),
  },
  {
    id: 'complete-tag-back',
    contexts: ['tagging'],
    keys: ['shift+tab'],
    title: 'the completion before',
    enabled: canCompleteTag,
    run: completeTag(-1),
  },
]
