// A line being typed: text and a cursor, with the editing keys of a shell, and what its text is read as.

import type { FieldValues } from '../library/searches.ts'
import { type Completion, complete } from '../search/complete.ts'
import type { FieldName } from '../search/fields.ts'
import { type Parsed, parseQuery } from '../search/grammar.ts'
import { graphemes } from '../text/width.ts'

/** Editing gives a line without `recalled`, `completing` and `suggested`: they last until it is touched. */
export interface Prompt {
  readonly text: string
  /** Where the next letter goes, in UTF-16 units. */
  readonly cursor: number
  /** The place in the history of the query that was fetched from there. */
  readonly recalled?: number
  readonly completing?: Completing
  /** The text is a suggestion: what is typed takes its place, and what moves in it takes it over. */
  readonly suggested?: true
}

/** A choice among completions: of which line, and which of them the line shows (-1 before the first). */
export interface Completing {
  readonly from: Prompt
  readonly at: number
}

/** The editing keys, for help and docs/keys.md. */
export const EDITING_KEYS: readonly { readonly keys: readonly string[]; readonly title: string }[] = [
  { keys: ['left', 'ctrl+b'], title: 'a letter back' },
  { keys: ['right', 'ctrl+f'], title: 'a letter on' },
  { keys: ['home', 'ctrl+a'], title: 'to the beginning' },
  { keys: ['end', 'ctrl+e'], title: 'to the end' },
  { keys: ['backspace', 'ctrl+h'], title: 'delete the letter before' },
  { keys: ['delete', 'ctrl+d'], title: 'delete the letter after' },
  { keys: ['ctrl+w'], title: 'delete the word before' },
  { keys: ['ctrl+u'], title: 'delete everything before' },
  { keys: ['ctrl+k'], title: 'delete everything after' },
]

/** Longer than any query; keeps a pasted book from being searched for. */
const MAX_LENGTH = 10_000

const NOTHING_TYPED: Prompt = { text: '', cursor: 0 }
/** Keys that take a suggestion away, whole. */
const DELETING: readonly string[] = ['backspace', 'ctrl+h', 'delete', 'ctrl+d', 'ctrl+w', 'ctrl+u']

/** The prompt with text put in at its cursor. */
export function insertText({ suggested, ...prompt }: Prompt, added: string): Prompt {
  const { text, cursor } = suggested ? NOTHING_TYPED : prompt
  const room = added.slice(0, MAX_LENGTH - text.length)
  return { text: text.slice(0, cursor) + room + text.slice(cursor), cursor: cursor + room.length }
}

/** The prompt after an editing key; null where the key is none. */
export function editPrompt(prompt: Prompt, key: string): Prompt | null {
  const { text, cursor } = prompt
  if (prompt.suggested && DELETING.includes(key)) return NOTHING_TYPED
  const before = text.slice(0, cursor)
  const after = text.slice(cursor)
  switch (key) {
    case 'left':
    case 'ctrl+b':
      return { text, cursor: cursor - lastGrapheme(before).length }
    case 'right':
    case 'ctrl+f':
      return { text, cursor: cursor + firstGrapheme(after).length }
    case 'home':
    case 'ctrl+a':
      return { text, cursor: 0 }
    case 'end':
    case 'ctrl+e':
      return { text, cursor: text.length }
    case 'backspace':
    case 'ctrl+h': {
      const kept = before.slice(0, before.length - lastGrapheme(before).length)
      return { text: kept + after, cursor: kept.length }
    }
    case 'delete':
    case 'ctrl+d':
      return { text: before + after.slice(firstGrapheme(after).length), cursor }
    case 'ctrl+w': {
      const kept = before.replace(/\S+\s*$/, '')
      return { text: kept + after, cursor: kept.length }
    }
    case 'ctrl+u':
      return { text: after, cursor: 0 }
    case 'ctrl+k':
      return { text: before, cursor }
    case 'space':
      return insertText(prompt, ' ')
    default:
      return graphemes(key).length === 1 ? insertText(prompt, key) : null
  }
}

// A piece is enough: no grapheme people type is longer.
const PIECE = 40

function firstGrapheme(text: string): string {
  return graphemes(text.slice(0, PIECE))[0] ?? ''
}

function lastGrapheme(text: string): string {
  return graphemes(text.slice(-PIECE)).at(-1) ?? ''
}

// Every frame asks for the same again.
let lastParsed: { text: string; parsed: Parsed } = { text: '', parsed: parseQuery('') }

/** What a query is read as. */
export function parsedQuery(text: string): Parsed {
  if (lastParsed.text !== text) lastParsed = { text, parsed: parseQuery(text) }
  return lastParsed.parsed
}

/** A line that holds a text, the cursor behind it. */
export const promptOf = (text: string): Prompt => ({ text, cursor: text.length })

/** A line that holds a suggestion. */
export const suggestionOf = (text: string): Prompt =>
  text === '' ? promptOf(text) : { ...promptOf(text), suggested: true }

/** What Tab goes on with: the choice that is being made, or what is typed; null where there is nothing to choose. */
export function choiceIn(prompt: Prompt, values: FieldValues): Completing | null {
  const begun = prompt.completing
  // The only choice is made: what follows it may be completed next.
  if (begun && completionsOf(begun.from, values).length > 1) return begun
  return completionsOf(prompt, values).length > 0 ? { from: prompt, at: -1 } : null
}

/** The line with the term at its cursor completed, or with the next completion, or the one before; null for none. */
export function completedIn(prompt: Prompt, values: FieldValues, by: 1 | -1): Prompt | null {
  const next = choiceIn(prompt, values)
  if (!next) return null
  const { from, at } = next
  const options = completionsOf(from, values)
  const chosen = (at + by + options.length + (at < 0 && by < 0 ? 1 : 0)) % options.length
  const option = options[chosen]
  if (!option) return null
  const before = from.text.slice(0, option.start) + option.insert
  const text = before + from.text.slice(option.end)
  return { text, cursor: before.length, completing: { from, at: chosen } }
}

const completed = new WeakMap<Prompt, { values: FieldValues; completions: readonly Completion[] }>()

/** What the term at the cursor could become, the best first. */
export function completionsOf(prompt: Prompt, values: FieldValues): readonly Completion[] {
  const known = completed.get(prompt)
  if (known?.values === values) return known.completions
  const ofField = (field: FieldName) => (field in values ? values[field as keyof FieldValues] : [])
  const completions = complete(prompt.text, prompt.cursor, ofField)
  completed.set(prompt, { values, completions })
  return completions
}
