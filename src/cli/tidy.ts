// The upkeep of the search index, beside what a subcommand was called for.

import type { Library } from '../library/library.ts'
import { tidyIndex as tidy } from '../sync/tidy.ts'
import type { Session } from './session.ts'

/** Does the index work that is due; where that would fail again the next time, a warning says why. */
export function tidyIndex({ warn }: Session, library: Library): void {
  const why = tidy(library)
  if (why !== null) warn(why)
}
