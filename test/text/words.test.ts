import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../src/paper.ts'
import { foldedText, otherNumbers, plainWords, tokens } from '../../src/text/words.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('a', 'B', '-', '‐', ' ', 'é', 'β', 'ß', '½', '2', '\u0301', "'"),
    maxLength: 30,
  }),
)

describe('the words of a text', () => {
  it.each<[string, string[]]>([
    ['Attention Is All You Need', ['attention', 'is', 'all', 'you', 'need']],
    ['Crème brûlée', ['creme', 'brulee']],
    ['Weiß, Ørsted, Łucja', ['weiss', 'orsted', 'lucja']],
    ['GPT-4 at 3.5%', ['gpt', '4', 'at', '3', '5', 'gpt4']],
    ['pre-training', ['pre', 'training', 'pretraining']],
    [
      'vision-language-action models',
      ['vision', 'language', 'action', 'models', 'visionlanguage', 'languageaction', 'visionlanguageaction'],
    ],
    ['a - b', ['a', 'b']],
    ['β-VAE', ['beta', 'vae', 'betavae']],
    ['\\beta and β', ['beta', 'and', 'beta']],
    ['Μέθοδος', ['μεθοδος']],
    ['हिन्दी', ['हिन्दी']],
    ['½', ['1', '2']],
    ['\u0301', []],
    ['', []],
  ])('of %j are %j', (given, expected) => {
    expect(tokens(given).map(({ word }) => word)).toEqual(expected)
  })

  it('lie inside the text, plain ones in order, and are never empty', () => {
    fc.assert(
      fc.property(text, (given) => {
        let before = 0
        for (const { word, start, end, parts } of tokens(given)) {
          expect(word).not.toBe('')
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(given.length)
          if (parts > 1) continue
          expect(start).toBeGreaterThanOrEqual(before)
          before = start
        }
      }),
    )
  })

  it('are the same however a text is written: composed or not, in capitals or not', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(plainWords(given.normalize('NFD'))).toEqual(plainWords(given.normalize('NFC')))
      }),
    )
    expect(plainWords('ÉCOLE ÉTÉ')).toEqual(plainWords('école été'))
  })

  it('are found in the folded text, as whole words', () => {
    fc.assert(
      fc.property(text, (given) => {
        const folded = foldedText(given)
        const found = folded.text.split(/[^a-z0-9\u0080-\uffff]+/)
        for (const { word } of tokens(given)) expect(found).toContain(word)
        expect(folded.end).toBeLessThanOrEqual(folded.text.length)
      }),
    )
  })

  it('of folded text are the words themselves', () => {
    expect(plainWords(fold('Naïve Découpage'))).toEqual(['naive', 'decoupage'])
  })
})

describe('the other number of a word', () => {
  it.each([
    ['agent', 'agents'],
    ['agents', 'agent'],
    ['study', 'studies'],
    ['studies', 'study'],
    ['box', 'boxes'],
    ['boxes', 'box'],
    ['class', 'classes'],
    ['classes', 'class'],
  ])('of %s may be %s', (word, other) => {
    expect(otherNumbers(word)).toContain(other)
  })

  it.each(['a', 'is', '2025', 'gpt4s'])('of %s is not sought', (word) => {
    expect(otherNumbers(word)).toEqual([])
  })
})
