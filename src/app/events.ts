// What can happen to a reader: keys and answers from outside, which `update` makes the next state of.

import type { TagCount } from '../library/marks.ts'
import type { StoredPaper } from '../library/papers.ts'
import type { PaperRow } from '../library/rows.ts'
import type { FieldValues } from '../library/searches.ts'
import type { Trending } from '../library/trending.ts'
import type { Day, MarkChange, PaperId } from '../paper.ts'
import type { Derived } from '../search/rules.ts'
import type { Found, Similar } from '../search/search.ts'
import type { SyncEvent } from '../sources/sync.ts'
import type { PaperAsked, SyncEnd } from './background.ts'
import type { Bindings } from './commands.ts'
import type { DocumentAnswer } from './document-answers.ts'
import type { PdfAnswer } from './documents.ts'
import type { Look } from './drawings.ts'
import type { Mouse } from './mouse.ts'
import type { RulesAnswer } from './rules.ts'
import type { HubAnswered } from './searching.ts'
import type { SettingRow } from './settings.ts'
import type { Message, ReadPolicy, Size, State } from './state.ts'
import type { Statistics } from './statistics.ts'
import type { Paint } from './themes.ts'
import type { TrendingAnswer } from './trending.ts'
import type { ViewCount, ViewsAnswer } from './views.ts'

export type Event =
  | { readonly type: 'started' }
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'mouse'; readonly mouse: Mouse }
  | { readonly type: 'resized'; readonly size: Size }
  | {
      readonly type: 'rows'
      readonly rows: readonly PaperRow[]
      readonly complete: boolean
      /** Where each paper stands, where that is known already. */
      readonly index?: State['index']
    }
  /** The configuration as it is now; `split` is null where it did not change. */
  | {
      readonly type: 'configured'
      readonly settings: readonly SettingRow[]
      readonly policy: ReadPolicy
      readonly paint: Paint
      readonly split: number | null
      readonly bindings: Bindings
    }
  /** The time is up after which a paper that is still open has been read. */
  | { readonly type: 'dwelt'; readonly id: PaperId }
  /** Another program has changed more in the library than is worth telling paper by paper. */
  | { readonly type: 'outdated' }
  | { readonly type: 'paper'; readonly paper: StoredPaper | null }
  /** Papers that have changed. `say` is what was decided; where `restored` is set, what came back. */
  | {
      readonly type: 'changed'
      readonly rows: readonly PaperRow[]
      readonly say: string | null
      readonly restored?: true
    }
  /** Papers whose marks have changed, all in the same way; `say` as above. */
  | {
      readonly type: 'marked'
      readonly ids: readonly PaperId[]
      readonly change: MarkChange
      readonly say: string | null
    }
  | { readonly type: 'found'; readonly request: number; readonly found: Found | Similar }
  | { readonly type: 'history'; readonly queries: readonly string[] }
  | { readonly type: 'tags'; readonly tags: readonly TagCount[] }
  | { readonly type: 'values'; readonly values: FieldValues }
  | ({ readonly type: 'rules' } & RulesAnswer)
  | { readonly type: 'rule-counted'; readonly query: string; readonly papers: number }
  | { readonly type: 'last-trending'; readonly trending: Trending | null }
  | { readonly type: 'trending'; readonly answer: TrendingAnswer }
  | ({ readonly type: 'views' } & ViewsAnswer)
  | { readonly type: 'view-counted'; readonly query: string; readonly count: ViewCount }
  | { readonly type: 'rechecked'; readonly query: string; readonly ids: readonly PaperId[] }
  /** A sync has gone on; it runs for `ms` now. */
  | { readonly type: 'sync-event'; readonly event: SyncEvent; readonly ms: number }
  | { readonly type: 'hub-answered'; readonly answer: HubAnswered }
  | { readonly type: 'paper-asked'; readonly answer: PaperAsked }
  | { readonly type: 'document'; readonly answer: DocumentAnswer }
  | { readonly type: 'pdf'; readonly answer: PdfAnswer }
  | { readonly type: 'look'; readonly look: Look | null }
  | { readonly type: 'synced'; readonly end: SyncEnd }
  /** What rules match was derived anew. */
  | { readonly type: 'ruled'; readonly derived: Derived }
  /** Today in UTC, and the days that the Hub was asked for. */
  | { readonly type: 'calendar'; readonly today: Day; readonly synced: readonly Day[] }
  | { readonly type: 'statistics'; readonly answer: NonNullable<Statistics['answer']> }
  | { readonly type: 'say'; readonly message: Message }
