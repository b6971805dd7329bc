// The Hub's Daily Papers page: as HTML (fetched or saved), which carries the API's JSON in an attribute, and as plain
// text copied from a browser.

import { load } from 'cheerio/slim'
import type { Day, Paper } from '../paper.ts'
import { provisionalId } from '../paper.ts'
import { unwrapLine, unwrapText } from '../text/sanitise.ts'
import { parsePrintedDay, toDay } from './days.ts'
import { SourceError } from './errors.ts'
import type { Http } from './http.ts'
import { type HubAnswer, parseEntries, parseJson } from './hub.ts'

/** A page's papers and the day it says it shows: for a weekend or a day to come that is another than was asked for. */
export interface HubPage extends HubAnswer {
  readonly day: Day
}

/** The HTML page of a day, by its current address and, where that is gone, by its older one. */
export async function fetchDayPage(http: Http, endpoint: string, day: Day): Promise<HubPage> {
  const get = async (path: string) => parseHubPage((await http.get(endpoint + path, 'text/html')).body)
  try {
    return await get(`/papers/date/${day}`)
  } catch (error) {
    if (!(error instanceof SourceError) || !['not-found', 'unknown-shape'].includes(error.code)) throw error
    return await get(`/papers?date=${day}`)
  }
}

/** Whether an HTML text is a Daily Papers page. */
export function isHubPage(html: string): boolean {
  return /data-target=["']?DailyPapers/.test(html)
}

/** Reads a Daily Papers page. Throws a SourceError where the HTML is no such page. */
export function parseHubPage(html: string): HubPage {
  const props = load(html)('[data-target="DailyPapers"][data-props]').first().attr('data-props')
  if (props === undefined)
    throw new SourceError('unknown-shape', 'The HTML is no Daily Papers page (no DailyPapers data in it).')
  const data = parseJson(props, 'the data of the Daily Papers page')
  const { dateString, dailyPapers } = (typeof data === 'object' && data !== null ? data : {}) as Record<
    string,
    unknown
  >
  const day = typeof dateString === 'string' ? toDay(dateString) : null
  if (day === null)
    throw new SourceError('unknown-shape', 'The Daily Papers page does not say which day it shows.')
  return { day, ...parseEntries(dailyPapers) }
}

/** A plain-text page, its papers in the order of the page. */
export interface PlainPage {
  readonly day: Day
  readonly papers: readonly Paper[]
}

const HEADING = /^Daily Papers$/m
const AUTHORS = /^\s*[•·*]\s*(\d+) authors?$/
const DATE_AND_COMMENTS = /^([A-Za-z]{3,9}\.? \d{1,2}(?:, ?\d{4})?)(?:\s+(\d+))?$/

/** Whether a text looks like a Daily Papers page copied from a browser. */
export function isPlainPage(text: string): boolean {
  return HEADING.test(text) && /^\s*[•·*]\s*\d+ authors?$/m.test(text)
}

/**
 * Reads a Daily Papers page that was copied as plain text: title, abstract, then mostly `• 7 authors`, `·` and the date
 * with the number of comments behind it. `date` is the page's day; where it is missing the page's own date line means
 * the last such day up to `today`. Papers get provisional ids. Throws a SourceError where the text is no such page.
 */
export function parsePlainPage(text: string, { today, date }: { today: Day; date?: Day }): PlainPage {
  // Blocks are what stands between blank lines: the page's furniture, its date, titles, abstracts and author lines.
  const blocks = text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
  const heading = blocks.findIndex((lines) => lines.some((line) => HEADING.test(line.trim())))
  if (heading < 0)
    throw new SourceError('unknown-shape', 'The text is no Daily Papers page (no "Daily Papers" heading).')
  const dateBlock = blocks.findIndex(
    ([line = '', ...more], index) =>
      index > heading && more.length === 0 && parsePrintedDay(line, today) !== null,
  )
  const printed = dateBlock < 0 ? null : parsePrintedDay(blocks[dateBlock]?.[0] ?? '', today)
  const day = date ?? printed
  if (day === null)
    throw new SourceError(
      'unknown-shape',
      'The Daily Papers page does not say its day. Give it with --date YYYY-MM-DD.',
    )
  const papers = readPapers(blocks.slice(Math.max(dateBlock, heading) + 1), day)
  if (papers.length === 0) throw new SourceError('unknown-shape', 'The Daily Papers page holds no paper.')
  return { day, papers }
}

// What tells an abstract from a title where no author line stands between two papers.
const LONGEST_TITLE = 250
const SHORTEST_ABSTRACT = 100

const isFacts = (block: readonly string[]) => block.some((line) => AUTHORS.test(line))
const length = (block: readonly string[]) => block.join(' ').length

/** Titles and abstracts alternate; an abstract may have several paragraphs, and an author line may be missing. */
function readPapers(blocks: readonly string[][], day: Day): Paper[] {
  const papers: Paper[] = []
  for (let at = 0; at < blocks.length; ) {
    const title = blocks[at++] ?? []
    const abstract: string[] = []
    while (
      at < blocks.length &&
      !isFacts(blocks[at] ?? []) &&
      !(abstract.length > 0 && beginsPaper(blocks, at))
    )
      abstract.push((blocks[at++] ?? []).join('\n'))
    const facts = isFacts(blocks[at] ?? []) ? (blocks[at++] ?? []) : []
    // Without facts, short lines are the page's furniture ("Previous", "Next"), not a paper.
    if (facts.length > 0 ? abstract.length > 0 : abstract.join(' ').length >= SHORTEST_ABSTRACT)
      papers.push(plainPaper(title, abstract, facts, day))
  }
  return papers
}

function beginsPaper(blocks: readonly string[][], at: number): boolean {
  const [title = [], abstract = []] = blocks.slice(at, at + 2)
  const looksLikeTitle = length(title) <= LONGEST_TITLE && !/[.:;,]$/.test(title.at(-1) ?? '')
  return looksLikeTitle && length(abstract) >= SHORTEST_ABSTRACT && !isFacts(abstract)
}

function plainPaper(title: string[], abstract: string[], facts: string[], day: Day): Paper {
  const name = unwrapLine(title.join(' '))
  const authorLine = facts.map((line) => AUTHORS.exec(line)).find((match) => match !== null)
  const dateLine = facts.map((line) => DATE_AND_COMMENTS.exec(line.trim())).find((match) => match !== null)
  return {
    id: provisionalId(name),
    title: name,
    abstract: unwrapText(abstract.join('\n\n')),
    authors: [],
    authorCount: authorLine?.[1] === undefined ? null : Number(authorLine[1]),
    publishedOn: dateLine?.[1] === undefined ? null : parsePrintedDay(dateLine[1], day),
    upvotes: null,
    // Where the page gives the date and no number behind it, nobody had commented.
    comments: dateLine ? Number(dateLine[2] ?? 0) : null,
    aiSummary: null,
    keywords: [],
    organization: null,
    projectPage: null,
    githubRepo: null,
    githubStars: null,
    origin: 'page',
  }
}
