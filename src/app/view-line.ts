// The line over the list of views: what filters it, and the parts of a view that is made or changed.

import type { SavedView } from '../library/views.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { still } from './actions.ts'
import { editPrompt, insertText, type Prompt, promptOf, suggestionOf } from './prompt.ts'
import type { State, Step } from './state.ts'
import {
  openSelected,
  type Part,
  savedHere,
  selectedView,
  type ViewLine,
  viewEntries,
  withOverlay,
} from './views.ts'

const PARTS: readonly Part[] = ['name', 'query', 'key']

/** The query that is open, to be kept as a view; null where there is none. */
function openQuery({ search }: State): string | null {
  const sought = search?.sought
  return sought?.kind === 'query' || sought?.kind === 'view' ? sought.query.trim() : null
}

/** Whether a query is open that can be kept. */
export const canKeepQuery = (state: State) =>
  openQuery(state) ? true : 'no search is open: /, a query and Enter, then v and a keep it'

function startLine(state: State, of: SavedView | null, query: string): Step {
  const typed = {
    name: suggestionOf(of?.name ?? ''),
    query: promptOf(query),
    key: suggestionOf(of?.key === null || of === null ? '' : String(of.key)),
  }
  return still({
    ...withOverlay(state, { line: { kind: 'edit', of, part: 'name', typed } }),
    message: null,
  })
}

/** Opens the line in which the open query gets a name. */
export const nameQuery = (state: State): Step => {
  const query = openQuery(state)
  return query ? startLine(state, null, query) : still(state)
}

/** Opens the line in which a view's name, then its query, then its key is typed. */
export const editView = (state: State): Step => {
  const view = savedHere(state)
  return view ? startLine(state, view, view.query) : still(state)
}

/** Opens the line that filters the list. */
export const filterViews = (state: State): Step => {
  const text = state.overlay?.kind === 'views' ? state.overlay.filter : ''
  return still(withOverlay(state, { line: { kind: 'filter', prompt: promptOf(text) } }))
}

/** What is typed now; null where nothing is. */
export const linePrompt = (typing: ViewLine | null): Prompt | null =>
  typing === null ? null : typing.kind === 'filter' ? typing.prompt : typing.typed[typing.part]

function withLine(state: State, typing: ViewLine, prompt: Prompt): Step {
  if (typing.kind === 'filter')
    return still(withOverlay(state, { line: { kind: 'filter', prompt }, filter: prompt.text, at: 0, top: 0 }))
  const typed = { ...typing.typed, [typing.part]: prompt }
  return still(withOverlay(state, { line: { ...typing, typed } }))
}

/** The step of a key that edits the line; null where the key does not. */
export function viewsTyped(state: State, key: string): Step | null {
  if (state.overlay?.kind !== 'views') return null
  const { line: typing } = state.overlay
  const prompt = linePrompt(typing)
  const edited = prompt && editPrompt(prompt, key)
  return typing && edited ? withLine(state, typing, edited) : null
}

/** Pasted text goes where it is typed. */
export function pastedInViews(state: State, text: string): Step | null {
  if (state.overlay?.kind !== 'views') return null
  const { line: typing } = state.overlay
  const prompt = linePrompt(typing)
  return typing && prompt ? withLine(state, typing, insertText(prompt, text)) : null
}

/** Enter in the line: the filter opens what it found; the parts of a view are typed one after the other, then kept. */
export function keepLine(state: State): Step {
  if (state.overlay?.kind !== 'views') return still(state)
  const { line: typing } = state.overlay
  if (typing?.kind === 'filter') return openSelected(state)
  if (!typing) return still(state)
  const say = (text: string): Step => still({ ...state, message: { kind: 'error', text } })
  const name = unwrapLine(typing.typed.name.text).trim()
  const query = typing.typed.query.text.trim()
  const digit = typing.typed.key.text.trim()
  if (typing.part === 'name' && name === '') return say('A view needs a name.')
  if (typing.part === 'query' && query === '') return say('A view needs a query.')
  if (typing.part === 'key' && !/^[5-9]?$/.test(digit))
    return say('The key of a view is a digit from 5 to 9, or none.')
  // Who keeps a query has typed it already.
  const next = typing.of === null ? undefined : PARTS[PARTS.indexOf(typing.part) + 1]
  if (next) return still(withOverlay(state, { line: { ...typing, part: next } }))
  const key = digit === '' ? null : Number(digit)
  const view: SavedView = { name, query, key, sort: typing.of?.sort ?? null }
  // The line stays until the library has said yes: what was typed is not lost.
  return [state, [{ type: 'keep-view', view, before: typing.of?.name ?? null }]]
}

/** Leaves what was typed; the view that was selected stays so. */
export function dropLine(state: State): Step {
  const name = selectedView(state)?.name
  const all = withOverlay(state, { line: null, filter: '' })
  const at = Math.max(
    0,
    viewEntries(all).findIndex((entry) => entry.name === name),
  )
  return still({ ...withOverlay(all, { at }), message: null })
}
