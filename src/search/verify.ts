// Whether the index says of every paper what its text says: what `broadsheet doctor` asks. And the way out where it does
// not: the index is made of the papers alone, and can be made again.

import type { Library } from '../library/library.ts'
import { liveSegments, paperTexts, pendingChanges, readSegment } from '../library/segments.ts'
import { numbersOf } from './postings.ts'
import { FIELDS, FORMAT, openSegment, type Segment, wordsOf } from './segment.ts'

/** What is wrong with an index, in words, and what it holds. */
export interface IndexReport {
  /** Papers that no search can find. */
  readonly missing: readonly string[]
  /** Segments whose bytes are not what they should be. */
  readonly unreadable: readonly string[]
  /** Where a segment says other than the papers. */
  readonly wrong: readonly string[]
  /** All of these. */
  readonly problems: readonly string[]
  readonly papers: number
  readonly segments: number
  readonly pending: number
}

/** So many examples are given of what is wrong. */
const EXAMPLES = 3
/** Papers whose texts are in memory at once. */
const BATCH = 500

/**
 * Compares the index with the papers' texts: all words, field by field. Holds a number a paper in memory, not the
 * postings. Reads everything, and takes about as long as building the index anew.
 */
export function verifyIndex(library: Library): IndexReport {
  return library.snapshot(() => {
    const papers = library.prepare('SELECT pk FROM papers ORDER BY pk').pluck().all() as number[]
    const pending = new Set(pendingChanges(library, Number.MAX_SAFE_INTEGER).map(({ pk }) => pk))
    const unreadable: string[] = []
    const wrong: string[] = []
    const numbers = liveSegments(library)
    const segments = numbers.flatMap((number) => {
      try {
        return [openSegment(library, readSegment(library, number))]
      } catch (error) {
        unreadable.push(`segment ${number} cannot be read: ${reasonOf(error)}`)
        return []
      }
    })
    const newest = new Map<number, Segment>()
    for (const segment of segments) for (const pk of segment.pks) newest.set(pk, segment)
    const missing = papers.filter((pk) => !pending.has(pk) && !newest.has(pk))
    for (const segment of segments) {
      const broken: string[] = []
      // A pending paper's word is its own, whatever the segment says.
      const says = (pk: number) => newest.get(pk) === segment && !pending.has(pk)
      const found = checkSegment(library, segment, says, broken)
      if (broken.length > 0) unreadable.push(`segment ${segment.number} is damaged: ${some(broken)}`)
      else if (found.length > 0) wrong.push(`segment ${segment.number} is wrong: ${some(found)}`)
    }
    const lost =
      missing.length === 0
        ? []
        : [`${missing.length} of ${papers.length} papers are in no segment: ${some(idsOf(library, missing))}`]
    return {
      missing: lost,
      unreadable,
      wrong,
      problems: [...lost, ...unreadable, ...wrong],
      papers: papers.length,
      segments: numbers.length,
      pending: pending.size,
    }
  })
}

/** Drops the index and lets `upkeep` make it anew: until then every paper is pending. Marks and papers stay. */
export function dropIndex(library: Library): void {
  library.transaction(() => {
    library.prepare('DELETE FROM search_segments').run()
    library.prepare('DELETE FROM search_pending').run()
    library.prepare('INSERT INTO search_pending (pk) SELECT pk FROM papers ORDER BY pk').run()
  })
}

/** Reads a segment whole and says where it differs from the texts; what cannot be read goes to `broken`. */
function checkSegment(
  library: Library,
  segment: Segment,
  says: (pk: number) => boolean,
  broken: string[],
): string[] {
  const { pks, lexicon } = segment
  // What a paper's words add up to, by its text less by the index: nothing is left where they are the same words.
  const sums = new Int32Array(pks.length * 2)
  const add = (number: number, [one, other]: readonly [number, number], sign: 1 | -1) => {
    sums[number * 2] = (sums[number * 2] as number) + sign * one
    sums[number * 2 + 1] = (sums[number * 2 + 1] as number) + sign * other
  }
  let before: string | null = null
  for (let place = 0; place < lexicon.size; place++) {
    const word = lexicon.word(place)
    const name = JSON.stringify(word)
    if (before !== null && word <= before) broken.push(`${name} is out of order`)
    before = word
    try {
      const lists = segment.postings(place)
      if (Math.max(...lists.map(({ count }) => count)) !== lexicon.papers(place))
        broken.push(`${name} stands in another number of papers than its lists hold`)
      for (const [field, postings] of lists.entries()) {
        const term = hashOf(word, field)
        let count = 0
        for (const number of numbersOf(postings)) {
          count++
          if (number >= pks.length) throw new RangeError('a list names papers that are not there')
          add(number, term, -1)
        }
        if (count !== postings.count) throw new RangeError('a list is not as long as it says')
      }
    } catch (error) {
      broken.push(`${name}: ${reasonOf(error)}`)
    }
  }
  // Words made by older rules cannot be compared; upkeep will make them anew.
  if (broken.length > 0 || segment.format !== FORMAT) return []
  const spoken = [...pks.keys()].filter((number) => says(pks[number] as number))
  for (let at = 0; at < spoken.length; at += BATCH) {
    const batch = spoken.slice(at, at + BATCH)
    const numberOf = new Map(batch.map((number) => [pks[number] as number, number]))
    for (const paper of paperTexts(library, [...numberOf.keys()]))
      for (const [field, words] of wordsOf(paper).entries())
        for (const word of words) add(numberOf.get(paper.pk) as number, hashOf(word, field), 1)
  }
  const off = spoken.filter((number) => sums[number * 2] !== 0 || sums[number * 2 + 1] !== 0)
  return off.map((number, at) => (at < EXAMPLES ? explain(library, segment, number) : ''))
}

/** In what a segment and the text of a paper differ. */
function explain(library: Library, segment: Segment, number: number): string {
  const pk = segment.pks[number] as number
  const [paper] = paperTexts(library, [pk])
  const texts = paper ? wordsOf(paper) : FIELDS.map(() => new Set<string>())
  const held = FIELDS.map(() => new Set<string>())
  for (let place = 0; place < segment.lexicon.size; place++)
    for (const [field, postings] of segment.postings(place).entries())
      for (const found of numbersOf(postings))
        if (found === number) held[field]?.add(segment.lexicon.word(place))
  const differences = FIELDS.flatMap((field, at) => {
    const [text = new Set<string>(), index = new Set<string>()] = [texts[at], held[at]]
    return [
      ...[...text].filter((word) => !index.has(word)).map((word) => `lacks "${word}" in its ${field}`),
      ...[...index]
        .filter((word) => !text.has(word))
        .map((word) => `has "${word}" in its ${field}, where it is not`),
    ]
  })
  return `${paper?.id ?? `a paper that is gone (${pk})`} ${some(differences)}`
}

/** A word of a field as two numbers, as good as random: sums of them agree for the same words only. */
function hashOf(word: string, field: number): readonly [number, number] {
  let one = 0x811c9dc5 ^ field
  let other = 0x9747b28c + field
  for (let at = 0; at < word.length; at++) {
    one = Math.imul(one ^ word.charCodeAt(at), 0x01000193)
    other = Math.imul(other ^ word.charCodeAt(at), 0x5bd1e995)
    other ^= other >>> 15
  }
  return [mixed(one), mixed(other)]
}

function mixed(value: number): number {
  const half = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35)
  return whole ^ (whole >>> 16)
}

function idsOf(library: Library, pks: readonly number[]): string[] {
  const texts = paperTexts(library, pks.slice(0, EXAMPLES))
  return pks.map((pk, at) => texts[at]?.id ?? String(pk))
}

/** The first of a list, and how many more there are. */
function some(list: readonly string[]): string {
  const more = list.length - EXAMPLES
  return list.slice(0, EXAMPLES).join('; ') + (more > 0 ? `; and ${more} more` : '')
}

const reasonOf = (error: unknown) =>
  error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
