// What is trending on the Hub: what was last known at once, then what the Hub says now.

import { dayOf } from '../days.ts'
import type { Trending } from '../library/trending.ts'
import type { PaperId } from '../paper.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { still, withPaper } from './actions.ts'
import { printDay } from './dates.ts'
import { searchFrom } from './searching.ts'
import { anchorOf, atAnchor, inSight, withShown } from './shown.ts'
import { sortedResults } from './sorting.ts'
import type { Effect, Message, Results, State, Step } from './state.ts'

/** What is asked about it. */
export type TrendingEffect =
  /** What was trending last, from the library. */
  | { readonly type: 'load-trending' }
  /** What the Hub says now. */
  | { readonly type: 'ask-trending' }

/** What the Hub said, and how many of the papers are new here; or why it did not. */
export type TrendingAnswer =
  | { readonly trending: Trending; readonly added: number }
  | { readonly why: string; readonly offline: boolean }

const NOTHING: Results = {
  ...{ sought: { kind: 'trending', askedAt: null }, ids: [], matched: [] },
  shared: new Map<PaperId, readonly string[]>(),
}

/** Opens what is trending: as it is known here, while the Hub is asked. Esc leads back to the list. */
export function openTrending(state: State): Step {
  const search = {
    ...searchFrom(state, { kind: 'trending', askedAt: null }),
    ...{ previous: null, reading: false, asked: state.requests, answered: state.requests },
    results: NOTHING,
  }
  const opened = withShown({ ...state, search, message: null, cursor: 0, top: 0, scroll: 0 })
  const [next, effects] = withPaper(inSight(opened))
  return [next, [...effects, { type: 'load-trending' }, { type: 'ask-trending' }]]
}

/** Asks the Hub again. */
export const askTrendingAgain = (state: State): Step => [
  { ...state, message: { kind: 'info', text: 'The Hub is being asked …' } },
  [{ type: 'ask-trending' }],
]

/** The state with what was trending last. */
export const withLastTrending = (state: State, trending: Trending | null): Step =>
  trending ? withTrending(state, trending) : still(state)

function withTrending(state: State, { ids, askedAt }: Trending): Step {
  const { search } = state
  if (search?.sought.kind !== 'trending') return still(state)
  const sought = { kind: 'trending', askedAt } as const
  const results = sortedResults(state, { ...NOTHING, sought, ids }, search.sorting)
  const shown = withShown({ ...state, search: { ...search, sought, results } })
  // A cursor that was moved stays with its paper.
  return withPaper(state.cursor > 0 || state.reading ? atAnchor(shown, anchorOf(state)) : inSight(shown))
}

/** The state with what the Hub answered. */
export function withTrendingAnswer(state: State, answer: TrendingAnswer): Step {
  const sought = state.search?.sought
  const isHere = sought?.kind === 'trending'
  if ('why' in answer) {
    // Who went on to something else is not interrupted.
    if (!isHere) return still(state)
    return still({ ...state, message: failed(answer, sought.askedAt) })
  }
  const effects: Effect[] = answer.added > 0 ? [{ type: 'load-rows', now: true }] : []
  const [next, more] = withTrending({ ...state, message: isHere ? null : state.message }, answer.trending)
  return [next, [...more, ...effects]]
}

function failed({ why, offline }: Extract<TrendingAnswer, { why: string }>, askedAt: number | null): Message {
  const what = offline ? 'Offline' : 'The Hub does not say it'
  const known = askedAt === null ? '' : ` This was trending on ${trendingDay(askedAt)}.`
  return { kind: 'error', text: unwrapLine(`${what}.${known} ${why}`) }
}

/** The UTC day of a time in ms since 1970, in words. */
export const trendingDay = (askedAt: number): string => printDay(dayOf(askedAt))
