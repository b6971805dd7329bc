// The Hub's Daily Papers page as HTML, fetched or saved: it carries the API's JSON in an attribute, and where it does not
// it still shows its papers.

import { type CheerioAPI, load } from 'cheerio/slim'
import type { Day } from '../paper.ts'
import { toDay } from './days.ts'
import { SourceError } from './errors.ts'
import type { Http } from './http.ts'
import { type HubAnswer, parseEntries, parseJson } from './hub.ts'
import { readShown } from './hub-cards.ts'

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

// The heading of a card. Bounded, since what comes after the tag's name may be anything.
const CARD = /<h3\b[^>]{0,500}>\s{0,100}<a\b[^>]{0,500}\bhref=["'][^"'>]{0,100}\/papers\/\d{4}\.\d{4,5}["']/i

/** Whether an HTML text is a Daily Papers page. */
export function isHubPage(html: string): boolean {
  return /data-target=["']?DailyPapers/.test(html) || (/<article\b/i.test(html) && CARD.test(html))
}

/**
 * Reads a Daily Papers page: the data it carries or, where that is gone or has changed, what it shows. Throws a
 * SourceError where the HTML is no such page, or does not say which day it shows.
 */
export function parseHubPage(html: string): HubPage {
  const $ = load(html)
  try {
    return carriedPage($)
  } catch (error) {
    // A page that is cut off shows only the first of its papers.
    const { papers, day } = readShown($)
    if (papers.length === 0 || !/<\/html>/i.test(html)) throw error
    if (day === null) throw withoutDay()
    return { day, entries: papers.map((paper) => ({ paper, listedOn: day })), problems: [] }
  }
}

function carriedPage($: CheerioAPI): HubPage {
  const data = pageData($, 'DailyPapers')
  if (data === null)
    throw new SourceError('unknown-shape', 'The HTML is no Daily Papers page (no DailyPapers data in it).')
  const day = typeof data.dateString === 'string' ? toDay(data.dateString) : null
  if (day === null) throw withoutDay()
  return { day, ...parseEntries(data.dailyPapers) }
}

const withoutDay = () =>
  new SourceError('unknown-shape', 'The Daily Papers page does not say which day it shows.')

/**
 * The data that a page of the Hub carries for a part of it (`DailyPapers`, `PaperContent`); null where it carries none.
 * Throws a SourceError where that is no JSON.
 */
export function pageData($: CheerioAPI, part: string): Record<string, unknown> | null {
  const props = $(`[data-target="${part}"][data-props]`).first().attr('data-props')
  if (props === undefined) return null
  const data = parseJson(props, `the data of the page (${part})`)
  return (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>
}
