// What other instances of the program, and scripts, do to the library while the reader is open: it shows on the screen.

import { changesSince } from '../library/history.ts'
import type { Library } from '../library/library.ts'
import { rowsOf } from '../library/rows.ts'
import { rulesVersion } from '../library/rules.ts'
import { papersVersion } from '../library/searches.ts'
import type { Event } from './events.ts'

/** How often the library is looked at, in ms: a look takes microseconds where nothing has changed. */
const EVERY = 400
/** Of more papers than these all rows are read anew, between keys. */
const MOST_ROWS = 500

/** Watches a library for what others change in it. Ends once the library is closed. */
export function watchOthers(
  library: Library,
  dispatch: (event: Event) => void,
  loadRows: () => void,
): { stop(): void } {
  const dataVersion = () => library.db.pragma('data_version', { simple: true })
  let version = dataVersion()
  let papers = papersVersion(library)
  let rules = rulesVersion(library)
  let { turn } = changesSince(library, 0)
  const look = () => {
    if (!library.db.open) return clearInterval(timer)
    const now = dataVersion()
    if (now === version) return
    const changes = changesSince(library, turn)
    const papersNow = papersVersion(library)
    const rulesNow = rulesVersion(library)
    const isLong = changes.ids.length > MOST_ROWS
    if (changes.ids.length > 0 && !isLong)
      dispatch({ type: 'changed', rows: rowsOf(library, changes.ids), say: null })
    if (isLong || papersNow !== papers || rulesNow !== rules) loadRows()
    version = now
    papers = papersNow
    rules = rulesNow
    turn = changes.turn
  }
  const timer = setInterval(() => {
    try {
      look()
    } catch {
      // A library that cannot be read now is looked at again; who wants something of it is told why it fails.
    }
  }, EVERY).unref()
  return { stop: () => clearInterval(timer) }
}
