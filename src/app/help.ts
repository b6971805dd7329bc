// The help: every command with its keys, from the one table.

import { wrap } from '../text/layout.ts'
import { COMMANDS, type Command, type Context } from './commands.ts'
import { type Line, span } from './frame.ts'
import { keyLabel } from './keys.ts'

/** The contexts in the order that help and docs/keys.md show them. */
export const CONTEXTS: readonly { readonly context: Context; readonly title: string }[] = [
  { context: 'list', title: 'In the list' },
  { context: 'reading', title: 'Reading an abstract' },
  { context: 'prompt', title: 'Typing a search' },
  { context: 'help', title: 'In the help' },
]

/** A context's commands, in the order of the table. */
export function commandsIn(context: Context): readonly Command[] {
  return COMMANDS.filter((command) => command.contexts.includes(context))
}

/** The help in at most `width` cells. */
export function helpLines(width: number): Line[] {
  const column = 22
  return CONTEXTS.flatMap(({ context, title }) => [
    [span(title, 'heading')],
    ...commandsIn(context).flatMap((command) =>
      wrap(command.title, Math.max(2, width - column - 2)).map(({ text, start }) => [
        span(`  ${start === 0 ? command.keys.map(keyLabel).join(' ') : ''}`.padEnd(column), 'accent'),
        span(text),
      ]),
    ),
    [],
  ])
}
