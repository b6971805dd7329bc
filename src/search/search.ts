// A query → papers, best first. FTS5 proposes candidates for the words that were meant; a careful look ranks them.

import Fuse from 'fuse.js'
import { type Candidate, textCandidates, textVersion, vocabulary } from '../library/fulltext.ts'
import type { Library } from '../library/library.ts'
import { countPapers, findPaper } from '../library/papers.ts'
import { fold, type PaperId, parsePaperId, words } from '../paper.ts'
import type { MatchedWord } from '../text/highlights.ts'
import { type Meaning, meanings } from './spelling.ts'

/** What a search found: ids best first, and the words that matched, to highlight. */
export interface Found {
  readonly query: string
  readonly ids: readonly PaperId[]
  readonly matched: readonly MatchedWord[]
}

export interface Searcher {
  /** Finds at most `limit` papers. Any text is a query: no word of it is an operator, none is an error. */
  search(query: string, limit: number): Found
}

// More words than this add nothing but time: a pasted abstract is found by its rarest words.
const MAX_WORDS = 24
// A longer text is no query; its beginning tells enough.
const MAX_TYPED = 500
const MAX_LENGTH = 10_000
const MAX_CANDIDATES = 300
// Below this many papers that hold every word, papers that hold only some are shown too.
const ENOUGH = 20

/** A searcher over one library; it keeps the vocabulary until the library changes. */
export function createSearcher(library: Library): Searcher {
  let known: { version: string; words: Map<string, number>; papers: number } | null = null
  const current = () => {
    const version = textVersion(library)
    if (known?.version !== version) {
      const papers = countPapers(library)
      known = { version, words: vocabulary(library), papers }
    }
    return known
  }
  return {
    search(query, limit) {
      const id = parsePaperId(query)
      if (id && findPaper(library, id)) return { query, ids: [id], matched: [] }
      const all = [...new Set(words(query.slice(0, MAX_LENGTH)))].slice(0, MAX_TYPED)
      if (all.length === 0) return { query, ids: [], matched: [] }
      const { words: vocabularyWords, papers } = current()
      const typed = all.length > MAX_WORDS ? rarest(all, vocabularyWords) : all
      const finished = /[^\p{L}\p{N}\p{M}]$/u.test(query)
      const meant = typed
        .map((word, index) => {
          const found = meanings(word, !finished && index === typed.length - 1, vocabularyWords)
          return { meanings: found, weight: rarity(found, vocabularyWords, papers) }
        })
        .filter(({ meanings: found }) => found.length > 0)
      if (meant.length === 0) return { query, ids: [], matched: [] }
      const groups = meant.map((word) => `(${word.meanings.map(expression).join(' OR ')})`)
      const whole = textCandidates(library, groups.join(' AND '), MAX_CANDIDATES)
      const some =
        whole.length < ENOUGH && groups.length > 1
          ? textCandidates(library, groups.join(' OR '), MAX_CANDIDATES)
          : []
      const candidates = [
        ...new Map([...whole, ...some].map((candidate) => [candidate.id, candidate])).values(),
      ]
      return {
        query,
        ids: rank(candidates, meant, query).slice(0, limit),
        matched: meant.flatMap(({ meanings: found }) =>
          found.map(({ word, kind }) => ({ word, prefix: kind === 'prefix' })),
        ),
      }
    },
  }
}

/** The words of a long text that tell it apart best. */
function rarest(typed: readonly string[], vocabularyWords: ReadonlyMap<string, number>): string[] {
  return typed
    .filter((word) => vocabularyWords.has(word))
    .sort((a, b) => (vocabularyWords.get(a) ?? 0) - (vocabularyWords.get(b) ?? 0))
    .slice(0, MAX_WORDS)
}

interface MeantWord {
  readonly meanings: readonly Meaning[]
  readonly weight: number
}

// Words are letters and digits only, so a quoted word cannot end its quotes.
const expression = ({ word, kind }: Meaning) => (kind === 'prefix' ? `"${word}"*` : `"${word}"`)

/** A word's weight: rare words tell more (inverse document frequency). */
function rarity(
  found: readonly Meaning[],
  vocabularyWords: ReadonlyMap<string, number>,
  papers: number,
): number {
  const most = Math.max(1, ...found.map(({ word }) => vocabularyWords.get(word) ?? 1))
  return Math.log(1 + papers / most)
}

// A paper that comes this far behind the best shares only the query's commonest words with it: it was not meant.
const FLOOR = 0.4

const FIELD_WEIGHT = { title: 1, authors: 0.75, abstract: 0.5 }
const KIND_WEIGHT = { exact: 1, prefix: 0.9, corrected: 0.75 }

function rank(candidates: readonly Candidate[], meant: readonly MeantWord[], query: string): PaperId[] {
  const fuse = new Fuse(candidates, {
    keys: ['title'],
    ignoreLocation: true,
    ignoreDiacritics: true,
    includeScore: true,
    threshold: 0.6,
  })
  // fuse.js tells how near the whole query is to the title, typos included: 0 is the title itself, 1 nothing like it.
  const likeness = new Map(
    fuse.search(fold(query).slice(0, 120)).map(({ item, score }) => [item.id, 1 - (score ?? 1)]),
  )
  const total = meant.reduce((sum, { weight }) => sum + weight, 0)
  const scored = candidates.map((candidate) => {
    const title = words(candidate.title)
    const near = 0.5 * (likeness.get(candidate.id) ?? 0) + 0.1 * earliness(title, meant)
    const score = coverage(candidate, title, meant) / total + near
    return { candidate, score: Math.round(score * 100) }
  })
  const best = Math.max(0, ...scored.map(({ score }) => score))
  return scored
    .filter(({ score }) => score >= best * FLOOR)
    .sort(
      (a, b) =>
        b.score - a.score ||
        b.candidate.upvotes - a.candidate.upvotes ||
        (b.candidate.day < a.candidate.day ? -1 : b.candidate.day > a.candidate.day ? 1 : 0),
    )
    .map(({ candidate }) => candidate.id)
}

/** How early the query's first word stands in a title, from 1 at its beginning down to 0 where it is not there. */
function earliness(title: readonly string[], [first]: readonly MeantWord[]): number {
  const at = title.findIndex((word) =>
    first?.meanings.some((meaning) =>
      meaning.kind === 'prefix' ? word.startsWith(meaning.word) : word === meaning.word,
    ),
  )
  return at < 0 ? 0 : 1 / (1 + at)
}

/** How much of the query a paper holds: each word counts by its rarity, its best field and how it was reached. */
function coverage(candidate: Candidate, title: readonly string[], meant: readonly MeantWord[]): number {
  const fields = [
    { weight: FIELD_WEIGHT.title, words: new Set(title) },
    { weight: FIELD_WEIGHT.authors, words: new Set(words(candidate.authors)) },
    { weight: FIELD_WEIGHT.abstract, words: new Set(words(candidate.abstract)) },
  ]
  let sum = 0
  for (const { meanings: found, weight } of meant) {
    let best = 0
    for (const field of fields) {
      for (const { word, kind } of found) {
        const value = field.weight * KIND_WEIGHT[kind]
        if (value <= best) continue
        if (
          kind === 'prefix' ? [...field.words].some((other) => other.startsWith(word)) : field.words.has(word)
        )
          best = value
      }
    }
    sum += weight * best
  }
  return sum
}
