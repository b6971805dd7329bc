// The thread that searches and counts. It only reads.

import type { MessagePort } from 'node:worker_threads'
import { dayOf } from '../days.ts'
import { explain } from '../library/errors.ts'
import { openLibrary } from '../library/library.ts'
import { countUnreadOf } from '../library/papers.ts'
import { fieldValues, valuesVersion } from '../library/searches.ts'
import { countLibrary } from '../library/statistics.ts'
import { EVERY_PAPER } from '../paper.ts'
import { createSearcher } from '../search/search.ts'
import { describe } from '../text/sanitise.ts'
import type { Asking, BackgroundAnswer, BackgroundRequest } from './background.ts'
import { localDay } from './dates.ts'

/** Serves the thread; of several requests that wait the newest counts. */
export function serveSearch(port: MessagePort, libraryFile: string): void {
  const library = openLibrary(libraryFile, { durability: 'normal' })
  library.db.pragma('query_only = ON')
  const searcher = createSearcher(library)
  let wanted: Asking | null = null
  let valuesOf = ''
  const say = (answer: BackgroundAnswer) => port.postMessage(answer)

  const search = () => {
    if (!wanted) return
    const asking = wanted
    wanted = null
    const { request, limit } = asking
    try {
      const found =
        asking.type === 'search' ? searcher.search(asking.query, limit) : searcher.similar(asking.id, limit)
      say({ type: 'found', request, found })
    } catch (error) {
      say({ type: 'search-failed', request, why: describe(explain(error, library.file)) })
    }
  }

  const warmUp = () => {
    try {
      searcher.warmUp()
      // A query that came meanwhile is more urgent than what it could be completed to.
      search()
      const version = valuesVersion(library)
      if (version === valuesOf) return
      say({ type: 'values', values: fieldValues(library) })
      valuesOf = version
    } catch {
      // Nobody waits for it; the search that needs what could not be read says why.
    }
  }

  // Of views that were asked for twice the newer list counts.
  let toCount: readonly string[] = []
  const countNext = () => {
    const [query, ...rest] = toCount
    if (query === undefined) return
    toCount = rest
    // What somebody waits for comes first.
    search()
    try {
      const { ids } = searcher.search(query, EVERY_PAPER)
      say({ type: 'counted', query, count: { papers: ids.length, unread: countUnreadOf(library, ids) } })
    } catch {
      // A number that is missing says so itself.
    }
    setImmediate(countNext)
  }
  // Letters come faster than numbers: only the newest query is worth one.
  let rule: string | null = null
  const countRule = () => {
    if (rule === null) return
    const query = rule
    rule = null
    try {
      say({ type: 'rule-counted', query, papers: searcher.matching(query).length })
    } catch {
      // A number that is missing says so itself.
    }
  }
  const recheck = (query: string) => {
    try {
      say({ type: 'rechecked', query, ids: searcher.search(query, EVERY_PAPER).ids })
    } catch {
      // The view is as it was; asking for it anew says why.
    }
  }
  const count = () => {
    try {
      const now = Date.now()
      // When somebody read is in days of their own; the days of papers are UTC.
      const counts = countLibrary(library, localDay)
      say({ type: 'statistics', answer: { counts, today: localDay(now), todayUtc: dayOf(now) } })
    } catch (error) {
      say({ type: 'statistics', answer: { why: describe(explain(error, library.file)) } })
    }
  }

  port.on('message', (request: BackgroundRequest) => {
    if (request.type === 'count-views') {
      toCount = request.queries
      return void setImmediate(countNext)
    }
    if (request.type === 'count-rule') {
      if (rule === null) setImmediate(countRule)
      rule = request.query
      return
    }
    if (request.type === 'recheck') return void setImmediate(recheck, request.query)
    if (request.type === 'warm-up') return void setImmediate(warmUp)
    if (request.type === 'statistics') return void setImmediate(count)
    if (request.type !== 'search' && request.type !== 'similar') return
    // Letters come faster than answers: of the queries that wait, only the newest is worth one.
    if (!wanted) setImmediate(search)
    wanted = request
  })
}
