// History: every change of a mark with what was there before, so that it can be undone, across restarts.

import type { MarkChange, MarkField, PaperId } from '../paper.ts'
import type { Library } from './library.ts'
import { type MarkTime, markTime, setMark } from './marks.ts'

/** What an undo brought back. */
export interface Undone {
  /** What had been done: `marked read “…”`. */
  readonly label: string
  readonly ids: readonly PaperId[]
}

const VERBS = { read: ['marked unread', 'marked read'], starred: ['unstarred', 'starred'] } as const

/** What a change of a mark is called, in the history and on the screen. */
export function markVerb(field: MarkField, on: boolean): string {
  return VERBS[field][on ? 1 : 0]
}

/**
 * Applies a change to the marks of papers, as one step of the history. Papers that already are so are left alone;
 * returns the ids that changed. `now` is in ms since 1970.
 */
export function changeMarks(
  library: Library,
  ids: readonly PaperId[],
  change: MarkChange,
  label: string,
  now: number = Date.now(),
): PaperId[] {
  return library.transaction(() => {
    const changed = new Set<PaperId>()
    let seq: number | bigint | null = null
    for (const id of ids) {
      for (const [field, on] of Object.entries(change) as [MarkField, boolean][]) {
        const before = markTime(library, id, field)
        if ((before !== null) === on) continue
        const after = on ? now : null
        seq ??= library
          .prepare('INSERT INTO history (done_at, label) VALUES (?, ?)')
          .run(now, label).lastInsertRowid
        library
          .prepare(
            'INSERT INTO history_changes (seq, paper_id, field, before_at, after_at) VALUES (?, ?, ?, ?, ?)',
          )
          .run(seq, id, field, before, after)
        setMark(library, id, field, after)
        changed.add(id)
      }
    }
    return [...changed]
  })
}

/** Takes the last step that still stands back; null where there is none. `now` is in ms since 1970. */
export function undoLast(library: Library, now: number = Date.now()): Undone | null {
  return library.transaction(() => {
    const last = library
      .prepare('SELECT seq, label FROM history WHERE undone_at IS NULL ORDER BY seq DESC LIMIT 1')
      .get() as { seq: number; label: string } | undefined
    if (!last) return null
    const changes = library
      .prepare('SELECT paper_id AS id, field, before_at AS before FROM history_changes WHERE seq = ?')
      .all(last.seq) as { id: PaperId; field: MarkField; before: MarkTime }[]
    for (const { id, field, before } of changes) setMark(library, id, field, before)
    library.prepare('UPDATE history SET undone_at = ? WHERE seq = ?').run(now, last.seq)
    return { label: last.label, ids: [...new Set(changes.map(({ id }) => id))] }
  })
}
