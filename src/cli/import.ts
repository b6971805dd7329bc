import { readFileSync, statSync } from 'node:fs'
import { dayOf } from '../days.ts'
import { storeArrivals } from '../library/intake.ts'
import { openLibrary } from '../library/library.ts'
import { inListOrder } from '../library/papers.ts'
import type { PaperId } from '../paper.ts'
import { SourceError } from '../sources/errors.ts'
import { parseSaved, type Saved } from '../sources/saved.ts'
import { UsageError } from '../usage.ts'
import { papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'
import { applyRules, tidyIndex } from './tidy.ts'

/** No page or feed comes near this; a file that does is something else. */
const MAX_BYTES = 100_000_000

/**
 * `broadsheet import`: what people have saved. Every file is read and understood before the library is touched; then
 * all of them are stored in one transaction.
 */
export async function importFiles(
  session: Session,
  files: readonly string[],
  { date, json }: { date?: string; json?: boolean },
): Promise<void> {
  const today = dayOf(Date.now())
  if (date && date > today) throw new UsageError(`${date} is yet to come: today is ${today} in UTC.`)
  const saved = files.map((file) => ({ file, ...readSaved(file, { today, ...(date ? { date } : {}) }) }))
  await withLibrary(openLibrary(session.settings.libraryFile), (library) => {
    const lines: string[] = []
    const ids = new Set<PaperId>()
    library.transaction(() => {
      for (const { file, format, papers, problems } of saved) {
        const outcome = storeArrivals(library, 'page', papers)
        for (const { id } of outcome) ids.add(id)
        const count = (kind: string) => outcome.filter(({ stored }) => stored === kind).length
        const plural = papers.length === 1 ? 'paper' : 'papers'
        const changed = count('changed') > 0 ? `, ${count('changed')} brought up to date` : ''
        lines.push(`${papers.length} ${plural}, ${count('new')} new${changed} — ${file}, ${format}`)
        for (const problem of problems) session.warn(`${file}: ${problem}`)
      }
    })
    printPapers(session, papersOf(library, inListOrder(library, [...ids])), json, () => lines.join('\n'))
    tidyIndex(session, library)
    applyRules(session, library)
  })
}

function readSaved(file: string, options: Parameters<typeof parseSaved>[1]): Saved {
  const bytes = readBytes(file)
  try {
    return parseSaved(bytes, options)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    throw new Error(
      `${file} was not imported: ${error.message.replace(/\.$/, '')}. The library was not touched.`,
      {
        cause: error,
      },
    )
  }
}

function readBytes(file: string): Uint8Array {
  const refuse = (why: string) => new Error(`${file} was not imported: ${why}. The library was not touched.`)
  try {
    const stats = statSync(file)
    if (stats.isDirectory()) throw refuse('it is a folder; name the files in it')
    if (!stats.isFile()) throw refuse('it is no ordinary file; save it as one first')
    if (stats.size > MAX_BYTES) throw refuse('it is larger than 100 MB, which no page or feed is')
    return readFileSync(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === null) throw error
    if (code === 'ENOENT') throw refuse('there is no such file')
    if (code === 'EACCES') throw refuse('it may not be read; check its permissions')
    throw refuse(`it cannot be read (${code})`)
  }
}
