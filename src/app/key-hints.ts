// What a key would do, said after what was done: by the keys that count now.

import { type Context, contextOf, keyOf } from './commands.ts'
import { keyLabel } from './keys.ts'
import type { State } from './state.ts'

/** The keys of a place, by the ids of commands. */
export const keysIn =
  (context: Context, { bindings }: State) =>
  (id: string): string =>
    keyLabel(keyOf(id, context, bindings))

/** The text, and behind it the key of a command with what it does; the text alone where the command has no key there. */
export function withKey(state: State, text: string, id: string, does: string): string {
  const keys = keyOf(id, contextOf(state), state.bindings) || keyOf(id, 'list', state.bindings)
  return keys === '' ? text : `${text} · ${keyLabel(keys)} ${does}`
}

/** What was decided, and the key that takes it back. */
export const undoable = (state: State, text: string): string => withKey(state, text, 'undo', 'undoes')
