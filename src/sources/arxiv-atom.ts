// arXiv's Atom feeds as papers: the API's answers and the daily ones. Metadata is CC0.

import { NOT_SAID, type Paper } from '../paper.ts'
import { unwrapLine, unwrapText } from '../text/sanitise.ts'
import {
  announcedOn,
  arxivCategories,
  cleanLines,
  type Feed,
  firstDoi,
  lineOrNull,
  parseCreators,
  parseVersioned,
  readEach,
  withoutAnnouncement,
} from './arxiv-entry.ts'
import { toDay } from './days.ts'
import { SourceError } from './errors.ts'
import { childrenOf, fieldOf, hasRoot, parseDocument, type XmlNode } from './xml.ts'

/** `total` is how many results the whole search has, where the feed says so. */
export interface AtomFeed extends Feed {
  readonly total: number | null
}

/** Whether a text is an Atom feed. */
export function isAtom(text: string): boolean {
  return hasRoot(text, 'feed') && text.includes('http://www.w3.org/2005/Atom')
}

/**
 * Reads an arXiv Atom feed. Throws a SourceError where it is cut off, is no Atom, or is arXiv's way of reporting an
 * error (a feed of one entry titled `Error`, under status 200 or 400).
 */
export function parseAtom(xml: string): AtomFeed {
  if (!isAtom(xml)) throw new SourceError('unknown-shape', 'The XML is no Atom feed.')
  const feed = parseDocument(xml, 'feed', 'Atom feed')
  const total = Number(fieldOf(feed, 'opensearch:totalResults').trim() || Number.NaN)
  return {
    ...readEach(childrenOf(feed, 'entry'), 'entry', readEntry),
    total: Number.isSafeInteger(total) && total >= 0 ? total : null,
  }
}

function readEntry(entry: XmlNode): Paper | string {
  const field = (name: string) => fieldOf(entry, name)
  const address = field('id').trim()
  const title = unwrapLine(field('title'))
  const named = parseVersioned(address)
  if (address.includes('/api/errors') || (named === null && title === 'Error'))
    throw new SourceError('bad-request', `arXiv reports an error: ${unwrapLine(field('summary'))}.`)
  if (named === null) return 'no arXiv id'
  if (title === '') return `${named.id} has no title`
  const { id, version } = named
  const creators = field('dc:creator')
  const authors =
    creators === ''
      ? cleanLines(childrenOf(entry, 'author').map((author) => fieldOf(author, 'name')))
      : parseCreators(creators)
  return {
    id,
    title,
    abstract: unwrapText(withoutAnnouncement(field('summary'))),
    authors,
    authorCount: authors.length > 0 ? authors.length : null,
    ...NOT_SAID,
    ...datesOf(entry, version),
    version,
    // The daily feed has other names for the last two than the API.
    doi: firstDoi(field('arxiv:doi') || field('arxiv:DOI')),
    journal: lineOrNull(field('arxiv:journal_ref') || field('arxiv:journal_reference')),
    remark: lineOrNull(field('arxiv:comment')),
    categories: arxivCategories(
      ['arxiv:primary_category', 'category'].flatMap((name) =>
        childrenOf(entry, name).map(({ attribs }) => attribs?.term ?? ''),
      ),
    ),
    origin: 'arxiv',
  }
}

function datesOf(entry: XmlNode, version: number | null): Pick<Paper, 'publishedOn' | 'revisedOn'> {
  const day = (name: string) => toDay(fieldOf(entry, name).trim())
  const kind = fieldOf(entry, 'arxiv:announce_type').trim()
  // `updated` is the daily feed's own moment, but in the API it is the version's.
  if (kind !== '') return announcedOn(kind, version, day('published'))
  return {
    publishedOn: day('published'),
    revisedOn: version !== null && version > 1 ? day('updated') : null,
  }
}
