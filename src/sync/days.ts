// The Hub's days: which are due in a library, and bringing them into it.

import { FIRST_DAY } from '../days.ts'
import { seenDay, storeDay } from '../library/intake.ts'
import type { Library } from '../library/library.ts'
import { followedSince, followSince, hubListed, syncDays as knownDays } from '../library/listings.ts'
import { recordValidators, validatorsOf } from '../library/sources.ts'
import type { Day } from '../paper.ts'
import type { HubAccess } from '../sources/hub.ts'
import { type DaySink, dueDays, syncDays, windowStart } from '../sources/sync.ts'
import { type Brought, note } from './brought.ts'
import type { Watch } from './run.ts'

export interface DueOptions {
  /** Whether a person asked: who asks wants today's papers, even if they were looked for a minute ago. */
  readonly asked: boolean
  /** Whether every day since the Hub's first one is wanted, from now on. */
  readonly all: boolean
  /** Ms since 1970. */
  readonly now: number
}

/** The days that are due in a library, newest first; from the first call on every day is followed. */
export function daysDue(library: Library, { asked, all, now }: DueOptions): Day[] {
  followSince(library, all ? FIRST_DAY : windowStart(now))
  return dueDays({ now, known: knownDays(library), since: followedSince(library), asked })
}

/** Brings days into a library, each in a transaction of its own. Throws as `syncDays` of the sources does. */
export async function bringDays(
  library: Library,
  days: readonly Day[],
  { endpoint, token, onEvent, signal }: HubAccess & Watch,
  brought: Brought,
): Promise<void> {
  const nameOf = (day: Day) => `${endpoint} ${day}`
  const sink: DaySink = {
    known: (day) => validatorsOf(library, nameOf(day)) ?? undefined,
    store(day, { entries, isUnchanged, validators }) {
      if (isUnchanged) {
        seenDay(library, day, hubListed(library, day))
        return null
      }
      // Lists shrink, but they do not vanish: an empty answer for a day that had papers is a server's fault.
      if (entries.length === 0 && hubListed(library, day) > 0)
        return 'the Hub gives an empty list for a day that had papers; what is here is kept'
      const papers = entries.map(({ paper }) => paper)
      library.transaction(() => {
        note(brought, storeDay(library, day, papers))
        recordValidators(library, nameOf(day), validators)
      })
      return null
    },
  }
  await syncDays(days, sink, { endpoint, token, onEvent, signal })
}
