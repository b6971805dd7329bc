// The help: every command with its keys, from the one table.

import { wrap } from '../text/layout.ts'
import { COMMANDS, type Command, type Context } from './commands.ts'
import { type Line, span } from './frame.ts'
import { keyLabels } from './keys.ts'
import { EDITING_KEYS } from './prompt.ts'

/** The contexts in the order that help and docs/keys.md show them. */
export const CONTEXTS: readonly { readonly context: Context; readonly title: string }[] = [
  { context: 'list', title: 'In the list' },
  { context: 'reading', title: 'Reading an abstract' },
  { context: 'document', title: 'Reading a full text or comments' },
  { context: 'contents', title: 'In the contents of a text' },
  { context: 'finding', title: 'Typing what to find in a text' },
  { context: 'hints', title: 'Choosing a link on the screen' },
  { context: 'links', title: 'In the links of a paper' },
  { context: 'copy', title: 'After y' },
  { context: 'prompt', title: 'Typing a search' },
  { context: 'help', title: 'In the help' },
  { context: 'palette', title: 'In the palette' },
]

/** The contexts in which letters are text, so that the keys of a line work too. */
export const TYPED: readonly Context[] = ['prompt', 'finding', 'palette']

/** A context's commands, in the order of the table. */
export function commandsIn(context: Context): readonly Command[] {
  return COMMANDS.filter((command) => command.contexts.includes(context))
}

/** What the signs of a list row mean. */
export const SIGNS: readonly (readonly [sign: string, meaning: string])[] = [
  ['●', 'unread'],
  ['★', 'starred'],
  ['92', 'upvotes, before the title'],
  ['+6', 'more authors than the first'],
  ['❝2', 'comments'],
]

/** The help in at most `width` cells; where one is comes first. */
export function helpLines(width: number, here: Context = 'list'): Line[] {
  const column = 22
  const entry = (left: string, right: string): Line[] =>
    wrap(right, Math.max(2, width - column)).map(({ text, start }) => [
      span(`  ${start === 0 ? left : ''}`.padEnd(column), 'accent'),
      span(text),
    ])
  const section = (title: string, entries: readonly (readonly [string, string])[]): Line[] => [
    [span(title, 'heading')],
    ...entries.flatMap(([left, right]) => entry(left, right)),
    [],
  ]
  return [
    ...CONTEXTS.toSorted(
      (one, other) => Number(other.context === here) - Number(one.context === here),
    ).flatMap(({ context, title }) => {
      const commands = commandsIn(context).map((command) => [keyLabels(command.keys), command.title] as const)
      const editing = TYPED.includes(context)
        ? EDITING_KEYS.map((edit) => [keyLabels(edit.keys), edit.title] as const)
        : []
      return section(title, [...commands, ...editing])
    }),
    ...section('In a row of the list', SIGNS),
  ]
}
