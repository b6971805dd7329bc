// The Hub's lists of longer than a day: a week, a month, and what is trending.

import { addDays, isDay } from '../days.ts'
import type { Day } from '../paper.ts'
import { SourceError } from './errors.ts'
import type { Http } from './http.ts'
import { fetchList, type HubAnswer, refuseOthers } from './hub.ts'

/** An ISO week (`2025-W36`), a month (`2025-09`), or `trending`. */
export type Period = string

/** What is trending never ends: it is all papers in an order, of which the beginning is what anyone looks at. */
const TRENDING_PAGES = 5

/** Whether a text is a week or month of the calendar, or `trending`. */
export function isPeriod(text: string): boolean {
  return queryOf(text) !== null
}

/** The Monday of an ISO week (`2025-W36`); null where the text is none, or its year has no such week. */
export function weekStart(text: string): Day | null {
  const match = /^(2\d{3})-W(0[1-9]|[1-5]\d)$/.exec(text)
  if (!match?.[1]) return null
  // 4 January lies in the first week, and a week belongs to the year of its Thursday.
  const fourth = `${match[1]}-01-04`
  const sinceMonday = (new Date(`${fourth}T00:00:00Z`).getUTCDay() + 6) % 7
  const monday = addDays(fourth, 7 * (Number(match[2]) - 1) - sinceMonday)
  return addDays(monday, 3).startsWith(match[1]) ? monday : null
}

const isMonth = (text: string): boolean => /^2\d{3}-\d{2}$/.test(text) && isDay(`${text}-01`)

function queryOf(period: Period): string | null {
  if (period === 'trending') return 'sort=trending'
  if (weekStart(period) !== null) return `week=${period}`
  return isMonth(period) ? `month=${period}` : null
}

/**
 * The API's list for a week or month, all pages of it, or the papers that are trending. Each paper keeps the day it was
 * listed on. Throws a SourceError where the API cannot give it or the period is none.
 */
export async function fetchPeriod(http: Http, endpoint: string, period: Period): Promise<HubAnswer> {
  const query = queryOf(period)
  if (query === null)
    throw new SourceError(
      'bad-request',
      'The Hub has lists for weeks (2025-W36) and months (2025-09) of the calendar, and for "trending".',
    )
  const isTrending = period === 'trending'
  const address = `${endpoint}/api/daily_papers?${query}`
  const answer = await fetchList(http, address, period, isTrending ? { pages: TRENDING_PAGES } : {})
  const monday = weekStart(period)
  // Servers that know neither weeks nor months answer with the newest day: the Hub did until September 2025.
  if (monday !== null) refuseOthers(answer, period, (day) => monday <= day && day <= addDays(monday, 6))
  else if (!isTrending) refuseOthers(answer, period, (day) => day.startsWith(period))
  return answer
}
