// The loop: an event goes through `update`, its effects run, and who watches is told once all is done.

import type { Event } from './events.ts'
import type { Effect, State } from './state.ts'
import { update } from './update.ts'

export interface Runtime {
  state(): State
  dispatch(event: Event): void
  /** Calls back after each change of the state; returns how to stop that. */
  subscribe(listener: () => void): () => void
}

/** A runtime over a first state. `effects` gets the dispatch to answer with. */
export function createRuntime(
  first: State,
  effects: (dispatch: Runtime['dispatch']) => (effect: Effect) => void,
): Runtime {
  let state = first
  const listeners = new Set<() => void>()
  const queue: Event[] = []
  let draining = false

  const dispatch = (event: Event) => {
    queue.push(event)
    // Effects that answer at once are part of the same step: nobody sees the state between.
    if (draining) return
    draining = true
    const before = state
    try {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [after, wanted] = update(state, next)
        state = after
        for (const effect of wanted) run(effect)
      }
    } finally {
      draining = false
    }
    if (state !== before) for (const listener of listeners) listener()
  }
  const run = effects(dispatch)

  return {
    state: () => state,
    dispatch,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
