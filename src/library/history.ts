// History: every decision of the reader with what was there before, so that it can be undone and done again, across
// restarts. Steps are stored first and applied from what is stored, so that doing, undoing and redoing are one thing.

import type { MarkChange, MarkField, PaperId } from '../paper.ts'
import type { Library } from './library.ts'
import { MARK_COLUMNS, papersTagged } from './marks.ts'
import { HIDDEN, MUTED_BY, TAGGED_WITH } from './rules.ts'

/** A step that was undone or done again. */
export interface Restored {
  /** What had been done: `marked read “…”`. */
  readonly label: string
  readonly ids: readonly PaperId[]
}

const VERBS: Readonly<Record<MarkField, readonly [off: string, on: string]>> = {
  read: ['marked unread', 'marked read'],
  starred: ['unstarred', 'starred'],
  later: ['no longer kept for later', 'kept for later'],
  hidden: ['shown again', 'hidden'],
}

// A paper may be hidden by a rule too: to show it all the same is a decision of its own, with a negative time.
const IS: Readonly<Partial<Record<MarkField, string>>> = { hidden: HIDDEN }
const OFF: Readonly<Partial<Record<MarkField, string>>> = { hidden: `iif(${MUTED_BY} IS NULL, NULL, -@now)` }
/** The place of a paper that does not carry a tag in spite of a rule. */
const NOT_TAGGED = -1

/** What a change of a mark is called, in the history and on the screen. */
export function markVerb(field: MarkField, on: boolean): string {
  return VERBS[field][on ? 1 : 0]
}

/**
 * Changes the marks of papers, as one step of the history. Papers that already are so are left alone; returns the ids that
 * changed. Throws, and changes nothing, where one of the papers is not in the library. `now` is in ms since 1970.
 */
export function changeMarks(
  library: Library,
  ids: readonly PaperId[],
  change: MarkChange,
  label: string,
  now: number = Date.now(),
): PaperId[] {
  return step(library, label, now, (seq) => {
    for (const [field, on] of Object.entries(change) as [MarkField, boolean][])
      library
        .prepare(
          `INSERT INTO changes (seq, paper_id, field, before, after)
           SELECT @seq, papers.id, @field, ${MARK_COLUMNS[field]}, iif(@on, @now, ${OFF[field] ?? 'NULL'})
           FROM (SELECT DISTINCT value AS id FROM json_each(@ids)) AS papers
             LEFT JOIN marks ON marks.paper_id = papers.id
           WHERE ${IS[field] ?? `(${MARK_COLUMNS[field]} IS NOT NULL)`} <> @on`,
        )
        .run({ seq, field, ids: JSON.stringify(ids), now, on: on ? 1 : 0 })
  })
}

/** Which tags papers get and lose. */
export interface TagChange {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

const BY_RULE = `SELECT paper_id FROM ruled JOIN rules USING (rule) WHERE kind = 'tag' AND name = @tag`

/** Like `changeMarks`, for tags (see `tagNamed`). Papers come to the end of a tag's order, in the order of `ids`. */
export function changeTags(
  library: Library,
  ids: readonly PaperId[],
  { add, remove }: TagChange,
  label: string,
  now: number = Date.now(),
): PaperId[] {
  return step(library, label, now, (seq) => {
    for (const tag of new Set(add)) {
      const last = library
        .prepare('SELECT max(place) FROM tagged WHERE tag = ? AND place > 0')
        .pluck()
        .get(tag)
      library
        .prepare(
          `INSERT INTO changes (seq, paper_id, field, before, after)
           SELECT @seq, wanted.value, 'tag:' || @tag, place, @last + min(wanted.key) + 1
           FROM json_each(@ids) AS wanted LEFT JOIN tagged ON tag = @tag AND paper_id = wanted.value
           WHERE wanted.value NOT IN (SELECT paper_id FROM tagged WHERE tag = @tag AND place > 0)
           GROUP BY wanted.value`,
        )
        .run({ seq, tag, ids: JSON.stringify(ids), last: last ?? 0 })
    }
    for (const tag of new Set(remove.filter((tag) => !add.includes(tag))))
      library
        .prepare(
          `INSERT INTO changes (seq, paper_id, field, before, after)
           SELECT @seq, wanted.paper_id, 'tag:' || @tag, place, iif(wanted.paper_id IN (${BY_RULE}), @none, NULL)
           FROM (${TAGGED_WITH}) AS wanted
             LEFT JOIN tagged ON tagged.tag = @tag AND tagged.paper_id = wanted.paper_id
           WHERE wanted.paper_id IN (SELECT value FROM json_each(@ids))`,
        )
        .run({ seq, tag, ids: JSON.stringify(ids), none: NOT_TAGGED })
  })
}

/**
 * Moves a paper by so many places in the order of a tag, as one step of the history. Returns the ids of papers whose place
 * changed: none where it is at that end already, or does not carry the tag.
 */
export function moveInTag(
  library: Library,
  id: PaperId,
  tag: string,
  by: number,
  label: string,
  now: number = Date.now(),
): PaperId[] {
  return step(library, label, now, (seq) => {
    const ids = papersTagged(library, tag)
    const from = ids.indexOf(id)
    const to = Math.max(0, Math.min(from + by, ids.length - 1))
    if (from < 0 || from === to) return
    ids.splice(from, 1)
    ids.splice(to, 0, id)
    library
      .prepare(
        `INSERT INTO changes (seq, paper_id, field, before, after)
         SELECT @seq, wanted.value, 'tag:' || @tag, place, wanted.key + 1
         FROM json_each(@ids) AS wanted LEFT JOIN tagged ON tag = @tag AND paper_id = wanted.value
         WHERE place IS NOT wanted.key + 1 AND (place IS NOT NULL OR wanted.key <= @last)`,
      )
      // Papers that a rule tagged get a place where one of them is moved, as far as it goes.
      .run({ seq, tag, ids: JSON.stringify(ids), last: Math.max(from, to) })
  })
}

/** Like `changeMarks`, for the note on a paper; null or a blank text is none. */
export function changeNote(
  library: Library,
  id: PaperId,
  note: string | null,
  label: string,
  now: number = Date.now(),
): PaperId[] {
  const text = note === null || note.trim() === '' ? null : note
  return step(library, label, now, (seq) => {
    library
      .prepare(
        `INSERT INTO changes (seq, paper_id, field, before, after)
         SELECT @seq, @id, 'note', text, @text FROM (SELECT 1) LEFT JOIN notes ON paper_id = @id WHERE text IS NOT @text`,
      )
      .run({ seq, id, text })
  })
}

/** One step: `collect` stores its changes under the number it is given; they are applied, and the papers they are of returned. */
function step(
  library: Library,
  label: string,
  now: number,
  collect: (seq: number | bigint) => void,
): PaperId[] {
  const { prepare } = library
  return library.transaction(() => {
    const turn = nextTurn(library)
    const seq = prepare('INSERT INTO history (done_at, label, turn) VALUES (?, ?, ?)').run(
      now,
      label,
      turn,
    ).lastInsertRowid
    collect(seq)
    const ids = idsOf(library, seq)
    if (ids.length === 0) {
      prepare('DELETE FROM history WHERE seq = ?').run(seq)
      return []
    }
    // What was undone before something else was done cannot be done again.
    prepare('DELETE FROM history WHERE undone_at IS NOT NULL').run()
    apply(library, seq, 'after')
    return ids
  })
}

/** Takes the last step that still stands back; null where there is none. `now` is in ms since 1970. */
export function undoLast(library: Library, now: number = Date.now()): Restored | null {
  return restore(library, 'WHERE undone_at IS NULL ORDER BY seq DESC', 'before', now)
}

/** Does the step again that was undone last; null where there is none, or something else has been done since. */
export function redoNext(library: Library): Restored | null {
  return restore(library, 'WHERE undone_at IS NOT NULL ORDER BY seq', 'after', null)
}

function restore(
  library: Library,
  which: string,
  side: 'before' | 'after',
  undoneAt: number | null,
): Restored | null {
  const { prepare } = library
  return library.transaction(() => {
    const found = prepare(`SELECT seq, label FROM history ${which} LIMIT 1`).get() as
      | { seq: number; label: string }
      | undefined
    if (!found) return null
    apply(library, found.seq, side)
    prepare('UPDATE history SET undone_at = ?, turn = ? WHERE seq = ?').run(
      undoneAt,
      nextTurn(library),
      found.seq,
    )
    return { label: found.label, ids: idsOf(library, found.seq) }
  })
}

const idsOf = ({ prepare }: Library, seq: number | bigint): PaperId[] =>
  prepare('SELECT DISTINCT paper_id FROM changes WHERE seq = ?').pluck().all(seq) as PaperId[]

/** Makes what a step changed as it was before or after it. */
function apply({ prepare }: Library, seq: number | bigint, side: 'before' | 'after'): void {
  const fields = prepare('SELECT DISTINCT field FROM changes WHERE seq = ?').pluck().all(seq) as string[]
  for (const field of fields) {
    const column = Object.hasOwn(MARK_COLUMNS, field) ? MARK_COLUMNS[field as MarkField] : null
    if (column !== null) {
      prepare(
        `INSERT INTO marks (paper_id, ${column}) SELECT paper_id, ${side} FROM changes WHERE seq = ? AND field = ?
         ON CONFLICT DO UPDATE SET ${column} = excluded.${column}`,
      ).run(seq, field)
    } else if (field === 'note') {
      prepare(
        `DELETE FROM notes WHERE paper_id IN (SELECT paper_id FROM changes WHERE seq = ? AND field = ?)`,
      ).run(seq, field)
      prepare(
        `INSERT INTO notes (paper_id, text)
         SELECT paper_id, ${side} FROM changes WHERE seq = ? AND field = ? AND ${side} IS NOT NULL`,
      ).run(seq, field)
    } else {
      const tag = field.slice('tag:'.length)
      prepare(
        `DELETE FROM tagged WHERE tag = ? AND paper_id IN (SELECT paper_id FROM changes WHERE seq = ? AND field = ?)`,
      ).run(tag, seq, field)
      prepare(
        `INSERT INTO tagged (tag, paper_id, place)
         SELECT ?, paper_id, ${side} FROM changes WHERE seq = ? AND field = ? AND ${side} IS NOT NULL`,
      ).run(tag, seq, field)
    }
  }
  // A mark with nothing set is no mark.
  prepare(
    `DELETE FROM marks WHERE paper_id IN (SELECT paper_id FROM changes WHERE seq = ?)
       AND ${Object.values(MARK_COLUMNS)
         .map((column) => `${column} IS NULL`)
         .join(' AND ')}`,
  ).run(seq)
}

const nextTurn = ({ prepare }: Library): number =>
  Number(prepare('SELECT coalesce(max(turn), 0) + 1 FROM history').pluck().get())

/** The newest change of anything the reader decided, and the papers that any change after another one was of. */
export interface ChangesSince {
  readonly turn: number
  readonly ids: readonly PaperId[]
}

/** What has been decided since `turn`, by any instance. */
export function changesSince({ prepare }: Library, turn: number): ChangesSince {
  const newest = Number(prepare('SELECT coalesce(max(turn), 0) FROM history').pluck().get())
  if (newest === turn) return { turn, ids: [] }
  const ids = prepare('SELECT DISTINCT paper_id FROM history JOIN changes USING (seq) WHERE turn > ?')
    .pluck()
    .all(turn) as PaperId[]
  return { turn: newest, ids }
}
