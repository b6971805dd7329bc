// Listings: which paper was on which day's list, at which place, and who says so. Also the days a sync has asked for.

import type { Day, Listing, PaperId, SyncDay } from '../paper.ts'
import type { Library } from './library.ts'

/** Who says that a paper was listed: the Hub, a page the user saved, the starter library. */
export type ListingSource = 'hub' | 'page' | 'starter'

/** A paper that nobody listed stands after those that somebody did. */
export const UNLISTED_RANK = 1_000_000

/** SQL: within a day the Hub's own order comes first, then what pages add, then the starter library. */
export const SOURCE_OFFSET = `CASE source WHEN 'hub' THEN 0 WHEN 'page' THEN 10000 ELSE 20000 END`

/**
 * Stores a whole day as the Hub gives it, in order; papers the Hub no longer lists there lose that listing only. Those
 * in `placed` stand where the day puts them already.
 */
export function replaceListing(
  library: Library,
  day: Day,
  list: readonly PaperId[],
  placed: ReadonlySet<PaperId> = new Set(),
): void {
  const ids = [...new Set(list)]
  library.transaction(() => {
    const { prepare } = library
    const before = prepare(`SELECT paper_id FROM listings WHERE day = ? AND source = 'hub' ORDER BY rank`)
      .pluck()
      .all(day) as PaperId[]
    if (before.length === ids.length && before.every((id, rank) => id === ids[rank])) return
    if (before.length > 0) prepare(`DELETE FROM listings WHERE day = ? AND source = 'hub'`).run(day)
    const put = prepare(PUT)
    for (const [rank, id] of ids.entries()) {
      put.run(day, id, 'hub', rank)
      if (!placed.has(id)) placePaper(library, id)
    }
    const listed = new Set(ids)
    for (const id of before) if (!listed.has(id)) placePaper(library, id)
  })
}

const PUT = `INSERT INTO listings (day, paper_id, source, rank) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET rank = excluded.rank WHERE rank <> excluded.rank`

/** Adds what a page or the starter library says about single papers. */
export function addListing(
  library: Library,
  source: ListingSource,
  entries: readonly (Listing & { id: PaperId })[],
): void {
  library.transaction(() => {
    const put = library.prepare(PUT)
    for (const { id, day, rank } of entries) {
      put.run(day, id, source, rank)
      placePaper(library, id)
    }
  })
}

/** Derives a paper's place in the list anew: the latest day it was listed on, or the day it was published. */
export function placePaper({ prepare }: Library, id: PaperId): void {
  const best = prepare(BEST_LISTING).get(id) as Listing | undefined
  const { day, rank } = best ?? { day: null, rank: UNLISTED_RANK }
  prepare(
    `UPDATE papers SET day = coalesce(@day, published_on, ''), rank = @rank
     WHERE id = @id AND (day, rank) IS NOT (coalesce(@day, published_on, ''), @rank)`,
  ).run({ id, day, rank })
}

const BEST_LISTING = `SELECT day, rank + ${SOURCE_OFFSET} AS rank FROM listings WHERE paper_id = ? ORDER BY day DESC, 2 LIMIT 1`

/** Every day that was ever synced, newest first. */
export function syncDays({ prepare }: Library): SyncDay[] {
  return prepare(
    'SELECT day, synced_at AS syncedAt, papers, asked FROM sync_days ORDER BY day DESC',
  ).all() as SyncDay[]
}

/** Notes that a day was asked for and how many papers it had; `over` says whether the day had ended by then. */
export function recordSyncDay(
  { prepare }: Library,
  { day, papers, syncedAt, over }: { day: Day; papers: number; syncedAt: number; over: boolean },
): void {
  prepare(
    `INSERT INTO sync_days (day, synced_at, papers, asked) VALUES (@day, @syncedAt, @papers, @asked)
     ON CONFLICT DO UPDATE SET synced_at = excluded.synced_at, papers = excluded.papers, asked = asked + excluded.asked`,
  ).run({ day, papers, syncedAt, asked: over ? 1 : 0 })
}

/** How many papers the Hub is known to have listed on a day. */
export function hubListed({ prepare }: Library, day: Day): number {
  return Number(prepare(`SELECT count(*) FROM listings WHERE day = ? AND source = 'hub'`).pluck().get(day))
}

/** The day since which every day is followed, or null before the first sync. */
export function followedSince({ prepare }: Library): Day | null {
  return (prepare('SELECT since FROM following').pluck().get() ?? null) as Day | null
}

/** Follows every day from this one on, or from an earlier one that a sync has begun with. */
export function followSince({ prepare }: Library, day: Day): void {
  prepare(
    'INSERT INTO following (only, since) VALUES (1, ?) ON CONFLICT DO UPDATE SET since = min(since, excluded.since)',
  ).run(day)
}
