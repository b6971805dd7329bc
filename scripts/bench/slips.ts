// Slips of the finger: a letter too many, one too few, a wrong one, two in each other's place.

import { between, pick, type Random } from './random.ts'

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const ATTEMPTS = 50

/** A word with one slip, at any place; now and then it comes out unchanged. */
function slip(word: string, random: Random): string {
  const at = between(random, 0, word.length - 1)
  const [before, letter = '', after] = [word.slice(0, at), word[at], word.slice(at + 1)]
  switch (between(random, 0, 3)) {
    case 0: {
      const place = between(random, 0, word.length)
      return word.slice(0, place) + pick(random, LETTERS) + word.slice(place)
    }
    case 1:
      return before + after
    case 2:
      return before + pick(random, LETTERS) + after
    default:
      return before + after.slice(0, 1) + letter + after.slice(1)
  }
}

/**
 * A word with so many slips that none undoes another, or null where chance finds no such word: `isWord` says what it
 * must not become.
 */
export function mistype(
  word: string,
  slips: number,
  random: Random,
  isWord: (text: string) => boolean,
): string | null {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    let typed = word
    for (let left = slips; left > 0; left--) typed = slip(typed, random)
    if (slipsBetween(word, typed) === slips && !isWord(typed)) return typed
  }
  return null
}

/** How many slips lie between two words (optimal string alignment: two letters swapped are one slip). */
export function slipsBetween(from: string, to: string): number {
  let older: number[] = []
  let above = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let at = 1; at <= to.length; at++) {
      const same = from[row - 1] === to[at - 1]
      const swapped = row > 1 && at > 1 && from[row - 1] === to[at - 2] && from[row - 2] === to[at - 1]
      current[at] = Math.min(
        (above[at] ?? 0) + 1,
        (current[at - 1] ?? 0) + 1,
        (above[at - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (older[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    older = above
    above = current
  }
  return above[to.length] ?? 0
}
