import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storeDay } from '../../src/library/intake.ts'
import { type Library, openLibrary } from '../../src/library/library.ts'
import { type Paper, words } from '../../src/paper.ts'
import { createSearcher, type Searcher } from '../../src/search/search.ts'
import { upkeep } from '../../src/search/upkeep.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { generateArchive } from '../support/generate.ts'

const home = mkdtempSync(join(tmpdir(), 'broadsheet-test-'))
let library: Library
let searcher: Searcher
const papers: Paper[] = []

beforeAll(() => {
  library = openLibrary(join(home, 'library.db'), { durability: 'normal' })
  for (const [day, entries] of generateArchive({ from: '2025-01-01', to: '2025-03-31', perDay: 32 })) {
    const arrived = parseEntries(entries).entries.map(({ paper }) => paper)
    storeDay(library, day, arrived, Date.parse(day))
    papers.push(...arrived)
  }
  upkeep(library)
  searcher = createSearcher(library)
})

afterAll(() => {
  library.close()
  rmSync(home, { recursive: true, force: true })
})

/** mulberry32: the same seed draws the same queries on every computer. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number
const upTo = (limit: number, random: Random) => Math.floor(random() * limit)

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const rest = [...list]
  return list.map(() => rest.splice(upTo(rest.length, random), 1)[0] as T)
}

/** Words of a text that say something, in their order. */
const telling = (text: string) => [...new Set(words(text).filter((word) => word.length > 3))]

/** Some words of a title in their order, at most `count`. */
function someWords(title: string, count: number, random: Random): string[] {
  const chosen = new Set(shuffled(telling(title), random).slice(0, count))
  return telling(title).filter((word) => chosen.has(word))
}

/** One slip of the fingers: a letter too many, one too few, a wrong one, or two swapped. */
function mistyped(word: string, random: Random): string {
  const at = 1 + upTo(word.length - 2, random)
  const letter = String.fromCharCode(97 + upTo(26, random))
  const [before, after] = [word.slice(0, at), word.slice(at)]
  const slips = [
    before + letter + after,
    before + after.slice(1),
    before + letter + after.slice(1),
    before + (after[1] ?? '') + (after[0] ?? '') + after.slice(2),
  ]
  return slips[upTo(slips.length, random)] ?? word
}

const KINDS: readonly [string, (paper: Paper, random: Random) => string][] = [
  ['four words of the title', ({ title }, random) => someWords(title, 4, random).join(' ')],
  [
    'words of the title, the last one cut short',
    ({ title }, random) => {
      const chosen = someWords(title, 5, random)
      const last = chosen.pop() ?? ''
      return [...chosen, last.slice(0, Math.max(3, last.length - 1 - upTo(3, random)))].join(' ')
    },
  ],
  [
    'words of the title, one mistyped',
    ({ title }, random) => {
      const chosen = someWords(title, 5, random)
      const slip = upTo(chosen.length, random)
      return chosen.map((word, at) => (at === slip ? mistyped(word, random) : word)).join(' ')
    },
  ],
  [
    'words of the title in any order',
    ({ title }, random) => shuffled(someWords(title, 4, random), random).join(' '),
  ],
  [
    'two words of the title and an author',
    ({ title, authors }, random) =>
      [...someWords(title, 2, random), authors[upTo(authors.length, random)] ?? ''].join(' '),
  ],
  [
    'sixteen words of the abstract',
    ({ abstract }, random) => {
      const all = abstract.split(' ')
      const start = upTo(all.length - 16, random)
      return all.slice(start, start + 16).join(' ')
    },
  ],
]

describe('a paper that somebody knows', () => {
  it.each(KINDS)('is among the first ten for %s, nine times of ten', (_kind, ask) => {
    const random = randomFrom(20_250_101)
    let found = 0
    const asked = 60
    for (let count = 0; count < asked; count++) {
      const paper = papers[upTo(papers.length, random)] as Paper
      if (searcher.search(ask(paper, random), 10).ids.includes(paper.id)) found++
    }
    expect(found / asked).toBeGreaterThanOrEqual(0.9)
  })
})

describe('a search in two thousand papers', () => {
  it('finds a paper by four of its words though a fifth is in no paper', () => {
    const random = randomFrom(7)
    for (let count = 0; count < 20; count++) {
      const paper = papers[upTo(papers.length, random)] as Paper
      const query = shuffled([...someWords(paper.title, 4, random), 'zzyzxqqv'], random).join(' ')
      expect(searcher.search(query, 10).ids).toContain(paper.id)
    }
  })

  it('puts a title typed whole first', () => {
    const random = randomFrom(8)
    for (let count = 0; count < 30; count++) {
      const paper = papers[upTo(papers.length, random)] as Paper
      expect(searcher.search(paper.title.toLowerCase(), 10).ids[0]).toBe(paper.id)
    }
  })

  it('shows no paper without a word that matched', () => {
    const byId = new Map(papers.map((paper) => [paper.id, paper]))
    const random = randomFrom(9)
    for (const [, ask] of KINDS) {
      const { ids, matched } = searcher.search(ask(papers[upTo(papers.length, random)] as Paper, random), 50)
      expect(ids.length).toBeGreaterThan(0)
      for (const id of ids) {
        const paper = byId.get(id)
        const text = words([paper?.title, paper?.abstract, ...(paper?.authors ?? [])].join(' '))
        const explained = matched.some(({ word, prefix }) =>
          text.some((other) => (prefix ? other.startsWith(word) : other === word)),
        )
        expect(explained).toBe(true)
      }
    }
  })

  it('gives no more than the limit, no paper twice, and the same answer twice', () => {
    for (const limit of [0, 1, 7, 500]) {
      const { ids } = searcher.search('attention for graph generation', limit)
      expect(ids.length).toBeLessThanOrEqual(limit)
      expect(new Set(ids).size).toBe(ids.length)
      expect(searcher.search('attention for graph generation', limit).ids).toEqual(ids)
    }
  })
})
