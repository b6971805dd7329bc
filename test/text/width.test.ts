import fc from 'fast-check'
import realStringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { graphemes, stringWidth } from '../../src/text/width.ts'

// What the fast path knows, what borders on it, and what it must hand on: keycaps, pictures, controls, styles.
const pieces = fc.constantFrom(
  ...[
    'a',
    'Z',
    '7',
    '#',
    '*',
    ' ',
    '~',
    'é',
    'ß',
    '©',
    '®',
    '¡',
    '\u00ad',
    'Α',
    'Σ',
    'ς',
    'Ж',
    'й',
    'ẞ',
    'ỹ',
  ],
  ...['‐', '’', '…', '‰', '‼', '←', '↓', '↔', '∀', '≠', '⋿', '─', '╿', '▀', '●', '★', '☆', '❝', '❤'],
  ...['\u0300', '\u0338', '\u034f', '\u036f', '\u0483', '\u20e3', '\ufe0e', '\ufe0f', '\u200b', '\u200d'],
  ...['漢', 'カ', 'ﾞ', '한', 'ᄒ', 'ᅡ', 'ᆫ', '\u0600', 'क', '\u094d', 'ष', 'ำ', '👩', '🏻', '🇩', '🇪', '\u3000'],
  ...[
    '\u001b[1m',
    '\u001b[38;5;120m',
    '\u001b[m',
    '\u001b[2K',
    '\u001b]8;;',
    '\u0007',
    '\u001b',
    '\u009b',
    '\n',
    '\t',
  ],
  ...['𝐱', '𝔽', 'ℝ', '⁻', 'ᵢ', '⟨', '⨯', '\u20d7', '\ud835'],
  ...['\ud83d', '\udc00', '\u0000', '\u007f'],
)
const mixtures = fc.string({ unit: pieces, maxLength: 24 })
const anyText = fc.oneof(
  mixtures,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
)

describe('stringWidth', () => {
  it('gives what string-width gives for every code unit', () => {
    const wrong: string[] = []
    const letters = Array.from({ length: 1024 }, (_, at) => String.fromCodePoint(0x1d400 + at))
    for (const letter of letters) if (stringWidth(letter) !== realStringWidth(letter)) wrong.push(letter)
    for (let unit = 0; unit <= 0xffff; unit++) {
      const character = String.fromCharCode(unit)
      if (stringWidth(character) !== realStringWidth(character)) wrong.push(unit.toString(16))
    }
    expect(wrong).toEqual([])
  })

  it('gives what string-width gives for every code unit beside a letter, a digit and an accent', () => {
    const wrong: string[] = []
    for (let unit = 0; unit <= 0xffff; unit++) {
      const character = String.fromCharCode(unit)
      for (const text of [`a${character}b`, `1${character}\u0301`, `${character}\u0301#`])
        if (stringWidth(text) !== realStringWidth(text)) wrong.push(unit.toString(16))
    }
    expect(wrong).toEqual([])
  })

  it('gives what string-width gives for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(stringWidth(text)).toBe(realStringWidth(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('gives what string-width gives for any text with any options', () => {
    const options = fc.record({ ambiguousIsNarrow: fc.boolean(), countAnsiEscapeCodes: fc.boolean() })
    fc.assert(
      fc.property(anyText, options, (text, chosen) => {
        expect(stringWidth(text, chosen)).toBe(realStringWidth(text, chosen))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['', 0],
    ['plain', 5],
    ['nai\u0308ve', 5],
    ['e\u0301\u0302', 1],
    ['\u0301', 0],
    ['漢字', 4],
    ['1\ufe0f\u20e3', 2],
    ['👩\u200d🚀', 2],
    ['\u001b[1mbold\u001b[22m', 4],
  ])('measures %j as %i cells', (text, cells) => {
    expect(stringWidth(text)).toBe(cells)
  })

  it.each([
    ['letters', 'a'],
    ['accents', '\u0301'],
    ['wide letters', '漢'],
  ])('measures a million %s without failing', (_name, unit) => {
    const text = `x${unit.repeat(1_000_000)}`
    expect(stringWidth(text)).toBe(realStringWidth(text))
  })
})

describe('graphemes', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

  it('cuts any text as the segmenter does, and what is wider than two cells into its parts', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cut = graphemes(text)
        let at = 0
        for (const { segment } of segmenter.segment(text)) {
          const parts: string[] = []
          while (parts.join('').length < segment.length) parts.push(cut[at++] ?? segment)
          if (realStringWidth(segment) <= 2) expect(parts).toEqual([segment])
          else expect(parts.join('')).toBe(segment)
          for (const part of parts) expect(realStringWidth(part)).toBeLessThanOrEqual(2)
        }
        expect(at).toBe(cut.length)
      }),
      { numRuns: 1000 },
    )
  })
})
