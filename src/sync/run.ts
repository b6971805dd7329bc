// One sync at a time over all instances: it takes its turn, shows how far it is, and keeps the search index.

import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Library } from '../library/library.ts'
import { beatSyncRun, endSyncRun, takeSyncRun } from '../library/sync-run.ts'
import { isBehind } from '../search/upkeep.ts'
import { SourceError } from '../sources/errors.ts'
import type { SyncEvent } from '../sources/sync.ts'
import { tidyIndex } from './tidy.ts'

/** Who watches a sync: what it tells, and what ends it. */
export interface Watch {
  readonly onEvent: (event: SyncEvent) => void
  readonly signal: AbortSignal
}

const BEAT = 2000
const LOOK = 250

/**
 * Runs a sync once it is its turn: another instance's is followed until it has ended. Throws what `work` throws, after
 * the index has taken in what came before. Returns why the index could not be kept, or null.
 */
export async function runSync(
  library: Library,
  watch: Watch,
  work: (watch: Watch) => Promise<void>,
): Promise<string | null> {
  const owner = randomUUID()
  await ourTurn(library, owner, watch)
  const lost = new AbortController()
  let progress = ''
  const beat = setInterval(() => {
    try {
      if (!beatSyncRun(library, owner, progress)) lost.abort()
    } catch {
      // A busy library: the next beat will do.
    }
  }, BEAT)
  const onEvent = (event: SyncEvent) => {
    progress = progressOf(event) ?? progress
    watch.onEvent(event)
    // Papers that no segment holds are found all the same, only slower: no reason to give up the sync.
    if (event.type === 'stored' && isBehind(library)) tidyIndex(library)
  }
  try {
    tidyIndex(library)
    await work({ onEvent, signal: AbortSignal.any([watch.signal, lost.signal]) })
  } catch (error) {
    tidyIndex(library)
    throw error
  } finally {
    clearInterval(beat)
    endSyncRun(library, owner)
  }
  return tidyIndex(library)
}

function progressOf(event: SyncEvent): string | null {
  if (event.type === 'stored') return `${event.done} of ${event.total} days`
  return event.type === 'source' ? event.what : null
}

/** Waits until no other sync runs, and says so. */
async function ourTurn(library: Library, owner: string, { onEvent, signal }: Watch): Promise<void> {
  for (;;) {
    const other = takeSyncRun(library, owner)
    if (other === null) return
    onEvent({ type: 'following', ...other })
    try {
      await delay(LOOK, undefined, { signal })
    } catch {
      throw new SourceError('stopped', 'The sync was stopped.')
    }
  }
}
