// What a sync brought: every paper it stored, and how.

import type { Outcome } from '../library/intake.ts'
import type { Stored } from '../library/papers.ts'
import type { PaperId } from '../paper.ts'

export type Brought = Map<PaperId, Stored>

/** Adds what came of some papers; what is new stays new, whatever else is said of it. */
export function note(brought: Brought, outcome: Outcome): void {
  for (const { id, stored } of outcome) {
    const before = brought.get(id)
    if (before === 'new' || (before === 'changed' && stored === 'same')) continue
    brought.set(id, stored)
  }
}

/** The papers that came in one way. */
export function broughtAs(brought: Brought, kind: Stored): PaperId[] {
  return [...brought].flatMap(([id, how]) => (how === kind ? [id] : []))
}
