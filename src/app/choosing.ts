// Choosing by a letter: what to copy, which of a paper's links to open, which link on the screen to follow.

import type { StoredPaper } from '../library/papers.ts'
import { paperUrl } from '../paper.ts'
import { bibtex, markdownLink } from '../text/citation.ts'
import { latexText } from '../text/latex.ts'
import type { Confirming } from './deciding.ts'
import { toAnchor } from './document-moving.ts'
import { blockEnd } from './laid-text.ts'
import type { LinkList } from './link-list.ts'
import { hintLabels, type PaperLink } from './links.ts'
import { targets, withoutSelection } from './selecting.ts'
import { bodyHeight } from './shown.ts'
import { type State, type Step, selectedRow } from './state.ts'

/** A link of the open text that is on the screen: what to type for it, where it leads and where it stands. */
export interface Hint {
  readonly keys: string
  readonly href: string
  readonly line: number
  /** Where it begins on its line, in UTF-16 units of the line's text. */
  readonly start: number
}

export type Choosing =
  | Confirming
  | { readonly kind: 'copy' }
  | { readonly kind: 'sort' }
  | { readonly kind: 'hints'; readonly hints: readonly Hint[]; readonly typed: string }
  | LinkList

/** Labels the links of the text that are on the screen. */
export function startHints(state: State): Step {
  const { document } = state
  if (!document) return [state, []]
  const found = document.text.lines
    .slice(
      document.top,
      state.linear ? blockEnd(document.text, document.top) : document.top + bodyHeight(state),
    )
    .flatMap(({ runs }, at) => linksOf(runs).map((link) => ({ ...link, line: document.top + at })))
  // A link that is broken into two lines is one link.
  const links = found.filter(({ href, line, start }, at) => {
    const before = found[at - 1]
    return !(before && before.href === href && before.line === line - 1 && start <= INDENT)
  })
  const where = state.linear ? 'in this paragraph' : 'on the screen'
  if (links.length === 0)
    return [
      {
        ...state,
        message: { kind: 'info', text: `There is no link ${where}. L lists those of the paper.` },
      },
      [],
    ]
  const labels = hintLabels(links.length)
  const hints = links.map((link, at) => ({ ...link, keys: labels[at] ?? '' }))
  return [{ ...state, choosing: { kind: 'hints', hints, typed: '' } }, []]
}

/** What is set in stands no further to the right. */
const INDENT = 8

function linksOf(runs: readonly { readonly text: string; readonly href?: string }[]) {
  const links: { href: string; start: number }[] = []
  let start = 0
  let before: string | undefined
  for (const { text, href } of runs) {
    if (href !== undefined && href !== before) links.push({ href, start })
    before = href
    start += text.length
  }
  return links
}

/** The step of a letter of a label; null where the key is none. */
export function choose(state: State, key: string): Step | null {
  const { choosing } = state
  if (choosing?.kind !== 'hints' && choosing?.kind !== 'links') return null
  const typed = choosing.typed + key
  if (choosing.kind === 'hints') {
    const hint = choosing.hints.find(({ keys }) => keys === typed)
    if (hint) return follow(state, hint.href)
  } else {
    const link = choosing.links.find(({ keys }) => keys === typed)
    if (link) return take(state, link)
  }
  const options: readonly { readonly keys: string }[] =
    choosing.kind === 'hints' ? choosing.hints : choosing.links
  if (!options.some(({ keys }) => keys.startsWith(typed))) return null
  return [{ ...state, choosing: { ...choosing, typed } }, []]
}

function take(state: State, { url, label }: PaperLink): Step {
  const { choosing } = state
  const done = { ...state, choosing: null }
  return choosing?.kind === 'links' && choosing.copies
    ? [done, [{ type: 'copy', text: url, what: `the address of “${label}”` }]]
    : [done, [{ type: 'open', url }]]
}

/** Follows a link of the open text: within it, or out of it. */
export function follow(state: State, href: string): Step {
  const done = { ...state, choosing: null }
  if (!href.startsWith('#')) return [done, [{ type: 'open', url: href }]]
  const { document } = done
  const there = document && toAnchor(document, href.slice(1), state.linear ? 0 : 1)
  if (there) return [{ ...done, document: there }, []]
  return [{ ...done, message: { kind: 'info', text: 'The page has nothing where this link leads.' } }, []]
}

/** Chooses nothing. */
export const leaveChoosing = (state: State): Step => [{ ...state, choosing: null }, []]

/** Whether the selected paper is loaded whole. */
export const hasWholePaper = (state: State) =>
  state.paper && state.paper.id === selectedRow(state)?.id ? true : 'no paper is selected'

export type CopyWhat = 'url' | 'title' | 'bibtex' | 'markdown' | 'id' | 'abstract'

/** What can be copied of a paper, and how the footer calls it, of one and of several; null where the paper has nothing of it. */
const COPIES: Readonly<
  Record<
    CopyWhat,
    { readonly name: string; readonly many: string; readonly of: (paper: StoredPaper) => string | null }
  >
> = {
  url: { name: 'the address', many: 'addresses', of: paperUrl },
  title: { name: 'the title', many: 'titles', of: ({ title }) => latexText(title) },
  bibtex: { name: 'the BibTeX entry', many: 'BibTeX entries', of: bibtex },
  markdown: { name: 'the Markdown link', many: 'Markdown links', of: markdownLink },
  id: { name: 'the id', many: 'ids', of: ({ id }) => id },
  abstract: { name: 'the abstract', many: 'abstracts', of: ({ abstract }) => latexText(abstract) || null },
}

/** Opens the choice of what to copy. */
export const startCopying = (state: State): Step => [{ ...state, choosing: { kind: 'copy' } }, []]

/** Something of several papers: what is copied, and how the footer calls it; null where none has anything of the kind. */
export function copyOf(
  papers: readonly StoredPaper[],
  what: CopyWhat,
): { text: string; name: string } | null {
  const { name, many, of } = COPIES[what]
  const texts = papers.flatMap((paper) => of(paper) ?? [])
  if (texts.length === 0) return null
  const between = what === 'bibtex' || what === 'abstract' ? '\n\n' : '\n'
  return { text: texts.join(between), name: texts.length === 1 ? name : `${texts.length} ${many}` }
}

/** Copies something of the selected paper, or of all that are selected. */
export function copy(state: State, what: CopyWhat): Step {
  const { paper } = state
  const done = { ...state, choosing: null }
  const rows = targets(state)
  if (rows.length > 1)
    return [withoutSelection(done), [{ type: 'copy-papers', ids: rows.map(({ id }) => id), what }]]
  const { name, of } = COPIES[what]
  const text = paper && of(paper)
  if (!text)
    return [{ ...done, message: { kind: 'info', text: `This paper has nothing to copy as ${name}.` } }, []]
  return [done, [{ type: 'copy', text, what: name }]]
}
