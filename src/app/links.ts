// Every link of a paper in one list, and the letters to choose one by.

import type { StoredPaper } from '../library/papers.ts'
import { arxivUrl, hubUrl, isArxiv, type Linked } from '../paper.ts'
import type { Run } from '../text/document.ts'
import { sanitiseUrl } from '../text/sanitise.ts'

/** A link of a paper. `detail` says more where there is more to say, or is empty. */
export interface PaperLink {
  readonly label: string
  readonly url: string
  readonly detail: string
}

/** What the Hub links with papers: how people call it, and below which path it is. */
export const LINKED: Readonly<Record<Linked['kind'], { readonly name: string; readonly path: string }>> = {
  model: { name: 'model', path: '' },
  dataset: { name: 'data set', path: 'datasets/' },
  space: { name: 'Space', path: 'spaces/' },
}

/** How much what is linked is liked and used: `311 likes · 146,356 downloads`; empty where nobody said, or not at all. */
export function countsText({ likes = 0, downloads = 0 }: Linked): string {
  const count = (value: number, name: string) =>
    value === 0 ? [] : [`${value.toLocaleString('en')} ${name}${value === 1 ? '' : 's'}`]
  return [...count(likes, 'like'), ...count(downloads, 'download')].join(' · ')
}

/** Where a paper leads: its pages, what belongs to it, and the addresses in its abstract and remark; each place once. */
export function paperLinks(paper: StoredPaper): PaperLink[] {
  const { id, doi, githubStars } = paper
  const stars =
    githubStars === null ? '' : `${githubStars.toLocaleString('en')} star${githubStars === 1 ? '' : 's'}`
  const known: [label: string, url: string | null, detail?: string][] = [
    ['arXiv', arxivUrl(id)],
    ['Hub', hubUrl(id)],
    ['PDF', isArxiv(id) ? `https://arxiv.org/pdf/${id}` : null],
    ['DOI', doi && `https://doi.org/${encodeURI(doi)}`],
    ['Page', paper.link],
    ['Project', paper.projectPage],
    ['GitHub', paper.githubRepo, stars],
    ...paper.linked.map((linked): [string, string, string] => [
      `${LINKED[linked.kind].name} ${linked.name}`,
      `https://huggingface.co/${LINKED[linked.kind].path}${encodeURI(linked.name)}`,
      countsText(linked),
    ]),
    ...urlsIn(paper.abstract).map((url): [string, string] => ['in the abstract', url]),
    ...urlsIn(paper.remark ?? '').map((url): [string, string] => ['in the remark', url]),
  ]
  const links = new Map<string, PaperLink>()
  for (const [label, address, detail = ''] of known) {
    const url = address === null ? null : sanitiseUrl(address)
    if (url !== null && !links.has(placeOf(url))) links.set(placeOf(url), { label, url, detail })
  }
  return [...links.values()]
}

/** What two addresses of one place have in common. */
export function placeOf(address: string): string {
  const { host, pathname, search, hash } = new URL(address)
  return host.replace(/^www\./, '') + pathname.replace(/\/$/, '') + search + hash
}

// Quotes, brackets (of `\url{…}` too) and what LaTeX would read end an address.
const URL_IN_TEXT = /https?:\/\/[^\s<>"{}[\]|\\^`$“”‘’«»…，。；：、（）「」【】]+/gi
/** A home page's tilde as LaTeX has it. */
const TILDE = /\$\\sim\$|\\textasciitilde(?:\{\})?|\\~\{\}/g
const ESCAPED = /\\([_%#&])/g
const PUNCTUATION = /[.,;:!?'*_~]/

/** The addresses in a text, with or without LaTeX around them. */
function urlsIn(text: string): string[] {
  return (text.replace(TILDE, '~').replace(ESCAPED, '$1').match(URL_IN_TEXT) ?? []).map(trimUrl)
}

/**
 * A text as it is shown, with its addresses as links. `source` is what it was made of, where an address is written in full.
 */
export function withLinks(runs: readonly Run[], source: string): Run[] {
  const written = urlsIn(source)
  const shown = runs.flatMap(({ text, href }) => (href === undefined ? (text.match(URL_IN_TEXT) ?? []) : []))
  let nth = 0
  return runs.flatMap((run): Run[] => {
    if (run.href !== undefined) return [run]
    const parts: Run[] = []
    let at = 0
    for (const { 0: found, index } of run.text.matchAll(URL_IN_TEXT)) {
      const url = trimUrl(found)
      if (index > at) parts.push({ ...run, text: run.text.slice(at, index) })
      // LaTeX may have taken something from it on its way to the screen.
      parts.push({ ...run, text: url, href: written.length === shown.length ? (written[nth] ?? url) : url })
      nth++
      at = index + url.length
    }
    return at < run.text.length ? [...parts, { ...run, text: run.text.slice(at) }] : parts
  })
}

/** An address without what follows it in the sentence: punctuation, and brackets that it does not open. */
function trimUrl(url: string): string {
  let kept = url
  let unopened = url.split(')').length - url.split('(').length
  while (PUNCTUATION.test(kept.at(-1) ?? '') || (unopened > 0 && kept.endsWith(')'))) {
    if (kept.endsWith(')')) unopened--
    kept = kept.slice(0, -1)
  }
  return kept
}

const HOME_ROW = ['a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l']

/**
 * As many labels to type, of letters of the home row that are not `taken`: one letter each as long as they suffice, then
 * some of two, and so on. None begins another.
 */
export function hintLabels(count: number, taken: readonly string[] = []): string[] {
  const letters = HOME_ROW.filter((letter) => !taken.includes(letter))
  const labels = ['']
  let first = 0
  // The shortest label gives way to those that begin with it.
  while (labels.length - first < count || first === 0) {
    const start = labels[first++] ?? ''
    labels.push(...letters.map((letter) => start + letter))
  }
  return labels.slice(first, first + count)
}
