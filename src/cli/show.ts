import { abstractLines } from '../app/abstract.ts'
import { lineToAnsi, wantsColour } from '../app/ansi.ts'
import { lineText, runSpans } from '../app/frame.ts'
import { MEASURE } from '../app/state.ts'
import { paintOf } from '../config/shown.ts'
import { readConfig } from '../config.ts'
import { fullText, isNewest, type StoredFullText } from '../library/fulltexts.ts'
import type { Library } from '../library/library.ts'
import { findPaper, type StoredPaper } from '../library/papers.ts'
import { openFilled } from '../open.ts'
import type { PaperId } from '../paper.ts'
import { SourceError } from '../sources/errors.ts'
import { layOutBlocks } from '../text/document-layout.ts'
import { writeMarkdown } from '../text/markdown-writer.ts'
import { UsageError } from '../usage.ts'
import { knownId } from './ids.ts'
import { page } from './pager.ts'
import { paperBlocks, paperJson } from './print.ts'
import { type Session, withLibrary } from './session.ts'

export interface ShowOptions {
  readonly full?: boolean
  readonly format?: 'text' | 'md' | 'json'
  /** In cells. */
  readonly width?: number
  readonly json?: boolean
}

/** `broadsheet show`: one paper, its abstract or all of its text, as the reader shows it. */
export async function show(session: Session, text: string, options: ShowOptions): Promise<void> {
  const { full = false, json = false } = options
  const format = json ? 'json' : (options.format ?? 'text')
  const width = options.width ?? Math.min(process.stdout.columns || 80, MEASURE)
  await withLibrary(openFilled(session.settings), async (library) => {
    const id = knownId(library, text)
    const paper = findPaper(library, id)
    if (!paper) throw new Error(`The library has no paper ${id}.`)
    const whole = full ? await wholeText(session, library, paper) : null
    const blocks = whole && (await import('../text/latexml.ts')).parseFullText(whole.html, whole.url).blocks
    if (format === 'json') {
      const also = whole && { fullText: { url: whole.url, version: whole.version, blocks } }
      return session.out(JSON.stringify([{ ...paperJson(paper), ...also }], null, 2))
    }
    if (format === 'md') return session.out(writeMarkdown(blocks ?? paperBlocks(paper)))
    const lines = blocks
      ? layOutBlocks(blocks, width, 'stack').lines.map(({ runs }) => runSpans(runs))
      : abstractLines(paper, width, [])
    const paint = paintOf(readConfig(session.settings.configFile), wantsColour())
    const print = process.stdout.isTTY ? (line: (typeof lines)[number]) => lineToAnsi(line, paint) : lineText
    await page(lines.map((line) => print(line).trimEnd()).join('\n'))
  })
}

/** The paper's full text as it is kept, or else brought from arXiv. */
async function wholeText(session: Session, library: Library, paper: StoredPaper): Promise<StoredFullText> {
  const { id, version } = paper
  const kept = fullText(library, id)
  if (kept && isNewest(kept, version)) return kept
  try {
    return await broughtText(session, library, id)
  } catch (error) {
    if (!kept || !(error instanceof SourceError)) throw error
    session.warn(`This is version ${kept.version}, not the newest: ${error.message}`)
    return kept
  }
}

async function broughtText(session: Session, library: Library, id: PaperId): Promise<StoredFullText> {
  const { settings, warn } = session
  if (settings.problem) throw new UsageError(settings.problem)
  // What asks the network is loaded where it is asked.
  const { accessOf } = await import('../access.ts')
  const { bringFullText, keepFullText } = await import('../sync/reading.ts')
  const { access } = accessOf(settings)
  const text = await bringFullText(library, access.arxiv, id, {
    signal: new AbortController().signal,
    onEvent: (event) => {
      if (event.type === 'waiting' && event.ms >= 3000)
        warn(`Waiting ${Math.ceil(event.ms / 1000)} s: ${event.why}.`)
    },
  })
  if (!text)
    throw new SourceError(
      'not-found',
      `There is no HTML version of ${id}. Its PDF is at arxiv.org/pdf/${id}.`,
    )
  keepFullText(library, id, text)
  return text
}
