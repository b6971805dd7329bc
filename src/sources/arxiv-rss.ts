// arXiv's daily RSS 2.0 feed as papers: what was announced today in a category, cross-lists and replacements too.

import { dayOf } from '../days.ts'
import { type Day, NOT_SAID, type Paper } from '../paper.ts'
import { unwrapLine, unwrapText } from '../text/sanitise.ts'
import {
  announcedOn,
  arxivCategories,
  type Feed,
  firstDoi,
  lineOrNull,
  parseCreators,
  parseVersioned,
  readEach,
  withoutAnnouncement,
} from './arxiv-entry.ts'
import { SourceError } from './errors.ts'
import { childrenOf, fieldOf, parseDocument, textOf, type XmlNode } from './xml.ts'

/**
 * Reads an arXiv RSS feed. One without items is sound: nothing is announced on weekends and holidays. Throws a
 * SourceError where it is cut off, is no RSS, or says that it could not be made.
 */
export function parseRss(xml: string): Feed {
  const [channel] = childrenOf(parseDocument(xml, 'rss', 'RSS feed'), 'channel')
  if (channel === undefined) throw new SourceError('unknown-shape', 'The RSS feed has no channel.')
  if (/^\s*Feed error\b/.test(fieldOf(channel, 'title')))
    throw new SourceError(
      'bad-request',
      `arXiv reports an error: ${unwrapLine(fieldOf(channel, 'description'))}.`,
    )
  return readEach(childrenOf(channel, 'item'), 'item', readItem)
}

function readItem(item: XmlNode): Paper | string {
  const field = (name: string) => fieldOf(item, name)
  const description = field('description')
  const announced = /^\s*arXiv:(\S+)/.exec(description)?.[1] ?? ''
  const named = parseVersioned(field('guid')) ?? parseVersioned(announced) ?? parseVersioned(field('link'))
  if (named === null) return 'no arXiv id'
  const { id, version } = named
  const title = unwrapLine(field('title'))
  if (title === '') return `${id} has no title`
  const authors = parseCreators(field('dc:creator'))
  return {
    id,
    title,
    abstract: unwrapText(withoutAnnouncement(description)),
    authors,
    authorCount: authors.length > 0 ? authors.length : null,
    ...NOT_SAID,
    ...announcedOn(field('arxiv:announce_type').trim(), version, toMailDay(field('pubDate').trim())),
    version,
    doi: firstDoi(field('arxiv:DOI')),
    journal: lineOrNull(field('arxiv:journal_reference')),
    categories: arxivCategories(childrenOf(item, 'category').map(textOf)),
    origin: 'arxiv',
  }
}

/** The UTC day of a date as mail and RSS write it: `Mon, 28 Sep 2026 00:00:00 -0400`. */
function toMailDay(text: string): Day | null {
  // Date.parse takes much for a date that is none, and a time without a zone for one of this machine's.
  if (
    !/^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|[A-Z]{2,4})$/.test(
      text,
    )
  )
    return null
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : dayOf(time)
}
