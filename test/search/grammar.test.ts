import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELDS, type FieldName } from '../../src/search/fields.ts'
import { parseQuery, printQuery } from '../../src/search/grammar.ts'
import type { Node } from '../../src/search/query.ts'
import { processorTime } from '../support/processor.ts'

const word = (text: string): Node => ({ kind: 'word', text })
const phrase = (text: string): Node => ({ kind: 'phrase', text })
const not = (node: Node): Node => ({ kind: 'not', node })
const and = (...nodes: Node[]): Node => ({ kind: 'and', nodes })
const or = (...nodes: Node[]): Node => ({ kind: 'or', nodes })
const field = (name: Exclude<FieldName, 'sort'>, value: string, quoted = false): Node => ({
  kind: 'field',
  field: name,
  value,
  phrase: quoted,
})
const [a, b, c, d] = [word('a'), word('b'), word('c'), word('d')]

const tree = (text: string) => parseQuery(text).query.node
const whys = (text: string) => parseQuery(text).problems.map(({ why }) => why)
/** The terms of a text as `kind text`. */
const spans = (text: string) =>
  parseQuery(text).terms.map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`)

describe('words', () => {
  it.each([
    ['', null],
    [' \t\n\u0000\u009f ', null],
    ['a', a],
    ['a b', and(a, b)],
    ['a\u0000b\u001bc', and(a, b, c)],
    ['  a   b  ', and(a, b)],
    ['state-of-the-art', word('state-of-the-art')],
    ['C++, GPT-4.', and(word('C++,'), word('GPT-4.'))],
    ['和 Ünïcode', and(word('和'), word('Ünïcode'))],
    ['😀 ?! ... ™', word('™')],
    ['😀', null],
    ['5" x', and(word('5"'), word('x'))],
    ["it's", word("it's")],
    ['and', word('and')],
  ])('%j are kept as typed, apart from those without a letter or digit', (text, expected) => {
    expect(tree(text)).toEqual(expected)
  })
})

describe('or', () => {
  it.each([
    ['vision or language transformers', and(or(word('vision'), word('language')), word('transformers'))],
    ['a or b or c', or(a, b, c)],
    ['a OR b | c', or(a, b, c)],
    ['a b or c d', and(a, or(b, c), d)],
    ['a or b c or d', and(or(a, b), or(c, d))],
    ['(a b) or c', or(and(a, b), c)],
    ['a or (b or c)', or(a, b, c)],
    ['a or -b', or(a, not(b))],
    ['a or NOT b c', and(or(a, not(b)), c)],
    ['a|b', word('a|b')],
    ['orthogonal or', word('orthogonal')],
    // Dangling.
    ['or a', a],
    ['a or', a],
    ['a or ', a],
    ['(a or) b', and(a, b)],
    ['a (or b)', and(a, b)],
    ['a or or b', or(a, b)],
    ['or', null],
    ['a or or or', a],
    ['-or', null],
    // What says nothing yet is a neighbour all the same; what vanishes is none.
    ['a or title: b', and(a, b)],
    ['a or is:unr', a],
    ['a or 😀 b', or(a, b)],
  ])('%j joins its neighbours more tightly than standing beside each other', (text, expected) => {
    expect(tree(text)).toEqual(expected)
    expect(parseQuery(text).problems.filter(({ why }) => !why.startsWith('title'))).toEqual([])
  })
})

describe('not', () => {
  it.each([
    ['-a', not(a)],
    ['a -b', and(a, not(b))],
    ['-"a b"', not(phrase('a b'))],
    ['-is:read', not(field('is', 'read'))],
    ['-(a b)', not(and(a, b))],
    ['-(a or b) c', and(not(or(a, b)), c)],
    ['-(-a)', a],
    ['-(-(a b) c)', not(and(not(and(a, b)), c))],
    ['-(-(a b)) c', and(a, b, c)],
    ['--a', a],
    ['---a', not(a)],
    ['- a', a],
    ['-- a', a],
    ['-', null],
    ['(-) a', a],
    ['a-b', word('a-b')],
    ['"a"-b', and(phrase('a'), b)],
    ['(a "b")-c', and(a, phrase('b'), c)],
    ['NOT a', not(a)],
    ['NOT -a', a],
    ['NOT NOT a', a],
    ['NOT (a b)', not(and(a, b))],
    ['NOT (a) b', and(not(a), b)],
    ['not a', and(word('not'), a)],
    ['a NOT', a],
    ['(a NOT) b', and(a, b)],
    ['NOT or a', a],
    ['-NOT a', a],
    ['a AND b', and(a, b)],
    ['a AND NOT b', and(a, not(b))],
    ['AND', null],
    ['-😀 a', a],
    ['NOT 😀 a', a],
    ['NOT () a', a],
  ])('reads %j', (text, expected) => {
    expect(tree(text)).toEqual(expected)
    expect(whys(text)).toEqual([])
  })
})

describe('parentheses', () => {
  it.each([
    ['(a)', a],
    ['((a) (b))', and(a, b)],
    ['(a b', and(a, b)],
    ['-(a b', not(and(a, b))],
    ['a) b', and(a, b)],
    [') a', a],
    ['() a ( )', a],
    ['(a or b), c', and(or(a, b), c)],
    ['(a or b). or c', or(a, b, c)],
    ['(a )b', and(a, b)],
    ['O(n)', word('O(n)')],
    ['(O(n) a)', and(word('O(n)'), a)],
    ['(a O(n))', and(a, word('O(n)'))],
    ['-(a f(g(x)))', not(and(a, word('f(g(x))')))],
    ['-(a f(x )', not(and(a, word('f(x')))],
    ['f(x', word('f(x')],
    ['-(f)x y)', not(and(word('f)x'), word('y')))],
    ['"a"(b)', and(phrase('a'), b)],
    [`${'('.repeat(50)}a or b${')'.repeat(50)} c`, and(or(a, b), c)],
    [`${'-('.repeat(50)}-(a b)`, and(a, b)],
    [`-${'('.repeat(60)}a b${')'.repeat(59)} c) d`, and(not(and(a, b, c)), d)],
  ])('of %j are groups at the start and end of terms', (text, expected) => {
    expect(tree(text)).toEqual(expected)
    expect(whys(text)).toEqual([])
  })
})

describe('phrases', () => {
  it.each([
    ['"a b"', phrase('a b')],
    ['"a"', phrase('a')],
    ['“a b”', phrase('a b')],
    ['“a b"', phrase('a b')],
    ['" a \n b "', phrase('a b')],
    ['"a b', phrase('a b')],
    ['c "a b) or -d', and(c, phrase('a b) or -d'))],
    ['"" a', a],
    ['"?!" a', a],
    ['"a" "b"', and(phrase('a'), phrase('b'))],
    ['"a""b"', and(phrase('a'), phrase('b'))],
    ['"a" or "b c"', or(phrase('a'), phrase('b c'))],
    ['("a b") c', and(phrase('a b'), c)],
    ['"""', null],
    ['"author:x"', phrase('author:x')],
  ])('reads %j', (text, expected) => {
    expect(tree(text)).toEqual(expected)
  })
})

describe('fields', () => {
  it.each([
    ['author:lecun', field('author', 'lecun')],
    ['author:"yann lecun"', field('author', 'yann lecun', true)],
    ['author:"lecun"', field('author', 'lecun', true)],
    ['author:“yann  lecun', field('author', 'yann lecun', true)],
    ['Author:LeCun', field('author', 'LeCun')],
    ['(title:f(x))', field('title', 'f(x)')],
    ['title:a:b', field('title', 'a:b')],
    ['cat:cs.CL', field('cat', 'cs.cl')],
    ['cat:hep-th', field('cat', 'hep-th')],
    ['cat:CS', field('cat', 'cs')],
    ['org:"Google DeepMind"', field('org', 'Google DeepMind', true)],
    ['is:Unread', field('is', 'unread')],
    ['is:"unread"', field('is', 'unread')],
    ['has:code', field('has', 'code')],
    ['date:2025-09-30', field('date', '2025-09-30')],
    ['date:2024-02-29', field('date', '2024-02-29')],
    ['date:2025-01..2025-03', field('date', '2025-01..2025-03')],
    ['date:2025..', field('date', '2025..')],
    ['after:Yesterday', field('after', 'yesterday')],
    ['before:3M', field('before', '3m')],
    ['upvotes:>50', field('upvotes', '>50')],
    ['upvotes:"> 50"', field('upvotes', '>50')],
    ['comments:10..50', field('comments', '10..50')],
    ['stars:1000', field('stars', '1000')],
    ['id:2309', field('id', '2309')],
    ['id:2309.12288v3', field('id', '2309.12288')],
    ['id:arXiv:2309.12288', field('id', '2309.12288')],
    ['id:https://arxiv.org/abs/2309.12288', field('id', '2309.12288')],
    ['id:Math.gt/03', field('id', 'math.GT/03')],
    ['id:hep-ex/', field('id', 'hep-ex/')],
    ['a -author:x or b', and(a, or(not(field('author', 'x')), b))],
  ])('reads %j', (text, expected) => {
    expect(tree(`${text} `)).toEqual(expected)
    expect(whys(`${text} `)).toEqual([])
  })

  it.each([
    ['title: foo', 'title: needs a value right after the colon', word('foo')],
    ['author: ', 'author: needs a value right after the colon', null],
    ['author:"" a', 'author: needs a value right after the colon', a],
    ['(author:) a', 'author: needs a value right after the colon', a],
    ['author:?! a', 'author: takes a name (lecun or "yann lecun")', a],
    ['is:unr a', 'is: takes unread, read, starred, later or hidden', a],
    ['is:bogus', 'is: takes unread, read, starred, later or hidden', null],
    ['is:"unr"', 'is: takes unread, read, starred, later or hidden', null],
    [
      'date:2025-02-30',
      'date: takes a day (2025-09-30), a month or a year, or how long ago (7d, 2w, 3m, 1y)',
      null,
    ],
    [
      'after:2025..2026 a',
      'after: takes a day (2025-09-30), a month or a year, or how long ago (7d, 2w, 3m, 1y)',
      a,
    ],
    ['upvotes:many', 'upvotes: takes a number (50, >50, <=50, =50 or 10..50)', null],
    ['cat:cs.CL.x a', 'cat: takes an arXiv category or archive (cs.CL, math.PR, hep-th or just cs)', a],
    ['id:vision a', 'id: takes an arXiv id or its beginning (2309.12288, 2309.1, hep-ex/03)', a],
    ['-sort:day a', 'sort: sets the order, nothing can be its opposite', a],
    ['auther:lecun a', 'there is no field auther:, did you mean author:?', a],
    ['titel:"b c" a', 'there is no field titel:, did you mean title:?', a],
    ['-(Upvote:5) a', 'there is no field Upvote:, did you mean upvotes:?', a],
  ])('%j has a problem and is read without it', (text, why, rest) => {
    expect(whys(text)).toEqual([why])
    expect(tree(text)).toEqual(rest)
  })

  it.each([
    ...['author:', '-title:', '(is:', 'is:unr', 'is:', 'sort:d', 'has:"cod', 'date:2025-', 'date:202'],
    ...['date:yest', 'date:2025-02-3', 'date:2025..2026-', 'date:..', 'after:20', 'upvotes:>', 'upvotes:>='],
    ...['stars:5.', 'stars:..', 'cat:cs.', 'id:hep-e', 'id:2309.12288v', 'author:-'],
  ])('%j may still become something: no problem yet, and it says nothing', (text) => {
    expect(parseQuery(`a ${text}`)).toMatchObject({ query: { node: a }, problems: [], unfinished: true })
    expect(whys(`${text} a`)).toHaveLength(1)
  })

  it.each(['author:"', 'author:" ', 'is:"unr'])('%j may still become something in its quotes', (text) => {
    expect(parseQuery(`a ${text}`)).toMatchObject({ query: { node: a }, problems: [] })
  })

  it.each([
    ...[
      'BERT:',
      'http://x.y',
      're:zero',
      'https://arxiv.org/abs/2309.12288',
      'arXiv:2309.12288',
      'hep-th/9901001',
    ],
    ...[
      'title:attention-is-all-0123abcd',
      'TITLE:0123abcd',
      'auther:',
      'hash:x',
      'dat:x',
      'iss:x',
      'foo:"x',
      'ratio:1:2',
    ],
  ])('%j is a plain word', (text) => {
    expect(parseQuery(`${text} a`)).toMatchObject({ query: { node: and(word(text), a) }, problems: [] })
  })

  it.each([
    ['sort:day', 'day'],
    ['sort:Upvotes a', 'upvotes'],
    ['sort:day a sort:stars', 'stars'],
    ['sort:day a sort:wrong b', 'day'],
    ['(a sort:published) b', 'published'],
    ['NOT sort:day', null],
    ['a', null],
  ])('%j sets the order to %j and asks for nothing', (text, sort) => {
    expect(parseQuery(text).query.sort).toBe(sort)
    expect(JSON.stringify(tree(text))).not.toContain('sort')
  })

  it('have examples that are read as they say, and one name each', () => {
    expect(new Set(FIELDS.map(({ name }) => name)).size).toBe(FIELDS.length)
    for (const { name, example, values, check } of FIELDS) {
      const { query, problems } = parseQuery(`${example} `)
      expect(problems).toEqual([])
      if (name === 'sort') expect(query).toEqual({ node: null, sort: 'day' })
      else expect(query.node).toMatchObject({ kind: 'field', field: name })
      for (const { value, about } of values) {
        expect(check(value)).toBe(value)
        expect(about).not.toBe('')
      }
    }
  })
})

describe('pasted text', () => {
  const filler = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ')
  const filled = and(...filler.split(' ').map(word))
  const pasted = (start: string) => {
    const node = tree(`${start} ${filler}`)
    return node?.kind === 'and' ? node.nodes.slice(0, -60) : node
  }

  it.each([
    ['Abstract: We (or they) do NOT AND cannot', 'Abstract We they do not and cannot'],
    ['-x "quoted phrase", O(n) state-of-the-art...', 'x quoted phrase O(n state-of-the-art'],
    ["'title:foo' (auther:x) 😀 | 1.5%", 'title foo auther x 1.5'],
    ['Is: this title: ours?', 'Is this title ours'],
  ])('%j is words only', (start, expected) => {
    expect(pasted(start)).toEqual(expected.split(' ').map(word))
    expect(whys(`${start} ${filler}`)).toEqual([])
  })

  it.each([
    ['a or b', 'author:x', or(a, b)],
    ['a or b', '-is:read', or(a, b)],
    ['"a b"', '', phrase('a b')],
    ['“a b', '”', phrase(`a b ${filler}`)],
    ['| a or b', '', or(a, b)],
  ])('%j … %j is none: it uses a field, or begins with quotes or a sign', (start, end, first) => {
    const node = tree(`${start} ${filler} ${end}`)
    expect(node?.kind === 'and' ? node.nodes[0] : node).toEqual(first)
  })

  it('begins after 300 characters', () => {
    const text = `a or ${'b'.repeat(295)}`
    expect(tree(text)?.kind).toBe('or')
    expect(tree(`  ${text}  `)?.kind).toBe('or')
    expect(tree(`${text}b`)?.kind).toBe('and')
  })

  it('is printed as it is, and a long query so that it is not taken for one', () => {
    expect(printQuery({ node: filled, sort: null })).toBe(filler)
    const long = parseQuery(`a | b ${'c '.repeat(140)} d | e`).query
    const many = parseQuery(`${Array.from({ length: 70 }, () => 'a').join(' | ')}`).query
    expect(printQuery(long).length).toBeLessThan(300)
    expect(printQuery(many)).toMatch(/^\| a or a or .{200,}/)
    expect(parseQuery(printQuery(many)).query).toEqual(many)
  })
})

describe('unfinished', () => {
  it.each([
    ['', false],
    ['a', true],
    ['a ', false],
    ['a\n', false],
    ['"a', true],
    ['"a"', false],
    ['a "', true],
    ['a"', true],
    ['author:"a', true],
    ['author:"a"', false],
    ['author:a', true],
    ['(a)', false],
    ['(a', true],
    ['a or', true],
    ['is:unread', true],
    [`${'a '.repeat(200)}b`, true],
    ['a '.repeat(200), false],
  ])('after %j: %j', (text, expected) => {
    expect(parseQuery(text).unfinished).toBe(expected)
  })
})

describe('terms', () => {
  it.each([
    ['a or "b c"', ['word a', 'operator or', 'phrase "b c"']],
    ['-(author:x NOT b)', 'operator -|operator (|field author:x|operator NOT|word b|operator )'.split('|')],
    ['is:unr auther:x', ['problem is:unr', 'problem auther:x']],
    ['a is:unr', ['word a', 'field is:unr']],
    ['a)', ['word a']],
    ['(a), b', ['operator (', 'word a', 'operator )', 'word b']],
    ['- --x', ['operator --', 'word x']],
    ['author:"a b', ['field author:"a b']],
  ])('of %j', (text, expected) => {
    expect(spans(text)).toEqual(expected)
  })

  it('are where the problems are', () => {
    expect(parseQuery('a -is:x b').problems).toEqual([
      { start: 3, end: 7, why: 'is: takes unread, read, starred, later or hidden' },
    ])
  })
})

describe('printQuery', () => {
  it.each([
    ['', ''],
    ['  vision   OR language  transformers ', 'vision or language transformers'],
    ['(a b) | c', '(a b) or c'],
    ['NOT (a or b', '-(a or b)'],
    ['((a or b)) AND c', 'a or b c'],
    ['-(a O(n', '-(a O(n )'],
    ['“a b', '"a b"'],
    ['sort:day AUTHOR:“x” Cat:cs.CL', 'author:"x" cat:cs.cl sort:day'],
    ['is:nothing sort:DAY ', 'sort:day'],
    ['NOT -(NOT (b))', '-b'],
  ])('prints %j as %j', (text, expected) => {
    expect(printQuery(parseQuery(text).query)).toBe(expected)
  })
})

const piece = fc.constantFrom(
  ...[
    '(',
    ')',
    '"',
    '“',
    '-',
    ' ',
    ' ',
    ' ',
    '|',
    ':',
    ' or ',
    'OR',
    ' AND ',
    ' NOT ',
    'and',
    ',',
    '.',
    '..',
  ],
  ...[
    'title:',
    'Author:',
    'auther:',
    'is:',
    'is:read',
    'sort:day',
    'sort:',
    'upvotes:',
    '>5',
    'date:2025',
    '-01',
  ],
  ...[
    'id:',
    '2309',
    '.12288',
    'deadbeef',
    'cat:',
    'cs.CL',
    'https://arxiv.org/abs/',
    '/',
    'a',
    'b',
    'O(n)',
    'f(',
  ],
  ...['é', '\u0301', '™', '😀', 'ͺ', '漢', '\ud83d', '\u0000', '\n', '\u00a0', '\u200b', 'x'.repeat(60)],
)
const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: piece, maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: piece, minLength: 60, maxLength: 200 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 400 }) },
)

/** Whether a tree keeps what `Node` promises. */
function isSound(node: Node): boolean {
  switch (node.kind) {
    case 'word':
      return /^\S+$/.test(node.text) && !/^(?:or|\|)$/i.test(node.text)
    case 'phrase':
      return node.text !== '' && !/["“”]|\s\s|^\s|\s$/.test(node.text)
    case 'field':
      return FIELDS.find(({ name }) => name === node.field)?.check(node.value) === node.value
    case 'not':
      return node.node.kind !== 'not' && isSound(node.node)
    default:
      return node.nodes.length >= 2 && node.nodes.every((part) => part.kind !== node.kind && isSound(part))
  }
}

describe('any text', () => {
  it('gives a sound tree that is printed so that it is read again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { query } = parseQuery(text)
        expect(query.node === null || isSound(query.node)).toBe(true)
        const printed = printQuery(query)
        const again = parseQuery(printed)
        expect(again.query).toEqual(query)
        expect(again.problems).toEqual([])
        expect(printQuery(again.query)).toBe(printed)
      }),
      { numRuns: 3000 },
    )
  })

  it('gives terms and problems that lie in it, in order and apart', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { terms, problems } = parseQuery(text)
        for (const parts of [terms, problems]) {
          let end = 0
          for (const part of parts) {
            expect(part.start).toBeGreaterThanOrEqual(end)
            expect(part.end).toBeGreaterThan(part.start)
            expect(part.end).toBeLessThanOrEqual(text.length)
            end = part.end
          }
        }
        const wrong = terms.filter(({ kind }) => kind === 'problem')
        expect(wrong.map(({ start, end }) => [start, end])).toEqual(
          problems.map(({ start, end }) => [start, end]),
        )
      }),
      { numRuns: 1500 },
    )
  })

  it.each([
    ...['(', ')', '-', '"', '“', '()', '-(', 'a or or ', 'foo).', 'a).', '"a").', 'NOT ', '| ', 'a(', 'x)y('],
    ...['auther:"x', 'title:', 'a ', '(a ', '(a or b ', '-(a ', 'é', ':', 'a:', 'is:x', '\u0301'],
    ...['sort:day ', 'https://', '(a)b-', 'arxiv', '\u0000', '😀', '…', '"a b', '-"', 'a"b'],
  ])('of 10,000 characters of %j is read and printed in a moment', (unit) => {
    for (const start of ['', '| ', '"', 'author:x ', '(']) {
      const text = (start + unit.repeat(10_000)).slice(0, 10_000)
      const began = processorTime()
      const { query } = parseQuery(text)
      const printed = printQuery(query)
      // Some 30 ms at most; time that grows with the square of the length takes seconds.
      expect(processorTime() - began).toBeLessThan(1000)
      expect(parseQuery(printed).query).toEqual(query)
    }
  })
})
