// The steps of the search benchmark, each run in a process of its own: `node child.ts <step> <request as JSON> <file for
// the result>`. Memory is measured, so no process does or loads more than it needs.

import { type BenchPaper, generatePapers } from './corpus.ts'
import { ENGINES } from './engines.ts'
import { papersFile, queriesFile, readPapers, writeJson, writeLines } from './files.ts'
import { type Measurement, measure } from './measure.ts'
import { drawQueries } from './queries.ts'

/** What a step works on. */
export interface Request extends Measurement {
  readonly folder: string
  readonly engine: string
  /** Whether a library that is there may be used again. */
  readonly reuse: boolean
}

const STEPS = {
  async papers({ folder, corpus }: Request) {
    const { realPapers } = await import('./real.ts')
    const papers = corpus.kind === 'real' ? realPapers(corpus.papers) : generatePapers(corpus.papers)
    writeLines(papersFile(folder, corpus), jsonLines(papers))
    return null
  },
  queries({ folder, corpus, perKind }: Request) {
    const papers = readPapers(papersFile(folder, corpus))
    writeJson(queriesFile(folder, corpus, perKind), drawQueries(papers, corpus.papers, perKind))
    return null
  },
  fill: async ({ folder, corpus, reuse }: Request) =>
    (await import('./ours.ts')).fillLibrary(folder, corpus, reuse),
  measure({ folder, engine: name, ...measurement }: Request) {
    const engine = ENGINES.find((other) => other.name === name)
    if (!engine) throw new Error(`There is no engine ${name}`)
    return measure(engine, folder, measurement)
  },
}

function* jsonLines(papers: Iterable<BenchPaper>): Generator<string> {
  for (const paper of papers) yield JSON.stringify(paper)
}

export type Step = keyof typeof STEPS

if (import.meta.main) {
  const [step, request = '', result = ''] = process.argv.slice(2)
  writeJson(result, await STEPS[step as Step](JSON.parse(request) as Request))
}
