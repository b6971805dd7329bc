// Known items: queries as somebody types them who saw a paper once, with the paper that they mean.

import { words } from '../../src/paper.ts'
import { asRead } from '../../src/search/as-read.ts'
import type { BenchPaper } from './corpus.ts'
import { between, pick, type Random, randomFrom, shuffle } from './random.ts'
import { mistype } from './slips.ts'

export const KINDS = [
  'exact',
  'cut',
  'one typo',
  'two typos',
  'two words mistyped',
  'shuffled',
  'word + author',
  'phrase',
] as const
export type Kind = (typeof KINDS)[number]

/** What is typed, and the paper that should come first. */
export interface KnownItem {
  readonly kind: Kind
  readonly text: string
  readonly id: string
}

/** A corpus' queries; the kinds take turns, so that its beginning is a fair sample of all. */
export interface Queries {
  readonly papers: number
  /** Of titles, abstracts and authors, in bytes. */
  readonly textBytes: number
  readonly items: readonly KnownItem[]
}

const WORDS = 4
const TITLE_WORDS = 2
const PHRASE_WORDS = 7
const LONG = 8
// A remembered word stands in fewer papers than one in so many.
const RARITY = 20
// Not every paper has a query of every kind in it.
const PAPERS_PER_QUERY = 3
const ATTEMPTS = 10

/** What makers of queries know of the corpus. */
interface Lexicon {
  isWord(text: string): boolean
  /** The distinct words of a text that somebody might remember, in order. */
  remembered(text: string): string[]
}

/** Draws so many queries of each kind, from one look at the whole corpus. */
export function drawQueries(papers: Iterable<BenchPaper>, count: number, perKind: number): Queries {
  const random = randomFrom(20)
  const draws = KINDS.map(() =>
    Array.from({ length: perKind * PAPERS_PER_QUERY }, () => between(random, 0, count - 1)),
  )
  const wanted = new Set(draws.flat())
  const drawn = new Map<number, BenchPaper>()
  const known = new Map<string, { papers: number; last: number }>()
  let at = 0
  let textBytes = 0
  for (const source of papers) {
    // People remember what they read: mathematics, and no commands of LaTeX's.
    const paper = asRead(source)
    if (wanted.has(at)) drawn.set(at, paper)
    const text = `${paper.title} ${paper.abstract} ${paper.authors.join(' ')}`
    textBytes += Buffer.byteLength(text)
    for (const word of words(text)) {
      const entry = known.get(word)
      if (!entry) known.set(word, { papers: 1, last: at })
      else if (entry.last !== at) {
        entry.papers++
        entry.last = at
      }
    }
    at++
  }
  const lexicon: Lexicon = {
    isWord: (text) => known.has(text),
    remembered: (text) =>
      [...new Set(words(text))].filter(
        (word) => /^\p{L}{4,}$/u.test(word) && (known.get(word)?.papers ?? 0) < at / RARITY,
      ),
  }
  const byKind = KINDS.map((kind, index) => {
    const candidates = (draws[index] ?? [])
      .map((place) => drawn.get(place))
      .filter((paper) => paper !== undefined)
    return takeQueries(kind, candidates, perKind, random, lexicon)
  })
  const items = Array.from({ length: perKind }, (_, turn) =>
    byKind.flatMap((list) => list[turn] ?? []),
  ).flat()
  return { papers: at, textBytes, items }
}

function takeQueries(
  kind: Kind,
  candidates: readonly BenchPaper[],
  perKind: number,
  random: Random,
  lexicon: Lexicon,
): KnownItem[] {
  const items: KnownItem[] = []
  for (const paper of candidates) {
    if (items.length === perKind) break
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const text = MAKERS[kind](paper, random, lexicon)
      if (text === null) continue
      items.push({ kind, text, id: paper.id })
      break
    }
  }
  return items
}

/** Some of a list, in its order. */
function some<T>(random: Random, list: readonly T[], count: number): T[] {
  const places = shuffle(random, [...list.keys()]).slice(0, count)
  return list.filter((_, at) => places.includes(at))
}

function rememberedWords(paper: BenchPaper, random: Random, { remembered }: Lexicon): string[] | null {
  const title = some(random, remembered(paper.title), TITLE_WORDS)
  const rest = remembered(paper.abstract).filter((word) => !title.includes(word))
  const chosen = [...title, ...some(random, rest, WORDS - title.length)]
  return chosen.length === WORDS ? chosen : null
}

/** Mistypes so many of the words that are long enough; null where too few are, or chance finds no slip. */
function mistyped(
  typed: readonly string[] | null,
  { words: count, slips, least }: { words: number; slips: number; least: number },
  random: Random,
  { isWord }: Lexicon,
): string | null {
  const long = [...(typed?.entries() ?? [])].filter(([, word]) => word.length >= least)
  if (typed === null || long.length < count) return null
  const result = [...typed]
  for (const [place, word] of some(random, long, count)) {
    const wrong = mistype(word, slips, random, isWord)
    if (wrong === null) return null
    result[place] = wrong
  }
  return result.join(' ')
}

// Words with plain spaces between them: no engine reads an operator into one, and a literal search can find it too.
const PLAIN_RUN = /(?<![^\s])[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*(?: [\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*)+/gu
const PLAIN_NAME = /^[\p{L}\p{M}.'’ -]+$/u

const MAKERS: Record<Kind, (paper: BenchPaper, random: Random, lexicon: Lexicon) => string | null> = {
  exact: (paper, random, lexicon) => rememberedWords(paper, random, lexicon)?.join(' ') ?? null,
  cut(paper, random, lexicon) {
    const text = rememberedWords(paper, random, lexicon)?.join(' ')
    if (text === undefined) return null
    const last = text.length - text.lastIndexOf(' ') - 1
    return text.slice(0, -between(random, 1, Math.min(3, last - 3)))
  },
  'one typo': (paper, random, lexicon) =>
    mistyped(rememberedWords(paper, random, lexicon), { words: 1, slips: 1, least: 4 }, random, lexicon),
  'two typos': (paper, random, lexicon) =>
    mistyped(rememberedWords(paper, random, lexicon), { words: 1, slips: 2, least: LONG }, random, lexicon),
  'two words mistyped': (paper, random, lexicon) =>
    mistyped(rememberedWords(paper, random, lexicon), { words: 2, slips: 1, least: 4 }, random, lexicon),
  shuffled(paper, random, lexicon) {
    const typed = rememberedWords(paper, random, lexicon)
    const text = typed && shuffle(random, typed).join(' ')
    return text === typed?.join(' ') ? null : text
  },
  'word + author'(paper, random, { remembered }) {
    const title = remembered(paper.title)
    const names = paper.authors.filter((name) => PLAIN_NAME.test(name))
    return title.length > 0 && names.length > 0
      ? `${pick(random, title)} ${pick(random, names)}`.toLowerCase()
      : null
  },
  phrase(paper, random) {
    const runs = [...paper.abstract.toLowerCase().matchAll(PLAIN_RUN)]
      .map(([run]) => run.split(' '))
      .filter((run) => run.length >= PHRASE_WORDS)
    if (runs.length === 0) return null
    const run = pick(random, runs)
    const from = between(random, 0, run.length - PHRASE_WORDS)
    return run.slice(from, from + PHRASE_WORDS).join(' ')
  },
}
