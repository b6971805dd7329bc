// Keeping the index in shape: pending papers become segments, small segments become larger ones, segments by old rules
// are built anew. Each step is a transaction that leaves index and papers in agreement; a step that is cut off is as
// if it had not begun.

import type { Library } from '../library/library.ts'
import {
  beginSegment,
  countPending,
  dropSegment,
  finishSegment,
  liveSegments,
  paperTexts,
  pendingChanges,
  readSegment,
  settle,
  sweepSegments,
  writeChunk,
} from '../library/segments.ts'
import { numbersOf } from './postings.ts'
import { FIELDS, FORMAT, openSegment, type Segment, SegmentBuilder, SegmentWriter } from './segment.ts'

/** So many pending papers are worth a segment; until then searches keep them in memory. */
const FLUSH_AT = 256
/** Papers taken into a segment at once: bounds memory, and how long the library is held (about half a second). */
const BATCH = 10_000
/** So many segments of about one size become one. */
const FAN_IN = 4
/** Segments merged at once, at most. */
const MOST_MERGED = 16
/** Rows of postings removed in one transaction. */
const SWEEP = 500

export interface UpkeepOptions {
  /** Called between steps; true ends the work there. What is left is done the next time. */
  readonly stop?: () => boolean
  /** So many pending papers are worth a segment. */
  readonly flushAt?: number
}

/** Does all index work that is due. Blocks for as long as that takes: not for the thread that draws the screen. */
export function upkeep(
  library: Library,
  { stop = () => false, flushAt = FLUSH_AT }: UpkeepOptions = {},
): void {
  const opened = new Map<number, Segment>()
  while (!stop() && step(library, flushAt, opened)) {}
}

/** Whether there is so much to do that searches would miss papers or be slow until it is done. */
export function isBehind(library: Library): boolean {
  return countPending(library) >= FLUSH_AT
}

/** The next piece of work; false where none is due. `opened` are the segments that earlier steps have read. */
function step(library: Library, flushAt: number, opened: Map<number, Segment>): boolean {
  if (countPending(library) >= flushAt) return takePending(library)
  // In one view of the library: another process may be dropping segments.
  const segments = library.snapshot(() =>
    liveSegments(library).map(
      (segment) => opened.get(segment) ?? openSegment(library, readSegment(library, segment)),
    ),
  )
  opened.clear()
  for (const segment of segments) opened.set(segment.number, segment)
  const owners = ownersIn(segments)
  const live = segments.map(({ pks }, place) => pks.filter((pk) => owners[pk] === place + 1))
  const emptied = segments.filter((_, place) => live[place]?.length === 0)
  if (emptied.length > 0) {
    library.transaction(() => {
      for (const { number } of emptied) dropSegment(library, number)
    })
    return true
  }
  const old = segments.findIndex(({ format }) => format !== FORMAT)
  if (old >= 0) return rebuild(library, [...(live[old] ?? [])])
  const due = mergeDue(segments)
  if (due.length > 0) return merge(library, segments, due, owners)
  return !library.transaction(() => sweepSegments(library, SWEEP))
}

/** Takes a batch of pending papers into a segment. */
function takePending(library: Library): boolean {
  return build(library, () => {
    const pending = pendingChanges(library, BATCH)
    return { pks: pending.map(({ pk }) => pk), changes: pending.map(({ change }) => change) }
  })
}

/** Builds some papers of a segment by old rules anew. The newer segment's word for them counts. */
function rebuild(library: Library, live: readonly number[]): boolean {
  return build(library, () => ({ pks: live.slice(0, BATCH), changes: [] }))
}

function build(
  library: Library,
  choose: () => { pks: readonly number[]; changes: readonly number[] },
): boolean {
  // The number is taken in the moment in which the texts are read: of two builds that ran side by side, the one that
  // read later has the higher number, and its word counts.
  return library.transaction(() => {
    const { pks, changes } = choose()
    const segment = beginSegment(library, FORMAT)
    const texts = new Map(paperTexts(library, pks).map((paper) => [paper.pk, paper]))
    const builder = new SegmentBuilder()
    for (const pk of pks) builder.add(pk, texts.get(pk) ?? null)
    const writer = new SegmentWriter((chunk, data) => writeChunk(library, segment, chunk, data))
    builder.write(writer)
    finishSegment(library, segment, writer.finish())
    settle(library, changes)
    return true
  })
}

/** Of each paper's key, the place of the segment whose word counts, and one more; the segments oldest first. */
function ownersIn(segments: readonly Segment[]): Uint16Array {
  let keys = 1
  for (const { pks } of segments) for (const pk of pks) if (pk >= keys) keys = pk + 1
  const owners = new Uint16Array(keys)
  for (const [place, { pks }] of segments.entries()) for (const pk of pks) owners[pk] = place + 1
  return owners
}

/** Which segments are to become one: the smallest tier that is full, as many of it as memory allows. */
function mergeDue(segments: readonly Segment[]): number[] {
  const tiers = Map.groupBy(segments.keys(), (at) =>
    Math.floor(Math.log((segments[at]?.pks.length ?? 0) / FLUSH_AT + 1) / Math.log(FAN_IN)),
  )
  const full = [...tiers].filter(([, members]) => members.length >= FAN_IN).sort(([a], [b]) => a - b)
  return full[0]?.[1].slice(0, MOST_MERGED) ?? []
}

/** Which papers a merged segment has, in order, and what number each has there: -1 where another segment has it. */
function renumber(segments: readonly Segment[], due: readonly number[], owners: Uint16Array) {
  const keys = Float64Array.from(
    due.flatMap((place, source) =>
      Array.from((segments[place] as Segment).pks)
        .filter((pk) => owners[pk] === place + 1)
        .map((pk) => pk * due.length + source),
    ),
  ).sort()
  const next = due.map(() => 0)
  const numbers = due.map((place) => new Int32Array((segments[place] as Segment).pks.length).fill(-1))
  const pks = new Uint32Array(keys.length)
  const priors = new Uint8Array(keys.length)
  for (const [number, key] of keys.entries()) {
    const source = key % due.length
    const pk = (key - source) / due.length
    const segment = segments[due[source] as number] as Segment
    let at = next[source] as number
    while (segment.pks[at] !== pk) at++
    next[source] = at + 1
    pks[number] = pk
    priors[number] = segment.priors[at] as number
    ;(numbers[source] as Int32Array)[at] = number
  }
  return { pks, priors, numbers }
}

/** Merges segments word by word into one. Searches go on with the old ones until the last transaction. */
function merge(
  library: Library,
  segments: readonly Segment[],
  due: readonly number[],
  owners: Uint16Array,
): boolean {
  // What another process has built since they were read is newer than they are, and must stay so: the number is taken
  // only where nothing has.
  const target = library.transaction(() =>
    liveSegments(library).join() === segments.map(({ number }) => number).join()
      ? beginSegment(library, FORMAT)
      : null,
  )
  if (target === null) return true
  const sources = due.map((at) => segments[at] as Segment)
  const { pks, priors, numbers } = renumber(segments, due, owners)
  let rows: { chunk: number; data: Uint8Array }[] = []
  const store = () => {
    library.transaction(() => {
      for (const { chunk, data } of rows) writeChunk(library, target, chunk, data)
    })
    rows = []
  }
  const writer = new SegmentWriter((chunk, data) => {
    rows.push({ chunk, data })
    if (rows.length >= 64) store()
  })
  writer.papers(pks, priors)
  try {
    for (const { word, places } of mergedWords(sources)) {
      const lists = FIELDS.map(() => [] as number[])
      for (const { source, place } of places) {
        const renumbered = numbers[source] as Int32Array
        for (const [field, postings] of (sources[source] as Segment).postings(place).entries()) {
          for (const number of numbersOf(postings)) {
            const now = renumbered[number] as number
            if (now >= 0) lists[field]?.push(now)
          }
        }
      }
      if (lists.some((list) => list.length > 0)) writer.word(word, lists.map(ascending), pks.length)
    }
  } catch (error) {
    // Another process may have merged them meanwhile, and dropped the postings under our eyes.
    const there = new Set(liveSegments(library))
    if (sources.every(({ number }) => there.has(number))) throw error
    library.transaction(() => dropSegment(library, target))
    return true
  }
  const record = writer.finish()
  return library.transaction(() => {
    for (const { chunk, data } of rows) writeChunk(library, target, chunk, data)
    // Where others have merged them meanwhile this was in vain, and its rows are swept up.
    const there = new Set(liveSegments(library))
    const whole = sources.every(({ number }) => there.has(number))
    if (!whole || !finishSegment(library, target, record)) dropSegment(library, target)
    else for (const { number } of sources) dropSegment(library, number)
    return true
  })
}

/** The numbers in order; mostly they are, since older segments hold older papers. */
function ascending(list: readonly number[]): ArrayLike<number> {
  return list.every((number, at) => at === 0 || (list[at - 1] as number) < number)
    ? list
    : Uint32Array.from(list).sort()
}

/** All words of some segments in order, each with the segments that have it and its place there. */
function* mergedWords(
  segments: readonly Segment[],
): Generator<{ word: string; places: { source: number; place: number }[] }> {
  const heads = segments.map(({ lexicon }) => ({ place: 0, word: lexicon.size > 0 ? lexicon.word(0) : null }))
  for (;;) {
    let least: string | null = null
    for (const { word } of heads) if (word !== null && (least === null || word < least)) least = word
    if (least === null) return
    const places: { source: number; place: number }[] = []
    for (const [source, head] of heads.entries()) {
      if (head.word !== least) continue
      places.push({ source, place: head.place++ })
      const lexicon = segments[source]?.lexicon
      head.word = lexicon && head.place < lexicon.size ? lexicon.word(head.place) : null
    }
    yield { word: least, places }
  }
}
