// The index as searches see it: the library's segments, and in memory the papers that came in since.

import type { Library } from '../library/library.ts'
import { liveSegments, pendingAfter, readSegment } from '../library/segments.ts'
import { openSegment, type Segment, SegmentBuilder, type WordPostings } from './segment.ts'

/** Pending papers kept in memory; of more, the newest. The rest appear when upkeep has taken them into segments. */
const MAX_PENDING = 2000
/** Numbers of papers kept decoded, so that the next letter need not read them again: 12 MB. */
const CACHED_NUMBERS = 3_000_000

export class SearchIndex {
  readonly #library: Library
  /** The library's version that this is the index of. */
  version = ''
  #stored: Segment[] = []
  #memory: SegmentBuilder | null = null
  #newestChange = 0
  readonly #inMemory = new Set<number>()
  /** Oldest first, the one in memory last. */
  segments: readonly Segment[] = []
  /** Papers in all segments. */
  papers = 0
  /** Counts how often what the index holds has changed. */
  generation = 0
  /** Of each paper's key, the place of the segment whose word counts, and one more; 0 where there is none. */
  #owners = new Uint16Array(0)
  #whole: boolean[] = []
  readonly #cache = new Map<number, WordPostings>()
  #cached = 0

  constructor(library: Library) {
    this.#library = library
  }

  /** One more than the highest key of a paper. */
  get keys(): number {
    return this.#owners.length
  }

  /** Brings the index up to date with the library, within a snapshot of it. Cheap where nothing has changed. */
  refresh(): void {
    const version = this.#library.version()
    if (version === this.version) return
    const numbers = liveSegments(this.#library)
    const moved =
      numbers.length !== this.#stored.length ||
      numbers.some((number, at) => number !== this.#stored[at]?.number)
    if (moved) {
      const known = new Map(this.#stored.map((segment) => [segment.number, segment]))
      this.#stored = numbers.map(
        (number) => known.get(number) ?? openSegment(this.#library, readSegment(this.#library, number)),
      )
      this.#cache.clear()
      this.#cached = 0
    }
    if (this.#readPending(moved) || moved || this.generation === 0) this.#assemble()
    this.version = version
  }

  /** Whether the segment at a place has the last word on all its papers. */
  ownsAll(place: number): boolean {
    return this.#whole[place] === true
  }

  /** Whether the segment at a place has the last word on a paper. */
  owns(place: number, pk: number): boolean {
    return this.#owners[pk] === place + 1
  }

  /** In how many papers a word stands, roughly: papers that have changed since may count twice. */
  papersWith(word: string): number {
    let papers = 0
    for (const { lexicon } of this.segments) {
      const at = lexicon.find(word)
      if (at >= 0) papers += lexicon.papers(at)
    }
    return papers
  }

  /** The postings of a word in the segment at a place. */
  postings(place: number, word: number): WordPostings {
    const key = place * 2 ** 32 + word
    const known = this.#cache.get(key)
    if (known) {
      // The oldest go first: this one is the newest again.
      this.#cache.delete(key)
      this.#cache.set(key, known)
      return known
    }
    const segment = this.segments[place] as Segment
    const read = segment.postings(word)
    if (place >= this.#stored.length) return read
    this.#cache.set(key, read)
    this.#cached += sizeOf(read)
    for (const [oldest, postings] of this.#cache) {
      if (this.#cached <= CACHED_NUMBERS) break
      this.#cache.delete(oldest)
      this.#cached -= sizeOf(postings)
    }
    return read
  }

  /** Takes in what is pending; true where that changed anything. */
  #readPending(afresh: boolean): boolean {
    const pending = afresh ? [] : pendingAfter(this.#library, this.#newestChange, MAX_PENDING)
    const again = afresh || !this.#memory || pending.some(({ pk }) => this.#inMemory.has(pk))
    if (!again && pending.length === 0) return false
    const taken =
      again || this.#inMemory.size + pending.length > MAX_PENDING
        ? pendingAfter(this.#library, 0, MAX_PENDING)
        : pending
    if (taken !== pending || !this.#memory) {
      this.#memory = new SegmentBuilder()
      this.#inMemory.clear()
    }
    for (const { pk, change, paper } of taken) {
      this.#memory.add(pk, paper)
      this.#inMemory.add(pk)
      this.#newestChange = change
    }
    return true
  }

  #assemble(): void {
    const memory = this.#memory && this.#memory.size > 0 ? [this.#memory.inMemory()] : []
    this.segments = [...this.#stored, ...memory]
    let keys = 1
    for (const { pks } of this.segments) for (const pk of pks) if (pk >= keys) keys = pk + 1
    this.#owners = new Uint16Array(keys)
    for (const [place, { pks }] of this.segments.entries()) for (const pk of pks) this.#owners[pk] = place + 1
    this.#whole = this.segments.map(({ pks }, place) => pks.every((pk) => this.owns(place, pk)))
    this.papers = this.segments.reduce((sum, { pks }) => sum + pks.length, 0)
    this.generation++
  }
}

const sizeOf = (postings: WordPostings) =>
  postings.reduce((sum, { count, bits }) => sum + (bits ? bits.length / 4 : count * 1.5), 64)
