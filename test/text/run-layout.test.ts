import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Run } from '../../src/text/document.ts'
import { wrap } from '../../src/text/layout.ts'
import { runsText, styled, wrapRuns } from '../../src/text/run-layout.ts'

const bold = (text: string): Run => ({ text, styles: ['bold'] })
const math = (text: string): Run => ({ text, styles: ['math'] })
const plain = (text: string): Run => ({ text })

describe('wrapRuns', () => {
  it.each<[string, Run[], number, Run[][]]>([
    ['between words', [plain('one two three')], 7, [[plain('one two')], [plain('three')]]],
    ['between runs', [plain('one '), bold('two')], 4, [[plain('one')], [bold('two')]]],
    [
      'not within a word of two runs',
      [plain('a foot'), bold('note')],
      8,
      [[plain('a')], [plain('foot'), bold('note')]],
    ],
    ['within a run', [bold('one two'), plain('!')], 4, [[bold('one')], [bold('two'), plain('!')]]],
    [
      'within a word that is too long',
      [plain('ab'), bold('cdef')],
      4,
      [[plain('ab'), bold('cd')], [bold('ef')]],
    ],
    ['within a long word that is wide', [plain('漢字'), bold('仮名')], 5, [[plain('漢字')], [bold('仮名')]]],
    [
      'not within a short formula',
      [plain('so '), math('a + b'), plain(', and')],
      8,
      [[plain('so')], [math('a + b'), plain(',')], [plain('and')]],
    ],
    ['within a formula no line holds', [math('a + b = c')], 6, [[math('a + b')], [math('= c')]]],
    [
      'within a long formula',
      [plain('so '), math('a + b + c + d + e + f + g')],
      24,
      [[plain('so '), math('a + b + c + d + e + f')], [math('+ g')]],
    ],
    ['where there is no word', [plain(' '), bold('')], 8, []],
  ])('breaks %s', (_where, runs, width, lines) => {
    expect(wrapRuns(runs, width)).toEqual(lines)
  })

  it('keeps the link on each part of its text', () => {
    const href = 'https://example.org/'
    expect(wrapRuns([{ text: 'a long link', href }], 6)).toEqual([
      [{ text: 'a long', href }],
      [{ text: 'link', href }],
    ])
  })

  it('breaks where wrap does, whatever the runs', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab -–’é漢\u00a0'), maxLength: 30 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), fc.integer({ min: 1, max: 20 }), (texts, width) => {
        const runs = texts.map((part, at): Run => (at % 2 === 0 ? plain(part) : bold(part)))
        const whole = texts.join('')
        const lines = wrap(whole, width).map((line) => line.text)
        expect(wrapRuns(runs, width).map(runsText)).toEqual(whole.trim() === '' ? [] : lines)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['a word', 'x'.repeat(1_000_000)],
    ['words', 'tide '.repeat(200_000)],
    ['spaces', `${' '.repeat(1_000_000)}x`],
    ['accented words', 'e\u0301 '.repeat(300_000)],
  ])('takes a megabyte of %s', (_kind, text) => {
    const lines = wrapRuns([plain(text)], 80)
    expect(lines.map(runsText).join('').replaceAll(' ', '').length).toBe(text.replaceAll(' ', '').length)
  })
})

it('sets runs in a style once', () => {
  expect(styled([plain('a'), bold('b'), math('c')], 'bold')).toEqual([
    bold('a'),
    bold('b'),
    { text: 'c', styles: ['math', 'bold'] },
  ])
})
