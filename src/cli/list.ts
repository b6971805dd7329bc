import { listIds } from '../library/papers.ts'
import { openFilled } from '../open.ts'
import { listText, papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'

export interface ListOptions {
  readonly unread?: boolean
  readonly starred?: boolean
  readonly date?: string
  readonly limit?: number
  readonly json?: boolean
}

/** `broadsheet list`: the list in the order of the screen. */
export async function list(session: Session, options: ListOptions): Promise<void> {
  await withLibrary(openFilled(session.settings), (library) => {
    const ids = listIds(library, {
      ...(options.unread ? { mark: 'unread' } : options.starred ? { mark: 'starred' } : {}),
      ...(options.date ? { day: options.date } : {}),
      ...(options.limit === undefined ? {} : { limit: options.limit }),
    })
    printPapers(session, papersOf(library, ids), options.json, (papers) => listText(papers, true))
    if (ids.length === 0) session.warn('No papers match. "broadsheet sync" brings the newest ones.')
  })
}
