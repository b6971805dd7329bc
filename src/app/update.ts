// (state, message) → next state and effects. Pure: the only place where the state changes.

import type { TagCount } from '../library/marks.ts'
import type { PaperRow, StoredPaper } from '../library/papers.ts'
import type { FieldValues } from '../library/searches.ts'
import type { Trending } from '../library/trending.ts'
import type { Day, MarkChange, PaperId } from '../paper.ts'
import type { Derived } from '../search/rules.ts'
import type { Found, Similar } from '../search/search.ts'
import type { SyncEvent } from '../sources/sync.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { withPicture } from './abstract-picture.ts'
import { dwelt, read, sentence, withPaper } from './actions.ts'
import type { PaperAsked, SyncEnd } from './background.ts'
import { askedByCalendar, typedInCalendar, withKnownDays } from './calendar.ts'
import { choose } from './choosing.ts'
import { type Bindings, type Command, contextOf } from './commands.ts'
import { printDay, timeLeft } from './dates.ts'
import { commandFor } from './dispatch.ts'
import { changeDocument, isPainted, layOutAgain, withLook } from './document.ts'
import { type DocumentAnswer, withDocumentAnswer } from './document-answers.ts'
import { documentWidth } from './document-view.ts'
import type { PdfAnswer } from './documents.ts'
import type { Look } from './drawings.ts'
import { editFinding, pasteFinding } from './finding.ts'
import { pastedInFilter, typedInFilter } from './help-filter.ts'
import { undoable, withKey } from './key-hints.ts'
import { keyLabel } from './keys.ts'
import { placeOf } from './laid-text.ts'
import { withMoreLinks, withPaperAsked } from './link-list.ts'
import { type Mouse, moused } from './mouse.ts'
import { pastedInPalette, typedInPalette } from './palette.ts'
import { editPrompt, insertText } from './prompt.ts'
import {
  pastedInRules,
  type RulesAnswer,
  rulesTyped,
  withDerived,
  withRuleCount,
  withRules,
} from './rules.ts'
import {
  askOnceMore,
  awaitsResults,
  type HubAnswered,
  leaveSearch,
  typed,
  withAnswer,
  withHubAnswer,
} from './searching.ts'
import { editSetting, pasteSetting, type SettingRow } from './settings.ts'
import { anchorOf, atAnchor, withChangedRows, withRows, withSettled } from './shown.ts'
import {
  type Effect,
  type Message,
  type ReadPolicy,
  type Size,
  type State,
  type Step,
  selectedRow,
} from './state.ts'
import { type Statistics, withStatistics } from './statistics.ts'
import { editTags, pasteTags } from './tagging.ts'
import type { Paint } from './themes.ts'
import { type TrendingAnswer, withLastTrending, withTrendingAnswer } from './trending.ts'
import { withRestored } from './triage.ts'
import { withinExtent } from './view.ts'
import {
  pastedInViews,
  recheck,
  type ViewCount,
  type ViewsAnswer,
  viewsTyped,
  withCount,
  withRechecked,
  withViews,
} from './views.ts'

/** What can happen to a reader. */
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

/** The next state after an event, and what is to be done outside. */
export function update(state: State, event: Event): Step {
  const [next, effects] = react(state, event)
  // At the top of the list the new papers are on the screen.
  const seen = next.arrived > 0 && next.top === 0 && !next.search ? { ...next, arrived: 0 } : next
  const [pictured, all] = withPicture([seen, effects])
  return readOn(state, laidOut([withinExtent(pictured), all]))
}

/** An open text is laid out anew where its width has changed. */
function laidOut([state, effects]: Step): Step {
  const width = state.document && documentWidth(state)
  if (width === null || width === state.document?.width) return [state, effects]
  const [next, more] = layOutAgain(state, width)
  return [next, [...effects, ...more]]
}

/** How far a full text has been read is kept whenever it has been moved in. */
function readOn({ document: before }: State, [state, effects]: Step): Step {
  const { document } = state
  if (document?.kind !== 'fulltext' || document.request !== before?.request || document.top === before.top)
    return [state, effects]
  if (before.text.lines.length === 0) return [state, effects]
  const place = placeOf(document.text, document.top)
  return [state, [...effects, { type: 'keep-place', id: document.id, place }]]
}

function react(state: State, event: Event): Step {
  switch (event.type) {
    case 'started':
      return [
        state,
        [
          ...(state.complete ? [] : [{ type: 'load-rows' } as const]),
          { type: 'sync', asked: false, all: false },
          { type: 'load-tags' },
          { type: 'load-views' },
        ],
      ]
    case 'key':
      return pressed(state, event.key)
    case 'paste': {
      const text = unwrapLine(event.text)
      if (state.prompt) return typed(state, insertText(state.prompt, text))
      return (
        pastedInPalette(state, text) ??
        pastedInViews(state, text) ??
        pastedInRules(state, text) ??
        pastedInFilter(state, text) ??
        pasteSetting(state, text) ??
        pasteTags(state, text) ??
        pasteFinding(state, text)
      )
    }
    case 'mouse':
      return moused(state, event.mouse, pressed)
    case 'resized':
      return [resized(state, event.size), cellsMayDiffer(state, event.size) ? [{ type: 'ask-look' }] : []]
    case 'rows': {
      const rows = withRows(state, event.rows, event.complete, event.index)
      const next = { ...rows, arrived: state.arrived + arrivedAbove(state, rows) }
      const id = selectedRow(next)?.id
      // The paper on the screen may have changed too: it is read again, and stays scrolled as it is.
      const [loaded, effects]: Step =
        id !== undefined && id === state.paper?.id ? [next, [{ type: 'load-paper', id }]] : withPaper(next)
      return [loaded, [...effects, ...recheck(loaded), ...askedByCalendar(loaded)]]
    }
    case 'dwelt':
      return dwelt(state, event.id)
    case 'configured': {
      const { settings, policy, paint, split, bindings } = event
      const panes = split === null ? state.panes : { ...state.panes, split }
      return [{ ...state, settings, policy, paint, panes, bindings }, []]
    }
    case 'outdated':
      return [state, [{ type: 'load-rows' }]]
    case 'paper':
      return [withMoreLinks({ ...state, paper: event.paper }), []]
    case 'changed':
      return withFreshPaper(withRestoredCard(changed(state, event), event), event.rows)
    case 'marked': {
      const rows = event.ids.flatMap((id) => state.rows[state.index.get(id) ?? -1] ?? [])
      return changed(state, { rows: rows.map((row) => ({ ...row, ...event.change })), say: event.say })
    }
    case 'found':
      return found(state, event.request, event.found)
    case 'history':
      return [{ ...state, history: event.queries }, []]
    case 'tags':
      return [{ ...state, tags: event.tags }, []]
    case 'rules':
      return withRules(withRemoved(state, event.removed?.name, 'rules-bring-back'), event)
    case 'rule-counted':
      return withRuleCount(state, event.query, event.papers)
    case 'last-trending':
      return withLastTrending(state, event.trending)
    case 'trending':
      return withTrendingAnswer(state, event.answer)
    case 'views':
      return withViews(withRemoved(state, event.removed?.view.name, 'views-bring-back'), event)
    case 'view-counted':
      return withCount(state, event.query, event.count)
    case 'rechecked':
      return withRechecked(state, event.query, event.ids)
    case 'values':
      return [{ ...state, values: withSameArrays(event.values, state.values) }, []]
    case 'sync-event':
      return syncEvent(state, event.event, event.ms)
    case 'hub-answered':
      return withHubAnswer(state, event.answer)
    case 'paper-asked':
      return withPaperAsked(state, event.answer)
    case 'document':
      return withDocumentAnswer(state, event.answer) ?? [state, []]
    case 'look':
      return withLook(state, event.look)
    case 'pdf':
      return withPdf(state, event.answer)
    case 'synced': {
      const { end } = event
      const message = synced(end)
      return [
        { ...state, sync: end, ...(message ? { message } : {}) },
        [...(end.added > 0 ? [{ type: 'load-rows' } as const] : []), ...askedByCalendar(state)],
      ]
    }
    case 'ruled':
      return withDerived(state, event.derived)
    case 'calendar':
      return withKnownDays(state, event)
    case 'statistics':
      return [withStatistics(state, event.answer), []]
    case 'say':
      return [{ ...state, message: { ...event.message, text: unwrapLine(event.message.text) } }, []]
  }
}

/** The paper on the screen is read again where it is among those that changed: rows do not tell its note. */
function withFreshPaper([state, effects]: Step, rows: readonly PaperRow[]): Step {
  const id = state.paper?.id
  const isOld = id !== undefined && rows.some((row) => row.id === id)
  return isOld ? [state, [...effects, { type: 'load-paper', id }]] : [state, effects]
}

/** In triage what was undone or done again is looked at once more; a collection has its order again. */
function withRestoredCard([state, effects]: Step, { rows, restored }: Event & { type: 'changed' }): Step {
  if (!restored) return [state, effects]
  if (!state.triage) {
    const [next, more] = askOnceMore(state)
    return [next, [...effects, ...more]]
  }
  const ids = rows.map(({ id }) => id)
  const [next, more] = withRestored(state, ids)
  return [next, [...effects, ...more]]
}

/** Rows have changed; where the paper that was read has left the list by that, the one in its place is opened. */
function changed(
  state: State,
  { rows, say, restored }: Pick<Event & { type: 'changed' }, 'rows' | 'say' | 'restored'>,
): Step {
  const settled = withSettled(withChangedRows(state, rows), rows)
  const text = say === null || restored ? say : undoable(state, say)
  const next: State = text === null ? settled : { ...settled, message: { kind: 'info', text } }
  if (settled.shown === state.shown) return [next, []]
  const isOther = selectedRow(next)?.id !== selectedRow(state)?.id
  return isOther && next.reading && !next.document && !next.triage ? read(next) : withPaper(next)
}

/** What was removed is told, with the key that brings it back. */
function withRemoved(state: State, name: string | undefined, id: string): State {
  if (name === undefined) return state
  const text = withKey(state, `Removed “${name}”`, id, 'brings it back until you quit')
  return { ...state, message: { kind: 'info', text } }
}

/** Whether the text may have become smaller or larger: pictures that we paint must fit the cells again. */
function cellsMayDiffer({ look, size: { columns, rows } }: State, size: Size): boolean {
  return isPainted(look) && (size.columns !== columns || size.rows !== rows)
}

function resized(state: State, size: Size): State {
  // Labels stand on lines that may be elsewhere now.
  const choosing = state.choosing?.kind === 'hints' ? null : state.choosing
  return atAnchor({ ...state, size, choosing }, anchorOf(state))
}

function pressed(state: State, key: string): Step {
  if (awaitsResults(state)) {
    // Without a prompt Esc means the search that has no results yet, not what is still on the screen.
    if (!state.prompt && isEscape(key)) return released(leaveSearch(state))
    // A key pressed before the results are there means the results.
    if (!isEscape(key) && key !== 'ctrl+c' && (state.held.length > 0 || !isEdit(state, key)))
      return [{ ...state, held: [...state.held, key] }, []]
  }
  const quiet = state.message ? { ...state, message: null } : state
  if (quiet.pending !== '') return continued(quiet, key)
  const chosen = choose(quiet, key)
  if (chosen) return chosen
  const named =
    typedInPalette(quiet, key) ??
    viewsTyped(quiet, key) ??
    rulesTyped(quiet, key) ??
    typedInFilter(quiet, key) ??
    editSetting(quiet, key) ??
    typedInCalendar(quiet, key)
  if (named) return named
  const edited = quiet.prompt && editPrompt(quiet.prompt, key)
  if (edited) return typed(quiet, edited)
  const tagged = editTags(quiet, key)
  if (tagged) return tagged
  const sought = editFinding(quiet, key)
  if (sought) return sought
  if (contextOf(quiet) === 'document' && /^\d$/.test(key))
    return changeDocument(quiet, ({ digits }) => ({ digits: (digits + key).slice(-3) }))
  // A number is meant for the key right after it.
  if (quiet.document?.digits && key !== '%')
    return pressed({ ...quiet, document: { ...quiet.document, digits: '' } }, key)
  const found = commandFor(quiet, key)
  if (found === null) return [quiet, []]
  if ('begins' in found) return [{ ...quiet, pending: key }, []]
  if ('why' in found) return [{ ...quiet, message: { kind: 'reason', text: sentence(found.why) } }, []]
  return run(quiet, found.command)
}

/** A key after the beginning of a sequence. */
function continued(state: State, key: string): Step {
  const pressed = `${state.pending} ${key}`
  const quiet = { ...state, pending: '' }
  const found = commandFor(quiet, pressed)
  if (found && 'begins' in found) return [{ ...quiet, pending: pressed }, []]
  if (found && 'command' in found) return run(quiet, found.command)
  if (found) return [{ ...quiet, message: { kind: 'reason', text: sentence(found.why) } }, []]
  // Quitting always works.
  if (key === 'ctrl+c') return [quiet, [{ type: 'quit' }]]
  const text = `${keyLabel(pressed)} means nothing here.`
  return [isEscape(key) ? quiet : { ...quiet, message: { kind: 'info', text } }, []]
}

const run = (state: State, command: Command): Step => released(command.run(state))

/** No key waits for the results of a search that was left. */
const released = ([state, effects]: Step): Step => [
  awaitsResults(state) || state.held.length === 0 ? state : { ...state, held: [] },
  effects,
]

const isEscape = (key: string) => key === 'escape' || key === 'ctrl+g'

/** Whether a key changes the query that is being typed. */
function isEdit(state: State, key: string): boolean {
  if (!state.prompt) return false
  if (editPrompt(state.prompt, key) !== null) return true
  const found = commandFor(state, key)
  return found !== null && 'command' in found && found.command.edits === true
}

/** The results are there: now the keys that waited for them. */
function found(state: State, request: number, results: Found | Similar): Step {
  const answered = withAnswer(state, request, results)
  if (!answered) return [state, []]
  const first: Step = [{ ...answered[0], held: [] }, answered[1]]
  return state.held.reduce<Step>(([before, effects], key) => {
    const [after, more] = pressed(before, key)
    return [after, [...effects, ...more]]
  }, first)
}

/** The new values, in the arrays of the old ones where those are equal: completion prepares each array once. */
function withSameArrays(values: FieldValues, old: FieldValues): FieldValues {
  const same = (now: readonly string[], before: readonly string[]) =>
    now.length === before.length && now.every((value, at) => value === before[at]) ? before : now
  const { author, org, cat, date, tag } = values
  return {
    author: same(author, old.author),
    org: same(org, old.org),
    cat: same(cat, old.cat),
    date: same(date, old.date),
    tag: same(tag, old.tag),
  }
}

function syncEvent(state: State, event: SyncEvent, ms: number): Step {
  const running =
    state.sync.kind === 'running'
      ? state.sync
      : { kind: 'running' as const, what: '', done: 0, total: 0, left: '', waiting: null }
  const still = (changes: Partial<typeof running>): State => ({ ...state, sync: { ...running, ...changes } })
  switch (event.type) {
    case 'day':
    case 'stored': {
      const { day, done, total } = event
      const effects: Effect[] = event.type === 'stored' && event.papers > 0 ? [{ type: 'load-rows' }] : []
      return [
        still({ what: printDay(day), done, total, left: timeLeft(done, total, ms), waiting: null }),
        effects,
      ]
    }
    case 'source':
      return [still({ what: event.what, waiting: null }), []]
    case 'brought':
      return [state, event.papers > 0 ? [{ type: 'load-rows' }] : []]
    case 'following': {
      const progress = event.progress === '' ? '' : `: ${event.progress}`
      return [still({ waiting: unwrapLine(`another sync is running${progress}`) }), []]
    }
    case 'waiting': {
      // Short pauses are not worth a word.
      const waiting =
        event.ms < 3000 ? running.waiting : `waiting ${Math.ceil(event.ms / 1000)} s for ${event.why}`
      return [still({ waiting }), []]
    }
    case 'problem':
    case 'page':
      return [state, []]
  }
}

/** What the footer says of a sync's end: the status bar tells it too, so only who asked is interrupted by it. */
function synced(end: SyncEnd): Message | null {
  if (end.kind === 'failed') return { kind: 'error', text: unwrapLine(`Sync failed: ${end.why}`) }
  if (!end.asked) return null
  if (end.kind === 'offline') return { kind: 'reason', text: unwrapLine(end.why) }
  return {
    kind: 'info',
    text: end.added === 0 ? 'Nothing new.' : `${end.added} new ${end.added === 1 ? 'paper' : 'papers'}.`,
  }
}

/** What the footer says of a PDF on its way; once it is here it opens. */
function withPdf(state: State, answer: PdfAnswer): Step {
  const say = (text: string, kind: Message['kind'] = 'info'): State => ({ ...state, message: { kind, text } })
  switch (answer.kind) {
    case 'part': {
      const of = answer.total === null ? '' : ` of ${megabytes(answer.total)}`
      const text = `The PDF is coming: ${megabytes(answer.bytes)}${of}`
      return [{ ...state, message: { kind: 'info', text, passing: true } }, []]
    }
    case 'whole':
      return [
        say(unwrapLine(`${answer.file} (${megabytes(answer.bytes)})`)),
        [{ type: 'open-file', file: answer.file }],
      ]
    case 'failed':
      return [say(unwrapLine(answer.why), 'error'), []]
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** Papers that came in above the reader's place in the list. */
function arrivedAbove(before: State, after: State): number {
  if (!before.complete || after.search?.results) return 0
  return after.shown.slice(0, after.cursor).filter((at) => !before.index.has(after.rows[at]?.id ?? '')).length
}
