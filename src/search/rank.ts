// The careful look: of the candidates' own texts, which is the paper that was meant.

import type { PaperText } from '../library/segments.ts'
import { foldedText } from '../text/words.ts'
import { FIELD_WEIGHT } from './candidates.ts'
import { KIND_WEIGHT, type Slot } from './meanings.ts'

/** A paper with its fields folded, ready to be scanned. */
export interface FoldedPaper {
  readonly paper: PaperText
  readonly fields: readonly [string, string, string]
}

export function foldPaper(paper: PaperText): FoldedPaper {
  return {
    paper,
    fields: [foldedText(`${paper.title} ${paper.id}`), foldedText(paper.abstract), foldedText(paper.authors)],
  }
}

/** A name's initial stands for the name, and the name for its initial. */
const INITIAL = 0.5
/** How much words side by side and in order add, by field. */
const TOGETHER = [0.3, 0.2, 0.2]
/** A title that the query tells whole is meant before one that only holds it. */
const WHOLE_TITLE = 0.15
const EARLY = 0.05
const UPVOTES = 0.04
const RECENT = 0.02

/** Which word of the query a word of a text hits, and how well. */
interface Hit {
  readonly slot: number
  readonly value: number
}

const NO_HITS: readonly Hit[] = []

/** Scores papers against the words of a query. The result is about 1 for a paper that holds all of it. */
export function createRanking(slots: readonly Slot[], today: string): (paper: FoldedPaper) => number {
  const total = slots.reduce((sum, { weight }) => sum + weight, 0) || 1
  // What a word of a text means for the query: which of its words, and how well it is hit.
  const whole = new Map<string, Hit[]>()
  const beginnings: (Hit & { word: string })[] = []
  // Texts hold many words and queries few: most are told apart by their first letter.
  const first = new Set<number>()
  const initials = new Map<string, number[]>()
  for (const [slot, { typed, meanings }] of slots.entries()) {
    for (const { word, kind } of meanings) {
      first.add(word.charCodeAt(0))
      const hit = { slot, value: KIND_WEIGHT[kind] }
      if (kind === 'prefix') beginnings.push({ word, ...hit })
      else whole.set(word, [...(whole.get(word) ?? []), hit])
    }
    if (typed.length === 1) first.add(typed.charCodeAt(0))
    const letter = typed[0] ?? ''
    initials.set(letter, [...(initials.get(letter) ?? []), slot])
  }
  const known = new Map<string, readonly Hit[]>()
  const hitsOf = (word: string): readonly Hit[] => {
    if (!first.has(word.charCodeAt(0))) return NO_HITS
    let hits = known.get(word)
    if (!hits) {
      hits = [...(whole.get(word) ?? []), ...beginnings.filter((begun) => word.startsWith(begun.word))]
      known.set(word, hits)
    }
    return hits
  }

  return ({ paper, fields }) => {
    const best = new Float64Array(slots.length)
    let together = 0
    let titleHits = 0
    let titleWords = 1
    let early = 0
    for (const [field, text] of fields.entries()) {
      const weight = FIELD_WEIGHT[field] ?? 0
      const places: number[][] = slots.map(() => [])
      const words = scan(text, (start, end, place) => {
        const isPlain = place >= 0
        const hits = first.has(text.charCodeAt(start))
          ? hitsOf(isPlain ? text.slice(start, end) : joined(text, start, end))
          : NO_HITS
        for (const { slot, value } of hits) {
          best[slot] = Math.max(best[slot] as number, value * weight)
          if (isPlain) places[slot]?.push(place)
        }
        if (field === 0 && hits.length > 0 && isPlain) {
          titleHits++
          if (hits.some(({ slot }) => slot === 0)) early = Math.max(early, 1 / (1 + place))
        }
        // J. Smith for John Smith, and the other way round.
        if (field === 2 && hits.length === 0)
          for (const slot of initials.get(text[start] ?? '') ?? [])
            if (end - start === 1 || slots[slot]?.typed.length === 1)
              best[slot] = Math.max(best[slot] as number, INITIAL * weight)
      })
      // The id stands behind the title as two words.
      if (field === 0) titleWords = Math.max(1, words - 2)
      together = Math.max(together, (TOGETHER[field] ?? 0) * togetherness(places))
    }
    const coverage = slots.reduce((sum, { weight }, slot) => sum + weight * (best[slot] as number), 0) / total
    const votes = Math.min(1, Math.log1p(Math.max(0, paper.upvotes)) / Math.log(1000))
    const years = paper.day === '' ? 20 : (Date.parse(today) - Date.parse(paper.day)) / 31_557_600_000
    return (
      coverage +
      together +
      WHOLE_TITLE * Math.min(1, titleHits / titleWords) * coverage +
      EARLY * early +
      UPVOTES * votes +
      RECENT * Math.max(0, 1 - Math.max(0, years) / 10)
    )
  }
}

const joined = (text: string, start: number, end: number) => text.slice(start, end).replaceAll('-', '')

/**
 * Calls back for each word of a folded text with its range and its place among the words; for compounds, which hyphens
 * join, with place -1. Returns how many words there are.
 */
function scan(text: string, visit: (start: number, end: number, place: number) => void): number {
  let count = 0
  let start = -1
  // Where the chain of hyphens that is being read began, and the word before in it.
  let chain = -1
  let before = -1
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127) {
      if (start < 0) start = at
      continue
    }
    if (start < 0) {
      chain = -1
      before = -1
      continue
    }
    visit(start, at, count++)
    if (before >= 0) visit(before, at, -1)
    if (chain >= 0 && chain < before) visit(chain, at, -1)
    if (code === 45) {
      if (chain < 0) chain = start
      before = start
    } else {
      chain = -1
      before = -1
    }
    start = -1
  }
  return count
}

/** How much of a query's word pairs stand side by side in order (1 each), or near each other (less), 0 to 1. */
function togetherness(places: readonly (readonly number[])[]): number {
  if (places.length < 2) return 0
  let sum = 0
  for (let slot = 1; slot < places.length; slot++) {
    let best = 0
    for (const here of places[slot] ?? [])
      for (const before of places[slot - 1] ?? []) {
        const gap = here - before
        if (gap === 1) best = 1
        else if (gap !== 0 && Math.abs(gap) <= 6)
          best = Math.max(best, (gap > 0 ? 0.7 : 0.5) / Math.sqrt(Math.abs(gap)))
      }
    sum += best
  }
  return sum / (places.length - 1)
}
