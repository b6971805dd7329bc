// (state, message) → next state and effects. Pure: the only place where the state changes.

import type { PaperRow, StoredPaper } from '../library/papers.ts'
import type { Found } from '../search/search.ts'
import type { SyncEvent } from '../sources/sync.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { withPaper } from './actions.ts'
import type { SyncEnd } from './background.ts'
import { type Command, commandFor } from './commands.ts'
import { editPrompt, insertText, type Prompt } from './prompt.ts'
import { anchorOf, atAnchor, inSight, withChangedRows, withReturned, withRows, withShown } from './shown.ts'
import { type Effect, type Message, type Size, type State, type Step, selectedRow } from './state.ts'
import { withinExtent } from './view.ts'

/** What can happen to a reader. */
export type Event =
  | { readonly type: 'started' }
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'resized'; readonly size: Size }
  | { readonly type: 'rows'; readonly rows: readonly PaperRow[]; readonly complete: boolean }
  | { readonly type: 'paper'; readonly paper: StoredPaper | null }
  | { readonly type: 'changed'; readonly rows: readonly PaperRow[]; readonly say: string | null }
  | { readonly type: 'found'; readonly request: number; readonly found: Found }
  | { readonly type: 'sync-event'; readonly event: SyncEvent }
  | { readonly type: 'synced'; readonly end: SyncEnd }
  | { readonly type: 'say'; readonly message: Message }

/** The next state after an event, and what is to be done outside. */
export function update(state: State, event: Event): Step {
  const [next, effects] = react(state, event)
  // At the top of the list the new papers are on the screen.
  const seen = next.arrived > 0 && next.top === 0 && !next.search ? { ...next, arrived: 0 } : next
  return [withinExtent(seen), effects]
}

function react(state: State, event: Event): Step {
  switch (event.type) {
    case 'started':
      return [
        state,
        [...(state.complete ? [] : [{ type: 'load-rows' } as const]), { type: 'sync', asked: false }],
      ]
    case 'key':
      return pressed(state, event.key)
    case 'paste':
      return state.prompt ? typed(state, insertText(state.prompt, unwrapLine(event.text))) : [state, []]
    case 'resized':
      return [atAnchor({ ...state, size: event.size }, anchorOf(state)), []]
    case 'rows': {
      const rows = withRows(state, event.rows, event.complete)
      const next = { ...rows, arrived: state.arrived + arrivedAbove(state, rows) }
      const id = selectedRow(next)?.id
      // The paper on the screen may have changed too: it is read again, and stays scrolled as it is.
      return id !== undefined && id === state.paper?.id
        ? [next, [{ type: 'load-paper', id }]]
        : withPaper(next)
    }
    case 'paper':
      return [{ ...state, paper: event.paper }, []]
    case 'changed': {
      const next = withReturned(withChangedRows(state, event.rows), event.rows)
      return [event.say === null ? next : { ...next, message: { kind: 'info', text: event.say } }, []]
    }
    case 'found':
      return found(state, event.request, event.found)
    case 'sync-event':
      return syncEvent(state, event.event)
    case 'synced': {
      const { end } = event
      const message = synced(end)
      return [
        { ...state, sync: end, ...(message ? { message } : {}) },
        end.added > 0 ? [{ type: 'load-rows' }] : [],
      ]
    }
    case 'say':
      return [{ ...state, message: { ...event.message, text: unwrapLine(event.message.text) } }, []]
  }
}

function pressed(state: State, key: string): Step {
  // A key pressed before the results are there means the results, not what is still on the screen.
  if (
    awaitsResults(state) &&
    !['escape', 'ctrl+c', 'ctrl+g'].includes(key) &&
    (state.held.length > 0 || !isEdit(state, key))
  )
    return [{ ...state, held: [...state.held, key] }, []]
  const quiet = state.message ? { ...state, message: null } : state
  const edited = quiet.prompt && editPrompt(quiet.prompt, key)
  if (edited) return typed(quiet, edited)
  const found = commandFor(quiet, key)
  if (found === null) return [quiet, []]
  if ('why' in found) return [{ ...quiet, message: { kind: 'info', text: sentence(found.why) } }, []]
  return run(quiet, found.command)
}

const run = (state: State, command: Command): Step => {
  const next = command.run(state)
  return next[0].search ? next : [{ ...next[0], held: [] }, next[1]]
}

const awaitsResults = ({ search }: State) => search !== null && search.asked !== search.answered
const isEdit = ({ prompt }: State, key: string) => prompt !== null && editPrompt(prompt, key) !== null
const sentence = (why: string) => `${why.charAt(0).toUpperCase()}${why.slice(1)}.`

/** The query has changed: ask for its results. An empty query shows the list as it was. */
function typed(state: State, prompt: Prompt): Step {
  const search = state.search
  if (!search || prompt.text === state.prompt?.text) return [{ ...state, prompt }, []]
  if (prompt.text.trim() === '') {
    const cleared = { ...search, query: prompt.text, answered: search.asked, results: null }
    return withPaper(atAnchor(withShown({ ...state, prompt, search: cleared }, search.kept), search.from))
  }
  const request = state.requests + 1
  return [
    { ...state, prompt, requests: request, search: { ...search, query: prompt.text, asked: request } },
    [{ type: 'search', request, query: prompt.text }],
  ]
}

function found(state: State, request: number, results: Found): Step {
  const search = state.search
  // Stale: a newer query is on its way, or the search was left.
  if (!search || request !== search.asked) return [state, []]
  const answered = { ...state, search: { ...search, answered: request, results }, held: [] }
  const shown = withPaper(inSight({ ...withShown(answered), cursor: 0, top: 0, scroll: 0 }))
  return state.held.reduce<Step>(([before, effects], key) => {
    const [after, more] = pressed(before, key)
    return [after, [...effects, ...more]]
  }, shown)
}

function syncEvent(state: State, event: SyncEvent): Step {
  const running =
    state.sync.kind === 'running'
      ? state.sync
      : { kind: 'running' as const, day: '', done: 0, total: 0, waiting: null }
  switch (event.type) {
    case 'day':
    case 'stored': {
      const { day, done, total } = event
      const effects: Effect[] = event.type === 'stored' && event.papers > 0 ? [{ type: 'load-rows' }] : []
      return [{ ...state, sync: { ...running, day, done, total, waiting: null } }, effects]
    }
    case 'waiting': {
      // Short pauses are not worth a word.
      const waiting =
        event.ms < 3000 ? running.waiting : `waiting ${Math.ceil(event.ms / 1000)} s for ${event.why}`
      return [{ ...state, sync: { ...running, waiting } }, []]
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
  if (end.kind === 'offline') return { kind: 'info', text: unwrapLine(end.why) }
  return {
    kind: 'info',
    text: end.added === 0 ? 'Nothing new.' : `${end.added} new ${end.added === 1 ? 'paper' : 'papers'}.`,
  }
}

/** Papers that came in above the reader's place in the list. */
function arrivedAbove(before: State, after: State): number {
  if (!before.complete || after.search?.results) return 0
  return after.shown.slice(0, after.cursor).filter((at) => !before.index.has(after.rows[at]?.id ?? '')).length
}
