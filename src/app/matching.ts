// Where typed words stand in short texts of our own: titles of commands and names of keys.

import type { Range } from '../text/highlights.ts'

/** More words than any title has; a pasted page is not looked for word by word. */
const MAX_WORDS = 8
const MAX_LENGTH = 100

/** The words to look for in what was typed, in lower case, and what is between two of them. */
export function wordsOf(typed: string, between: RegExp): string[] {
  const words = typed.slice(0, MAX_LENGTH).toLowerCase().split(between)
  return words.filter((word) => word !== '').slice(0, MAX_WORDS)
}

/** Where a word stands in a text, in UTF-16 units: at the beginning of a word rather than within one; null where nowhere. */
export function rangeOf(text: string, word: string): Range | null {
  const lower = text.toLowerCase()
  // Some letters are longer in lower case: what is found there stands elsewhere in the text.
  if (lower.length !== text.length) return null
  let found = -1
  for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
    if (beginsWord(lower, at)) return { start: at, end: at + word.length }
    if (found < 0) found = at
  }
  return found < 0 ? null : { start: found, end: found + word.length }
}

/** Whether a word of the text begins at a place. */
export const beginsWord = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')
