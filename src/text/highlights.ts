// Where a text shows the words that a search matched. Words are those of words.ts, as in the index.

import { tokens } from './words.ts'

/** A word that a search matched, or with `prefix` the beginning of one. */
export interface MatchedWord {
  readonly word: string
  readonly prefix: boolean
}

/** A range of a text, in UTF-16 units; `end` is exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Where a text shows the words that a search matched, in order and without overlaps. */
export function highlights(text: string, matched: readonly MatchedWord[]): Range[] {
  if (matched.length === 0) return []
  const whole = new Set(matched.filter(({ prefix }) => !prefix).map(({ word }) => word))
  const prefixes = matched.filter(({ prefix }) => prefix).map(({ word }) => word)
  const found: Range[] = []
  for (const { word, start, end } of tokens(text)) {
    if (whole.has(word)) {
      found.push({ start, end })
      continue
    }
    const prefix = prefixes.find((beginning) => word.startsWith(beginning))
    if (prefix === undefined) continue
    // Folding may change the length (ligatures, accents), and compounds lose their hyphens: then the whole word is shown.
    found.push({ start, end: word.length === end - start ? start + prefix.length : end })
  }
  return merged(found)
}

/** Ranges in order, those that overlap as one: a compound and its parts may both have matched. */
export function merged(ranges: readonly Range[]): Range[] {
  const result: { start: number; end: number }[] = []
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last && start < last.end) last.end = Math.max(last.end, end)
    else result.push({ start, end })
  }
  return result
}
