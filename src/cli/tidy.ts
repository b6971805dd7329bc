// The upkeep of the search index, beside what a subcommand was called for.

import { explain, LibraryError } from '../library/errors.ts'
import type { Library } from '../library/library.ts'
import { upkeep } from '../search/upkeep.ts'
import { describe } from '../text/sanitise.ts'
import { explainIndex, type Session } from './session.ts'

/**
 * Does the index work that is due. Never throws: papers that no segment holds yet are found too, and the work is there
 * the next time. Where that would fail again, a warning says why.
 */
export function tidyIndex({ warn }: Session, library: Library): void {
  try {
    upkeep(library)
  } catch (error) {
    const explained = explainIndex(explain(error, library.file))
    if (explained instanceof LibraryError && ['busy', 'read-only', 'full'].includes(explained.code)) return
    warn(describe(explained))
  }
}
