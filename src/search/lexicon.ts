// The words of a segment, in order, in how many papers each stands, and which of them a typed word may have meant.

import { distance } from 'fastest-levenshtein'

/** Typos forgiven in a word: none below four letters, one up to seven, two from eight on; numbers are exact. */
export function allowedTypos(word: string): number {
  return word.length < 4 || /\p{N}/u.test(word) ? 0 : word.length < 8 ? 1 : 2
}

/** Typos between two words. Neighbours swapped count as one typo, as people make it, not as two edits. */
export function typos(typed: string, word: string): number {
  const edits = distance(typed, word)
  if (edits !== 2 || typed.length !== word.length) return edits
  let at = 0
  while (typed[at] === word[at]) at++
  const swapped =
    typed[at] === word[at + 1] && typed[at + 1] === word[at] && typed.slice(at + 2) === word.slice(at + 2)
  return swapped ? 1 : edits
}

/** A word near a typed one; `typos` counts what lies between them. */
export interface NearWord {
  readonly word: string
  readonly typos: number
  readonly papers: number
}

const SEPARATOR = '\n'

export class Lexicon {
  readonly size: number
  /** Every word followed by a separator, in the order of UTF-16 units. */
  readonly #text: string
  /** Where each word starts, and one more. */
  readonly #starts: Uint32Array
  readonly #papers: Uint32Array
  /** Which letters each word has, a bit a letter: tells most words apart without comparing them. */
  readonly #letters: Uint32Array

  /** `text` is what `join` gives; `papers` says of each word in how many papers it stands. */
  constructor(text: string, papers: Uint32Array) {
    this.size = papers.length
    this.#text = text
    this.#papers = papers
    this.#starts = new Uint32Array(papers.length + 1)
    this.#letters = new Uint32Array(papers.length)
    let letters = 0
    let word = 0
    for (let at = 0; at < text.length && word < papers.length; at++) {
      const code = text.charCodeAt(at)
      if (code !== 10) letters |= 1 << (code & 31)
      else {
        this.#letters[word] = letters
        this.#starts[++word] = at + 1
        letters = 0
      }
    }
    if (word !== papers.length || this.#starts[word] !== text.length)
      throw new RangeError('The search index counts other words than it has.')
  }

  /** The text of words in order. */
  static join(words: readonly string[]): string {
    return words.map((word) => word + SEPARATOR).join('')
  }

  word(at: number): string {
    return this.#text.slice(this.#starts[at], (this.#starts[at + 1] ?? 1) - 1)
  }

  /** In how many papers of the segment a word stands. */
  papers(at: number): number {
    return this.#papers[at] ?? 0
  }

  /** The place of a word, or -1. */
  find(word: string): number {
    const at = this.#firstFrom(word)
    return at < this.size && this.word(at) === word ? at : -1
  }

  /** The places of the words that begin so: from the first up to, not including, the second. */
  begunBy(prefix: string): readonly [number, number] {
    const from = this.#firstFrom(prefix)
    let low = from
    let high = this.size
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#text.startsWith(prefix, this.#starts[middle])) low = middle + 1
      else high = middle
    }
    return [from, low]
  }

  /**
   * The words that a typed one may have been meant for, it itself left out. One that is `unfinished` is compared with
   * the beginnings of longer words too, where those share its first letter.
   */
  near(typed: string, allowed: number, unfinished: boolean): NearWord[] {
    const found: NearWord[] = []
    const letters = lettersOf(typed)
    const add = (at: number, word: string, count: number) => {
      if (count <= allowed && word !== typed) found.push({ word, typos: count, papers: this.papers(at) })
    }
    const most = typed.length + allowed
    for (let at = 0; at < this.size; at++) {
      const length = (this.#starts[at + 1] as number) - (this.#starts[at] as number) - 1
      if (length > most || length < typed.length - allowed) continue
      // A typo changes at most two letters of the set: one goes, one comes.
      if (ones(letters ^ (this.#letters[at] as number)) > allowed * 2) continue
      const word = this.word(at)
      add(at, word, typos(typed, word))
    }
    if (!unfinished) return found
    const [from, to] = this.begunBy(typed.slice(0, 1))
    for (let at = from; at < to; at++) {
      const start = this.#starts[at] as number
      const length = (this.#starts[at + 1] as number) - start - 1
      if (length <= most || ones(letters & ~(this.#letters[at] as number)) > allowed) continue
      // As many letters as were typed, or one more where one was left out.
      const begun = typos(typed, this.#text.slice(start, start + typed.length))
      const left = begun > 1 ? typos(typed, this.#text.slice(start, start + typed.length + 1)) : begun
      add(at, this.word(at), Math.min(begun, left))
    }
    return found
  }

  #firstFrom(word: string): number {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.word(middle) < word) low = middle + 1
      else high = middle
    }
    return low
  }
}

function lettersOf(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31)
  return letters
}

/** How many bits are set. */
function ones(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555)
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333)
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
