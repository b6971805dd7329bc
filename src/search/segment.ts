// A segment of the index: some papers, the words they hold and where. Read from the library a list at a time, or, for
// papers that came in just now, held in memory.

import type { Library } from '../library/library.ts'
import { CHUNK, type PaperText, readChunk, type SegmentRecord } from '../library/segments.ts'
import { tokens } from '../text/words.ts'
import { asRead } from './as-read.ts'
import { Lexicon } from './lexicon.ts'
import {
  ByteReader,
  ByteWriter,
  NO_POSTINGS,
  type Postings,
  readPostings,
  writePostings,
} from './postings.ts'

/** The rules by which words are made of texts, latexText's among them. Change them, and segments of other formats are built anew. */
export const FORMAT = 3

/** Where in a paper a word stands. The id counts as part of the title. */
export const FIELDS = ['title', 'abstract', 'authors'] as const
export type Field = (typeof FIELDS)[number]

/** The postings of a word, a list for each of `FIELDS`. */
export type WordPostings = readonly [Postings, Postings, Postings]

const NOWHERE: WordPostings = [NO_POSTINGS, NO_POSTINGS, NO_POSTINGS]

export interface Segment {
  /** Its number in the library; that of the papers in memory is higher than any. */
  readonly number: number
  readonly format: number
  /** The papers' keys, ascending: a paper's place in it is its number in the segment. */
  readonly pks: Uint32Array
  /** How likely each is to be wanted, whatever the query: 0 to 255. */
  readonly priors: Uint8Array
  readonly lexicon: Lexicon
  /** The postings of the word at a place in the lexicon. */
  postings(word: number): WordPostings
}

/** Rows of postings kept of each segment: 3 MB. Each that is read anew is 32 kB of garbage beside the heap. */
const CACHED_ROWS = 96

/** The number of the segment in memory. */
export const IN_MEMORY = Number.MAX_SAFE_INTEGER

/** How likely a paper is to be wanted, 0 to 255: by upvotes first, then by how new it is. */
function priorOf({ upvotes, day }: PaperText): number {
  const votes = Math.min(1, Math.log1p(Math.max(0, upvotes)) / Math.log(1000))
  const years = day === '' ? 0 : (Date.parse(day) - Date.UTC(1991, 0)) / 31_557_600_000
  const recent = Math.min(1, Math.max(0, years / 50))
  return Math.round(255 * (0.5 * votes + 0.5 * recent))
}

/** The words of a paper, by field, each once. */
export function wordsOf(paper: PaperText): readonly [Set<string>, Set<string>, Set<string>] {
  const set = (text: string) => new Set(tokens(text).map(({ word }) => word))
  const id = paper.id.startsWith('title:') ? '' : ` ${paper.id}`
  const { title, abstract, authors } = asRead(paper)
  return [set(title + id), set(abstract), set(authors)]
}

/** Gathers papers into a segment. */
export class SegmentBuilder {
  readonly #words = new Map<string, [number[] | null, number[] | null, number[] | null]>()
  readonly #pks: number[] = []
  readonly #priors: number[] = []

  get size(): number {
    return this.#pks.length
  }

  /** Adds a paper; null keeps a place for one that was deleted, so that older segments' word for it no longer counts. */
  add(pk: number, paper: PaperText | null): void {
    const number = this.#pks.length
    this.#pks.push(pk)
    this.#priors.push(paper ? priorOf(paper) : 0)
    for (const [field, words] of paper ? wordsOf(paper).entries() : []) {
      for (const word of words) {
        const lists = this.#words.get(word)
        if (!lists)
          this.#words.set(word, [0, 1, 2].map((at) => (at === field ? [number] : null)) as [null, null, null])
        else if (lists[field]) lists[field].push(number)
        else lists[field] = [number]
      }
    }
  }

  /** The papers so far as a segment in memory. The builder may go on afterwards; the segment does not change. */
  inMemory(): Segment {
    const papers = this.#pks.length
    const words = [...this.#words.keys()].sort()
    const lists = words.map((word) => this.#words.get(word))
    const postings = (list: readonly number[] | null | undefined): Postings => {
      // Another paper may be added to the same list later.
      const before = list?.filter((number) => number < papers) ?? []
      return before.length === 0
        ? NO_POSTINGS
        : { count: before.length, list: Uint32Array.from(before), bits: null }
    }
    return {
      number: IN_MEMORY,
      format: FORMAT,
      pks: Uint32Array.from(this.#pks),
      priors: Uint8Array.from(this.#priors),
      lexicon: new Lexicon(
        Lexicon.join(words),
        Uint32Array.from(lists, (all) => paperCount(all ?? [])),
      ),
      postings: (word) => {
        const all = lists[word]
        return all ? [postings(all[0]), postings(all[1]), postings(all[2])] : NOWHERE
      },
    }
  }

  /** Writes the papers as a segment. Their keys must have been added in ascending order. */
  write(writer: SegmentWriter): void {
    const papers = this.#pks.length
    writer.papers(this.#pks, this.#priors)
    for (const word of [...this.#words.keys()].sort()) {
      const lists = this.#words.get(word) ?? [null, null, null]
      writer.word(
        word,
        lists.map((list) => list ?? []),
        papers,
      )
    }
  }
}

/** In how many papers a word stands, as far as that needs to be known: at least as many as in any one field. */
const paperCount = (lists: readonly (ArrayLike<number> | null)[]) =>
  Math.max(...lists.map((list) => list?.length ?? 0))

/** Turns words in ascending order and their lists into the bytes of a segment. */
export class SegmentWriter {
  readonly #flush: (chunk: number, data: Uint8Array) => void
  readonly #postings = new ByteWriter(CHUNK * 2)
  readonly #counts = new ByteWriter(CHUNK)
  readonly #words: string[] = []
  #papers: Uint8Array = new Uint8Array()
  #chunk = 0

  /** `flush` gets the postings, `CHUNK` bytes at a time, the last time what is left. */
  constructor(flush: (chunk: number, data: Uint8Array) => void) {
    this.#flush = flush
  }

  papers(pks: ArrayLike<number>, priors: ArrayLike<number>): void {
    const writer = new ByteWriter(pks.length * 2 + 8)
    writePostings(writer, pks, Number.POSITIVE_INFINITY)
    writer.bytes(Uint8Array.from(priors))
    this.#papers = writer.take().slice()
  }

  /** A word and the numbers of the papers that hold it in each field. */
  word(word: string, lists: readonly ArrayLike<number>[], papers: number): void {
    const before = this.#postings.length
    for (const list of lists) writePostings(this.#postings, list, papers)
    this.#words.push(word)
    this.#counts.number(paperCount(lists))
    this.#counts.number(this.#postings.length - before)
    this.#flushWhole()
  }

  finish(): Omit<SegmentRecord, 'segment' | 'format'> {
    const rest = this.#postings.take()
    if (rest.length > 0) this.#flush(this.#chunk++, rest.slice())
    return {
      papers: this.#papers,
      words: new TextEncoder().encode(Lexicon.join(this.#words)),
      counts: this.#counts.take().slice(),
    }
  }

  #flushWhole(): void {
    if (this.#postings.length < CHUNK) return
    const all = this.#postings.take().slice()
    let at = 0
    for (; at + CHUNK <= all.length; at += CHUNK) this.#flush(this.#chunk++, all.subarray(at, at + CHUNK))
    this.#postings.bytes(all.subarray(at))
  }
}

/** A segment as the library holds it. Throws a RangeError where its bytes are not what they should be. */
export function openSegment(library: Library, record: SegmentRecord): Segment {
  const reader = new ByteReader(record.papers)
  const { list } = readPostings(reader, Number.POSITIVE_INFINITY)
  const pks = list ?? new Uint32Array()
  const priors = reader.bytes(pks.length)
  const counts = new ByteReader(record.counts)
  const papers: number[] = []
  const starts: number[] = [0]
  while (!counts.ended) {
    papers.push(counts.number())
    starts.push((starts.at(-1) as number) + counts.number())
  }
  const places = Float64Array.from(starts)
  // Words that begin alike lie beside each other: the next list is often in the row read last.
  const rows = new Map<number, Uint8Array>()
  const row = (chunk: number): Uint8Array => {
    const known = rows.get(chunk)
    if (known) return known
    const data = readChunk(library, record.segment, chunk)
    if (rows.size >= CACHED_ROWS) rows.delete(rows.keys().next().value ?? chunk)
    rows.set(chunk, data)
    return data
  }
  const read = (start: number, end: number): Uint8Array => {
    const first = Math.floor(start / CHUNK)
    const last = Math.floor((end - 1) / CHUNK)
    if (first === last) return row(first).subarray(start - first * CHUNK, end - first * CHUNK)
    const bytes = new Uint8Array((last - first + 1) * CHUNK)
    for (let chunk = first; chunk <= last; chunk++)
      bytes.set(readChunk(library, record.segment, chunk), (chunk - first) * CHUNK)
    return bytes.subarray(start - first * CHUNK, end - first * CHUNK)
  }
  return {
    number: record.segment,
    format: record.format,
    pks,
    priors,
    lexicon: new Lexicon(new TextDecoder().decode(record.words), Uint32Array.from(papers)),
    postings: (word) => {
      const start = places[word]
      const end = places[word + 1]
      if (start === undefined || end === undefined) return NOWHERE
      const bytes = new ByteReader(read(start, end))
      const lists: WordPostings = [
        readPostings(bytes, pks.length),
        readPostings(bytes, pks.length),
        readPostings(bytes, pks.length),
      ]
      if (bytes.at !== end - start) throw new RangeError('The search index has lists of another length.')
      return lists
    },
  }
}
