// (state, message) → next state and effects. Pure: the only place where the state changes.

import type { PaperRow } from '../library/rows.ts'
import type { FieldValues } from '../library/searches.ts'
import type { Found, Similar } from '../search/search.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { withPicture } from './abstract-picture.ts'
import { dwelt, read, withPaper } from './actions.ts'
import { askedByCalendar, withKnownDays } from './calendar.ts'
import { syncEvent, synced, withPdf } from './coming.ts'
import { isPainted, layOutAgain, withLook } from './document.ts'
import { withDocumentAnswer } from './document-answers.ts'
import { documentWidth } from './document-view.ts'
import type { Event } from './events.ts'
import { undoable, withKey } from './key-hints.ts'
import { placeOf } from './laid-text.ts'
import { withMoreLinks, withPaperAsked } from './link-list.ts'
import { moused } from './mouse.ts'
import { pasted, pressed } from './pressing.ts'
import { withDerived, withRuleCount, withRules } from './rules.ts'
import { askOnceMore, withAnswer, withHubAnswer } from './searching.ts'
import { anchorOf, atAnchor, withChangedRows, withRows, withSettled } from './shown.ts'
import { rowOf, type Size, type State, type Step, selectedRow } from './state.ts'
import { withStatistics } from './statistics.ts'
import { withLastTrending, withTrendingAnswer } from './trending.ts'
import { withRestored, withVerdicts } from './triage.ts'
import { withinExtent } from './view.ts'
import { recheck, withCount, withRechecked, withViews } from './views.ts'

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
    case 'paste':
      return pasted(state, event.text)
    case 'mouse':
      return moused(state, event.mouse)
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
      // What was typed is in the file now.
      const overlay = state.overlay?.kind === 'settings' ? { ...state.overlay, prompt: null } : state.overlay
      return [{ ...state, settings, policy, paint, panes, bindings, overlay }, []]
    }
    case 'outdated':
      return [state, [{ type: 'load-rows' }]]
    case 'paper':
      return [withMoreLinks({ ...state, paper: event.paper }), []]
    case 'changed':
      return withFreshPaper(withRestoredCard(changed(restoredIn(state, event), event), event), event.rows)
    case 'marked': {
      const rows = event.ids.flatMap((id) => rowOf(state, id) ?? [])
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

/** What was undone or done again counts in triage before anything leaves its list. */
const restoredIn = (state: State, { rows, restored }: Event & { type: 'changed' }): State =>
  restored ? withVerdicts(state, rows) : state

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

/** Papers that came in above the reader's place in the list. */
function arrivedAbove(before: State, after: State): number {
  if (!before.complete || after.search?.results) return 0
  return after.shown.slice(0, after.cursor).filter((at) => !before.index.has(after.rows[at]?.id ?? '')).length
}
