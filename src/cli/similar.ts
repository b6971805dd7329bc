import { openFilled } from '../open.ts'
import { createSearcher } from '../search/search.ts'
import { knownId } from './ids.ts'
import { listText, outputWidth, papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'

/** Words that a line shows: the most telling of those that two papers share. */
const SHOWN = 4

/** `broadsheet similar`: the papers most like one, best first, each with the words they share. */
export async function similar(
  session: Session,
  text: string,
  { limit, json }: { limit: number; json?: boolean },
): Promise<void> {
  await withLibrary(openFilled(session.settings), (library) => {
    const { ids, shared } = createSearcher(library).similar(knownId(library, text), limit)
    printPapers(
      session,
      papersOf(library, ids),
      json,
      (papers) =>
        listText(papers, false, outputWidth(), ({ id }) => {
          const words = shared.get(id)?.slice(0, SHOWN) ?? []
          return words.length > 0 ? `shares: ${words.join(', ')}` : null
        }),
      ({ id }) => ({ shared: shared.get(id) ?? [] }),
    )
    if (ids.length === 0) session.warn('No paper here shares its words.')
  })
}
