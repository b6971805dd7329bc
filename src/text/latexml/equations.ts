// Displayed formulas: LaTeXML sets them in tables, a cell for each column of an alignment and one for the number.

import { alignedLines, mathLines } from '../latex.ts'
import { texOf } from './inline.ts'
import { anchorsOf, firstWithin, hasClass, isElement, type PageElement, type PageNode } from './nodes.ts'
import {
  absorb,
  addBlock,
  addRuns,
  append,
  endParagraph,
  lineOf,
  newSink,
  type Read,
  type Reader,
  type Sink,
  textOf,
} from './sink.ts'
import { hasRows, rowsOf } from './tables.ts'

/** A formula that stands by itself without a number. */
export const readDisplay: Reader = (math, sink, format, read) => {
  const tex = texOf(math)
  if (tex === null) read(math.children, sink, format)
  else addBlock(sink, { kind: 'equation', lines: mathLines(tex), number: '' })
}

/**
 * An equation or a group of them. A number ends its formula, so the lines above it that have none are part of it; a
 * number that spans rows takes them all.
 */
export const readEquations: Reader = (element, sink, format, read) => {
  const whole = { element, cells: element.children, anchors: [] }
  const rows = hasRows(element) ? rowsOf(element.children, sink, format, read) : [whole]
  endParagraph(sink)
  const formulas: FormulaRow[] = []
  let number = ''
  let rowsLeft = 0
  const end = () => {
    const lines = linesOfRows(formulas.splice(0))
    if (lines.length > 0 || number !== '') addBlock(sink, { kind: 'equation', lines, number })
    number = ''
  }
  for (const row of rows) {
    const line = newSink('line', sink.links)
    append(line.anchors, row.anchors)
    const told = numberOf(row.cells, line, read)
    const formula = row.cells.filter((node) => node !== told?.cell)
    const runs = lineOf(formula, line, read)
    const isFormula = runs.every(({ text, styles }) => styles?.includes('math') || text.trim() === '')
    if (told !== null) {
      if (number !== '') end()
      number = told.number
      rowsLeft = told.rows
    } else if (!isFormula && !hasClass(row.element, 'ltx_equation')) {
      // What `\intertext` says between formulas.
      end()
      absorb(sink, line)
      addRuns(sink, runs)
      endParagraph(sink)
      continue
    }
    absorb(sink, line)
    const cells = isFormula ? cellsOf(formula) : []
    if (cells.some((tex) => tex !== '')) formulas.push(cells)
    else if (runs.length > 0) formulas.push(textOf(runs))
    if (number !== '' && --rowsLeft <= 0) end()
  }
  end()
}

/** The sources of the cells of a row, or what it says where it is no formula. */
type FormulaRow = readonly string[] | string

/** Rows under each other, their cells in columns where all have as many. */
function linesOfRows(rows: readonly FormulaRow[]): string[] {
  const [first] = rows
  const columns = Array.isArray(first) ? first.length : 0
  const aligned = rows.filter((row): row is string[] => Array.isArray(row) && row.length === columns)
  if (rows.length > 1 && columns > 1 && aligned.length === rows.length) return alignedLines(aligned)
  return rows.flatMap((row) => (typeof row === 'string' ? row : mathLines(row.join(' '))))
}

/** What keeps a formula in the middle, or its number away from it. */
const PADDING = /\bltx_eqn_\w+_pad(?:left|right)\b/

/** The sources of the formulas in the cells of a row, those of the relation and what follows it in one. */
function cellsOf(nodes: readonly PageNode[]): string[] {
  const cells = nodes
    .filter((node) => isElement(node) && !PADDING.test(node.attribs.class ?? ''))
    .map((node) => sourcesIn(node).join(' '))
  // Only `eqnarray` has three: its relation stands between two others.
  const [left = '', relation = '', right = ''] = cells
  return cells.length === 3 ? [left, `${relation} ${right}`] : cells
}

/** The number of a row, the element that holds it, and how many rows it is for; null where there is none. */
function numberOf(cells: readonly PageNode[], line: Sink, read: Read) {
  const isTag = (element: PageElement) => hasClass(element, 'ltx_tag')
  const cell = cells.filter(isElement).find((one) => isTag(one) || firstWithin(one, isTag) !== null)
  if (cell === undefined) return null
  line.anchors.push(...anchorsOf(cell))
  return {
    cell,
    number: textOf(lineOf(cell.children, line, read)),
    rows: Number.parseInt(cell.attribs.rowspan ?? '', 10) || 1,
  }
}

/** The sources of the formulas in a node, in reading order. */
function sourcesIn(node: PageNode): string[] {
  if (!isElement(node)) return []
  return node.name === 'math' ? [texOf(node) ?? ''] : node.children.flatMap(sourcesIn)
}
