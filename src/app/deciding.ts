// Deciding about papers: marks, and asking before much is marked at once.

import type { PaperRow } from '../library/rows.ts'
import { arxivUrl, type MarkChange, type MarkField } from '../paper.ts'
import { move, pageOf, still } from './actions.ts'
import { isSelecting, targets, withoutSelection } from './selecting.ts'
import { hasUnread } from './shown.ts'
import { type Effect, type State, type Step, selectedRow, shownRows } from './state.ts'

/** Turns a field of the marks on or, where all of them have it, off. Then nothing is selected any more. */
export const mark =
  (field: MarkField) =>
  (state: State): Step => {
    const rows = targets(state)
    const on = rows.some((row) => !row[field])
    const ids = rows.flatMap((row) => (row[field] === on ? [] : [row.id]))
    if (ids.length === 0) return still(state)
    const change: MarkChange = { [field]: on }
    return [withoutSelection(state), [{ type: 'mark', ids, change, say: true }]]
  }

/** More pages at once than these are a mistake. */
const MOST_PAGES = 20

const pageOfRow = (state: State, { id }: PaperRow): string | null =>
  selectedRow(state)?.id === id ? pageOf(state) : arxivUrl(id)

/** Whether there are pages to open, and not too many. */
export function canOpenPages(state: State): true | string {
  const rows = targets(state)
  if (rows.length === 0) return 'no paper is selected'
  if (rows.length > MOST_PAGES) return `${rows.length} papers are selected: o opens ${MOST_PAGES} at most`
  return rows.some((row) => pageOfRow(state, row)) ? true : 'no page of this paper is known yet'
}

/** Opens the pages of what is selected, which marks it read, and goes on to the next paper. */
export function openAndGoOn(state: State): Step {
  const rows = targets(state)
  const pages = rows.flatMap((row) => {
    const url = pageOfRow(state, row)
    return url ? [{ url, id: row.id, read: row.read }] : []
  })
  const [next, effects] = isSelecting(state) ? still(withoutSelection(state)) : move(state, state.cursor + 1)
  return [next, [{ type: 'read-outside', pages, pageless: rows.length - pages.length }, ...effects]]
}

/** What is asked before it is done. */
export interface Confirming {
  readonly kind: 'confirm'
  /** `Mark 132 papers read?` */
  readonly question: string
  readonly effects: readonly Effect[]
}

const isUnread = ({ read }: PaperRow) => !read

/** The unread papers among those that are selected or, where none is, of the whole list. */
function unreadHere(state: State): string[] {
  const rows = isSelecting(state) ? targets(state).filter(isUnread) : shownRows(state, isUnread)
  return rows.map(({ id }) => id)
}

/** Whether anything is left to be marked read here. */
export function hasUnreadHere(state: State): true | string {
  // Papers that are still to be read from the library would be left out.
  if (!state.complete && !state.search) return 'the list is still loading'
  const has = isSelecting(state) ? targets(state).some(isUnread) : hasUnread(state)
  return has ? true : 'everything here is read'
}

/** Asks whether all papers of the list are to be marked read, or those that are selected. */
export function askToMarkAll(state: State): Step {
  const ids = unreadHere(state)
  const what = ids.length === 1 ? 'one paper' : `${ids.length.toLocaleString('en')} papers`
  const effects: Effect[] = [{ type: 'mark', ids, change: { read: true }, say: true }]
  return still({ ...state, choosing: { kind: 'confirm', question: `Mark ${what} read?`, effects } })
}

/** Does what was asked about. */
export function confirm(state: State): Step {
  if (state.choosing?.kind !== 'confirm') return still(state)
  return [withoutSelection({ ...state, choosing: null }), state.choosing.effects]
}
