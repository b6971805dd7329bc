// The full text of a paper as arxiv.org and ar5iv give it (LaTeXML's HTML), or any other page, as blocks.

import { load } from 'cheerio/slim'
import type { Block } from './document.ts'
import { withoutPreamble } from './latexml/failures.ts'
import { linksOf } from './latexml/links.ts'
import { firstWithin, hasClass, type PageRoot } from './latexml/nodes.ts'
import { readNodes } from './latexml/read.ts'
import { newSink, PLAIN, takeBlocks } from './latexml/sink.ts'
import { trimTags } from './latexml/tags.ts'

export interface FullText {
  readonly blocks: readonly Block[]
  /** Whether LaTeXML made the page, and so its parts are told by what they are. */
  readonly isLatexml: boolean
}

/**
 * Reads a page. Any text is one: whatever is broken, hidden or dangerous in it, what is left is what can be read. Takes
 * time in proportion to the page, and of one that is far too long reads the beginning and says so. `address` is the
 * page's own, for pictures and links that are relative to it.
 */
export function parseFullText(html: string, address: string | null = null): FullText {
  const { html: trimmed, isCut } = trimTags(html)
  // Not by selectors: they take quadratic time to put many elements in order.
  const root = load(trimmed).root().get(0) as PageRoot
  const article = firstWithin(
    root,
    (element) => hasClass(element, 'ltx_document') && !hasClass(element, 'package-alerts'),
  )
  const nodes = article === null ? root.children : withoutPreamble(article)
  const sink = newSink('blocks', linksOf(root, nodes, address))
  readNodes(nodes, sink, PLAIN)
  const blocks = takeBlocks(sink)
  if (isCut) blocks.push({ kind: 'paragraph', runs: [{ text: CUT, styles: ['italic'] }] })
  return { blocks, isLatexml: article !== null }
}

const CUT = 'The page is too long to be shown whole: its end is missing here.'
