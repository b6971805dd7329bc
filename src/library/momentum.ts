// Momentum: how many upvotes a paper got lately. What its number was is kept for some days, written with what a sync
// stores, only where the number has changed.

import { addDays, dayOf } from '../days.ts'
import type { PaperId } from '../paper.ts'
import type { Library } from './library.ts'

/** How long numbers are kept, in days. */
const KEPT = 30

/**
 * SQL: a paper's upvotes less those it had at the end of an earlier day, or where none is known, those it had first. A
 * paper whose number has not changed lately has none; one whose upvotes are not known has NULL.
 */
export const MOMENTUM = `(papers.upvotes - coalesce(
  (SELECT upvotes FROM samples WHERE paper_id = papers.id AND day < date('now') ORDER BY day DESC LIMIT 1),
  (SELECT upvotes FROM samples WHERE paper_id = papers.id ORDER BY day LIMIT 1),
  papers.upvotes))`

/** Notes that a paper's upvotes have changed, within the transaction that stores them. `now` is in ms since 1970. */
export function noteUpvotes(
  { prepare }: Library,
  id: PaperId,
  before: number,
  after: number,
  now: number,
): void {
  const today = dayOf(now)
  // What it was until now is what it had the day before, where nothing older is known.
  prepare(
    `INSERT INTO samples (paper_id, day, upvotes) SELECT @id, @yesterday, @before
     WHERE NOT EXISTS (SELECT 1 FROM samples WHERE paper_id = @id AND day < @today)`,
  ).run({ id, yesterday: addDays(today, -1), today, before })
  prepare(
    `INSERT INTO samples (paper_id, day, upvotes) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET upvotes = excluded.upvotes`,
  ).run(id, today, after)
}

/** Forgets numbers that are too old to tell anything. `now` is in ms since 1970. */
export function pruneSamples({ prepare }: Library, now: number = Date.now()): void {
  prepare('DELETE FROM samples WHERE day < ?').run(addDays(dayOf(now), -KEPT))
}
