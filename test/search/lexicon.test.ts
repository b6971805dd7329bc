import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowedTypos, Lexicon, typos } from '../../src/search/lexicon.ts'

const lexiconOf = (counts: Record<string, number>) => {
  const words = Object.keys(counts).sort()
  return new Lexicon(
    Lexicon.join(words),
    Uint32Array.from(words, (word) => counts[word] ?? 0),
  )
}

const SOME = lexiconOf({
  attention: 50,
  attentive: 3,
  retention: 9,
  cat: 20,
  cart: 5,
  tensor: 10,
  tension: 2,
})

describe('a lexicon', () => {
  it('finds its words and counts their papers', () => {
    expect(SOME.papers(SOME.find('retention'))).toBe(9)
    expect(SOME.find('reten')).toBe(-1)
    expect(SOME.find('')).toBe(-1)
    expect(SOME.find('zzz')).toBe(-1)
  })

  it('knows the words that begin so', () => {
    const begun = (prefix: string) => {
      const [from, to] = SOME.begunBy(prefix)
      return Array.from({ length: to - from }, (_, at) => SOME.word(from + at))
    }
    expect(begun('tens')).toEqual(['tension', 'tensor'])
    expect(begun('cat')).toEqual(['cat'])
    expect(begun('x')).toEqual([])
    expect(begun('')).toHaveLength(SOME.size)
  })

  it.each([
    ['attnetion', false, ['attention']],
    ['ttention', false, ['attention', 'retention']],
    ['tenosr', false, ['tensor']],
    ['tensr', false, ['tensor']],
    ['atentiv', true, ['attentive']],
    ['xyzzyxyzzy', false, []],
  ])('holds near %j, unfinished %j, the words %j', (typed, unfinished, expected) => {
    const near = SOME.near(typed, allowedTypos(typed), unfinished).map(({ word }) => word)
    expect(near).toEqual(expect.arrayContaining(expected))
    if (expected.length === 0) expect(near).toEqual([])
  })

  it('finds near a word what comparing it with every word finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '7'), minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { maxLength: 40 }),
        word,
        fc.constantFrom(1, 2),
        (words, typed, allowed) => {
          const lexicon = lexiconOf(Object.fromEntries(words.map((one) => [one, 1])))
          const near = lexicon.near(typed, allowed, false).map((found) => `${found.word} ${found.typos}`)
          const expected = words
            .filter(
              (one) =>
                one !== typed &&
                typos(typed, one) <= allowed &&
                Math.abs(one.length - typed.length) <= allowed,
            )
            .map((one) => `${one} ${typos(typed, one)}`)
          expect(near.sort()).toEqual(expected.sort())
        },
      ),
      { numRuns: 500 },
    )
  })

  it('refuses words that are not as many as their counts', () => {
    expect(() => new Lexicon('a\nb\n', new Uint32Array(1))).toThrow(RangeError)
    expect(() => new Lexicon('a\n', new Uint32Array(2))).toThrow(RangeError)
  })
})

describe('typos', () => {
  it.each([
    ['word', 'wrod', 1],
    ['word', 'word', 0],
    ['word', 'ward', 1],
    ['word', 'words', 1],
    ['word', 'drow', 4],
    ['abcd', 'acbd', 1],
    ['learning', 'lerning', 1],
    ['learning', 'lerninx', 2],
  ])('between %s and %s are %i', (a, b, count) => {
    expect(typos(a, b)).toBe(count)
  })

  it.each([
    ['cat', 0],
    ['cart', 1],
    ['encoder', 1],
    ['attention', 2],
    ['20250101', 0],
    ['gpt4', 0],
  ])('in %s may be %i', (word, count) => {
    expect(allowedTypos(word)).toBe(count)
  })
})
