// What was trending when the Hub was last asked, in its order.

import type { PaperId } from '../paper.ts'
import type { Library } from './library.ts'

export interface Trending {
  /** The Hub's first one first. */
  readonly ids: readonly PaperId[]
  /** In ms since 1970. */
  readonly askedAt: number
}

/** Keeps what is trending in the place of what was. `now` is in ms since 1970. */
export function storeTrending(library: Library, ids: readonly PaperId[], now: number = Date.now()): void {
  library.transaction(() => {
    library.prepare('DELETE FROM trending').run()
    const put = library.prepare('INSERT INTO trending (rank, paper_id, asked_at) VALUES (?, ?, ?)')
    for (const [rank, id] of [...new Set(ids)].entries()) put.run(rank, id, now)
  })
}

/** What was trending last; null where nobody has asked yet. */
export function lastTrending({ prepare }: Library): Trending | null {
  const rows = prepare('SELECT paper_id AS id, asked_at AS askedAt FROM trending ORDER BY rank').all() as {
    id: PaperId
    askedAt: number
  }[]
  return rows[0] ? { ids: rows.map(({ id }) => id), askedAt: rows[0].askedAt } : null
}
