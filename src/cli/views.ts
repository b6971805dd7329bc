import type { Library } from '../library/library.ts'
import { keepView, removeView, savedViews } from '../library/views.ts'
import { openFilled } from '../open.ts'
import { EVERY_PAPER } from '../paper.ts'
import { sortNamed } from '../search/fields.ts'
import { sortedQuery } from '../search/grammar.ts'
import { createSearcher } from '../search/search.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { UsageError } from '../usage.ts'
import { refuseEmpty } from './search.ts'
import { type Session, withLibrary } from './session.ts'

/** The papers of a view, in its order. */
export function papersInView(library: Library, { query, sort }: { query: string; sort: string | null }) {
  return createSearcher(library).search(sortedQuery(query, sort), EVERY_PAPER).ids
}

/** `broadsheet views`: the reader's own views in their order, with how many papers each has. */
export async function views(session: Session, { json }: { readonly json?: boolean }): Promise<void> {
  await withLibrary(openFilled(session.settings), (library) => {
    const all = savedViews(library).map((view) => ({ ...view, papers: papersInView(library, view).length }))
    if (json) return session.out(JSON.stringify(all, null, 2))
    if (all.length === 0)
      return session.warn('There are no views yet. "views add NAME QUERY" makes one, as the reader’s v does.')
    const width = Math.max(...all.map(({ papers }) => String(papers).length))
    session.out(
      all
        .map(({ name, query, key, sort, papers }) =>
          [
            `${String(papers).padStart(width)} ${key ?? ' '}  ${unwrapLine(name)}: ${unwrapLine(query)}`,
            ...(sort === null ? [] : [`by ${sort}`]),
          ].join('  '),
        )
        .join('\n'),
    )
  })
}

export interface AddViewOptions {
  readonly key?: number
  readonly sort?: string
}

/** `broadsheet views add`: a new view at the end of the order. */
export async function addView(
  session: Session,
  name: string,
  query: string,
  { key, sort }: AddViewOptions,
): Promise<void> {
  refuseEmpty(session, query)
  if (sort !== undefined && sortNamed(sort) === null)
    throw new UsageError(`There is no order "${sort}". docs/queries.md lists what sort: takes.`)
  await withLibrary(openFilled(session.settings), (library) => {
    const view = {
      name: unwrapLine(name).trim(),
      query: unwrapLine(query),
      key: key ?? null,
      sort: sort ?? null,
    }
    const why = keepView(library, view)
    if (why !== null) throw new UsageError(`Not kept: ${why}.`)
    session.out(`“${view.name}” is kept (${papersInView(library, view).length} papers).`)
  })
}

/** `broadsheet views remove`. */
export async function dropView(session: Session, name: string): Promise<void> {
  await withLibrary(openFilled(session.settings), (library) => {
    const removed = removeView(library, name)
    if (!removed) throw new UsageError(`There is no view "${name}". "broadsheet views" lists them.`)
    session.out(`Removed “${unwrapLine(removed.view.name)}”.`)
  })
}
