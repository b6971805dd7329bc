// Code and algorithms: text whose lines stay lines.

import type { Run } from '../document.ts'
import { anchorsOf, hasClass, isElement, type PageElement } from './nodes.ts'
import {
  absorb,
  addBlock,
  endParagraph,
  newSink,
  PLAIN,
  type Reader,
  type Sink,
  takeRuns,
  textOf,
} from './sink.ts'

/** `pre`: its text has the line breaks. */
export const readVerbatim: Reader = (element, sink, _format, read) => {
  const text = newSink('verbatim', sink.links)
  read(element.children, text, PLAIN)
  absorb(sink, text)
  const lines: Run[][] = [[]]
  for (const run of takeRuns(text)) {
    const [first = '', ...rest] = run.text.split('\n')
    if (first !== '') lines.at(-1)?.push({ ...run, text: first })
    for (const line of rest) lines.push(line === '' ? [] : [{ ...run, text: line }])
  }
  addLines(sink, lines)
}

const isLine = (element: PageElement): boolean => hasClass(element, 'ltx_listingline')

/** Whether an element is a listing in lines; LaTeXML calls code within a line of text a listing too. */
export const hasLines = (element: PageElement): boolean =>
  element.children.some((node) => isElement(node) && isLine(node))

/** A listing, with the numbers of its lines in a column. */
export const readListing: Reader = (listing, sink, format, read) => {
  const text = newSink('listing', sink.links)
  const lines: { number: string; runs: Run[] }[] = []
  for (const node of listing.children) {
    if (!isElement(node) || !isLine(node)) {
      read([node], sink, format)
      continue
    }
    text.anchors.push(...anchorsOf(node))
    const tags = node.children.filter((child) => isElement(child) && hasClass(child, 'ltx_tag'))
    read(tags, text, PLAIN)
    const number = textOf(takeRuns(text)).trim()
    const rest = node.children.filter((child) => !tags.includes(child))
    read(rest, text, PLAIN)
    lines.push({ number, runs: takeRuns(text).map((run) => ({ ...run, text: plainSpaces(run.text) })) })
  }
  endParagraph(sink)
  absorb(sink, text)
  const width = lines.reduce((widest, { number }) => Math.max(widest, number.length), 0)
  const label = (number: string): Run[] =>
    width === 0 ? [] : [{ text: `${number.padStart(width)} `, styles: ['dim'] }]
  addLines(
    sink,
    lines.map(({ number, runs }) => [...label(number), ...runs]),
  )
}

/** The spaces of various widths that indent lines, as plain ones. */
const plainSpaces = (text: string): string =>
  text
    .replaceAll('\u2003', '  ')
    .replace(/[\u00a0\u2002]/g, ' ')
    .replace(/[\u2004-\u200a\u202f\u205f]/g, '')

/** Adds lines as a block, without empty ones around them. */
function addLines(sink: Sink, lines: readonly (readonly Run[])[]): void {
  const isFull = (line: readonly Run[]) => line.some(({ text }) => text.trim() !== '')
  const first = lines.findIndex(isFull)
  if (first < 0) return
  addBlock(sink, { kind: 'verbatim', lines: lines.slice(first, lines.findLastIndex(isFull) + 1) })
}
