import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storeDay } from '../../src/library/intake.ts'
import { type Library, openLibrary } from '../../src/library/library.ts'
import type { Paper } from '../../src/paper.ts'
import { createSearcher, type Searcher } from '../../src/search/search.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { highlights } from '../../src/text/highlights.ts'
import { generateDay } from '../support/generate.ts'

const DAY = '2025-01-06'
const home = mkdtempSync(join(tmpdir(), 'broadsheet-test-'))
let library: Library
let searcher: Searcher

const template = parseEntries(generateDay(DAY, 1)).entries[0]?.paper as Paper
const paper = (number: number, title: string, facts: Partial<Paper> = {}): Paper => ({
  ...{
    ...template,
    id: `2501.9${String(number).padStart(4, '0')}`,
    title,
    abstract: '',
    authors: [],
    authorCount: null,
  },
  ...facts,
})

const PAPERS = [
  paper(1, 'Crème brûlée: a Recipe for Naïve Découpage'),
  paper(2, 'Garlic Bread', { abstract: 'Nothing like crème anglaise.' }),
  paper(3, 'Quixotic', { authors: ['Łucja Żółć', 'Fọláṣadé Ògúnbọ̀', 'Ørnulf Åström'] }),
  paper(4, '한국어 음성 인식을 위한 모델'),
  paper(5, 'Сергей Йодль и новый алгоритм'),
  paper(6, 'がんばる ロボット'),
  paper(7, 'Μέθοδος Ἀριθμός'),
  paper(8, 'AND OR NOT NEAR: Operators as Words'),
  paper(9, 'A Study of C++ and C# (with "Quotes")'),
  paper(10, 'Zebrafish Swim'),
  paper(11, 'Zebrafish Swim at Night', { upvotes: 9000 }),
  paper(12, 'On Swimming', { abstract: 'Zebrafish swim.', upvotes: 9999 }),
  paper(13, 'The β-Quince under Pre-Training'),
]

beforeAll(() => {
  library = openLibrary(join(home, 'library.db'), { durability: 'normal' })
  const others = parseEntries(generateDay(DAY, 60)).entries.map((entry) => entry.paper)
  storeDay(library, DAY, [...PAPERS, ...others])
  searcher = createSearcher(library)
})

afterAll(() => {
  library.close()
  rmSync(home, { recursive: true, force: true })
})

const first = (query: string) => searcher.search(query, 10).ids[0]

describe('a search', () => {
  it.each([
    ['creme brulee', 1],
    ['CRÈME BRÛLÉE', 1],
    ['cre\u0300me naive', 1],
    ['decoupage', 1],
    ['anglaise', 2],
    ['ogunbo folasade', 3],
    ['Ògúnbọ̀', 3],
    ['łucja', 3],
    ['lucja', 3],
    ['astrom ørnulf', 3],
    ['한국어', 4],
    ['음성 인식을', 4],
    ['한국', 4],
    ['Сергей', 5],
    ['новый алгоритм', 5],
    ['йодль', 5],
    ['がんばる', 6],
    ['ロボット', 6],
    ['μέθοδος', 7],
    ['ΑΡΙΘΜΌΣ', 7],
  ])('finds %j with accents and cases folded, in any script', (query, number) => {
    expect(first(query)).toBe(PAPERS[number - 1]?.id)
  })

  it.each([
    ['operators as words AND OR NOT', 8],
    ['"operators" AND (NEAR', 8],
    ['quixotic*', 3],
    ['^quixotic', 3],
    ['c++ quotes', 9],
    ['"quotes"', 9],
  ])('takes the signs of other languages in %j for nothing', (query, number) => {
    expect(first(query)).toBe(PAPERS[number - 1]?.id)
  })

  const numbers = (query: string) =>
    searcher
      .search(query, 100)
      .ids.map((id) => PAPERS.findIndex((known) => known.id === id) + 1)
      .sort((a, b) => a - b)

  it.each<[string, number[]]>([
    ['title:quixotic', [3]],
    ['title:quixotc', [3]],
    ['author:astrom', [3]],
    ['author:"ørnulf åström"', [3]],
    ['author:"åström ørnulf"', []],
    ['zebrafish -night', [10, 12]],
    ['zebrafish -abstract:swim', [10, 11]],
    ['zebrafish -"swim at night"', [10, 12]],
    ['"zebrafish swim"', [10, 11, 12]],
    ['"swim zebrafish"', []],
    ['title:"zebrafish swim"', [10, 11]],
    ['abstract:zebrafish', [12]],
    ['zebrafish upvotes:>9000', [12]],
    ['zebrafish upvotes:9000..9000', [11]],
    ['title:quixotic or title:garlic', [2, 3]],
    ['(title:quixotic or title:garlic) -bread', [3]],
    ['id:2501.90010', [10]],
    ['zebrafish date:2025-01-06', [10, 11, 12]],
    ['zebrafish before:2025-01-06', []],
    ['zebrafish is:starred', []],
    ['zebrafish has:code', []],
    ['-zebrafish title:swim', []],
    ['zebrafish date:2025-13', [10, 11, 12]],
  ])('of %j gives %j', (query, expected) => {
    expect(numbers(query)).toEqual(expected)
  })

  it.each(['author:', 'date:2025-', 'title: ', 'sort:upv'])('of %j leaves nothing out yet', (query) => {
    expect(searcher.search(query, 100).ids).toHaveLength(73)
  })

  it('gives as many as were asked for, of however many', () => {
    expect(searcher.search('date:2025', 7).ids).toHaveLength(7)
    expect(searcher.search('-zebrafish', 100).ids).toHaveLength(70)
  })

  it('finds all that an “or” of conditions lets through', () => {
    expect(numbers('"zebrafish" or title:quixotic')).toEqual([3, 10, 11, 12])
  })

  it('follows sort:', () => {
    const ids = (query: string) => searcher.search(query, 3).ids
    expect(ids('zebrafish sort:upvotes')).toEqual([12, 11, 10].map((number) => PAPERS[number - 1]?.id))
    expect(ids('sort:upvotes')).toEqual(
      [12, 11].map((number) => PAPERS[number - 1]?.id).concat(ids('sort:upvotes')[2]),
    )
  })

  it.each([
    ['zebrafishes', 10],
    ['zebrafish swims', 10],
    ['pretraining', 13],
    ['pre-training', 13],
    ['pre training', 13],
    ['beta', 13],
    ['β', 13],
    ['o astrom', 3],
    ['90003', 3],
    ['2501.90003', 3],
    ['zebrafishswim', 10],
  ])('knows that %j is written otherwise too', (query, number) => {
    expect(first(query)).toBe(PAPERS[number - 1]?.id)
  })

  it('takes numbers exactly', () => {
    expect(searcher.search('90099', 10).ids).toEqual([])
  })

  it('finds like papers by the words they share, and says which', () => {
    const { ids, shared } = searcher.similar(PAPERS[9]?.id ?? '', 2)
    expect([...ids].sort()).toEqual([11, 12].map((number) => PAPERS[number - 1]?.id))
    for (const id of ids) expect(shared.get(id)).toEqual(expect.arrayContaining(['zebrafish', 'swim']))
    expect(searcher.similar('2501.00000', 5).ids).toEqual([])
  })

  it('puts the title itself before longer titles and before abstracts, whatever the upvotes', () => {
    const expected = [10, 11, 12].map((number) => PAPERS[number - 1]?.id)
    expect(searcher.search('zebrafish swim', 3).ids).toEqual(expected)
  })

  it.each([
    ['2501.90003', 3],
    ['arXiv:2501.90003v2', 3],
    ['https://arxiv.org/abs/2501.90003', 3],
    ['huggingface.co/papers/2501.90003', 3],
  ])('finds a paper by its id: %s', (query, number) => {
    expect(searcher.search(query, 10)).toEqual({ query, ids: [PAPERS[number - 1]?.id], matched: [] })
  })

  it.each([
    ['zebrafsh', 10],
    ['zebarfish', 10],
    ['zebbrafish swim', 10],
    ['zebrafish swom', 10],
    ['quixotc', 3],
    ['zebraf', 10],
    ['qui', 3],
  ])('forgives a typo and an unfinished word: %j', (query, number) => {
    expect(first(query)).toBe(PAPERS[number - 1]?.id)
  })

  it.each(['zebraf', 'zeb', 'quix', 'swim', 'crem', 'swimm on', '"garlic"', 'swim or quix'])(
    'finds no less of %s by conditions that all papers meet',
    (query) => {
      const ids = (text: string) => searcher.search(text, 100).ids
      for (const condition of ['is:unread', 'upvotes:>=0 is:unread', '-is:read'])
        expect([condition, ids(`${query} ${condition}`)]).toEqual([condition, ids(query)])
    },
  )

  it('does not take a finished short word for the beginning of another', () => {
    expect(searcher.search('zeb ', 10).matched).toEqual(searcher.search('zeb.', 10).matched)
    expect(searcher.search('zzzqq', 10)).toEqual({ query: 'zzzqq', ids: [], matched: [] })
  })

  it.each(['', ' ', '?!', '"', '\u0000', '()', '😀', '\u0301'])('finds nothing for %j', (query) => {
    expect(searcher.search(query, 10)).toEqual({ query, ids: [], matched: [] })
  })

  it('never throws, and highlights lie inside the text, for any query', () => {
    const sign = fc.constantFrom(
      ...[
        'AND',
        ' OR ',
        'NOT ',
        'NEAR(',
        '"',
        "'",
        '*',
        '^',
        '(',
        ')',
        '{',
        '}',
        ':',
        'title:',
        '-',
        '+',
        '\\',
        '%',
      ],
      ...[
        'zebrafish',
        'creme',
        'é',
        '\u0301',
        'ß',
        'İ',
        'ﬁ',
        '한',
        '漢',
        '😀',
        '\u0000',
        '\ud83d',
        '\n',
        ' ',
        '२',
        '²',
        'ǅ',
      ],
    )
    const query = fc.oneof(
      fc.string({ unit: sign, maxLength: 20 }),
      fc.string({ unit: 'binary' }),
      fc.string(),
    )
    fc.assert(
      fc.property(query, (text) => {
        const { ids, matched } = searcher.search(text, 5)
        expect(ids.length).toBeLessThanOrEqual(5)
        for (const { title } of PAPERS) {
          let end = 0
          for (const range of highlights(title, matched)) {
            expect(range.start).toBeGreaterThanOrEqual(end)
            expect(range.end).toBeGreaterThan(range.start)
            expect(range.end).toBeLessThanOrEqual(title.length)
            end = range.end
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['one word', 'a'.repeat(10_000)],
    ['many words', 'zebrafish '.repeat(1000)],
    ['different words', Array.from({ length: 1700 }, (_, at) => `w${at}`).join(' ')],
    ['quotes', '"'.repeat(10_000)],
    ['marks', `z${'\u0301'.repeat(10_000)}`],
    ['emoji', '😀'.repeat(5000)],
  ])('copes with 10,000 characters of %s', (_kind, query) => {
    expect(searcher.search(query, 10).ids.length).toBeLessThanOrEqual(10)
  })

  it('sees what came into the library since', () => {
    const late = paper(99, 'Xylophone Late at Night')
    expect(searcher.search('xylophone', 10).ids).toEqual([])
    storeDay(library, '2025-01-07', [late])
    expect(searcher.search('xylophone', 10).ids).toEqual([late.id])
  })
})
