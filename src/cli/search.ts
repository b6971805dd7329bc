import type { Library } from '../library/library.ts'
import { openFilled } from '../open.ts'
import { parseQuery } from '../search/grammar.ts'
import { createSearcher } from '../search/search.ts'
import { isBehind } from '../search/upkeep.ts'
import { UsageError } from '../usage.ts'
import { listText, outputWidth, papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'
import { tidyIndex } from './tidy.ts'

/** A search waits no longer than this, in ms, for a library that another program writes to. */
const PATIENCE = 100

/** `broadsheet search`: papers best first, as the reader's `/` finds them. `limit` papers at most. */
export async function search(
  session: Session,
  query: string,
  { limit, json }: { limit: number; json?: boolean },
): Promise<void> {
  refuseEmpty(session, query)
  await withLibrary(openFilled(session.settings), (library) => {
    catchUp(session, library)
    const { ids } = createSearcher(library).search(query, limit)
    printPapers(session, papersOf(library, ids), json, (papers) => listText(papers, false, outputWidth()))
    if (ids.length === 0) session.warn('Nothing matches. Fewer or other words may.')
  })
}

/** Warns of what in a query makes no sense; throws a UsageError where nothing else is in it. */
export function refuseEmpty({ warn }: Session, text: string): void {
  // Nobody types on: the space says so.
  const { query, problems } = parseQuery(`${text} `)
  const ignored = problems.map(({ start, end, why }) => `ignored "${text.slice(start, end).trim()}": ${why}`)
  if (query.node !== null || query.sort !== null) return ignored.forEach((problem) => void warn(problem))
  const why = ignored.length > 0 ? `: ${ignored.join('; ')}` : ''
  throw new UsageError(
    `There is nothing to search for in "${text}"${why}. Give a word or a field (author:lecun).`,
  )
}

/** Takes what came in unnoticed into the index. A library that cannot be written is searched as it is. */
function catchUp(session: Session, library: Library): void {
  if (!isBehind(library)) return
  library.setBusyTimeout(PATIENCE)
  tidyIndex(session, library)
}
