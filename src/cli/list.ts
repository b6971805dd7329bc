import { listIds } from '../library/papers.ts'
import { openFilled } from '../open.ts'
import { tagNamed } from '../paper.ts'
import { listText, outputWidth, papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'

export interface ListOptions {
  readonly unread?: boolean
  readonly starred?: boolean
  readonly later?: boolean
  readonly hidden?: boolean
  readonly tag?: string
  readonly date?: string
  readonly limit?: number
  readonly json?: boolean
}

const MARKS = ['unread', 'starred', 'later', 'hidden'] as const

/** `broadsheet list`: the list in the order of the screen. */
export async function list(session: Session, options: ListOptions): Promise<void> {
  const mark = MARKS.find((name) => options[name])
  await withLibrary(openFilled(session.settings), (library) => {
    const ids = listIds(library, {
      ...(mark ? { mark } : {}),
      ...(options.tag === undefined ? {} : { tag: tagNamed(options.tag) ?? '' }),
      ...(options.date ? { day: options.date } : {}),
      ...(options.limit === undefined ? {} : { limit: options.limit }),
    })
    printPapers(session, papersOf(library, ids), options.json, (papers) =>
      listText(papers, true, outputWidth()),
    )
    if (ids.length === 0) session.warn(emptyReason(options))
  })
}

function emptyReason({ unread, starred, later, hidden, tag, date }: ListOptions): string {
  const of = `${tag === undefined ? '' : ` with the tag ${tag}`}${date ? ` listed on ${date}` : ''}`
  if (later)
    return `Nothing is kept for later${of}. The reader’s w and "broadsheet mark ID --later" keep papers.`
  if (hidden) return `Nothing is hidden${of}.`
  if (unread) return `No unread papers${of}.`
  if (starred) return `No starred papers${of}. The reader’s b and "broadsheet mark ID --star" star them.`
  if (tag !== undefined) return `No papers${of}. "broadsheet tags" lists your tags.`
  return date
    ? `No papers${of} here. "broadsheet sync --date ${date}" asks the Hub for them.`
    : 'The library is empty. "broadsheet sync" brings the newest papers.'
}
