import { describe, expect, it } from 'vitest'
import type { Run, TableCell } from '../../src/text/document.ts'
import { runsText } from '../../src/text/run-layout.ts'
import { placeCells } from '../../src/text/table-grid-layout.ts'
import { fittedTable, naturalTable, recordLines } from '../../src/text/table-layout.ts'

const cell = (text: string, facts: Partial<TableCell> = {}): TableCell => ({
  ...{ runs: text === '' ? [] : [{ text }], columns: 1, rows: 1, align: 'left' },
  ...facts,
})
const across = (text: string, columns: number) => cell(text, { columns, align: 'center' })
const down = (text: string, rows: number) => cell(text, { rows })

/** A table whose lines are rows and whose cells are parted by `|`; what ends in `>` stands right. */
const tableOf = (...rows: string[]) =>
  rows.map((row) =>
    row.split('|').map((text) => {
      const right = text.endsWith('>')
      return cell(right ? text.slice(0, -1) : text, { align: right ? 'right' : 'left' })
    }),
  )

const fitted = (rows: TableCell[][], head: number, width: number) =>
  fittedTable(placeCells(rows, head), width)?.map(runsText) ?? null
const natural = (rows: TableCell[][], head: number) =>
  naturalTable(placeCells(rows, head))?.map(runsText) ?? null
const records = (rows: TableCell[][], head: number, width: number) =>
  recordLines(placeCells(rows, head), width).map(runsText)

const BOATS = tableOf('boat|berth>|lanterns>', 'Heron|4>|12>', 'Grey Seal|11>|7>')

describe('a table that fits', () => {
  it.each<[string, TableCell[][], number, string[]]>([
    [
      'as wide as its cells',
      BOATS,
      1,
      [
        'boat       berth  lanterns',
        '──────────────────────────',
        'Heron          4        12',
        'Grey Seal     11         7',
      ],
    ],
    ['without a head', tableOf('a|b', 'cc|d'), 0, ['a   b', 'cc  d']],
    ['with a head alone', tableOf('a|b'), 1, ['a  b']],
    ['with wide letters', tableOf('灯台|x>', 'a|漢>'), 0, ['灯台   x', 'a     漢']],
    ['with short rows', tableOf('a|b|c', 'd', 'e|f'), 0, ['a  b  c', 'd', 'e  f']],
    ['with empty cells', tableOf('a||c', '||', '|b|'), 0, ['a     c', '   b']],
    [
      'with two rows in its head',
      [
        [down('a', 2), across('bb', 2)],
        [cell('c'), cell('d')],
        [cell('e'), cell('f'), cell('g')],
      ],
      2,
      ['a   bb', '   c  d', '───────', 'e  f  g'],
    ],
    [
      'with a heading wider than its columns',
      [
        [cell('a'), across('tide table', 2)],
        [cell('b'), cell('c'), cell('d')],
      ],
      1,
      ['a  tide table', '─────────────', 'b  c     d'],
    ],
    [
      'with a cell of two rows',
      [[down('a', 2), cell('b')], [cell('c')], [cell('d'), cell('e')]],
      0,
      ['a  b', '   c', 'd  e'],
    ],
    ['with a cell of no end', [[down('a', 1_000_000_000), cell('b')], [cell('c')]], 0, ['a  b', '   c']],
    [
      'with a row of no end',
      [[cell('a'), cell('b')], [across('c', 1_000_000_000)], [cell('d'), cell('e'), cell('f')]],
      0,
      ['a  b', '   c', 'd  e  f'],
    ],
    [
      'with a head that reaches down',
      [
        [down('a', 9), cell('b')],
        [cell('c'), cell('d')],
      ],
      1,
      ['a  b', '────', 'c  d'],
    ],
    [
      'with cells in the middle',
      [[cell('wide', { align: 'center' })], [cell('a', { align: 'center' })]],
      0,
      ['wide', ' a'],
    ],
    ['with nothing in it', [], 0, []],
    ['with empty rows', [[], []], 1, []],
    ['with empty cells alone', tableOf('|', '|'), 1, []],
  ])('is set %s', (_how, rows, head, lines) => {
    expect(fitted(rows, head, 40)).toEqual(lines)
  })

  it('heads its columns in bold and keeps the styles and links of its cells', () => {
    const runs: Run[] = [
      { text: 'so', styles: ['italic'] },
      { text: ' and', href: '#so' },
    ]
    expect(
      fittedTable(
        placeCells(
          [
            [cell('a'), cell('b')],
            [cell('', { runs }), cell('c')],
          ],
          1,
        ),
        20,
      ),
    ).toEqual([
      [{ text: 'a', styles: ['bold'] }, { text: '       ' }, { text: 'b', styles: ['bold'] }],
      [{ text: '─────────', styles: ['dim'] }],
      [...runs, { text: '  c' }],
    ])
  })
})

describe('a table that is too wide', () => {
  const PROSE = tableOf('boat|what it carries', 'Heron|salt and oil and rope for the lighthouse')

  it.each<[number, string[]]>([
    [
      34,
      [
        'boat   what it carries',
        '──────────────────────────────────',
        'Heron  salt and oil and rope for',
        '       the lighthouse',
      ],
    ],
    [
      20,
      [
        'boat   what it',
        '       carries',
        '────────────────────',
        'Heron  salt and oil',
        '       and rope for',
        '       the',
        '       lighthouse',
      ],
    ],
  ])('gives way in its widest column at %i cells', (width, lines) => {
    expect(fitted(PROSE, 1, width)).toEqual(lines)
  })

  it.each<[string, TableCell[][], number, boolean]>([
    ['words', tableOf('lighthouse|harbour'), 19, true],
    ['words', tableOf('lighthouse|harbour'), 18, false],
    ['values', tableOf('0.31 ± 0.02|0.5'), 16, true],
    ['values', tableOf('0.31 ± 0.02|0.5'), 15, false],
    ['long words', tableOf(`${'x'.repeat(60)}|a`), 19, true],
    ['long words', tableOf(`${'x'.repeat(60)}|a`), 18, false],
  ])('does not break %s', (_what, rows, width, fits) => {
    expect(fitted(rows, 0, width) !== null).toBe(fits)
  })

  it('lets a cell of two rows go on beside the second', () => {
    const rows = [[down('lanterns all along the quay', 2), cell('1')], [cell('2')], [cell('oil'), cell('3')]]
    expect(fitted(rows, 0, 12)).toEqual(['lanterns   1', 'all along  2', 'the quay', 'oil        3'])
  })

  it('does not get wider for a remark below it', () => {
    const rows = [
      [cell('a'), cell('b')],
      [across('counted from the quay on a clear night in summer, twice', 2)],
    ]
    expect(fitted(rows, 0, 60)?.length).toBe(3)
  })

  it('is as wide as it is to be scrolled, with cells of forty at most', () => {
    const rows = tableOf(`boat|${'oil '.repeat(15)}`, 'Heron|salt')
    expect(natural(rows, 1)).toEqual([
      `boat   ${'oil '.repeat(10).trim()}`,
      `       ${'oil '.repeat(5).trim()}`,
      '─'.repeat(47),
      'Heron  salt',
    ])
  })

  it('is not scrolled where nobody would come to its end', () => {
    const rows = [Array.from({ length: 501 }, () => cell('a'))]
    expect([fitted(rows, 0, 80), natural(rows, 0)]).toEqual([null, null])
  })
})

describe('a table as records', () => {
  it.each<[string, TableCell[][], number, string[]]>([
    [
      'with each value by its heading',
      BOATS,
      1,
      [
        'boat · berth ·',
        '  lanterns',
        '',
        'boat · Heron',
        'berth · 4',
        'lanterns · 12',
        '',
        'boat · Grey Seal',
        'berth · 11',
        'lanterns · 7',
      ],
    ],
    ['without headings', tableOf('a|b', '', 'cc|d'), 0, ['a · b', 'cc · d']],
    [
      'with long values',
      tableOf('boat', 'the Heron of the north quay'),
      1,
      ['boat', '', 'boat · the', '  Heron of the', '  north quay'],
    ],
    [
      'with two rows of headings',
      [[across('tide', 2)], [cell('low'), cell('high')], [cell('1'), cell('2')]],
      2,
      ['tide', 'low · high', '', 'tide low · 1', 'tide high · 2'],
    ],
    [
      'with what several rows share',
      [[cell('a'), cell('b')], [down('x', 2), cell('1')], [cell('2')]],
      1,
      ['a · b', '', 'a · x', 'b · 1', '', 'a · x', 'b · 2'],
    ],
    [
      'with what stands across its columns',
      [[cell('a'), cell('b')], [across('all', 2)]],
      1,
      ['a · b', '', 'all'],
    ],
    ['without what is empty', tableOf('a|b', '|', '|1'), 1, ['a · b', '', 'b · 1']],
  ])('is set %s', (_how, rows, head, lines) => {
    expect(records(rows, head, 16)).toEqual(lines)
  })

  it('shortens what it says again', () => {
    const long = 'l'.repeat(100)
    const lines = records([[cell(long), cell('b')], [down(long, 2), cell('1')], [cell('2')]], 1, 400)
    const short = `${'l'.repeat(31)}…`
    expect(lines).toEqual([
      `${long} · b`,
      '',
      `${short} · ${long}`,
      'b · 1',
      '',
      `${short} · ${short}`,
      'b · 2',
    ])
  })
})

it.each([
  [
    '2,000 rows of 100 columns',
    Array.from({ length: 2000 }, (_, row) => Array.from({ length: 100 }, (_, at) => cell(String(row * at)))),
  ],
  ['a row of 100,000 columns', [Array.from({ length: 100_000 }, (_, at) => cell(String(at)))]],
  [
    'rows that all reach to the end',
    Array.from({ length: 5000 }, (_, row) => [cell(String(row), { rows: 1e9 }), cell('x', { columns: 1e9 })]),
  ],
  ['a cell of a megabyte', [[cell('a'), cell('tide '.repeat(200_000))]]],
])('takes %s', (_what, rows) => {
  const grid = placeCells(rows, 0)
  for (const lines of [fittedTable(grid, 80) ?? naturalTable(grid), recordLines(grid, 80)])
    if (lines) expect(lines.length).toBeGreaterThanOrEqual(rows.length)
})
