// What takes longer than a frame: search and sync, each on a thread of its own with its own connection to the library,
// so that a sync never holds up a search. The protocol is plain messages; each answer to a search carries the number of
// its request.

import type { MessagePort } from 'node:worker_threads'
import type { FieldValues } from '../library/searches.ts'
import type { Day, PaperId } from '../paper.ts'
import type { Derived } from '../search/rules.ts'
import type { Found, Similar } from '../search/search.ts'
import type { SyncEvent } from '../sources/sync.ts'
import type { Access } from '../sync/bring.ts'
import { serveSearch } from './background-search.ts'
import { serveSync } from './background-sync.ts'
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

export interface SyncWants {
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

/** Serves a background thread. It ends with the thread: a transaction that is open then is rolled back. */
export function serveBackground(port: MessagePort, data: BackgroundData): void {
  if (data.role === 'search') serveSearch(port, data.libraryFile)
  else serveSync(port, data)
}
