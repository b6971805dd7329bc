// Displayed formulas: LaTeXML sets them in tables, a cell for each column of an alignment and one for the number.

import { mathLines } from '../latex.ts'
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
  const lines: string[] = []
  let number = ''
  let rowsLeft = 0
  const end = () => {
    if (lines.length > 0 || number !== '')
      addBlock(sink, { kind: 'equation', lines: lines.splice(0), number })
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
    const tex = isFormula ? formula.flatMap(sourcesIn).join(' ') : ''
    if (tex !== '') append(lines, mathLines(tex))
    else if (runs.length > 0) lines.push(textOf(runs))
    if (number !== '' && --rowsLeft <= 0) end()
  }
  end()
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
