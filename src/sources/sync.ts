// Which days are wanted, and bringing them in: one day at a time, each stored whole before the next is asked for, so
// that a sync may be stopped anywhere and goes on where it was.

import type { Day } from '../paper.ts'
import { addDays, dayOf, daysBetween, isWeekend } from './days.ts'
import { SourceError } from './errors.ts'
import { createHttp, type Http, type HttpOptions } from './http.ts'
import { fetchDay, type HubAnswer } from './hub.ts'
import { fetchDayPage } from './hub-page.ts'

/** What is already known of a day. `syncedAt` is in ms since 1970. */
export interface KnownDay {
  readonly day: Day
  readonly syncedAt: number
  readonly papers: number
  readonly asked: number
}

// Counts and summaries keep coming for days after a paper was listed.
const FRESH_DAYS = 14
const HOUR = 3_600_000

/**
 * The days that a sync without arguments asks for, newest first: the last two weeks where they are new or out of date,
 * and, where the library was left alone for longer, every day since it was last brought up to date.
 */
export function dueDays(now: number, known: readonly KnownDay[]): Day[] {
  const today = dayOf(now)
  const byDay = new Map(known.map((entry) => [entry.day, entry]))
  const newest = known.reduce((latest, { day }) => (day > latest ? day : latest), '')
  const windowStart = addDays(today, 1 - FRESH_DAYS)
  const first = newest !== '' && newest < windowStart ? newest : windowStart
  return daysBetween(first, today).filter((day) => {
    const entry = byDay.get(day)
    if (!entry) return true
    if (isWeekend(day) && entry.papers === 0) return false
    // The day was not over when it was last asked for: it may have grown since.
    const open = entry.syncedAt < Date.parse(`${addDays(day, 1)}T00:00:00Z`)
    const age = now - entry.syncedAt
    if (day === today) return age >= HOUR
    if (open) return true
    // An empty working day may have been asked for too early: once more, then it is believed.
    if (entry.papers === 0) return entry.asked < 2 && age >= HOUR
    return day >= windowStart && age >= 24 * HOUR
  })
}

/** Where the sync puts what it brings. */
export interface DaySink {
  /** Stores a day whole, in one transaction. */
  store(day: Day, answer: HubAnswer): void
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

export interface SyncOptions {
  /** The Hub's origin, without a slash at the end. */
  readonly endpoint: string
  readonly token?: string
  readonly onEvent?: (event: SyncEvent) => void
  readonly signal?: AbortSignal
  readonly http?: HttpOptions
}

/**
 * Brings in the given days in their order. A day that fails costs itself and is reported as a problem; the first
 * failure is thrown at the end, once everything that could be had is stored. Without a network, or when access is
 * refused, it stops at once.
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
  let firstFailure: SourceError | null = null
  const bring = async (day: Day): Promise<HubAnswer> => {
    if (apiFailed) return await fromPage(http, options.endpoint, day)
    try {
      return await fetchDay(http, options.endpoint, day)
    } catch (error) {
      if (!(error instanceof SourceError) || !['not-found', 'server', 'unknown-shape'].includes(error.code))
        throw error
      const answer = await fromPage(http, options.endpoint, day).catch((pageError: unknown) => {
        // Both ways failed: what the API said is what people can act on, but for the network going away.
        throw pageError instanceof SourceError && (pageError.offline || pageError.code === 'stopped')
          ? pageError
          : error
      })
      // Where the API is down, and not this one answer broken, the days that follow need not find out again.
      apiFailed = error.code !== 'unknown-shape'
      onEvent({ type: 'page', why: error.message })
      return answer
    }
  }
  try {
    for (const [done, day] of days.entries()) {
      onEvent({ type: 'day', day, done, total: days.length })
      try {
        const answer = await bring(day)
        for (const problem of answer.problems) onEvent({ type: 'problem', day, problem })
        sink.store(day, answer)
        onEvent({ type: 'stored', day, done: done + 1, total: days.length, papers: answer.entries.length })
      } catch (error) {
        if (!(error instanceof SourceError)) throw error
        if (error.offline || ['stopped', 'refused', 'rate-limited'].includes(error.code)) throw error
        onEvent({ type: 'problem', day, problem: error.message })
        firstFailure ??= error
      }
    }
  } finally {
    await http.close()
  }
  if (firstFailure) throw firstFailure
}

async function fromPage(http: Http, endpoint: string, day: Day): Promise<HubAnswer> {
  const page = await fetchDayPage(http, endpoint, day)
  // For a day without a list the Hub shows another one: believe the page, not the address.
  return page.day === day ? page : { entries: [], problems: [] }
}
