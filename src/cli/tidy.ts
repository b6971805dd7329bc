// The upkeep of the search index, beside what a subcommand was called for.

import { explain } from '../library/errors.ts'
import type { Library } from '../library/library.ts'
import { deriveRules } from '../search/rules.ts'
import { tidyIndex as tidy } from '../sync/tidy.ts'
import { describe } from '../text/sanitise.ts'
import type { Session } from './session.ts'

/** Does the index work that is due; where that would fail again the next time, a warning says why. */
export function tidyIndex({ warn }: Session, library: Library): void {
  const why = tidy(library)
  if (why !== null) warn(why)
}

/** Has the rules match what has come in; what cannot be stored now is there the next time. */
export function applyRules({ warn }: Pick<Session, 'warn'>, library: Library): void {
  try {
    deriveRules(library)
  } catch (error) {
    warn(`The rules were not applied: ${describe(explain(error, library.file))}`)
  }
}
