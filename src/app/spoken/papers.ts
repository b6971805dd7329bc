// The list and abstracts, told.

import type { PaperRow } from '../../library/rows.ts'
import { latexText } from '../../text/latex.ts'
import { abstractLines } from '../abstract.ts'
import { printWeekday } from '../dates.ts'
import { emptyLines, emptyList } from '../empty.ts'
import { lineText } from '../frame.ts'
import { keysIn } from '../key-hints.ts'
import { parsedQuery } from '../prompt.ts'
import { mayHaveMore } from '../searching.ts'
import { countSelected, rangeOf } from '../selecting.ts'
import { isOnOffer, listCount } from '../shown.ts'
import { headingDay, sortingSaid } from '../sorting.ts'
import { type State, selectedRow } from '../state.ts'
import { listName } from '../status.ts'
import { endLines, hasCard } from '../triage.ts'
import { counted, plainLines, sentence } from './words.ts'

/** Wider than any paragraph of an abstract, in cells. */
const ENDLESS = 10_000
/** A title that somebody is only to be reminded of, in cells. */
const SHORT = 60

/** Where one is in the list: `3 of 50`. */
export function position(state: State): string {
  return `${state.cursor + 1} of ${listCount(state)}`
}

/** The selected paper in one line: `3 of 50: unread, starred. Title. First author and 6 more. 92 upvotes.` */
export function paperLine(state: State): string {
  if (isOnOffer(state))
    return 'After the results: Enter asks the Hub’s own search too, which goes by meaning.'
  const row = selectedRow(state)
  if (!row) return nothing(state)
  return `${position(state)}: ${rowText(row, isSelected(state, row))}`
}

function rowText(row: PaperRow, isChosen: boolean): string {
  const states = [
    isChosen && 'selected',
    row.read ? 'read' : 'unread',
    row.starred && 'starred',
    row.later && 'kept for later',
    row.hidden && 'hidden',
    row.mutedBy !== null && `muted by ${row.mutedBy}`,
    row.watched && 'watched for',
    row.origin === 'starter' && 'starter library',
  ]
  return [
    states.filter(Boolean).join(', '),
    latexText(row.title),
    authors(row),
    row.upvotes === null ? '' : counted(row.upvotes, 'upvote'),
    row.comments ? counted(row.comments, 'comment') : '',
    row.tags.length > 0 ? `tagged ${row.tags.join(', ')}` : '',
    row.noted ? 'with a note' : '',
  ]
    .filter((text) => text !== '')
    .map(sentence)
    .join(' ')
}

function authors({ firstAuthor, authorCount }: PaperRow): string {
  if (firstAuthor === null) return authorCount === null ? '' : counted(authorCount, 'author')
  return (authorCount ?? 1) > 1 ? `${firstAuthor} and ${(authorCount ?? 1) - 1} more` : firstAuthor
}

function isSelected(state: State, { id }: PaperRow): boolean {
  return state.selection.ids.has(id) || (countSelected(state) > 0 && rangeOf(state) !== null)
}

/** Why the list is empty, and what to press. */
function nothing(state: State): string {
  const why = emptyList(state)
  return why ? plainLines(emptyLines(why, ENDLESS, state.bindings)).join(' ') : 'Loading.'
}

/** What the list shows, and how many. */
function heading(state: State): string {
  const { search, totals } = state
  const count = `${counted(listCount(state), 'paper')}${mayHaveMore(state) ? ' or more' : ''}`
  const sorting = sortingSaid(state)
  const facts = `${latexText(lineText(listName(state, SHORT)))}: ${count}${sorting === null ? '' : `, ${sorting}`}.`
  return search?.results ? facts : `${facts} ${totals.unread.toLocaleString('en')} unread in the library.`
}

/** A day's heading, where the paper is the first one of another day than the one before. */
function dayHeading(state: State, before: PaperRow | null): string[] {
  const dayOf = headingDay(state)
  const row = selectedRow(state)
  if (!dayOf || !row || (before && dayOf(before) === dayOf(row))) return []
  const day = dayOf(row)
  return [day === '' ? 'No date.' : `${printWeekday(day)}.`]
}

/** Where one is in the list. */
export const listWhere = (state: State): string[] => [
  heading(state),
  ...dayHeading(state, null),
  paperLine(state),
]

/** What has changed in the list. */
export function listMoved(before: State, after: State): string[] {
  if (after.prompt) return whileTyping(before, after)
  if (keyOf(before) !== keyOf(after)) return listWhere(after)
  const lines: string[] = []
  if (before.prompt && after.search?.results) lines.push('The results stay.')
  const chosen = countSelected(after)
  const wasDrawing = before.selection.from !== null
  if (!wasDrawing && after.selection.from !== null) lines.push('Selecting from here.')
  else if (chosen !== countSelected(before))
    lines.push(chosen === 0 ? 'Nothing is selected.' : `${chosen} selected.`)
  if (after.search?.hub === 'asking' && before.search?.hub !== 'asking') lines.push('The Hub is being asked.')
  if (placeOf(before) !== placeOf(after))
    lines.push(...dayHeading(after, selectedRow(before)), paperLine(after))
  return lines
}

/** What tells one list from another. */
const keyOf = (state: State) =>
  [
    lineText(listName(state, Number.MAX_SAFE_INTEGER)),
    sortingSaid(state),
    Boolean(state.search?.results),
  ].join()

const placeOf = (state: State) => (isOnOffer(state) ? 'offer' : (selectedRow(state)?.id ?? ''))

/** While a query is typed: how many papers it finds and the first of them, or what is wrong with it. */
function whileTyping(before: State, after: State): string[] {
  const results = after.search?.results
  const typed = after.prompt?.text ?? ''
  const [problem] = typed === before.prompt?.text ? [] : parsedQuery(typed).problems
  const wrong = problem ? [sentence(problem.why)] : []
  if (results && results !== before.search?.results)
    return [...wrong, results.ids.length === 0 ? nothing(after) : `${results.ids.length} found.`].concat(
      results.ids.length > 0 ? [paperLine(after)] : [],
    )
  return placeOf(before) === placeOf(after) || !results ? wrong : [...wrong, paperLine(after)]
}

/** The open abstract from its beginning to its end, a paragraph a line. */
export function abstractWhere(state: State): string[] {
  const { triage, paper } = state
  const isCard = hasCard(state) === true
  if (triage && !isCard) return plainLines(endLines(triage, keysIn('triage', state)))
  const place = triage
    ? `Triage, ${triage.at + 1} of ${triage.queue.length}.`
    : `Abstract, ${position(state)}.`
  if (!paper || paper.id !== selectedRow(state)?.id) return [place, 'Loading.']
  return [place, ...plainLines(abstractLines(paper, ENDLESS, []), ': ')]
}
