// The nodes of a parsed page, and what their classes and attributes say.

import type { CheerioAPI } from 'cheerio/slim'

export type PageNode = ReturnType<ReturnType<CheerioAPI['root']>['contents']>[number]
export type PageElement = Extract<PageNode, { attribs: unknown }>

/** What holds nodes: an element, or the page. */
export type PageRoot = { readonly children: readonly PageNode[] }

export const isElement = (node: PageNode): node is PageElement => 'attribs' in node

export const classesOf = ({ attribs }: PageElement): string[] => attribs.class?.split(/\s+/) ?? []

export const hasClass = (element: PageElement, name: string): boolean => classesOf(element).includes(name)

/** The names by which links lead to an element. */
export function anchorsOf({ name, attribs }: PageElement): string[] {
  const names = name === 'a' ? [attribs.id, attribs.name] : [attribs.id]
  return names.filter((anchor) => anchor !== undefined && anchor !== '') as string[]
}

/** Whether an element's name or one of its classes is among these. */
export const isOneOf = (element: PageElement, names: ReadonlySet<string>): boolean =>
  names.has(element.name) || classesOf(element).some((one) => names.has(one))

/** What is not for reading: forms and their parts, what runs or is embedded, and what surrounds a paper on arxiv.org. */
const SKIPPED = new Set(
  'head script style template iframe embed audio video canvas form dialog button input select textarea nav noscript desc metadata annotation annotation-xml'.split(
    ' ',
  ),
)
const SKIPPED_CLASSES = new Set(
  'sr-only package-alerts ltx_page_navbar ltx_page_header ltx_page_footer ltx_TOC ltx_pagination ltx_listing_data ltx_note_mark ltx_tag_note'.split(
    ' ',
  ),
)

/** Whether a page shows nothing of an element, or nothing that is for reading. */
export function isSkipped(element: PageElement): boolean {
  const { name, attribs } = element
  return (
    SKIPPED.has(name) ||
    (attribs.class !== undefined && classesOf(element).some((one) => SKIPPED_CLASSES.has(one))) ||
    attribs.hidden !== undefined ||
    attribs['aria-hidden'] === 'true' ||
    /display\s*:\s*none/i.test(attribs.style ?? '')
  )
}

/** The first element within, from the top, that is wanted. */
export function firstWithin(
  { children }: PageRoot,
  wanted: (element: PageElement) => boolean,
): PageElement | null {
  for (const node of children) {
    if (!isElement(node)) continue
    if (wanted(node)) return node
    const within = firstWithin(node, wanted)
    if (within !== null) return within
  }
  return null
}

/** The text of a node as its source has it. */
export function sourceText(node: PageNode): string {
  if (node.type === 'text') return node.data
  return 'children' in node ? node.children.map(sourceText).join('') : ''
}
