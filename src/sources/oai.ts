// arXiv's OAI-PMH interface: whole categories at once, and later what has changed in them.

import { type Day, isArxiv, NOT_SAID, type Paper, type PaperId } from '../paper.ts'
import { unwrapLine, unwrapText } from '../text/sanitise.ts'
import type { ArxivAddresses } from './arxiv.ts'
import { groupOf, requireCategory } from './arxiv-category.ts'
import {
  arxivCategories,
  checkReadable,
  cleanLines,
  type Feed,
  firstDoi,
  lineOrNull,
  parseVersioned,
  readEach,
} from './arxiv-entry.ts'
import { toDay } from './days.ts'
import { SourceError } from './errors.ts'
import type { Http } from './http.ts'
import { childrenOf, fieldOf, parseDocument, textOf, type XmlNode } from './xml.ts'

/** A page of a harvest. */
export interface OaiPage extends Feed {
  /** Papers that arXiv no longer has. */
  readonly deleted: readonly PaperId[]
  /** What the next page can be had with, also much later; null where this was the last. */
  readonly token: string | null
  /** The server's day: the next harvest may begin with it. */
  readonly servedOn: Day | null
}

class BadTokenError extends SourceError {}

/** Whether arXiv did not take a harvest's token (any more): the harvest has to begin again from its day. */
export function isBadToken(error: unknown): boolean {
  return error instanceof BadTokenError
}

/**
 * The OAI set of a category or an archive: `cs:cs:CL`, `physics:hep-th`, `cs`. Throws a SourceError where the text is
 * no category.
 */
export function setOf(text: string): string {
  const category = requireCategory(text)
  const [archive = '', subject] = category.split('.')
  const group = groupOf(archive)
  if (subject !== undefined) return `${group}:${archive}:${subject}`
  // The set `physics` is thirteen archives; whoever writes it as a category means the one of that name.
  return group === archive && group !== 'physics' ? group : `${group}:${archive}`
}

// arXiv refuses a harvest from an earlier day, and no record has an earlier date.
const FIRST_DATESTAMP: Day = '2005-09-16'
const XML = 'text/xml, application/xml;q=0.9, */*;q=0.1'

export interface HarvestOptions {
  /** As `setOf` gives it; null for all of arXiv. */
  readonly set: string | null
  /** Records that changed on this day or later, whenever their papers appeared. */
  readonly since: Day
  /** Records that changed up to this day. */
  readonly until?: Day
  /** The token of an earlier harvest's last page: goes on after it, whatever else is said here. */
  readonly token?: string
}

/**
 * The records of a set in pages of some thousands, oldest change first. A page's token is what the next one can be had
 * with: whoever stores it with the page can go on later where this was cut off. Throws a SourceError where a page cannot
 * be had or read; `isBadToken` knows the one about the token.
 */
export async function* harvest(
  http: Http,
  addresses: ArxivAddresses,
  { set, since, until, token }: HarvestOptions,
): AsyncGenerator<OaiPage, void, undefined> {
  const used = new Set<string>()
  for (let next = token ?? null; ; ) {
    const parameters = new URLSearchParams({ verb: 'ListRecords' })
    if (next !== null) parameters.set('resumptionToken', next)
    else {
      parameters.set('metadataPrefix', 'arXiv')
      if (set !== null) parameters.set('set', set)
      if (since >= FIRST_DATESTAMP) parameters.set('from', since)
      if (until !== undefined) parameters.set('until', until)
    }
    const page = parseOai((await http.get(`${addresses.oai}?${parameters}`, XML)).body)
    if (page.deleted.length === 0) checkReadable(page)
    if (next !== null) used.add(next)
    if (page.token !== null && used.has(page.token))
      throw new SourceError(
        'unknown-shape',
        'arXiv’s harvest leads back to a page that it has given already.',
      )
    yield page
    if (page.token === null) return
    next = page.token
  }
}

/**
 * Reads an answer to ListRecords; `noRecordsMatch` is one without papers. Throws a SourceError where arXiv reports
 * another error, or where the XML is cut off or no such answer. A record that cannot be read costs itself alone.
 */
export function parseOai(xml: string): OaiPage {
  const root = parseDocument(xml, 'OAI-PMH', 'OAI-PMH answer')
  const servedOn = toDay(fieldOf(root, 'responseDate').trim())
  const errors = childrenOf(root, 'error')
  const error = errors.find(({ attribs }) => attribs?.code !== 'noRecordsMatch')
  if (error !== undefined) throw asError(error)
  const [list] = childrenOf(root, 'ListRecords')
  if (list === undefined) {
    if (errors.length > 0) return { papers: [], problems: [], deleted: [], token: null, servedOn }
    throw new SourceError('unknown-shape', 'The OAI-PMH answer is no list of records.')
  }
  const deleted: PaperId[] = []
  const present = childrenOf(list, 'record').filter((record) => {
    const [header] = childrenOf(record, 'header')
    const gone = header?.attribs?.status === 'deleted' ? parseVersioned(fieldOf(header, 'identifier')) : null
    if (gone !== null) deleted.push(gone.id)
    return gone === null
  })
  return {
    ...readEach(present, 'record', readRecord),
    deleted,
    token: fieldOf(list, 'resumptionToken').trim() || null,
    servedOn,
  }
}

function asError(error: XmlNode): SourceError {
  const code = unwrapLine(error.attribs?.code ?? '').slice(0, 40)
  const said = unwrapLine(textOf(error)).slice(0, 200)
  const message = `arXiv reports an error (${code || 'without a code'}): ${said || 'it says no more'}`
  return code === 'badResumptionToken'
    ? new BadTokenError('bad-request', message)
    : new SourceError('bad-request', message)
}

function readRecord(record: XmlNode): Paper | string {
  const [header] = childrenOf(record, 'header')
  const [metadata] = childrenOf(record, 'metadata')
  const [said] = childrenOf(metadata, 'arXiv')
  const field = (name: string) => fieldOf(said, name)
  const id = (parseVersioned(field('id')) ?? parseVersioned(fieldOf(header, 'identifier')))?.id
  if (id === undefined) return 'no arXiv id'
  if (said === undefined) return `${id} has no metadata`
  const title = unwrapLine(field('title'))
  if (title === '') return `${id} has no title`
  const authors = cleanLines(
    childrenOf(childrenOf(said, 'authors')[0], 'author').map((author) =>
      ['forenames', 'keyname', 'suffix'].map((part) => fieldOf(author, part)).join(' '),
    ),
  )
  return {
    id,
    title,
    abstract: unwrapText(field('abstract')),
    authors,
    authorCount: authors.length > 0 ? authors.length : null,
    ...NOT_SAID,
    ...datesOf(id, toDay(field('created').trim())),
    doi: firstDoi(field('doi')),
    journal: lineOrNull(field('journal-ref')),
    remark: lineOrNull(field('comments')),
    categories: arxivCategories(field('categories').split(/\s+/)),
    origin: 'arxiv',
  }
}

/**
 * What `created` says. Since March 2025 it is the day of the newest version, whatever the schema says of the first, and
 * `updated` is any change of the record, bulk ones too. The id tells which it is: it has the month in which the paper
 * appeared, and a first version is never younger than that.
 */
function datesOf(id: PaperId, created: Day | null): Pick<Paper, 'publishedOn' | 'revisedOn'> {
  const isRevision = created !== null && created.slice(0, 7) > monthOf(id)
  return isRevision ? { publishedOn: null, revisedOn: created } : { publishedOn: created, revisedOn: null }
}

/** The month of an arXiv id, `YYYY-MM`: the first was given in 1991. */
function monthOf(id: PaperId): string {
  const [, year = '', month = ''] = /(\d{2})(\d{2})(?:\.\d+|\d{3})$/.exec(isArxiv(id) ? id : '') ?? []
  return `${Number(year) > 90 ? 19 : 20}${year}-${month}`
}
