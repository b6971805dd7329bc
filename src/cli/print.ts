// Papers for scripts (JSON) and for people without a screen (text).

import { authorsText } from '../app/abstract.ts'
import { printDay, printWeekday } from '../app/dates.ts'
import type { Library } from '../library/library.ts'
import { findPaper, type StoredPaper } from '../library/papers.ts'
import { countAuthors, hubUrl, type PaperId, paperUrl } from '../paper.ts'
import { truncate, wrap } from '../text/layout.ts'
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
    summary: paper.aiSummary,
    keywords: paper.keywords,
    categories: paper.categories,
    organization: paper.organization,
    projectPage: paper.projectPage,
    githubRepo: paper.githubRepo,
    githubStars: paper.githubStars,
    linked: paper.linked,
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
    const mark = `${paper.starred ? '★' : ' '}${paper.read ? ' ' : '●'}`
    const votes = paper.upvotes === null ? '' : ` · ${paper.upvotes} upvotes`
    const starter = paper.origin === 'starter' ? ' · starter' : ''
    lines.push(
      `${mark} ${paper.id.padEnd(idWidth)}  ${paper.title} · ${shortAuthors(paper)}${votes}${starter}`,
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

/** A paper whole, as text of at most `width` cells a line. */
export function paperText(paper: StoredPaper, width: number): string {
  const paragraph = (text: string) => wrap(text, width).map((line) => line.text)
  const links = [paperUrl(paper), hubUrl(paper.id), paper.githubRepo, paper.projectPage].filter(
    (link) => link !== null,
  )
  const facts = [
    paper.publishedOn && `published ${printDay(paper.publishedOn)}`,
    paper.day && `listed ${printDay(paper.day)}`,
    paper.upvotes !== null && `${paper.upvotes} upvotes`,
    paper.comments !== null && `${paper.comments} comments`,
    paper.read ? 'read' : 'unread',
    paper.starred && 'starred',
    paper.origin === 'starter' && 'starter library',
  ].filter(Boolean)
  return [
    ...paragraph(paper.title),
    ...paragraph(authorsText(paper)),
    ...paragraph(`${paper.id} · ${facts.join(' · ')}`),
    ...links,
    ...(paper.aiSummary ? ['', ...paragraph(paper.aiSummary)] : []),
    '',
    ...paragraph(paper.abstract || 'The source gives no abstract.'),
  ].join('\n')
}
