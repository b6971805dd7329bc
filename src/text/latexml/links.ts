// Where the links and pictures of a page lead.

import { sanitiseUrl } from '../sanitise.ts'
import {
  anchorsOf,
  firstWithin,
  hasClass,
  isElement,
  isSkipped,
  type PageNode,
  type PageRoot,
} from './nodes.ts'

export interface Links {
  /** The names in a page that its links lead to. LaTeXML names nearly every element, and most for nobody. */
  readonly anchors: ReadonlySet<string>
  /** What relative addresses are relative to, or null where nobody knows. */
  readonly base: string | null
}

/** The links of the nodes of a page that are read; `address` is the page's own where it is known. */
export function linksOf(root: PageRoot, nodes: readonly PageNode[], address: string | null): Links {
  const names = new Set<string>()
  const wanted = new Set<string>()
  const collect = (node: PageNode) => {
    if (!isElement(node) || isSkipped(node)) return
    for (const name of anchorsOf(node)) {
      names.add(name)
      if (hasClass(node, 'ltx_note')) wanted.add(name)
    }
    if (node.name === 'a') wanted.add(nameIn(node.attribs.href ?? ''))
    node.children.forEach(collect)
  }
  nodes.forEach(collect)
  // arxiv.org writes `<base href="/html/2401.00001v1/">`, and it alone does.
  const said = firstWithin(root, ({ name, attribs }) => name === 'base' && attribs.href !== undefined)
    ?.attribs.href
  return {
    anchors: new Set([...wanted].filter((name) => names.has(name))),
    base: said === undefined ? address : resolve(said, address ?? 'https://arxiv.org/'),
  }
}

/** An address as the page has it: `#` and a name of this page, an http(s) address, or null. */
export function linkTo(href: string, { anchors, base }: Links): string | null {
  const page = href.trim().replace(/#.*$/s, '')
  const paper = paperAt(page)
  const isHere = page === '' || (paper !== null && paper === (base === null ? paper : paperAt(base)))
  if (isHere && anchors.has(nameIn(href))) return `#${nameIn(href)}`
  return page === '' ? null : resolve(href, base)
}

/** An http(s) address, made whole where it is relative to the page; or null. */
export function resolve(href: string, base: string | null): string | null {
  if (base !== null && URL.canParse(href, base)) return sanitiseUrl(new URL(href, base).href)
  return sanitiseUrl(href)
}

/** The paper whose full text an address leads to, without its version; null for other addresses. */
function paperAt(address: string): string | null {
  const found =
    /^https?:\/\/(?:\w+\.)?(?:arxiv\.org|ar5iv\.(?:labs\.arxiv\.)?org)\/html\/(.+?)(?:v\d+)?\/?$/i.exec(
      address,
    )
  return found?.[1] ?? null
}

/** The name after the `#` of an address; empty where it has none. */
function nameIn(href: string): string {
  const name = /#(.*)$/s.exec(href.trim())?.[1] ?? ''
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
