// What searching does to the state: opening the prompt, typing, results, papers like one, and the way back.

import type { Day, PaperId } from '../paper.ts'
import type { Found, Similar } from '../search/search.ts'
import { still, withPaper } from './actions.ts'
import { collectionOf } from './collection.ts'
import { type Completing, choiceIn, completedIn, type Prompt } from './prompt.ts'
import { anchorOf, atAnchor, inSight, isOnOffer, keptHere, withShown } from './shown.ts'
import { sortedResults } from './sorting.ts'
import {
  type Effect,
  type Message,
  type Results,
  type Search,
  type Sought,
  type State,
  type Step,
  selectedRow,
} from './state.ts'

/** Papers that are looked for with each letter: more than a screen shows. */
const WHILE_TYPING = 100
/** Papers that are looked for once a query is kept. */
const ONCE_KEPT = 1000
const SIMILAR = 100
/** Papers of a week or a month: more than the busiest month has, unless whole categories of arXiv are here. */
const OF_DAYS = 10_000

/** Whether results are on their way that keys pressed now may mean. */
export const awaitsResults = ({ search }: State) => search !== null && search.asked !== search.answered

/** Whether as many papers were found as were asked for, so that there may be more. */
export const mayHaveMore = ({ search }: State) =>
  search !== null && search.results !== null && search.results.ids.length >= search.limit

/** A search from here, over the results that are there, if any. */
export function searchFrom(state: State, sought: Sought): Search {
  const { search, reading } = state
  const from = anchorOf(state)
  return search
    ? { ...search, sought, reading, hub: 'unasked', sorting: null, previous: { search, at: from } }
    : {
        ...{
          sought,
          reading,
          from,
          asked: 0,
          answered: 0,
          limit: WHILE_TYPING,
          results: null,
          hub: 'unasked',
          fresh: 0,
          sorting: null,
          previous: null,
        },
        kept: keptHere(state),
      }
}

/** Opens the prompt for a new query; what is shown stays until something is typed. */
export function startSearch(state: State): Step {
  const search = searchFrom(state, { kind: 'query', query: '' })
  const prompt = { text: '', cursor: 0 }
  return [
    { ...state, prompt, search, reading: false, message: null },
    [{ type: 'warm-up' }, { type: 'load-history' }],
  ]
}

/** Looks for papers like the selected one; what is shown stays until they are there. */
export function moreLikeThis(state: State): Step {
  const row = selectedRow(state)
  if (!row) return still(state)
  const { id, title } = row
  const request = state.requests + 1
  const search = { ...searchFrom(state, { kind: 'like', id, title }), asked: request, limit: SIMILAR }
  return [
    { ...state, search, requests: request, message: null },
    [{ type: 'similar', request, id, limit: SIMILAR }],
  ]
}

/** Shows the papers of some days, the first and the last included, under their headings; the bar calls them by `name`. */
export function showDays(state: State, first: Day, last: Day, name: string): Step {
  const query = `date:${first}..${last}`
  const search = searchFrom(state, { kind: 'query', query, days: name })
  return askedFor({ ...state, message: null }, search, query, OF_DAYS)
}

/** Shows the papers of a tag, in the order they have there. */
export function showTag(state: State, tag: string): Step {
  const query = `tag:${tag}`
  const search = { ...searchFrom(state, { kind: 'query', query }), previous: null, reading: false }
  return askedFor({ ...state, message: null }, search, query, ONCE_KEPT)
}

/** Asks for the results that are shown once more, as after an undo that may have changed them. */
export function askOnceMore(state: State): Step {
  const { search } = state
  if (search?.sought.kind !== 'query' || collectionOf(state) === null) return still(state)
  return askedFor(state, search, search.sought.query, search.limit)
}

/** The query has changed: ask for its results. An empty query shows the list as it was. */
export function typed(state: State, prompt: Prompt): Step {
  const search = state.search
  if (!search || prompt.text === state.prompt?.text) return still({ ...state, prompt })
  const sought: Sought = { kind: 'query', query: prompt.text }
  if (prompt.text.trim() === '') {
    const cleared = { ...search, sought, answered: search.asked, results: null }
    return withPaper(atAnchor(withShown({ ...state, prompt, search: cleared }, search.kept), search.from))
  }
  return askedFor({ ...state, prompt }, { ...search, sought }, prompt.text, WHILE_TYPING)
}

/** Asks for what a query finds. */
export function askedFor(state: State, search: Search, query: string, limit: number): Step {
  const request = state.requests + 1
  return [
    { ...state, requests: request, search: { ...search, asked: request, limit, hub: 'unasked', fresh: 0 } },
    [{ type: 'search', request, query, limit }],
  ]
}

/** Keeps the results of what was typed, all of them, and remembers the query; without one it is given up. */
export function keepQuery(state: State): Step {
  const { prompt, search } = state
  const query = prompt?.text.trim()
  if (!prompt || !search || !query) return dropQuery(state)
  const kept = { ...state, prompt: null }
  const [next, effects] = mayHaveMore(state) ? askedFor(kept, search, prompt.text, ONCE_KEPT) : still(kept)
  return [next, [...effects, { type: 'keep-query', query }]]
}

/** Asks the Hub's own search for what was typed, which is kept. */
export function askHub(state: State): Step {
  const { search } = state
  if (!isOnOffer(state) || search?.sought.kind !== 'query' || search.hub === 'asking') return still(state)
  const query = search.sought.query.trim()
  return [
    { ...state, prompt: null, search: { ...search, hub: 'asking' } },
    [
      { type: 'ask-hub', query },
      { type: 'keep-query', query },
    ],
  ]
}

/** What the Hub's own search answered: what it found and what of that is new here, or why there is no answer. */
export interface HubAnswered {
  readonly query: string
  readonly found: { readonly ids: readonly PaperId[]; readonly added: number } | { readonly why: string }
}

/** The state with what the Hub found after the results, where they are still those of its query. */
export function withHubAnswer(state: State, { query, found }: HubAnswered): Step {
  const { search } = state
  const waits =
    search?.hub === 'asking' && search.sought.kind === 'query' && search.sought.query.trim() === query
  if ('why' in found) {
    const message = { kind: 'error', text: `The Hub was not searched: ${found.why}` } as const
    return still({ ...state, message, search: waits ? { ...search, hub: 'unasked' } : search })
  }
  const effects: Effect[] = found.added > 0 ? [{ type: 'load-rows', now: true }] : []
  if (!waits || !search.results)
    return [{ ...state, message: hubMessage(found.ids.length, found.added) }, effects]
  const known = new Set(search.results.ids)
  const more = found.ids.filter((id) => !known.has(id))
  const { found: before } = search.results
  const results = {
    ...search.results,
    ids: [...search.results.ids, ...more],
    ...(before ? { found: [...before, ...more] } : {}),
  }
  const shown = withShown({ ...state, search: { ...search, hub: 'answered', results } })
  const [next, load] = withPaper(
    atAnchor({ ...shown, message: hubMessage(more.length, found.added) }, anchorOf(state)),
  )
  return [next, [...load, ...effects]]
}

function hubMessage(found: number, added: number): Message {
  const papers = (count: number) => `${count} ${count === 1 ? 'paper' : 'papers'}`
  if (found === 0) return { kind: 'info', text: 'The Hub finds nothing else.' }
  return { kind: 'info', text: `The Hub finds ${papers(found)} more, ${added} of them new in the library.` }
}

/** Gives up the query that is being typed: the results that were there before it come back, or else the list. */
export function dropQuery(state: State): Step {
  const previous = state.search?.previous
  if (!previous) return toList(state)
  return withPaper(atAnchor(withShown({ ...state, search: previous.search, prompt: null }), previous.at))
}

/** Leaves a search: the list is as it was, and the cursor where it was. Papers like one lead back to that paper. */
export function leaveSearch(state: State): Step {
  if (state.search?.sought.kind !== 'like') return toList(state)
  const [back, effects] = dropQuery(state)
  return [{ ...back, reading: state.search.reading && selectedRow(back) !== null }, effects]
}

function toList(state: State): Step {
  if (!state.search) return still({ ...state, prompt: null })
  const { from, kept } = state.search
  return withPaper(atAnchor(withShown({ ...state, search: null, prompt: null }, kept), from))
}

/** The state with an answer's results; null where it is stale: a newer query is on its way, or the search was left. */
export function withAnswer(state: State, request: number, found: Found | Similar): Step | null {
  const search = state.search
  if (!search || request !== search.asked) return null
  const { ids, matched } = found
  const shared = 'shared' in found ? found.shared : new Map<PaperId, readonly string[]>()
  const unsorted: Results = { sought: search.sought, ids, matched, shared }
  // The papers of a view come in its order.
  const results =
    search.sorting && search.sought.kind !== 'view'
      ? sortedResults(state, unsorted, search.sorting)
      : unsorted
  const before = search.results
  // A second answer to one request finds the reader among the results, or in one of them.
  const reading = search.answered === request && state.reading
  const answered = { ...state, reading, search: { ...search, answered: request, results } }
  // Asked once more: nothing changes places under a cursor that has been moved.
  if (before && (state.cursor > 0 || reading) && isSame(before.sought, search.sought)) {
    // But in a collection, and in a view, the order is what has been asked for.
    if (collectionOf(answered) !== null || search.sought.kind === 'view')
      return withPaper(atAnchor(withShown(answered), anchorOf(state)))
    const kept = { ...results, ids: inPlace(before.ids, ids, selectedRow(state)?.id) }
    const shown = withShown({ ...answered, search: { ...answered.search, results: kept } })
    return withPaper(atAnchor(shown, anchorOf(state)))
  }
  return withPaper(inSight({ ...withShown(answered), cursor: 0, top: 0, scroll: 0 }))
}

const isSame = (one: Sought, other: Sought) =>
  one.kind === 'like'
    ? other.kind === 'like' && one.id === other.id
    : one.kind === 'trending' || other.kind === 'trending' || other.kind === 'like'
      ? one.kind === other.kind
      : one.kind === other.kind && one.query === other.query

/** What was found before in its order, without what is no longer found, but with the selected paper; then the rest. */
function inPlace(
  before: readonly PaperId[],
  now: readonly PaperId[],
  selected: PaperId | undefined,
): PaperId[] {
  const found = new Set(now)
  const known = new Set(before)
  return [...before.filter((id) => found.has(id) || id === selected), ...now.filter((id) => !known.has(id))]
}

/** Whether Up and Down mean the history: nothing is typed, or an entry of it that nobody has touched. */
export const isInHistory = ({ prompt, history }: State) =>
  prompt !== null && history.length > 0 && (prompt.text === '' || prompt.recalled !== undefined)

/** Shows the next older query of the history, or the next newer one; before the newest comes the empty prompt. */
export function recall(state: State, by: 1 | -1): Step {
  const at = Math.min((state.prompt?.recalled ?? -1) + by, state.history.length - 1)
  const text = state.history[at]
  if (text === undefined) return typed(state, { text: '', cursor: 0 })
  return typed(state, { text, cursor: text.length, recalled: at })
}

/** Whether the term at the cursor can be completed. */
export const canComplete = (state: State) => choiceOf(state) !== null || 'nothing here can be completed'

/** Completes the term at the cursor; once more means the next completion. */
export function complete(state: State, by: 1 | -1): Step {
  const completed = state.prompt && completedIn(state.prompt, state.values, by)
  return completed ? typed(state, completed) : still(state)
}

/** What tab goes on with; null where there is nothing to choose. */
export const choiceOf = ({ prompt, values }: State): Completing | null => prompt && choiceIn(prompt, values)
