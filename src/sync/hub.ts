// What somebody asks the Hub for beside its days: a week, a month, what is trending, what its own search finds.

import { dayOf } from '../days.ts'
import { storeArrivals } from '../library/intake.ts'
import type { Library } from '../library/library.ts'
import type { Stored } from '../library/papers.ts'
import { storeTrending } from '../library/trending.ts'
import type { PaperId } from '../paper.ts'
import { notAfter } from '../sources/days.ts'
import type { Http } from '../sources/http.ts'
import { type HubAccess, type HubAnswer, openHub } from '../sources/hub.ts'
import { fetchPaper } from '../sources/hub-paper.ts'
import { fetchPeriod } from '../sources/hub-periods.ts'
import { searchHub } from '../sources/hub-search.ts'
import { type Brought, note } from './brought.ts'
import type { Watch } from './run.ts'

/** As many as the Hub's search gives at most. */
const FOUND = 100

/** Brings the papers of a week, a month or what is trending (see `fetchPeriod`), under the days they were listed on. What is trending is kept in its order. */
export function bringPeriod(
  library: Library,
  hub: HubAccess,
  period: string,
  watch: Watch,
  brought: Brought,
): Promise<void> {
  const keep = period === 'trending' ? (ids: readonly PaperId[]) => storeTrending(library, ids) : undefined
  return bring(library, hub, period, watch, brought, (http) => fetchPeriod(http, hub.endpoint, period), keep)
}

/** Brings what the Hub's own search finds. */
export function bringSearch(
  library: Library,
  hub: HubAccess,
  query: string,
  watch: Watch,
  brought: Brought,
): Promise<void> {
  return bring(library, hub, `“${query}”`, watch, brought, (http) =>
    searchHub(http, hub.endpoint, query, FOUND),
  )
}

/** Brings one paper with what is linked with it, and says whether that was news. Throws a SourceError. */
export async function bringPaper(
  library: Library,
  hub: HubAccess,
  id: PaperId,
  signal: AbortSignal,
): Promise<Stored> {
  const http = openHub(hub, { signal })
  try {
    const { paper, listedOn } = await fetchPaper(http, hub.endpoint, id)
    const arrival = { paper, listedOn: notAfter(listedOn, dayOf(Date.now())) }
    return storeArrivals(library, 'page', [arrival])[0]?.stored ?? 'same'
  } finally {
    await http.close()
  }
}

async function bring(
  library: Library,
  hub: HubAccess,
  what: string,
  { onEvent, signal }: Watch,
  brought: Brought,
  ask: (http: Http) => Promise<HubAnswer>,
  keep?: (ids: readonly PaperId[]) => void,
): Promise<void> {
  const http = openHub(hub, { signal, onWait: (ms, why) => onEvent({ type: 'waiting', ms, why }) })
  try {
    onEvent({ type: 'source', what })
    const { entries, problems } = await ask(http)
    for (const problem of problems) onEvent({ type: 'problem', where: what, problem })
    // What the Hub says of a single paper's day is no whole list of that day.
    const today = dayOf(Date.now())
    const arrivals = entries.map(({ paper, listedOn }) => ({ paper, listedOn: notAfter(listedOn, today) }))
    const outcome = library.transaction(() => {
      const stored = storeArrivals(library, 'page', arrivals)
      keep?.(stored.map(({ id }) => id))
      return stored
    })
    note(brought, outcome)
    onEvent({ type: 'brought', what, papers: entries.length })
  } finally {
    await http.close()
  }
}
