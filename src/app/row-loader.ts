// The rows of the whole library, read piece by piece. An arm of effects.ts.

import type { Library } from '../library/library.ts'
import { listKeys, type PaperRow, rowsAt } from '../library/rows.ts'
import type { PaperId } from '../paper.ts'

/** A library that changes all the time is read as it is in the end. */
const MAX_RESTARTS = 5
/** Rows read at once: about 3 ms, so that a key pressed meanwhile is not held up. */
const CHUNK = 250

/** Rows, and where each paper stands among them. */
interface Loaded {
  readonly rows: PaperRow[]
  readonly index: Map<PaperId, number>
}

/** Whether the library says the same of a paper as it did before. */
const isSame = (before: PaperRow, now: PaperRow): boolean =>
  (Object.keys(now) as (keyof PaperRow)[]).every((key) =>
    key === 'tags' ? before.tags.join() === now.tags.join() : before[key] === now[key],
  )

/** After reading all rows the loader rests for so many times as long as that took, but no longer than this (ms). */
const REST = 20
const LONGEST_REST = 5000

/**
 * Reads all rows in pieces, letting keys in between. Where the library changes meanwhile it begins anew: pieces of two
 * states would not fit together. While a sync stores day after day it rests in between, or it would do nothing else.
 */
export function createRowLoader(
  library: Library,
  done: (rows: readonly PaperRow[], index: ReadonlyMap<PaperId, number>) => void,
  fail: (error: unknown) => void,
): (now?: true) => void {
  let running = false
  let again = false
  let begun = 0
  let resting: NodeJS.Timeout | null = null
  const ended = () => {
    running = false
    const rest = Math.min(LONGEST_REST, REST * (performance.now() - begun))
    resting = setTimeout(() => {
      resting = null
      if (again) start()
    }, rest)
    resting.unref()
  }
  let last: Loaded = { rows: [], index: new Map() }
  const read = (keys: readonly number[], at: number, loaded: Loaded, version: string, restarts: number) => {
    if (!library.db.open) return
    try {
      if (library.version() !== version && restarts < MAX_RESTARTS)
        return void setImmediate(begin, restarts + 1)
      // A place in a long list is only found by counting up to it: keys lead there at once.
      for (const row of rowsAt(library, keys.slice(at, at + CHUNK))) {
        const before = last.rows[last.index.get(row.id) ?? -1]
        loaded.index.set(row.id, loaded.rows.length)
        // Else both lists would be in memory until the garbage is collected.
        loaded.rows.push(before && isSame(before, row) ? before : row)
      }
      if (at + CHUNK < keys.length)
        return void setImmediate(read, keys, at + CHUNK, loaded, version, restarts)
      ended()
      last = loaded
      done(loaded.rows, loaded.index)
    } catch (error) {
      ended()
      fail(error)
    }
  }
  const begin = (restarts: number) => {
    if (!library.db.open) return
    try {
      const version = library.version()
      read(listKeys(library), 0, { rows: [], index: new Map() }, version, restarts)
    } catch (error) {
      ended()
      fail(error)
    }
  }
  const start = () => {
    running = true
    again = false
    if (resting) clearTimeout(resting)
    resting = null
    begun = performance.now()
    setImmediate(begin, 0)
  }
  return (now) => {
    if (running || (resting && !now)) again = true
    else start()
  }
}
