// A Daily Papers page that was copied from a browser as plain text: no ids, no addresses, but titles, abstracts, the
// number of authors, dates and comments.

import { type Day, NOT_SAID, type Paper, provisionalId } from '../paper.ts'
import { sanitise, unwrapLine, unwrapText } from '../text/sanitise.ts'
import { parsePrintedDay } from './days.ts'
import { SourceError } from './errors.ts'

/** A plain-text page, its papers in the order of the page. */
export interface PlainPage {
  readonly day: Day
  readonly papers: readonly Paper[]
}

const HEADING = /^#*\s*Daily Papers$/
// "• 7 authors", and what may follow on the same line.
const AUTHORS = /^(?:[•·*-]\s*)?(\d{1,6}) authors?(?:\s*[•·|]\s*(.*))?$/
const SEPARATOR = /^[•·|]$/
const DATE = /^(?:[•·]\s*)?([A-Za-z]{3,9}\.? \d{1,2}(?:, ?\d{4})?)(?:\s+(\d{1,6}))?$/
const FURNITURE = /^by\s*AK\b/i

/** A paragraph: lines between blank ones. */
type Block = readonly string[]

/** The paragraphs of a page, the facts of a paper in one of their own however the browser has broken them up. */
function blocksOf(text: string): Block[] {
  const blocks: string[][] = []
  let open = false
  for (const raw of sanitise(text)
    .replace(/\u00a0/g, ' ')
    .split('\n')) {
    const line = raw.trim()
    const last = blocks.at(-1)
    if (line === '') open = false
    else if (AUTHORS.test(line)) {
      blocks.push([line])
      open = true
    } else if (last && lacksDate(last) && (SEPARATOR.test(line) || DATE.test(line))) last.push(line)
    else if (last && open && !isFacts(last)) last.push(line)
    else {
      blocks.push([line])
      open = true
    }
  }
  return blocks
}

const isFacts = (block: Block) => AUTHORS.test(block[0] ?? '')
// Facts end with their date: what looks like another one is the next title ("May 4").
const lacksDate = (block: Block) =>
  isFacts(block) &&
  !DATE.test(AUTHORS.exec(block[0] ?? '')?.[2] ?? '') &&
  !block.slice(1).some((line) => DATE.test(line))

/** Whether a text looks like such a page: its heading and at least one author line. */
export function isPlainPage(text: string): boolean {
  const blocks = blocksOf(text)
  return blocks.some((block) => block.some((line) => HEADING.test(line))) && blocks.some(isFacts)
}

/**
 * Reads such a page: title, abstract, then mostly `• 7 authors`, `·` and the date with the number of comments behind
 * it. `date` is the page's day; where it is missing the page's own date line means the last such day up to `today`.
 * Papers get provisional ids. Throws a SourceError where the text is no such page.
 */
export function parsePlainPage(text: string, { today, date }: { today: Day; date?: Day }): PlainPage {
  const blocks = blocksOf(text)
  const firstFacts = blocks.findIndex(isFacts)
  const head = blocks.slice(0, Math.max(0, firstFacts))
  const heading = head.findLastIndex((block) => block.some((line) => HEADING.test(line)))
  if (heading < 0)
    throw new SourceError('unknown-shape', 'The text is no Daily Papers page (no "Daily Papers" heading).')
  // Between the heading and the first title stand the page's furniture and its date.
  const printed = head
    .slice(heading)
    .map((block, at) => ({ at, day: dateIn(block, today) }))
    .find(({ day }) => day !== null)
  const day = date ?? printed?.day ?? null
  if (day === null)
    throw new SourceError(
      'unknown-shape',
      'The Daily Papers page does not say its day. Give it with --date YYYY-MM-DD.',
    )
  const body = blocks
    .slice(heading + (printed?.at ?? 0) + 1)
    .filter((block) => !FURNITURE.test(block[0] ?? ''))
  const papers = readPapers(body, day)
  if (papers.length === 0) throw new SourceError('unknown-shape', 'The Daily Papers page holds no paper.')
  return { day, papers }
}

/** The date in a paragraph of the page's head, as `Dec 29` or `Monday, Dec 29, 2025`. */
function dateIn(block: Block, today: Day): Day | null {
  return (
    block
      .map((line) => parsePrintedDay(line.replace(/^[A-Za-z]+day,\s*/, ''), today))
      .find((day) => day !== null) ?? null
  )
}

// What tells an abstract from a title where no author line stands between two papers.
const LONGEST_TITLE = 250
const SHORTEST_ABSTRACT = 100
const SHORTEST_LINE = 40

const length = (block: Block) => block.join(' ').length
const isAbstract = (block: Block) =>
  length(block) >= SHORTEST_ABSTRACT && block.some((line) => line.length >= SHORTEST_LINE)

/** Titles and abstracts alternate; an abstract may have several paragraphs, and an author line may be missing. */
function readPapers(blocks: readonly Block[], day: Day): Paper[] {
  const papers: Paper[] = []
  for (let at = 0; at < blocks.length; ) {
    const title = blocks[at++] ?? []
    if (isFacts(title)) continue
    const abstract: string[] = []
    for (; at < blocks.length && !isFacts(blocks[at] ?? []); at++) {
      if (abstract.length > 0 && beginsPaper(blocks, at)) break
      abstract.push((blocks[at] ?? []).join('\n'))
    }
    const facts = isFacts(blocks[at] ?? []) ? (blocks[at++] ?? []) : []
    // Without facts, short lines are the page's furniture ("Previous", "Next"), not a paper.
    if (facts.length > 0 ? abstract.length > 0 : isAbstract(abstract[0]?.split('\n') ?? []))
      papers.push(plainPaper(title, abstract, facts, day))
  }
  return papers
}

function beginsPaper(blocks: readonly Block[], at: number): boolean {
  const [title = [], abstract = []] = blocks.slice(at, at + 2)
  const looksLikeTitle = length(title) <= LONGEST_TITLE && !/[.:;,]$/.test(title.at(-1) ?? '')
  return looksLikeTitle && isAbstract(abstract) && !isFacts(abstract)
}

function plainPaper(title: Block, abstract: readonly string[], facts: Block, day: Day): Paper {
  const name = unwrapLine(title.join(' '))
  const authors = AUTHORS.exec(facts[0] ?? '')
  const date = [authors?.[2] ?? '', ...facts.slice(1)]
    .map((line) => DATE.exec(line.trim()))
    .find((match) => match !== null)
  return {
    id: provisionalId(name),
    title: name,
    abstract: unwrapText(abstract.join('\n\n')),
    authors: [],
    authorCount: authors ? Number(authors[1]) : null,
    publishedOn: date?.[1] === undefined ? null : parsePrintedDay(date[1], day),
    ...NOT_SAID,
    // Where the page gives the date and no number behind it, nobody had commented.
    comments: date ? Number(date[2] ?? 0) : null,
    origin: 'page',
  }
}
