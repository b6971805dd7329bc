import { allTags } from '../library/marks.ts'
import { openFilled } from '../open.ts'
import { type Session, withLibrary } from './session.ts'

/** `broadsheet tags`: every tag and how many papers carry it, the most used first. */
export async function tags(session: Session, { json }: { readonly json?: boolean }): Promise<void> {
  await withLibrary(openFilled(session.settings), (library) => {
    const all = allTags(library)
    if (json) return session.out(JSON.stringify(all, null, 2))
    if (all.length === 0)
      return session.warn('There are no tags yet. The reader’s t and "mark ID --tag" give them.')
    const width = Math.max(...all.map(({ papers }) => String(papers).length))
    session.out(all.map(({ tag, papers }) => `${String(papers).padStart(width)}  ${tag}`).join('\n'))
  })
}
