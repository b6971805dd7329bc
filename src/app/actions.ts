// What commands do to the state: moving, reading, marking; searching.ts has the rest. The table in commands.ts says on
// which keys.

import type { PaperRow } from '../library/rows.ts'
import { arxivUrl, isArxiv, type PaperId, paperUrl } from '../paper.ts'
import {
  anchorOf,
  atAnchor,
  bodyHeight,
  clamp,
  countLines,
  hasUnread,
  inSight,
  lastPlace,
  lineOf,
  placeAt,
  withShown,
} from './shown.ts'
import { orderOf } from './sorting.ts'
import { type Effect, leftSelection, type State, type Step, selectedRow, type ViewName } from './state.ts'

/** Why something cannot be done, as a sentence. */
export const sentence = (why: string): string => `${why.charAt(0).toUpperCase()}${why.slice(1)}.`

/** No change and nothing to do. */
export const still = (state: State): Step => [state, []]

/** Loads the selected paper, where it is not the one that is loaded. */
export function withPaper(state: State): Step {
  const row = selectedRow(state)
  if (!row) return [{ ...state, paper: null, reading: false }, []]
  if (state.paper?.id === row.id) return still(state)
  return [{ ...state, scroll: 0 }, [{ type: 'load-paper', id: row.id }]]
}

/** Selects the paper at a place of the list, or the nearest there is. */
export const move = (state: State, cursor: number): Step =>
  withPaper(inSight({ ...state, cursor: clamp(cursor, 0, lastPlace(state)) }))

/** Moves by lines of the screen, so that a page is a page whatever headings it has. */
export const moveLines = (state: State, by: number): Step => {
  const target = clamp(lineOf(state, state.cursor) + by, 0, countLines(state) - 1)
  const cursor = placeAt(state, target)
  // A heading's line is not a place: going up it means the paper above, where there is one.
  const up = by < 0 && lineOf(state, cursor) > target && cursor > 0 ? cursor - 1 : cursor
  const scrolled = { ...state, top: clamp(state.top + by, 0, countLines(state) - bodyHeight(state)) }
  return move(scrolled, up)
}

/** Scrolls the abstract or the help; `update` holds the result within what there is to see. */
export const scrollBy = (state: State, by: number): Step =>
  still({ ...state, scroll: Math.max(0, state.scroll + by) })

/** Whether a paper is selected. */
export const hasPaper = (state: State) => (selectedRow(state) ? true : 'no paper is selected')

/** What makes a paper read that has been opened, as the reader wants it: at once, after a while, or nothing. */
export function reading({ policy }: State, { id, read }: PaperRow): Effect[] {
  if (read || policy === 'never') return []
  return policy === 'open' ? [markRead(id)] : [{ type: 'dwell', id, ms: policy.after }]
}

/** Marks a paper read without a word. */
const markRead = (id: PaperId): Effect => ({
  ...{ type: 'mark', ids: [id], change: { read: true } },
  say: false,
})

/** A paper was opened a while ago: where it still is, it has been read. */
export function dwelt(state: State, id: PaperId): Step {
  const row = selectedRow(state)
  const isOpen = state.reading || state.document?.kind === 'fulltext'
  return row?.id === id && !row.read && isOpen && !state.triage ? [state, [markRead(id)]] : still(state)
}

/** Opens the selected paper; that marks it read. */
export const read = (state: State): Step => {
  const [next, effects] = withPaper({ ...state, reading: true, scroll: 0 })
  const row = selectedRow(next)
  return row ? [next, [...effects, ...reading(next, row)]] : [next, effects]
}

/** Selects the paper at a place and, while reading, opens it. */
export const readAt = (state: State, cursor: number): Step => {
  const place = clamp(cursor, 0, state.shown.length - 1)
  if (place === state.cursor) return still(state)
  const [moved, effects] = move(state, place)
  if (!state.reading) return [moved, effects]
  const [opened, more] = read(moved)
  return [opened, dedupe([...effects, ...more])]
}

const dedupe = (effects: readonly Effect[]) =>
  effects.filter((effect, at) => effects.findIndex((other) => other.type === effect.type) === at)

/** The next unread paper in the list's order, going round at its end; -1 where there is none. */
function unreadFrom(state: State, direction: 1 | -1): number {
  const count = state.shown.length
  for (let step = 1; step <= count; step++) {
    const at = (state.cursor + direction * step + count * step) % count
    const row = state.rows[state.shown[at] ?? -1]
    if (row && !row.read) return at
  }
  return -1
}

/** Going to the next or previous unread paper. */
export const toUnread = (direction: 1 | -1) => ({
  enabled: (state: State) => (hasUnread(state) ? (true as const) : 'nothing here is unread'),
  run: (state: State) => readAt(state, unreadFrom(state, direction)),
})

/** Opens an address outside, where there is one. */
export const openUrl = (state: State, url: string | null): Step =>
  url ? [state, [{ type: 'open', url }]] : still(state)

/** The selected paper's own page, where it is known. */
export function pageOf(state: State): string | null {
  const row = selectedRow(state)
  if (!row) return null
  return state.paper?.id === row.id ? paperUrl(state.paper) : arxivUrl(row.id)
}

/** Whether the selected paper has a page. */
export const hasPage = (state: State) =>
  !selectedRow(state) ? 'no paper is selected' : pageOf(state) ? true : 'no page of this paper is known yet'

/** Whether the selected paper has a page on the Hub. */
export const hasHubPage = (state: State) => {
  const row = selectedRow(state)
  if (!row) return 'no paper is selected'
  return isArxiv(row.id) ? true : 'this paper is not known to be on arXiv, so the Hub has no page of it'
}

/** Whether the selected paper is on arXiv, which alone has full texts and PDFs. */
export const isOnArxiv = (state: State) => {
  const row = selectedRow(state)
  if (!row) return 'no paper is selected'
  return isArxiv(row.id)
    ? true
    : 'this paper is not known to be on arXiv, and only arXiv gives texts and PDFs'
}

/** Shows another view; the cursor stays with its paper where the view has it. */
export const showView =
  (view: ViewName) =>
  (state: State): Step =>
    withPaper(
      atAnchor(
        withShown({
          ...{ ...state, view, search: null, selection: leftSelection(state.selection) },
          order: orderOf({ ...state, view }),
        }),
        anchorOf(state),
      ),
    )

/** Syncs the whole archive, after the sync that runs where there is one. */
export const syncAll = (state: State): Step => {
  const text = 'The archive comes next, after the sync that is running.'
  const message = state.sync.kind === 'running' ? ({ kind: 'info', text } as const) : state.message
  return [{ ...state, message }, [{ type: 'sync', asked: true, all: true }]]
}
