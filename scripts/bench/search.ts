// `npm run bench -- search`: how well and how fast searches find papers that somebody remembers, ours beside others'.
// Prints tables in Markdown; docs/benchmarks.md holds them and says how to read them.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Request, Step } from './child.ts'
import { ENGINES, type Engine } from './engines.ts'
import {
  type Corpus,
  hasRealPapers,
  libraryFile,
  papersFile,
  queriesFile,
  readJson,
  resultFile,
} from './files.ts'
import type { EngineResult, Measurement } from './measure.ts'
import type { Filled } from './ours.ts'
import type { Queries } from './queries.ts'
import { type Outcome, report } from './table.ts'

const USAGE = `Usage: npm run bench -- search [options]
  --large           1,000,000 generated papers too
  --papers N        only one corpus, of N generated papers
  --real            with --papers: of real ones, where they are
  --engines A,B     only these of ${ENGINES.map(({ name }) => name).join(', ')}
  --queries N       so many queries of each kind (200)
  --seconds N       how long an engine may search a corpus (60)
  --keep DIR        keep papers, queries and results there, and use those that are there
  --reuse           with --keep: use the library too instead of filling a new one`

const OPTIONS = {
  large: { type: 'boolean', default: false },
  papers: { type: 'string' },
  real: { type: 'boolean', default: false },
  engines: { type: 'string' },
  queries: { type: 'string', default: '200' },
  seconds: { type: 'string', default: '60' },
  keep: { type: 'string' },
  reuse: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const CHILD = join(import.meta.dirname, 'child.ts')

interface Plan extends Omit<Measurement, 'corpus'> {
  readonly corpora: readonly Corpus[]
  readonly engines: readonly Engine[]
  readonly keep: string | null
  readonly reuse: boolean
}

/** Runs the benchmark; the arguments are those after `search`. */
export function benchSearch(args: readonly string[]): void {
  const plan = readPlan(args)
  if (typeof plan === 'string') {
    console[plan === '' ? 'log' : 'error'](`${plan}${USAGE}`)
    process.exitCode = plan === '' ? 0 : 2
    return
  }
  if (plan.keep !== null) mkdirSync(plan.keep, { recursive: true })
  const folder = plan.keep ?? mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  try {
    console.log(
      `${cpus().length} cores, ${process.platform} ${process.arch}, Node ${process.versions.node}; times in ms`,
    )
    for (const corpus of plan.corpora) console.log(benchCorpus(folder, corpus, plan))
  } finally {
    if (plan.keep === null) rmSync(folder, { recursive: true, force: true })
  }
}

/** What is to be done, or what is wrong with the arguments, as a line to stand before the usage. */
function readPlan(args: readonly string[]): Plan | string {
  let values: ReturnType<typeof parse>
  try {
    values = parse(args)
  } catch (error) {
    return `${error instanceof Error ? error.message : error}\n`
  }
  if (values.help) return ''
  const [papers, perKind, seconds] = [values.papers ?? '1000', values.queries, values.seconds].map(Number)
  if (![papers, perKind, seconds].every((number) => Number.isSafeInteger(number) && Number(number) > 0))
    return 'Numbers are whole and above 0.\n'
  const names = values.engines?.split(',')
  const unknown = names?.find((name) => !ENGINES.some((engine) => engine.name === name))
  if (unknown !== undefined) return `There is no engine ${unknown}.\n`
  if (values.reuse && values.keep === undefined) return '--reuse needs --keep.\n'
  const real = hasRealPapers() ? 'real' : 'generated'
  const usual: Corpus[] = [
    { papers: 15_000, kind: real },
    { papers: 100_000, kind: 'generated' },
    ...(values.large ? [{ papers: 1_000_000, kind: 'generated' } as const] : []),
  ]
  const only: Corpus = { papers: papers ?? 0, kind: values.real ? real : 'generated' }
  return {
    corpora: values.papers === undefined ? usual : [only],
    engines: ENGINES.filter(({ name }) => names?.includes(name) ?? true),
    perKind: perKind ?? 0,
    seconds: seconds ?? 0,
    keep: values.keep ?? null,
    reuse: values.reuse,
  }
}

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS }).values

function benchCorpus(folder: string, corpus: Corpus, plan: Plan): string {
  const { perKind, seconds, reuse } = plan
  const request = { folder, corpus, perKind, seconds, reuse, engine: '' }
  const what = `${corpus.papers.toLocaleString('en')} ${corpus.kind} papers`
  const progress = (doing: string) => console.error(`${what}: ${doing}`)
  if (!existsSync(papersFile(folder, corpus))) {
    progress('writing them')
    run('papers', request)
  }
  if (!existsSync(queriesFile(folder, corpus, perKind))) {
    progress('drawing queries')
    run('queries', request)
  }
  const outcomes = plan.engines.map((engine): Outcome => {
    if (engine.most !== null && corpus.papers > engine.most.papers)
      return { engine: engine.name, leftOut: engine.most.why }
    if (!engine.isInstalled()) return { engine: engine.name, leftOut: 'it is not installed' }
    try {
      let filled: Filled | null = null
      if (engine.name === 'ours') {
        progress('filling the library')
        filled = run<Filled>('fill', request)
      }
      progress(engine.name)
      const asked = { ...request, engine: engine.name }
      const measured = run<Omit<EngineResult, 'filled'>>('measure', asked, engine.heap)
      return { ...measured, filled }
    } catch {
      // Its process has said why.
      return { engine: engine.name, leftOut: 'it failed' }
    }
  })
  const { textBytes } = readJson<Queries>(queriesFile(folder, corpus, perKind))
  if (plan.keep === null) rmSync(libraryFile(folder, corpus), { force: true })
  return report(what, outcomes, textBytes, perKind)

  function run<T>(step: Step, asked: Request, heap: number | null = null): T {
    const result = resultFile(folder, corpus, step === 'measure' ? asked.engine : step)
    const limit = heap === null ? [] : [`--max-old-space-size=${heap}`]
    // Ours is measured as the reader runs it: the young generation of its thread is bounded (see reader.ts).
    if (asked.engine === 'ours') limit.push('--max-semi-space-size=8')
    execFileSync(process.execPath, [...limit, '--expose-gc', CHILD, step, JSON.stringify(asked), result], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return readJson<T>(result)
  }
}
