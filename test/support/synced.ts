// A library, and what syncs of it tell and store.

import { storeDay } from '../../src/library/intake.ts'
import type { Library } from '../../src/library/library.ts'
import type { Day, PaperId } from '../../src/paper.ts'
import { SourceError } from '../../src/sources/errors.ts'
import type { HttpOptions } from '../../src/sources/http.ts'
import { syncDays } from '../../src/sources/sync.ts'

/** What a sync told, in words. */
export interface Told {
  /** What was wrong with a day or an entry, with the day before it. */
  readonly problems: string[]
  /** Why pages were read in the API's place. */
  readonly pages: string[]
  readonly waits: string[]
  /** The days that were stored. */
  readonly stored: Day[]
  /** What it ended with. */
  readonly error: SourceError | null
}

export interface SyncRun extends HttpOptions {
  readonly endpoint: string
  readonly days: readonly Day[]
}

/** Syncs days into a library, without long pauses, and whatever proxy this computer has. */
export async function syncInto(library: Library, { endpoint, days, token, ...http }: SyncRun): Promise<Told> {
  const told = { problems: [] as string[], pages: [] as string[], waits: [] as string[], stored: [] as Day[] }
  const error = await syncDays(
    days,
    {
      store(day, { entries }) {
        storeDay(
          library,
          day,
          entries.map(({ paper }) => paper),
        )
        return null
      },
    },
    {
      endpoint,
      ...(token ? { token } : {}),
      http: { pause: 2, env: {}, ...http },
      onEvent(event) {
        if (event.type === 'problem') told.problems.push(`${event.where}: ${event.problem}`)
        if (event.type === 'page') told.pages.push(event.why)
        if (event.type === 'waiting') told.waits.push(event.why)
        if (event.type === 'stored') told.stored.push(event.day)
      },
    },
  ).then(
    () => null,
    (error: unknown) => {
      if (!(error instanceof SourceError)) throw error
      return error
    },
  )
  return { ...told, error }
}

/** The papers of a day's list as a library has it, in order. */
export function listed({ prepare }: Library, day: Day): PaperId[] {
  return prepare(`SELECT paper_id FROM listings WHERE day = ? AND source = 'hub' ORDER BY rank`)
    .pluck()
    .all(day) as PaperId[]
}
