// Words and names that nobody uses: pronounceable, distinct, and as long as English ones are.

import { between, pick, type Random, randomFrom } from './random.ts'

// Letters come as often as they are written here.
const ONSETS =
  't t t t n n n s s s s r r r r l l l d d d c c c c m m m p p p f f b b g g h v w k j z qu st tr pr pl cr sp ch sh th ph'.split(
    ' ',
  )
const VOWELS = 'e e e e e a a a a i i i i o o o u u y ea ou ie ai io'.split(' ')
// Most syllables end with their vowel.
const CODAS = [
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  '',
  ...'n n n r r l s s t t m d c x ng nt'.split(' '),
]

function spell(random: Random, length: number): string {
  let word = random() < 0.2 ? pick(random, VOWELS) + pick(random, CODAS) : ''
  while (word.length < length) word += pick(random, ONSETS) + pick(random, VOWELS) + pick(random, CODAS)
  // A letter more than asked for does no harm, and cutting it off would leave half a syllable.
  return word.length === length + 1 ? word : word.slice(0, length)
}

/** Roughly normal, from the sum of three dice. */
const spread = (random: Random, mean: number, deviation: number): number =>
  mean + (random() + random() + random() - 1.5) * 2 * deviation

/** So many distinct words; `lengthAt` says how long the word of a rank (from 0) is to be. */
function distinct(
  count: number,
  random: Random,
  lengthAt: (rank: number) => number,
  taken = new Set<string>(),
): string[] {
  const list: string[] = []
  while (list.length < count) {
    let length = Math.round(lengthAt(list.length))
    let word = spell(random, length)
    // There are few short words: what is taken gives way to a longer one.
    while (taken.has(word)) word = spell(random, ++length)
    taken.add(word)
    list.push(word)
  }
  return list
}

// Mean lengths of words by rank, as counted in arXiv's abstracts, and how far they spread.
const LENGTHS = [
  { until: 10, mean: 2.4, deviation: 0.5, least: 1 },
  { until: 50, mean: 4.6, deviation: 1.3, least: 2 },
  { until: 200, mean: 5.6, deviation: 1.8, least: 3 },
  { until: 1000, mean: 7, deviation: 2.2, least: 4 },
  { until: Number.POSITIVE_INFINITY, mean: 7.2, deviation: 2.4, least: 4 },
]

/** A vocabulary, the commonest word first. */
export function inventWords(count: number, seed: number): string[] {
  const random = randomFrom(seed)
  return distinct(count, random, (rank) => {
    const { mean, deviation, least } = LENGTHS.find(({ until }) => rank < until) ?? {
      mean: 7,
      deviation: 2,
      least: 4,
    }
    return Math.max(least, spread(random, mean, deviation))
  })
}

/** Names of people, the commonest first, with a capital. */
export function inventNames(count: number, seed: number): string[] {
  const random = randomFrom(seed)
  return distinct(count, random, () => between(random, 4, 9)).map(capital)
}

/** With its first letter a capital. */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
