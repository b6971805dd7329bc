// Papers as tests need them, and libraries that go away with their test.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Library, openLibrary } from '../../src/library/library.ts'
import type { StoredPaper } from '../../src/library/papers.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import { NOT_SAID, type Paper, provisionalId } from '../../src/paper.ts'

/** A paper of the Hub; say what matters. */
export function aPaper(facts: Partial<Paper> = {}): Paper {
  return {
    id: '2501.00001',
    title: 'Lanterns for Sparse Harbours',
    abstract: 'We hang lanterns over a sparse harbour and count the boats that find their way.',
    authors: ['Ada Marsh', 'Bo Lind'],
    authorCount: facts.authors ? facts.authors.length || null : 2,
    publishedOn: '2025-01-02',
    ...NOT_SAID,
    upvotes: 3,
    comments: 1,
    origin: 'hub',
    ...facts,
  }
}

/** A paper known by its title alone, as a page copied as text gives it. */
export function aTitle(title: string, facts: Partial<Paper> = {}): Paper {
  return aPaper({ id: provisionalId(title), title, authors: [], upvotes: null, origin: 'page', ...facts })
}

/** The arXiv id of the `number`th paper: each number has its own, in their order. */
export const idOf = (number: number): string => `2501.${String(number).padStart(5, '0')}`

/** Papers 1 to `count`, each with its own id and title. */
export function papers(count: number, facts: Partial<Paper> = {}): Paper[] {
  return Array.from({ length: count }, (_, at) =>
    aPaper({ id: idOf(at + 1), title: `Paper number ${at + 1}`, ...facts }),
  )
}

/** A row of the list. */
export function aRow(facts: Partial<PaperRow> = {}): PaperRow {
  return {
    id: '2501.00001',
    day: '2025-01-06',
    title: 'Lanterns for Sparse Harbours',
    firstAuthor: 'Ada Marsh',
    authorCount: 2,
    upvotes: 3,
    comments: 1,
    origin: 'hub',
    publishedOn: '2025-01-02',
    momentum: 0,
    read: false,
    starred: false,
    later: false,
    hidden: false,
    tags: [],
    noted: false,
    mutedBy: null,
    watched: false,
    ...facts,
  }
}

/** The paper behind a row. */
export function wholePaper(row: PaperRow, facts: Partial<StoredPaper> = {}): StoredPaper {
  const { id, title, day, upvotes, comments, origin, read, starred, later, hidden, tags } = row
  const authors = row.firstAuthor === null ? [] : [row.firstAuthor]
  const decided = { read, starred, later, hidden, tags, note: null, rules: [] }
  return { ...aPaper({ id, title, upvotes, comments, origin, authors }), day, ...decided, ...facts }
}

/** A folder that goes away with the scope. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'broadsheet-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** A library in a folder of its own. `reopen` closes it and opens the file again. */
export function temporaryLibrary(): {
  readonly file: string
  library: Library
  reopen(): Library
} & Disposable {
  const folder = temporaryFolder()
  const file = join(folder.path, 'data', 'library.db')
  const held = {
    file,
    library: openLibrary(file),
    reopen() {
      held.library.close()
      held.library = openLibrary(file)
      return held.library
    },
    [Symbol.dispose]() {
      held.library.close()
      folder[Symbol.dispose]()
    },
  }
  return held
}

/** Rows 1 to `count`, ten a day, the newest day first. */
export function rows(count: number, facts: Partial<PaperRow> = {}): PaperRow[] {
  const newest = Date.parse('2025-06-30')
  return Array.from({ length: count }, (_, at) =>
    aRow({
      id: idOf(at + 1),
      title: `Paper number ${at + 1}`,
      day: new Date(newest - Math.floor(at / 10) * 86_400_000).toISOString().slice(0, 10),
      ...facts,
    }),
  )
}
