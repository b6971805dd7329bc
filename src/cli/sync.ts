import { accessOf } from '../access.ts'
import { dayOf, daysBetween, FIRST_DAY } from '../days.ts'
import { type Library, openLibrary } from '../library/library.ts'
import { syncDays as knownDays } from '../library/listings.ts'
import { inListOrder } from '../library/papers.ts'
import type { Day } from '../paper.ts'
import { parseQuery } from '../search/grammar.ts'
import { wordsFor } from '../search/query.ts'
import { parseCategory } from '../sources/arxiv-category.ts'
import { SourceError } from '../sources/errors.ts'
import { isPeriod } from '../sources/hub-periods.ts'
import { bringHarvest } from '../sync/arxiv.ts'
import { type Access, bringDue } from '../sync/bring.ts'
import { type Brought, broughtAs } from '../sync/brought.ts'
import { bringDays } from '../sync/days.ts'
import { bringPeriod, bringSearch } from '../sync/hub.ts'
import { runSync, type Watch } from '../sync/run.ts'
import { UsageError } from '../usage.ts'
import { papersOf, printPapers } from './print.ts'
import { createProgress, type Progress } from './progress.ts'
import { type Session, withLibrary } from './session.ts'
import { applyRules } from './tidy.ts'

export interface SyncOptions {
  readonly date?: string
  readonly since?: string
  readonly until?: string
  readonly all?: boolean
  readonly week?: string
  readonly month?: string
  readonly trending?: boolean
  readonly search?: string
  readonly harvest?: string
  readonly porcelain?: boolean
  readonly json?: boolean
}

/**
 * `broadsheet sync`: what is due, or what the options name. What could be brought in stays, whatever happens to the
 * rest; Ctrl-C ends it between two days.
 */
export async function sync(session: Session, options: SyncOptions): Promise<void> {
  const { settings, warn } = session
  if (settings.problem) throw new UsageError(settings.problem)
  const { access, problems } = accessOf(settings)
  const work = workFor(options, access, dayOf(Date.now()))
  for (const problem of problems) warn(problem)
  const stop = new AbortController()
  let interruptedAt = 0
  const onInterrupt = () => {
    // The launcher passes on what the terminal has sent us already: only a later one means that it takes too long.
    if (stop.signal.aborted && Date.now() - interruptedAt > IMPATIENT) process.exit(130)
    interruptedAt ||= Date.now()
    stop.abort()
  }
  process.on('SIGINT', onInterrupt)
  const progress = createProgress(session)
  try {
    await withLibrary(openLibrary(settings.libraryFile, { durability: 'normal' }), async (library) => {
      const brought: Brought = new Map()
      const watch = { onEvent: progress.onEvent, signal: stop.signal }
      try {
        const untidy = await runSync(library, watch, (watched) => work(library, watched, brought))
        if (untidy !== null) warn(untidy)
      } finally {
        applyRules(session, library)
        progress.end()
        report(session, options, progress, library, brought)
      }
    })
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'stopped' || !stop.signal.aborted) throw error
    throw new SourceError(
      'stopped',
      'Stopped. What came until now is stored; the next sync goes on from here.',
    )
  } finally {
    progress.end()
    process.off('SIGINT', onInterrupt)
  }
}

/** A second Ctrl-C after so many ms ends the program at once. */
const IMPATIENT = 500

type Work = (library: Library, watch: Watch, brought: Brought) => Promise<void>

/** What the options ask for. Throws a UsageError where they make no sense. */
function workFor(options: SyncOptions, access: Access, today: Day): Work {
  const { all = false, harvest, search, week, month, trending, since } = options
  if (harvest !== undefined) {
    if (since === undefined)
      throw new UsageError('--harvest needs --since: the day from which on the field is wanted.')
    if (parseCategory(harvest) === null)
      throw new UsageError(
        `"${harvest}" is no arXiv category. Write it as arXiv does: cs.CL, math.PR, hep-th.`,
      )
    return (library, watch, brought) =>
      bringHarvest(library, { ...access, ...watch, asked: true }, harvest, since, brought)
  }
  if (search !== undefined) {
    const words = wordsFor(parseQuery(search).query.node)
    if (words === '')
      throw new UsageError(`"${search}" has no words for the Hub, which knows nothing of tags and marks.`)
    return (library, watch, brought) => bringSearch(library, access, words, watch, brought)
  }
  const period = week ?? month ?? (trending ? 'trending' : undefined)
  if (period !== undefined && !isPeriod(period))
    throw new UsageError(`"${period}" is no week (2025-W36) or month (2025-09) of the calendar.`)
  if (period !== undefined)
    return (library, watch, brought) => bringPeriod(library, access, period, watch, brought)
  const days = requestedDays(options, today)
  if (days === null)
    return (library, watch, brought) => bringDue(library, access, { asked: true, all }, watch, brought)
  return (library, watch, brought) =>
    bringDays(library, missingFirst(library, days), { ...access, ...watch }, brought)
}

/** The days between the options, newest first; null where none are named. Throws a UsageError for days to come. */
function requestedDays({ date, since, until }: SyncOptions, today: Day): Day[] | null {
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

/** What came of it: papers as JSON, counts for scripts, a line for people; nothing where nothing happened and nobody sees. */
function report(
  session: Session,
  { json, porcelain }: SyncOptions,
  { days, problems }: Progress,
  library: Library,
  brought: Brought,
): void {
  const [news, changed] = [broughtAs(brought, 'new'), broughtAs(brought, 'changed')]
  if (porcelain) {
    const counts = {
      ...{ days: days.done, 'days-wanted': days.total, papers: brought.size },
      ...{ new: news.length, changed: changed.length, problems: problems() },
    }
    session.out(
      Object.entries(counts)
        .map(([name, count]) => `${name}\t${count}`)
        .join('\n'),
    )
    return
  }
  const quiet = news.length === 0 && changed.length === 0 && !process.stdout.isTTY
  const of = days.done === days.total ? '' : ` of ${days.total}`
  const what = days.total === 0 ? '' : `${days.done}${of} ${days.total === 1 ? 'day' : 'days'}, `
  const summary = `${what}${brought.size} papers: ${news.length} new, ${changed.length} brought up to date`
  printPapers(session, papersOf(library, inListOrder(library, news)), json, () => (quiet ? '' : summary))
}
