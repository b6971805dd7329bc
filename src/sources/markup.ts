// Markup in feeds: titles, abstracts and names come as HTML, as JATS, or as plain text in which `a < b` is no tag.

import { load } from 'cheerio/slim'
import { unwrapText } from '../text/sanitise.ts'

// A tag is believed where its name is known and what follows are attributes: `x<b and c>d` is mathematics.
const TAG =
  /<\/?(?:\w+:)?(?:p|br|div|span|a|b|i|em|strong|u|sub|sup|small|ul|ol|li|dl|dt|dd|h[1-6]|title|sec|section|article|img|figure|blockquote|pre|code|table|tr|td|th|hr|cite|q|tt|italic|bold|sc|math|script|style|font|center)(?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>]+))*\s*\/?>/i

/** What stands on lines of its own, by its name without a namespace (JATS has `jats:p` and `jats:sec`). */
const BLOCKS = new Set(
  'p div ul ol li dl dt dd h1 h2 h3 h4 h5 h6 title sec section article header footer figure figcaption blockquote pre table tr hr'.split(
    ' ',
  ),
)

/** What is not for reading; MathML repeats a formula as TeX in an annotation. */
const HIDDEN = new Set(
  'script style noscript template svg iframe object head annotation annotation-xml'.split(' '),
)

/** Longer than any abstract. The parser takes quadratic time over elements that are never closed. */
const MAX_LENGTH = 100_000

/** Markup as clean running text: a paragraph a block (`\n\n` between them), entities decoded, nothing hidden. */
export function plainText(text: string): string {
  const markup = text.slice(0, MAX_LENGTH)
  if (!/[<&]/.test(markup)) return unwrapText(markup)
  const $ = load(TAG.test(markup) ? markup : markup.replaceAll('<', '&lt;'), undefined, false)
  const parts: string[] = []
  // By hand, because cheerio's own text() calls itself for each level, and feeds nest as deep as they like.
  const todo: (ReturnType<typeof $>[number] | string)[] = $.root().contents().toArray().reverse()
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (typeof node === 'string') parts.push(node)
    else if (node.type === 'text') parts.push(node.data)
    else if ('children' in node) {
      const name = 'name' in node ? node.name.replace(/^.*:/, '') : ''
      if (HIDDEN.has(name)) continue
      if (name === 'br') parts.push('\n')
      if (BLOCKS.has(name)) {
        parts.push('\n\n')
        todo.push('\n\n')
      }
      for (let at = node.children.length - 1; at >= 0; at--) {
        const child = node.children[at]
        if (child !== undefined) todo.push(child)
      }
    }
  }
  return unwrapText(parts.join(''))
}
