// A paper as lines to read: title, authors, facts, links, summary, abstract.

import type { StoredPaper } from '../library/papers.ts'
import { countAuthors, hubUrl, isArxiv, type Linked, paperUrl } from '../paper.ts'
import { layOutBlocks } from '../text/document-layout.ts'
import { highlights, type MatchedWord } from '../text/highlights.ts'
import { latexRuns } from '../text/latex.ts'
import { cellWidth, wrap } from '../text/layout.ts'
import { parseMarkdown } from '../text/markdown.ts'
import { runsText, wrapRuns } from '../text/run-layout.ts'
import { sanitise } from '../text/sanitise.ts'
import { printDay } from './dates.ts'
import { type Line, runSpans, type Style, span } from './frame.ts'
import { countsText, LINKED, withLinks } from './links.ts'

/** More names than this say less, not more; a paper may have hundreds. */
const MAX_AUTHORS = 20

interface Cached {
  readonly width: number
  readonly matched: readonly MatchedWord[]
  readonly lines: readonly Line[]
}

// Scrolling asks for the same lines at every key.
const cache = new WeakMap<StoredPaper, Cached>()

/** The lines of a paper in at most `width` cells, with the words that a search matched marked. */
export function abstractLines(
  paper: StoredPaper,
  width: number,
  matched: readonly MatchedWord[],
): readonly Line[] {
  const cached = cache.get(paper)
  if (cached && cached.width === width && cached.matched === matched) return cached.lines
  const lines = layOut(paper, width, matched)
  cache.set(paper, { width, matched, lines })
  return lines
}

function layOut(paper: StoredPaper, width: number, matched: readonly MatchedWord[]): Line[] {
  const text = (content: string, ...styles: Style[]): Line[] =>
    content.split('\n').flatMap((paragraph) => paragraphLines(paragraph, width, matched, styles))
  const section = (heading: string, content: string | null): Line[] =>
    content ? [[], [span(heading, 'heading')], ...text(content)] : []
  const where = [paper.categories.join(' '), paper.journal, paper.remark].filter(Boolean).join(' · ')
  const links = [
    [isArxiv(paper.id) ? 'arXiv' : 'Page', paperUrl(paper)],
    ['Hub', hubUrl(paper.id)],
    ['DOI', paper.doi && paper.link !== null ? `https://doi.org/${encodeURI(paper.doi)}` : null],
    ['Code', paper.githubRepo],
    ['Project', paper.projectPage],
  ].filter((link): link is [string, string] => link[1] !== null)
  return [
    ...text(paper.title, 'bold'),
    ...text(authorsText(paper), 'accent'),
    ...text(factsText(paper), 'dim'),
    ...(where === '' ? [] : text(where, 'dim')),
    ...(paper.origin === 'starter'
      ? text('starter library: a summary in our words, until a sync brings the paper itself', 'star')
      : []),
    ...(links.length > 0 ? [[]] : []),
    ...links.flatMap(([name, url]) =>
      wrap(url, Math.max(2, width - 8)).map(({ text: part, start }) => [
        span((start === 0 ? name : '').padEnd(8), 'dim'),
        { ...span(part, 'link'), target: { kind: 'link', href: url } as const },
      ]),
    ),
    ...(paper.tags.length > 0 ? text(paper.tags.map((tag) => `#${tag}`).join(' '), 'accent') : []),
    ...paper.rules
      .filter(({ kind }) => kind !== 'tag')
      .flatMap(({ kind, name }) => text(ruleText(paper, kind, name), 'star')),
    ...noteLines(paper.note, width),
    ...section('Summary', paper.aiSummary),
    ...section(
      paper.origin === 'starter' ? 'Summary' : 'Abstract',
      paper.abstract || 'The source gives no abstract.',
    ),
    ...section('Keywords', paper.keywords.join(', ') || null),
    ...section('On the Hub', paper.linked.map((linked) => linkedText(linked, width)).join('\n') || null),
  ]
}

/** What is linked, with its counts where they have room beside its name. */
function linkedText(linked: Linked, width: number): string {
  const name = `${LINKED[linked.kind].name} ${linked.name}`
  const counts = countsText(linked)
  return counts !== '' && cellWidth(name) + cellWidth(counts) + 3 <= width ? `${name} · ${counts}` : name
}

/** What a rule does to a paper, or would do. */
function ruleText({ hidden }: StoredPaper, kind: string, name: string): string {
  if (kind === 'watch') return `watched for by the rule “${name}” ◎`
  return hidden
    ? `hidden by the rule “${name}”: x shows it all the same`
    : `shown in spite of the rule “${name}”`
}

/** The reader's own note. It is what was typed, so what the screen must not get is taken out here. */
function noteLines(note: string | null, width: number): Line[] {
  if (note === null) return []
  const { lines } = layOutBlocks(parseMarkdown(sanitise(note)), width, 'stack')
  return [[], [span('Your note', 'heading')], ...lines.map(({ runs }) => runSpans(runs))]
}

/** A paragraph, what LaTeX it has as Unicode; one empty line where it has no words. */
function paragraphLines(
  paragraph: string,
  width: number,
  matched: readonly MatchedWord[],
  styles: readonly Style[],
): Line[] {
  const runs = withLinks(latexRuns(paragraph), paragraph)
  const plain = runsText(runs)
  const ranges = highlights(plain, matched)
  const lines = wrapRuns(runs, width)
  let at = 0
  return lines.length === 0
    ? [[]]
    : lines.map((line) => {
        // Between two lines of a text are only spaces.
        while (plain[at] === ' ') at++
        const start = at
        at += runsText(line).length
        return runSpans(line, ranges, start, ...styles)
      })
}

/** The authors in words: names as far as known, `7 authors` where only their number is. */
export function authorsText(paper: Pick<StoredPaper, 'authors' | 'authorCount'>): string {
  const count = countAuthors(paper)
  if (paper.authors.length === 0)
    return count === null ? 'authors not known' : count === 1 ? '1 author' : `${count} authors`
  const named = paper.authors.slice(0, MAX_AUTHORS).join(', ')
  const more = Math.max(count ?? 0, paper.authors.length) - MAX_AUTHORS
  return more > 0 ? `${named} and ${more} more` : named
}

function factsText(paper: StoredPaper): string {
  const count = (value: number | null, one: string, many: string) =>
    value === null ? null : `${value} ${value === 1 ? one : many}`
  return [
    paper.publishedOn && `published ${printDay(paper.publishedOn)}`,
    paper.version !== null &&
      paper.version > 1 &&
      `v${paper.version}${paper.revisedOn ? ` of ${printDay(paper.revisedOn)}` : ''}`,
    paper.day !== '' && paper.day !== paper.publishedOn && `listed ${printDay(paper.day)}`,
    count(paper.upvotes, 'upvote', 'upvotes'),
    count(paper.comments || null, 'comment', 'comments'),
    count(paper.githubStars, 'GitHub star', 'GitHub stars'),
    paper.organization,
    paper.read ? 'read' : 'unread',
    paper.starred && 'starred ★',
    paper.later && 'kept for later ◇',
    paper.hidden && 'hidden ×',
  ]
    .filter(Boolean)
    .join(' · ')
}
