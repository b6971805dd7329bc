// Moving in a list that lies over all else: by entries, by pages, to its ends.

import type { Command, Context } from '../commands.ts'
import type { State, Step } from '../state.ts'

/** The commands of a list, whose entries are called `one`; `move` selects another entry, or the nearest there is. */
export function movingIn(
  context: Context & ('views' | 'rules'),
  one: string,
  move: (by: number) => (state: State) => Step,
  height: (state: State) => number,
): readonly Command[] {
  const moving = (id: string, keys: readonly string[], title: string, by: (state: State) => number) => ({
    ...{ id: `${context}-${id}`, contexts: [context], keys, title },
    run: (state: State) => move(by(state))(state),
  })
  return [
    { ...moving('next', ['j', 'down'], `next ${one}`, () => 1), hint: 'move' },
    moving('previous', ['k', 'up'], `previous ${one}`, () => -1),
    moving('page-down', ['pageDown'], `a page of ${context} down`, height),
    moving('page-up', ['pageUp'], `a page of ${context} up`, (state) => -height(state)),
    moving('first', ['g g', 'home'], `to the first ${one}`, () => Number.NEGATIVE_INFINITY),
    moving('last', ['G', 'end'], `to the last ${one}`, () => Number.POSITIVE_INFINITY),
  ]
}
