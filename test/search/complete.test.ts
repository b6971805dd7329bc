import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Completion, complete } from '../../src/search/complete.ts'
import type { FieldName } from '../../src/search/fields.ts'
import { parseQuery } from '../../src/search/grammar.ts'
import { processorTime } from '../support/processor.ts'

const VALUES: Partial<Record<FieldName, readonly string[]>> = {
  author: [
    'Yann LeCun',
    'Léonie Żak',
    'Li',
    'Bill "Li" Gates (Sr)',
    'Fei-Fei Li',
    'Lina Wei',
    'Geoffrey Hinton',
  ],
  org: ['Google DeepMind', 'deepset'],
  cat: ['cs.CL', 'cs.LG', 'math.PR', 'stat.ML'],
  date: ['2025-03-31', '2025-03', '2025'],
  title: ['never offered'],
}
const values = (field: FieldName) => VALUES[field] ?? []

/** The completions where `|` stands in the text. */
function at(marked: string): { text: string; found: readonly Completion[] } {
  const cursor = marked.indexOf('|')
  const text = marked.slice(0, cursor) + marked.slice(cursor + 1)
  return { text, found: complete(text, cursor, values) }
}
const labels = (marked: string) => at(marked).found.map(({ label }) => label)
/** The text after its first completion, `|` at its end. */
function applied(marked: string): string | null {
  const { text, found } = at(marked)
  const [first] = found
  return first ? `${text.slice(0, first.start)}${first.insert}|${text.slice(first.end)}` : null
}

it('takes a whole “or” for the operator', () => {
  expect(complete('a or', 4, () => [])).toEqual([])
  expect(complete('a org', 5, () => []).map(({ label }) => label)).toEqual(['org:'])
})

describe('names of fields', () => {
  it.each([
    ['au|', ['author:']],
    ['AU|', ['author:']],
    ['a ab|', ['abstract:']],
    ['a -ti|', ['title:']],
    ['(up|', ['upvotes:']],
    ['-(st|', ['stars:']],
    ['or|', ['org:']],
    ['author|', ['author:']],
    ['au|thor', ['author:']],
    ['(au|) b', ['author:']],
    ['a|', []],
    ['|', []],
    ['au |', []],
    ['au|tism', []],
    ['xau|', []],
    ['"au|', []],
    ['au|thor:x', []],
    ['nope:au|', []],
  ])('are offered at %j', (marked, expected) => {
    expect(labels(marked)).toEqual(expected)
  })

  it('replace what was typed of them', () => {
    expect(applied('x -au| y')).toBe('x -author:| y')
    expect(applied('x au|thor')).toBe('x author:|')
    expect(at('x au|').found).toEqual([
      { start: 2, end: 4, insert: 'author:', label: 'author:', about: 'who wrote it' },
    ])
  })
})

describe('values', () => {
  it.each([
    ['is:|', ['unread', 'read', 'starred', 'later']],
    ['is:UN|', ['unread']],
    ['is:starrd|', ['starred']],
    ['a (-has:c|)', ['code']],
    ['sort:u|', ['upvotes', 'unread', '-upvotes', '-unread']],
    ['sort:-p|', ['-published', 'published']],
    ['cat:cs|', ['cs.CL', 'cs.LG']],
    ['cat:cs.l|', ['cs.LG', 'cs.CL']],
    ['cat:pr|', ['math.PR']],
    ['date:2025-03|', ['2025-03-31']],
    ['org:deep|', ['deepset', 'Google DeepMind']],
    // The beginning of the name, then of a word in it; nearly the same last.
    ['author:li|', ['Li', 'Lina Wei', 'Bill "Li" Gates (Sr)', 'Fei-Fei Li']],
    ['author:"fei li|', ['Fei-Fei Li']],
    ['author:leo|', ['Léonie Żak']],
    ['author:ŻAK|', ['Léonie Żak']],
    ['author:hintn|', ['Geoffrey Hinton']],
    ['author:"geofrey hin|', ['Geoffrey Hinton']],
    ['author:yann le|', []],
    ['author:"yann|" b', ['Yann LeCun']],
    ['author:"yann"|', []],
    ['title:ne|', []],
    ['upvotes:5|', []],
    ['auther:li|', []],
    ['xyz:li|', []],
    ['is:unread |', []],
  ])('are offered at %j', (marked, expected) => {
    expect(labels(marked).slice(0, 4)).toEqual(expected)
  })

  it.each([
    ['is:un|', 'is:unread |'],
    ['is:un| b', 'is:unread |b'],
    ['is:un|rea', 'is:unread |'],
    ['is:|', 'is:unread |'],
    ['-(cat:m|)', '-(cat:math.PR |)'],
    ['author:yan|', 'author:"Yann LeCun" |'],
    ['author:"yann l| b', 'author:"Yann LeCun" |b'],
    ['author:"yann l|" b', 'author:"Yann LeCun" |b'],
    ['author:“yann l|', 'author:"Yann LeCun" |'],
    ['author:bill|', 'author:"Bill Li Gates (Sr)" |'],
    ['author:l|', 'author:"Léonie Żak" |'],
    ['author:"li|', 'author:"Li" |'],
    ['author:li|', 'author:Li |'],
  ])('%j becomes %j', (marked, expected) => {
    expect(applied(marked)).toBe(expected)
  })

  it('do not offer what stands there already, and say what they are', () => {
    expect(labels('is:unread|')).not.toContain('unread')
    expect(labels('author:Li|')).not.toContain('Li')
    expect(at('is:st|').found[0]?.about).toBe('papers you have starred')
  })

  it('are 8 at most, and the most wanted where many fit', () => {
    const many = Array.from({ length: 5000 }, (_, number) => `Ann Other${number}`)
    const found = complete('author:ann', 10, () => many)
    expect(found.map(({ label }) => label)).toEqual(many.slice(0, 8))
    expect(complete('author:other49', 14, () => many)[0]?.label).toBe('Ann Other49')
    expect(complete('author:', 7, () => many)).toHaveLength(8)
  })
})

describe('a completion', () => {
  const piece = fc.constantFrom(
    ...[
      'au',
      'is:',
      'author:',
      'cat:',
      'sort:',
      'li',
      'yann',
      'un',
      'cs',
      'or ',
      '-',
      '(',
      ')',
      '"',
      '“',
      ' ',
      ' ',
    ],
    ...['é', '😀', '\u0000', '\ud83d', ':', 'title:', '.', '\u0301', 'x'.repeat(40)],
  )
  const text = fc.oneof(fc.string({ unit: piece, maxLength: 16 }), fc.string({ unit: 'binary' }))
  const cursor = fc.oneof(
    { weight: 1, arbitrary: fc.nat(40) },
    { weight: 1, arbitrary: fc.constantFrom(-1, Number.NaN, 0.5) },
    // The end, most of the time.
    { weight: 4, arbitrary: fc.constant(1e9) },
  )

  it('lies in any text around the cursor, and applied it makes the same term', () => {
    let applications = 0
    fc.assert(
      fc.property(text, cursor, (typed, where) => {
        for (const { start, end, insert } of complete(typed, where, values)) {
          const inside = Math.min(Math.max(0, Math.trunc(where) || 0), typed.length)
          expect(start).toBeGreaterThanOrEqual(0)
          expect(start).toBeLessThanOrEqual(inside)
          expect(end).toBeGreaterThanOrEqual(inside)
          expect(end).toBeLessThanOrEqual(typed.length)
          const before = typed.slice(0, start) + insert
          const terms = parseQuery(before).terms
          // An order has no opposite, and a long text with no value yet is a pasted one.
          const kinds = before.includes('sort:') ? ['field', 'problem'] : ['field']
          if (before.length <= 300) expect(kinds).toContain(terms.at(-1)?.kind)
          expect(terms.at(-1)?.end).toBe(before.trimEnd().length)
          complete(before + typed.slice(end), before.length, values)
          applications++
        }
      }),
      { numRuns: 2000 },
    )
    expect(applications).toBeGreaterThan(100)
  })

  it.each(['a', '"', '(', 'au', 'author:', 'author:"', 'é', '\u0000'])(
    'is looked for in a moment in 10,000 characters of %j',
    (unit) => {
      const long = unit.repeat(10_000).slice(0, 10_000)
      const began = processorTime()
      expect(complete(long, long.length, values).length).toBeLessThanOrEqual(8)
      expect(complete(`author:${long}`, long.length + 7, values).length).toBeLessThanOrEqual(8)
      expect(processorTime() - began).toBeLessThan(1000)
    },
  )
})
