// Which words of the library a typed word may have meant.

import { otherNumbers } from '../text/words.ts'
import type { SearchIndex } from './index.ts'
import { allowedTypos, type NearWord } from './lexicon.ts'

/**
 * How a word was reached: as typed; in the other grammatical number; as a compound with its neighbour; as the beginning
 * of a longer one; with one typo; with two.
 */
export type Kind = 'exact' | 'number' | 'compound' | 'prefix' | 'typo' | 'typos'

/** A word of the library that a typed word may mean; of a `prefix`, all words that begin so. */
export interface Meaning {
  readonly word: string
  readonly kind: Kind
}

/** A word of a query: what it may mean, and how much it tells. */
export interface Slot {
  readonly typed: string
  readonly meanings: readonly Meaning[]
  /** Inverse document frequency: rare words tell more. */
  readonly weight: number
}

/** How much each way of reaching a word counts. */
export const KIND_WEIGHT: Record<Kind, number> = {
  ...{ exact: 1, number: 0.97, compound: 0.97, prefix: 0.9, typo: 0.8, typos: 0.7 },
}

/** The most corrections a word is looked up by, nearest and most frequent first. */
const MAX_CORRECTIONS = 24
/** Where a word stands in more papers than this share, it was meant as it is. */
const COMMON = 1 / 50_000
const RARE = 2
/** Longer than any two words written as one. */
const MAX_SPLIT = 40

/** The meanings of a word of a query; none where nothing in the library is like it. */
export function meaningsOf(index: SearchIndex, typed: string, unfinished: boolean): Slot {
  const meanings: Meaning[] = []
  const papers = index.papersWith(typed)
  let begun = 0
  if (papers > 0) meanings.push({ word: typed, kind: 'exact' })
  for (const word of otherNumbers(typed))
    if (index.papersWith(word) > 0) meanings.push({ word, kind: 'number' })
  if (unfinished || papers === 0) {
    begun = papersBegunBy(index, typed)
    if (begun > 0) meanings.push({ word: typed, kind: 'prefix' })
  }
  let near: NearWord[] = []
  if (papers + begun <= RARE + index.papers * COMMON) {
    near = corrections(index, typed, unfinished)
    for (const { word, typos } of near) meanings.push({ word, kind: typos === 1 ? 'typo' : 'typos' })
  }
  const told =
    papers ||
    begun ||
    Math.max(1, ...near.filter((word) => word.typos === near[0]?.typos).map((word) => word.papers))
  return { typed, meanings, weight: Math.log(1 + index.papers / Math.min(told, Math.max(1, index.papers))) }
}

function papersBegunBy(index: SearchIndex, prefix: string): number {
  let papers = 0
  for (const { lexicon } of index.segments) {
    const [from, to] = lexicon.begunBy(prefix)
    for (let at = from; at < to; at++) papers += lexicon.papers(at)
  }
  return papers
}

function corrections(index: SearchIndex, typed: string, unfinished: boolean): NearWord[] {
  const allowed = allowedTypos(typed)
  if (allowed === 0) return []
  const near = new Map<string, NearWord>()
  for (const { lexicon } of index.segments)
    for (const found of lexicon.near(typed, allowed, unfinished)) {
      const known = near.get(found.word)
      near.set(found.word, known ? { ...known, papers: known.papers + found.papers } : found)
    }
  return [...near.values()].sort((a, b) => a.typos - b.typos || b.papers - a.papers).slice(0, MAX_CORRECTIONS)
}

/**
 * A word that the library does not have may be two (`pretrainingdata`): the parts that stand in most papers, or null.
 */
export function splitWord(index: SearchIndex, typed: string): readonly [string, string] | null {
  let best: readonly [string, string] | null = null
  // What a single paper holds may be anything.
  let most = 1
  if (typed.length > MAX_SPLIT) return null
  for (let at = 3; at <= typed.length - 3; at++) {
    const parts = [typed.slice(0, at), typed.slice(at)] as const
    const papers = Math.min(...parts.map((part) => index.papersWith(part)))
    if (papers <= most) continue
    most = papers
    best = parts
  }
  return best
}
