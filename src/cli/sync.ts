import { type Brought, bringDays, daysDue } from '../app/background.ts'
import { type Library, openLibrary } from '../library/library.ts'
import { syncDays as knownDays } from '../library/listings.ts'
import { inListOrder, type Stored } from '../library/papers.ts'
import type { Day } from '../paper.ts'
import { dayOf, daysBetween } from '../sources/days.ts'
import type { SyncEvent } from '../sources/sync.ts'
import { UsageError } from '../usage.ts'
import { papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'
import { tidyIndex } from './tidy.ts'

export interface SyncOptions {
  readonly date?: string
  readonly since?: string
  readonly until?: string
  readonly json?: boolean
}

/** The Hub's Daily Papers began on this day. */
const FIRST_DAY: Day = '2023-05-04'

/**
 * `broadsheet sync`: the days asked for, or those that are due. What could be brought in stays, whatever happens to
 * the rest.
 */
export async function sync(session: Session, options: SyncOptions): Promise<void> {
  const wanted = requestedDays(options, dayOf(Date.now()))
  if (session.settings.problem) throw new UsageError(session.settings.problem)
  await withLibrary(openLibrary(session.settings.libraryFile, { durability: 'normal' }), async (library) => {
    const days = wanted ? missingFirst(library, wanted) : daysDue(library, { asked: true, now: Date.now() })
    const brought: Brought = new Map()
    let stored = 0
    const onEvent = (event: SyncEvent) => {
      if (event.type === 'stored') stored = event.done
      report(session, event)
    }
    try {
      await bringDays(library, days, { ...session.settings, onEvent }, brought)
    } finally {
      const ids = (kind: Stored) => [...brought].filter(([, how]) => how === kind).map(([id]) => id)
      const of = stored === days.length ? '' : ` of ${days.length}`
      const summary = `${stored}${of} ${days.length === 1 ? 'day' : 'days'}, ${brought.size} papers: ${ids('new').length} new, ${ids('changed').length} brought up to date`
      printPapers(session, papersOf(library, inListOrder(library, ids('new'))), options.json, () => summary)
      tidyIndex(session, library)
    }
  })
}

/** The days between the options, newest first; null where none are named. Throws a UsageError for days to come. */
function requestedDays({ date, since, until }: SyncOptions, today: Day): Day[] | null {
  if (date && (since || until)) throw new UsageError('Give --date, or --since and --until, not both.')
  if (until && !since) throw new UsageError('--until needs --since.')
  for (const day of [date, since, until])
    if (day && day > today) throw new UsageError(`${day} is yet to come: today is ${today} in UTC.`)
  if (date) return [date]
  if (!since) return null
  const last = until ?? today
  if (since > last) throw new UsageError(`--since ${since} is after --until ${last}.`)
  return daysBetween(since < FIRST_DAY ? FIRST_DAY : since, last)
}

/** A sync that was cut off goes on with what it did not reach. */
function missingFirst(library: Library, days: readonly Day[]): Day[] {
  const known = new Set(knownDays(library).map(({ day }) => day))
  return [...days.filter((day) => !known.has(day)), ...days.filter((day) => known.has(day))]
}

function report({ warn }: Session, event: SyncEvent): void {
  if (event.type === 'problem') warn(`${event.day}: ${event.problem}`)
  else if (event.type === 'page')
    warn(`The API gives no list (${event.why}) Reading the Hub’s pages instead.`)
  else if (event.type === 'waiting' && event.ms >= 3000)
    warn(`Waiting ${Math.ceil(event.ms / 1000)} s: ${event.why}.`)
}
