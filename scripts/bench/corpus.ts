// Papers that nobody wrote, as many as wanted: words by Zipf's law, in each paper a topic of its own.

import { between, type Random, randomFrom, zipf } from './random.ts'
import { capital, inventNames, inventWords } from './words.ts'

/** What a search can know of a paper. */
export interface BenchPaper {
  readonly id: string
  readonly title: string
  readonly abstract: string
  readonly authors: readonly string[]
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly upvotes: number
}

const WORDS = 200_000
const GIVEN_NAMES = 3_000
const FAMILY_NAMES = 30_000
const TOPIC_WORDS = 60
// The commonest words are nobody's topic, and rarer in titles than in sentences.
const COMMON = 200
const GRAMMAR = 50
const FIRST_DAY = '2015-01-01'
export const LAST_DAY = '2026-12-31'
const DAY_MS = 86_400_000

/**
 * The papers, oldest first, one after another: a million of them never stand in memory. The same count and seed give
 * the same papers; other seeds share the vocabulary and the names, but no paper. Days are `YYYY-MM-DD`, the last one the
 * same for all.
 */
export function* generatePapers(count: number, seed = 1, from = FIRST_DAY): Generator<BenchPaper> {
  const write = createWriter()
  const random = randomFrom(seed * 7919)
  const firstDay = Date.parse(from)
  const span = Date.parse(LAST_DAY) - firstDay
  let month = ''
  let number = 0
  for (let at = 0; at < count; at++) {
    const day = Math.floor(((at / count) * span) / DAY_MS)
    const date = new Date(firstDay + day * DAY_MS).toISOString().slice(0, 10)
    if (!date.startsWith(month) || month === '') {
      month = date.slice(0, 7)
      // Seeds number their papers apart.
      number = seed === 1 ? 0 : 50_000 + seed * 1000
    }
    const id = `${date.slice(2, 4)}${date.slice(5, 7)}.${String(++number).padStart(5, '0')}`
    yield { id, ...write(random), date, upvotes: Math.floor(3 / (random() + 0.005)) }
  }
}

type Writer = (random: Random) => Pick<BenchPaper, 'title' | 'abstract' | 'authors'>

function createWriter(): Writer {
  const vocabulary = inventWords(WORDS, 11)
  const given = inventNames(GIVEN_NAMES, 12)
  const family = inventNames(FAMILY_NAMES, 13)
  const drawWord = zipf(WORDS)
  const drawGiven = zipf(GIVEN_NAMES)
  const drawFamily = zipf(FAMILY_NAMES)
  const topic = new Uint32Array(TOPIC_WORDS)

  const drawTopic = (random: Random) => {
    for (let at = 0; at < TOPIC_WORDS; at++) {
      let word = drawWord(random)
      while (word < COMMON) word = drawWord(random)
      topic[at] = word
    }
  }
  // The first words of a topic come oftener than its last, as a paper repeats its terms.
  const fromTopic = (random: Random) => topic[Math.floor(random() ** 2 * TOPIC_WORDS)] ?? 0
  const bodyWord = (random: Random) =>
    vocabulary[random() < 1 / 3 ? fromTopic(random) : drawWord(random)] ?? ''
  const titleWord = (random: Random) => {
    if (random() < 0.5) return vocabulary[fromTopic(random)] ?? ''
    let word = drawWord(random)
    if (word < GRAMMAR && random() < 0.7) word = drawWord(random)
    return vocabulary[word] ?? ''
  }

  const title = (random: Random) => {
    let text = capital(titleWord(random))
    for (let left = between(random, 5, 11); left > 0; left--) {
      const word = titleWord(random)
      text += ` ${word.length > 3 ? capital(word) : word}`
    }
    return text
  }
  const abstract = (random: Random) => {
    const length = between(random, 120, 180)
    let text = ''
    for (let done = 0; done < length; ) {
      // A rest too short for a sentence joins the last one.
      const planned = between(random, 12, 28)
      const sentence = length - done - planned < 12 ? length - done : planned
      text += `${done > 0 ? ' ' : ''}${capital(bodyWord(random))}`
      for (let at = 1; at < sentence; at++) text += `${random() < 0.07 ? ',' : ''} ${bodyWord(random)}`
      text += '.'
      done += sentence
    }
    return text
  }
  const authors = (random: Random) =>
    Array.from(
      { length: between(random, 1, 8) },
      () => `${given[drawGiven(random)]} ${family[drawFamily(random)]}`,
    )
  return (random) => {
    drawTopic(random)
    return { title: title(random), abstract: abstract(random), authors: authors(random) }
  }
}
