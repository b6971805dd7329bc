// The links of the open text that lead out of it.

import type { DocumentLine } from '../text/document-layout.ts'
import { runsText } from '../text/run-layout.ts'
import { sanitiseUrl } from '../text/sanitise.ts'
import type { Document } from './document.ts'
import type { LaidText } from './laid-text.ts'
import { type PaperLink, placeOf } from './links.ts'

/** More are no list to look through. */
const MOST = 200

/**
 * The http(s) links of a text in their order, each place once, without those whose place is `known`; labelled by their words,
 * else by the reference or item or section that they stand in. `rest` says which are missing, and is empty where none is.
 */
export function textLinks(
  { text, kind, whole }: Document,
  known: ReadonlySet<string>,
): { readonly links: readonly PaperLink[]; readonly rest: string } {
  const links = new Map<string, PaperLink>()
  for (const { href, words, line } of linksIn(text.lines)) {
    const url = href.startsWith('#') ? null : sanitiseUrl(href)
    if (url === null) continue
    const place = placeOf(url)
    if (known.has(place) || links.has(place)) continue
    if (links.size === MOST)
      return { links: [...links.values()], rest: `The text has more than these ${MOST} links.` }
    const isTelling = /\p{L}{2}/u.test(words) && !/^(?:https?:|www\.|(?:doi:?\s*)?10\.)/i.test(words)
    const label = isTelling ? words : (partOf(text.lines, line) ?? whereIs(text, line, kind))
    links.set(place, { label, url, detail: '' })
  }
  return { links: [...links.values()], rest: whole ? '' : 'More of the text is on its way.' }
}

/** How far back a reference or an item begins, of which a line is the end. */
const LONGEST_PART = 12

/** How the reference or the item of a list begins that a line is set in below. */
function partOf(lines: readonly DocumentLine[], line: number): string | null {
  const inset = insetOf(lines[line])
  for (let at = line - 1; at >= Math.max(0, line - LONGEST_PART); at--) {
    const above = insetOf(lines[at])
    if (above < 0) return null
    if (above < inset) return runsText(lines[at]?.runs ?? []).trim()
  }
  return null
}

/** How far a line is set in, -1 where it is empty. */
const insetOf = (line: DocumentLine | undefined): number => runsText(line?.runs ?? []).search(/\S/)

function whereIs({ headings }: LaidText, line: number, kind: Document['kind']): string {
  if (kind === 'discussion') return 'in the comments'
  const heading = headings.findLast((heading) => heading.line <= line)
  return heading === undefined ? 'in the text' : `in “${heading.text}”`
}

interface Linking {
  readonly href: string
  readonly words: string
  readonly line: number
}

/** The links of lines with their words; what is broken into two lines is one link. */
function linksIn(lines: readonly DocumentLine[]): Linking[] {
  const links: Linking[] = []
  /** The link that was not ended yet, and the line it has come to. */
  let open = { href: '', line: -1 }
  for (const [line, { runs }] of lines.entries()) {
    for (const { text, href } of runs) {
      // What sets a line in is no end of a link.
      if (href === undefined && text.trim() === '') continue
      const last = links.at(-1)
      if (last && href === open.href && line - open.line <= 1)
        links[links.length - 1] = { ...last, words: last.words + (line === open.line ? text : ` ${text}`) }
      else if (href !== undefined) links.push({ href, words: text, line })
      open = { href: href ?? '', line }
    }
  }
  return links.map(({ words, ...link }) => ({ ...link, words: words.replace(/\s+/g, ' ').trim() }))
}
