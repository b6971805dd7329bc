// The thread that asks the Hub and arXiv, and derives what rules match of what they bring.

import type { MessagePort } from 'node:worker_threads'
import { explain } from '../library/errors.ts'
import { openLibrary } from '../library/library.ts'
import { lastTrending } from '../library/trending.ts'
import type { PaperId } from '../paper.ts'
import { parseQuery } from '../search/grammar.ts'
import { wordsFor } from '../search/query.ts'
import { deriveRules } from '../search/rules.ts'
import { SourceError } from '../sources/errors.ts'
import type { SyncEvent } from '../sources/sync.ts'
import { bringDue } from '../sync/bring.ts'
import { type Brought, broughtAs } from '../sync/brought.ts'
import { bringDays } from '../sync/days.ts'
import { bringPaper, bringPeriod, bringSearch } from '../sync/hub.ts'
import { runSync } from '../sync/run.ts'
import { describe } from '../text/sanitise.ts'
import type {
  BackgroundAnswer,
  BackgroundData,
  BackgroundRequest,
  PaperAsked,
  SyncWants,
} from './background.ts'

/** The Hub is not asked for a paper again for so long, in ms. */
const PAPER_AGES = 3_600_000

/** Serves the thread: one sync at a time, and questions beside it. */
export function serveSync(
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
