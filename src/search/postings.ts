// Numbers as bytes: variable-length integers, and lists of papers within a segment.

/** Bytes being written. */
export class ByteWriter {
  #bytes: Uint8Array
  length = 0

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** A whole number from 0 up to 2^32 - 1: seven bits a byte, the low ones first. */
  number(value: number): void {
    this.#reserve(5)
    let rest = value
    while (rest > 127) {
      this.#bytes[this.length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.length++] = rest
  }

  bytes(added: Uint8Array): void {
    this.#reserve(added.length)
    this.#bytes.set(added, this.length)
    this.length += added.length
  }

  /** What was written so far; the writer begins anew and will write over it. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.length)
    this.length = 0
    return taken
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more))
    grown.set(this.#bytes)
    this.#bytes = grown
  }
}

/** Bytes being read, from `at` on. Reading past the end throws a RangeError: the bytes are not what they should be. */
export class ByteReader {
  readonly #bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.at = at
  }

  get ended(): boolean {
    return this.at >= this.#bytes.length
  }

  number(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined || shift > 28) throw new RangeError('The search index ends within a number.')
      value |= (byte & 127) << shift
      if (byte < 128) return value >>> 0
    }
  }

  bytes(length: number): Uint8Array {
    if (this.at + length > this.#bytes.length) throw new RangeError('The search index ends within a list.')
    const start = this.at
    this.at += length
    return this.#bytes.subarray(start, this.at)
  }
}

/**
 * The papers that hold a word, by their numbers in the segment, in order: as a list, or, where they are more than one
 * in eight, as a bit for each paper of the segment.
 */
export interface Postings {
  readonly count: number
  readonly list: Uint32Array | null
  readonly bits: Uint8Array | null
}

export const NO_POSTINGS: Postings = { count: 0, list: null, bits: null }

const asBits = (count: number, papers: number) => count * 8 > papers

/** Writes ascending numbers below `papers`. */
export function writePostings(writer: ByteWriter, list: ArrayLike<number>, papers: number): void {
  writer.number(list.length)
  if (list.length === 0) return
  if (asBits(list.length, papers)) {
    const bits = new Uint8Array((papers + 7) >> 3)
    for (let at = 0; at < list.length; at++) {
      const paper = list[at] as number
      bits[paper >> 3] = (bits[paper >> 3] as number) | (1 << (paper & 7))
    }
    writer.bytes(bits)
    return
  }
  const deltas = new ByteWriter(list.length * 2)
  let before = -1
  for (let at = 0; at < list.length; at++) {
    const paper = list[at] as number
    deltas.number(paper - before - 1)
    before = paper
  }
  writer.number(deltas.length)
  writer.bytes(deltas.take())
}

/**
 * Reads what `writePostings` wrote; a list's numbers are worked out when they are first asked for. Either throws a
 * RangeError where the bytes are something else.
 */
export function readPostings(reader: ByteReader, papers: number): Postings {
  const count = reader.number()
  if (count === 0) return NO_POSTINGS
  if (count > papers) throw new RangeError('The search index lists more papers than it has.')
  // Copies: the row of the library that the bytes came in is much larger.
  if (asBits(count, papers)) return { count, list: null, bits: reader.bytes((papers + 7) >> 3).slice() }
  const bytes = reader.bytes(reader.number()).slice()
  // Each takes a byte at least: of bytes that are damaged, no list of gigabytes is made.
  if (count > bytes.length) throw new RangeError('The search index ends within a list.')
  return new StoredList(count, bytes, papers)
}

/** A list as its bytes, until somebody looks: many searches need the titles' list of a word alone. */
class StoredList implements Postings {
  readonly count: number
  readonly bits = null
  readonly #papers: number
  #bytes: Uint8Array
  #list: Uint32Array | null = null

  constructor(count: number, bytes: Uint8Array, papers: number) {
    this.count = count
    this.#bytes = bytes
    this.#papers = papers
  }

  get list(): Uint32Array {
    this.#list ??= decode(this.#bytes, this.count, this.#papers)
    return this.#list
  }
}

function decode(bytes: Uint8Array, count: number, papers: number): Uint32Array {
  const list = new Uint32Array(count)
  let paper = -1
  let at = 0
  // Unrolled for one-byte steps, which are most of them.
  for (let number = 0; number < count; number++) {
    let step = bytes[at++] as number
    if (step > 127) {
      step &= 127
      for (let shift = 7; ; shift += 7) {
        const byte = bytes[at++] as number
        step |= (byte & 127) << shift
        if (byte < 128) break
        if (byte === undefined) throw new RangeError('The search index ends within a list.')
      }
    }
    paper += step + 1
    list[number] = paper
  }
  if (at !== bytes.length || paper >= papers)
    throw new RangeError('The search index lists papers it has not.')
  return list
}

/** The numbers of the papers, in order. */
export function* numbersOf({ list, bits }: Postings): Generator<number> {
  if (list) yield* list
  if (!bits) return
  for (let byte = 0; byte < bits.length; byte++)
    for (let rest = bits[byte] as number; rest !== 0; rest &= rest - 1)
      yield (byte << 3) | (31 - Math.clz32(rest & -rest))
}
