// A displayed formula on several lines: rows of alignments under each other, matrices and cases in drawn brackets.

import { cellWidth } from '../layout.ts'
import { placed, scriptText, spacesBetween, textOf } from './line.ts'
import type { Grid, GridRow, MathNode } from './tree.ts'

/** Lines of one width; what stands beside a box stands on its line `base`. */
interface Box {
  readonly lines: readonly string[]
  readonly width: number
  readonly base: number
}

/** A formula as lines, from the top. */
export const linesOf = (nodes: readonly MathNode[]): readonly string[] => boxOf(nodes, false).lines

const textBox = (text: string): Box => {
  const line = text.replace(/\s+/g, (space) => (space.includes('\n') ? ' ' : space))
  return { lines: [line], width: cellWidth(line), base: 0 }
}

function boxOf(nodes: readonly MathNode[], goesOn: boolean): Box {
  const places = placed(nodes, false, goesOn)
  if (!nodes.some(isTall)) return textBox(textOf(places))
  return beside(
    places.flatMap(({ node, text, gap }, at) => {
      const before = places[at - 1]
      const touches = before && (isTall(node) || isTall(before.node)) && !/^[,.;:]/.test(text)
      return [
        textBox(' '.repeat(touches ? Math.max(1, gap) : gap)),
        isTall(node) ? tallBox(node) : textBox(text),
      ]
    }),
  )
}

// Room for rows and columns of which most are empty, which nobody writes, grows with the square of the formula.
const MAX_CELLS = 2000

const columnsOf = (rows: readonly { readonly length: number }[]): number =>
  Math.max(0, ...rows.map(({ length }) => length))

/** Whether a node takes more than one line. Only those are looked into that stand beside others as they are. */
function isTall(node: MathNode): boolean {
  switch (node.kind) {
    case 'grid':
      return (
        node.rows.length * columnsOf(node.rows) <= MAX_CELLS &&
        (node.rows.length > 1 || node.rows.some((row) => row.some((cell) => cell.some(isTall))))
      )
    case 'group':
    case 'fenced':
    case 'shape':
      return node.nodes.some(isTall)
    case 'scripts':
      return node.base !== null && isTall(node.base)
    default:
      return false
  }
}

function tallBox(node: MathNode): Box {
  switch (node.kind) {
    case 'grid':
      return fenced(node.grid.open, gridBox(node.grid, node.rows), node.grid.close)
    case 'fenced':
      return fenced(node.open, boxOf(node.nodes, false), node.close)
    case 'scripts': {
      const base = node.base ? tallBox(node.base) : textBox('')
      const [below, above] = scriptText(node.below, node.above)
      const last = base.lines.length - 1
      const lines = base.lines.map((_, at) => (at === 0 ? above : at === last ? below : ''))
      return beside([base, padded({ lines, base: base.base })])
    }
    case 'group':
    case 'shape':
      return boxOf(node.nodes, false)
    default:
      return textBox('')
  }
}

/** Boxes side by side, their bases on one line. */
function beside(boxes: readonly Box[]): Box {
  const above = Math.max(0, ...boxes.map(({ base }) => base))
  const below = Math.max(1, ...boxes.map(({ lines, base }) => lines.length - base))
  const lines = Array.from({ length: above + below }, (_, at) =>
    boxes.map(({ lines, width, base }) => lines[at - above + base] ?? ' '.repeat(width)).join(''),
  )
  return { lines, width: boxes.reduce((sum, { width }) => sum + width, 0), base: above }
}

/** Lines filled up to one width. */
function padded({ lines, base }: Pick<Box, 'lines' | 'base'>): Box {
  const width = Math.max(0, ...lines.map(cellWidth))
  return { lines: lines.map((line) => line + ' '.repeat(width - cellWidth(line))), width, base }
}

const BETWEEN_COLUMNS = 2

const firstLine = (box: Box | undefined): string => box?.lines[0] ?? ''

function gridBox(grid: Grid, rows: readonly GridRow[]): Box {
  const aligned = grid.kind === 'lines'
  const boxes = rows.map((row) => row.map((cell, at) => boxOf(cell, aligned && at > 0)))
  const columns = columnsOf(boxes)
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(0, ...boxes.map((row) => row[at]?.width ?? 0)),
  )
  const joints = widths.map((_, at) =>
    Math.max(
      0,
      ...rows.map((row, of) =>
        spacesBetween(row[at - 1] ?? [], firstLine(boxes[of]?.[at - 1]), firstLine(boxes[of]?.[at])),
      ),
    ),
  )
  const lines = boxes.flatMap((row) => {
    const cells = widths.map((width, at) => {
      const cell = row[at] ?? textBox('')
      const room = width - cell.width
      const right = aligned && at % 2 === 0 && columns > 1
      const before = grid.kind === 'matrix' ? room >> 1 : right ? room : 0
      const gap = at === 0 ? 0 : aligned && at % 2 === 1 ? (joints[at] ?? 0) : BETWEEN_COLUMNS
      return beside([textBox(' '.repeat(before + gap)), cell, textBox(' '.repeat(room - before))])
    })
    return beside(cells).lines
  })
  return padded({ lines, base: (lines.length - 1) >> 1 })
}

/** The top, middle, bottom and length of brackets that are taller than a line. */
const BRACKETS: Readonly<Record<string, string>> = {
  '(': '⎛⎜⎝⎜',
  ')': '⎞⎟⎠⎟',
  '[': '⎡⎢⎣⎢',
  ']': '⎤⎥⎦⎥',
  '{': '⎧⎨⎩⎪',
  '}': '⎫⎬⎭⎪',
  '⌈': '⎡⎢⎢⎢',
  '⌉': '⎤⎥⎥⎥',
  '⌊': '⎢⎢⎣⎢',
  '⌋': '⎥⎥⎦⎥',
  '|': '││││',
  '‖': '║║║║',
}

function fenced(open: string, inside: Box, close: string): Box {
  const height = inside.lines.length
  return beside([
    fence(open, height, inside.base, ' ', 'after'),
    inside,
    fence(close, height, inside.base, ' ', 'before'),
  ])
}

function fence(bracket: string, height: number, base: number, space: string, side: 'before' | 'after'): Box {
  const [top = '', middle = '', bottom = '', length = ''] = BRACKETS[bracket] ?? ''
  const shape = (at: number) => {
    if (bracket === '') return ''
    if (height === 1 || top === '') return at === base ? bracket : ' '.repeat(cellWidth(bracket))
    return at === 0 ? top : at === height - 1 ? bottom : at === base ? middle : length
  }
  const lines = Array.from({ length: height }, (_, at) => {
    const drawn = shape(at)
    if (height === 1 || drawn === '') return drawn
    return side === 'after' ? drawn + space : space + drawn
  })
  return padded({ lines, base })
}
