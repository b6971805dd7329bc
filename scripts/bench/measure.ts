// One engine over one corpus: what it finds, how long it takes, how much memory it holds.

import { performance } from 'node:perf_hooks'
import type { Engine, Search } from './engines.ts'
import { type Corpus, queriesFile, readJson } from './files.ts'
import type { AddedDay, Filled } from './ours.ts'
import { KINDS, type Kind, type KnownItem, type Queries } from './queries.ts'
import { randomFrom, shuffle } from './random.ts'

/** How one kind of query fared: shares of `count` queries, and the 95th percentile in ms. */
export interface KindResult {
  readonly count: number
  readonly first: number
  readonly amongTen: number
  readonly p95: number
}

export interface Percentiles {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** A query that did not bring its paper among the first ten; `place` counts from 1, 0 where it was not found at all. */
export interface Miss extends KnownItem {
  readonly place: number
}

export interface EngineResult {
  readonly engine: string
  readonly buildSeconds: number
  /** Resident, in bytes; `kept` is what stays once garbage is collected. Null where the engine is another program. */
  readonly memory: { readonly built: number; readonly searched: number; readonly kept: number } | null
  /** The first query of all, in ms. */
  readonly firstSearch: number
  readonly kinds: Partial<Record<Kind, KindResult>>
  readonly keys: Percentiles
  readonly misses: readonly Miss[]
  readonly day: AddedDay | null
  /** Ours only: the index was built by another process. */
  readonly filled: Filled | null
}

export interface Measurement {
  readonly corpus: Corpus
  readonly perKind: number
  /** How long its queries may take, complete ones and those typed by letters together. */
  readonly seconds: number
}

// Enough for the engine's code to be compiled; what they take does not count.
const WARM_UP = 40

export async function measure(
  engine: Engine,
  folder: string,
  { corpus, perKind, seconds }: Measurement,
): Promise<Omit<EngineResult, 'filled'>> {
  const { items } = readJson<Queries>(queriesFile(folder, corpus, perKind))
  const started = performance.now()
  const { search, addDay } = await engine.build(folder, corpus)
  const buildSeconds = (performance.now() - started) / 1000
  // What building left behind is not what the index takes.
  globalThis.gc?.()
  const built = process.memoryUsage().rss
  const firstSearch = timed(search, items[0]?.text ?? '').ms
  const half = seconds * 500
  const warm = performance.now()
  for (const { text } of items.slice(0, WARM_UP)) {
    if (performance.now() - warm > half / 10) break
    search(text)
  }
  const answers = answerAll(search, items, half)
  const keys = typeAll(search, items, half, engine.remembers)
  const searched = process.memoryUsage().rss
  globalThis.gc?.()
  const kept = process.memoryUsage().rss
  return {
    engine: engine.name,
    buildSeconds,
    memory: engine.external ? null : { built, searched, kept },
    firstSearch,
    kinds: Object.fromEntries(
      KINDS.map((kind) => [kind, kindResult(answers.filter(({ item }) => item.kind === kind))]),
    ),
    keys: percentiles(keys),
    misses: answers
      .filter(({ place }) => place === 0 || place > 10)
      .map(({ item, place }) => ({ ...item, place })),
    day: (await addDay?.()) ?? null,
  }
}

function timed(search: Search, query: string): { ids: readonly string[]; ms: number } {
  const start = performance.now()
  const ids = search(query)
  return { ids, ms: performance.now() - start }
}

interface Answer {
  readonly item: KnownItem
  readonly place: number
  readonly ms: number
}

function answerAll(search: Search, items: readonly KnownItem[], budget: number): Answer[] {
  const end = performance.now() + budget
  const answers: Answer[] = []
  for (const item of items) {
    const { ids, ms } = timed(search, item.text)
    answers.push({ item, place: ids.indexOf(item.id) + 1, ms })
    if (performance.now() > end) break
  }
  return answers
}

/** Types queries letter by letter until the time is up: whole queries, or keys from anywhere, which sample better. */
function typeAll(
  search: Search,
  items: readonly KnownItem[],
  budget: number,
  inOrder: boolean,
): Float64Array {
  const random = randomFrom(30)
  const queries = shuffle(
    random,
    items.map(({ text }) => prefixes(text)),
  )
  const typed = inOrder ? queries.flat() : shuffle(random, queries.flat())
  const times = new Float64Array(typed.length)
  const end = performance.now() + budget
  let count = 0
  for (const text of typed) {
    times[count++] = timed(search, text).ms
    if (performance.now() > end) break
  }
  return times.subarray(0, count)
}

/** What stands in the prompt after each letter of a query; a space alone asks for nothing new. */
const prefixes = (text: string): string[] =>
  Array.from(text, (letter, at) => (letter === ' ' ? '' : [...text].slice(0, at + 1).join(''))).filter(
    (typed) => typed !== '',
  )

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

function kindResult(answers: readonly Answer[]): KindResult {
  const count = answers.length
  return {
    count,
    first: share(answers.filter(({ place }) => place === 1).length, count),
    amongTen: share(answers.filter(({ place }) => place > 0 && place <= 10).length, count),
    p95: percentiles(Float64Array.from(answers, ({ ms }) => ms)).p95,
  }
}

function percentiles(times: Float64Array): Percentiles {
  const sorted = times.toSorted()
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
