// arXiv: new submissions and revisions of the categories that are followed, what it can tell more of known papers, and
// whole fields at once.

import { dayOf } from '../days.ts'
import { storeArrivals } from '../library/intake.ts'
import type { Library } from '../library/library.ts'
import { hasPaper } from '../library/papers.ts'
import { recordEnriched, recordSource, sourceState, unenriched } from '../library/sources.ts'
import type { Day, Paper } from '../paper.ts'
import { type ArxivAddresses, fetchPapers, fetchSubmissions } from '../sources/arxiv.ts'
import { SourceError } from '../sources/errors.ts'
import type { Http } from '../sources/http.ts'
import { harvest, isBadToken, setOf } from '../sources/oai.ts'
import { type ArxivPlace, withArxiv } from './arxiv-client.ts'
import { type Brought, note } from './brought.ts'
import { isSourceDue } from './due.ts'
import type { Watch } from './run.ts'

/** How arXiv is asked. */
export interface ArxivAccess extends ArxivPlace {
  /** The categories that are followed. */
  readonly categories: readonly string[]
  /** Whether papers of other sources are looked up. */
  readonly enrich: boolean
}

interface Asking extends Watch {
  readonly arxiv: ArxivAccess
  readonly asked: boolean
}

const DAY = 86_400_000
/** A category that was never asked for begins with so many days. */
const FIRST_LOOK = 7
/** arXiv's days are not ours, and its answers lag behind: what was there already costs nothing. */
const OVERLAP = 2
const BATCH = 100
/** Batches of papers looked up in one sync, where not all are wanted: half a minute. */
const BATCHES = 10
/** A paper that arXiv did not know is looked up again after so many days. */
const ASK_AGAIN = 30

/** Brings new submissions and revisions of every category that is due. Throws the first error once all were asked. */
export async function bringCategories(library: Library, asking: Asking, brought: Brought): Promise<void> {
  const now = Date.now()
  const due = asking.arxiv.categories.filter((category) =>
    isSourceDue(sourceState(library, `arxiv:${category}`), asking.asked, now),
  )
  await withArxiv(library, asking.arxiv, asking, async (http, addresses) => {
    let failure: SourceError | null = null
    for (const category of due) {
      const what = `arXiv ${category}`
      asking.onEvent({ type: 'source', what })
      try {
        const papers = await bringCategory(library, http, addresses, category, asking, brought)
        asking.onEvent({ type: 'brought', what, papers })
      } catch (error) {
        if (!(error instanceof SourceError) || error.code === 'stopped') throw error
        asking.onEvent({ type: 'problem', where: what, problem: error.message })
        failure ??= error
        if (error.offline) break
      }
    }
    if (failure) throw failure
  })
}

async function bringCategory(
  library: Library,
  http: Http,
  addresses: ArxivAddresses,
  category: string,
  { onEvent }: Asking,
  brought: Brought,
): Promise<number> {
  const name = `arxiv:${category}`
  const known = sourceState(library, name)
  const now = Date.now()
  const since = dayOf(known ? known.syncedAt - OVERLAP * DAY : now - FIRST_LOOK * DAY)
  let count = 0
  for await (const page of fetchSubmissions(http, addresses, category, { since })) {
    for (const problem of page.problems) onEvent({ type: 'problem', where: `arXiv ${category}`, problem })
    if (page.fallback !== undefined)
      onEvent({
        type: 'problem',
        where: `arXiv ${category}`,
        problem: `${page.fallback} Its RSS feed is read instead.`,
      })
    // An old paper that was revised is news only to who has it.
    const wanted = page.papers.filter(
      ({ id, publishedOn }) => (publishedOn !== null && publishedOn >= since) || hasPaper(library, id),
    )
    store(library, wanted, brought)
    count += wanted.length
  }
  recordSource(library, name, { syncedAt: now, cursor: null })
  return count
}

/**
 * Looks up papers of other sources at arXiv, newest first: its abstracts keep the mathematics that the Hub strips. Never
 * throws for what arXiv does: the papers are there already, and are looked up the next time.
 */
export async function enrich(
  library: Library,
  asking: Asking & { readonly all: boolean },
  brought: Brought,
): Promise<void> {
  if (!asking.arxiv.enrich) return
  await withArxiv(library, asking.arxiv, asking, async (http, addresses) => {
    for (let batch = 0; asking.all || batch < BATCHES; batch++) {
      const now = Date.now()
      const ids = unenriched(library, BATCH, now - ASK_AGAIN * DAY)
      if (ids.length === 0) return
      asking.onEvent({ type: 'source', what: 'arXiv abstracts' })
      try {
        const { papers, problems } = await fetchPapers(http, addresses, ids)
        for (const problem of problems) asking.onEvent({ type: 'problem', where: 'arXiv', problem })
        library.transaction(() => {
          store(library, papers, brought)
          recordEnriched(library, ids, now)
        })
      } catch (error) {
        if (!(error instanceof SourceError) || error.code === 'stopped') throw error
        return asking.onEvent({ type: 'problem', where: 'arXiv', problem: error.message })
      }
    }
  })
}

/**
 * Brings a category whole, from a day on, page by page; one that was cut off goes on where it was, one that was complete
 * brings what has changed since.
 */
export async function bringHarvest(
  library: Library,
  asking: Asking,
  category: string,
  from: Day,
  brought: Brought,
): Promise<void> {
  const set = setOf(category)
  const name = `oai:${set}:${from}`
  const known = sourceState(library, name)
  const what = `arXiv ${category}`
  const begun = Date.now()
  await withArxiv(library, asking.arxiv, asking, async (http, addresses) => {
    const read = async (since: Day, token: string | null) => {
      for await (const page of harvest(http, addresses, {
        set,
        since,
        ...(token === null ? {} : { token }),
      })) {
        for (const problem of page.problems) asking.onEvent({ type: 'problem', where: what, problem })
        library.transaction(() => {
          store(library, page.papers, brought)
          // Until the last page the time of the harvest before stands, so that nothing between is missed.
          const syncedAt = page.token === null ? begun : (known?.syncedAt ?? 0)
          recordSource(library, name, { syncedAt, cursor: page.token })
        })
        asking.onEvent({ type: 'brought', what, papers: page.papers.length })
      }
    }
    const since = known && known.syncedAt > 0 ? dayOf(known.syncedAt - DAY) : from
    asking.onEvent({ type: 'source', what })
    try {
      await read(since, known?.cursor ?? null)
    } catch (error) {
      // A place to go on from is only good for a day or so.
      if (known?.cursor == null || !isBadToken(error)) throw error
      await read(since, null)
    }
  })
}

function store(library: Library, papers: readonly Paper[], brought: Brought): void {
  note(
    brought,
    storeArrivals(
      library,
      'page',
      papers.map((paper) => ({ paper, listedOn: null })),
    ),
  )
}
