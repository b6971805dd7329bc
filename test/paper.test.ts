import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arxivUrl,
  countAuthors,
  hubUrl,
  isProvisional,
  mergePaper,
  NOT_SAID,
  type Origin,
  type Paper,
  parsePaperId,
  provisionalId,
  titleKey,
} from '../src/paper.ts'

const newId = fc
  .tuple(fc.integer({ min: 7, max: 99 }), fc.integer({ min: 1, max: 12 }), fc.stringMatching(/^\d{4,5}$/))
  .map(
    ([year, month, number]) => `${String(year).padStart(2, '0')}${String(month).padStart(2, '0')}.${number}`,
  )
const oldId = fc
  .tuple(fc.constantFrom('hep-ex', 'math.GT', 'cs.AI', 'cond-mat', 'quant-ph'), fc.stringMatching(/^\d{7}$/))
  .map((parts) => parts.join('/'))
const arxivId = fc.oneof(newId, oldId)
const version = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 40 }).map((number) => `v${number}`),
)

describe('parsePaperId', () => {
  it('reads an id in every way that people write it, and leaves its version out', () => {
    const way = fc.constantFrom(
      ...['@', ' @ ', 'arXiv:@', 'arxiv: @', 'https://arxiv.org/abs/@', 'http://www.arxiv.org/abs/@'],
      ...[
        'arxiv.org/pdf/@',
        'https://arxiv.org/pdf/@.pdf',
        'https://export.arxiv.org/abs/@',
        'HTTPS://ARXIV.ORG/abs/@',
      ],
      ...['https://arxiv.org/html/@', 'https://arxiv.org/abs/@/', 'https://arxiv.org/abs/@?context=cs#top'],
      ...['https://huggingface.co/papers/@', 'huggingface.co/papers/@#community', 'https://hf.co/papers/@'],
    )
    fc.assert(
      fc.property(arxivId, version, way, (id, suffix, written) => {
        expect(parsePaperId(written.replace('@', id + suffix))).toBe(id)
      }),
    )
  })

  it.each([
    ['doi:10.1103/PhysRevD.76.013009', 'doi:10.1103/physrevd.76.013009'],
    ['https://doi.org/10.1038/s41586-021-03819-2', 'doi:10.1038/s41586-021-03819-2'],
    ['dx.doi.org/10.1000/a', 'doi:10.1000/a'],
    ['https://doi.org/10.48550/arXiv.2309.12288', '2309.12288'],
    ['doi:10.48550/arxiv.2309.12288v2', '2309.12288'],
    ['10.1000/a', null],
    ['doi:10.1000/', null],
    ['doi:10.1000/\u001b[2J', null],
  ])('reads the DOI %j as %j', (text, id) => {
    expect(parsePaperId(text)).toBe(id)
  })

  it('never throws, and reads what it gave as the same id again, for any text', () => {
    const near = fc.tuple(
      fc.constantFrom('', 'title:', 'arXiv:', 'https://arxiv.org/abs/', 'hf.co/papers/'),
      fc.string(),
    )
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      near.map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (written) => {
        const id = parsePaperId(written)
        if (id !== null) expect(parsePaperId(id)).toBe(id)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['', null],
    ['attention is all you need', null],
    ['2309.123', null],
    ['2309.123456', null],
    ['23091.2288', null],
    ['2309.12288v0', null],
    ['2309.12288 and more', null],
    ['hep-ex/030701', null],
    ['HEP-EX/0307015', null],
    ['https://example.org/abs/2309.12288', null],
    ['https://arxiv.org.example.org/abs/2309.12288', null],
    ['https://arxiv.org/list/2309.12288', null],
    ['../2309.12288', null],
    ['title:', null],
    ['title: ', null],
    ['title:\u001b[31mred', null],
    ['title:two\nlines', null],
    ['2309.12288', '2309.12288'],
    ['0704.0001', '0704.0001'],
  ])('takes %j for %j', (text, id) => {
    expect(parsePaperId(text)).toBe(id)
  })
})

const words = fc.array(fc.stringMatching(/^[a-z0-9]{1,12}$/), { minLength: 1, maxLength: 12 })
const anyTitle = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  words.map((list) => list.join(' ')),
)

describe('titleKey', () => {
  it('does not change with case, accents, hyphens, quotes or spaces', () => {
    const glue = fc.constantFrom('-', ' – ', ': ', '\n  ', '’ ', '\u2011', ' "', ' $')
    fc.assert(
      fc.property(words, glue, (list, between) => {
        const plain = list.join(' ')
        const accented = list.join(between).toUpperCase().replaceAll('E', 'E\u0301').normalize('NFC')
        expect(titleKey(accented)).toBe(titleKey(plain))
      }),
    )
  })

  it('is its own key, and never empty but for an empty title', () => {
    fc.assert(
      fc.property(anyTitle, (title) => {
        const key = titleKey(title)
        expect(titleKey(key)).toBe(key)
        expect(key === '').toBe(title.trim() === '')
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['Łukasz’ Résumé', 'łukaszresume'],
    ['GPT-4 vs. GPT–5', 'gpt4vsgpt5'],
    ['深度学习', '深度学习'],
    ['???', '???'],
  ])('of %j is %j', (title, key) => {
    expect(titleKey(title)).toBe(key)
  })
})

describe('provisionalId', () => {
  it('is an id that reads as itself and can be stored, for any title', () => {
    const astral = fc.string({ unit: fc.constantFrom('𠀀', '𐐨', 'a'), minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(fc.oneof(anyTitle, astral), (title) => {
        const id = provisionalId(title)
        expect(isProvisional(id)).toBe(true)
        expect(parsePaperId(id)).toBe(id)
        expect(id.isWellFormed()).toBe(true)
        expect([...id].length).toBeLessThanOrEqual(60)
      }),
      { numRuns: 1000 },
    )
  })

  it('is the same for two spellings of a title and another for a title that only begins the same', () => {
    const title = 'A Survey of Sparse Attention'
    expect(provisionalId('a survey of  SPARSE attention.')).toBe(provisionalId(title))
    expect(provisionalId(`${title} and Memory`)).not.toBe(provisionalId(title))
  })

  it('has no address', () => {
    const id = provisionalId('A Title')
    expect([arxivUrl(id), hubUrl(id)]).toEqual([null, null])
    expect(arxivUrl('hep-ex/0307015')).toBe('https://arxiv.org/abs/hep-ex/0307015')
    expect(hubUrl('2309.12288')).toBe('https://huggingface.co/papers/2309.12288')
  })
})

const ORIGINS: readonly Origin[] = ['starter', 'page', 'feed', 'hub', 'arxiv']
const count = fc.option(fc.nat(5000))
const line = fc.option(fc.stringMatching(/^[a-z]{1,8}$/))
const paper: fc.Arbitrary<Paper> = fc.record({
  id: fc.constantFrom('2309.12288', 'title:a-00000000', 'doi:10.1000/a'),
  title: fc.oneof(fc.constant(''), fc.stringMatching(/^[A-Z][a-z]{1,8}$/)),
  abstract: fc.oneof(fc.constant(''), fc.stringMatching(/^[A-Z][a-z]{1,8}$/)),
  authors: fc.array(fc.stringMatching(/^[A-Z][a-z]{1,5}$/), { maxLength: 3 }),
  authorCount: count,
  publishedOn: fc.option(fc.constantFrom('2024-01-02', '2025-03-04')),
  upvotes: count,
  comments: count,
  aiSummary: line,
  keywords: fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 3 }),
  categories: fc.array(fc.constantFrom('cs.CL', 'cs.LG', 'hep-th'), { maxLength: 3 }),
  organization: line,
  projectPage: line,
  githubRepo: line,
  githubStars: count,
  picture: fc.constantFrom(null, 'https://cdn-thumbnails.huggingface.co/a.png'),
  linked: fc.array(fc.record({ kind: fc.constant('model' as const), name: fc.constantFrom('a/b', 'c/d') }), {
    maxLength: 2,
  }),
  version: fc.option(fc.integer({ min: 1, max: 9 })),
  revisedOn: fc.option(fc.constantFrom('2024-02-03', '2025-04-05')),
  doi: fc.option(fc.constantFrom('10.1000/a', '10.1000/b')),
  journal: line,
  remark: line,
  link: line,
  origin: fc.constantFrom(...ORIGINS),
})
const isMissing = (fact: unknown) =>
  fact === null || fact === '' || (Array.isArray(fact) && fact.length === 0)

describe('mergePaper', () => {
  it('changes nothing when the same is said again', () => {
    fc.assert(
      fc.property(paper, paper, (known, said) => {
        const merged = mergePaper(known, said)
        expect(mergePaper(merged, said)).toEqual(merged)
        expect(mergePaper(known, known)).toEqual(known)
      }),
      { numRuns: 1000 },
    )
  })

  it('loses no fact and makes none up', () => {
    fc.assert(
      fc.property(paper, paper, (known, said) => {
        const merged = mergePaper(known, said)
        for (const field of Object.keys(merged) as (keyof Paper)[]) {
          // The starter library's summary is no abstract: it goes once another source has spoken.
          const summary = (paper: Paper) => field === 'abstract' && paper.origin === 'starter'
          const told =
            summary(known) !== summary(said) ? [known, said].filter((one) => !summary(one)) : [known, said]
          const facts = told.map((one) => one[field])
          expect(isMissing(merged[field])).toBe(facts.every(isMissing))
          expect(facts).toContainEqual(merged[field])
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('takes text from the most trusted source and counts from the Hub, in whatever order they speak', () => {
    const from = (origin: Origin): Paper => ({
      ...NOT_SAID,
      ...{
        id: '2309.12288',
        title: `title by ${origin}`,
        abstract: `abstract by ${origin}`,
        authors: [origin],
      },
      ...{
        authorCount: 1,
        publishedOn: null,
        upvotes: origin === 'hub' ? 7 : null,
        categories: origin === 'arxiv' ? ['cs.CL'] : origin === 'hub' ? ['cs.LG'] : [],
      },
      ...{
        comments: origin === 'hub' ? 2 : origin === 'arxiv' ? null : 9,
      },
      origin,
    })
    fc.assert(
      fc.property(fc.shuffledSubarray([...ORIGINS], { minLength: 1 }), (order) => {
        const [first = 'hub', ...rest] = order
        const merged = rest.map(from).reduce(mergePaper, from(first))
        const best = ORIGINS.findLast((origin) => order.includes(origin)) ?? 'hub'
        expect(merged).toMatchObject({ title: `title by ${best}`, authors: [best], origin: best })
        if (order.includes('hub')) expect(merged).toMatchObject({ upvotes: 7, comments: 2 })
        if (order.includes('arxiv')) expect(merged.categories).toEqual(['cs.CL'])
      }),
    )
  })

  it('keeps the best id: arXiv’s, then a DOI', () => {
    fc.assert(
      fc.property(paper, paper, (known, said) => {
        const ids = [known.id, said.id]
        const best = ['2309.12288', 'doi:10.1000/a', 'title:a-00000000'].find((id) => ids.includes(id))
        expect(mergePaper(known, said).id).toBe(best)
      }),
    )
  })
})

it.each([
  [{ authors: [], authorCount: null }, null],
  [{ authors: [], authorCount: 7 }, 7],
  [{ authors: ['A', 'B'], authorCount: null }, 2],
  [{ authors: ['A', 'B'], authorCount: 3 }, 3],
])('counts the authors of %j as %j', (known, authors) => {
  expect(countAuthors(known)).toBe(authors)
})
