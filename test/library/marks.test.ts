import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeMarks, markVerb, undoLast } from '../../src/library/history.ts'
import { storeArrivals, storeDay } from '../../src/library/intake.ts'
import type { Library } from '../../src/library/library.ts'
import { findPaper, storePaper } from '../../src/library/papers.ts'
import { listIds } from '../../src/library/rows.ts'
import type { MarkChange } from '../../src/paper.ts'
import { aPaper, aTitle, idOf, papers, temporaryLibrary } from '../support/papers.ts'

const marks = ({ db }: Library) => db.prepare('SELECT * FROM marks ORDER BY paper_id').all()
const history = ({ db }: Library) => db.prepare('SELECT * FROM changes ORDER BY seq, paper_id, field').all()

const PAPERS = 8
const someIds = fc.array(fc.integer({ min: 1, max: PAPERS }).map(idOf), { minLength: 1, maxLength: 4 })
const someChange: fc.Arbitrary<MarkChange> = fc
  .record(
    { read: fc.boolean(), starred: fc.boolean(), later: fc.boolean(), hidden: fc.boolean() },
    { requiredKeys: [] },
  )
  .filter((change) => Object.keys(change).length > 0)

describe('marking', () => {
  it('changes what is named and tells which papers were not so before', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-01-06', papers(3))
    const [one, two, three] = [1, 2, 3].map(idOf) as [string, string, string]
    expect(changeMarks(library, [one, two], { read: true }, 'both')).toEqual([one, two])
    expect(changeMarks(library, [one, three], { read: true, starred: true }, 'more')).toEqual([one, three])
    expect(changeMarks(library, [one, two], { read: true }, 'again')).toEqual([])
    expect(findPaper(library, one)).toMatchObject({ read: true, starred: true })
    expect(findPaper(library, two)).toMatchObject({ read: true, starred: false })
    expect(listIds(library, { mark: 'starred' })).toEqual([one, three])
  })

  it('keeps the time of each mark, and no row where nothing is set', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(library, aPaper())
    const { id } = aPaper()
    changeMarks(library, [id], { read: true }, 'read', 1000)
    changeMarks(library, [id], { starred: true }, 'star', 2000)
    changeMarks(library, [id], { read: true }, 'read again', 3000)
    expect(marks(library)).toEqual([
      { paper_id: id, read_at: 1000, starred_at: 2000, later_at: null, hidden_at: null },
    ])
    changeMarks(library, [id], { read: false, starred: false }, 'neither', 4000)
    expect(marks(library)).toEqual([])
  })

  it('is no step of the history where it changed nothing', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(library, aPaper())
    changeMarks(library, [aPaper().id], { read: false }, 'nothing to do')
    expect(undoLast(library)).toBeNull()
  })

  it('is refused whole where one of the papers is not in the library', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(library, aPaper())
    expect(() => changeMarks(library, [aPaper().id, 'unknown'], { read: true }, 'both')).toThrow()
    expect(marks(library)).toEqual([])
    expect(undoLast(library)).toBeNull()
  })

  it.each([
    ['read', true, 'marked read'],
    ['read', false, 'marked unread'],
    ['starred', true, 'starred'],
    ['starred', false, 'unstarred'],
  ] as const)('of %s %s is called “%s”', (field, on, verb) => {
    expect(markVerb(field, on)).toBe(verb)
  })
})

describe('undoing', () => {
  it('takes steps back one by one, last first, with their labels, across a restart', () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', papers(2))
    const [one, two] = [1, 2].map(idOf) as [string, string]
    changeMarks(held.library, [one, two], { read: true }, 'marked read 2 papers', 1000)
    changeMarks(held.library, [two], { read: false, starred: true }, 'other way round', 2000)
    const library = held.reopen()
    expect(undoLast(library)).toEqual({ label: 'other way round', ids: [two] })
    expect(marks(library)).toEqual([
      { paper_id: one, read_at: 1000, starred_at: null, later_at: null, hidden_at: null },
      { paper_id: two, read_at: 1000, starred_at: null, later_at: null, hidden_at: null },
    ])
    expect(undoLast(held.reopen())?.ids.toSorted()).toEqual([one, two])
    expect(undoLast(held.library)).toBeNull()
    expect(marks(held.library)).toEqual([])
  })

  it('goes on before what was undone, with what was done since first', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(library, aPaper())
    const { id } = aPaper()
    changeMarks(library, [id], { read: true }, 'one')
    changeMarks(library, [id], { starred: true }, 'two')
    undoLast(library)
    changeMarks(library, [id], { read: false }, 'three')
    expect([undoLast(library)?.label, undoLast(library)?.label, undoLast(library)]).toEqual([
      'three',
      'one',
      null,
    ])
  })

  it('brings back exactly the marks that were there, after any steps', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-01-06', papers(PAPERS))
    fc.assert(
      fc.property(fc.array(fc.tuple(someIds, someChange), { maxLength: 12 }), (steps) => {
        const start = marks(library)
        const before: unknown[] = []
        for (const [at, [ids, change]] of steps.entries()) {
          const was = marks(library)
          if (changeMarks(library, ids, change, `step ${at}`, 1000 + at).length > 0) before.push(was)
          else expect(marks(library)).toEqual(was)
        }
        for (const was of before.toReversed()) {
          expect(undoLast(library)).not.toBeNull()
          expect(marks(library)).toEqual(was)
        }
        expect(marks(library)).toEqual(start)
        // The next run starts with marks that cannot be undone.
        changeMarks(library, [idOf(1 + (steps.length % PAPERS))], { read: true }, 'kept')
        library.db.prepare('UPDATE history SET undone_at = 0').run()
      }),
      { numRuns: 60 },
    )
  })
})

describe('a sync', () => {
  const someDay = fc.integer({ min: 1, max: 28 }).map((date) => `2025-01-${String(date).padStart(2, '0')}`)
  const somePapers = fc.uniqueArray(
    fc.record({ number: fc.integer({ min: 1, max: PAPERS * 2 }), upvotes: fc.nat(99), edition: fc.nat(2) }),
    { selector: ({ number }) => number, maxLength: PAPERS },
  )

  it('never changes a mark or the history, whatever it brings', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-01-01', papers(PAPERS))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(someIds, someChange), { maxLength: 4 }),
        fc.array(fc.tuple(someDay, somePapers), { minLength: 1, maxLength: 6 }),
        (steps, days) => {
          for (const [ids, change] of steps) changeMarks(library, ids, change, 'a step')
          const before = [marks(library), history(library)]
          for (const [day, list] of days)
            storeDay(
              library,
              day,
              list.map(({ number, upvotes, edition }) =>
                aPaper({ id: idOf(number), title: `Paper ${number} of edition ${edition}`, upvotes }),
              ),
            )
          expect([marks(library), history(library)]).toEqual(before)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('that gives papers their ids loses no mark', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: PAPERS }), { minLength: 1 }),
        fc.uniqueArray(fc.integer({ min: 1, max: PAPERS }), { minLength: 1 }),
        (marked, synced) => {
          using held = temporaryLibrary()
          const { library } = held
          const title = (number: number) => `Paper number ${number}`
          const numbers = Array.from({ length: PAPERS }, (_, at) => at + 1)
          const outcome = storeArrivals(
            library,
            'page',
            numbers.map((number) => ({ paper: aTitle(title(number)), listedOn: '2025-01-03' })),
          )
          const ids = marked.map((number) => outcome[number - 1]?.id ?? '')
          changeMarks(library, ids, { read: true }, 'marked read')
          const list = synced.map((number) =>
            aPaper({ id: idOf(number), title: title(number).toUpperCase() }),
          )
          storeDay(library, '2025-01-06', list)
          const readTitles = listIds(library)
            .map((id) => findPaper(library, id))
            .flatMap((paper) => (paper?.read ? [paper.title.toLowerCase()] : []))
          expect(readTitles.sort()).toEqual(marked.map((number) => title(number).toLowerCase()).sort())
          undoLast(library)
          expect(marks(library)).toEqual([])
        },
      ),
      { numRuns: 20 },
    )
  })
})
