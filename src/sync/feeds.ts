// Feeds of journals, labs and others that are followed.

import { dayOf } from '../days.ts'
import { storeArrivals } from '../library/intake.ts'
import type { Library } from '../library/library.ts'
import { recordSource, recordValidators, sourceState, validatorsOf } from '../library/sources.ts'
import { SourceError } from '../sources/errors.ts'
import { createHttp } from '../sources/http.ts'
import { type Brought, note } from './brought.ts'
import { isSourceDue } from './due.ts'
import type { Watch } from './run.ts'

interface Asking extends Watch {
  readonly feeds: readonly string[]
  readonly asked: boolean
}

/** Brings every feed that is due. Throws the first error once all were asked. */
export async function bringFeeds(library: Library, asking: Asking, brought: Brought): Promise<void> {
  const { feeds, asked, onEvent, signal } = asking
  const now = Date.now()
  const due = feeds.filter((url) => isSourceDue(sourceState(library, `feed:${url}`), asked, now))
  if (due.length === 0) return
  // The parser is loaded where there are feeds.
  const { fetchFeed } = await import('../sources/feed.ts')
  const http = createHttp({ signal, onWait: (ms, why) => onEvent({ type: 'waiting', ms, why }) })
  let failure: SourceError | null = null
  try {
    for (const url of due) {
      const where = new URL(url).host
      onEvent({ type: 'source', what: where })
      try {
        const name = `feed:${url}`
        const known = validatorsOf(library, name) ?? undefined
        const feed = await fetchFeed(http, url, { today: dayOf(now), known })
        for (const problem of feed?.problems ?? []) onEvent({ type: 'problem', where, problem })
        library.transaction(() => {
          if (feed) {
            const arrivals = feed.papers.map((paper) => ({ paper, listedOn: null }))
            note(brought, storeArrivals(library, 'page', arrivals))
            recordValidators(library, name, feed.validators)
          }
          recordSource(library, name, { syncedAt: now, cursor: null })
        })
        onEvent({ type: 'brought', what: where, papers: feed?.papers.length ?? 0 })
      } catch (error) {
        if (!(error instanceof SourceError) || error.code === 'stopped') throw error
        onEvent({ type: 'problem', where, problem: error.message })
        failure ??= error
      }
    }
  } finally {
    await http.close()
  }
  if (failure) throw failure
}
