// What takes longer than a frame: search and sync, each on a thread of its own with its own connection to the library,
// so that a sync never holds up a search. The protocol is plain messages; each answer to a search carries the number of
// its request.

import type { MessagePort } from 'node:worker_threads'
import { dayOf } from '../days.ts'
import { explain } from '../library/errors.ts'
import { openLibrary } from '../library/library.ts'
import { countUnreadOf } from '../library/papers.ts'
import { type FieldValues, fieldValues, valuesVersion } from '../library/searches.ts'
import { countLibrary } from '../library/statistics.ts'
import { lastTrending } from '../library/trending.ts'
import { type Day, EVERY_PAPER, type PaperId } from '../paper.ts'
import { parseQuery } from '../search/grammar.ts'
import { wordsFor } from '../search/query.ts'
import { type Derived, deriveRules } from '../search/rules.ts'
import { createSearcher, type Found, type Similar } from '../search/search.ts'
import { SourceError } from '../sources/errors.ts'
import type { SyncEvent } from '../sources/sync.ts'
import { type Access, bringDue } from '../sync/bring.ts'
import { type Brought, broughtAs } from '../sync/brought.ts'
import { bringDays } from '../sync/days.ts'
import { bringPaper, bringPeriod, bringSearch } from '../sync/hub.ts'
import { runSync } from '../sync/run.ts'
import { describe } from '../text/sanitise.ts'
import { localDay } from './dates.ts'
import type { HubAnswered } from './searching.ts'
import type { Statistics } from './statistics.ts'
import type { TrendingAnswer } from './trending.ts'
import type { ViewCount } from './views.ts'

/** What a background thread does, and what it needs for that. */
export type BackgroundData = { readonly libraryFile: string } & (
  | { readonly role: 'search' }
  | {
      readonly role: 'sync'
      readonly access: Access
      /** What is wrong with the settings, so that nobody can be asked; null where nothing is. */
      readonly problem: string | null
      /** What is wrong with single lines of the configuration: the rest is asked all the same. */
      readonly complaints: readonly string[]
    }
)

export type BackgroundRole = BackgroundData['role']

/** What a search's thread is asked; each request has its number. */
export type Asking =
  | { readonly type: 'search'; readonly request: number; readonly query: string; readonly limit: number }
  | { readonly type: 'similar'; readonly request: number; readonly id: PaperId; readonly limit: number }

interface SyncWants {
  readonly asked: boolean
  readonly all: boolean
  readonly day?: Day
}

export type BackgroundRequest =
  | Asking
  /** Reads the index, so that the first letter need not wait for that; answered by `values` where they are new. */
  | { readonly type: 'warm-up' }
  | { readonly type: 'count-views'; readonly queries: readonly string[] }
  | { readonly type: 'recheck'; readonly query: string }
  | { readonly type: 'count-rule'; readonly query: string }
  /** `day`: that day of the Hub alone. */
  | ({ readonly type: 'sync' } & SyncWants)
  /** Counts what the statistics show. */
  | { readonly type: 'statistics' }
  | { readonly type: 'ask-hub'; readonly query: string }
  /** Asks the Hub for a paper, unless it was asked not long ago; answered by `paper-asked`. */
  | { readonly type: 'ask-paper'; readonly id: PaperId }
  | { readonly type: 'ask-trending' }
  /** Rules have been made or changed: which papers they match is derived. */
  | { readonly type: 'derive-rules' }

/** How asking the Hub for a paper goes: it is under way, or it has ended and the library knows more or not. */
export type PaperAsked = { readonly id: PaperId; readonly how: 'asking' | 'changed' | 'same' }

/**
 * How a sync ended, how many papers it added, and whether the reader had asked for it. `offline`: nobody answered;
 * `failed`: somebody did, but not with papers.
 */
export type SyncEnd = { readonly added: number; readonly asked: boolean } & (
  | { readonly kind: 'done' }
  | { readonly kind: 'offline' | 'failed'; readonly why: string }
)

export type BackgroundAnswer =
  | { readonly type: 'found'; readonly request: number; readonly found: Found | Similar }
  | { readonly type: 'values'; readonly values: FieldValues }
  | { readonly type: 'counted'; readonly query: string; readonly count: ViewCount }
  | { readonly type: 'rule-counted'; readonly query: string; readonly papers: number }
  | { readonly type: 'rechecked'; readonly query: string; readonly ids: readonly PaperId[] }
  /** `ms` is how long the sync has been running. */
  | { readonly type: 'sync'; readonly event: SyncEvent; readonly ms: number }
  | { readonly type: 'hub-answered'; readonly answer: HubAnswered }
  | ({ readonly type: 'paper-asked' } & PaperAsked)
  | { readonly type: 'trending'; readonly answer: TrendingAnswer }
  | { readonly type: 'synced'; readonly end: SyncEnd }
  | { readonly type: 'ruled'; readonly derived: Derived }
  | { readonly type: 'statistics'; readonly answer: NonNullable<Statistics['answer']> }
  /** What of the configuration makes no sense. */
  | { readonly type: 'complaint'; readonly why: string }
  | { readonly type: 'search-failed'; readonly request: number; readonly why: string }

/** The Hub is not asked for a paper again for so long, in ms. */
const PAPER_AGES = 3_600_000

/** Serves a background thread. It ends with the thread: a transaction that is open then is rolled back. */
export function serveBackground(port: MessagePort, data: BackgroundData): void {
  if (data.role === 'search') serveSearch(port, data.libraryFile)
  else serveSync(port, data)
}

function serveSync(
  port: MessagePort,
  { libraryFile, access, problem, complaints }: Extract<BackgroundData, { role: 'sync' }>,
): void {
  const library = openLibrary(libraryFile, { durability: 'normal' })
  let syncing = false
  let waiting: SyncWants[] = []
  let begun = 0
  const say = (answer: BackgroundAnswer) => port.postMessage(answer)
  const tell = seldom((event) => say({ type: 'sync', event, ms: Date.now() - begun }))
  const watch = {
    onEvent: tell.event,
    // The thread ends with the reader, and the sync with the thread.
    signal: new AbortController().signal,
  }

  /** Tells what rules match, where that has changed or somebody asked. `fresh` has just come in. */
  const derive = (fresh: readonly PaperId[], asked: boolean) => {
    try {
      const derived = deriveRules(library, fresh)
      if (asked || derived.changed > 0) say({ type: 'ruled', derived })
    } catch (error) {
      say({ type: 'complaint', why: `The rules were not applied: ${describe(explain(error, library.file))}` })
    }
  }

  const sync = async (wants: SyncWants) => {
    if (syncing) {
      // Of those for the same days the last one says it all.
      waiting = [...waiting.filter(({ day }) => day !== wants.day), wants]
      return
    }
    syncing = true
    begun = Date.now()
    const brought: Brought = new Map()
    const end = (how: { kind: 'done' } | { kind: 'offline' | 'failed'; why: string }) => {
      tell.rest()
      say({ type: 'synced', end: { ...how, added: broughtAs(brought, 'new').length, asked: wants.asked } })
    }
    try {
      if (problem) throw new Error(problem)
      const untidy = await runSync(library, watch, (watched) =>
        wants.day === undefined
          ? bringDue(library, access, wants, watched, brought)
          : bringDays(library, [wants.day], { ...access, ...watched }, brought),
      )
      end(
        untidy === null
          ? { kind: 'done' }
          : { kind: 'failed', why: `the search index is not up to date: ${untidy}` },
      )
      const [complaint] = complaints
      if (complaint !== undefined) say({ type: 'complaint', why: complaint })
    } catch (error) {
      const kind = error instanceof SourceError && error.offline ? 'offline' : 'failed'
      end({ kind, why: describe(explain(error, library.file)) })
    } finally {
      syncing = false
    }
    derive(broughtAs(brought, 'new'), false)
    const wanted = waiting.shift()
    if (wanted) await sync(wanted)
  }

  // No sync's turn is needed for one question, so a long sync does not hold it up.
  const askHub = async (query: string) => {
    const brought: Brought = new Map()
    try {
      if (problem) throw new Error(problem)
      const words = wordsFor(parseQuery(query).query.node)
      await bringSearch(library, access, words, { ...watch, onEvent: () => {} }, brought)
      derive(broughtAs(brought, 'new'), false)
      const found = { ids: [...brought.keys()], added: broughtAs(brought, 'new').length }
      say({ type: 'hub-answered', answer: { query, found } })
    } catch (error) {
      const why = describe(explain(error, library.file))
      say({ type: 'hub-answered', answer: { query, found: { why } } })
    }
  }

  /** When the Hub was asked for each paper, in ms since 1970; infinite while it is being asked. */
  const askedAt = new Map<PaperId, number>()
  const askPaper = async (id: PaperId) => {
    const at = askedAt.get(id)
    if (problem || (at !== undefined && Number.isFinite(at) && Date.now() - at < PAPER_AGES)) return
    say({ type: 'paper-asked', id, how: 'asking' })
    if (at === Number.POSITIVE_INFINITY) return
    askedAt.set(id, Number.POSITIVE_INFINITY)
    let how: PaperAsked['how'] = 'same'
    try {
      if ((await bringPaper(library, access, id, watch.signal)) !== 'same') how = 'changed'
      askedAt.set(id, Date.now())
    } catch (error) {
      // What is known is shown all the same. That the Hub has no page of a paper is an answer too.
      if (error instanceof SourceError && error.code === 'not-found') askedAt.set(id, Date.now())
      else askedAt.delete(id)
    }
    say({ type: 'paper-asked', id, how })
  }

  const askTrending = async () => {
    const brought: Brought = new Map()
    try {
      if (problem) throw new Error(problem)
      await bringPeriod(library, access, 'trending', { ...watch, onEvent: () => {} }, brought)
      derive(broughtAs(brought, 'new'), false)
      const trending = lastTrending(library) ?? { ids: [], askedAt: Date.now() }
      say({ type: 'trending', answer: { trending, added: broughtAs(brought, 'new').length } })
    } catch (error) {
      const offline = error instanceof SourceError && error.offline
      say({ type: 'trending', answer: { why: describe(explain(error, library.file)), offline } })
    }
  }

  port.on('message', (request: BackgroundRequest) => {
    if (request.type === 'sync') void sync(request)
    else if (request.type === 'ask-hub') void askHub(request.query)
    else if (request.type === 'ask-paper') void askPaper(request.id)
    else if (request.type === 'ask-trending') void askTrending()
    else if (request.type === 'derive-rules') derive([], true)
  })
}

/** Between two steps of a sync that are told, in ms: each is a frame of the reader's, which has keys to answer. */
const TOLD = 200

/**
 * Tells the steps of a sync, but those of its days at most every `TOLD` ms: a near server gives a hundred in a second.
 * `rest` tells what has been held back. While requests wait others may still be answered: the wait is told again then.
 */
function seldom(say: (event: SyncEvent) => void): { event(event: SyncEvent): void; rest(): void } {
  let wait = { until: 0, why: '' }
  const tell = (event: SyncEvent) => {
    say(event)
    const ms = wait.until - Date.now()
    if (event.type === 'waiting') wait = { until: Date.now() + event.ms, why: event.why }
    else if (ms > 0) say({ type: 'waiting', ms, why: wait.why })
  }
  let pause: NodeJS.Timeout | null = null
  let held: Extract<SyncEvent, { type: 'stored' }> | null = null
  const rest = () => {
    if (pause) clearTimeout(pause)
    pause = null
    if (held) tell(held)
    held = null
  }
  return {
    rest,
    event(event) {
      if (event.type !== 'day' && event.type !== 'stored') {
        rest()
        return tell(event)
      }
      if (!pause) {
        pause = setTimeout(rest, TOLD)
        return tell(event)
      }
      if (event.type === 'stored') held = { ...event, papers: event.papers + (held?.papers ?? 0) }
    },
  }
}

function serveSearch(port: MessagePort, libraryFile: string): void {
  const library = openLibrary(libraryFile, { durability: 'normal' })
  library.db.pragma('query_only = ON')
  const searcher = createSearcher(library)
  let wanted: Asking | null = null
  let valuesOf = ''
  const say = (answer: BackgroundAnswer) => port.postMessage(answer)

  const search = () => {
    if (!wanted) return
    const asking = wanted
    wanted = null
    const { request, limit } = asking
    try {
      const found =
        asking.type === 'search' ? searcher.search(asking.query, limit) : searcher.similar(asking.id, limit)
      say({ type: 'found', request, found })
    } catch (error) {
      say({ type: 'search-failed', request, why: describe(explain(error, library.file)) })
    }
  }

  const warmUp = () => {
    try {
      searcher.warmUp()
      // A query that came meanwhile is more urgent than what it could be completed to.
      search()
      const version = valuesVersion(library)
      if (version === valuesOf) return
      say({ type: 'values', values: fieldValues(library) })
      valuesOf = version
    } catch {
      // Nobody waits for it; the search that needs what could not be read says why.
    }
  }

  // Of views that were asked for twice the newer list counts.
  let toCount: readonly string[] = []
  const countNext = () => {
    const [query, ...rest] = toCount
    if (query === undefined) return
    toCount = rest
    // What somebody waits for comes first.
    search()
    try {
      const { ids } = searcher.search(query, EVERY_PAPER)
      say({ type: 'counted', query, count: { papers: ids.length, unread: countUnreadOf(library, ids) } })
    } catch {
      // A number that is missing says so itself.
    }
    setImmediate(countNext)
  }
  // Letters come faster than numbers: only the newest query is worth one.
  let rule: string | null = null
  const countRule = () => {
    if (rule === null) return
    const query = rule
    rule = null
    try {
      say({ type: 'rule-counted', query, papers: searcher.matching(query).length })
    } catch {
      // A number that is missing says so itself.
    }
  }
  const recheck = (query: string) => {
    try {
      say({ type: 'rechecked', query, ids: searcher.search(query, EVERY_PAPER).ids })
    } catch {
      // The view is as it was; asking for it anew says why.
    }
  }
  const count = () => {
    try {
      const now = Date.now()
      // When somebody read is in days of their own; the days of papers are UTC.
      const counts = countLibrary(library, localDay)
      say({ type: 'statistics', answer: { counts, today: localDay(now), todayUtc: dayOf(now) } })
    } catch (error) {
      say({ type: 'statistics', answer: { why: describe(explain(error, library.file)) } })
    }
  }

  port.on('message', (request: BackgroundRequest) => {
    if (request.type === 'count-views') {
      toCount = request.queries
      return void setImmediate(countNext)
    }
    if (request.type === 'count-rule') {
      if (rule === null) setImmediate(countRule)
      rule = request.query
      return
    }
    if (request.type === 'recheck') return void setImmediate(recheck, request.query)
    if (request.type === 'warm-up') return void setImmediate(warmUp)
    if (request.type === 'statistics') return void setImmediate(count)
    if (request.type !== 'search' && request.type !== 'similar') return
    // Letters come faster than answers: of the queries that wait, only the newest is worth one.
    if (!wanted) setImmediate(search)
    wanted = request
  })
}
