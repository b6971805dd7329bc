// XML from outside as a tree of elements. No walk here recurses: a document may be nested deeper than the stack is.

import { load } from 'cheerio/slim'
import { SourceError } from './errors.ts'

/** A node of a document: an element where it has a name; else text, or something that is passed over. */
export interface XmlNode {
  readonly type: string
  readonly name?: string
  readonly attribs?: Readonly<Record<string, string>>
  readonly data?: string
  readonly children?: readonly XmlNode[]
}

/** Whether a text begins like an XML document with this root element. */
export function hasRoot(text: string, name: string): boolean {
  return new RegExp(`<${name}[\\s>]`).test(text.slice(0, 2000))
}

/**
 * The root element of a whole document. Throws a SourceError where the root is another or its end is missing; `what`
 * names the document there, as in `Atom feed`. Entities that the document declares are not expanded.
 */
export function parseDocument(xml: string, name: string, what: string): XmlNode {
  if (!hasRoot(xml, name)) throw new SourceError('unknown-shape', `The XML is no ${what}.`)
  if (!withoutComments(xml).endsWith(`</${name}>`))
    throw new SourceError('unknown-shape', `The ${what} is cut off: its end is missing.`)
  const root = childrenOf(load(xml, { xml: true }).root()[0], name)[0]
  if (root === undefined) throw new SourceError('unknown-shape', `The XML is no ${what}.`)
  return root
}

/** A text without the blanks and comments at its end. A pattern would try every way to tell the comments apart. */
function withoutComments(xml: string): string {
  let rest = xml.trimEnd()
  while (rest.endsWith('-->')) {
    const start = rest.lastIndexOf('<!--')
    if (start < 0) break
    rest = rest.slice(0, start).trimEnd()
  }
  return rest
}

/** The elements of this name right within a node, in order. */
export function childrenOf(node: XmlNode | undefined, name: string): XmlNode[] {
  return (node?.children ?? []).filter((child) => child.name === name)
}

/** The text of the first element of this name right within a node, '' where there is none. */
export function fieldOf(node: XmlNode | undefined, name: string): string {
  return textOf(node?.children?.find((child) => child.name === name))
}

/** All text within a node. */
export function textOf(node: XmlNode | undefined): string {
  let text = ''
  const left = node === undefined ? [] : [node]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (next.type === 'text') text += next.data ?? ''
    for (const child of (next.children ?? []).toReversed()) left.push(child)
  }
  return text
}
