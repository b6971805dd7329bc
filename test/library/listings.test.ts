import { describe, expect, it } from 'vitest'
import { changeMarks } from '../../src/library/history.ts'
import { isUntouched, storeArrivals, storeDay } from '../../src/library/intake.ts'
import {
  addListing,
  followedSince,
  followSince,
  hubListed,
  replaceListing,
  syncDays,
} from '../../src/library/listings.ts'
import { countPapers, countUnread, findPaper, storePaper } from '../../src/library/papers.ts'
import { listIds, listRows, rowsOf } from '../../src/library/rows.ts'
import { aPaper, idOf, papers, temporaryLibrary } from '../support/papers.ts'

const MONDAY = '2025-01-06'
const TUESDAY = '2025-01-07'
const [ONE, TWO, THREE, FOUR, FIVE] = [1, 2, 3, 4, 5].map(idOf) as [string, string, string, string, string]
const ids = (...numbers: number[]) => numbers.map(idOf)
const pick = (...numbers: number[]) => papers(9).filter((_, at) => numbers.includes(at + 1))

const UNDECIDED = { read: false, starred: false, later: false, hidden: false, tags: [], noted: false }

describe('a day', () => {
  it('keeps the order in which the Hub gives it, whatever the papers’ ids', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, MONDAY, [...papers(5)].reverse())
    expect(listIds(library)).toEqual(ids(5, 4, 3, 2, 1))
    storeDay(library, MONDAY, papers(5))
    expect(listIds(library)).toEqual(ids(1, 2, 3, 4, 5))
  })

  it('that shrinks takes papers off the list of that day, not out of the library', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, MONDAY, papers(4, { publishedOn: '2024-12-30' }))
    changeMarks(library, [TWO], { read: true }, 'marked read')
    changeMarks(library, [THREE], { starred: true }, 'starred')
    replaceListing(library, MONDAY, [FOUR, ONE])
    expect(listRows(library).map(({ id, day }) => [id, day])).toEqual([
      [FOUR, MONDAY],
      [ONE, MONDAY],
      [TWO, '2024-12-30'],
      [THREE, '2024-12-30'],
    ])
    expect(listIds(library, { day: MONDAY })).toEqual([FOUR, ONE])
    expect(findPaper(library, TWO)?.read).toBe(true)
    expect(findPaper(library, THREE)?.starred).toBe(true)
  })

  it('that the Hub empties keeps every paper', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, MONDAY, papers(3))
    storeDay(library, MONDAY, [])
    expect(countPapers(library)).toBe(3)
    expect(listIds(library, { day: MONDAY })).toEqual([])
    expect(syncDays(library)).toMatchObject([{ day: MONDAY, papers: 0, asked: 2 }])
  })

  it('keeps what a page says when the Hub says otherwise, after what the Hub says', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeArrivals(
      library,
      'page',
      pick(1, 2).map((paper) => ({ paper: { ...paper, origin: 'page' as const }, listedOn: MONDAY })),
    )
    storeDay(library, MONDAY, pick(2, 3).reverse())
    expect(listIds(library)).toEqual([THREE, TWO, ONE])
    storeDay(library, MONDAY, pick(3))
    expect(listIds(library)).toEqual([THREE, ONE, TWO])
  })

  it('that names a paper twice lists it once, where it came first', () => {
    using held = temporaryLibrary()
    const { library } = held
    for (const paper of papers(3)) storePaper(library, paper)
    replaceListing(library, MONDAY, [THREE, ONE, THREE, TWO])
    expect(listIds(library)).toEqual([THREE, ONE, TWO])
  })
})

describe('a paper that is listed on two days', () => {
  it.each([
    ['the later day last', [MONDAY, TUESDAY]],
    ['the later day first', [TUESDAY, MONDAY]],
  ])('is shown once, on the later one; asked for by day, on both: %s', (_, days) => {
    using held = temporaryLibrary()
    const { library } = held
    const lists = new Map([
      [MONDAY, pick(1, 2)],
      [TUESDAY, pick(2, 3)],
    ])
    for (const day of days) storeDay(library, day, lists.get(day) ?? [])
    expect(listRows(library).map(({ id, day }) => [id, day])).toEqual([
      [TWO, TUESDAY],
      [THREE, TUESDAY],
      [ONE, MONDAY],
    ])
    expect(listIds(library, { day: TUESDAY })).toEqual([TWO, THREE])
    expect(listIds(library, { day: MONDAY }).sort()).toEqual([ONE, TWO])
  })

  it('stands at its place of the day that is asked for', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, MONDAY, pick(1, 2, 3))
    storeDay(library, TUESDAY, pick(3, 4))
    expect(listIds(library, { day: MONDAY })).toEqual([ONE, TWO, THREE])
  })

  it('goes back to the earlier day when the later one drops it', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, MONDAY, pick(1))
    storeDay(library, TUESDAY, pick(1, 2))
    storeDay(library, TUESDAY, pick(2))
    expect(listRows(library).map(({ id, day }) => [id, day])).toEqual([
      [TWO, TUESDAY],
      [ONE, MONDAY],
    ])
  })
})

describe('the list', () => {
  it('goes by day, newest first, and puts papers without a listing after those with one', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, MONDAY, pick(2))
    storeDay(library, TUESDAY, pick(1))
    storePaper(library, aPaper({ id: THREE, title: 'Unlisted', publishedOn: MONDAY }))
    storePaper(library, aPaper({ id: FOUR, title: 'Undated', publishedOn: null }))
    storePaper(library, aPaper({ id: FIVE, title: 'Published later', publishedOn: '2025-01-08' }))
    expect(listRows(library).map(({ id, day }) => [id, day])).toEqual([
      [FIVE, '2025-01-08'],
      [ONE, TUESDAY],
      [TWO, MONDAY],
      [THREE, MONDAY],
      [FOUR, ''],
    ])
  })

  it('can be filtered by mark and by day, and cut', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, MONDAY, pick(1, 2, 3))
    storeDay(library, TUESDAY, pick(4, 5))
    changeMarks(library, [ONE, FOUR], { read: true }, 'marked read')
    changeMarks(library, [TWO, FOUR], { starred: true }, 'starred')
    expect(listIds(library, { mark: 'unread' })).toEqual([FIVE, TWO, THREE])
    expect(listIds(library, { mark: 'starred' })).toEqual([FOUR, TWO])
    expect(listIds(library, { mark: 'unread', day: MONDAY })).toEqual([TWO, THREE])
    expect(listIds(library, { day: '2025-01-01' })).toEqual([])
    expect(listIds(library, { limit: 2 })).toEqual([FOUR, FIVE])
    expect(listIds(library, { limit: 2, offset: 4 })).toEqual([THREE])
    expect(listIds(library, { limit: 0 })).toEqual([])
    expect(listRows(library, { limit: 2, offset: 1 }).map(({ id }) => id)).toEqual([FIVE, ONE])
    expect([countPapers(library), countUnread(library)]).toEqual([5, 3])
  })

  it('has rows that say what a list shows', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(library, aPaper({ authors: [], authorCount: 7, upvotes: null }))
    storePaper(library, aPaper({ id: TWO, title: 'Other', authors: ['Ada Marsh', 'Bo Lind'] }))
    expect(rowsOf(library, [ONE, TWO, 'no such id']).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      {
        ...{ id: ONE, day: '2025-01-02', title: aPaper().title, firstAuthor: null, authorCount: 7 },
        ...{
          upvotes: null,
          comments: 1,
          origin: 'hub',
          publishedOn: '2025-01-02',
          momentum: null,
          mutedBy: null,
          watched: false,
          ...UNDECIDED,
        },
      },
      {
        ...{ id: TWO, day: '2025-01-02', title: 'Other', firstAuthor: 'Ada Marsh', authorCount: 2 },
        ...{
          upvotes: 3,
          comments: 1,
          origin: 'hub',
          publishedOn: '2025-01-02',
          momentum: 0,
          mutedBy: null,
          watched: false,
          ...UNDECIDED,
        },
      },
    ])
  })
})

describe('a library', () => {
  it('is untouched until a paper or an empty day comes in', () => {
    using first = temporaryLibrary()
    expect(isUntouched(first.library)).toBe(true)
    storeDay(first.library, MONDAY, [])
    expect(isUntouched(first.library)).toBe(false)
    using second = temporaryLibrary()
    storePaper(second.library, aPaper())
    expect(isUntouched(second.library)).toBe(false)
  })

  it('notes when a day was asked for, what it had, and how often since it was over', () => {
    using held = temporaryLibrary()
    const { library } = held
    const [noon, night, later] = ['2025-01-06T12:00Z', '2025-01-07T00:00Z', '2025-01-09T08:00Z'].map(
      Date.parse,
    )
    storeDay(library, MONDAY, [], noon)
    expect(syncDays(library)).toEqual([{ day: MONDAY, syncedAt: noon, papers: 0, asked: 0 }])
    storeDay(library, MONDAY, pick(1), night)
    storeDay(library, TUESDAY, pick(4), later)
    storeDay(library, MONDAY, pick(2, 3), later)
    expect(syncDays(library)).toEqual([
      { day: TUESDAY, syncedAt: later, papers: 1, asked: 1 },
      { day: MONDAY, syncedAt: later, papers: 2, asked: 2 },
    ])
  })

  it('knows how many papers the Hub listed on a day, pages not counted', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, MONDAY, pick(1, 2))
    storeArrivals(library, 'page', [{ paper: aPaper({ id: FIVE, title: 'From a page' }), listedOn: MONDAY }])
    expect([hubListed(library, MONDAY), hubListed(library, TUESDAY)]).toEqual([2, 0])
  })

  it('remembers the first day that is followed, not later ones, across a restart', () => {
    using held = temporaryLibrary()
    expect(followedSince(held.library)).toBeNull()
    followSince(held.library, MONDAY)
    followSince(held.library, TUESDAY)
    expect(followedSince(held.reopen())).toBe(MONDAY)
  })

  it('refuses to lose a paper that carries a mark', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(library, aPaper())
    changeMarks(library, [ONE], { read: true }, 'marked read')
    expect(() => library.transaction(() => library.db.prepare('DELETE FROM papers').run())).toThrow(
      /FOREIGN KEY/,
    )
    expect(countPapers(library)).toBe(1)
  })

  it('stores a day whole or not at all', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, MONDAY, pick(1, 2))
    const before = listRows(library)
    const broken = { ...aPaper({ id: FIVE, title: 'Broken' }), abstract: null as unknown as string }
    expect(() => storeDay(library, MONDAY, [...pick(3, 4), broken])).toThrow()
    expect(listRows(library)).toEqual(before)
    expect(syncDays(library)).toMatchObject([{ papers: 2, asked: 1 }])
  })

  it('takes a transaction back whole when something throws in the middle, nested ones too', () => {
    using held = temporaryLibrary()
    const { library } = held
    const work = () =>
      library.transaction(() => {
        storeDay(library, MONDAY, pick(1, 2))
        changeMarks(library, [ONE], { read: true }, 'marked read')
        addListing(library, 'page', [{ id: TWO, day: TUESDAY, rank: 0 }])
        throw new RangeError('in the middle')
      })
    expect(work).toThrow(RangeError)
    expect(isUntouched(library)).toBe(true)
    expect(
      library.db
        .prepare('SELECT (SELECT count(*) FROM marks) + (SELECT count(*) FROM history)')
        .pluck()
        .get(),
    ).toBe(0)
  })
})
