// The Hub's own search, which goes by meaning as well as by words and knows papers that no list had.

import type { PaperId } from '../paper.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { SourceError } from './errors.ts'
import type { Http } from './http.ts'
import { type HubAnswer, parseEntries, parseJson } from './hub.ts'

const MAX_FOUND = 100
// In characters. What follows would change little of what is meant, and the Hub may refuse it.
const MAX_QUERY = 250

/**
 * The papers that the Hub finds for a query, best first, at most `limit` and never more than 100. Where the Hub gives
 * their titles alone, their abstracts are empty. Throws a SourceError.
 */
export async function searchHub(
  http: Http,
  endpoint: string,
  query: string,
  limit: number,
): Promise<HubAnswer> {
  const asked = Array.from(unwrapLine(query)).slice(0, MAX_QUERY).join('')
  if (asked === '') throw new SourceError('bad-request', 'There is nothing to search the Hub for.')
  const count = Math.max(1, Math.min(MAX_FOUND, Math.trunc(limit) || 1))
  const parameters = new URLSearchParams({ q: asked, limit: String(count) })
  const { body } = await http.get(`${endpoint}/api/papers/search?${parameters}`, 'application/json')
  const { entries, problems } = parseEntries(parseJson(body, 'the Hub’s answer to the search'))
  const seen = new Set<PaperId>()
  const found = entries.filter(({ paper: { id } }) => !seen.has(id) && seen.add(id))
  return { entries: found.slice(0, count), problems }
}
