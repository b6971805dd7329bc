// How papers come in: a day from a sync, a saved file, the starter library. Each is one transaction.

import { endOf } from '../days.ts'
import type { Day, Paper, PaperId } from '../paper.ts'
import type { Library } from './library.ts'
import { addListing, type ListingSource, recordSyncDay, replaceListing } from './listings.ts'
import { type Stored, storePaper } from './papers.ts'

/** A paper on its way in; `listedOn` is null where no day is known. */
export interface Arrival {
  readonly paper: Paper
  readonly listedOn: Day | null
}

/** What came of each arrival, in order: the id it is stored under, and whether the library knew it. */
export type Outcome = readonly { readonly id: PaperId; readonly stored: Stored }[]

/** Stores a day's list as the Hub gives it, and that the day was asked for. `now` is in ms since 1970. */
export function storeDay(
  library: Library,
  day: Day,
  papers: readonly Paper[],
  now: number = Date.now(),
): Outcome {
  return library.transaction(() => {
    const listed = new Set<PaperId>()
    const outcome = papers.map((paper) => {
      const stored = storePaper(library, paper, { day, rank: listed.size }, now)
      listed.add(stored.id)
      return stored
    })
    const placed = new Set(outcome.flatMap(({ id, stored }) => (stored === 'new' ? [id] : [])))
    replaceListing(library, day, [...listed], placed)
    seenDay(library, day, papers.length, now)
    return outcome
  })
}

/** Notes that a day was asked for and is as it was. `now` is in ms since 1970. */
export function seenDay(library: Library, day: Day, papers: number, now: number = Date.now()): void {
  recordSyncDay(library, { day, papers, syncedAt: now, over: now >= endOf(day) })
}

/** Stores what a saved file or the starter library holds; listings keep the order of the file. */
export function storeArrivals(
  library: Library,
  source: ListingSource,
  arrivals: readonly Arrival[],
): Outcome {
  return library.transaction(() => {
    const outcome = arrivals.map(({ paper }) => storePaper(library, paper))
    const listings = arrivals.flatMap(({ listedOn }, rank) => {
      const id = outcome[rank]?.id
      return id === undefined || listedOn === null ? [] : [{ id, day: listedOn, rank }]
    })
    addListing(library, source, listings)
    return outcome
  })
}

/** Whether nothing ever came in: then, and only then, the starter library may fill it. */
export function isUntouched({ prepare }: Library): boolean {
  return prepare('SELECT 1 FROM papers UNION ALL SELECT 1 FROM sync_days LIMIT 1').get() === undefined
}
