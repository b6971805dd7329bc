import { type Outcome, storeArrivals } from '../library/intake.ts'
import { openLibrary } from '../library/library.ts'
import { inListOrder } from '../library/papers.ts'
import { type PaperId, parseArxivId } from '../paper.ts'
import { SourceError } from '../sources/errors.ts'
import type { Http } from '../sources/http.ts'
import { type HubEntry, openHub } from '../sources/hub.ts'
import { fetchPaper } from '../sources/hub-paper.ts'
import { UsageError } from '../usage.ts'
import { papersOf, printPapers } from './print.ts'
import { type Session, withLibrary } from './session.ts'
import { applyRules, tidyIndex } from './tidy.ts'

/** After one of these the rest would only fail the same way. */
const HOPELESS = new Set(['unreachable', 'timeout', 'refused', 'rate-limited', 'stopped'])

/**
 * `broadsheet add`: single papers as the Hub knows them, by arXiv id or address. What cannot be had costs itself: the
 * rest is stored in one transaction, and then the failure is thrown.
 */
export async function add(
  session: Session,
  texts: readonly string[],
  { json }: { json?: boolean },
): Promise<void> {
  const ids = [...new Set(texts.map(arxivId))]
  const { endpoint, problem } = session.settings
  if (problem) throw new UsageError(problem)
  const http = openHub(session.settings, {
    onWait: (ms, why) => {
      if (ms >= 3000) session.warn(`Waiting ${Math.ceil(ms / 1000)} s: ${why}.`)
    },
  })
  const { entries, failures } = await fetchAll(http, endpoint, ids).finally(() => http.close())
  if (entries.length > 0) await store(session, entries, json)
  else if (json) session.out('[]')
  const last = failures.at(-1)
  if (!last) return
  if (failures.length === 1) throw last
  for (const { message } of failures) session.warn(message)
  const missing = ids.length - entries.length
  throw new SourceError(last.code, `${missing} of ${ids.length} papers could not be brought in.`, last)
}

function arxivId(text: string): PaperId {
  const id = parseArxivId(text)
  if (!id)
    throw new UsageError(
      `"${text}" names no paper on arXiv. Give an arXiv id (2309.12288, hep-ex/0307015) or an arXiv or Hub address.`,
    )
  return id
}

async function fetchAll(
  http: Http,
  endpoint: string,
  ids: readonly PaperId[],
): Promise<{ entries: HubEntry[]; failures: SourceError[] }> {
  const entries: HubEntry[] = []
  const failures: SourceError[] = []
  for (const id of ids) {
    try {
      entries.push(await fetchPaper(http, endpoint, id))
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      const isHopeless = HOPELESS.has(error.code)
      const says = isHopeless || error.message.includes(id) ? error.message : `${id}: ${error.message}`
      failures.push(new SourceError(error.code, says, error))
      if (isHopeless) break
    }
  }
  return { entries, failures }
}

async function store(session: Session, entries: readonly HubEntry[], json?: boolean): Promise<void> {
  await withLibrary(openLibrary(session.settings.libraryFile), (library) => {
    const outcome = storeArrivals(library, 'page', entries)
    const ids = outcome.map(({ id }) => id)
    printPapers(session, papersOf(library, inListOrder(library, ids)), json, () => summary(outcome))
    tidyIndex(session, library)
    applyRules(session, library)
  })
}

function summary(outcome: Outcome): string {
  const count = (kind: string) => outcome.filter(({ stored }) => stored === kind).length
  const changed = count('changed') > 0 ? `, ${count('changed')} brought up to date` : ''
  return `${outcome.length} ${outcome.length === 1 ? 'paper' : 'papers'}, ${count('new')} new${changed}`
}
