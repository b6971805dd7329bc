// One-card triage: the unread papers one at a time, one key decides and the next comes.

import type { PaperRow } from '../library/rows.ts'
import type { MarkChange, PaperId } from '../paper.ts'
import { still, withPaper } from './actions.ts'
import { type Line, span, spread } from './frame.ts'
import { isSelecting, targets, withoutSelection } from './selecting.ts'
import { hasShown, hasUnread, inSight, withoutTriage } from './shown.ts'
import { rowOf, type State, type Step, shownRows } from './state.ts'

export interface Triage {
  readonly queue: readonly PaperId[]
  /** The place of the card in the queue; after the last one its length. */
  readonly at: number
  /** What was decided, by the name of the decision. */
  readonly decided: ReadonlyMap<PaperId, Verdict>
}

export type Verdict = 'read' | 'starred' | 'later' | 'hidden'

const CHANGES: Readonly<Record<Verdict, MarkChange>> = {
  read: { read: true },
  // What is worth a star has been looked at.
  starred: { starred: true, read: true },
  later: { later: true },
  hidden: { hidden: true },
}

const isUndecided = ({ read, later, hidden }: PaperRow) => !read && !later && !hidden
const hasUndecided = hasShown(isUndecided)

/** What triage goes through: what is selected, else what is unread here and not kept for later. */
function queueOf(state: State): PaperId[] {
  if (isSelecting(state)) return targets(state).map(({ id }) => id)
  return shownRows(state, isUndecided).map(({ id }) => id)
}

/** Whether there is anything to go through. */
export function canTriage(state: State): true | string {
  if (isSelecting(state) || hasUndecided(state)) return true
  if (state.shown.length === 0) return 'there is no paper here to go through'
  return hasUnread(state) ? 'nothing here is unread, but what is kept for later' : 'everything here is read'
}

/** Begins with the paper under the cursor, where it is one of them; those before it come last. */
export function startTriage(state: State): Step {
  const queue = queueOf(state)
  const own = state.rows[state.shown[state.cursor] ?? -1]?.id
  const first = Math.max(0, own === undefined ? 0 : queue.indexOf(own))
  const triage = { queue: [...queue.slice(first), ...queue.slice(0, first)], at: 0, decided: new Map() }
  return toCard({ ...withoutSelection(state), triage, reading: true, message: null }, triage, 0)
}

/** Shows a card of the queue; papers that have left the list since are passed over, in the direction one goes. */
function toCard(state: State, triage: Triage, at: number, direction: 1 | -1 = 1): Step {
  for (let place = Math.max(0, at); place >= 0 && place < triage.queue.length; place += direction) {
    const index = state.index.get(triage.queue[place] ?? '')
    const cursor = index === undefined ? -1 : state.shown.indexOf(index)
    if (cursor >= 0)
      return withPaper(inSight({ ...state, triage: { ...triage, at: place }, cursor, scroll: 0 }))
  }
  if (direction < 0) return still(state)
  return still({ ...state, triage: { ...triage, at: triage.queue.length }, scroll: 0 })
}

/** Whether a card is on the screen, and not the end. */
export const hasCard = ({ triage }: State) =>
  triage && triage.at < triage.queue.length ? true : 'all papers have been gone through'

/** Decides about the card, and shows the next. */
export const decide =
  (verdict: Verdict) =>
  (state: State): Step => {
    const { triage } = state
    const id = triage?.queue[triage.at]
    if (!triage || id === undefined) return still(state)
    const decided = new Map(triage.decided).set(id, verdict)
    // First the next card, so that hiding this one moves nothing.
    const [next, effects] = toCard(state, { ...triage, decided }, triage.at + 1)
    // Another decision about what was hidden takes the first one back.
    const isHidden = rowOf(state, id)?.hidden === true
    const change =
      isHidden && verdict !== 'hidden' ? { ...CHANGES[verdict], hidden: false } : CHANGES[verdict]
    return [next, [...effects, { type: 'mark', ids: [id], change, say: true }]]
  }

/** Goes on or back without a decision. */
export const pass =
  (by: 1 | -1) =>
  (state: State): Step =>
    state.triage ? toCard(state, state.triage, state.triage.at + by, by) : still(state)

/** What was decided about a paper, by what it is now; null where nothing was. */
const verdictOf = ({ hidden, later, starred, read }: PaperRow): Verdict | null =>
  hidden ? 'hidden' : later ? 'later' : read ? (starred ? 'starred' : 'read') : null

/** The state with what rows say now for what was decided about their papers. */
export function withVerdicts(state: State, rows: readonly PaperRow[]): State {
  const { triage } = state
  if (!triage) return state
  const decided = new Map(triage.decided)
  const queued = new Set(triage.queue)
  for (const row of rows) {
    if (!queued.has(row.id)) continue
    const verdict = verdictOf(row)
    if (verdict) decided.set(row.id, verdict)
    else decided.delete(row.id)
  }
  return { ...state, triage: { ...triage, decided } }
}

/** What was undone or done again is the card once more. */
export function withRestored(state: State, ids: readonly PaperId[]): Step {
  const { triage } = state
  const restored = new Set(ids)
  const at = triage?.queue.findIndex((id) => restored.has(id)) ?? -1
  return triage && at >= 0 ? toCard(state, triage, at) : still(state)
}

/** Back to the list, on the paper of the card. */
export const leaveTriage = (state: State): Step =>
  withPaper({ ...withoutTriage(state), reading: false, scroll: 0 })

const NAMES: Readonly<Record<Verdict, string>> = {
  read: 'read',
  starred: 'starred',
  later: 'for later',
  hidden: 'hidden',
}

function tally({ decided }: Triage): string {
  const counts = Map.groupBy(decided.values(), (verdict) => verdict)
  return (Object.keys(NAMES) as Verdict[])
    .flatMap((verdict) => {
      const count = counts.get(verdict)?.length ?? 0
      return count > 0 ? [`${count} ${NAMES[verdict]}`] : []
    })
    .join(' · ')
}

/** How far one is, above the card. */
export function triageBar(triage: Triage, right: Line, width: number): Line {
  const { queue, at } = triage
  const cells = Math.min(30, Math.floor(width / 5))
  const filled = Math.round((cells * at) / queue.length)
  const said = tally(triage)
  const left = [
    span(' Triage ', 'bold', 'accent'),
    span(`${Math.min(at + 1, queue.length)}/${queue.length} `, 'bold'),
    ...(width < 50
      ? []
      : [span('━'.repeat(filled), 'accent'), span('─'.repeat(cells - filled), 'dim'), span(' ')]),
    ...(said === '' || width < 60 ? [] : [span(`${said} `, 'dim')]),
  ]
  return spread(left, right, width)
}

/** What stands in the place of a card after the last; `key` gives the key of a command. */
export function endLines(triage: Triage, key: (id: string) => string): Line[] {
  const left = triage.queue.length - triage.decided.size
  const said = tally(triage)
  return [
    [span('That was all.', 'heading')],
    [],
    [span(said === '' ? 'Nothing was decided.' : `${said}.`)],
    ...(left > 0 ? [[span(`${left} left undecided: ${key('triage-back')} goes back to them.`)]] : []),
    [],
    [span(`${key('leave-triage')} leads back to the list, ${key('undo')} undoes the last decision.`, 'dim')],
  ]
}
