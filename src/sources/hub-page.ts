// The Hub's Daily Papers page as HTML, fetched or saved: it carries the API's JSON in an attribute.

import { load } from 'cheerio/slim'
import type { Day } from '../paper.ts'
import { toDay } from './days.ts'
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
