// A line being typed: text and a cursor, with the editing keys of a shell.

import { graphemes } from '../text/width.ts'

export interface Prompt {
  readonly text: string
  /** Where the next letter goes, in UTF-16 units. */
  readonly cursor: number
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

/** The prompt with text put in at its cursor. */
export function insertText({ text, cursor }: Prompt, added: string): Prompt {
  const room = added.slice(0, MAX_LENGTH - text.length)
  return { text: text.slice(0, cursor) + room + text.slice(cursor), cursor: cursor + room.length }
}

/** The prompt after an editing key; null where the key is none. */
export function editPrompt(prompt: Prompt, key: string): Prompt | null {
  const { text, cursor } = prompt
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
