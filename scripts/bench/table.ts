// The results of a corpus as Markdown tables.

import type { EngineResult } from './measure.ts'
import { KINDS } from './queries.ts'

/** An engine's results, or why it has none. */
export type Outcome = EngineResult | { readonly engine: string; readonly leftOut: string }

const MB = 1 << 20
// An engine forgives typos as well as ours where it finds nearly as many of those queries.
const AS_WELL = 0.05
// Of fewer queries a share says nothing.
const ENOUGH = 10

const ms = (time: number) => time.toFixed(time < 10 ? 1 : 0)
const mb = (bytes: number) => (bytes / MB).toFixed(0)
const percent = (part: number) => (100 * part).toFixed(0)
const number = (count: number) => count.toLocaleString('en')

/** The tables of one corpus, under a heading. `textBytes` is the text that was searched. */
export function report(
  what: string,
  outcomes: readonly Outcome[],
  textBytes: number,
  perKind: number,
): string {
  const results = outcomes.filter((outcome) => 'keys' in outcome)
  const leftOut = outcomes.filter((outcome) => 'leftOut' in outcome)
  return [
    `\n### ${what}, ${mb(textBytes)} MB of text\n`,
    `Recall in percent: the paper that was meant came first / among the first ten. ${perKind} queries of each kind.\n`,
    table(
      ['engine', ...KINDS, ''],
      results.map((result) => recallRow(result, perKind)),
    ),
    '',
    table(
      [
        'engine',
        'key p50',
        'key p95',
        'key p99',
        'keys measured',
        'slowest kind, p95',
        'first search',
        'memory MB: built → searched (after gc)',
        'index MB',
        'build s',
      ],
      results.map((result) => costRow(result, textBytes)),
    ),
    ...results.flatMap(ourLines),
    ...leftOut.map(({ engine, leftOut: why }) => `\n${engine} is left out: ${why}.`),
    ...ratioLine(results),
  ].join('\n')
}

const table = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

function recallRow({ engine, kinds }: EngineResult, perKind: number): string[] {
  const cells = KINDS.map((kind) => {
    const result = kinds[kind]
    return result && result.count >= ENOUGH ? `${percent(result.first)} / ${percent(result.amongTen)}` : '–'
  })
  const least = Math.min(...KINDS.map((kind) => kinds[kind]?.count ?? 0))
  return [engine, ...cells, least < perKind ? `${least} of each kind` : '']
}

function costRow(result: EngineResult, textBytes: number): string[] {
  const { engine, keys, kinds, memory, filled, firstSearch, buildSeconds } = result
  const [slowest] = KINDS.map((kind) => ({ kind, p95: kinds[kind]?.p95 ?? 0 })).sort((a, b) => b.p95 - a.p95)
  const index = filled
    ? `${mb(filled.indexBytes)} (${percent(filled.indexBytes / textBytes)}% of the text)`
    : ''
  return [
    engine,
    ms(keys.p50),
    ms(keys.p95),
    ms(keys.p99),
    number(keys.count),
    `${ms(slowest?.p95 ?? 0)} (${slowest?.kind})`,
    ms(firstSearch),
    memory ? `${mb(memory.built)} → ${mb(memory.searched)} (${mb(memory.kept)})` : '',
    index,
    (filled?.buildSeconds ?? buildSeconds).toFixed(1),
  ]
}

function ourLines({ day, engine, filled }: EngineResult): string[] {
  if (day === null || filled === null) return []
  const search = day.search === null ? 'did not find them' : `found them in ${ms(day.search)} ms`
  return [
    `\nFilling the library took ${filled.fillSeconds.toFixed(1)} s; with the index, ${mb(filled.peakMemory)} MB of memory at most.`,
    `\nA day's 50 papers, added while ${engine} is open: stored in ${ms(day.transaction)} ms, the next search ${search}, index work afterwards ${ms(day.upkeep)} ms.`,
  ]
}

/** How much faster ours answers a key than the fastest other engine that forgives a typo as well. */
function ratioLine(results: readonly EngineResult[]): string[] {
  const ours = results.find(({ engine }) => engine === 'ours')
  if (!ours) return []
  const forgiven = ({ kinds }: EngineResult) => {
    const typo = kinds['one typo']
    return typo && typo.count >= ENOUGH ? typo.amongTen : 0
  }
  const [rival] = results
    .filter((result) => result !== ours && forgiven(result) >= forgiven(ours) - AS_WELL)
    .sort((a, b) => a.keys.p95 - b.keys.p95)
  return [
    rival
      ? `\nA key's p95, ${rival.engine} over ours: ${(rival.keys.p95 / ours.keys.p95).toFixed(1)}. It is the fastest of the others that forgive a typo as well (${number(rival.keys.count)} of its keys were measured).`
      : '\nNone of the others forgives a typo as well.',
  ]
}
