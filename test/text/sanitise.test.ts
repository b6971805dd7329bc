import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sanitise, sanitiseUrl, unwrapLine, unwrapText } from '../../src/text/sanitise.ts'

const ESC = '\u001b'

// Everything that has ever been used to fool a terminal or a reader, among ordinary text.
const tricks = fc.constantFrom(
  ...[
    'word',
    'é',
    '漢',
    'क',
    '\u094d',
    'ش',
    'ی',
    ' ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '\u00a0',
    '\u2028',
    '\u0085',
  ],
  ...[
    `${ESC}[2J`,
    `${ESC}[31m`,
    `${ESC}]0;title\u0007`,
    `${ESC}]8;;http://example.org${ESC}\\`,
    `${ESC}P1$r`,
  ],
  ...[ESC, `${ESC}[`, '\u009b', '\u009d', '\u0000', '\u0007', '\u0008', '\u007f', '\u0090', '[31m', '0;1m'],
  ...['\u202e', '\u202a', '\u2066', '\u2069', '\u200e', '\u061c', '\u00ad', '\ufeff', '\u180e', '\u3164'],
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\u2062', '\ufff9', '\u115f', '\uffa0', '\u034f', '\u17b4'],
  ...['\u{e0041}', '\u{e0001}', '\u{e0100}', '\u{1bca0}', '\ufff0', '\u{1d173}', '\ud83d', '\ude00'],
  ...['👩', '🏽', '\ufe0f', '\u0301'],
)
const hostile = fc.oneof(
  fc.string({ unit: tricks, maxLength: 30 }),
  fc.string({ unit: 'binary' }),
  fc.string(),
)

// Controls but for line breaks, bidi controls, line separators, lone surrogates.
const OBEYED = /(?!\n)\p{Cc}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Cs}/u
// Invisible by definition, but for joiners and what goes with a letter or picture: selectors, the grapheme joiner.
const INVISIBLE =
  /(?!\u200c|\u200d|\u034f|[\ufe00-\ufe0f]|[\u180b-\u180d]|\u180f)\p{Default_Ignorable_Code_Point}/u
const LOOSE_JOINER =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/u

describe.each([
  ['sanitise', sanitise],
  ['unwrapLine', unwrapLine],
  ['unwrapText', unwrapText],
])('%s', (_name, clean) => {
  it('leaves nothing that a terminal would obey', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(clean(text)).not.toMatch(OBEYED)
      }),
      { numRuns: 1000 },
    )
  })

  it('leaves nothing that a reader could not see, but for joiners between letters', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(clean(text)).not.toMatch(INVISIBLE)
        expect(clean(text)).not.toMatch(LOOSE_JOINER)
      }),
      { numRuns: 1000 },
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(clean(clean(text))).toBe(clean(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps every letter and digit of a text without escape sequences', () => {
    const written = (text: string) =>
      (text.match(/[\p{L}\p{N}]/gu) ?? []).filter((letter) => !INVISIBLE.test(letter))
    fc.assert(
      fc.property(hostile, (text) => {
        const plain = text.replace(/[\u001b\u0080-\u009f]/g, '')
        expect(written(clean(plain))).toEqual(written(plain))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['a pile of marks', `a${'\u0301'.repeat(50)}`],
    ['a pile of marks with joiners between', `a${`${'\u0301'.repeat(8)}\u200d`.repeat(20)}`],
  ])('leaves at most eight marks of %s', (_kind, text) => {
    expect(clean(text).match(/\p{M}/gu)?.length).toBeLessThanOrEqual(8)
  })

  it.each([
    ['escape introducers', `${ESC}]`],
    ['unfinished titles', `${ESC}]0;abc `],
    ['brackets', '['],
    ['line breaks and spaces', '\n  '],
    ['joiners', '\u200d'],
    ['marks', '\u0301'],
  ])('copes with a hundred thousand %s', (_kind, unit) => {
    expect(clean(ESC + unit.repeat(100_000))).not.toMatch(OBEYED)
  })
})

it.each([
  ['Persian', 'می\u200cخواهم'],
  ['Sinhala', 'ශ්\u200dරී'],
  ['an emoji of two', '👩🏽\u200d🚀'],
  ['a heart in colour', '❤\ufe0f'],
  ['Vietnamese', 'Nguyễn'],
  ['Hebrew with points', 'שָׁלוֹם'],
])('what is spelled with joiners, marks and selectors stays as it is: %s', (_script, text) => {
  expect(unwrapLine(text)).toBe(text)
})

it('leaves a skin tone with who has it, and nowhere else', () => {
  expect(unwrapLine('👍🏽 🏽 ☝\ufe0f🏿 a🏿 👍🏽🏽')).toBe('👍🏽 ☝\ufe0f🏿 a 👍🏽')
})

describe('line breaks', () => {
  it.each([
    ['Two words\n  on two lines', 'Two words on two lines'],
    ['  spaces\t\u00a0 around ', 'spaces around'],
    ['a\r\nb\rc\u2028d', 'a b c d'],
    [`red ${ESC}[31mink${ESC}[0m`, 'red ink'],
    ['', ''],
    [' \n ', ''],
  ])('unwrapLine makes %j one line', (text, line) => {
    expect(unwrapLine(text)).toBe(line)
  })

  it.each([
    ['one\ntwo', 'one two'],
    ['one\n\ntwo', 'one\n\ntwo'],
    ['one\r\n \t\r\n\r\n  two\nthree', 'one\n\ntwo three'],
    ['\n\n one \n\n', 'one'],
    ['one\u2029\u2029two', 'one\n\ntwo'],
    ['', ''],
  ])('unwrapText keeps only the paragraphs of %j', (text, paragraphs) => {
    expect(unwrapText(text)).toBe(paragraphs)
  })

  it('unwrapText leaves no line break but between paragraphs', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const paragraph of unwrapText(text).split('\n\n')) {
          expect(paragraph).not.toContain('\n')
          expect(paragraph.trim()).toBe(paragraph)
        }
      }),
    )
  })
})

describe('sanitiseUrl', () => {
  it.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['http://example.org', 'http://example.org/'],
    [' https://example.org/\n', 'https://example.org/'],
    ['https://example.org/\u202egnp', 'https://example.org/gnp'],
    [`https://example.org/${ESC}[31mred`, 'https://example.org/red'],
    ['javascript:alert(1)', null],
    ['file:///etc/passwd', null],
    ['data:text/html,x', null],
    ['//example.org', null],
    ['example.org', null],
    ['https://', null],
    ['', null],
  ])('makes of %j %j', (text, url) => {
    expect(sanitiseUrl(text)).toBe(url)
  })

  it('gives an http address of printable ASCII or none, for any text', () => {
    const address = hostile.map((text) => `https://example.org/${text}`)
    fc.assert(
      fc.property(fc.oneof(hostile, address), (text) => {
        const url = sanitiseUrl(text)
        if (url !== null) expect(url).toMatch(/^https?:\/\/[\x21-\x7e]+$/)
      }),
      { numRuns: 500 },
    )
  })
})
