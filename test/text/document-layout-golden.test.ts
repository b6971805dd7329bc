// A paper with every kind of block as people see it, in test/golden/. After a wanted change `vitest run -u` writes it anew.

import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Block, Run, TableCell } from '../../src/text/document.ts'
import { layOutBlocks } from '../../src/text/document-layout.ts'
import { runsText } from '../../src/text/run-layout.ts'

const bold = (text: string): Run => ({ text, styles: ['bold'] })
const italic = (text: string): Run => ({ text, styles: ['italic'] })
const math = (text: string): Run => ({ text, styles: ['math'] })
const code = (text: string): Run => ({ text, styles: ['code'] })
const link = (text: string, href: string): Run => ({ text, href })
const plain = (text: string): Run => ({ text })

const paragraph = (...runs: (Run | string)[]): Block => ({
  kind: 'paragraph',
  runs: runs.map((run) => (typeof run === 'string' ? plain(run) : run)),
})

const cell = (
  text: string,
  align: TableCell['align'] = 'left',
  spans: { columns?: number; rows?: number } = {},
): TableCell => ({ runs: text === '' ? [] : [plain(text)], columns: 1, rows: 1, align, ...spans })

const row = (first: string, ...numbers: string[]): TableCell[] => [
  cell(first),
  ...numbers.map((number) => cell(number, 'right')),
]

const DOCUMENT: Block[] = [
  {
    kind: 'heading',
    level: 1,
    runs: [plain('Counting Boats by the Light of Few Lanterns')],
    anchors: ['top'],
  },
  paragraph(
    'Ada Marsh',
    link('¹', '#fn1'),
    ', Bo Lind · Saltmarsh Institute · code at ',
    link('example.org/lanterns', 'https://example.org/lanterns'),
  ),
  { kind: 'note', label: '1', blocks: [paragraph('Both authors carried lanterns, and neither fell in.')] },
  { kind: 'heading', level: 2, runs: [plain('Abstract')] },
  paragraph(
    'A harbour at night is a hard place to count in. We hang ',
    math('k'),
    ' lanterns where the water is darkest and show that the count is off by no more than ',
    math('O(√n / k)'),
    ' boats, whatever the tide does. Two summers on the quay bear this out: with ',
    math('k = 12'),
    ' lanterns our count came within one boat of the harbour master’s book on ',
    bold('nineteen of twenty'),
    ' nights.',
  ),
  { kind: 'heading', level: 2, runs: [plain('1 Introduction')], anchors: ['S1'] },
  paragraph(
    'Whoever counts boats counts shadows as well. Earlier work ',
    link('[1]', '#bib1'),
    ' lights the whole basin, which is dear; ',
    link('[12]', '#bib12'),
    ' lights none of it and ',
    italic('listens'),
    ', which is slow. We ask how little light will do, and find that the answer depends on one number only, the darkness ',
    math('δ(x) = 1 − ℓ(x)'),
    ' of the darkest berth. What we add:',
  ),
  {
    kind: 'list',
    items: [
      {
        label: '•',
        blocks: [paragraph('a rule for where to hang the next lantern, which needs no map of the harbour;')],
      },
      {
        label: '•',
        blocks: [
          paragraph('a bound on the error that holds'),
          {
            kind: 'list',
            items: [
              { label: '–', blocks: [paragraph('at low tide, when boats lean on each other, and')] },
              { label: '–', blocks: [paragraph('at high tide, when they drift.')] },
            ],
          },
        ],
      },
      { label: '•', blocks: [paragraph('a count of 4,112 boats by hand, in ', code('boats.csv'), '.')] },
    ],
  },
  { kind: 'heading', level: 3, runs: [plain('1.1 What a lantern sees')], anchors: ['S1.1'] },
  paragraph('A lantern at berth ', math('xᵢ'), ' sees a boat at ', math('y'), ' with probability'),
  { kind: 'equation', lines: ['p(y | xᵢ) = exp(−‖y − xᵢ‖² / 2σ²)'], number: '(1)', anchors: ['E1'] },
  paragraph('and all lanterns together miss what each of them misses, so that the light over the basin is'),
  {
    kind: 'equation',
    lines: [
      'L(x₁, …, xₖ) = ∑ⱼ₌₁ⁿ wⱼ (1 − ∏ᵢ₌₁ᵏ (1 − p(yⱼ | xᵢ))) ≥ ∑ⱼ₌₁ⁿ wⱼ (1 − exp(−∑ᵢ₌₁ᵏ p(yⱼ | xᵢ))) = L̂(x₁, …, xₖ)',
    ],
    number: '(2)',
  },
  paragraph('The basin turns with the tide:'),
  {
    kind: 'equation',
    lines: ['    ⎡ cos θ  −sin θ ⎤', 'R = ⎢               ⎥', '    ⎣ sin θ   cos θ ⎦'],
    number: '(3)',
  },
  {
    kind: 'theorem',
    title: [plain('Theorem 1 (Enough light).')],
    blocks: [
      paragraph('Let the darkest berth have darkness ', math('δ < 1'), '. Then the rule hangs at most'),
      { kind: 'equation', lines: ['k ≤ log n / log(1/δ)'], number: '(4)' },
      paragraph('lanterns before every boat is seen with probability one half.'),
    ],
    anchors: ['T1'],
  },
  {
    kind: 'theorem',
    title: [plain('Proof.')],
    blocks: [paragraph('Each lantern takes the factor ', math('δ'), ' off what is left in the dark. ∎')],
  },
  { kind: 'heading', level: 2, runs: [plain('2 Experiments')], anchors: ['S2'] },
  {
    kind: 'figure',
    pictures: [
      { src: 'https://example.org/basin.png', alt: '' },
      { src: 'https://example.org/tide.png', alt: 'the tide by the hour' },
    ],
    blocks: [],
    caption: [
      { text: 'Figure 1:', styles: ['dim'] },
      plain(
        ' The basin seen from the lighthouse, with the lanterns in the order in which the rule hangs them, and the tide of the night.',
      ),
    ],
    anchors: ['F1'],
  },
  {
    kind: 'figure',
    pictures: [],
    blocks: [
      {
        kind: 'table',
        head: 2,
        rows: [
          [
            cell('Rule', 'left', { rows: 2 }),
            cell('Low tide', 'center', { columns: 2 }),
            cell('High tide', 'center', { columns: 2 }),
          ],
          [
            cell('error', 'right'),
            cell('lanterns', 'right'),
            cell('error', 'right'),
            cell('lanterns', 'right'),
          ],
          row('every berth', '0.4', '96', '0.5', '96'),
          row('at random', '7.9', '12', '11.3', '12'),
          [
            ...row('ours', '1.1', '12', '1.4', '12').map((one) => ({
              ...one,
              runs: one.runs.map(({ text }) => bold(text)),
            })),
          ],
        ],
      },
    ],
    caption: [
      { text: 'Table 1:', styles: ['dim'] },
      plain(' Boats by which the count is off, and the lanterns it took.'),
    ],
  },
  paragraph('Readers of the harbour master’s book should know its columns:'),
  {
    kind: 'table',
    head: 1,
    rows: [
      [cell('Column'), cell('What it says'), cell('How far to trust it')],
      [
        cell('berth'),
        cell('where the boat lay, from the lighthouse on'),
        cell('always, as the berths are painted on the quay'),
      ],
      [
        cell('draught'),
        cell('how deep the boat lies in the water, in hands'),
        cell(
          'in calm weather, when the marks on the bow can be read from the quay without a boat of one’s own',
        ),
      ],
    ],
  },
  paragraph('All nights of the second summer, for those who want to count again:'),
  {
    kind: 'table',
    head: 1,
    rows: [
      [cell('night'), ...Array.from({ length: 18 }, (_, at) => cell(`berth ${at + 1}`, 'right'))],
      ...['first', 'second', 'third'].map((night, at) =>
        row(night, ...Array.from({ length: 18 }, (_, berth) => `${(berth * 7 + at * 5) % 23}.${at}`)),
      ),
    ],
  },
  {
    kind: 'figure',
    pictures: [],
    blocks: [
      {
        kind: 'verbatim',
        lines: [
          [bold('Require:'), plain(' berths '), math('B'), plain(', lanterns '), math('k')],
          [plain('1: '), bold('while'), plain(' a lantern is left '), bold('do')],
          [plain('2:     hang it at the darkest berth of '), math('B')],
          [
            plain(
              '3:     measure again; wait for the tide to turn if the water is too rough to see the bottom of the basin',
            ),
          ],
          [plain('4: '), bold('end while')],
        ],
      },
    ],
    caption: [{ text: 'Algorithm 1:', styles: ['dim'] }, plain(' Where to hang lanterns.')],
  },
  {
    kind: 'quote',
    blocks: [
      paragraph('Light the berth you would not want to moor at, and you will find the boats that do.'),
      paragraph('— a saying among pilots'),
    ],
  },
  { kind: 'rule' },
  { kind: 'heading', level: 4, runs: [plain('Thanks')] },
  paragraph('To the keeper, for the oil. ', '私たちは灯台守に感謝します。', ' شكرا لحارس المنارة.'),
  {
    kind: 'list',
    items: [
      { label: 'darkness', blocks: [paragraph('what is left when the lanterns are lit')] },
      {
        label: 'a very long label',
        blocks: [paragraph('stands above what it labels, so that the text beside it keeps its room')],
      },
    ],
  },
  { kind: 'heading', level: 2, runs: [plain('References')], anchors: ['bib'] },
  {
    kind: 'reference',
    label: '[1]',
    runs: [
      plain('A. Marsh and B. Lind. '),
      italic('Every Berth Alight: A Harbour Without Shadows.'),
      plain(' Quay Letters 3, 2019.'),
    ],
    anchors: ['bib1'],
  },
  {
    kind: 'reference',
    label: '[12]',
    runs: [
      plain('B. Lind. '),
      italic('Listening for Boats.'),
      plain(' Saltmarsh Reports 7, 2021. '),
      link('example.org/listening', 'https://example.org/listening'),
    ],
    anchors: ['bib12'],
  },
  {
    kind: 'reference',
    label: 'Marsh (2022)',
    runs: [plain('A. Marsh. '), italic('On Oil.'), plain(' Thesis, Saltmarsh Institute, 2022.')],
  },
  {
    kind: 'reference',
    label: '',
    runs: [
      plain(
        'An entry without a label, as some styles print them, with its first line standing out to the left of the others.',
      ),
    ],
  },
]

it.each([
  [80, 'scroll'],
  [80, 'stack'],
  [160, 'scroll'],
] as const)('every kind of block at %i columns (%s)', async (width, overflow) => {
  const { lines } = layOutBlocks(DOCUMENT, width, overflow)
  const text = lines.map(({ runs, wide }) => `${runsText(runs)}${wide ? ' »' : ''}\n`).join('')
  const name = `document-${width}${overflow === 'stack' ? '-stacked' : ''}.txt`
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, `../golden/${name}`))
})
