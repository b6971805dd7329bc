// Real papers, where the folder with them lies beside the project. A clone has none.

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parseEntries } from '../../src/sources/hub.ts'
import { unwrapLine, unwrapText } from '../../src/text/sanitise.ts'
import type { BenchPaper } from './corpus.ts'
import { REAL } from './files.ts'

/** At most so many real papers: first those of the Hub's days, then arXiv's. */
export function* realPapers(count: number): Generator<BenchPaper> {
  const seen = new Set<string>()
  for (const paper of allPapers()) {
    if (seen.size >= count) return
    if (seen.has(paper.id)) continue
    seen.add(paper.id)
    yield paper
  }
}

function* allPapers(): Generator<BenchPaper> {
  for (const { date, entry } of jsonLines<{ date: string; entry: unknown }>(REAL.hub))
    for (const { paper } of parseEntries([entry]).entries) {
      const { id, title, abstract, authors, publishedOn, upvotes } = paper
      yield { id, title, abstract, authors, date: publishedOn ?? date, upvotes: upvotes ?? 0 }
    }
  for (const { id, title, abstract, authors, date } of jsonLines<Omit<BenchPaper, 'upvotes'>>(REAL.arxiv))
    yield {
      id,
      title: unwrapLine(title),
      abstract: unwrapText(abstract),
      authors: authors.map(unwrapLine),
      date,
      upvotes: 0,
    }
}

const jsonLines = <T>(file: string): T[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
