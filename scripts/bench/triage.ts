// `npm run bench -- triage`: how soon decisions, views and sorting are on the screen, and how far behind a key that is held
// down leaves it, among 15,000 and 100,000 papers in a real pseudo-terminal.

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { changeMarks } from '../../src/library/history.ts'
import { openLibrary } from '../../src/library/library.ts'
import { listIds } from '../../src/library/rows.ts'
import { upkeep } from '../../src/search/upkeep.ts'
import { startTerminal, type Terminal } from '../../test/support/terminal.ts'
import { generatePapers } from './corpus.ts'
import { insertAll } from './ours.ts'
import { residentMemory, summary } from './reader.ts'

const SIZES = [15_000, 100_000]
const UNREAD = 1000
const KEYS = 200
const ROUNDS = 20
/** How fast keyboards repeat, a second, and for how many seconds the key is held. */
const REPEATS = 33
const HELD = 10

const launcher = join(import.meta.dirname, '../../bin/broadsheet.js')

/** Fills a home's library; all but a thousand of its papers are read. */
function fill(home: string, papers: number): void {
  mkdirSync(join(home, 'data'), { recursive: true })
  const library = openLibrary(join(home, 'data/library.db'), { durability: 'normal' })
  insertAll(library, generatePapers(papers))
  upkeep(library)
  const ids = listIds(library)
  const step = Math.floor(ids.length / UNREAD)
  const read = ids.filter((_, at) => at % step !== 0 || at / step >= UNREAD)
  changeMarks(library, read, { read: true }, 'read')
  library.db.exec('DELETE FROM history')
  library.close()
}

/** Milliseconds from a key to the screen that it brings. */
async function timed(
  terminal: Terminal,
  key: string,
  shows: Parameters<Terminal['waitFor']>[0],
): Promise<number> {
  const start = performance.now()
  terminal.press(key)
  await terminal.waitFor(shows, 60_000)
  return performance.now() - start
}

interface Figures {
  readonly j: number[]
  readonly m: number[]
  readonly views: number[]
  readonly all: number[]
  readonly undo: number[]
  readonly sort: number[]
  /** The most keys that were sent and not on the screen yet, and how long the last one took, in ms. */
  readonly behind: number
  readonly last: number
  readonly memory: number
}

async function measure(home: string, papers: number): Promise<Figures> {
  await using terminal = startTerminal({
    command: process.execPath,
    args: [launcher],
    columns: 120,
    rows: 40,
    env: {
      BROADSHEET_HOME: home,
      HF_ENDPOINT: 'http://127.0.0.1:1',
      BROADSHEET_ARXIV_ENDPOINT: 'http://127.0.0.1:1',
    },
  })
  await terminal.waitFor('offline', 60_000)
  await terminal.waitFor(`/${papers}`, 60_000)
  // The list is read whole once the first frame is there.
  await delay(5000)

  const j: number[] = []
  for (let place = 2; place <= KEYS + 1; place++) j.push(await timed(terminal, 'j', ` ${place}/`))
  const m: number[] = []
  const marked = /marked (?:un)?read “/
  await timed(terminal, 'm', marked)
  let wasUnread = (await terminal.waitFor(marked)).includes('marked unread')
  for (let press = 1; press < KEYS; press++) {
    m.push(await timed(terminal, 'm', wasUnread ? 'marked read “' : 'marked unread “'))
    wasUnread = !wasUnread
  }
  const views: number[] = []
  const all: number[] = []
  const undo: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    views.push(await timed(terminal, '2', ' Unread '), await timed(terminal, '1', ' All '))
    await timed(terminal, '2', ' Unread ')
    await timed(terminal, 'A', /Mark 1,000 papers read/)
    all.push(await timed(terminal, 'y', ' 0 unread'))
    undo.push(await timed(terminal, 'U', ` ${UNREAD} unread`))
    await timed(terminal, '1', ' All ')
  }
  const sort: number[] = []
  for (let round = 0; round < ROUNDS; round++)
    for (const [letter, shows] of [
      ['u', 'by upvotes'],
      ['c', 'by comments'],
    ] as const) {
      await timed(terminal, 's', 'as it is')
      sort.push(await timed(terminal, letter, shows))
    }
  await timed(terminal, 's', 'as it is')
  await timed(terminal, 'd', (screen) => !screen.includes('by comments'))

  terminal.press('home')
  await terminal.waitFor(' 1/')
  const count = REPEATS * HELD
  let behind = 0
  let sent = 0
  const place = (screen: string) => Number(/ (\d+)\//.exec(screen)?.[1] ?? 0) - 1
  const from = performance.now()
  const seen = terminal.waitFor((screen) => {
    behind = Math.max(behind, sent - place(screen))
    return place(screen) >= count
  }, 60_000)
  for (; sent < count; ) {
    await delay(Math.max(0, from + (sent * 1000) / REPEATS - performance.now()))
    sent++
    terminal.press('j')
  }
  const end = performance.now()
  await seen
  return {
    ...{ j, m, views, all, undo, sort, behind },
    last: performance.now() - end,
    memory: residentMemory(terminal.pid),
  }
}

/** Measures and prints the table. */
export async function benchTriage(): Promise<void> {
  for (const papers of SIZES) {
    const home = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
    try {
      // In a process of its own: this one's memory would slow down what it starts.
      execFileSync(process.execPath, [import.meta.filename, home, String(papers)], { encoding: 'utf8' })
      const figures = await measure(home, papers)
      const row = (name: string, samples: readonly number[]) =>
        samples.length > 0 ? [`${name.padEnd(40)} ${summary(samples)}`] : []
      console.log(
        [
          `${papers} papers, 120x40, ${process.platform} ${process.arch}, Node ${process.versions.node}`,
          '',
          '                                          median     p95   (ms)',
          ...row('j, key to paint (the anchor)', figures.j),
          ...row('m, key to paint', figures.m),
          ...row('another view, 1 and 2', figures.views),
          ...row('A and y on 1,000 papers', figures.all),
          ...row('U, the same back', figures.undo),
          ...row('another order', figures.sort),
          '',
          `j held for ${HELD} s at ${REPEATS} a second         at most ${figures.behind} keys behind, the last after ${figures.last.toFixed(0)} ms`,
          `memory afterwards                        ${figures.memory.toFixed(0)} MB resident`,
          '',
        ].join('\n'),
      )
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  }
}

if (import.meta.main) fill(process.argv[2] ?? '', Number(process.argv[3]))
