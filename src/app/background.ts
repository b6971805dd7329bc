// What takes longer than a frame, on a thread of its own with its own connection to the library: search and sync.
// The protocol is plain messages; each answer carries the number of the request it belongs to.

import type { MessagePort } from 'node:worker_threads'
import { storeDay } from '../library/intake.ts'
import { type Library, openLibrary } from '../library/library.ts'
import { syncDays as knownDays } from '../library/listings.ts'
import type { Stored } from '../library/papers.ts'
import type { Day, PaperId } from '../paper.ts'
import { createSearcher, type Found, type Searcher } from '../search/search.ts'
import { dayOf } from '../sources/days.ts'
import { SourceError } from '../sources/errors.ts'
import { dueDays, type SyncEvent, syncDays } from '../sources/sync.ts'

/** What a background thread is started with. */
export interface BackgroundData {
  readonly libraryFile: string
  readonly endpoint: string
  readonly token: string | undefined
}

export type BackgroundRequest =
  | { readonly type: 'search'; readonly request: number; readonly query: string; readonly limit: number }
  | { readonly type: 'sync'; readonly asked: boolean }
  | { readonly type: 'stop' }

/**
 * How a sync ended, how many papers it added, and whether the reader had asked for it. `offline`: nobody answered;
 * `failed`: somebody did, but not with papers.
 */
export type SyncEnd = { readonly added: number; readonly asked: boolean } & (
  | { readonly kind: 'done' }
  | { readonly kind: 'offline' | 'failed'; readonly why: string }
)

export type BackgroundAnswer =
  | { readonly type: 'found'; readonly request: number; readonly found: Found }
  | { readonly type: 'sync'; readonly event: SyncEvent }
  | { readonly type: 'synced'; readonly end: SyncEnd }
  | { readonly type: 'search-failed'; readonly request: number; readonly query: string; readonly why: string }

/** What a sync brought: every paper it stored, and how. */
export type Brought = Map<PaperId, Stored>

/** Syncs days into a library, each in a transaction of its own. Throws as `syncDays` of the sources does. */
export async function bringDays(
  library: Library,
  days: readonly Day[],
  from: {
    endpoint: string
    token: string | undefined
    signal?: AbortSignal
    onEvent?: (event: SyncEvent) => void
  },
  brought: Brought,
): Promise<void> {
  const store = (day: Day, papers: Parameters<typeof storeDay>[2]) => {
    for (const { id, stored } of storeDay(library, day, papers))
      if (brought.get(id) !== 'new') brought.set(id, stored)
  }
  await syncDays(
    days,
    {
      store: (day, { entries }) =>
        store(
          day,
          entries.map(({ paper }) => paper),
        ),
    },
    {
      endpoint: from.endpoint,
      ...(from.token ? { token: from.token } : {}),
      ...(from.signal ? { signal: from.signal } : {}),
      ...(from.onEvent ? { onEvent: from.onEvent } : {}),
    },
  )
}

/** Serves a background thread until it is told to stop. */
export function serveBackground(port: MessagePort, data: BackgroundData): void {
  const library = openLibrary(data.libraryFile, { durability: 'normal' })
  const stop = new AbortController()
  let searcher: Searcher | null = null
  let wanted: (BackgroundRequest & { type: 'search' }) | null = null
  let syncing = false
  const say = (answer: BackgroundAnswer) => port.postMessage(answer)

  const sync = async (asked: boolean) => {
    if (syncing) return
    syncing = true
    const brought: Brought = new Map()
    const added = () => [...brought.values()].filter((stored) => stored === 'new').length
    try {
      const due = dueDays(Date.now(), knownDays(library))
      const today = dayOf(Date.now())
      // Who asks for a sync wants today's papers, even if they were looked for a minute ago.
      const days = asked && !due.includes(today) ? [today, ...due] : due
      const onEvent = (event: SyncEvent) => say({ type: 'sync', event })
      await bringDays(library, days, { ...data, signal: stop.signal, onEvent }, brought)
      say({ type: 'synced', end: { kind: 'done', added: added(), asked } })
    } catch (error) {
      if (stop.signal.aborted) return
      const why = error instanceof Error ? error.message : String(error)
      const offline = error instanceof SourceError && error.offline
      say({ type: 'synced', end: { kind: offline ? 'offline' : 'failed', why, added: added(), asked } })
    } finally {
      syncing = false
    }
  }

  const search = () => {
    if (!wanted) return
    const { request, query, limit } = wanted
    wanted = null
    try {
      searcher ??= createSearcher(library)
      say({ type: 'found', request, found: searcher.search(query, limit) })
    } catch (error) {
      say({
        type: 'search-failed',
        request,
        query,
        why: error instanceof Error ? error.message : String(error),
      })
    }
  }

  port.on('message', (request: BackgroundRequest) => {
    if (request.type === 'stop') {
      stop.abort()
      library.close()
      port.close()
    } else if (request.type === 'sync') {
      void sync(request.asked)
    } else {
      // Letters come faster than answers: of the queries that wait, only the newest is worth one.
      if (!wanted) setImmediate(search)
      wanted = request
    }
  })
}
