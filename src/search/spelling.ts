// Which words of the library a typed word may have meant.

import { distance } from 'fastest-levenshtein'

/** A word of the library that a typed word may mean, by how it was reached. */
export interface Meaning {
  readonly word: string
  readonly kind: 'exact' | 'prefix' | 'corrected'
}

/** Typos forgiven in a word: none below four letters, one up to seven, two from eight on. */
export function allowedTypos(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2
}

/** The most corrections a word is looked up by, nearest and most frequent first. */
const MAX_CORRECTIONS = 8

// A word this rare in the library may itself be somebody's typo.
const RARE = 2

/** Two neighbouring letters swapped count as one typo, as people make it, not as two edits. */
function typos(typed: string, word: string): number {
  const edits = distance(typed, word)
  if (edits !== 2 || typed.length !== word.length) return edits
  const at = [...typed].findIndex((letter, index) => letter !== word[index])
  const swapped = typed.slice(0, at) + typed[at + 1] + typed[at] + typed.slice(at + 2)
  return swapped === word ? 1 : edits
}

/**
 * The meanings of a typed word: itself, where the library has it; words that begin with it, where it may be unfinished;
 * else, or where it is very rare, the nearest spellings.
 */
export function meanings(
  typed: string,
  unfinished: boolean,
  vocabulary: ReadonlyMap<string, number>,
): Meaning[] {
  const found: Meaning[] = []
  const count = vocabulary.get(typed) ?? 0
  if (count > 0) found.push({ word: typed, kind: 'exact' })
  let begun = 0
  if (unfinished || count === 0) {
    for (const [word, papers] of vocabulary) if (word.startsWith(typed) && word !== typed) begun += papers
    if (begun > 0) found.push({ word: typed, kind: 'prefix' })
  }
  if (count + begun <= RARE) found.push(...corrections(typed, unfinished, vocabulary))
  return found
}

function corrections(typed: string, unfinished: boolean, vocabulary: ReadonlyMap<string, number>): Meaning[] {
  const allowed = allowedTypos(typed)
  if (allowed === 0) return []
  const near: { word: string; typos: number; papers: number }[] = []
  for (const [word, papers] of vocabulary) {
    const difference = word.length - typed.length
    if (difference < -allowed || word === typed) continue
    let best = difference <= allowed ? typos(typed, word) : Number.POSITIVE_INFINITY
    // A word still being typed is compared with the beginnings of longer ones.
    if (unfinished && difference > 0 && word[0] === typed[0])
      best = Math.min(best, typos(typed, word.slice(0, typed.length)))
    if (best <= allowed) near.push({ word, typos: best, papers })
  }
  return near
    .sort((a, b) => a.typos - b.typos || b.papers - a.papers)
    .slice(0, MAX_CORRECTIONS)
    .map(({ word }) => ({ word, kind: 'corrected' }))
}
