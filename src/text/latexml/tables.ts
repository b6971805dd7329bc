// Tables of a page: `table` of HTML and LaTeXML's `ltx_tabular`, which within a line of text is made of spans.

import type { TableCell } from '../document.ts'
import {
  anchorsOf,
  classesOf,
  firstWithin,
  isElement,
  isOneOf,
  isSkipped,
  type PageElement,
  type PageNode,
} from './nodes.ts'
import {
  addBlock,
  append,
  endParagraph,
  type Format,
  lineOf,
  type Read,
  type Reader,
  type Sink,
} from './sink.ts'

/** What HTML allows at most. */
const MAX_SPAN = 1000

const HEADS = new Set(['thead', 'ltx_thead'])
const GROUPS = new Set(['thead', 'tbody', 'tfoot', 'ltx_thead', 'ltx_tbody', 'ltx_tfoot'])
const ROWS = new Set(['tr', 'ltx_tr', 'ltx_eqn_row'])
const CELLS = new Set(['td', 'th', 'ltx_td', 'ltx_eqn_cell'])

export interface Row {
  readonly element: PageElement
  readonly cells: readonly PageElement[]
  /** Whether it stands in the head of the table. */
  readonly inHead: boolean
  /** The names that lead to it, and to what begins with it. */
  readonly anchors: readonly string[]
}

const isRow = (element: PageElement): boolean => isOneOf(element, ROWS)

export const hasRows = (element: PageElement): boolean => firstWithin(element, isRow) !== null

/** The rows of a table that have cells. What stands between cells, and so has no place in a table, is read as text. */
export function rowsOf(nodes: readonly PageNode[], sink: Sink, format: Format, read: Read): Row[] {
  const rows: Row[] = []
  const anchors: string[] = []
  const visit = (inner: readonly PageNode[], inHead: boolean) => {
    for (const node of inner) {
      if (!isElement(node)) read([node], sink, format)
      else if (isSkipped(node)) continue
      else if (isRow(node)) {
        anchors.push(...anchorsOf(node))
        const isCell = (child: PageNode) => isElement(child) && !isSkipped(child) && isOneOf(child, CELLS)
        const cells = node.children.filter(isElement).filter(isCell)
        read(
          node.children.filter((child) => !isCell(child)),
          sink,
          format,
        )
        if (cells.length > 0) rows.push({ element: node, cells, inHead, anchors: anchors.splice(0) })
      } else if (isOneOf(node, GROUPS)) {
        anchors.push(...anchorsOf(node))
        visit(node.children, isOneOf(node, HEADS))
      } else read([node], sink, format)
    }
  }
  visit(nodes, false)
  append(sink.anchors, anchors)
  return rows
}

export const readTable: Reader = (table, sink, format, read) => {
  const isCaption = (node: PageNode) => isElement(node) && node.name === 'caption'
  const caption = table.children.filter(isCaption)
  const rest = table.children.filter((node) => !isCaption(node))
  const rows = rowsOf(rest, sink, format, read)
  // A frame around text: a prompt, a note, a whole page in the old days.
  if (rows.every(({ cells }) => cells.length === 1)) {
    read(caption, sink, format)
    for (const { anchors, cells } of rows) {
      endParagraph(sink)
      append(sink.anchors, anchors)
      read(cells, sink, format)
    }
    return
  }
  endParagraph(sink)
  for (const { anchors } of rows) append(sink.anchors, anchors)
  const set = rows.map(({ cells }, at) => cells.map((cell) => readCell(cell, rows.length - at, sink, read)))
  const block = { kind: 'table', rows: set, head: headOf(rows) } as const
  const runs = lineOf(caption, sink, read)
  addBlock(sink, runs.length === 0 ? block : { kind: 'figure', pictures: [], blocks: [block], caption: runs })
}

function readCell(cell: PageElement, rowsLeft: number, sink: Sink, read: Read): TableCell {
  sink.anchors.push(...anchorsOf(cell))
  return {
    runs: lineOf(cell.children, sink, read),
    columns: spanOf(cell.attribs.colspan, MAX_SPAN),
    rows: cell.attribs.rowspan === '0' ? rowsLeft : spanOf(cell.attribs.rowspan, rowsLeft),
    align: alignOf(cell),
  }
}

const spanOf = (said: string | undefined, most: number): number =>
  Math.min(most, Math.max(1, Number.parseInt(said ?? '', 10) || 1))

function alignOf({ attribs }: PageElement): TableCell['align'] {
  const said =
    /\bltx_align_(left|center|right)\b/.exec(attribs.class ?? '') ??
    /text-align\s*:\s*(\w+)/.exec(attribs.style ?? '') ??
    /(\w+)/.exec(attribs.align ?? '')
  return said?.[1] === 'center' || said?.[1] === 'right' ? said[1] : 'left'
}

/** How many rows from the top head the columns: those of a `thead`, or of cells that head columns and nothing else. */
function headOf(rows: readonly Row[]): number {
  const isHead = ({ cells, inHead }: Row) =>
    inHead ||
    cells.every((cell) => {
      const classes = classesOf(cell)
      return classes.includes('ltx_th_column') || (cell.name === 'th' && !classes.includes('ltx_th_row'))
    })
  const first = rows.findIndex((row) => !isHead(row))
  return Math.max(0, first)
}
