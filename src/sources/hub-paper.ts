// One paper as the Hub knows it, with the models, data sets and Spaces that it links: by the API, else by its page.

import { load } from 'cheerio/slim'
import { type PaperId, parseArxivId } from '../paper.ts'
import { SourceError } from './errors.ts'
import type { Http } from './http.ts'
import { type HubEntry, parseEntries, parseJson } from './hub.ts'
import { pageData } from './hub-page.ts'

/** Failures of the API that the page may not share. */
const PAGE_MAY_HELP = new Set(['not-found', 'server', 'unknown-shape', 'bad-request', 'too-large'])

/**
 * A paper by its arXiv id, and the day it was listed on, where it was. Throws a SourceError; its code is `not-found`
 * where the Hub has no page of the paper, which is so for most that nobody has linked or listed.
 */
export async function fetchPaper(http: Http, endpoint: string, id: PaperId): Promise<HubEntry> {
  // Anything else would ask for another page of the Hub.
  if (parseArxivId(id) !== id)
    throw new SourceError('bad-request', 'The Hub knows papers by their arXiv id alone.')
  try {
    const { body } = await http.get(`${endpoint}/api/papers/${id}`, 'application/json')
    return only(parseJson(body, `the Hub’s answer for ${id}`), id)
  } catch (error) {
    if (!(error instanceof SourceError) || !PAGE_MAY_HELP.has(error.code)) throw error
    try {
      const { body } = await http.get(`${endpoint}/papers/${id}`, 'text/html')
      return parsePaperPage(body, id)
    } catch (pageError) {
      throw bothFailed(id, error, pageError)
    }
  }
}

/** What to say where neither the API nor the page gave a paper. */
function bothFailed(id: PaperId, error: SourceError, pageError: unknown): unknown {
  if (!(pageError instanceof SourceError)) return pageError
  // The API is believed where another page stands in its place; that it is off altogether looks the same.
  if (pageError.code === 'not-found' || (error.code === 'not-found' && pageError.code === 'unknown-shape'))
    return new SourceError('not-found', `The Hub has no page of the paper ${id}.`, error)
  // What the API said is what people can act on, but where it said nothing of use or the network went away.
  const pageSaysMore = error.code === 'not-found' || pageError.offline || pageError.code === 'stopped'
  return pageSaysMore ? pageError : error
}

/** Reads a paper's page. Throws a SourceError where the HTML is no such page, or that of another paper. */
export function parsePaperPage(html: string, id: PaperId): HubEntry {
  const { paper, comments } = paperPageData(html)
  return only({ paper, numComments: countComments(comments) }, id)
}

/** The data that a paper's page carries. Throws a SourceError where the HTML is no such page. */
export function paperPageData(html: string): Record<string, unknown> {
  const data = pageData(load(html), 'PaperContent')
  if (data === null)
    throw new SourceError('unknown-shape', 'The HTML is no page of a paper (no PaperContent data in it).')
  return data
}

/** The comments that a page shows: what else has happened stands among them, and what was hidden since. */
function countComments(comments: unknown): number | null {
  if (!Array.isArray(comments)) return null
  return comments.filter((entry) => entry?.type === 'comment' && entry.data?.hidden !== true).length
}

function only(record: unknown, id: PaperId): HubEntry {
  const [entry] = parseEntries([record]).entries
  if (entry?.paper.id !== id)
    throw new SourceError('unknown-shape', `The Hub was asked for ${id} and answers with ${entry?.paper.id}.`)
  return entry
}
