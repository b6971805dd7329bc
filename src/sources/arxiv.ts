// arXiv's Atom API: its feeds as papers. Metadata is CC0.

import { type CheerioAPI, load } from 'cheerio/slim'
import { NOT_SAID, type Paper, parseArxivId } from '../paper.ts'
import { unwrapLine, unwrapText } from '../text/sanitise.ts'
import { toDay } from './days.ts'
import { SourceError } from './errors.ts'

/** Whether a text is an Atom feed. */
export function isAtom(text: string): boolean {
  return /<feed[\s>]/.test(text.slice(0, 2000)) && text.includes('http://www.w3.org/2005/Atom')
}

/**
 * Reads an arXiv Atom feed. Throws a SourceError where it is cut off, is no Atom, or is arXiv's way of reporting an
 * error (a feed of one entry titled `Error`, under status 200 or 400).
 */
export function parseAtom(xml: string): { papers: Paper[]; problems: string[] } {
  if (!isAtom(xml)) throw new SourceError('unknown-shape', 'The XML is no Atom feed.')
  if (!/<\/feed>\s*(<!--[\s\S]*?-->\s*)*$/.test(xml))
    throw new SourceError('unknown-shape', 'The Atom feed is cut off: its end is missing.')
  const $ = load(xml, { xml: true })
  const papers: Paper[] = []
  const problems: string[] = []
  for (const element of $('feed > entry')) {
    const entry = $(element)
    const text = (selector: string) => entry.children(selector).first().text()
    const address = text('id').trim()
    const title = unwrapLine(text('title'))
    if (address.includes('/api/errors'))
      throw new SourceError('bad-request', `arXiv reports an error: ${unwrapLine(text('summary'))}.`)
    const id = parseArxivId(address.replace(/^oai:arXiv\.org:/, ''))
    if (id === null || title === '') {
      problems.push(
        `entry ${papers.length + problems.length + 1} left out: ${id ? 'no title' : 'no arXiv id'}`,
      )
      continue
    }
    const creators = text('dc\\:creator')
    const authors = (
      creators === ''
        ? entry
            .find('author > name')
            .toArray()
            .map((name) => $(name).text())
        : creators.split(', ')
    )
      .map(unwrapLine)
      .filter((name) => name !== '')
    papers.push({
      id,
      title,
      // The daily feed puts an announcement line in front of the abstract.
      abstract: unwrapText(text('summary').replace(/^arXiv:\S+ Announce Type: .*\nAbstract: /, '')),
      authors,
      authorCount: authors.length > 0 ? authors.length : null,
      // In the daily feed this is the day of the announcement, which for cross-lists and revisions is another.
      publishedOn: /^(new)?$/.test(text('arxiv\\:announce_type').trim())
        ? toDay(text('published').trim())
        : null,
      ...NOT_SAID,
      categories: categoriesOf(entry),
      origin: 'arxiv',
    })
  }
  return { papers, problems }
}

// Authors may add classes of other schemes (`68T50`, `I.2.7`), and arXiv lists them among its own categories.
const CATEGORY = /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[A-Za-z]+)*)?$/

/** The arXiv categories of an entry, the primary one first. */
function categoriesOf(entry: ReturnType<CheerioAPI>): string[] {
  const terms = (selector: string) =>
    entry
      .children(selector)
      .toArray()
      .map(({ attribs }) => attribs.term?.trim() ?? '')
  const all = [...terms('arxiv\\:primary_category'), ...terms('category')]
  return [...new Set(all.filter((term) => CATEGORY.test(term)))]
}
