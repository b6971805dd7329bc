// Two records of one paper become one.

import { doiId, type Paper, type PaperId, titleKey } from '../paper.ts'
import type { Library } from './library.ts'
import { MARK_COLUMNS } from './marks.ts'

/**
 * A known paper may take on, or be said by, the title of a provisional one (titles change between versions), or the DOI
 * of one that was known by it alone: all that hangs on that record (listings, marks, history, what was read of it) then
 * becomes the paper's, and it goes.
 * Returns how many went.
 */
export function absorbTwins(library: Library, { id, title, doi }: Paper, said: string): number {
  const { prepare } = library
  // The record that became this paper is renamed, not absorbed: only a second record is.
  if (prepare('SELECT 1 FROM papers WHERE id = ?').get(id) === undefined) return 0
  const twins = prepare(
    `SELECT id FROM papers WHERE title_key IN (?, ?) AND id LIKE 'title:%'
     UNION SELECT id FROM papers WHERE id = ? AND id <> ?`,
  )
    .pluck()
    .all(titleKey(said), titleKey(title), doi === null ? '' : doiId(doi), id) as PaperId[]
  for (const twin of twins) {
    absorbDecisions(library, twin, id)
    prepare(
      `INSERT INTO positions (paper_id, block, line, seen_at)
         SELECT ?, block, line, seen_at FROM positions WHERE paper_id = ?
       ON CONFLICT DO UPDATE SET block = excluded.block, line = excluded.line, seen_at = excluded.seen_at
         WHERE excluded.seen_at > seen_at`,
    ).run(id, twin)
    prepare('DELETE FROM positions WHERE paper_id = ?').run(twin)
    for (const table of ['listings', 'fulltexts', 'discussions'])
      prepare(`UPDATE OR IGNORE ${table} SET paper_id = ? WHERE paper_id = ?`).run(id, twin)
    prepare('DELETE FROM papers WHERE id = ?').run(twin)
  }
  return twins.length
}

/** Gives a paper what was decided about another record of it, and the history of that. */
function absorbDecisions({ prepare }: Library, twin: PaperId, id: PaperId): void {
  const columns = Object.entries(MARK_COLUMNS)
  // Undoing a later mark of the one must leave an earlier mark of the other.
  for (const [field, column] of columns)
    for (const [of, other] of [
      [twin, id],
      [id, twin],
    ])
      prepare(
        `UPDATE changes SET before = coalesce(before, marks.${column}) FROM marks
         WHERE marks.paper_id = @other AND changes.paper_id = @of AND field = @field
           AND seq IN (SELECT seq FROM history WHERE done_at > abs(marks.${column}))`,
      ).run({ of, other, field })
  const names = columns.map(([, column]) => column)
  prepare(
    `INSERT INTO marks (paper_id, ${names.join(', ')}) SELECT ?, ${names.join(', ')} FROM marks WHERE paper_id = ?
     ON CONFLICT DO UPDATE SET ${names.map((name) => `${name} = coalesce(${name}, excluded.${name})`).join(', ')}`,
  ).run(id, twin)
  prepare(
    `INSERT INTO notes (paper_id, text) SELECT ?, text FROM notes WHERE paper_id = ?
     ON CONFLICT DO UPDATE SET text = text || char(10, 10) || excluded.text`,
  ).run(id, twin)
  prepare('UPDATE OR IGNORE tagged SET paper_id = ? WHERE paper_id = ?').run(id, twin)
  prepare('UPDATE OR IGNORE changes SET paper_id = ? WHERE paper_id = ?').run(id, twin)
  for (const table of ['marks', 'notes', 'tagged', 'changes'])
    prepare(`DELETE FROM ${table} WHERE paper_id = ?`).run(twin)
}
