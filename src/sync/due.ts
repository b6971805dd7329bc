// When a source beside the Hub's days is asked again.

import type { SourceState } from '../library/sources.ts'

const HOUR = 3_600_000
/** Who asks twice in a row wants to be sure, not to be served twice. */
const SOON = 300_000

/** Whether a source is due at a moment (ms since 1970); `asked` says that a person wants to know. */
export function isSourceDue(state: SourceState | null, asked: boolean, now: number): boolean {
  if (state === null) return true
  const age = now - state.syncedAt
  // An age below nothing comes of a clock that was put back.
  return age < 0 || age >= (asked ? SOON : HOUR)
}
