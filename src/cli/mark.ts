import { changeMarks, markVerb } from '../library/history.ts'
import { openFilled } from '../open.ts'
import type { MarkChange, MarkField } from '../paper.ts'
import { UsageError } from '../usage.ts'
import { knownId } from './ids.ts'
import { papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'

export interface MarkOptions {
  readonly read?: boolean
  readonly unread?: boolean
  readonly star?: boolean
  readonly unstar?: boolean
  readonly json?: boolean
}

/** `broadsheet mark`: all papers named or, where one is not known, none. The reader's U undoes it. */
export async function mark(session: Session, texts: readonly string[], options: MarkOptions): Promise<void> {
  if ((options.read && options.unread) || (options.star && options.unstar))
    throw new UsageError('A paper cannot be both: give --read or --unread, --star or --unstar.')
  const change: MarkChange = {
    ...(options.read ? { read: true } : options.unread ? { read: false } : {}),
    ...(options.star ? { starred: true } : options.unstar ? { starred: false } : {}),
  }
  if (Object.keys(change).length === 0)
    throw new UsageError('Say how to mark: --read, --unread, --star or --unstar.')
  await withLibrary(openFilled(session.settings), (library) => {
    const ids = [...new Set(texts.map((text) => knownId(library, text)))]
    const verbs = (Object.entries(change) as [MarkField, boolean][]).map(([field, on]) => markVerb(field, on))
    const label = `${verbs.join(' and ')} ${ids.length === 1 ? ids[0] : `${ids.length} papers`}`
    const changed = changeMarks(library, ids, change, label)
    printPapers(session, papersOf(library, ids), options.json, () => `${label} (${changed.length} changed)`)
  })
}
