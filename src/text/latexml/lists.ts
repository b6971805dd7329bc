// Lists, and the bibliography.

import type { ListItem } from '../document.ts'
import { anchorsOf, hasClass, isElement, isSkipped, type PageElement, type PageNode } from './nodes.ts'
import { absorb, addBlock, endParagraph, lineOf, newSink, type Reader, takeBlocks, textOf } from './sink.ts'

/** A list of any kind. A term is the label of what describes it; what stands in no item continues the one before. */
export const readList: Reader = (list, sink, format, read) => {
  const items: ListItem[] = []
  const item = newSink('blocks', sink.links)
  let label = ''
  /** Whether the page has the label, and so an item without blocks says something. */
  let isTold = false
  let number = Number.parseInt(list.attribs.start ?? '', 10) || 1
  const end = () => {
    const blocks = takeBlocks(item)
    if (isTold || blocks.length > 0) items.push({ label, blocks })
    label = ''
    isTold = false
  }
  const visit = (nodes: readonly PageNode[]) => {
    for (const node of nodes) {
      if (!isElement(node) || isSkipped(node)) read([node], item, format)
      else if (node.name === 'dd') {
        endParagraph(item)
        item.anchors.push(...anchorsOf(node))
        read(node.children, item, format)
      } else if (node.name === 'dt') {
        end()
        item.anchors.push(...anchorsOf(node))
        label = textOf(lineOf(node.children, item, read))
        isTold = true
      } else if (node.name === 'li' || hasClass(node, 'ltx_item')) {
        end()
        item.anchors.push(...anchorsOf(node))
        const tag = tagOf(node)
        isTold = tag !== undefined
        if (tag !== undefined) label = textOf(lineOf([tag], item, read))
        else label = list.name === 'ol' ? `${number}.` : '•'
        number++
        read(
          node.children.filter((child) => child !== tag),
          item,
          format,
        )
      } else if (node.name === 'div') {
        // HTML has groups of terms in them.
        endParagraph(item)
        item.anchors.push(...anchorsOf(node))
        visit(node.children)
        endParagraph(item)
      } else read([node], item, format)
    }
  }
  visit(list.children)
  end()
  absorb(sink, item)
  if (items.length > 0) addBlock(sink, { kind: 'list', items })
}

/** An entry of the bibliography. */
export const readReference: Reader = (entry, sink, _format, read) => {
  const tag = tagOf(entry)
  const label = textOf(lineOf(tag === undefined ? [] : [tag], sink, read))
  const rest = entry.children.filter((node) => node !== tag)
  addBlock(sink, { kind: 'reference', label, runs: lineOf(rest, sink, read) })
}

const tagOf = (item: PageElement): PageElement | undefined =>
  item.children.filter(isElement).find((child) => hasClass(child, 'ltx_tag'))
