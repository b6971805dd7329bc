// `npm run bench -- sync`: how fast a whole archive comes in from a Hub without delay, beside the plain insertion of the
// same rows; how much memory a long one takes; and how soon the reader answers keys meanwhile.

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { addDays, daysBetween, FIRST_DAY } from '../../src/days.ts'
import { openLibrary } from '../../src/library/library.ts'
import type { Day } from '../../src/paper.ts'
import { upkeep } from '../../src/search/upkeep.ts'
import { bringDays } from '../../src/sync/days.ts'
import { hubArchive } from '../../test/support/corpus.ts'
import { generateArchive, generateDay, type HubEntry } from '../../test/support/generate.ts'
import { moving, summary } from './reader.ts'

const RUNS = 5
/** Times that the reader is measured at rest and, right after it, during a sync. */
const READER_RUNS = 5
/** What the long sync brings: days of as many papers as a page holds. */
const LONG_DAYS = 1000
const PER_DAY = 100
const LAST_DAY = '2025-12-31'
/** Between a request and its answer while the reader is measured, in ms: a near and idle Hub. */
const DELAY = 200

type Serving = 'archive' | 'long' | 'slow'

/** Measures and prints. */
export async function benchSync(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  const run = (step: string, ...args: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, [import.meta.filename, step, folder, ...args], { encoding: 'utf8' }),
    )
  try {
    const archive = await serve('archive')
    const sync: Stored[] = []
    const plain: { ms: number }[] = []
    for (let time = 0; time < RUNS; time++) {
      sync.push(run('sync', archive.url))
      plain.push(run('plain'))
    }
    archive.stop()
    const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
    const [ours, theirs] = [median(sync.map(({ ms }) => ms)), median(plain.map(({ ms }) => ms))]
    const index = median(sync.map(({ indexMs }) => indexMs))
    const papers = sync[0]?.papers ?? 0

    const long = await serve('long')
    const memory: number[] = run('long', long.url)
    long.stop()

    const slow = await serve('slow')
    const rest: number[] = []
    const meanwhile: number[] = []
    for (let time = 0; time < READER_RUNS; time++) {
      for (const [samples, endpoint] of [
        [rest, undefined],
        [meanwhile, slow.url],
      ] as const) {
        const home = join(folder, `home-${time}-${endpoint === undefined}`)
        execFileSync(process.execPath, [join(import.meta.dirname, 'reader.ts'), home])
        samples.push(...(await moving(home, endpoint)))
      }
    }
    slow.stop()
    console.log(
      [
        `${papers} papers of ${sync[0]?.days} days, medians of ${RUNS} runs in turns`,
        `plain insertion of the same rows (anchor)   ${theirs.toFixed(0)} ms, ${perSecond(papers, theirs)} papers/s`,
        `sync of the archive                         ${ours.toFixed(0)} ms, ${perSecond(papers, ours)} papers/s: ${(ours / theirs).toFixed(1)} times that`,
        `the search index afterwards                 ${index.toFixed(0)} ms`,
        '',
        `memory after each ${(LONG_DAYS * PER_DAY) / 10} of ${LONG_DAYS * PER_DAY} papers, index included, MB: ${memory.join(' ')}`,
        '',
        '                                          median     p95   (ms)',
        `j, key to paint, at rest (anchor)        ${summary(rest)}`,
        `j, key to paint, while a sync runs       ${summary(meanwhile)}`,
      ].join('\n'),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const perSecond = (papers: number, ms: number) => ((papers / ms) * 1000).toFixed(0)

/** A Hub in a process of its own. */
async function serve(what: Serving): Promise<{ url: string; stop(): void }> {
  const child = spawn(process.execPath, [import.meta.filename, 'serve', what], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = await once(createInterface(child.stdout), 'line')
  return { url, stop: () => void child.kill() }
}

/** Pages are zipped beforehand: what the Hub's machine does is not ours to measure. */
function listen(page: (day: string, number: number) => Buffer, ms: number): void {
  const server = createServer(async (request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (ms > 0) await delay(ms)
    response.setHeader('content-type', 'application/json').setHeader('content-encoding', 'gzip')
    response.end(page(searchParams.get('date') ?? '', Number(searchParams.get('p') ?? 0)))
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  })
}

const zip = (entries: readonly HubEntry[]) => gzipSync(JSON.stringify(entries))
const NOTHING = zip([])

function startHub(what: Serving): void {
  if (what === 'archive') {
    const days = new Map(
      [...wholeArchive()].map(([day, entries]) => [
        day,
        Array.from({ length: Math.ceil(entries.length / 100) }, (_, at) =>
          zip(entries.slice(at * 100, at * 100 + 100)),
        ),
      ]),
    )
    const list = gzipSync(JSON.stringify([...days.keys()].sort().reverse()))
    return listen((day, number) => (day === '' ? list : (days.get(day)?.[number] ?? NOTHING)), 0)
  }
  if (what === 'long')
    return listen(
      (day, number) => (day > LAST_DAY || number > 0 ? NOTHING : zip(generateDay(day, PER_DAY))),
      0,
    )
  // Made beforehand: what this process does would slow the reader down. It has the papers of 2025 already.
  const days = new Map(daysBetween(FIRST_DAY, '2024-12-31').map((day) => [day, zip(generateDay(day, 40))]))
  listen((day, number) => (number > 0 ? NOTHING : (days.get(day) ?? NOTHING)), DELAY)
}

/** As many papers as the Hub has listed: its days where they lie beside the project, generated ones before them. */
function wholeArchive(): Map<string, HubEntry[]> {
  const later = hubArchive()
  const [first = LAST_DAY] = [...later.keys()].sort()
  return new Map([...generateArchive({ from: FIRST_DAY, to: addDays(first, -1), perDay: 32 }), ...later])
}

const fresh = (folder: string) => {
  const file = join(mkdtempSync(join(folder, 'library-')), 'library.db')
  return openLibrary(file, { durability: 'normal' })
}

interface Stored {
  readonly ms: number
  readonly indexMs: number
  readonly papers: number
  readonly days: number
}

const quiet = { onEvent: () => {}, signal: new AbortController().signal }

async function syncArchive(folder: string, endpoint: string): Promise<Stored> {
  // Reading the archive here would leave its garbage to the measurement.
  const days = (await (await fetch(`${endpoint}/days`)).json()) as Day[]
  const library = fresh(folder)
  const start = performance.now()
  await bringDays(library, days, { endpoint, token: undefined, ...quiet }, new Map())
  const stored = performance.now()
  upkeep(library)
  const indexed = performance.now()
  const papers = Number(library.prepare('SELECT count(*) FROM papers').pluck().get())
  library.close()
  return { ms: stored - start, indexMs: indexed - stored, papers, days: days.length }
}

/** The rows of a sync, put into the tables of another library day by day. */
async function insertPlainly(folder: string): Promise<{ ms: number }> {
  const { storeDay } = await import('../../src/library/intake.ts')
  const { parseEntries } = await import('../../src/sources/hub.ts')
  const from = fresh(folder)
  for (const [day, entries] of wholeArchive())
    storeDay(
      from,
      day,
      parseEntries(entries).entries.map(({ paper }) => paper),
    )
  const all = (table: string) => from.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]
  const [papers, listings] = [all('papers'), all('listings')]
  from.close()
  const byId = new Map(papers.map((paper) => [paper.id, paper]))
  const byDay = Map.groupBy(listings, ({ day }) => String(day))
  const library = fresh(folder)
  const columns = Object.keys(papers[0] ?? {})
  const start = performance.now()
  const paper = library.prepare(
    `INSERT OR IGNORE INTO papers (${columns}) VALUES (${columns.map((column) => `@${column}`)})`,
  )
  const listing = library.prepare(
    'INSERT INTO listings (day, paper_id, source, rank) VALUES (@day, @paper_id, @source, @rank)',
  )
  for (const rows of byDay.values())
    library.transaction(() => {
      for (const row of rows) {
        paper.run(byId.get(String(row.paper_id)) ?? {})
        listing.run(row)
      }
    })
  const ms = performance.now() - start
  library.close()
  return { ms }
}

/** The resident memory in MB after each tenth of a long sync. */
async function syncLong(folder: string, endpoint: string): Promise<number[]> {
  const library = fresh(folder)
  const memory: number[] = []
  let days = 0
  const onEvent = (event: { type: string }) => {
    if (event.type !== 'stored') return
    days++
    if (days % 5 === 0) upkeep(library)
    if (days % (LONG_DAYS / 10) === 0) memory.push(Math.round(process.memoryUsage.rss() / 1e6))
  }
  const wanted = daysBetween(addDays(LAST_DAY, 1 - LONG_DAYS), LAST_DAY)
  await bringDays(library, wanted, { endpoint, token: undefined, ...quiet, onEvent }, new Map())
  library.close()
  return memory
}

if (import.meta.main) {
  const [step = '', where = '', endpoint = ''] = process.argv.slice(2)
  if (step === 'serve') startHub(where as Serving)
  else if (step === 'sync') console.log(JSON.stringify(await syncArchive(where, endpoint)))
  else if (step === 'plain') console.log(JSON.stringify(await insertPlainly(where)))
  else console.log(JSON.stringify(await syncLong(where, endpoint)))
}
