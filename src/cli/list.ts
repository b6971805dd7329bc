import type { Library } from '../library/library.ts'
import { countPapers } from '../library/papers.ts'
import { listIds } from '../library/rows.ts'
import { viewNamed } from '../library/views.ts'
import { openFilled } from '../open.ts'
import { type PaperId, tagNamed } from '../paper.ts'
import { UsageError } from '../usage.ts'
import { listText, outputWidth, papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'

export interface ListOptions {
  readonly unread?: boolean
  readonly starred?: boolean
  readonly later?: boolean
  readonly hidden?: boolean
  readonly tag?: string
  readonly date?: string
  readonly view?: string
  readonly limit?: number
  readonly json?: boolean
}

const MARKS = ['unread', 'starred', 'later', 'hidden'] as const

/** `broadsheet list`: the list in the order of the screen. */
export async function list(session: Session, options: ListOptions): Promise<void> {
  const mark = MARKS.find((name) => options[name])
  await withLibrary(openFilled(session.settings), async (library) => {
    const ids =
      options.view !== undefined
        ? await inView(library, options.view, options.limit)
        : listIds(library, {
            ...(mark ? { mark } : {}),
            ...(options.tag === undefined ? {} : { tag: tagNamed(options.tag) ?? '' }),
            ...(options.date ? { day: options.date } : {}),
            ...(options.limit === undefined ? {} : { limit: options.limit }),
          })
    printPapers(session, papersOf(library, ids), options.json, (papers) =>
      listText(papers, options.view === undefined, outputWidth()),
    )
    if (ids.length === 0) session.warn(emptyReason(library, options))
  })
}

/** The papers of a view. The search is loaded for who asks for one. */
async function inView(library: Library, name: string, limit?: number): Promise<readonly PaperId[]> {
  const view = viewNamed(library, name)
  if (!view) throw new UsageError(`There is no view "${name}". "broadsheet views" lists them.`)
  return (await import('./views.ts')).papersInView(library, view).slice(0, limit)
}

function emptyReason(
  library: Library,
  { unread, starred, later, hidden, tag, date, view }: ListOptions,
): string {
  if (view !== undefined) return `No paper is in the view ${view} now.`
  const of = `${tag === undefined ? '' : ` with the tag ${tag}`}${date ? ` listed on ${date}` : ''}`
  if (later)
    return `Nothing is kept for later${of}. The reader’s w and "broadsheet mark ID --later" keep papers.`
  if (hidden) return `Nothing is hidden${of}.`
  if (unread) return `No unread papers${of}.`
  if (starred) return `No starred papers${of}. The reader’s b and "broadsheet mark ID --star" star them.`
  if (tag !== undefined) return `No papers${of}. "broadsheet tags" lists your tags.`
  if (!date && countPapers(library) > 0)
    return 'Every paper is hidden. "broadsheet list --hidden" shows them, "broadsheet rules" what hides some.'
  return date
    ? `No papers${of} here. "broadsheet sync --date ${date}" asks the Hub for them.`
    : 'The library is empty. "broadsheet sync" brings the newest papers.'
}
