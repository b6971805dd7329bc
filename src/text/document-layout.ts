// Blocks → lines of terminal cells. A block is laid out by itself, so that the first screen need not wait for the last.

import type { Block, ListItem, Picture, Run } from './document.ts'
import { brokenEquation, fittedEquation, isDrawn, naturalEquation } from './equation-layout.ts'
import { cellWidth } from './layout.ts'
import { runsText, runsWidth, spaces, styled, wrapRuns } from './run-layout.ts'
import { placeCells } from './table-grid-layout.ts'
import { fittedTable, naturalTable, recordLines } from './table-layout.ts'

export interface DocumentLine {
  /** The line's text in its styles; no wider than was asked for, unless it is `wide`. */
  readonly runs: readonly Run[]
  /** Of a table, a formula or code that is wider than the screen, as all its lines are: to be scrolled sideways. */
  readonly wide?: true
}

/** A block in lines, without those that part it from the next. */
export interface LaidBlock {
  readonly lines: readonly DocumentLine[]
  /** The line of each anchor of the block and of those in it. */
  readonly anchors: readonly (readonly [anchor: string, line: number])[]
}

/** How what cannot be broken to the width is set: as wide as it is, to be scrolled sideways, or broken all the same. */
export type Overflow = 'scroll' | 'stack'

/** So much it takes to hold what begins a line and a wide letter. */
const LEAST_WIDTH = 8
/** What nests deeper than there is room for is set in no further than this. */
const NARROWEST = 16
/** Labels up to so wide stand beside what they label. */
const WIDEST_LABEL = 8
/** Where there are longer ones they stand above what they label, which is set in by this. */
const LONG_LABEL_INSET = 4
/** References stand below each other from `[1]` to `[999]`. */
const REFERENCE_COLUMN = 6

const INDENT: Run = { text: '  ' }
const QUOTE: Run = { text: '│ ', styles: ['dim'] }
/** Begins what is left of a line of code. */
const CONTINUED = '↳ '

/** Lays a block out in lines of at most `width` cells (`LEAST_WIDTH` at least). */
export function layOutBlock(block: Block, width: number, overflow: Overflow): LaidBlock {
  const { lines, anchors } = layOutContent(block, Math.max(LEAST_WIDTH, width), overflow)
  const own = (block.anchors ?? []).map((anchor) => [anchor, 0] as const)
  return { lines, anchors: own.length === 0 ? anchors : [...own, ...anchors] }
}

/** Lays blocks out, one below the other. */
export function layOutBlocks(blocks: readonly Block[], width: number, overflow: Overflow): LaidBlock {
  return stacked(
    blocks.map((block) => layOutBlock(block, width, overflow)),
    (at) => gap(blocks[at - 1] as Block, blocks[at] as Block),
  )
}

/** How many blank lines part two neighbours. */
export function gap(before: Block, after: Block): number {
  if (before.kind === after.kind && (after.kind === 'reference' || after.kind === 'note')) return 0
  return after.kind === 'heading' && after.level <= 2 && before.kind !== 'heading' ? 2 : 1
}

function layOutContent(block: Block, width: number, overflow: Overflow): LaidBlock {
  switch (block.kind) {
    case 'heading':
      return laid(headingLines(block.level, block.runs, width))
    case 'paragraph':
      return laid(wrapRuns(block.runs, width))
    case 'list':
      return layOutList(block.items, width, overflow)
    case 'equation': {
      const fitted = fittedEquation(block, width)
      if (fitted) return laid(fitted)
      return overflow === 'scroll' && isDrawn(block)
        ? wide(naturalEquation(block))
        : laid(brokenEquation(block, width))
    }
    case 'table': {
      const grid = placeCells(block.rows, block.head)
      const fitted = fittedTable(grid, width)
      if (fitted) return laid(fitted)
      const natural = overflow === 'scroll' ? naturalTable(grid) : null
      return natural ? wide(natural) : laid(recordLines(grid, width))
    }
    case 'verbatim':
      return setIn(INDENT, width, (room) => layOutVerbatim(block.lines, room, overflow))
    case 'figure':
      return stacked(
        [
          laid(wrapRuns(block.pictures.flatMap(pictureRuns), width)),
          layOutBlocks(block.blocks, width, overflow),
          setIn(INDENT, width, (room) => laid(wrapRuns(block.caption, room))),
        ],
        () => (block.blocks.length === 0 ? 0 : 1),
      )
    case 'drawing':
      return laid(
        block.columns > width ? [] : block.rows.map((drawn) => [{ text: ' '.repeat(block.columns), drawn }]),
      )
    case 'theorem':
      return stacked(
        [
          laid(wrapRuns(styled(block.title, 'bold'), width)),
          setIn(INDENT, width, (room) => layOutBlocks(block.blocks, room, overflow)),
        ],
        () => 0,
      )
    case 'quote':
      return setIn(QUOTE, width, (room) => layOutBlocks(block.blocks, room, overflow))
    case 'note': {
      const { lines, anchors } = labelled(block.label, labelColumn([block.label], 2), width, (room) =>
        layOutBlocks(block.blocks, room, overflow),
      )
      return { lines: lines.map((line) => ({ ...line, runs: styled(line.runs, 'dim') })), anchors }
    }
    case 'reference':
      return labelled(block.label, labelColumn([block.label], REFERENCE_COLUMN), width, (room) =>
        laid(wrapRuns(block.runs, room)),
      )
    case 'rule':
      return laid([[rule(width)]])
  }
}

const laid = (lines: readonly (readonly Run[])[]): LaidBlock => ({
  lines: lines.map((runs) => ({ runs })),
  anchors: [],
})

const wide = (lines: readonly (readonly Run[])[]): LaidBlock => ({
  lines: lines.map((runs) => ({ runs, wide: true })),
  anchors: [],
})

const rule = (width: number): Run => ({ text: '─'.repeat(width), styles: ['dim'] })

function headingLines(level: number, runs: readonly Run[], width: number): Run[][] {
  const lines = wrapRuns(styled(runs, level <= 3 ? 'bold' : 'italic'), width)
  return level > 1 || lines.length === 0 ? lines : [...lines, [rule(Math.min(width, runsWidth(runs)))]]
}

/** What stands for a picture where none can be shown; the link leads to it. */
function pictureRuns({ src, alt }: Picture, at: number): Run[] {
  const run: Run = { text: `[${alt === '' ? 'picture' : alt}]`, styles: ['dim'], href: src }
  return at === 0 ? [run] : [{ text: ' ' }, run]
}

function layOutList(items: readonly ListItem[], width: number, overflow: Overflow): LaidBlock {
  const column = labelColumn(
    items.map(({ label }) => label),
    2,
  )
  // Items of one paragraph, perhaps with a list below it, need no air between them.
  const blanks = items.every(({ blocks }) =>
    blocks.every(({ kind }, at) => kind === (at === 0 ? 'paragraph' : 'list')),
  )
    ? () => 0
    : () => 1
  return stacked(
    items.map(({ label, blocks }) =>
      labelled(label, column, width, (room) =>
        stacked(
          blocks.map((block) => layOutBlock(block, room, overflow)),
          blanks,
        ),
      ),
    ),
    blanks,
  )
}

function layOutVerbatim(source: readonly (readonly Run[])[], width: number, overflow: Overflow): LaidBlock {
  const lines = source.map((line) => (runsText(line).trim() === '' ? [] : line))
  if (lines.every((line) => runsWidth(line) <= width)) return laid(lines)
  return overflow === 'scroll' ? wide(lines) : laid(lines.flatMap((line) => brokenVerbatim(line, width)))
}

/** A line of code in lines of at most `width` cells, as far in as the whole line is, and marked where it goes on. */
function brokenVerbatim(line: readonly Run[], width: number): Run[][] {
  if (line.length === 0) return [[]]
  const indent = Math.min(runsText(line).search(/\S|$/), Math.floor(width / 4))
  const broken = wrapRuns(line, width - indent - CONTINUED.length)
  const first = { text: spaces(indent) }
  const rest: Run = { text: first.text + CONTINUED, styles: ['dim'] }
  return broken.map((runs, at) => [at === 0 ? first : rest, ...runs])
}

/** What is laid out in the room that is left beside `prefix`, which each line then begins with. */
function setIn(prefix: Run, width: number, layOut: (room: number) => LaidBlock): LaidBlock {
  const room = width - cellWidth(prefix.text)
  if (room < NARROWEST) return layOut(width)
  const { lines, anchors } = layOut(room)
  const bare = prefix.text.trimEnd()
  const blank = bare === '' ? [] : [{ ...prefix, text: bare }]
  return {
    lines: lines.map((line) => ({
      ...line,
      runs: line.runs.length === 0 ? blank : [prefix, ...line.runs],
    })),
    anchors,
  }
}

/** How far what these labels stand before is set in, by `least` cells at least. */
function labelColumn(labels: readonly string[], least: number): number {
  const widest = labels.reduce((most, label) => Math.max(most, cellWidth(label)), 0)
  return widest > WIDEST_LABEL ? LONG_LABEL_INSET : Math.max(least, widest + 1)
}

/** What stands in a column beside its label, or below it where the label is too wide. */
function labelled(
  label: string,
  column: number,
  width: number,
  layOut: (room: number) => LaidBlock,
): LaidBlock {
  const body = setIn({ text: spaces(column) }, width, layOut)
  const [first, ...others] = body.lines
  const cells = cellWidth(label)
  if (cells >= column || width - column < NARROWEST || !first)
    return stacked([laid(wrapRuns([{ text: label }], width)), body], () => 0)
  // Without a label the first line stands out to the left, unless it is to be scrolled with those below it.
  const start = label === '' && !first.wide ? [] : [{ text: label + spaces(column - cells) }]
  return { lines: [{ ...first, runs: [...start, ...first.runs.slice(1)] }, ...others], anchors: body.anchors }
}

/** Parts one below the other, with blank lines before those after the first; what is empty takes no room. */
function stacked(parts: readonly LaidBlock[], blanks: (at: number) => number): LaidBlock {
  const lines: DocumentLine[] = []
  const anchors: [string, number][] = []
  for (const [at, part] of parts.entries()) {
    if (lines.length > 0 && part.lines.length > 0)
      for (let blank = blanks(at); blank > 0; blank--) lines.push({ runs: [] })
    for (const [anchor, line] of part.anchors) anchors.push([anchor, lines.length + line])
    for (const line of part.lines) lines.push(line)
  }
  // What is empty at the end has no line of its own.
  const last = Math.max(0, lines.length - 1)
  return { lines, anchors: anchors.map(([anchor, line]) => [anchor, Math.min(line, last)]) }
}
