// Which command a key runs.

import { beginsSequence, type Command, commandsIn, contextOf } from './commands.ts'
import type { State } from './state.ts'

/** What keys pressed in a row mean: a command, the beginning of some sequences, or why no command can run; null for nothing. */
export type Meaning = { readonly command: Command } | { readonly begins: true } | { readonly why: string }

/**
 * What a key, or a sequence with spaces between its keys, means now. Of several commands on one key, the first that is
 * enabled runs; where none of them is, the first one's reason is given.
 */
export function commandFor(state: State, key: string): Meaning | null {
  const context = contextOf(state)
  let why: string | null = null
  for (const command of commandsIn(context, state.bindings)) {
    if (!command.keys.includes(key)) continue
    const enabled = command.enabled?.(state) ?? true
    if (enabled === true) return { command }
    why ??= enabled
  }
  if (why !== null) return { why }
  return beginsSequence(context, state.bindings, key) ? { begins: true } : null
}
