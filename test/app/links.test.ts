import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hintLabels, paperLinks } from '../../src/app/links.ts'
import type { StoredPaper } from '../../src/library/papers.ts'
import { aRow, wholePaper } from '../support/papers.ts'

const linksOf = (facts: Partial<StoredPaper> = {}) =>
  paperLinks(wholePaper(aRow(), facts)).map(({ label, url, detail }) =>
    [label, url, detail].filter(Boolean).join(' | '),
  )

const PAGES = [
  'arXiv | https://arxiv.org/abs/2501.00001',
  'Hub | https://huggingface.co/papers/2501.00001',
  'PDF | https://arxiv.org/pdf/2501.00001',
]

describe('the links of a paper', () => {
  it('are its pages', () => {
    expect(linksOf()).toEqual(PAGES)
  })

  it('are all that is known', () => {
    expect(
      linksOf({
        doi: '10.1000/182',
        link: 'https://journal.example.org/1',
        projectPage: 'https://lanterns.example.org',
        githubRepo: 'https://github.com/marsh/lanterns',
        githubStars: 1234,
        linked: [
          { kind: 'model', name: 'marsh/lantern-7b', likes: 311, downloads: 146_356 },
          { kind: 'dataset', name: 'marsh/boats', likes: 1, downloads: 0 },
          { kind: 'space', name: 'marsh/harbour' },
        ],
        abstract: 'See https://example.org/a.',
        remark: 'Talk at https://example.org/b',
      }),
    ).toEqual([
      ...PAGES,
      'DOI | https://doi.org/10.1000/182',
      'Page | https://journal.example.org/1',
      'Project | https://lanterns.example.org/',
      'GitHub | https://github.com/marsh/lanterns | 1,234 stars',
      'model marsh/lantern-7b | https://huggingface.co/marsh/lantern-7b | 311 likes · 146,356 downloads',
      'data set marsh/boats | https://huggingface.co/datasets/marsh/boats | 1 like',
      'Space marsh/harbour | https://huggingface.co/spaces/marsh/harbour',
      'in the abstract | https://example.org/a',
      'in the remark | https://example.org/b',
    ])
  })

  it('are none where only its title is known', () => {
    expect(linksOf({ id: 'title:lanterns-00000000', abstract: '' })).toEqual([])
  })

  it('name each place once', () => {
    expect(
      linksOf({
        projectPage: 'https://lanterns.example.org/',
        githubRepo: 'https://github.com/marsh/lanterns',
        githubStars: 1,
        abstract:
          'http://lanterns.example.org, https://www.lanterns.example.org/, https://github.com/marsh/lanterns/ and https://github.com/marsh/lanterns#run; http://arxiv.org/abs/2501.00001.',
      }),
    ).toEqual([
      ...PAGES,
      'Project | https://lanterns.example.org/',
      'GitHub | https://github.com/marsh/lanterns | 1 star',
      'in the abstract | https://github.com/marsh/lanterns#run',
    ])
  })

  it('are http(s) only', () => {
    expect(
      linksOf({
        projectPage: 'javascript:alert(1)',
        githubRepo: 'file:///etc/passwd',
        link: 'not an address',
      }),
    ).toEqual(PAGES)
  })
})

describe('addresses in an abstract', () => {
  it.each([
    ['at https://example.org/a.', ['https://example.org/a']],
    ['(https://example.org/a), [https://example.org/b]', ['https://example.org/a', 'https://example.org/b']],
    [
      'https://example.org/a_(b) (see https://example.org/c_(d)).',
      ['https://example.org/a_(b)', 'https://example.org/c_(d)'],
    ],
    [
      '“https://example.org/a”, https://example.org/b!? <https://example.org/c>',
      ['https://example.org/a', 'https://example.org/b', 'https://example.org/c'],
    ],
    ['https://example.org/?a=1&b=2#c...', ['https://example.org/?a=1&b=2#c']],
    ['*https://example.org/a* HTTPS://EXAMPLE.ORG/B', ['https://example.org/a', 'https://example.org/B']],
    ['コードはhttps://example.org/a。続き', ['https://example.org/a']],
    ['\\url{https://example.org/a\\_b}.', ['https://example.org/a_b']],
    [
      '\\href{https://example.org/a}{here} and \\href{https://example.org/b}{https://example.org/b}',
      ['https://example.org/a', 'https://example.org/b'],
    ],
    [
      'https://example.org/$\\sim$marsh/ and https://example.org/a\\_b',
      ['https://example.org/~marsh/', 'https://example.org/a_b'],
    ],
    ['[https://example.org/a](https://example.org/a)', ['https://example.org/a']],
    ['$\\href{https://example.org/a}{\\text{here}}$', ['https://example.org/a']],
    ['https:// and http://. and ftp://example.org', []],
    ['https://', []],
  ])('%s', (abstract, expected) => {
    expect(
      paperLinks(wholePaper(aRow(), { abstract }))
        .filter(({ label }) => label === 'in the abstract')
        .map(({ url }) => url),
    ).toEqual(expected)
  })

  it('end before any number of brackets', () => {
    const { url } =
      paperLinks(wholePaper(aRow(), { abstract: `https://example.org/a${').'.repeat(20_000)}` })).at(-1) ?? {}
    expect(url).toBe('https://example.org/a')
  })

  it('of any text are found', () => {
    const part = fc.constantFrom(
      'https://',
      'http://a.b',
      '.',
      ')',
      '(',
      ']',
      '[',
      '\\url{',
      '\\href{',
      '}',
      '$\\sim$',
      ' ',
      '%',
      '\n',
      '漢',
      ':',
      '\u202e',
    )
    fc.assert(
      fc.property(fc.string({ unit: part }), (abstract) => {
        for (const { url } of paperLinks(wholePaper(aRow(), { abstract })))
          expect(url).toMatch(/^https?:\/\/[!-~]+$/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('labels', () => {
  it.each([
    [0, []],
    [1, ['a']],
    [3, ['a', 's', 'd']],
    [9, ['a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l']],
    [10, ['s', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'aa', 'as']],
  ])('for %i', (count, expected) => {
    expect(hintLabels(count)).toEqual(expected)
  })

  it('are not of letters that are taken', () => {
    expect(hintLabels(4, ['y', 'j', 'k', 'a'])).toEqual(['s', 'd', 'f', 'g'])
  })

  it('are as many as wanted, and none begins another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.subarray(['y', 'j', 'k', 's']), (count, taken) => {
        const labels = hintLabels(count, taken)
        expect(labels).toHaveLength(count)
        for (const label of labels) {
          expect(label).toMatch(/^[asdfghjkl]+$/)
          expect(labels.filter((other) => other.startsWith(label))).toEqual([label])
          expect([...label].filter((letter) => taken.includes(letter))).toEqual([])
        }
        const lengths = labels.map(({ length }) => length)
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(Math.min(4, ...lengths) + 1)
      }),
    )
  })
})
