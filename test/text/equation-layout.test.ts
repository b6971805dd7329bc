import { describe, expect, it } from 'vitest'
import { brokenEquation, fittedEquation, isDrawn, naturalEquation } from '../../src/text/equation-layout.ts'
import { runsText } from '../../src/text/run-layout.ts'

const MATRIX = ['⎡ a  b ⎤', '⎢      ⎥', '⎣ c  d ⎦']

describe('an equation that fits', () => {
  it.each<[string, string[], string, number, string[]]>([
    ['in the middle', ['a = b'], '', 15, ['     a = b']],
    ['with its number at the edge', ['a = b'], '(1)', 15, ['     a = b  (1)']],
    ['further left where the number needs the room', ['a = b + c'], '(12)', 15, ['a = b + c  (12)']],
    [
      'with its number in the middle row',
      MATRIX,
      '(3)',
      20,
      ['      ⎡ a  b ⎤', '      ⎢      ⎥   (3)', '      ⎣ c  d ⎦'],
    ],
    ['with a number alone', [], '(4)', 10, ['       (4)']],
    ['with nothing', [], '', 10, []],
  ])('stands %s', (_where, lines, number, width, set) => {
    expect(fittedEquation({ lines, number }, width)?.map(runsText)).toEqual(set)
  })

  it('is mathematics, and its number is not', () => {
    expect(fittedEquation({ lines: ['x'], number: '(1)' }, 6)).toEqual([
      [{ text: 'x', styles: ['math'] }, { text: '  (1)' }],
    ])
  })
})

it.each([
  [['a = b'], '(1)', 9],
  [['a', 'a + b + c'], '', 8],
  [['a'], '(a very long number)', 12],
])('%j with the number %j does not fit in %i cells', (lines, number, width) => {
  expect(fittedEquation({ lines, number }, width)).toBeNull()
})

describe('an equation that does not fit', () => {
  it.each<[string, string, string, number, string[]]>([
    ['before relations', 'f(x) = g(x) ≤ h(x)', '', 16, ['f(x) = g(x)', '    ≤ h(x)']],
    ['before operators', 'f = aaaa + bbbb + cccc', '', 16, ['f = aaaa', '    + bbbb', '    + cccc']],
    ['between words', 'f(x) if the tide is low', '', 16, ['f(x) if the', '    tide is low']],
    ['anywhere', 'abcdefghijklmnopqrst', '', 16, ['abcdefghijkl', '    mnopqrst']],
    ['beside its number', 'aa = bb = cc = dd', '(1)', 20, ['aa = bb = cc     (1)', '   = dd']],
    ['above a long number', 'a = b', '(as before)', 14, ['    a = b', '   (as before)']],
    ['as far in as it is', '  aaaa = bbbb = cccc', '', 18, ['  aaaa = bbbb', '      = cccc']],
  ])('is broken %s', (_where, line, number, width, set) => {
    expect(brokenEquation({ lines: [line], number }, width).map(runsText)).toEqual(set)
  })

  it('is drawn as it is where its rows belong together', () => {
    expect(isDrawn({ lines: MATRIX, number: '' })).toBe(true)
    expect(isDrawn({ lines: ['a = b', '  = c'], number: '' })).toBe(false)
    expect(naturalEquation({ lines: MATRIX, number: '(3)' }).map(runsText)).toEqual([
      '⎡ a  b ⎤',
      '⎢      ⎥  (3)',
      '⎣ c  d ⎦',
    ])
  })

  it.each([
    ['letters', 'x'.repeat(1_000_000)],
    ['sums', 'x + '.repeat(250_000)],
    ['spaces', `x${' '.repeat(1_000_000)}y`],
  ])('may be a megabyte of %s', (_kind, line) => {
    const set = brokenEquation({ lines: [line], number: '' }, 80)
    expect(set.map(runsText).join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''))
  })
})
