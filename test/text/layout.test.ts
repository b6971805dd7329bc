import fc from 'fast-check'
import realStringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { cellWidth, fitCells, fits, takeCells, truncate, wrap } from '../../src/text/layout.ts'
import { graphemes } from '../../src/text/width.ts'

// Letters of every width, letters that grow together, and graphemes that are wider than two cells.
const pieces = fc.constantFrom(
  ...[
    'a',
    'word',
    'hyphen-ated',
    '.',
    ' ',
    ' ',
    '  ',
    '\n',
    '\u00a0',
    '\u3000',
    'é',
    'e\u0301',
    '\u0301',
    '★',
  ],
  ...['漢', '漢字仮名', 'ﾊﾞ', '한글', 'ᄒ', 'ᅡ', 'ᆫ', '\u0600', '👩', '👩\u200d🚀', '👨\u200d👩\u200d👧', '🏻'],
  ...['🇩', '🇪', 'क', '\u094d', 'ष', 'स्त्र्या', 'น้ำ', '\u200d', '\ufe0f', '1\ufe0f\u20e3', 'ش', '\u0489'],
)
const text = fc.oneof(
  fc.string({ unit: pieces, maxLength: 40 }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
)
const withoutSpace = (line: string) => line.replace(/\s+/g, '')

function expectWrapped(whole: string, cells: number): void {
  const lines = wrap(whole, cells)
  let end = 0
  for (const line of lines) {
    expect(realStringWidth(line.text)).toBeLessThanOrEqual(cells)
    expect(line.text).not.toContain('\n')
    expect(whole.slice(line.start, line.start + line.text.length)).toBe(line.text)
    expect(line.start).toBeGreaterThanOrEqual(end)
    end = line.start + line.text.length
  }
  expect(withoutSpace(lines.map((line) => line.text).join(''))).toBe(withoutSpace(whole))
}

describe('wrap', () => {
  it('gives lines that fit, are slices of the text in order, and hold all of it, for any text', () => {
    fc.assert(fc.property(text, fc.integer({ min: 2, max: 40 }), expectWrapped), { numRuns: 2000 })
  })

  it.each([
    ['letters', 'a'],
    ['wide letters', '漢'],
    ['accented letters', 'e\u0301'],
    ['emoji joined to families', '👨\u200d👩\u200d👧'],
    ['flags', '🇩🇪'],
    ['skin tones', '🏻'],
    ['conjuncts', 'स्त्र्या'],
    ['combining marks', '\u0301'],
    ['spaces', ' '],
    ['line breaks', '\n'],
  ])('ends for 10,000 characters of %s in a row', (_kind, unit) => {
    const word = `x${unit.repeat(Math.ceil(10_000 / unit.length))}`
    for (const cells of [2, 3, 79]) expectWrapped(word, cells)
  })

  it('breaks a grapheme that is wider than the line rather than trying for ever', () => {
    expectWrapped(`a${'🏻'.repeat(6)} b`, 4)
    expectWrapped('स्त्र्या', 2)
  })

  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one two three', 8, ['one two', 'three']],
    ['one two three', 3, ['one', 'two', 'thr', 'ee']],
    ['one  two', 20, ['one  two']],
    ['  indented', 20, ['indented']],
    ['one\ntwo', 20, ['one', 'two']],
    ['one\n\ntwo', 20, ['one', '', 'two']],
    ['trailing   ', 20, ['trailing']],
    ['漢字 仮名', 4, ['漢字', '仮名']],
    ['漢字仮名', 5, ['漢字', '仮名']],
    ['ab longword', 5, ['ab', 'longw', 'ord']],
    ['longword ab', 5, ['longw', 'ord', 'ab']],
    ['longword a', 5, ['longw', 'ord a']],
    ['', 10, ['']],
    ['\n', 10, ['', '']],
  ])('breaks %j at %i cells', (whole, cells, lines) => {
    expect(wrap(whole, cells).map((line) => line.text)).toEqual(lines)
  })

  it('puts as many words on a line as it holds', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(words, fc.integer({ min: 8, max: 30 }), (chosen, cells) => {
        const lines = wrap(chosen.join(' '), cells).map((line) => line.text)
        for (const [at, line] of lines.entries()) {
          const next = lines[at + 1]?.split(' ')[0]
          if (next !== undefined) expect(`${line} ${next}`.length).toBeGreaterThan(cells)
        }
        expect(lines.join(' ')).toBe(chosen.join(' '))
      }),
    )
  })

  it.each([1, 0, -5])('takes a width of %i for the two cells that a letter may need', (cells) => {
    expect(wrap('漢字 ab', cells)).toEqual(wrap('漢字 ab', 2))
  })
})

describe('takeCells', () => {
  it('takes the longest beginning of whole graphemes that fits, for any text', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), (whole, cells) => {
        const taken = takeCells(whole, cells)
        const all = graphemes(whole)
        const count = all.findIndex((_, at) => all.slice(0, at).join('').length === taken.length)
        const [next] = count < 0 ? [] : all.slice(count)
        expect(whole.startsWith(taken)).toBe(true)
        expect(count >= 0 || taken === whole).toBe(true)
        expect(realStringWidth(taken)).toBeLessThanOrEqual(cells)
        if (cells > 0 && next !== undefined)
          expect(realStringWidth(taken) + realStringWidth(next)).toBeGreaterThan(cells)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('truncate', () => {
  it('fits any text into the width and changes nothing that fits already', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: -2, max: 40 }), (whole, cells) => {
        const cut = truncate(whole, cells)
        expect(realStringWidth(cut)).toBeLessThanOrEqual(Math.max(0, cells))
        if (cells > 0 && realStringWidth(whole) <= cells) expect(cut).toBe(whole)
        else if (cells > 0) expect(cut).toMatch(/…$/)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['a long title', 8, 'a long…'],
    ['a long title', 7, 'a long…'],
    ['a long title', 12, 'a long title'],
    ['漢字仮名', 4, '漢…'],
    ['ab', 1, '…'],
    ['ab', 0, ''],
  ])('cuts %j to %i cells as %j', (whole, cells, cut) => {
    expect(truncate(whole, cells)).toBe(cut)
  })
})

describe('fitCells', () => {
  it('fills exactly the width with any line of text', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), (whole, cells) => {
        expect(realStringWidth(fitCells(whole, cells))).toBe(cells)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['ab', 4, 'ab  '],
    ['abcdef', 4, 'abc…'],
    ['漢字', 3, '漢…'],
    ['a漢字', 3, 'a… '],
    ['', 2, '  '],
  ])('makes %j %i cells wide as %j', (whole, cells, fitted) => {
    expect(fitCells(whole, cells)).toBe(fitted)
  })
})

it.each([
  ['', 0, true],
  ['ab', 2, true],
  ['ab', 1, false],
  ['漢字', 4, true],
  ['漢字', 3, false],
  ['e\u0301', 1, true],
  ['👨\u200d👩\u200d👧', 2, true],
  ['a'.repeat(1_000_000), 80, false],
])('%j fits in %i cells: %j', (whole, cells, expected) => {
  expect(fits(whole, cells)).toBe(expected)
})

it('cellWidth counts cells, not characters', () => {
  expect(cellWidth('漢e\u0301👩\u200d🚀')).toBe(5)
})
