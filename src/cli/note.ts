import { readFileSync } from 'node:fs'
import { changeNote } from '../library/history.ts'
import { noteOf } from '../library/marks.ts'
import { openFilled } from '../open.ts'
import { sanitise } from '../text/sanitise.ts'
import { UsageError } from '../usage.ts'
import { knownId } from './ids.ts'
import { type Session, withLibrary } from './session.ts'

export interface NoteOptions {
  /** A file, or `-` for standard input. */
  readonly from?: string
  readonly json?: boolean
}

const MOST = 1_000_000

/** `broadsheet note`: prints the note on a paper, or writes it. The reader's U undoes that. */
export async function note(session: Session, text: string, { from, json }: NoteOptions): Promise<void> {
  const written = from === undefined ? null : readNote(from)
  await withLibrary(openFilled(session.settings), (library) => {
    const id = knownId(library, text)
    if (written !== null) changeNote(library, id, written, `wrote a note on ${id}`)
    const kept = noteOf(library, id)
    if (json) return session.out(JSON.stringify({ id, note: kept }, null, 2))
    if (kept === null) session.warn(`There is no note on ${id}.`)
    else session.out(sanitise(kept).trimEnd())
  })
}

function readNote(from: string): string {
  const bytes = readFileSync(from === '-' ? 0 : from)
  if (bytes.length > MOST) throw new UsageError('That is longer than 1 MB, which no note is.')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError('That is no UTF-8 text.')
  }
}
