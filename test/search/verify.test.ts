import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeMarks } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import type { Library } from '../../src/library/library.ts'
import { findPaper } from '../../src/library/papers.ts'
import { createSearcher } from '../../src/search/search.ts'
import { upkeep } from '../../src/search/upkeep.ts'
import { dropIndex, type IndexReport, verifyIndex } from '../../src/search/verify.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { generateDay } from '../support/generate.ts'
import { aPaper, temporaryLibrary } from '../support/papers.ts'

let held: ReturnType<typeof temporaryLibrary>
let library: Library
const store = (day: string, count: number, seed: number) =>
  storeDay(
    library,
    day,
    parseEntries(generateDay(day, count, seed)).entries.map(({ paper }) => paper),
  )

// Two segments, the newer with another word for some papers of the older one, and pending papers.
beforeAll(() => {
  held = temporaryLibrary()
  library = held.library
  store('2025-01-06', 60, 1)
  upkeep(library, { flushAt: 1 })
  library.prepare(`UPDATE papers SET title = 'Lanterns' WHERE pk % 10 = 0`).run()
  store('2025-01-07', 20, 2)
  upkeep(library, { flushAt: 1 })
  library.prepare(`UPDATE papers SET abstract = 'Harbours.' WHERE pk % 25 = 0`).run()
  store('2025-01-08', 5, 3)
})
afterAll(() => held[Symbol.dispose]())

class Undone extends Error {}

/** What is said of the index once something was done to the library, which is then taken back. */
function after(damage: () => void, look: () => IndexReport = () => verifyIndex(library)): IndexReport {
  let report: IndexReport | null = null
  try {
    library.transaction(() => {
      damage()
      report = look()
      throw new Undone()
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
  }
  return report as unknown as IndexReport
}

const run = (sql: string, ...values: unknown[]) => {
  const { changes } = library.prepare(sql).run(...values)
  expect(changes).toBeGreaterThan(0)
}
/** Changes a byte of a row of the newest segment. */
function flip(table: string, column: string, at: number, by: number): void {
  const select = library.prepare(
    `SELECT rowid AS row, ${column} AS bytes FROM ${table} ORDER BY segment DESC LIMIT 1`,
  )
  const { row, bytes } = select.get() as { row: number; bytes: Uint8Array }
  const changed = Uint8Array.from(bytes)
  changed[at % bytes.length] = (bytes[at % bytes.length] as number) ^ by
  run(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`, changed, row)
}

describe('an index', () => {
  it('of segments and pending papers is found right', () => {
    expect(verifyIndex(library)).toEqual({
      ...{ missing: [], unreadable: [], wrong: [], problems: [] },
      ...{ papers: 85, segments: 2, pending: 8 },
    })
  })

  it.each<[string, () => void, keyof IndexReport, RegExp]>([
    [
      'a segment that is gone',
      () => run('DELETE FROM search_segments WHERE segment = (SELECT min(segment) FROM search_segments)'),
      'missing',
      /^53 of 85 papers are in no segment: \S+; \S+; \S+; and 50 more$/,
    ],
    [
      'a paper that is neither pending nor in a segment',
      () => run('DELETE FROM search_pending WHERE pk = (SELECT max(pk) FROM papers)'),
      'missing',
      /^1 of 85 papers are in no segment: \d{4}\.\d{5}$/,
    ],
    [
      'a change that passed the index by',
      () => {
        run(`UPDATE papers SET abstract = 'Quokka' WHERE pk = 11`)
        run('DELETE FROM search_pending WHERE pk = 11')
      },
      'wrong',
      /^segment \d+ is wrong: \d{4}\.\d{5} lacks "quokka" in its abstract; has "\w+" in its abstract, where it is not; .*and \d+ more$/,
    ],
    [
      'a paper that went and is still found',
      () => {
        run(`DELETE FROM listings WHERE paper_id = (SELECT id FROM papers WHERE pk = 12)`)
        run('DELETE FROM papers WHERE pk = 12')
        run('DELETE FROM search_pending WHERE pk = 12')
      },
      'wrong',
      /^segment \d+ is wrong: a paper that is gone \(12\) has "/,
    ],
    [
      'more wrong papers than anybody wants to read about',
      () => {
        run(`UPDATE papers SET title = 'Quokka' WHERE pk BETWEEN 13 AND 19`)
        run('DELETE FROM search_pending WHERE pk BETWEEN 13 AND 19')
      },
      'wrong',
      /; and 4 more$/,
    ],
    [
      'postings that are gone',
      () => run('DELETE FROM search_postings WHERE segment = (SELECT min(segment) FROM search_segments)'),
      'unreadable',
      /^segment \d+ is damaged: "\S+": The search index has a gap; .*and \d+ more$/,
    ],
    [
      'a list of papers that ends early',
      () => run('UPDATE search_segments SET papers = substr(papers, 1, 8) WHERE live'),
      'unreadable',
      /^segment \d+ cannot be read: The search index ends within a list$/,
    ],
  ])('with %s is found wrong, and is right once it is built anew', (_, damage, kind, says) => {
    const report = after(damage)
    expect(report[kind]).toEqual(expect.arrayContaining([expect.stringMatching(says)]))
    expect(report.problems.length).toBeGreaterThan(0)
    const repaired = after(damage, () => {
      dropIndex(library)
      upkeep(library, { flushAt: 1 })
      return verifyIndex(library)
    })
    expect(repaired).toMatchObject({ problems: [], segments: 1, pending: 0 })
  })

  it.each([
    ['search_postings', 'data', null],
    ['search_segments', 'words', null],
    ['search_segments', 'counts', null],
    // Behind the keys stand priors, which are as they were when the paper came in: nobody can say what they should be.
    ['search_segments', 'papers', 20],
  ])('of which any byte of %s.%s has changed is found wrong', (table, column, among) => {
    // What a segment says of papers that a newer one speaks for may be anything, so here is only one.
    const anew = () => {
      dropIndex(library)
      upkeep(library, { flushAt: 1 })
    }
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const damage = () => {
          anew()
          flip(table, column, among === null ? at : at % among, by)
        }
        expect(after(damage).problems).not.toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('by older rules is not compared, only read', () => {
    const older = () => {
      run(`UPDATE papers SET abstract = 'Quokka' WHERE pk = 11`)
      run('DELETE FROM search_pending WHERE pk = 11')
      run('UPDATE search_segments SET format = 0')
    }
    expect(after(older).problems).toEqual([])
  })
})

it('a new index leaves papers and marks as they were', () => {
  using own = temporaryLibrary()
  storeDay(own.library, '2025-01-06', [aPaper(), aPaper({ id: '2501.00002', title: 'Quokkas at Sea' })])
  upkeep(own.library, { flushAt: 1 })
  changeMarks(own.library, [aPaper().id], { starred: true, read: true }, 'test')
  const before = findPaper(own.library, aPaper().id)
  dropIndex(own.library)
  expect(findPaper(own.library, aPaper().id)).toEqual(before)
  expect(createSearcher(own.library).search('quokkas', 5).ids).toEqual(['2501.00002'])
})
