// What a sync without arguments brings: the Hub's days that are due, the categories and feeds that are followed, and what
// arXiv can tell more of known papers.

import type { Library } from '../library/library.ts'
import { pruneSamples } from '../library/momentum.ts'
import { SourceError } from '../sources/errors.ts'
import type { HubAccess } from '../sources/hub.ts'
import { type ArxivAccess, bringCategories, enrich } from './arxiv.ts'
import type { Brought } from './brought.ts'
import { bringDays, daysDue } from './days.ts'
import { bringFeeds } from './feeds.ts'
import type { Watch } from './run.ts'

/** Whom a sync asks. */
export interface Access extends HubAccess {
  readonly arxiv: ArxivAccess
  /** The addresses of the feeds that are followed. */
  readonly feeds: readonly string[]
}

export interface DueWants {
  /** Whether a person asked, and not a clock. */
  readonly asked: boolean
  /** Whether every day since the Hub's first one is wanted, from now on, and all that arXiv can tell. */
  readonly all: boolean
}

/**
 * Brings what is due from every source. What one of them refuses is no reason not to ask the others: the first error is
 * thrown once all that can be had is here.
 */
export async function bringDue(
  library: Library,
  access: Access,
  wants: DueWants,
  watch: Watch,
  brought: Brought,
): Promise<void> {
  const asking = { ...access, ...wants, ...watch }
  let failure: SourceError | null = null
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof SourceError) || error.code === 'stopped') throw error
      failure ??= error
    }
  }
  pruneSamples(library)
  await attempt(() => bringDays(library, daysDue(library, { ...wants, now: Date.now() }), asking, brought))
  await attempt(() => bringCategories(library, asking, brought))
  await attempt(() => bringFeeds(library, asking, brought))
  const isOffline = (failure as SourceError | null)?.offline ?? false
  if (!isOffline) await attempt(() => enrich(library, asking, brought))
  if (failure) throw failure
}
