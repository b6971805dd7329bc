import { describe, expect, it } from 'vitest'
import type { Block, Run } from '../../src/text/document.ts'
import { gap, layOutBlock, layOutBlocks } from '../../src/text/document-layout.ts'
import { runsText } from '../../src/text/run-layout.ts'

const runs = (text: string): Run[] => [{ text }]
const paragraph = (text: string, ...anchors: string[]): Block => ({
  kind: 'paragraph',
  runs: runs(text),
  anchors,
})
const quote = (...blocks: Block[]): Block => ({ kind: 'quote', blocks })
const reference = (label: string, text: string): Block => ({ kind: 'reference', label, runs: runs(text) })
const list = (...items: [label: string, ...blocks: Block[]][]): Block => ({
  kind: 'list',
  items: items.map(([label, ...blocks]) => ({ label, blocks })),
})
const verbatim = (...lines: string[]): Block => ({ kind: 'verbatim', lines: lines.map(runs) })
const figure = (facts: Partial<Extract<Block, { kind: 'figure' }>>): Block => ({
  ...{ kind: 'figure', pictures: [], blocks: [], caption: [] },
  ...facts,
})
const MATRIX = ['⎡ aaaa  bbbb ⎤ ⎡ eeee ⎤', '⎣ cccc  dddd ⎦ ⎣ ffff ⎦']

const textOf = (block: Block, width: number, overflow: 'scroll' | 'stack' = 'scroll') =>
  layOutBlock(block, width, overflow).lines.map((line) => runsText(line.runs) + (line.wide ? ' »' : ''))

describe('a block', () => {
  it.each<[string, Block, string[]]>([
    ['a title', { kind: 'heading', level: 1, runs: runs('Few Lanterns') }, ['Few Lanterns', '────────────']],
    [
      'a title of two lines',
      { kind: 'heading', level: 1, runs: runs('Counting Boats by Few Lanterns') },
      ['Counting Boats by Few', 'Lanterns', '────────────────────────'],
    ],
    ['a heading', { kind: 'heading', level: 2, runs: runs('1 Tides') }, ['1 Tides']],
    [
      'a paragraph',
      paragraph('The tide comes in and the boats rise.'),
      ['The tide comes in and', 'the boats rise.'],
    ],
    ['a paragraph of nothing', paragraph(' '), []],
    ['a rule', { kind: 'rule' }, ['────────────────────────']],
    [
      'a list',
      list(['•', paragraph('low tide')], ['•', paragraph('high tide, when all the boats drift')]),
      ['• low tide', '• high tide, when all', '  the boats drift'],
    ],
    [
      'labels of one column',
      list(['9.', paragraph('low')], ['10.', paragraph('high')]),
      ['9.  low', '10. high'],
    ],
    [
      'labels above what they label',
      list(['a', paragraph('x')], ['low water', paragraph('when boats lean on each other')]),
      ['a   x', 'low water', '    when boats lean on', '    each other'],
    ],
    ['an item of nothing', list(['•'], ['•', paragraph('x')]), ['•', '• x']],
    [
      'a list in a list',
      list(['1.', paragraph('x'), list(['•', paragraph('y')])], ['2.', paragraph('z')]),
      ['1. x', '   • y', '2. z'],
    ],
    [
      'items of several paragraphs',
      list(['•', paragraph('x'), paragraph('y')], ['•', paragraph('z')]),
      ['• x', '', '  y', '', '• z'],
    ],
    [
      'a quote',
      quote(paragraph('Light the darkest berth.'), paragraph('— pilots')),
      ['│ Light the darkest', '│ berth.', '│', '│ — pilots'],
    ],
    [
      'a theorem',
      { kind: 'theorem', title: runs('Theorem 1.'), blocks: [paragraph('There is a lantern.')] },
      ['Theorem 1.', '  There is a lantern.'],
    ],
    [
      'a note',
      { kind: 'note', label: '†', blocks: [paragraph('In calm weather, by day.')] },
      ['† In calm weather, by', '  day.'],
    ],
    ['a reference', reference('[1]', 'Marsh. On Oil. 2022.'), ['[1]   Marsh. On Oil.', '      2022.']],
    ['a reference of a long label', reference('Marsh (2022)', 'On Oil.'), ['Marsh (2022)', '    On Oil.']],
    [
      'a reference without a label',
      reference('', 'Marsh. On Oil. Saltmarsh Letters, 2022.'),
      ['Marsh. On Oil.', '      Saltmarsh Letters,', '      2022.'],
    ],
    [
      'a picture',
      figure({
        pictures: [{ src: 'https://example.org/a.png', alt: '' }],
        caption: runs('Figure 1: A boat.'),
      }),
      ['[picture]', '  Figure 1: A boat.'],
    ],
    [
      'pictures without a caption',
      figure({ pictures: ['the bay', 'a boat'].map((alt) => ({ src: 'https://example.org/', alt })) }),
      ['[the bay] [a boat]'],
    ],
    [
      'a captioned table',
      figure({
        blocks: [
          { kind: 'table', head: 0, rows: [[{ runs: runs('a'), columns: 1, rows: 1, align: 'left' }]] },
        ],
        caption: runs('Table 1: A.'),
      }),
      ['a', '', '  Table 1: A.'],
    ],
    ['code', verbatim('if low:', '    wait()', '', 'go()'), ['  if low:', '      wait()', '', '  go()']],
    [
      'wide code',
      verbatim('one()', 'count(all, the, boats, now)'),
      ['  one() »', '  count(all, the, boats, now) »'],
    ],
    [
      'a wide drawing',
      { kind: 'equation', lines: MATRIX, number: '(1)' },
      MATRIX.map((line, at) => `${line}${at === 0 ? '  (1)' : ''} »`),
    ],
  ])('%s', (_what, block, lines) => {
    expect(textOf(block, 24)).toEqual(lines)
  })

  it.each<[string, Block, string[]]>([
    [
      'code where it goes on',
      verbatim('    count(all, the, boats, now)'),
      ['      count(all, the,', '      ↳ boats, now)'],
    ],
    ['code that is far in', verbatim(`${' '.repeat(40)}go()`), ['       go()']],
    [
      'a drawing in its parts',
      { kind: 'equation', lines: MATRIX.slice(0, 1), number: '' },
      ['⎡ aaaa  bbbb ⎤ ⎡ eeee ⎤'],
    ],
    [
      'a table as records',
      {
        kind: 'table',
        head: 0,
        rows: [
          Array.from({ length: 9 }, (_, at) => ({
            runs: runs(`${at}00`),
            columns: 1,
            rows: 1,
            align: 'left' as const,
          })),
        ],
      },
      ['000 · 100 · 200 · 300', '  · 400 · 500 · 600 ·', '  700 · 800'],
    ],
  ])('is never wide when stacked: %s', (_what, block, lines) => {
    expect(textOf(block, 24, 'stack')).toEqual(lines)
  })

  it.each<[string, Block, Run[][]]>([
    [
      'headings',
      { kind: 'heading', level: 2, runs: [{ text: 'On ' }, { text: 'x', styles: ['math'] }] },
      [
        [
          { text: 'On ', styles: ['bold'] },
          { text: 'x', styles: ['math', 'bold'] },
        ],
      ],
    ],
    [
      'small headings',
      { kind: 'heading', level: 4, runs: runs('Thanks') },
      [[{ text: 'Thanks', styles: ['italic'] }]],
    ],
    [
      'notes',
      { kind: 'note', label: '1', blocks: [paragraph('By day.')] },
      [
        [
          { text: '1 ', styles: ['dim'] },
          { text: 'By day.', styles: ['dim'] },
        ],
      ],
    ],
    [
      'pictures',
      figure({ pictures: [{ src: 'https://example.org/a.png', alt: 'a boat' }] }),
      [[{ text: '[a boat]', styles: ['dim'], href: 'https://example.org/a.png' }]],
    ],
  ])('sets %s in their style', (_what, block, lines) => {
    expect(layOutBlock(block, 24, 'scroll').lines.map((line) => line.runs)).toEqual(lines)
  })

  it.each([7, 1, 0, -3])('takes a width of %i for the eight cells that it needs', (width) => {
    for (const block of [paragraph('harbour lights'), verbatim('count(boats)'), { kind: 'rule' } as const])
      expect(textOf(block, width)).toEqual(textOf(block, 8))
  })

  it('is set in where it is to be scrolled, also without a label', () => {
    const note: Block = { kind: 'note', label: '', blocks: [verbatim('x'.repeat(17))] }
    expect(textOf(note, 18)).toEqual([`  ${'x'.repeat(17)} »`])
  })

  it('is not set in where that leaves no room for words', () => {
    let block = paragraph('harbour lights')
    for (let depth = 0; depth < 100; depth++) block = depth % 2 === 0 ? quote(block) : list(['•', block])
    const [first, ...lines] = textOf(block, 24)
    expect(first).toBe('• │ • │ •')
    expect(lines.pop()).toBe('  │   │ harbour lights')
    expect(new Set(lines)).toEqual(new Set(['  │   │ •']))
  })
})

describe('anchors', () => {
  it('lead to the line of their block', () => {
    const inner = quote(paragraph('one two three four five six', 'a'), paragraph('seven', 'b', 'c'))
    const block: Block = {
      ...list(['•', paragraph('zero', 'z'), inner], ['•', paragraph('end', 'e')]),
      anchors: ['list'],
    }
    const { lines, anchors } = layOutBlock(block, 24, 'scroll')
    const found = anchors.map(([anchor, line]) => [anchor, runsText(lines[line]?.runs ?? [])])
    expect(found).toEqual([
      ['list', '• zero'],
      ['z', '• zero'],
      ['a', '  │ one two three four'],
      ['b', '  │ seven'],
      ['c', '  │ seven'],
      ['e', '• end'],
    ])
  })

  it('of what is empty lead to what stands there', () => {
    const { lines, anchors } = layOutBlocks([paragraph('x'), paragraph('', 'none')], 24, 'scroll')
    expect([lines.length, anchors]).toEqual([1, [['none', 0]]])
  })
})

it.each<[string, Block, string, Block, number]>([
  ['a paragraph', paragraph('a'), 'a paragraph', paragraph('b'), 1],
  ['a paragraph', paragraph('a'), 'a section', { kind: 'heading', level: 2, runs: runs('1') }, 2],
  ['a paragraph', paragraph('a'), 'a subsection', { kind: 'heading', level: 3, runs: runs('1.1') }, 1],
  [
    'a title',
    { kind: 'heading', level: 1, runs: runs('T') },
    'a section',
    { kind: 'heading', level: 2, runs: runs('1') },
    1,
  ],
  ['a reference', reference('[1]', 'a'), 'a reference', reference('[2]', 'b'), 0],
  ['a paragraph', paragraph('a'), 'a reference', reference('[1]', 'a'), 1],
])('between %s and %s', (_before, before, _after, after, blank) => {
  expect(gap(before, after)).toBe(blank)
  expect(
    layOutBlocks([before, after], 24, 'scroll').lines.filter((line) => line.runs.length === 0).length,
  ).toBe(blank)
})
