// Our own search: a library filled straight into its table, its index, and a day's papers added while it is open.

import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type Library, openLibrary } from '../../src/library/library.ts'
import { titleKey, words } from '../../src/paper.ts'
import { createSearcher } from '../../src/search/search.ts'
import { type BenchPaper, generatePapers, LAST_DAY } from './corpus.ts'
import type { Opened } from './engines.ts'
import { type Corpus, libraryFile, papersFile, readPapers } from './files.ts'

/** What filling and indexing a library took. */
export interface Filled {
  readonly fillSeconds: number
  readonly buildSeconds: number
  readonly indexBytes: number
  /** The most memory that both took, in bytes. */
  readonly peakMemory: number
}

/** What a day's papers took, in ms; `search` is the first one, and null where it did not find what it should. */
export interface AddedDay {
  readonly transaction: number
  readonly search: number | null
  readonly upkeep: number
}

const BATCH = 10_000
// As many as the reader asks for.
const LIMIT = 100
const PER_DAY = 50
const UPKEEP = join(import.meta.dirname, '../../src/search/upkeep.ts')

/** Makes the library of a corpus; with `reuse`, one that is there already is brought up to date and kept. */
export async function fillLibrary(folder: string, corpus: Corpus, reuse: boolean): Promise<Filled> {
  const file = libraryFile(folder, corpus)
  if (!reuse) for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  const isNew = !existsSync(file)
  const library = openLibrary(file, { durability: 'normal' })
  const start = performance.now()
  if (isNew) insertAll(library, readPapers(papersFile(folder, corpus)))
  const filled = performance.now()
  await buildIndex(library)
  const built = performance.now()
  const indexBytes = indexSize(library)
  library.close()
  return {
    fillSeconds: (filled - start) / 1000,
    buildSeconds: (built - filled) / 1000,
    indexBytes,
    peakMemory: process.resourceUsage().maxRSS * 1024,
  }
}

/** Runs all index work that is due to its end. */
async function buildIndex(library: Library): Promise<void> {
  if (!existsSync(UPKEEP)) return
  const { upkeep } = (await import(UPKEEP)) as { upkeep(library: Library): void }
  upkeep(library)
}

/** Inserts papers straight into their table. */
export function insertAll(library: Library, papers: Iterable<BenchPaper>): void {
  let batch: BenchPaper[] = []
  for (const paper of papers) {
    batch.push(paper)
    if (batch.length < BATCH) continue
    insertPapers(library, batch)
    batch = []
  }
  insertPapers(library, batch)
}

function insertPapers(library: Library, papers: readonly BenchPaper[]): void {
  library.transaction(() => {
    const insert = library.prepare(
      `INSERT INTO papers (id, title, title_key, abstract, authors, author_count, published_on, upvotes, keywords, origin,
                           day, rank)
       VALUES (@id, @title, @key, @abstract, @authors, @count, @date, @upvotes, '[]', 'arxiv', @date, @rank)`,
    )
    for (const [rank, { id, title, abstract, authors, date, upvotes }] of papers.entries())
      insert.run({
        ...{ id, title, abstract, date, upvotes, rank, key: titleKey(title) },
        ...{ authors: JSON.stringify(authors), count: authors.length },
      })
  })
}

/** The bytes of the pages that hold the index. */
function indexSize({ db }: Library): number {
  const tables = db
    .prepare(
      `SELECT name FROM sqlite_schema WHERE rootpage > 0 AND (tbl_name GLOB 'search_*' OR tbl_name GLOB 'papers_text*')`,
    )
    .pluck()
    .all() as string[]
  const size = db.prepare('SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name = ?').pluck()
  return tables.reduce((sum, name) => sum + Number(size.get(name)), 0)
}

/** A searcher over the library that `fillLibrary` made. */
export async function openOurs(folder: string, corpus: Corpus): Promise<Opened> {
  const library = openLibrary(libraryFile(folder, corpus), { durability: 'normal' })
  const searcher = createSearcher(library)
  return {
    search: (query) => searcher.search(query, LIMIT).ids,
    async addDay() {
      const papers = [...generatePapers(PER_DAY, 2, LAST_DAY)]
      const start = performance.now()
      insertPapers(library, papers)
      const added = performance.now()
      const sought = papers[0]
      const { ids } = searcher.search(words(sought?.title ?? '').join(' '), LIMIT)
      const searched = performance.now()
      await buildIndex(library)
      const kept = performance.now()
      // A library that is used again must not hold them yet.
      library.transaction(() => {
        for (const { id } of papers) library.prepare('DELETE FROM papers WHERE id = ?').run(id)
      })
      await buildIndex(library)
      library.close()
      return {
        transaction: added - start,
        search: ids.includes(sought?.id ?? '') ? searched - added : null,
        upkeep: kept - searched,
      }
    },
  }
}
