// Triage: a paper at a time, one key decides.

import type { Command } from '../commands.ts'
import { decide, hasCard, leaveTriage, pass, type Verdict } from '../triage.ts'

const deciding = (verdict: Verdict, keys: readonly string[], title: string, hint: string): Command => ({
  id: `triage-${verdict}`,
  also: [hint],
  contexts: ['triage'],
  keys,
  title,
  hint,
  enabled: hasCard,
  run: decide(verdict),
})

export const TRIAGE: readonly Command[] = [
  deciding('read', ['m', 'enter'], 'read: done with it, next', 'read'),
  deciding('starred', ['b'], 'star it and mark it read, next', 'star'),
  deciding('later', ['w'], 'keep it for later, next', 'later'),
  deciding('hidden', ['x'], 'not interested: hide it, next', 'hide'),
  {
    id: 'triage-next',
    contexts: ['triage'],
    keys: ['l', 'right', 'n', 'J'],
    title: 'leave it undecided, next',
    hint: 'skip',
    enabled: hasCard,
    run: pass(1),
  },
  {
    id: 'triage-back',
    contexts: ['triage'],
    keys: ['h', 'left', 'N', 'K'],
    title: 'the paper before',
    enabled: ({ triage }) => (triage && triage.at > 0 ? true : 'this is the first paper'),
    run: pass(-1),
  },
  {
    id: 'leave-triage',
    also: ['q', 'quit', 'back'],
    contexts: ['triage'],
    keys: ['q', 'escape'],
    title: 'back to the list',
    hint: 'list',
    run: leaveTriage,
  },
]
