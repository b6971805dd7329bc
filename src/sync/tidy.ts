// The upkeep of the search index, beside what somebody was about.

import { explain, LibraryError } from '../library/errors.ts'
import type { Library } from '../library/library.ts'
import { explainIndex } from '../search/explain.ts'
import { upkeep } from '../search/upkeep.ts'
import { describe } from '../text/sanitise.ts'

/**
 * Does the index work that is due. Never throws: papers that no segment holds yet are found too, and the work is there
 * the next time. Returns why it would fail then as well, or null.
 */
export function tidyIndex(library: Library): string | null {
  try {
    upkeep(library)
    return null
  } catch (error) {
    const explained = explainIndex(explain(error, library.file))
    const passes = explained instanceof LibraryError && ['busy', 'read-only', 'full'].includes(explained.code)
    return passes ? null : describe(explained)
  }
}
