// Any document at any width: no line wider than asked, nothing a terminal would obey, nothing lost.

import fc from 'fast-check'
import realStringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { Block, Picture, Run, RunStyle, TableCell } from '../../src/text/document.ts'
import { type LaidBlock, layOutBlock, layOutBlocks, type Overflow } from '../../src/text/document-layout.ts'
import { runsText } from '../../src/text/run-layout.ts'
import { unwrapLine } from '../../src/text/sanitise.ts'

const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

// No word is longer than a column may become narrow, so that none may be broken.
const words = fc.constantFrom(
  ...'a lamp tide harbour k 12.5 0.3±0.1 B-17 (so) naïve e\u0301te\u0301 λ xᵢ² ∑ⱼ → “ok”'.split(' '),
  ...'漢字 灯台 한국어 ﾊﾝ مرفأ נמל स्त्री น้ำ ឆ្នេរ 👩\u200d🚀 👍🏽 🇳🇿'.split(' '),
)
// And what is out to break a line: letters that join, stray marks, words of hundreds of cells.
const pieces = fc.constantFrom(
  ...['unbroken'.repeat(30), 'a', 'bc', '.', '─', ' ', '  ', '\u00a0', '\u3000', '\u0600', '\u202e'],
  ...['e\u0301', '\u0301', '漢', 'ﾊﾞ', '한', 'ᄒ', 'ᅡ', 'ᆫ', '👩', '\u200d', '\ufe0f', '🇩', '🇪', '🏽', '👍'],
  ...['क', '\u094d', 'ष', 'ำ', 'ش', '\u0489'],
)
const proper = fc.array(words, { maxLength: 14 }).map((chosen) => chosen.join(' '))
const hostile = fc
  .oneof(fc.string({ unit: pieces, maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 20 }))
  .map(unwrapLine)

const styles: fc.Arbitrary<RunStyle[]> = fc.subarray(['bold', 'italic', 'code', 'math', 'dim'])
const span = fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.constantFrom(2, 3, 7, 1_000_000_000))

/** Blocks of each kind over the given texts, two levels deep in each other. */
function blocksOf(text: fc.Arbitrary<string>): Record<Block['kind'], fc.Arbitrary<Block>> {
  const run: fc.Arbitrary<Run> = fc.record(
    { text, styles, href: fc.nat(99).map((at) => `#part${at}`) },
    { requiredKeys: ['text'] },
  )
  const runs = fc.array(run, { maxLength: 4 })
  // A word of a document may change its style; here a run ends where a word does, so that words can be told.
  const apart = runs.map((some) => some.flatMap((one) => [one, { text: ' ' }]))
  const label = fc.oneof(fc.constantFrom('', '•', '1.', '[12]', '灯'), text)
  const cell: fc.Arbitrary<TableCell> = fc.record({
    runs: apart,
    columns: span,
    rows: span,
    align: fc.constantFrom('left', 'center', 'right'),
  })
  const picture: fc.Arbitrary<Picture> = fc.record({
    src: fc.nat(99).map((at) => `https://example.org/${at}.png`),
    alt: text,
  })
  const level = (inner: fc.Arbitrary<readonly Block[]>) => {
    const kinds = {
      heading: fc.record({ level: fc.constantFrom(1, 2, 3, 4, 5, 6), runs: apart }),
      paragraph: fc.record({ runs: apart }),
      list: fc.record({ items: fc.array(fc.record({ label, blocks: inner }), { maxLength: 3 }) }),
      equation: fc.record({ lines: fc.array(text, { maxLength: 4 }), number: label }),
      table: fc.record({
        rows: fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 6 }),
        head: fc.nat(3),
      }),
      verbatim: fc.record({
        lines: fc.array(
          fc.tuple(fc.nat(30), apart).map(([indent, some]) => [{ text: ' '.repeat(indent) }, ...some]),
          { maxLength: 5 },
        ),
      }),
      figure: fc.record({ pictures: fc.array(picture, { maxLength: 3 }), blocks: inner, caption: apart }),
      theorem: fc.record({ title: apart, blocks: inner }),
      quote: fc.record({ blocks: inner }),
      note: fc.record({ label, blocks: inner }),
      reference: fc.record({ label, runs: apart }),
      rule: fc.record({}),
    }
    const anchors = fc.array(
      fc.nat(99).map((at) => `S${at}`),
      { maxLength: 2 },
    )
    return Object.fromEntries(
      Object.entries(kinds).map(([kind, rest]) => [
        kind,
        fc.tuple(rest, anchors).map(([facts, names]) => ({ kind, ...facts, anchors: names })),
      ]),
    ) as unknown as Record<Block['kind'], fc.Arbitrary<Block>>
  }
  const any = (inner: fc.Arbitrary<readonly Block[]>) =>
    fc.array(fc.oneof(...Object.values(level(inner))), { maxLength: 2 })
  return level(any(any(fc.constant([]))))
}

const properBlocks = blocksOf(proper)
const hostileBlocks = blocksOf(hostile)
const anyBlock = fc.oneof(...Object.values(properBlocks), ...Object.values(hostileBlocks))
const overflows = fc.constantFrom<Overflow[]>('scroll', 'stack')
const widths = fc.integer({ min: 20, max: 200 })

/** All runs of a block in reading order, with what is no run as one. */
function runsOf(block: Block): readonly Run[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return block.runs
    case 'list':
      return block.items.flatMap(({ label, blocks }) => [{ text: `${label} ` }, ...blocks.flatMap(runsOf)])
    case 'equation':
      return [...block.lines, block.number].map((text) => ({ text: `${text} ` }))
    case 'table':
      return block.rows.flatMap((row) => row.flatMap(({ runs }) => runs))
    case 'verbatim':
      return block.lines.flat()
    case 'figure':
      return [
        ...block.pictures.map(({ src, alt }) => ({ text: `[${alt || 'picture'}] `, href: src })),
        ...block.blocks.flatMap(runsOf),
        ...block.caption,
      ]
    case 'theorem':
      return [...block.title, ...block.blocks.flatMap(runsOf)]
    case 'quote':
      return block.blocks.flatMap(runsOf)
    case 'note':
      return [{ text: `${block.label} ` }, ...block.blocks.flatMap(runsOf)]
    case 'reference':
      return [{ text: `${block.label} ` }, ...block.runs]
    case 'drawing':
    case 'rule':
      return []
  }
}

const within = (block: Block): Block[] => [
  block,
  ...('items' in block ? block.items.flatMap(({ blocks }) => blocks.flatMap(within)) : []),
  ...('blocks' in block ? block.blocks.flatMap(within) : []),
]

/** Whether lines are read in the order of the blocks: cells stand beside each other, and so do a formula and its number. */
const isLinear = (block: Block) => within(block).every(({ kind }) => kind !== 'table' && kind !== 'equation')

const letters = (text: string) => text.replace(/[^\p{L}\p{N}\p{M}]/gu, '')
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
const linesOf = ({ lines }: LaidBlock) => lines.map(({ runs }) => runsText(runs))

function counted(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

/** The letters of each link's text, in no order: in a table the lines of one stand among those of others. */
function linkLetters(runs: readonly Run[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const { href, text } of runs)
    if (href !== undefined && letters(text) !== '') found[href] = (found[href] ?? '') + letters(text)
  return Object.fromEntries(Object.entries(found).map(([href, text]) => [href, [...text].sort().join('')]))
}

const isWider = (line: string, width: number) => line.length * 2 > width && realStringWidth(line) > width

/** Holds what a block becomes at any width to what is in it, and says whether it has to be scrolled sideways. */
function expectWhole(block: Block): (width: number, overflow: Overflow) => boolean {
  const source = runsOf(block)
  const sourceLetters = letters(runsText(source))
  const counts = [...counted([...sourceLetters])]
  const links = linkLetters(source)
  const anchors = within(block).flatMap((one) => one.anchors ?? [])
  const linear = isLinear(block)
  return (width, overflow) => {
    const laid = layOutBlock(block, width, overflow)
    const text = linesOf(laid)
    const wide = text.filter((_, at) => laid.lines[at]?.wide)
    if (overflow === 'stack' || !wide.some((line) => isWider(line, width))) expect(wide).toEqual([])
    expect(text.filter((line, at) => !laid.lines[at]?.wide && isWider(line, width))).toEqual([])
    expect(text.filter((line) => FORBIDDEN.test(line))).toEqual([])
    const found = letters(text.join(''))
    if (linear) expect(found).toBe(sourceLetters)
    else {
      const times = counted([...found])
      expect(counts.filter(([letter, count]) => count > (times.get(letter) ?? 0))).toEqual([])
    }
    expect(linkLetters(laid.lines.flatMap(({ runs }) => runs))).toEqual(links)
    expect(laid.anchors.map(([anchor]) => anchor)).toEqual(anchors)
    const last = Math.max(0, text.length - 1)
    expect(laid.anchors.filter(([, line]) => line < 0 || line > last)).toEqual([])
    return wide.length > 0
  }
}

function expectWords(block: Block, width: number, overflow: Overflow): void {
  const found = wordsOf(linesOf(layOutBlock(block, width, overflow)).join('\n'))
  const source = wordsOf(runsText(runsOf(block)))
  if (isLinear(block)) expect(found).toEqual(source)
  else {
    const times = counted(found)
    expect([...counted(source)].filter(([word, count]) => count > (times.get(word) ?? 0))).toEqual([])
  }
}

describe('any block', () => {
  it('keeps to the width and loses no letter, link or anchor', () => {
    fc.assert(
      fc.property(anyBlock, fc.integer({ min: 8, max: 200 }), overflows, (block, width, overflow) => {
        expectWhole(block)(width, overflow)
      }),
      { numRuns: 1500 },
    )
  })

  it('keeps its words whole', () => {
    const block = fc.oneof(...Object.values(properBlocks))
    fc.assert(fc.property(block, widths, overflows, expectWords), { numRuns: 1000 })
  })
})

it.each(Object.keys(properBlocks) as Block['kind'][])('%s: samples at every width from 20 to 200', (kind) => {
  const settings = { seed: 20, numRuns: 3 }
  const samples = [...fc.sample(properBlocks[kind], settings), ...fc.sample(hostileBlocks[kind], settings)]
  for (const block of samples) {
    const expectAt = expectWhole(block)
    for (let width = 20; width <= 200; width++) if (expectAt(width, 'scroll')) expectAt(width, 'stack')
  }
})

it('lays blocks out one below the other as each by itself', () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 5 }), widths, overflows, (blocks, width, overflow) => {
      const together = linesOf(layOutBlocks(blocks, width, overflow)).filter((line) => line !== '')
      const apart = blocks.flatMap((block) => linesOf(layOutBlock(block, width, overflow)))
      expect(together).toEqual(apart.filter((line) => line !== ''))
    }),
  )
})
