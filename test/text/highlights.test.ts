import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, words } from '../../src/paper.ts'
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
