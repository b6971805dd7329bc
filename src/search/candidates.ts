// The papers that a query may have meant: postings of its words added up, rare words first, the best few hundred kept.

import type { SearchIndex } from './index.ts'
import { KIND_WEIGHT, type Slot } from './meanings.ts'
import type { Postings } from './postings.ts'
import type { Segment } from './segment.ts'

/** A paper's key and how much of the query it holds, 0 to 1. */
export interface Candidate {
  readonly pk: number
  readonly score: number
}

/** How much a word counts by where it stands: title, abstract, authors. */
export const FIELD_WEIGHT = [1, 0.75, 0.7] as const

/** From so many papers on, words that are nearly everywhere only count where others led. */
const ENOUGH = 2000
/** A beginning stands for so many words at most, the most frequent ones. */
const PREFIX_WORDS = 64
/** So many papers that hold a word begun so are enough to choose from. */
const PREFIX_PAPERS = 20_000
const WHOLE = 16_384
// Sums differ by more than one in a thousand, or not at all.
const BUCKETS = 1025

/** Sums over one segment. Kept between searches: making them anew for each would be garbage by the megabyte. */
class Sums {
  #size = 0
  #sums = new Uint16Array()
  #best = new Uint16Array()
  #reached = new Uint32Array()
  #now = new Uint32Array()
  #reachedCount = 0
  #nowCount = 0

  begin(papers: number): void {
    if (papers > this.#size) {
      this.#size = papers
      this.#sums = new Uint16Array(papers)
      this.#best = new Uint16Array(papers)
      this.#reached = new Uint32Array(papers)
      this.#now = new Uint32Array(papers)
    }
    this.#sums.fill(0, 0, papers)
    this.#reachedCount = 0
  }

  /** The papers reached, in no order. */
  get reached(): Uint32Array {
    return this.#reached.subarray(0, this.#reachedCount)
  }

  /** The sum of each paper. */
  get sums(): Uint16Array {
    return this.#sums
  }

  /** How many papers the current word has reached so far. */
  get raised(): number {
    return this.#nowCount
  }

  /**
   * Papers that hold a meaning of the current word: each counts by its best one. With `known` only papers that earlier
   * words have reached.
   */
  raise({ list, bits }: Postings, value: number, known: boolean): void {
    if (list) {
      if (known) {
        for (let at = 0; at < list.length; at++)
          if (this.#sums[list[at] as number] !== 0) this.#raise(list[at] as number, value)
      } else for (let at = 0; at < list.length; at++) this.#raise(list[at] as number, value)
    }
    if (!bits) return
    if (known || this.#reachedCount >= ENOUGH) {
      for (let at = 0; at < this.#reachedCount; at++) {
        const paper = this.#reached[at] as number
        if (((bits[paper >> 3] as number) >> (paper & 7)) & 1) this.#raise(paper, value)
      }
      return
    }
    for (let byte = 0; byte < bits.length; byte++)
      for (let rest = bits[byte] as number; rest !== 0; rest &= rest - 1)
        this.#raise((byte << 3) | (31 - Math.clz32(rest & -rest)), value)
  }

  get reachedCount(): number {
    return this.#reachedCount
  }

  #raise(paper: number, value: number): void {
    const before = this.#best[paper] as number
    if (before >= value) return
    if (before === 0) this.#now[this.#nowCount++] = paper
    this.#best[paper] = value
  }

  /** The current word is done: what it gave each paper is added up. */
  add(): void {
    for (let at = 0; at < this.#nowCount; at++) {
      const paper = this.#now[at] as number
      if (this.#sums[paper] === 0) this.#reached[this.#reachedCount++] = paper
      this.#sums[paper] = (this.#sums[paper] as number) + (this.#best[paper] as number)
      this.#best[paper] = 0
    }
    this.#nowCount = 0
  }
}

const sums = new Sums()

/** The best `limit` papers for some words, best first; with `allowed` only those. */
export function findCandidates(
  index: SearchIndex,
  slots: readonly Slot[],
  limit: number,
  allowed: ((pk: number) => boolean) | null,
): Candidate[] {
  const total = slots.reduce((sum, { weight }) => sum + weight, 0) || 1
  const rareFirst = [...slots].sort((a, b) => b.weight - a.weight)
  const found = index.segments.flatMap((segment, place) => {
    const valid =
      allowed === null && index.ownsAll(place)
        ? null
        : (pk: number) => index.owns(place, pk) && (allowed?.(pk) ?? true)
    sums.begin(segment.pks.length)
    for (const slot of rareFirst) {
      // A single letter beside other words tells nothing that the careful look would not.
      if (slot.typed.length === 1 && slots.length > 1 && slot !== rareFirst[0]) continue
      const words = slot.meanings.flatMap(({ word, kind }) => {
        const share = (WHOLE * slot.weight * KIND_WEIGHT[kind]) / total
        // A beginning is common: where other words have led to enough papers, it only tells these apart.
        const known = kind === 'prefix' && sums.reachedCount >= ENOUGH
        const places = kind === 'prefix' ? begunBy(segment, word) : [segment.lexicon.find(word)]
        return places
          .filter((at) => at >= 0)
          .map((at) => ({ postings: index.postings(place, at), share, known, begun: kind === 'prefix' }))
      })
      for (const [field, weight] of FIELD_WEIGHT.entries()) {
        for (const { postings, share, known, begun } of words) {
          if (begun && sums.raised >= PREFIX_PAPERS) continue
          sums.raise(postings[field] as Postings, Math.max(1, Math.round(share * weight)), known)
        }
        // A single word's titles come first: where there are enough of them, nothing else is shown.
        if (field === 0 && slots.length === 1 && valid === null && sums.raised >= limit * 4) break
      }
      sums.add()
    }
    return best(segment, limit, valid)
  })
  return found
    .sort((a, b) => b.order - a.order)
    .slice(0, limit)
    .map(({ pk, score }) => ({ pk, score: score / WHOLE }))
}

// The words of a beginning do not change with a segment, and the next letter asks again.
const begun = new WeakMap<Segment, Map<string, readonly number[]>>()

function begunBy(segment: Segment, prefix: string): readonly number[] {
  const known = begun.get(segment) ?? new Map<string, readonly number[]>()
  begun.set(segment, known)
  const words = known.get(prefix)
  if (words) return words
  const { lexicon } = segment
  const [from, to] = lexicon.begunBy(prefix)
  let least = 0
  let kept: number[] = []
  for (let at = from; at < to; at++) {
    if (lexicon.papers(at) <= least) continue
    kept.push(at)
    if (kept.length < PREFIX_WORDS * 4) continue
    kept = kept.sort((a, b) => lexicon.papers(b) - lexicon.papers(a)).slice(0, PREFIX_WORDS)
    least = lexicon.papers(kept.at(-1) ?? from)
  }
  kept = kept.sort((a, b) => lexicon.papers(b) - lexicon.papers(a)).slice(0, PREFIX_WORDS)
  if (known.size > 200) known.clear()
  known.set(prefix, kept)
  return kept
}

const bySum = new Uint32Array(BUCKETS)
const byPrior = new Uint32Array(256)

/**
 * The best papers of the sums: by their sums first, of equals by how likely they are to be wanted. A `valid` of null
 * says that all are.
 */
function best(segment: Segment, limit: number, valid: ((pk: number) => boolean) | null) {
  const { pks, priors } = segment
  const of = sums.sums
  const reached = valid ? sums.reached.filter((paper) => valid(pks[paper] as number)) : sums.reached
  bySum.fill(0)
  for (let at = 0; at < reached.length; at++) {
    const bucket = Math.min(BUCKETS - 1, (of[reached[at] as number] as number) >> 4)
    bySum[bucket] = (bySum[bucket] as number) + 1
  }
  // The lowest sum of which some have room, and the lowest prior that is taken there; a few too many do no harm.
  let least = BUCKETS
  let above = 0
  while (least > 0 && above < limit) above += bySum[--least] as number
  byPrior.fill(0)
  let room = limit - (above - (bySum[least] ?? 0))
  const chosen: { pk: number; score: number; order: number }[] = []
  const edge: number[] = []
  for (let at = 0; at < reached.length; at++) {
    const paper = reached[at] as number
    const sum = of[paper] as number
    const bucket = Math.min(BUCKETS - 1, sum >> 4)
    if (bucket < least) continue
    const prior = priors[paper] as number
    if (bucket === least && above > limit) {
      edge.push(paper)
      byPrior[prior] = (byPrior[prior] as number) + 1
    } else chosen.push({ pk: pks[paper] as number, score: sum, order: bucket * 256 + prior })
  }
  let leastPrior = byPrior.length
  while (leastPrior > 0 && room > 0) room -= byPrior[--leastPrior] as number
  for (const paper of edge) {
    const prior = priors[paper] as number
    if (prior >= leastPrior)
      chosen.push({ pk: pks[paper] as number, score: of[paper] as number, order: least * 256 + prior })
  }
  return chosen
}
