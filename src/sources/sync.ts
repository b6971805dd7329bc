// Which days are wanted, and bringing them in: each day is stored whole, so that a sync may be stopped anywhere and goes
// on where it was.

import { addDays, dayOf, daysBetween, endOf, isWeekend } from '../days.ts'
import type { Day, SyncDay } from '../paper.ts'
import { SourceError } from './errors.ts'
import type { Http, HttpOptions, Validators } from './http.ts'
import { type DayAnswer, fetchDay, type HubAccess, NO_VALIDATORS, openHub } from './hub.ts'
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
  /** What the server gave with a day that is here, to ask whether it has changed. */
  known?(day: Day): Validators | undefined
  /** Stores a day whole, in one transaction. Returns a problem in words where the answer was not believed. */
  store(day: Day, answer: DayAnswer): string | null
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
  | { readonly type: 'problem'; readonly where: string; readonly problem: string }
  | { readonly type: 'page'; readonly why: string }
  /** Another instance's sync is under way: this one begins when it has ended. */
  | { readonly type: 'following'; readonly host: string; readonly pid: number; readonly progress: string }
  /** What is asked beside the Hub's days: `arXiv cs.CL`, the name of a feed. */
  | { readonly type: 'source'; readonly what: string }
  | { readonly type: 'brought'; readonly what: string; readonly papers: number }

/** Failures of the API that its pages may not share. */
const PAGE_MAY_HELP = new Set(['not-found', 'server', 'unknown-shape', 'bad-request', 'too-large'])

/** Failures that the next day would share. */
const ENDS_ALL = new Set(['stopped', 'refused', 'rate-limited'])

/** Requests under way at a time: more would only wait for the server's limit, or for the disk. */
const IN_FLIGHT = 4

/** So many days in a row that fail mean that the rest would too. */
const ENOUGH_FAILURES = 2

export interface SyncOptions extends HubAccess {
  readonly onEvent?: (event: SyncEvent) => void
  readonly signal?: AbortSignal
  readonly http?: HttpOptions
}

/**
 * Brings in the given days, several at a time and begun in their order. A day that fails costs itself and is reported as
 * a problem; an error is thrown at the end, once everything that could be had is stored. It stops at once where going on
 * makes no sense: without a network, when access is refused, when the server fails day after day.
 */
export async function syncDays(days: readonly Day[], sink: DaySink, options: SyncOptions): Promise<void> {
  const onEvent = options.onEvent ?? (() => {})
  // What makes no sense for one day ends the requests for the others too.
  const end = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, end.signal]) : end.signal
  const http = openHub(options, {
    signal,
    onWait: (ms, why) => onEvent({ type: 'waiting', ms, why }),
    ...options.http,
  })
  const total = days.length
  let apiFailed = false
  let begun = 0
  let done = 0
  let failed = 0
  let inARow = 0
  let gaveUp = false
  let lastFailure: SourceError | null = null
  let fatal: unknown = null

  const bring = async (day: Day): Promise<DayAnswer> => {
    if (apiFailed) return (await fromPage(http, options.endpoint, day)) ?? NO_LIST
    try {
      return await fetchDay(http, options.endpoint, day, sink.known?.(day))
    } catch (error) {
      if (!(error instanceof SourceError) || !PAGE_MAY_HELP.has(error.code)) throw error
      const answer = await fromPage(http, options.endpoint, day).catch((pageError: unknown) => {
        // Both ways failed: what the API said is what people can act on, but for the network going away.
        throw pageError instanceof SourceError && (pageError.offline || pageError.code === 'stopped')
          ? pageError
          : error
      })
      // A day that the server does not take for one, since its clock is behind: no list is no answer there.
      if (answer === null && error.code === 'bad-request') throw error
      // Where the API is down, and not this one answer broken, the days that follow need not find out again.
      if (!apiFailed) onEvent({ type: 'page', why: error.message })
      apiFailed ||= error.code === 'not-found' || error.code === 'server'
      return answer ?? NO_LIST
    }
  }

  const bringOne = async (day: Day) => {
    onEvent({ type: 'day', day, done, total })
    try {
      const answer = await bring(day)
      if (fatal) return
      inARow = 0
      for (const problem of answer.problems) onEvent({ type: 'problem', where: day, problem })
      const disbelief = sink.store(day, answer)
      if (disbelief !== null) onEvent({ type: 'problem', where: day, problem: disbelief })
      onEvent({ type: 'stored', day, done: ++done, total, papers: answer.entries.length })
    } catch (error) {
      if (fatal) return
      if (!(error instanceof SourceError) || error.offline || ENDS_ALL.has(error.code)) {
        fatal = error
        return end.abort()
      }
      onEvent({ type: 'problem', where: day, problem: error.message })
      failed++
      lastFailure = error
      gaveUp ||= ++inARow >= ENOUGH_FAILURES
    }
  }

  const lane = async () => {
    while (fatal === null && !gaveUp) {
      const day = days[begun++]
      if (day === undefined) return
      await bringOne(day)
    }
  }
  try {
    // The first day alone: whom the server refuses, or who has no network, need not find out four times.
    const [first] = days
    if (first !== undefined) await bringOne(first)
    begun = 1
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
  } finally {
    await http.close()
  }
  if (fatal) throw fatal
  if (lastFailure) throw failure(lastFailure, failed, gaveUp)
}

function failure(last: SourceError, failed: number, gaveUp: boolean): SourceError {
  const many = `${failed} ${failed === 1 ? 'day' : 'days'} could not be brought in`
  const rest = gaveUp ? ', and the rest was not tried' : ''
  return new SourceError(last.code, `${many}${rest}. What came before is stored; try again later.`, last)
}

/** A day's list by its page; null where the Hub shows another day there, as it does for days without a list. */
async function fromPage(http: Http, endpoint: string, day: Day): Promise<DayAnswer | null> {
  const { day: shown, entries, problems } = await fetchDayPage(http, endpoint, day)
  // Believe the page, not the address.
  return shown === day ? { entries, problems, isUnchanged: false, validators: NO_VALIDATORS } : null
}

const NO_LIST: DayAnswer = { entries: [], problems: [], isUnchanged: false, validators: NO_VALIDATORS }
