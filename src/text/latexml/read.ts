// Which reader reads which element.

import {
  readAuthors,
  readCaption,
  readFigure,
  readHeading,
  readLineTitle,
  readNote,
  readNoteType,
  readPart,
  readQuote,
  readTheorem,
} from './blocks.ts'
import { readDisplay, readEquations } from './equations.ts'
import { isFailedAlgorithm, readFailedAlgorithm, readFailure } from './failures.ts'
import { formatOf, readLowered, readMath, readPicture, readQuoted, readRaised, readSpace } from './inline.ts'
import { hasLines, readListing, readVerbatim } from './listings.ts'
import { readList, readReference } from './lists.ts'
import {
  anchorsOf,
  classesOf,
  firstWithin,
  hasClass,
  isElement,
  isSkipped,
  type PageElement,
  type PageNode,
} from './nodes.ts'
import {
  addBlock,
  addBreak,
  addText,
  endParagraph,
  type Format,
  PLAIN,
  type Reader,
  type Sink,
} from './sink.ts'
import { readTable } from './tables.ts'

/** Readers by class or name; a class says more than a name. What has none stands in a line and is what is in it. */
const BLOCKS = readers([
  ['ltx_figure ltx_table ltx_float figure', readFigure],
  ['ltx_caption figcaption', readCaption],
  ['ltx_theorem ltx_proof', readTheorem],
  ['ltx_quote blockquote', readQuote],
  ['ltx_itemize ltx_enumerate ltx_description ul ol dl menu', readList],
  ['ltx_bibitem', readReference],
  ['ltx_equation ltx_equationgroup ltx_eqn_table', readEquations],
  ['ltx_tabular table', readTable],
  ['ltx_listing', readListing],
  ['pre', readVerbatim],
  ['ltx_authors', readAuthors],
  ['h1 h2 h3 h4 h5 h6', readHeading],
  ['hr', (_rule, sink) => addBlock(sink, { kind: 'rule' })],
  ['ltx_p ltx_para ltx_biblist p div section article main header footer aside address center', readPart],
  ['body html tr td th thead tbody tfoot caption li dt dd details summary fieldset legend', readPart],
  ['foreignobject', readPart],
])

const INLINE = readers([
  ['ltx_note', readNote],
  ['ltx_note_type', readNoteType],
  ['ltx_title_keywords ltx_title_classification', readLineTitle],
  ['ltx_lst_space', readSpace],
  ['ltx_rule', readRule],
  ['math', readMath],
  ['sup ltx_sup', readRaised],
  ['sub ltx_sub', readLowered],
  ['img object', readPicture],
  ['q', readQuoted],
  ['br', readLineBreak],
  ['ltx_ERROR', readFailure],
  // Labels in drawings, parts of a reference.
  ['text foreignobject ltx_bibblock', readApart],
])

/** What is no part of the words around it. */
function readApart({ children }: PageElement, sink: Sink, format: Format): void {
  addBreak(sink)
  readNodes(children, sink, format)
  addBreak(sink)
}

function readLineBreak(_break: PageElement, sink: Sink): void {
  if (sink.kind === 'blocks') endParagraph(sink)
  else if (sink.kind === 'verbatim') addText(sink, '\n', PLAIN)
  else addBreak(sink)
}

/** A rule across the page. In a line LaTeXML has rules without width, which keep lines apart. */
function readRule({ attribs, children }: PageElement, sink: Sink, format: Format): void {
  const isSeen = !/(?:^|;)\s*(?:width|height)\s*:\s*0(?:\.0*)?\D/.test(attribs.style ?? '')
  if (isSeen && sink.kind === 'blocks' && sink.runs.length === 0) addBlock(sink, { kind: 'rule' })
  readNodes(children, sink, format)
}

function readers(table: readonly (readonly [string, Reader])[]): ReadonlyMap<string, Reader> {
  return new Map(table.flatMap(([names, reader]) => names.split(' ').map((name) => [name, reader] as const)))
}

/** Reads what is for reading in these nodes. */
export function readNodes(nodes: readonly PageNode[], sink: Sink, format: Format): void {
  for (const node of nodes) {
    if (node.type === 'text') addText(sink, node.data, format)
    else if (isElement(node) && !isSkipped(node)) readElement(node, sink, format)
  }
}

function readElement(element: PageElement, sink: Sink, format: Format): void {
  const known =
    [...classesOf(element), element.name].find((name) => BLOCKS.has(name) || INLINE.has(name)) ?? ''
  const inner = formatOf(element, format, sink)
  const block = blockReader(element, known)
  const inline = INLINE.get(known)
  if (block !== undefined && sink.kind === 'blocks') {
    endParagraph(sink)
    sink.anchors.push(...anchorsOf(element))
    block(element, sink, inner, readNodes)
    endParagraph(sink)
    return
  }
  // The name of a note leads to what it says, not to where its mark is.
  if (inline !== readNote) sink.anchors.push(...anchorsOf(element))
  if (inline !== undefined) inline(element, sink, inner, readNodes)
  else if (block !== undefined) readApart(element, sink, inner)
  else readNodes(element.children, sink, inner)
}

/** The reader of what stands on lines of its own; undefined for what stands within a line. */
function blockReader(element: PageElement, known: string): Reader | undefined {
  switch (known) {
    case 'math':
      return element.attribs.display === 'block' ? readDisplay : undefined
    // Boxes within a line hold a paragraph of their own; those with several are no longer within a line.
    case 'ltx_p':
      if (isFailedAlgorithm(element)) return readFailedAlgorithm
      return element.name === 'span' && isAlone(element) ? undefined : readPart
    // Code within a line of text is a listing too.
    case 'ltx_listing':
      return hasLines(element) ? readListing : undefined
    // A drawing has boxes of text in it, and labels.
    case 'foreignobject':
      return firstWithin(element, (one) => hasClass(one, 'ltx_p')) === null ? undefined : readPart
    default:
      return BLOCKS.get(known)
  }
}

/** Whether nothing but text stands beside an element. */
function isAlone({ prev, next }: PageElement): boolean {
  const isText = (node: PageNode | null) => node === null || !isElement(node)
  return isText(prev) && isText(next) && isText(prev?.prev ?? null) && isText(next?.next ?? null)
}
