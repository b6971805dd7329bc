// Papers for scripts (JSON) and for people without a screen (text).

import { authorsText } from '../app/abstract.ts'
import { printWeekday } from '../app/dates.ts'
import { paperLinks } from '../app/links.ts'
import { stateSign } from '../app/list.ts'
import type { Library } from '../library/library.ts'
import { findPaper, type StoredPaper } from '../library/papers.ts'
import { countAuthors, hubUrl, type PaperId, paperUrl } from '../paper.ts'
import type { Block } from '../text/document.ts'
import { latexRuns, latexText } from '../text/latex.ts'
import { truncate } from '../text/layout.ts'
import { sanitise } from '../text/sanitise.ts'
import type { Session } from './session.ts'

/** A paper as `--json` prints it; the README lists the fields. */
export function paperJson(paper: StoredPaper) {
  return {
    id: paper.id,
    title: paper.title,
    abstract: paper.abstract,
    authors: paper.authors,
    authorCount: countAuthors(paper),
    submittedOn: paper.day || null,
    publishedOn: paper.publishedOn,
    upvotes: paper.upvotes,
    comments: paper.comments,
    url: paperUrl(paper),
    hubUrl: hubUrl(paper.id),
    read: paper.read,
    starred: paper.starred,
    later: paper.later,
    hidden: paper.hidden,
    tags: paper.tags,
    note: paper.note,
    summary: paper.aiSummary,
    keywords: paper.keywords,
    categories: paper.categories,
    organization: paper.organization,
    projectPage: paper.projectPage,
    githubRepo: paper.githubRepo,
    githubStars: paper.githubStars,
    linked: paper.linked,
    picture: paper.picture,
    version: paper.version,
    revisedOn: paper.revisedOn,
    doi: paper.doi,
    journal: paper.journal,
    remark: paper.remark,
    origin: paper.origin,
  }
}

/** The papers of some ids, in their order. */
export function papersOf(library: Library, ids: readonly PaperId[]): StoredPaper[] {
  return ids.flatMap((id) => findPaper(library, id) ?? [])
}

/** Prints papers as one JSON array, each with what `also` says of it, or by `print`. */
export function printPapers(
  { out }: Session,
  papers: readonly StoredPaper[],
  json: boolean | undefined,
  print: (papers: readonly StoredPaper[]) => string,
  also: (paper: StoredPaper) => object = () => ({}),
): void {
  if (json)
    return out(
      JSON.stringify(
        papers.map((paper) => ({ ...paperJson(paper), ...also(paper) })),
        null,
        2,
      ),
    )
  const text = sanitise(print(papers))
  if (text !== '') out(text)
}

/**
 * A line a paper, under a heading a day where `byDay`: `● 2309.12288  Title · First Author +6`; at most `width` cells.
 * What `below` says of a paper is a line of its own.
 */
export function listText(
  papers: readonly StoredPaper[],
  byDay: boolean,
  width = Number.POSITIVE_INFINITY,
  below: (paper: StoredPaper) => string | null = () => null,
): string {
  const idWidth = Math.min(16, Math.max(0, ...papers.map(({ id }) => id.length)))
  const lines: string[] = []
  let day: string | null = null
  for (const paper of papers) {
    if (byDay && paper.day !== day) {
      day = paper.day
      lines.push(...(lines.length > 0 ? [''] : []), day === '' ? 'No date' : printWeekday(day))
    }
    const mark = `${paper.starred ? '★' : ' '}${stateSign(paper)}`
    const votes = paper.upvotes === null ? '' : ` · ${paper.upvotes} upvotes`
    const tags = paper.tags.map((tag) => ` #${tag}`).join('')
    const starter = paper.origin === 'starter' ? ' · starter' : ''
    lines.push(
      `${mark} ${paper.id.padEnd(idWidth)}  ${latexText(paper.title)} · ${shortAuthors(paper)}${votes}${starter}${tags}`,
    )
    const more = below(paper)
    if (more !== null) lines.push(`${' '.repeat(idWidth + 5)}${more}`)
  }
  return lines.map((line) => truncate(line, width)).join('\n')
}

/** How wide a line may be: as the terminal is, or any width where there is none. */
export function outputWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY
}

function shortAuthors(paper: StoredPaper): string {
  const count = countAuthors(paper)
  const first = paper.authors[0]
  if (first === undefined) return authorsText(paper)
  return count !== null && count > 1 ? `${first} +${count - 1}` : first
}

/** A paper with its abstract as blocks, for other programs. */
export function paperBlocks(paper: StoredPaper): Block[] {
  const text = (content: string | null): Block[] =>
    content ? content.split('\n\n').map((part) => ({ kind: 'paragraph', runs: latexRuns(part) })) : []
  const heading = (title: string): Block => ({ kind: 'heading', level: 2, runs: [{ text: title }] })
  const section = (title: string, blocks: readonly Block[]) =>
    blocks.length > 0 ? [heading(title), ...blocks] : []
  const items = paperLinks(paper).map(({ label, url }) => ({
    label: '•',
    blocks: [{ kind: 'paragraph', runs: [{ text: label, href: url }] } as const],
  }))
  return [
    { kind: 'heading', level: 1, runs: latexRuns(paper.title) },
    ...text(authorsText(paper)),
    ...section('Summary', text(paper.aiSummary)),
    ...section('Abstract', text(paper.abstract || 'The source gives no abstract.')),
    ...section('Links', items.length > 0 ? [{ kind: 'list', items }] : []),
  ]
}
