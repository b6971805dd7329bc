// The engines that are compared, behind one interface. Each runs in a process of its own and loads its package there.

import { spawnSync } from 'node:child_process'
import type { BenchPaper } from './corpus.ts'
import { type Corpus, linesFile, papersFile, readPapers, textOf, writeLines } from './files.ts'
import type { AddedDay } from './ours.ts'

/** Ids, best first. */
export type Search = (query: string) => readonly string[]

export interface Opened {
  readonly search: Search
  /** Adds a day's papers while the search is open. */
  readonly addDay?: () => Promise<AddedDay>
}

export interface Engine {
  readonly name: string
  /** Beyond so many papers it is left out, and why. */
  readonly most: { readonly papers: number; readonly why: string } | null
  /** Whether the time of an answer may depend on the query before: keys are then typed in their order. */
  readonly remembers: boolean
  /** Whether it searches in a process of its own for each query: this one's memory says nothing then. */
  readonly external: boolean
  /** How much heap its process may use, in MB; null for Node's own limit. */
  readonly heap: number | null
  isInstalled(): boolean
  build(folder: string, corpus: Corpus): Promise<Opened>
}

const WANTED = 10

// Engines without an index take seconds for a search of 15,000 abstracts: more would be waiting, not measuring.
const SLOW = { papers: 20_000, why: 'a search takes seconds at 15,000 papers already' }

const inProcess = { remembers: false, external: false, heap: 6000, isInstalled: () => true }

function fuse(name: string, options: { ignoreLocation?: boolean; useTokenSearch?: boolean }): Engine {
  return {
    ...inProcess,
    name,
    most: SLOW,
    async build(folder, corpus) {
      const { default: Fuse } = await import('fuse.js')
      const papers: BenchPaper[] = [...readPapers(papersFile(folder, corpus))]
      const index = new Fuse(papers, { keys: ['title', 'abstract', 'authors'], ...options })
      return { search: (query) => index.search(query, { limit: WANTED }).map(({ item }) => item.id) }
    },
  }
}

const minisearch: Engine = {
  ...inProcess,
  name: 'minisearch',
  most: { papers: 100_000, why: 'its index would take more than 6 GB' },
  async build(folder, corpus) {
    const { default: MiniSearch } = await import('minisearch')
    const index = new MiniSearch<BenchPaper>({
      fields: ['title', 'abstract', 'authors'],
      searchOptions: {
        boost: { title: 2 },
        fuzzy: 0.2,
        prefix: (_, at, terms) => at === terms.length - 1,
      },
    })
    for (const paper of readPapers(papersFile(folder, corpus))) index.add(paper)
    return {
      search: (query) =>
        index
          .search(query)
          .slice(0, WANTED)
          .map(({ id }) => String(id)),
    }
  },
}

// More terms than this it does not rank: its own limit for trying them in every order.
const UFUZZY_TERMS = 5

const ufuzzy: Engine = {
  ...inProcess,
  name: 'ufuzzy',
  most: { papers: 100_000, why: 'it would hold all the text and go through it for each key' },
  async build(folder, corpus) {
    const { default: UFuzzy } = await import('@leeoniya/ufuzzy')
    const index = new UFuzzy({ intraMode: 1 })
    const ids: string[] = []
    const texts: string[] = []
    for (const paper of readPapers(papersFile(folder, corpus))) {
      ids.push(paper.id)
      texts.push(textOf(paper))
    }
    return {
      search(query) {
        const [found, info, order] = index.search(texts, query, UFUZZY_TERMS)
        const places = order === null ? found : order.map((at) => info.idx[at] ?? -1)
        return (places ?? []).slice(0, WANTED).map((at) => ids[at] ?? '')
      },
    }
  },
}

// Whoever runs the bench may have options of their own for fzf.
const OUTPUT = {
  encoding: 'utf8',
  maxBuffer: 1 << 26,
  env: { ...process.env, FZF_DEFAULT_OPTS: '' },
} as const

/** A program that goes through a file of one line a paper; `command` says how it is called. */
function program(
  name: string,
  most: Engine['most'],
  command: (query: string, file: string) => readonly [string, readonly string[]],
): Engine {
  return {
    name,
    most,
    remembers: false,
    external: true,
    heap: null,
    isInstalled: () => spawnSync(name, ['--version']).status === 0,
    async build(folder, corpus) {
      const file = linesFile(folder, corpus)
      writeLines(file, lines(papersFile(folder, corpus)))
      return {
        search: (query) =>
          spawnSync(...command(query, file), OUTPUT)
            .stdout.split('\n')
            .map((line) => line.slice(0, line.indexOf('\t')))
            .filter((id) => id !== ''),
      }
    },
  }
}

function* lines(papers: string): Generator<string> {
  for (const paper of readPapers(papers)) yield `${paper.id}\t${textOf(paper)}`
}

export const ENGINES: readonly Engine[] = [
  {
    name: 'ours',
    most: null,
    remembers: true,
    external: false,
    heap: null,
    isInstalled: () => true,
    build: async (folder, corpus) => (await import('./ours.ts')).openOurs(folder, corpus),
  },
  fuse('fuse', {}),
  fuse('fuse-anywhere', { ignoreLocation: true }),
  fuse('fuse-tokens', { useTokenSearch: true }),
  minisearch,
  ufuzzy,
  // All that matches one letter is not to be carried over here.
  program('fzf', SLOW, (query, file) => [
    'sh',
    ['-c', `fzf --filter "$1" < "$2" | head -n ${WANTED}`, 'sh', query, file],
  ]),
  program('rg', null, (query, file) => [
    'rg',
    ['--no-config', '--ignore-case', '--fixed-strings', '--max-count', String(WANTED), '-e', query, file],
  ]),
]
