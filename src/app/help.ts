// The help: every command with its keys, from the one table.

import { merged } from '../text/highlights.ts'
import { wrap } from '../text/layout.ts'
import { type Bindings, type Context, commandsIn, NO_BINDINGS } from './commands.ts'
import { type Line, marked, span } from './frame.ts'
import { keyLabels } from './keys.ts'
import { rangeOf, wordsOf } from './matching.ts'
import { EDITING_KEYS } from './prompt.ts'

/** The contexts in the order that help and docs/keys.md show them. */
export const CONTEXTS: readonly { readonly context: Context; readonly title: string }[] = [
  { context: 'list', title: 'In the list' },
  { context: 'reading', title: 'Reading an abstract' },
  { context: 'triage', title: 'In triage' },
  { context: 'document', title: 'Reading a full text or comments' },
  { context: 'contents', title: 'In the contents of a text' },
  { context: 'finding', title: 'Typing what to find in a text' },
  { context: 'hints', title: 'Choosing a link on the screen' },
  { context: 'links', title: 'In the links of a paper' },
  { context: 'copy', title: 'Choosing what to copy' },
  { context: 'sort', title: 'Choosing an order' },
  { context: 'confirm', title: 'Where a question is asked' },
  { context: 'tagging', title: 'Typing tags' },
  { context: 'prompt', title: 'Typing a search' },
  { context: 'help', title: 'In the help' },
  { context: 'filter', title: 'Filtering the help' },
  { context: 'settings', title: 'In the settings' },
  { context: 'setting', title: 'Typing the value of a setting' },
  { context: 'palette', title: 'In the palette' },
  { context: 'views', title: 'In the list of views' },
  { context: 'view-line', title: 'Typing in the list of views' },
  { context: 'calendar', title: 'In the calendar' },
  { context: 'statistics', title: 'In the statistics' },
  { context: 'rules', title: 'In the list of rules' },
  { context: 'rule-kind', title: 'Saying what a rule does' },
  { context: 'rule-line', title: 'Typing a rule' },
]

/** The contexts in which letters are text, so that the keys of a line work too. */
export const TYPED: readonly Context[] = [
  ...(['prompt', 'finding', 'tagging', 'filter', 'setting', 'palette', 'view-line', 'rule-line'] as const),
]

/** What the signs of a list row mean. */
export const SIGNS: readonly (readonly [sign: string, meaning: string])[] = [
  ['✓', 'selected'],
  ['★', 'starred'],
  ['●', 'unread'],
  ['◆', 'unread and kept for later'],
  ['◇', 'read and kept for later'],
  ['×', 'hidden'],
  ['92', 'upvotes, before the title'],
  ['▲7', 'upvotes of the last days, in the order of momentum'],
  ['+6', 'more authors than the first'],
  ['#rl', 'your tags'],
  ['✎', 'your note'],
  ['◎', 'a rule of yours watches for it'],
  ['by “x”', 'the rule that hides it'],
  ['❝2', 'comments'],
]

/** A line of the help; `id` is empty where it is of no command. */
interface HelpEntry {
  readonly keys: string
  readonly title: string
  readonly id: string
}

interface HelpSection {
  readonly title: string
  readonly entries: readonly HelpEntry[]
}

const EDITING: readonly HelpEntry[] = EDITING_KEYS.map(({ keys, title }) => ({
  keys: keyLabels(keys),
  title,
  id: '',
}))

function sectionsFrom(here: Context, bindings: Bindings): HelpSection[] {
  const own = (context: Context) => Number(context === here)
  return [
    ...CONTEXTS.toSorted((one, other) => own(other.context) - own(one.context)).map(({ context, title }) => ({
      title,
      entries: [
        ...commandsIn(context, bindings).map(({ keys, title: does, id }) => ({
          keys: keyLabels(keys),
          title: does,
          id,
        })),
        ...(TYPED.includes(context) ? EDITING : []),
      ],
    })),
    {
      title: 'In a row of the list',
      entries: SIGNS.map(([sign, meaning]) => ({ keys: sign, title: meaning, id: '' })),
    },
  ]
}

const filterWords = (filter: string) => wordsOf(filter, /\s+/)

const hasWords = ({ keys, title, id }: HelpEntry, words: readonly string[]) =>
  words.every((word) => [keys, title, id].some((text) => text.toLowerCase().includes(word)))

/** How many entries of the help have every word of a filter, and how many there are. */
export function helpCount(
  filter: string,
  bindings: Bindings = NO_BINDINGS,
): { matching: number; all: number } {
  const entries = sectionsFrom('list', bindings).flatMap((section) => section.entries)
  const words = filterWords(filter)
  return { matching: entries.filter((entry) => hasWords(entry, words)).length, all: entries.length }
}

/** The help in at most `width` cells; where one is comes first. Of a filter, the entries that have every word of it. */
export function helpLines(
  width: number,
  here: Context = 'list',
  filter = '',
  bindings: Bindings = NO_BINDINGS,
): Line[] {
  const words = filterWords(filter)
  return sectionsFrom(here, bindings).flatMap(({ title, entries }) => {
    const kept = entries.filter((entry) => hasWords(entry, words))
    if (kept.length === 0) return []
    return [[span(title, 'heading')], ...kept.flatMap((entry) => entryLines(entry, width, words)), []]
  })
}

const COLUMN = 22

function entryLines({ keys, title, id }: HelpEntry, width: number, words: readonly string[]): Line[] {
  const ranges = (text: string) => merged(words.flatMap((word) => rangeOf(text, word) ?? []))
  const isSeen = words.every((word) => rangeOf(title, word) ?? rangeOf(keys, word))
  // What matched is on the screen, if it is the id alone.
  const text = isSeen ? title : `${title} (${id})`
  return wrap(text, Math.max(2, width - COLUMN)).map((line) => {
    const left = `  ${line.start === 0 ? keys : ''}`.padEnd(COLUMN)
    return [
      ...marked(left, 0, line.start === 0 ? ranges(left) : [], 'accent'),
      ...marked(line.text, line.start, ranges(text), 'own'),
    ]
  })
}
