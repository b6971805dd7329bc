import { type Library, openLibrary } from '../library/library.ts'
import { upkeep } from '../search/upkeep.ts'
import { dropIndex, type IndexReport, verifyIndex } from '../search/verify.ts'
import { sanitise } from '../text/sanitise.ts'
import { type Session, withLibrary } from './session.ts'

/** One thing that should be so. */
interface Check {
  readonly check: 'file' | 'references' | 'indexed' | 'readable' | 'right'
  /** It in words, where it is so. */
  readonly holds: string
  readonly problems: readonly string[]
}

/** So many of SQLite's own findings are printed. */
const SHOWN = 5

/**
 * `broadsheet doctor`: whether the library is sound and the search index says what the papers say. Throws where it is
 * not, so that the exit status tells. With `repair` the index is built anew first.
 */
export async function doctor(
  session: Session,
  { repair = false, json }: { repair?: boolean; json?: boolean },
): Promise<void> {
  await withLibrary(openLibrary(session.settings.libraryFile), (library) => {
    if (repair) {
      dropIndex(library)
      upkeep(library)
    }
    const index = verifyIndex(library)
    const checks = [...fileChecks(library), ...indexChecks(index)]
    const ok = checks.every(({ problems }) => problems.length === 0)
    session.out(json ? asJson(checks, index, repair) : sanitise(asText(checks, index, repair)))
    if (!ok) throw new Error(advice(checks, repair))
  })
}

function fileChecks({ prepare }: Library): Check[] {
  const damage = (prepare('PRAGMA integrity_check').pluck().all() as string[]).filter((line) => line !== 'ok')
  const dangling = prepare('PRAGMA foreign_key_check').all() as { table: string; parent: string }[]
  const tables = Map.groupBy(dangling, ({ table, parent }) => `${table} names ${parent} that are not there`)
  return [
    { check: 'file', holds: 'SQLite finds the file sound', problems: few(damage) },
    {
      check: 'references',
      holds: 'every mark and listing has its paper',
      problems: [...tables].map(([what, rows]) => `${what}: ${rows.length}`),
    },
  ]
}

function indexChecks({ missing, unreadable, wrong }: IndexReport): Check[] {
  return [
    { check: 'indexed', holds: 'every paper is in the search index', problems: missing },
    { check: 'readable', holds: 'every segment of the index can be read', problems: unreadable },
    { check: 'right', holds: 'the index says of every paper what its text says', problems: wrong },
  ]
}

function few(list: readonly string[]): string[] {
  const more = list.length - SHOWN
  return [...list.slice(0, SHOWN), ...(more > 0 ? [`and ${more} more`] : [])]
}

function asJson(checks: readonly Check[], { papers, segments, pending }: IndexReport, repaired: boolean) {
  const ok = checks.every(({ problems }) => problems.length === 0)
  const results = checks.map(({ check, problems }) => ({ check, ok: problems.length === 0, problems }))
  return JSON.stringify({ ok, repaired, papers, segments, pending, checks: results }, null, 2)
}

function asText(checks: readonly Check[], { papers, segments, pending }: IndexReport, repaired: boolean) {
  const lines = checks.flatMap(({ holds, problems }) =>
    problems.length === 0 ? [`ok     ${holds}`] : problems.map((problem) => `wrong  ${problem}`),
  )
  const parts = `${segments} ${segments === 1 ? 'segment' : 'segments'} and ${pending} pending`
  const size = `${papers} ${papers === 1 ? 'paper' : 'papers'}, ${parts}`
  return [...lines, `${repaired ? 'The index was built anew: ' : ''}${size}.`].join('\n')
}

function advice(checks: readonly Check[], repaired: boolean): string {
  const inFile = checks.some(
    ({ check, problems }) => problems.length > 0 && (check === 'file' || check === 'references'),
  )
  if (inFile)
    return 'The library is damaged. Restore a copy of it; without one, move it away and begin anew with "broadsheet sync".'
  return repaired
    ? 'The index is still wrong: another program may have changed it meanwhile. Run "broadsheet doctor" again.'
    : 'The search index is wrong. "broadsheet doctor --repair" builds it anew; papers and marks are not touched.'
}
