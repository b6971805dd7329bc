// The whole state of the reader, as plain data. Facts that are independent of each other are separate fields; what can
// be derived is derived (see shown.ts and view.ts).

import type { TagCount } from '../library/marks.ts'
import type { StoredPaper } from '../library/papers.ts'
import type { PaperRow } from '../library/rows.ts'
import type { FieldValues } from '../library/searches.ts'
import type { Day, PaperId } from '../paper.ts'
import type { MatchedWord } from '../text/highlights.ts'
import type { AbstractPicture } from './abstract-picture.ts'
import type { SyncEnd } from './background.ts'
import type { Choosing, CopyWhat } from './choosing.ts'
import type { Bindings } from './commands.ts'
import type { Decision } from './decisions.ts'
import type { Document } from './document.ts'
import type { DocumentRequest } from './documents.ts'
import type { Look, Preparation } from './drawings.ts'
import type { HelpFilter } from './help-filter.ts'
import type { Place } from './laid-text.ts'
import type { Linear } from './linear.ts'
import type { Overlay } from './overlay.ts'
import type { Prompt } from './prompt.ts'
import type { RuleEffect, Rules } from './rules.ts'
import type { SettingRow } from './settings.ts'
import type { Sorting } from './sorting.ts'
import type { Tagging } from './tagging.ts'
import type { Paint } from './themes.ts'
import type { TrendingEffect } from './trending.ts'
import type { Triage } from './triage.ts'
import type { ViewEffect, Views } from './views.ts'

export type ViewName = 'all' | 'unread' | 'starred' | 'later' | 'hidden' | 'watched'

/** A size in terminal cells. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

/** Where the reader is in the list, so that it can be found again when the list has changed around it. */
export interface Anchor {
  readonly id: PaperId | null
  readonly cursor: number
  /** Lines between the top of the pane and the cursor. */
  readonly offset: number
}

/**
 * What a search looks for: what a query says, papers like one, those of a view of the reader's own, or what is trending.
 * `days` names the week or month that a query is for.
 */
export type Sought =
  | { readonly kind: 'query'; readonly query: string; readonly days?: string }
  | { readonly kind: 'like'; readonly id: PaperId; readonly title: string }
  | { readonly kind: 'view'; readonly name: string; readonly query: string; readonly sort: string | null }
  /** What is trending on the Hub, or was, in ms since 1970; null where nothing is known of it. */
  | { readonly kind: 'trending'; readonly askedAt: number | null }

/** What was found, best first, and the words to highlight. */
export interface Results {
  readonly sought: Sought
  readonly ids: readonly PaperId[]
  /** The order in which they were found, once another was chosen. */
  readonly found?: readonly PaperId[]
  readonly matched: readonly MatchedWord[]
  /** Of papers like another, the words that each shares with it, the most telling first. */
  readonly shared: ReadonlyMap<PaperId, readonly string[]>
}

/** A search that is open. `asked` is the number of the newest request, `answered` of the one whose results show. */
export interface Search {
  readonly sought: Sought
  readonly asked: number
  readonly answered: number
  /** So many papers were asked for at most. */
  readonly limit: number
  /** Null until the first answer, and while the query is empty: then the list is as it was. */
  readonly results: Results | null
  /** Where the reader was before, and the rows that the list showed, for Esc. */
  readonly from: Anchor
  readonly kept: Uint32Array
  /** Whether a paper was open then: Esc leads from papers like it back into it. */
  readonly reading: boolean
  /** Whether the Hub has been asked too, and has answered. */
  readonly hub: 'unasked' | 'asking' | 'answered'
  /** Papers that came in since, which a view would have if it were asked for anew. */
  readonly fresh: number
  /** The order that was chosen for the results; null for the one in which they were found. */
  readonly sorting: Sorting | null
  /** The results that were there before this search was begun, and the place in them: Esc brings them back. */
  readonly previous: { readonly search: Search; readonly at: Anchor } | null
}

/** What is selected in the list (see selecting.ts). */
export interface Selection {
  readonly ids: ReadonlySet<PaperId>
  /** Where a range begins that goes on to the cursor; null where none is being drawn. */
  readonly from: PaperId | null
  /** What was selected when it was last decided about. */
  readonly before: ReadonlySet<PaperId>
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), from: null, before: new Set() }

/** The selection once its list is left: nothing, and what it was can be selected again. */
export const leftSelection = ({ ids, before }: Selection): Selection => ({
  ...NOTHING_SELECTED,
  before: ids.size > 0 ? ids : before,
})

export type SyncState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running'
      /** What is being asked for: a day, a category, a feed. */
      readonly what: string
      readonly done: number
      readonly total: number
      /** How long the rest may take: `3 min left`; empty where nobody can say yet. */
      readonly left: string
      readonly waiting: string | null
    }
  | SyncEnd

export interface Message {
  /** What has happened, why something cannot be done, what went wrong. */
  readonly kind: 'info' | 'reason' | 'error'
  readonly text: string
  /** It says how far something is, and the next one soon takes its place. */
  readonly passing?: true
}

export interface State {
  readonly size: Size
  /** Every paper, in list order; at first only the newest, until `complete`. */
  readonly rows: readonly PaperRow[]
  readonly index: ReadonlyMap<PaperId, number>
  readonly complete: boolean
  /** Papers and unread papers in the whole library. */
  readonly totals: { readonly papers: number; readonly unread: number }
  readonly view: ViewName
  /** The order of each view that has one of its own. */
  readonly sorts: Readonly<Partial<Record<ViewName, Sorting>>>
  /** The rows in the order of the view as it was chosen; null where that is the order of `rows`. */
  readonly order: Uint32Array | null
  /** The rows that the list shows, as indices into `rows`, in the order shown. */
  readonly shown: Uint32Array
  /** The selected place in `shown`. */
  readonly cursor: number
  /** The first visible line of the list. */
  readonly top: number
  readonly selection: Selection
  readonly views: Views
  readonly rules: Rules
  readonly search: Search | null
  /** Search requests made so far: each has its number, so that a late answer is known as such. */
  readonly requests: number
  /** Keys of a sequence that has been begun, with spaces between; else empty. */
  readonly pending: string
  /** The reader's own keys. */
  readonly bindings: Bindings
  /** Keys that wait for the results they mean, as when Enter is pressed faster than a search answers. */
  readonly held: readonly string[]
  /** Open while a query is being typed. */
  readonly prompt: Prompt | null
  /** Queries that were kept, newest first. */
  readonly history: readonly string[]
  /** What the fields of a query can be completed to. */
  readonly values: FieldValues
  /** Every tag, the most used first, as far as they were asked for. */
  readonly tags: readonly TagCount[]
  /** Open while tags are being typed. */
  readonly tagging: Tagging | null
  /** Going through papers one by one; the card is the selected paper. */
  readonly triage: Triage | null
  readonly reading: boolean
  readonly help: boolean
  /** What the help is filtered by. */
  readonly filter: HelpFilter | null
  /** The selected paper whole, once it is loaded. */
  readonly paper: StoredPaper | null
  /** A full text or a discussion that is open over all else. */
  readonly document: Document | null
  /** Open while a letter is to say what is meant. */
  readonly choosing: Choosing | null
  /** What lies over all else. */
  readonly overlay: Overlay | null
  /** The ids of the commands that were run from the palette, the last one first. */
  readonly recent: readonly string[]
  /** How the terminal shows pictures, once it was asked; null where it does not. */
  readonly look: Look | null | 'unknown' | 'asking'
  /** Whether abstracts are shown with their pictures, where the terminal shows any. */
  readonly pictures: boolean
  readonly picture: AbstractPicture | null
  readonly panes: Panes
  /** How frames are painted. */
  readonly paint: Paint
  /** The settings, once somebody has wanted to see them. */
  readonly settings: readonly SettingRow[]
  readonly policy: ReadPolicy
  /** The longest line that a full text may have, in cells. */
  readonly measure: number
  /** The first visible line of the abstract (full screen or pane) and of the help. */
  readonly scroll: number
  readonly sync: SyncState
  /** New papers since the start that the reader has not been shown yet. */
  readonly arrived: number
  readonly message: Message | null
  /** What is told instead of being drawn; null where there is a screen. */
  readonly linear: Linear | null
}

export type Effect =
  /** `now`: without a rest after the last time, since the reader waits for them. */
  | { readonly type: 'load-rows'; readonly now?: true }
  | { readonly type: 'load-paper'; readonly id: PaperId }
  | Decision
  /** Tells after so many ms that a paper may have been read. */
  | { readonly type: 'dwell'; readonly id: PaperId; readonly ms: number }
  | { readonly type: 'load-settings' }
  /** Changes a setting in the configuration file; without a value it is taken out. */
  | { readonly type: 'write-setting'; readonly key: string; readonly value?: unknown }
  | { readonly type: 'load-tags' }
  | ViewEffect
  | TrendingEffect
  | RuleEffect
  | { readonly type: 'edit-note'; readonly id: PaperId }
  | { readonly type: 'search'; readonly request: number; readonly query: string; readonly limit: number }
  | { readonly type: 'similar'; readonly request: number; readonly id: PaperId; readonly limit: number }
  | { readonly type: 'warm-up' }
  | { readonly type: 'load-history' }
  | { readonly type: 'keep-query'; readonly query: string }
  /** `day`: that day of the Hub alone. */
  | { readonly type: 'sync'; readonly asked: boolean; readonly all: boolean; readonly day?: Day }
  | { readonly type: 'load-calendar' }
  | { readonly type: 'statistics' }
  | { readonly type: 'ask-hub'; readonly query: string }
  | { readonly type: 'ask-paper'; readonly id: PaperId }
  | DocumentRequest
  | { readonly type: 'ask-look' }
  /** Gives pictures to whoever shows them, or takes them away again. */
  | { readonly type: 'prepare-pictures'; readonly preparations: readonly Preparation[] }
  | { readonly type: 'keep-place'; readonly id: PaperId; readonly place: Place }
  | { readonly type: 'open-file'; readonly file: string }
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  | { readonly type: 'copy-papers'; readonly ids: readonly PaperId[]; readonly what: CopyWhat }
  | { readonly type: 'open'; readonly url: string }
  /** Opens papers' pages; those that open are marked read. `pageless` is how many papers beside them have none. */
  | { readonly type: 'read-outside'; readonly pages: readonly Page[]; readonly pageless: number }
  /** Says something to somebody who looks elsewhere. */
  | { readonly type: 'notify'; readonly text: string }
  | { readonly type: 'suspend' }
  | { readonly type: 'quit' }

/** A paper's page. */
export interface Page {
  readonly url: string
  readonly id: PaperId
  readonly read: boolean
}

/** A next state and what is to be done outside. */
export type Step = readonly [State, readonly Effect[]]

/** Longer lines are hard to read. */
export const MEASURE = 90

/** How the reader wants the panes: the list's share of list and abstract in percent, and whether the list is alone. */
export interface Panes {
  readonly split: number
  readonly zoomed: boolean
}

/** The list's share where nobody said. */
export const SPLIT = 55

/** When a paper that is opened is marked read: at once, after so many ms, or by hand alone. */
export type ReadPolicy = 'open' | 'never' | { readonly after: number }

/** The state a reader starts with. */
export function initialState(size: Size, rows: readonly PaperRow[], totals: State['totals']): State {
  return {
    size,
    rows,
    index: indexOf(rows),
    complete: rows.length === totals.papers,
    totals,
    view: 'all',
    sorts: {},
    order: null,
    shown: Uint32Array.from(rows.keys()).filter((index) => !rows[index]?.hidden),
    cursor: 0,
    top: 0,
    selection: NOTHING_SELECTED,
    views: { saved: [], counts: new Map(), removed: null },
    rules: { all: [], removed: null, counted: null },
    search: null,
    requests: 0,
    pending: '',
    bindings: new Map(),
    held: [],
    prompt: null,
    history: [],
    values: { author: [], org: [], cat: [], date: [], tag: [] },
    tags: [],
    tagging: null,
    triage: null,
    reading: false,
    help: false,
    filter: null,
    paper: null,
    document: null,
    choosing: null,
    overlay: null,
    recent: [],
    look: 'unknown',
    pictures: true,
    picture: null,
    panes: { split: SPLIT, zoomed: false },
    policy: 'open',
    paint: { theme: 'terminal', ascii: false },
    settings: [],
    measure: MEASURE,
    scroll: 0,
    sync: { kind: 'idle' },
    arrived: 0,
    message: null,
    linear: null,
  }
}

/** Where each paper stands in `rows`. */
export function indexOf(rows: readonly PaperRow[]): Map<PaperId, number> {
  return new Map(rows.map((row, index) => [row.id, index]))
}

/** Those rows of the list for which something holds, in its order. */
export function shownRows({ rows, shown }: State, holds: (row: PaperRow) => boolean): PaperRow[] {
  const found: PaperRow[] = []
  for (const index of shown) {
    const row = rows[index]
    if (row && holds(row)) found.push(row)
  }
  return found
}

/** The row of a paper, if the library has it. */
export const rowOf = ({ rows, index }: Pick<State, 'rows' | 'index'>, id: PaperId): PaperRow | undefined =>
  rows[index.get(id) ?? -1]

/** The paper that one is on: that of the text that is open, whatever the list does meanwhile, else the one under the cursor. */
export function selectedRow(state: State): PaperRow | null {
  const index = state.document ? state.index.get(state.document.id) : state.shown[state.cursor]
  return index === undefined ? null : (state.rows[index] ?? null)
}
