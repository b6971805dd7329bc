// What every subcommand has at hand: the settings, the library, where to write.

import { explain } from '../library/errors.ts'
import type { Library } from '../library/library.ts'
import { explainIndex } from '../search/explain.ts'
import type { Settings } from '../settings.ts'

/** A subcommand's surroundings. Results go to `out`, everything else to `warn`; both add the end of the line. */
export interface Session {
  readonly settings: Settings
  readonly out: (text: string) => void
  readonly warn: (text: string) => void
}

/** Runs `work` with an open library and closes it whatever happens. What goes wrong in it is said in its own words. */
export async function withLibrary<T>(
  library: Library,
  work: (library: Library) => T | Promise<T>,
): Promise<T> {
  try {
    return await work(library)
  } catch (error) {
    throw explainIndex(explain(error, library.file))
  } finally {
    library.close()
  }
}
