// The blocks that hold blocks, and those that LaTeXML has a way of its own for: figures, theorems, quotes, footnotes,
// headings, authors.

import type { Run } from '../document.ts'
import { markText } from './inline.ts'
import {
  anchorsOf,
  firstWithin,
  hasClass,
  isElement,
  isOneOf,
  type PageElement,
  type PageNode,
  sourceText,
} from './nodes.ts'
import {
  absorb,
  addBlock,
  addRuns,
  addText,
  append,
  blocksOf,
  endParagraph,
  lastText,
  lineOf,
  newSink,
  PLAIN,
  type Read,
  type Reader,
  type Sink,
  takeBlocks,
  textOf,
  withAnchors,
  withoutNotes,
} from './sink.ts'

/** What begins and ends a paragraph and is no more than what is in it. */
export const readPart: Reader = ({ children }, sink, format, read) => read(children, sink, format)

export const readHeading: Reader = (element, sink, _format, read) => {
  const runs = lineOf(element.children, sink, read)
  // A bibliography gives itself a heading, also where its author has set the same one above.
  const last = sink.blocks.at(-1)
  if (last?.kind === 'heading' && textOf(last.runs) === textOf(runs)) return
  if (runs.length > 0) addBlock(sink, { kind: 'heading', level: levelOf(element), runs })
}

type Level = 1 | 2 | 3 | 4 | 5 | 6

/** LaTeXML gives the abstract and the acknowledgements the smallest headings, though they stand beside the sections. */
function levelOf({ name, parent }: PageElement): Level {
  const isPart = parent !== null && isElement(parent) && isOneOf(parent, LIKE_SECTIONS)
  return isPart ? 2 : (Number(name[1]) as Level)
}

const LIKE_SECTIONS = new Set(['ltx_abstract', 'ltx_acknowledgements'])

/** A title that begins a line: of keywords, of a classification. */
export const readLineTitle: Reader = ({ children }, sink, _format, read) => {
  read(children, sink, { ...PLAIN, styles: ['bold'] })
  addText(sink, ' ', PLAIN)
}

/** A figure, a table or an algorithm that floats. One within another has a block of its own if it has a caption. */
export const readFigure: Reader = (figure, sink, _format, read) => {
  const caption: Run[] = []
  const inner = newSink('blocks', sink.links, caption)
  read(figure.children, inner, PLAIN)
  const blocks = withoutNotes(takeBlocks(inner), inner)
  const isPart = caption.length === 0 && sink.caption !== null
  const pictures = isPart ? [] : inner.pictures.splice(0)
  absorb(sink, inner)
  if (isPart) for (const block of blocks) addBlock(sink, block)
  else if (caption.length > 0 || pictures.length > 0 || blocks.length > 0)
    addBlock(sink, { kind: 'figure', pictures, blocks, caption })
}

/** A caption, which is a paragraph where nothing floats. */
export const readCaption: Reader = ({ children }, sink, format, read) => {
  if (sink.caption === null) {
    read(children, sink, format)
    return
  }
  const runs = lineOf(children, sink, read)
  if (sink.caption.length > 0 && runs.length > 0) sink.caption.push({ text: ' ' })
  append(sink.caption, runs)
}

export const readTheorem: Reader = ({ children }, sink, _format, read) => {
  const isTitle = (node: PageNode) => isElement(node) && hasClass(node, 'ltx_title')
  const title = lineOf(children.filter(isTitle), sink, read)
  const rest = children.filter((node) => !isTitle(node))
  const blocks = blocksOf(rest, sink, read)
  if (title.length > 0 || blocks.length > 0) addBlock(sink, { kind: 'theorem', title, blocks })
}

export const readQuote: Reader = ({ children }, sink, _format, read) => {
  const blocks = blocksOf(children, sink, read)
  if (blocks.length > 0) addBlock(sink, { kind: 'quote', blocks })
}

const isNote = (node: PageNode): boolean => isElement(node) && hasClass(node, 'ltx_note')

/** A footnote: its mark stays in the text, and what it says follows the block. */
export const readNote: Reader = (note, sink, format, read) => {
  const mark = firstWithin(note, (element) => hasClass(element, 'ltx_note_mark'))
  const label = textOf(lineOf(mark?.children ?? [], sink, read))
  const inner = newSink('blocks', sink.links)
  read(note.children, inner, PLAIN)
  const blocks = takeBlocks(inner)
  const [anchor] = anchorsOf(note)
  const href = anchor !== undefined && blocks.length > 0 ? `#${anchor}` : format.href
  const isLoose = hasClass(note, 'ltx_note_frontmatter')
  // Notes on the whole paper stand in no text.
  if (!isLoose) {
    // Two marks in a row are two numbers, not one.
    if (note.prev !== null && isNote(note.prev)) addText(sink, ',', format)
    addText(sink, markText(label), { ...format, href })
  }
  const anchors = [...anchorsOf(note), ...inner.anchors]
  if (blocks.length === 0) append(sink.anchors, anchors)
  else sink.notes.push(withAnchors({ kind: 'note', label, blocks }, anchors, sink.links))
  if (isLoose && sink.kind === 'blocks' && sink.runs.length === 0) append(sink.blocks, sink.notes.splice(0))
}

/** LaTeXML says of each note what it is: `journal: `. Of footnotes everybody sees it. */
export const readNoteType: Reader = (type, sink, format, read) => {
  if (!/^\s*(?:footnote|thanks)/.test(sourceText(type))) read(type.children, sink, format)
}

/** Authors: their names in a line until one has an address, the addresses of one in a line below. */
export const readAuthors: Reader = ({ children }, sink, _format, read) => {
  for (const node of children) {
    if (isElement(node) && hasClass(node, 'ltx_creator')) readAuthor(node, sink, read)
    // A comma or an `and` stands between two names, never before the first of a line.
    else if (
      isElement(node) ? sink.runs.length > 0 || !isOneOf(node, BETWEEN) : sourceText(node).trim() !== ''
    )
      read([node], sink, PLAIN)
  }
}

const BETWEEN = new Set(['ltx_author_before', 'ltx_author_after'])

function readAuthor(author: PageElement, sink: Sink, read: Read): void {
  const isAddress = (node: PageNode) => isElement(node) && isOneOf(node, ADDRESSES)
  const said = author.children.filter((node) => !isAddress(node))
  const [name, ...more] = withoutNotes(blocksOf(said, sink, read), sink)
  append(sink.anchors, anchorsOf(author))
  if (name?.kind === 'paragraph') {
    if (!/^$|[,;]\s*$|\band\s*$/.test(lastText(sink))) addText(sink, ', ', PLAIN)
    append(sink.anchors, name.anchors ?? [])
    addRuns(sink, name.runs)
  } else if (name !== undefined) more.unshift(name)
  if (more.length > 0) endParagraph(sink)
  for (const block of more) addBlock(sink, block)
  addAddresses(author.children.filter(isAddress), sink, read)
}

const ADDRESSES = new Set(['ltx_author_notes', 'ltx_contact'])

function addAddresses(nodes: readonly PageNode[], sink: Sink, read: Read): void {
  const addresses = nodes
    .flatMap((node) => (isElement(node) && hasClass(node, 'ltx_author_notes') ? node.children : [node]))
    .map((node) => lineOf([node], sink, read, { ...PLAIN, styles: ['dim'] }))
    .filter((runs) => runs.length > 0)
  if (addresses.length === 0) return
  endParagraph(sink)
  addresses.forEach((runs, at) => {
    if (at > 0) addText(sink, ' · ', { ...PLAIN, styles: ['dim'] })
    addRuns(sink, runs)
  })
  endParagraph(sink)
}
