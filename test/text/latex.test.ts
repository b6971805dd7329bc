import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latexRuns, latexText, mathLines, mathText } from '../../src/text/latex.ts'
import { unwrapText } from '../../src/text/sanitise.ts'

// What LaTeX is made of, and what breaks it. Options in brackets are left out: lengths in them are nothing to read.
const pieces = fc.constantFrom(
  ...[
    'a',
    'B',
    'x',
    'words here',
    '1',
    '25',
    '1,000',
    'α',
    'é',
    '漢',
    ' ',
    ' ',
    '\n',
    '.',
    ',',
    '(',
    ')',
    '|',
    "'",
    '"',
  ],
  ...[
    '+',
    '-',
    '--',
    '=',
    '<',
    '/',
    '*',
    '!',
    '%',
    ':',
    '`',
    '``',
    "''",
    '~',
    '#',
    '@',
    'https://a.org/b_c ',
  ],
  ...[
    '{',
    '}',
    '{',
    '}',
    '^',
    '_',
    '$',
    '$',
    '$$',
    '&',
    '\\',
    '\\\\',
    '\\(',
    '\\)',
    '\\[',
    '\\]',
    '\\{',
    '\\%',
    '\\$',
  ],
  ...[
    '\\alpha',
    '\\sum',
    '\\log ',
    '\\to ',
    '\\le ',
    '\\times',
    '\\infty',
    '\\quad',
    '\\,',
    '\\|',
    '\\mid',
    '\\deg ',
  ],
  ...[
    '\\frac',
    '\\sqrt',
    '\\sqrt[3]',
    '\\binom',
    '\\hat',
    '\\overline',
    '\\vec',
    '\\not',
    '\\overset',
    '\\underset',
  ],
  ...[
    '\\mathbb',
    '\\mathcal',
    '\\mathbf',
    '\\mathrm',
    '\\bm',
    '\\text',
    '\\textbf',
    '\\emph',
    '\\texttt',
    '\\operatorname',
  ],
  ...[
    '{\\bf ',
    '{\\em ',
    '\\over ',
    '\\choose ',
    '\\left(',
    '\\right)',
    '\\left',
    '\\right',
    '\\big',
    '\\middle|',
  ],
  ...[
    '\\begin{matrix}',
    '\\end{matrix}',
    '\\begin{cases}',
    '\\end{cases}',
    '\\begin{aligned}',
    '\\end{aligned}',
  ],
  ...[
    '\\begin{itemize}',
    '\\end{itemize}',
    '\\item ',
    '\\begin{foo}',
    '\\end{foo}',
    '\\foo',
    '\\foo{',
    '\\ours{}',
  ],
  ...[
    '\\footnote{',
    '\\cite{',
    '\\ref{',
    '\\url{',
    '\\"',
    "\\'",
    '\\^',
    '\\ss ',
    '\\xrightarrow',
    '\\pmod',
    '\\tag{',
  ],
)
const broken = fc.string({ unit: pieces, maxLength: 60 })

// The same in order: every command has its arguments, every bracket its other half.
const WITH_ONE =
  '\\sqrt \\hat \\overline \\vec \\mathbb \\mathbf \\mathrm \\text \\textbf \\operatorname \\norm \\pmod \\not'
const WITH_TWO = '\\frac \\binom \\overset \\underset \\stackrel'
const { formula } = fc.letrec<{ formula: string; part: string }>((tie) => ({
  formula: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      'a',
      'B',
      '7',
      '12',
      '1,000',
      '+',
      '-',
      '=',
      ',',
      ' ',
      '|',
      '\\alpha ',
      '\\sum ',
      '\\log ',
      '\\to ',
    ),
    fc.tuple(fc.constantFrom(...WITH_ONE.split(' ')), tie('formula')).map(([name, one]) => `${name}{${one}}`),
    fc
      .tuple(fc.constantFrom(...WITH_TWO.split(' ')), tie('formula'), tie('formula'))
      .map(([name, one, two]) => `${name}{${one}}{${two}}`),
    fc
      .tuple(tie('part'), fc.constantFrom('^', '_'), tie('formula'))
      .map(([base, place, script]) => `${base}${place}{${script}}`),
    fc.tuple(tie('formula'), tie('formula')).map(([one, two]) => `{${one}\\over ${two}}`),
    tie('formula').map((inner) => `{\\bf ${inner}}`),
    tie('formula').map((inner) => `\\left(${inner}\\right]`),
    fc
      .tuple(
        fc.constantFrom('matrix', 'bmatrix', 'cases', 'aligned'),
        fc.array(fc.array(tie('formula'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      )
      .map(
        ([name, rows]) => `\\begin{${name}}${rows.map((row) => row.join('&')).join('\\\\')}\\end{${name}}`,
      ),
  ),
}))
const latex = fc.oneof(
  broken,
  formula,
  formula.map((inner) => `words $${inner}$ words`),
)
const hostile = fc.oneof(latex, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))

const CONTROLS = /(?!\n)\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Cs}/u

const conversions: readonly (readonly [string, (source: string) => string])[] = [
  ['mathText', mathText],
  ['mathLines', (source) => mathLines(source).join('\n')],
  ['latexText', latexText],
]

// Names of commands and environments are nothing to read. Letters compare by what Unicode takes them for.
const folded = (text: string) =>
  text.replaceAll('∛', '3').replaceAll('ß', 'ss').normalize('NFKD').replace(/\p{M}/gu, '')
const letters = (text: string) => folded(text).match(/[\p{L}\p{N}]/gu) ?? []
const read = (source: string) => source.replace(/\\(?:begin|end)\{[a-z]*\}|\\[a-zA-Z]+/g, ' ')

function missing(source: string, text: string): string[] {
  const left = new Map<string, number>()
  for (const letter of letters(text)) left.set(letter, (left.get(letter) ?? 0) + 1)
  return letters(read(source)).filter((letter) => {
    const count = left.get(letter) ?? 0
    left.set(letter, count - 1)
    return count <= 0
  })
}

describe.each(conversions)('%s', (_name, convert) => {
  it('never throws, and leaves no control characters, whatever comes', () => {
    fc.assert(
      fc.property(hostile, (source) => {
        expect(convert(source)).not.toMatch(CONTROLS)
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps every letter and digit', () => {
    fc.assert(
      fc.property(latex, (source) => {
        expect(missing(source, convert(source))).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })
})

describe('hostile input', () => {
  it.each([
    ['open braces', '{'.repeat(300_000)],
    ['closing braces', '}'.repeat(300_000)],
    ['nested braces', `${'{'.repeat(50_000)}x${'}'.repeat(50_000)}`],
    ['nested fractions', `${'\\frac{1}{'.repeat(50_000)}x${'}'.repeat(50_000)}`],
    ['fractions without arguments', '\\frac'.repeat(50_000)],
    ['nested scripts', `${'x^{'.repeat(50_000)}y${'}'.repeat(50_000)}`],
    ['a long script', `x^{${'a+'.repeat(50_000)}b}`],
    ['many scripts', `x${'^a'.repeat(100_000)}`],
    ['nested accents', `${'\\hat{'.repeat(50_000)}x${'}'.repeat(50_000)}`],
    ['accents without braces', `${'\\hat'.repeat(50_000)}x`],
    ['nested brackets', `${'\\left('.repeat(50_000)}x${'\\right)'.repeat(50_000)}`],
    ['nested environments', `${'\\begin{matrix}'.repeat(50_000)}x${'\\end{matrix}'.repeat(50_000)}`],
    ['crossed environments', `${'\\begin{a}'.repeat(50_000)}${'\\end{b}'.repeat(50_000)}`],
    ['nested words and formulas', `${'\\text{$'.repeat(50_000)}x${'$}'.repeat(50_000)}`],
    ['shapes in shapes', `${'\\mathbf{'.repeat(48)}x${'}'.repeat(48)}`],
    ['powers of powers', `${'{'.repeat(48)}a+b${'}^2'.repeat(48)}`],
    ['matrices in matrices', `${'\\begin{matrix}a\\\\'.repeat(48)}x${'\\end{matrix}'.repeat(48)}`],
    ['cells', '&'.repeat(100_000)],
    ['rows', '\\\\'.repeat(100_000)],
    ['declarations', '\\bf x \\rm y '.repeat(50_000)],
    ['infixes', 'a\\over '.repeat(50_000)],
    ['dollar signs', '$'.repeat(100_000)],
    ['amounts', '$5 '.repeat(50_000)],
    ['quotes', '``a '.repeat(50_000)],
    ['open formulas', '\\('.repeat(100_000)],
    ['open emphasis', '\\emph{'.repeat(50_000)],
    ['open options', '\\item['.repeat(50_000)],
    ['open verbatim', '\\verb|a '.repeat(50_000)],
    ['backslashes', '\\'.repeat(100_000)],
    ['marks', `x${'\u0301'.repeat(100_000)}`],
    ['a long number', '1,000'.repeat(50_000)],
    ['a macro that calls itself', '\\def\\a{\\a\\a}\\a'.repeat(20_000)],
    ['links', 'https://'.repeat(50_000)],
    ['spaces', ' '.repeat(200_000)],
  ])(
    'comes to an end: %s',
    (_kind, source) => {
      for (const text of [mathText(source), latexText(source)])
        expect(text.length).toBeLessThan(8 * source.length)
      expect(mathLines(source.slice(0, 7000)).length).toBeLessThan(7000)
    },
    60_000,
  )

  it('comes to an end: a formula of a megabyte', () => {
    expect(mathText(`${'x + '.repeat(250_000)}x`)).toHaveLength(1_000_001)
  }, 60_000)

  it('comes to an end: a megabyte of aligned lines', () => {
    expect(mathText('a&=b\\\\'.repeat(170_000))).toHaveLength(170_000 * 7 - 2)
  }, 60_000)
})

describe('latexText', () => {
  it('is what the runs say, one after another', () => {
    fc.assert(
      fc.property(hostile, (source) => {
        const runs = latexRuns(source)
        expect(runs.map(({ text }) => text).join('')).toBe(latexText(source))
        expect(runs.every(({ text }) => text !== '')).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('leaves plain text as it is', () => {
    const word = fc.constantFrom(
      ...[
        'a',
        'Words',
        '2.5%',
        "don't",
        '"so"',
        '(AI)',
        'x-ray',
        '$5',
        'R&D',
        '#1',
        'é',
        'snake_case',
        '[1]',
        '~5',
        '–',
      ],
      ...['https://a.org/~b--c', 'a/b', 'x = y', 'use --help', 'α', '…', '{a, b}'],
    )
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = words.join(' ')
        expect(latexText(text)).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })

  it('leads to http(s) addresses only', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl(), fc.string(), fc.constantFrom('javascript:x', 'file:///x', 'data:x')),
        (address) => {
          for (const { href } of latexRuns(`\\href{${address}}{a} \\url{${address}}`))
            expect(href ?? 'https:').toMatch(/^https?:/)
        },
      ),
    )
  })

  it('keeps paragraphs apart', () => {
    expect(latexText(unwrapText('One $x$.\n\nTwo\n\\emph{three}.'))).toBe('One x.\n\nTwo three.')
  })
})
