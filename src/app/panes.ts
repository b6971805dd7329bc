// How the screen of the list is divided: views and tags, the list, the abstract, as far as there is room.

import { still } from './actions.ts'
import { clamp } from './shown.ts'
import { MEASURE, SPLIT, type State, type Step } from './state.ts'

/** From this width on the abstract stands beside the list, and from the other one views and tags do too. */
const TWO_PANES_FROM = 100
const THREE_PANES_FROM = 180
const SIDEBAR = 24
/** What stands between two panes: ` │ `. */
export const BETWEEN = 3

const LEAST_SPLIT = 20
const MOST_SPLIT = 80
const STEP = 5

/** Widths in cells; 0 where there is no such pane. Without what stands between them they fill the screen. */
export interface Widths {
  readonly sidebar: number
  readonly list: number
  readonly abstract: number
}

/** Whether list and abstract may stand side by side. */
export const hasTwoPanes = ({ size, linear }: State) => {
  if (linear) return 'nothing stands beside the list'
  return size.columns >= TWO_PANES_FROM ? true : `the screen is too narrow: from ${TWO_PANES_FROM} columns on`
}

/** How wide each pane is. */
export function widthsOf({ size: { columns }, panes: { split, zoomed } }: State): Widths {
  if (zoomed || columns < TWO_PANES_FROM) return { sidebar: 0, list: columns, abstract: 0 }
  const sidebar = columns >= THREE_PANES_FROM ? SIDEBAR : 0
  const room = columns - (sidebar > 0 ? sidebar + BETWEEN : 0) - BETWEEN
  const share = Math.floor((room * (100 - split)) / 100)
  // Longer lines are hard to read; who wants more of the abstract gets it all the same.
  const abstract = split < SPLIT ? share : Math.min(share, MEASURE)
  return { sidebar, list: room - abstract, abstract }
}

/** The lines of an abstract or the help in the middle of the screen, in cells: how wide, and what is left of them. */
export function measureOf(columns: number): { readonly width: number; readonly margin: number } {
  const width = Math.max(2, Math.min(MEASURE, columns - 4))
  return { width, margin: Math.max(0, Math.floor((columns - width) / 2)) }
}

/** Gives the list more of the screen, or less. Steps that do not show, as the abstract is never wider there, are passed over. */
export const resizeList =
  (by: 1 | -1) =>
  (state: State): Step => {
    const split = clamp(state.panes.split + by * STEP, LEAST_SPLIT, MOST_SPLIT)
    const next = { ...state, panes: { ...state.panes, split } }
    const isSeen = widthsOf(next).list !== widthsOf(state).list
    return isSeen || split === state.panes.split ? still(next) : resizeList(by)(next)
  }

/** The list alone, or with what stands beside it. */
export const toggleZoom = (state: State): Step =>
  still({ ...state, panes: { ...state.panes, zoomed: !state.panes.zoomed }, scroll: 0 })
