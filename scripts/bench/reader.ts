// `npm run bench`: how fast and how heavy the reader is at 15,000 papers, in a real pseudo-terminal. Prints a table;
// docs/benchmarks.md holds one and says how to read it.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { storeDay } from '../../src/library/intake.ts'
import { openLibrary } from '../../src/library/library.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { generateArchive } from '../../test/support/generate.ts'
import { startTerminal } from '../../test/support/terminal.ts'

const PAPERS = 15_000
const PER_DAY = 60
const STARTS = 15
const KEYS = 200
const QUERIES = [
  'diffusion rendering',
  'sparse attention',
  'contrastive pruning',
  'zero-shot annotation',
  'transformer',
]

const root = join(import.meta.dirname, '../..')
const launcher = join(root, 'bin/broadsheet.js')

/** Fills a home's library with 15,000 papers of 2025; returns how many they are. */
export function fillLibrary(home: string): number {
  const library = openLibrary(join(home, 'data/library.db'), { durability: 'normal' })
  let stored = 0
  for (const [day, entries] of generateArchive({ from: '2025-01-01', to: '2026-06-30', perDay: PER_DAY })) {
    if (stored >= PAPERS) break
    const papers = parseEntries(entries.slice(0, PAPERS - stored)).entries.map(({ paper }) => paper)
    stored += storeDay(library, day, papers).length
  }
  library.close()
  return stored
}

// Nobody listens there: the reader is offline, and no sync disturbs the measurement.
const NOBODY = 'http://127.0.0.1:1'

const open = (home: string, endpoint = NOBODY) =>
  startTerminal({
    command: process.execPath,
    args: [launcher],
    columns: 120,
    rows: 40,
    env: { BROADSHEET_HOME: home, HF_ENDPOINT: endpoint, BROADSHEET_ARXIV_ENDPOINT: NOBODY },
  })

/** Median and 95th percentile of milliseconds, in words. */
export function summary(samples: readonly number[]): string {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  return `${at(0.5).padStart(7)} ${at(0.95).padStart(7)}   n=${sorted.length}`
}

/** The anchor: a bare Node that prints one line, in the same kind of terminal. */
async function bareNode(): Promise<number> {
  const start = performance.now()
  await using terminal = startTerminal({ command: process.execPath, args: ['-e', 'console.log("ready")'] })
  await terminal.waitFor('ready')
  return performance.now() - start
}

async function firstPaint(home: string): Promise<{ paint: number; keys: number }> {
  const start = performance.now()
  await using terminal = open(home)
  // The first full frame: status bar, rows and footer.
  await terminal.waitFor((screen) => screen.includes(`1/${PAPERS}`) && screen.includes('? help'))
  const paint = performance.now() - start
  terminal.press('j')
  await terminal.waitFor(`2/${PAPERS}`)
  return { paint, keys: performance.now() - start }
}

/** Milliseconds from each `j` to the screen it brings: offline, or while the whole archive comes from a Hub. */
export async function moving(home: string, endpoint?: string): Promise<number[]> {
  await using terminal = open(home, endpoint)
  if (endpoint === undefined) await terminal.waitFor('offline', 30_000)
  else {
    await terminal.waitFor('synced', 30_000)
    terminal.press('R')
    // Days before those of the library, so that nothing comes in above the cursor.
    await terminal.waitFor(/sync \d+ \w+ 2024/, 60_000)
  }
  const samples: number[] = []
  for (let place = 2; place <= KEYS + 1; place++) {
    const start = performance.now()
    terminal.press('j')
    await terminal.waitFor(` ${place}/`)
    samples.push(performance.now() - start)
  }
  return samples
}

async function typing(home: string): Promise<{ echo: number[]; results: number[]; memory: number }> {
  await using terminal = open(home)
  await terminal.waitFor('offline', 30_000)
  const echo: number[] = []
  const results: number[] = []
  for (const query of QUERIES) {
    terminal.press('/')
    await terminal.waitFor((screen) => screen.split('\n').at(-1)?.startsWith('/') ?? false)
    for (let length = 1; length <= query.length; length++) {
      const typed = query.slice(0, length)
      const start = performance.now()
      terminal.press(typed.slice(-1))
      await terminal.waitFor(
        (screen) => screen.split('\n').at(-1)?.startsWith(`/${typed.trimEnd()}`) ?? false,
      )
      echo.push(performance.now() - start)
      await terminal.waitFor(`“${typed.trim()}”`)
      results.push(performance.now() - start)
    }
    terminal.press('escape')
    await terminal.waitFor(' All ')
  }
  return { echo, results, memory: residentMemory(terminal.pid) }
}

/** The resident memory of a process in MB; NaN where the system does not say. */
export function residentMemory(pid: number): number {
  const status = `/proc/${pid}/status`
  if (existsSync(status)) return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}

/** Measures and prints the table. */
export async function benchReader(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  try {
    const filled = performance.now()
    // In a process of its own: this one's memory would slow down what it starts.
    const papers = Number(execFileSync(process.execPath, [import.meta.filename, home], { encoding: 'utf8' }))
    const fill = (performance.now() - filled) / 1000
    const bare: number[] = []
    for (let run = 0; run < STARTS; run++) bare.push(await bareNode())
    const starts: { paint: number; keys: number }[] = []
    for (let run = 0; run < STARTS; run++) starts.push(await firstPaint(home))
    const move = await moving(home)
    const type = await typing(home)
    const dist = readdirSync(join(root, 'dist')).map((name) => statSync(join(root, 'dist', name)).size)
    const bundle = dist.reduce((sum, size) => sum + size, 0)
    console.log(
      [
        `${papers} papers, 120x40, ${process.platform} ${process.arch}, Node ${process.versions.node}`,
        '',
        '                                          median     p95   (ms)',
        `bare Node, start to one line (anchor)    ${summary(bare)}`,
        `first paint, launcher to full frame      ${summary(starts.map(({ paint }) => paint))}`,
        `first key answered, from the launcher    ${summary(starts.map(({ keys }) => keys))}`,
        `j, key to paint                          ${summary(move)}`,
        `search letter, key to its echo           ${summary(type.echo)}`,
        `search letter, key to its results        ${summary(type.results)}`,
        '',
        `memory after searching                   ${type.memory.toFixed(0)} MB resident`,
        `bundle                                   ${(bundle / 1e6).toFixed(2)} MB in ${dist.length} files`,
        `filling the library                      ${(papers / fill).toFixed(0)} papers/s`,
      ].join('\n'),
    )
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

if (import.meta.main) console.log(fillLibrary(process.argv[2] ?? ''))
