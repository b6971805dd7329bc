// Which days are wanted, and bringing them in: one day at a time, each stored whole before the next is asked for, so
// that a sync may be stopped anywhere and goes on where it was.

import { type Day, endOf, type SyncDay } from '../paper.ts'
import { addDays, dayOf, daysBetween, isWeekend } from './days.ts'
import { SourceError } from './errors.ts'
import { createHttp, type Http, type HttpOptions } from './http.ts'
import { fetchDay, type HubAnswer } from './hub.ts'
import { fetchDayPage } from './hub-page.ts'

// Counts and summaries keep coming for days after a paper was listed.
const FRESH_DAYS = 14
const HOUR = 3_600_000

/** When a sync looks for what is due. */
export interface DueOptions {
  /** Ms since 1970. */
  readonly now: number
  readonly known: readonly SyncDay[]
  /** The first day that a sync like this ever wanted, if there was one: every day since then is followed. */
  readonly since: Day | null
  /** Whether a person asked: who asks wants today's papers, even if they were looked for a minute ago. */
  readonly asked: boolean
}

/** The first day of the two weeks that a sync at a moment (ms since 1970) looks at. */
export function windowStart(now: number): Day {
  return addDays(dayOf(now), 1 - FRESH_DAYS)
}

/**
 * The days that a sync without arguments asks for, newest first: the last two weeks where they are new or out of date,
 * and every followed day that is still missing, however long the library was left alone or often a sync was cut off.
 */
export function dueDays({ now, known, since, asked }: DueOptions): Day[] {
  const today = dayOf(now)
  const byDay = new Map(known.map((entry) => [entry.day, entry]))
  const fresh = windowStart(now)
  const first = since !== null && since < fresh ? since : fresh
  return daysBetween(first, today).filter((day) => {
    const entry = byDay.get(day)
    if (!entry || (day === today && asked)) return true
    if (isWeekend(day) && entry.papers === 0) return false
    const age = now - entry.syncedAt
    if (day === today) return age >= HOUR
    // The day was not over when it was last asked for: it may have grown since.
    if (entry.syncedAt < endOf(day)) return true
    // An empty working day may have been asked for too early: once more, then it is believed.
    if (entry.papers === 0) return entry.asked < 2 && age >= HOUR
    return day >= fresh && age >= 24 * HOUR
  })
}

/** Where the sync puts what it brings. */
export interface DaySink {
  /** Stores a day whole, in one transaction. Returns a problem in words where the answer was not believed. */
  store(day: Day, answer: HubAnswer): string | null
}

/** What a sync tells while it runs. */
export type SyncEvent =
  | { readonly type: 'day'; readonly day: Day; readonly done: number; readonly total: number }
  | {
      readonly type: 'stored'
      readonly day: Day
      readonly done: number
      readonly total: number
      readonly papers: number
    }
  | { readonly type: 'waiting'; readonly ms: number; readonly why: string }
  | { readonly type: 'problem'; readonly day: Day; readonly problem: string }
  | { readonly type: 'page'; readonly why: string }

/** Failures of the API that its pages may not share. */
const PAGE_MAY_HELP = new Set(['not-found', 'server', 'unknown-shape', 'bad-request', 'too-large'])

/** So many days in a row that fail mean that the rest would too. */
const ENOUGH_FAILURES = 2

export interface SyncOptions {
  /** The Hub's origin, without a slash at the end. */
  readonly endpoint: string
  readonly token?: string
  readonly onEvent?: (event: SyncEvent) => void
  readonly signal?: AbortSignal
  readonly http?: HttpOptions
}

/**
 * Brings in the given days in their order. A day that fails costs itself and is reported as a problem; an error is
 * thrown at the end, once everything that could be had is stored. It stops at once where going on makes no sense:
 * without a network, when access is refused, when the server fails day after day.
 */
export async function syncDays(days: readonly Day[], sink: DaySink, options: SyncOptions): Promise<void> {
  const onEvent = options.onEvent ?? (() => {})
  const http = createHttp({
    ...(options.token ? { token: options.token, tokenOrigin: new URL(options.endpoint).origin } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
    onWait: (ms, why) => onEvent({ type: 'waiting', ms, why }),
    ...options.http,
  })
  let apiFailed = false
  let failed = 0
  let inARow = 0
  let lastFailure: SourceError | null = null
  const bring = async (day: Day): Promise<HubAnswer> => {
    if (apiFailed) return await fromPage(http, options.endpoint, day)
    try {
      return await fetchDay(http, options.endpoint, day)
    } catch (error) {
      if (!(error instanceof SourceError) || !PAGE_MAY_HELP.has(error.code)) throw error
      const answer = await fromPage(http, options.endpoint, day).catch((pageError: unknown) => {
        // Both ways failed: what the API said is what people can act on, but for the network going away.
        throw pageError instanceof SourceError && (pageError.offline || pageError.code === 'stopped')
          ? pageError
          : error
      })
      // Where the API is down, and not this one answer broken, the days that follow need not find out again.
      apiFailed = error.code === 'not-found' || error.code === 'server'
      onEvent({ type: 'page', why: error.message })
      return answer
    }
  }
  try {
    for (const [done, day] of days.entries()) {
      onEvent({ type: 'day', day, done, total: days.length })
      try {
        const answer = await bring(day)
        inARow = 0
        for (const problem of answer.problems) onEvent({ type: 'problem', day, problem })
        const disbelief = sink.store(day, answer)
        if (disbelief !== null) onEvent({ type: 'problem', day, problem: disbelief })
        onEvent({ type: 'stored', day, done: done + 1, total: days.length, papers: answer.entries.length })
      } catch (error) {
        if (!(error instanceof SourceError)) throw error
        if (error.offline || ['stopped', 'refused', 'rate-limited'].includes(error.code)) throw error
        onEvent({ type: 'problem', day, problem: error.message })
        failed++
        lastFailure = error
        if (++inARow >= ENOUGH_FAILURES) break
      }
    }
  } finally {
    await http.close()
  }
  if (lastFailure) {
    const many = `${failed} ${failed === 1 ? 'day' : 'days'} could not be brought in`
    const rest = inARow >= ENOUGH_FAILURES ? ', and the rest was not tried' : ''
    throw new SourceError(
      lastFailure.code,
      `${many}${rest}. What came before is stored; try again later.`,
      lastFailure,
    )
  }
}

async function fromPage(http: Http, endpoint: string, day: Day): Promise<HubAnswer> {
  const page = await fetchDayPage(http, endpoint, day)
  // For a day without a list the Hub shows another one: believe the page, not the address.
  return page.day === day ? page : { entries: [], problems: [] }
}
