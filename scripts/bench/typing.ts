// `npm run bench -- typing`: how soon the reader shows a letter's results while somebody types at 60 ms a letter, in a
// real pseudo-terminal over a large library.

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { openLibrary } from '../../src/library/library.ts'
import { upkeep } from '../../src/search/upkeep.ts'
import { startTerminal } from '../../test/support/terminal.ts'
import { generatePapers } from './corpus.ts'
import { insertAll } from './ours.ts'

const PAPERS = 100_000
const LETTERS = 30
const PACE = 60
const FRAMES = 33
const QUERIES = 12

const launcher = join(import.meta.dirname, '../../bin/broadsheet.js')

/** Fills a home's library; prints beginnings of titles to type, one a line. */
function fill(home: string): void {
  mkdirSync(join(home, 'data'), { recursive: true })
  const library = openLibrary(join(home, 'data/library.db'), { durability: 'normal' })
  insertAll(library, generatePapers(PAPERS))
  upkeep(library)
  const titles = library
    .prepare('SELECT title FROM papers WHERE length(title) > 60 AND pk % 997 = 0 LIMIT ?')
    .pluck()
    .all(QUERIES) as string[]
  console.log(
    titles
      .map((title) =>
        title
          .toLowerCase()
          .replace(/[^a-z ]/g, '')
          .slice(0, LETTERS),
      )
      .join('\n'),
  )
  library.close()
}

/** Milliseconds from each letter to its results on the screen; endless where the next letter's came first. */
async function typeAll(home: string, queries: readonly string[]): Promise<number[]> {
  await using terminal = startTerminal({
    command: process.execPath,
    args: [launcher],
    columns: 120,
    rows: 40,
    env: { BROADSHEET_HOME: home, HF_ENDPOINT: 'http://127.0.0.1:1' },
  })
  await terminal.waitFor('offline', 60_000)
  // The whole list is read in the background after the first frame.
  await terminal.waitFor(`/${PAPERS}`, 60_000)
  await delay(5000)
  const samples: number[] = []
  for (const query of queries) {
    terminal.press('/')
    await terminal.waitFor((screen) => screen.split('\n').at(-1)?.startsWith('/') ?? false)
    await delay(300)
    const full = query.trim()
    // One watcher for all letters: each look at the emulator's screen costs time that would count as the reader's.
    const seen = new Map<string, number>()
    const shown = terminal.waitFor((screen) => {
      const now = queryShown(screen)
      if (!seen.has(now)) seen.set(now, performance.now())
      return now === full
    })
    const pressed = new Map<string, number>()
    const from = performance.now()
    for (let length = 1; length <= full.length; length++) {
      await delay(Math.max(0, from + (length - 1) * PACE - performance.now()))
      // A space changes nothing that is shown.
      if (full[length - 1] !== ' ') pressed.set(full.slice(0, length), performance.now())
      terminal.press(full[length - 1] ?? '')
    }
    await shown
    for (const [typed, at] of pressed) samples.push((seen.get(typed) ?? Number.MAX_VALUE) - at)
    terminal.press('escape')
    await terminal.waitFor(' All ')
    await delay(200)
  }
  return samples
}

/** The query whose results are on the screen, as the status bar names it. */
const queryShown = (screen: string) => /“([^”…]*)/.exec(screen.split('\n')[0] ?? '')?.[1] ?? ''

/** Measures and prints. */
export async function benchTyping(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  try {
    const printed = execFileSync(process.execPath, [import.meta.filename, home], { encoding: 'utf8' })
    const samples = (await typeAll(home, printed.trim().split('\n'))).sort((a, b) => a - b)
    const at = (share: number) => (samples[Math.floor(samples.length * share)] ?? 0).toFixed(1)
    const within = samples.filter((ms) => ms <= FRAMES).length / samples.length
    console.log(
      [
        `${PAPERS} papers, 120x40, ${LETTERS} letters at ${PACE} ms each, ${samples.length} letters measured`,
        `letter to its results: median ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms; ${(within * 100).toFixed(1)}% within ${FRAMES} ms`,
      ].join('\n'),
    )
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

if (import.meta.main) fill(process.argv[2] ?? '')
