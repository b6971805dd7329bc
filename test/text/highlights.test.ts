import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, words } from '../../src/paper.ts'
import { allowedTypos, meanings } from '../../src/search/spelling.ts'
import { highlights } from '../../src/text/highlights.ts'

const exact = (word: string) => ({ word, prefix: false })
const prefix = (word: string) => ({ word, prefix: true })

describe('words', () => {
  it.each([
    ['Self-Attention, revisited: GPT-4!', ['self', 'attention', 'revisited', 'gpt', '4']],
    ['Crème brûlée', ['creme', 'brulee']],
    ['  ', []],
    ['x^2 + $\\alpha$', ['x', '2', 'alpha']],
    ['深度学习 模型', ['深度学习', '模型']],
  ])('of %j are %j', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('stay the same when they are taken again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(words(words(text).join(' '))).toEqual(words(text))
        expect(fold(fold(text))).toBe(fold(text))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('highlights', () => {
  const shown = (text: string, ...matched: { word: string; prefix: boolean }[]) =>
    highlights(text, matched).map(({ start, end }) => text.slice(start, end))

  it.each([
    ['Attention and attentive readers', [exact('attention')], ['Attention']],
    ['Attention and attentive readers', [prefix('atten')], ['Atten', 'atten']],
    ['Attention', [exact('attention'), prefix('att')], ['Attention']],
    ['Crème brûlée', [exact('creme'), prefix('bru')], ['Crème', 'brû']],
    ['Cre\u0300me', [prefix('cre')], ['Cre\u0300me']],
    ['inattention', [exact('attention')], []],
    ['self-attention', [exact('attention')], ['attention']],
    ['anything', [], []],
  ])('in %j of %j are %j', (text, matched, expected) => {
    expect(shown(text, ...matched)).toEqual(expected)
  })

  it('lie inside the text, in order and apart, and show the words of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, asPrefix) => {
        const matched = words(text).map((word) => ({ word, prefix: asPrefix }))
        let end = 0
        for (const range of highlights(text, matched)) {
          expect(range.start).toBeGreaterThanOrEqual(end)
          expect(range.end).toBeGreaterThan(range.start)
          expect(range.end).toBeLessThanOrEqual(text.length)
          end = range.end
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('meanings', () => {
  const vocabulary = new Map([
    ['attention', 50],
    ['attentive', 3],
    ['retention', 9],
    ['attenton', 1],
    ['cat', 20],
    ['cart', 5],
    ['tensor', 10],
  ])
  const meant = (typed: string, unfinished = false) =>
    meanings(typed, unfinished, vocabulary).map(({ word, kind }) => `${kind} ${word}`)

  it.each([
    ['attention', false, ['exact attention']],
    ['atten', true, ['prefix atten']],
    ['attention', true, ['exact attention']],
    ['attnetion', false, ['corrected attention']],
    ['tenosr', false, ['corrected tensor']],
    ['tensr', false, ['corrected tensor']],
    ['cta', false, []],
    ['xyzzyxyzzy', false, []],
  ])('of %j, unfinished %j, begin with %j', (typed, unfinished, expected) => {
    expect(meant(typed, unfinished).slice(0, Math.max(1, expected.length))).toEqual(expected)
  })

  it('look past a rare word that may itself be a typo', () => {
    expect(meant('attenton').slice(0, 2)).toEqual(['exact attenton', 'corrected attention'])
  })

  it('are words of the library, or begin one, for any word', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', 't', 'e', 'n') })),
        fc.boolean(),
        (typed, unfinished) => {
          for (const { word, kind } of meanings(typed, unfinished, vocabulary)) {
            if (kind === 'prefix')
              expect([...vocabulary.keys()].some((known) => known.startsWith(word))).toBe(true)
            else expect(vocabulary.has(word)).toBe(true)
          }
        },
      ),
    )
  })

  it.each([
    ['cat', 0],
    ['cart', 1],
    ['encoder', 1],
    ['attention', 2],
  ])('forgive in %s %i typos', (word, typos) => {
    expect(allowedTypos(word)).toBe(typos)
  })
})
