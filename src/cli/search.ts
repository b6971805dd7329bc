import { openFilled } from '../open.ts'
import { createSearcher } from '../search/search.ts'
import { listText, outputWidth, papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'

/** `broadsheet search`: papers best first, as the reader's `/` finds them. `limit` papers at most. */
export async function search(
  session: Session,
  query: string,
  { limit, json }: { limit: number; json?: boolean },
): Promise<void> {
  await withLibrary(openFilled(session.settings), (library) => {
    const { ids } = createSearcher(library).search(query, limit)
    printPapers(session, papersOf(library, ids), json, (papers) => listText(papers, false, outputWidth()))
    if (ids.length === 0) session.warn('Nothing matches. Fewer or other words may.')
  })
}
