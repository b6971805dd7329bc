// The reader without a screen: what happens is told line by line (see spoken.ts), to who listens or reads it by touch.

import type { State, Step } from './state.ts'

export interface Linear {
  /** How often it was asked to say again where one is. */
  readonly asked: number
}

/** Paragraphs are told whole: hardly one is longer, and what is as wide as the screen stays within bounds. */
const MEASURE = 1000

/** Lines that the keys for pages go by in a list. */
const PAGE = 10

/** The state of a reader who is told what happens. Its screen is one endless line, so that scrolling is going on. */
export function asLinear(state: State): State {
  return {
    ...state,
    size: { columns: MEASURE + 10, rows: 3 },
    measure: MEASURE,
    look: null,
    linear: { asked: 0 },
  }
}

/** The lines that a page of the list has; `height` is what the screen has room for. */
export const pageOf = ({ linear }: State, height: number): number => (linear ? PAGE : height)

/** Whether there is a screen. */
export const hasScreen = ({ linear }: State) => (linear ? 'there is no screen here to lay it out for' : true)

/** Whether what happens is told. */
export const isTold = ({ linear }: State) => (linear ? true : 'it can be seen: --screen-reader tells it')

/** Says once more where one is. */
export const sayAgain = (state: State): Step => [
  { ...state, linear: state.linear && { asked: state.linear.asked + 1 } },
  [],
]
