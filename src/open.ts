// Opening the library to read in it: one that nothing ever came into gets the starter library.

import { readFileSync } from 'node:fs'
import { isUntouched, storeArrivals } from './library/intake.ts'
import { type Library, openLibrary } from './library/library.ts'
import type { Settings } from './settings.ts'
import { parseStarter, STARTER_DAY } from './sources/starter.ts'

// Beside src, and beside dist where this is bundled.
const STARTER = new URL('../data/starter.jsonl', import.meta.url)

/** Opens the library; one that nothing ever came into is filled with the starter library. */
export function openFilled(settings: Settings): Library {
  const library = openLibrary(settings.libraryFile)
  if (isUntouched(library)) {
    const arrivals = parseStarter(readFileSync(STARTER, 'utf8')).map((paper) => ({
      paper,
      listedOn: STARTER_DAY,
    }))
    storeArrivals(library, 'starter', arrivals)
  }
  return library
}
