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
/** Rows of postings removed in one transaction. */
const SWEEP = 500

export interface UpkeepOptions {
  /** Called between steps; true ends the work there. What is left is done the next time. */
  readonly stop?: () => boolean
}

/** Does all index work that is due. Blocks for as long as that takes: not for the thread that draws the screen. */
export function upkeep(library: Library, { stop = () => false }: UpkeepOptions = {}): void {
  while (!stop() && step(library)) {}
}

/** Whether there is so much to do that searches would miss papers or be slow until it is done. */
export function isBehind(library: Library): boolean {
  return countPending(library) >= FLUSH_AT
}

/** The next piece of work; false where none is due. */
function step(library: Library): boolean {
  if (countPending(library) >= FLUSH_AT) return takePending(library)
  const segments = liveSegments(library).map((segment) => openSegment(library, readSegment(library, segment)))
  const live = livePapers(segments)
  const emptied = segments.filter((_, at) => live[at]?.length === 0)
  if (emptied.length > 0) {
    library.transaction(() => {
      for (const { number } of emptied) dropSegment(library, number)
    })
    return true
  }
  const old = segments.findIndex(({ format }) => format !== FORMAT)
  if (old >= 0) return rebuild(library, live[old] ?? [])
  const due = mergeDue(segments)
  if (due.length > 0) return merge(library, segments, due)
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

/** The keys of the papers for which each segment's word counts; the segments oldest first. */
function livePapers(segments: readonly Segment[]): number[][] {
  const newest = new Map<number, number>()
  for (const [at, { pks }] of segments.entries()) for (const pk of pks) newest.set(pk, at)
  return segments.map(({ pks }, at) => [...pks].filter((pk) => newest.get(pk) === at))
}

/** Which segments are to become one: the smallest tier that is full. */
function mergeDue(segments: readonly Segment[]): number[] {
  const tiers = Map.groupBy(segments.keys(), (at) =>
    Math.floor(Math.log((segments[at]?.pks.length ?? 0) / FLUSH_AT + 1) / Math.log(FAN_IN)),
  )
  const full = [...tiers].filter(([, members]) => members.length >= FAN_IN).sort(([a], [b]) => a - b)
  return full[0]?.[1] ?? []
}

/** Merges segments word by word into one. Searches go on with the old ones until the last transaction. */
function merge(library: Library, segments: readonly Segment[], due: readonly number[]): boolean {
  const target = library.transaction(() => beginSegment(library, FORMAT))
  const newest = new Map<number, number>()
  for (const [at, { pks }] of segments.entries()) for (const pk of pks) newest.set(pk, at)
  // A deleted paper's place is kept while a segment that stays may know the paper.
  const sources = due.map((at) => ({ at, segment: segments[at] as Segment }))
  const kept = sources
    .flatMap(({ at, segment }) =>
      [...segment.pks].flatMap((pk, number) =>
        newest.get(pk) === at ? [{ pk, prior: segment.priors[number] ?? 0, at, number }] : [],
      ),
    )
    .sort((a, b) => a.pk - b.pk)
  const renumbered = new Map(
    sources.map(({ at, segment }) => [at, new Int32Array(segment.pks.length).fill(-1)]),
  )
  for (const [number, paper] of kept.entries()) {
    const numbers = renumbered.get(paper.at)
    if (numbers) numbers[paper.number] = number
  }
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
  writer.papers(
    kept.map(({ pk }) => pk),
    kept.map(({ prior }) => prior),
  )
  for (const { word, places } of mergedWords(sources.map(({ segment }) => segment))) {
    const lists = FIELDS.map(() => [] as number[])
    for (const { source, place } of places) {
      const { at, segment } = sources[source] as (typeof sources)[number]
      const numbers = renumbered.get(at) as Int32Array
      for (const [field, postings] of segment.postings(place).entries()) {
        for (const number of numbersOf(postings)) {
          const now = numbers[number] as number
          if (now >= 0) lists[field]?.push(now)
        }
      }
    }
    if (lists.some((list) => list.length > 0)) writer.word(word, lists.map(ascending), kept.length)
  }
  const record = writer.finish()
  return library.transaction(() => {
    for (const { chunk, data } of rows) writeChunk(library, target, chunk, data)
    // Another process may have merged them meanwhile: then this was in vain, and its rows are swept up.
    const there = new Set(liveSegments(library))
    const whole = sources.every(({ segment }) => there.has(segment.number))
    if (!whole || !finishSegment(library, target, record)) dropSegment(library, target)
    else for (const { segment } of sources) dropSegment(library, segment.number)
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
