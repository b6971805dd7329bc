import { describe, expect, it } from 'vitest'
import { mathLines } from '../../../src/text/latex.ts'

const shows = (name: string, tex: string, ...lines: string[]) =>
  it(name, () => {
    expect(mathLines(tex)).toEqual(lines)
  })

describe('one line', () => {
  shows('a formula', 'E = mc^2', 'E = mc²')
  shows('an environment of one row', '\\begin{equation}a=b\\end{equation}', 'a = b')
  shows('a matrix of one row', '\\begin{pmatrix}a&b\\end{pmatrix}', '(a b)')
  shows('nothing', '', '')
})

describe('rows', () => {
  shows(
    'aligned at their signs',
    '\\begin{align}ab&=c\\\\&=d+e\\\\&\\le f\\end{align}',
    'ab = c',
    '   = d + e',
    '   ≤ f',
  )
  shows('aligned without an environment', 'a &= b \\\\ ccc &= d', '  a = b', 'ccc = d')
  shows(
    'in several columns',
    '\\begin{aligned}a&=b&c&=d\\\\aa&=bb&cc&=dd\\end{aligned}',
    ' a = b    c = d',
    'aa = bb  cc = dd',
  )
  shows(
    'apart where their source has a space there',
    '\\begin{aligned}\\min_x\\quad&f(x)\\\\ \\text{s.t.}\\quad&g(x)\\le 0\\end{aligned}',
    'minₓ  f(x)',
    's.t.  g(x) ≤ 0',
  )
  shows(
    'apart where words would run together',
    '\\begin{aligned}\\max&f\\\\ \\text{for}&x=1\\end{aligned}',
    'max f',
    'for x = 1',
  )
  shows(
    'of which the relation has a cell of its own',
    '\\begin{eqnarray}ab&=&c\\\\&\\le&d+e\\end{eqnarray}',
    'ab = c',
    '   ≤ d + e',
  )
  shows('of a gathering', '\\begin{gather}a=b\\\\ccc=d\\end{gather}', 'a = b', 'ccc = d')
  shows('broken without an alignment', 'a \\\\ b', 'a', 'b')
  shows('the last one ended like the others', 'a \\\\ b \\\\', 'a', 'b')
  shows('with their numbers', 'a&=b\\tag{1}\\\\c&=d\\tag{2}', 'a = b  (1)', 'c = d  (2)')
})

describe('matrices', () => {
  shows(
    'in brackets, joined with what stands beside them',
    'A = \\begin{bmatrix}a&b\\\\c&d\\\\e&f\\end{bmatrix} x',
    '    ⎡ a  b ⎤',
    'A = ⎢ c  d ⎥ x',
    '    ⎣ e  f ⎦',
  )
  shows('in parentheses', '\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}', '⎛ 1  0 ⎞', '⎝ 0  1 ⎠')
  shows('in bars', '\\begin{vmatrix}a&b\\\\c&d\\end{vmatrix}', '│ a  b │', '│ c  d │')
  shows('without brackets', '\\begin{matrix}a&b\\\\c&d\\end{matrix}', 'a  b', 'c  d')
  shows(
    'with cells in the middle of their columns',
    '\\begin{pmatrix}a&bbb\\\\ccc&d\\end{pmatrix}',
    '⎛  a   bbb ⎞',
    '⎝ ccc   d  ⎠',
  )
  shows('with rows that end early', '\\begin{pmatrix}a&b\\\\c\\end{pmatrix}', '⎛ a  b ⎞', '⎝ c    ⎠')
  shows('with scripts', '\\begin{pmatrix}a\\\\b\\end{pmatrix}^{-1}_n', '⎛ a ⎞⁻¹', '⎝ b ⎠ₙ')
  shows(
    'in each other',
    '\\begin{pmatrix}\\begin{matrix}a\\\\b\\end{matrix}&c\\end{pmatrix}',
    '⎛ a  c ⎞',
    '⎝ b    ⎠',
  )
  shows(
    'between brackets that grow',
    '\\left[\\begin{array}{ll}a&b\\\\c&d\\end{array}\\right]y',
    '⎡ a  b ⎤ y',
    '⎣ c  d ⎦',
  )
})

describe('cases', () => {
  shows(
    'two',
    '|x| = \\begin{cases}x & \\text{if }x\\ge0\\\\-x & \\text{otherwise}\\end{cases}',
    '|x| = ⎧ x   if x ≥ 0',
    '      ⎩ −x  otherwise',
  )
  shows(
    'three, their formula at the middle one',
    'f = \\begin{cases}a\\\\b\\\\c\\end{cases}',
    '    ⎧ a',
    'f = ⎨ b',
    '    ⎩ c',
  )
  shows('in aligned rows', 'x &= \\begin{cases}a\\\\b\\end{cases}\\\\y &= c', 'x = ⎧ a', '    ⎩ b', 'y = c')
})

describe('bounds', () => {
  const rows = '\\begin{matrix}a&b\\\\c&d\\end{matrix}'

  it('keeps very long formulas in one line', () => {
    expect(mathLines(`${rows}${'+x'.repeat(5000)}`)).toHaveLength(1)
  })

  it('draws no columns that are nearly empty', () => {
    expect(mathLines(`${'a&'.repeat(2000)}b\\\\${'a\\\\'.repeat(1000)}c`)).toHaveLength(1)
  })

  it('draws matrices within matrices, however deep', () => {
    const deep = `${'\\begin{matrix}a\\\\'.repeat(100)}x${'\\end{matrix}'.repeat(100)}`
    expect(mathLines(deep).length).toBeGreaterThan(40)
  })

  it('gives lines without line breaks', () => {
    expect(mathLines('a\nb &= \\text{c\nd} \\\\ e').join(' ')).not.toContain('\n')
  })
})
