// What takes longer than a frame: search and sync, each on a thread of its own with its own connection to the library,
// so that a sync never holds up a search. The protocol is plain messages; each answer to a search carries the number of
// its request.

import type { MessagePort } from 'node:worker_threads'
import { explain, LibraryError } from '../library/errors.ts'
import { storeDay } from '../library/intake.ts'
import { type Library, openLibrary } from '../library/library.ts'
import { followedSince, followSince, hubListed, syncDays as knownDays } from '../library/listings.ts'
import type { Stored } from '../library/papers.ts'
import { type FieldValues, fieldValues, valuesVersion } from '../library/searches.ts'
import type { Day, PaperId } from '../paper.ts'
import { createSearcher, type Found, type Similar } from '../search/search.ts'
import { isBehind, upkeep } from '../search/upkeep.ts'
import { SourceError } from '../sources/errors.ts'
import { type DaySink, dueDays, type SyncEvent, syncDays, windowStart } from '../sources/sync.ts'
import { describe } from '../text/sanitise.ts'

/** Whom to sync with. `problem` says, where the settings make no sense, what is wrong with them. */
export interface HubAccess {
  readonly endpoint: string
  readonly token: string | undefined
  readonly problem: string | null
}

/** What a background thread does. */
export type BackgroundRole = 'search' | 'sync'

/** What a background thread is started with. */
export interface BackgroundData extends HubAccess {
  readonly role: BackgroundRole
  readonly libraryFile: string
}

/** What a search's thread is asked; each request has its number. */
export type Asking =
  | { readonly type: 'search'; readonly request: number; readonly query: string; readonly limit: number }
  | { readonly type: 'similar'; readonly request: number; readonly id: PaperId; readonly limit: number }

export type BackgroundRequest =
  | Asking
  /** Reads the index, so that the first letter need not wait for that; answered by `values` where they are new. */
  | { readonly type: 'warm-up' }
  | { readonly type: 'sync'; readonly asked: boolean }

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
  | { readonly type: 'sync'; readonly event: SyncEvent }
  | { readonly type: 'synced'; readonly end: SyncEnd }
  | { readonly type: 'search-failed'; readonly request: number; readonly why: string }

/** What a sync brought: every paper it stored, and how. */
export type Brought = Map<PaperId, Stored>

/** The days that are due in a library, newest first; from the first call on every day is followed. */
export function daysDue(library: Library, { asked, now }: { asked: boolean; now: number }): Day[] {
  followSince(library, windowStart(now))
  return dueDays({ now, known: knownDays(library), since: followedSince(library), asked })
}

/** Syncs days into a library, each in a transaction of its own. Throws as `syncDays` of the sources does. */
export async function bringDays(
  library: Library,
  days: readonly Day[],
  { endpoint, token, onEvent }: HubAccess & { onEvent: (event: SyncEvent) => void },
  brought: Brought,
): Promise<void> {
  const store: DaySink['store'] = (day, { entries }) => {
    // Lists shrink, but they do not vanish: an empty answer for a day that had papers is a server's fault.
    if (entries.length === 0 && hubListed(library, day) > 0)
      return 'the Hub gives an empty list for a day that had papers; what is here is kept'
    const outcome = storeDay(
      library,
      day,
      entries.map(({ paper }) => paper),
    )
    for (const { id, stored } of outcome) if (brought.get(id) !== 'new') brought.set(id, stored)
    return null
  }
  await syncDays(days, { store }, { endpoint, ...(token ? { token } : {}), onEvent })
}

/** Serves a background thread. It ends with the thread: a transaction that is open then is rolled back. */
export function serveBackground(port: MessagePort, data: BackgroundData): void {
  const serve = data.role === 'search' ? serveSearch : serveSync
  serve(port, data)
}

function serveSync(port: MessagePort, data: BackgroundData): void {
  const library = openLibrary(data.libraryFile, { durability: 'normal' })
  let syncing = false
  const say = (answer: BackgroundAnswer) => port.postMessage(answer)
  const why = (error: unknown) => describe(explain(error, library.file))

  const sync = async (asked: boolean) => {
    if (syncing) return
    syncing = true
    const brought: Brought = new Map()
    const added = () => [...brought.values()].filter((stored) => stored === 'new').length
    // Papers that no segment holds are found all the same, only slower: no reason to give up the sync.
    let untidy: string | null = null
    const tidy = () => {
      untidy = tidyIndex(library)
    }
    const onEvent = (event: SyncEvent) => {
      say({ type: 'sync', event })
      if (event.type === 'stored' && isBehind(library)) tidy()
    }
    try {
      tidy()
      if (data.problem) throw new Error(data.problem)
      const days = daysDue(library, { asked, now: Date.now() })
      await bringDays(library, days, { ...data, onEvent }, brought)
      tidy()
      const end: SyncEnd =
        untidy === null
          ? { kind: 'done', added: added(), asked }
          : { kind: 'failed', why: `the search index is not up to date: ${untidy}`, added: added(), asked }
      say({ type: 'synced', end })
    } catch (error) {
      const kind = error instanceof SourceError && error.offline ? 'offline' : 'failed'
      // What came before the failure is stored, and taken in too.
      tidy()
      say({ type: 'synced', end: { kind, why: why(error), added: added(), asked } })
    } finally {
      syncing = false
    }
  }

  port.on('message', (request: BackgroundRequest) => {
    if (request.type === 'sync') void sync(request.asked)
  })
}

/** Brings the index into shape; returns why it could not, or null. What another program holds up waits for next time. */
function tidyIndex(library: Library): string | null {
  try {
    upkeep(library)
    return null
  } catch (error) {
    const explained = explain(error, library.file)
    return explained instanceof LibraryError && explained.code === 'busy' ? null : describe(explained)
  }
}

function serveSearch(port: MessagePort, data: BackgroundData): void {
  const library = openLibrary(data.libraryFile, { durability: 'normal' })
  library.db.pragma('query_only = ON')
  const searcher = createSearcher(library)
  let wanted: Asking | null = null
  let valuesOf = -1
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

  port.on('message', (request: BackgroundRequest) => {
    if (request.type === 'warm-up') return void setImmediate(warmUp)
    if (request.type === 'sync') return
    // Letters come faster than answers: of the queries that wait, only the newest is worth one.
    if (!wanted) setImmediate(search)
    wanted = request
  })
}
