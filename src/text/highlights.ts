// Where a text shows the words that a search matched. Words compare as the index holds them: folded, see paper.ts.

import { fold } from '../paper.ts'

const WORD = /[\p{L}\p{N}\p{M}]+/gu

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
  const ranges: Range[] = []
  for (const match of text.matchAll(WORD)) {
    const folded = fold(match[0])
    const start = match.index
    if (whole.has(folded)) {
      ranges.push({ start, end: start + match[0].length })
      continue
    }
    const prefix = prefixes.find((beginning) => folded.startsWith(beginning))
    if (prefix === undefined) continue
    // Folding may change the length (ligatures, accents): then the whole word is shown.
    const length = folded.length === match[0].length ? prefix.length : match[0].length
    ranges.push({ start, end: start + length })
  }
  return ranges
}
