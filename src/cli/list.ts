import { listIds } from '../library/papers.ts'
import { openFilled } from '../open.ts'
import { listText, outputWidth, papersOf, printPapers } from './print.ts'
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
    printPapers(session, papersOf(library, ids), options.json, (papers) =>
      listText(papers, true, outputWidth()),
    )
    if (ids.length === 0) session.warn(emptyReason(options))
  })
}

function emptyReason({ unread, starred, date }: ListOptions): string {
  const of = date ? ` listed on ${date}` : ''
  if (unread) return `No unread papers${of}.`
  if (starred) return `No starred papers${of}. The reader’s b and "broadsheet mark ID --star" star them.`
  return date
    ? `No papers${of} here. "broadsheet sync --date ${date}" asks the Hub for them.`
    : 'The library is empty. "broadsheet sync" brings the newest papers.'
}
