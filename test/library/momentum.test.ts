import { describe, expect, it } from 'vitest'
import { storeDay } from '../../src/library/intake.ts'
import type { Library } from '../../src/library/library.ts'
import { pruneSamples } from '../../src/library/momentum.ts'
import { storePaper } from '../../src/library/papers.ts'
import { listRows } from '../../src/library/rows.ts'
import { createSearcher } from '../../src/search/search.ts'
import { aPaper, aTitle, idOf, temporaryLibrary } from '../support/papers.ts'

const DAY = 86_400_000
const NOW = Date.now()
const samples = ({ db }: Library) => db.prepare('SELECT day, upvotes FROM samples ORDER BY day').raw().all()
const day = (ago: number) => new Date(NOW - ago * DAY).toISOString().slice(0, 10)
const store = (library: Library, upvotes: number, ago: number, id = idOf(1)) =>
  storePaper(library, aPaper({ id, upvotes }), null, NOW - ago * DAY)
const momentum = (library: Library) => listRows(library)[0]?.momentum

describe('momentum', () => {
  it('is what came since the end of an earlier day', () => {
    using held = temporaryLibrary()
    const { library } = held
    store(library, 10, 5)
    expect(momentum(library)).toBe(0)
    store(library, 14, 3)
    expect(momentum(library)).toBe(0)
    store(library, 20, 0)
    store(library, 26, 0)
    expect(momentum(library)).toBe(12)
  })

  it('of a paper that came today is what came since', () => {
    using held = temporaryLibrary()
    store(held.library, 3, 0)
    store(held.library, 9, 0)
    expect(momentum(held.library)).toBe(6)
  })

  it('may be negative, and is unknown where upvotes are', () => {
    using held = temporaryLibrary()
    store(held.library, 9, 2)
    store(held.library, 4, 0)
    expect(momentum(held.library)).toBe(-5)
    using other = temporaryLibrary()
    storePaper(other.library, aTitle('A paper that nobody votes for'))
    expect(momentum(other.library)).toBeNull()
  })

  it('needs no more than what has changed, of 30 days', () => {
    using held = temporaryLibrary()
    const { library } = held
    store(library, 10, 60)
    store(library, 10, 50)
    expect(samples(library)).toEqual([])
    store(library, 11, 40)
    store(library, 15, 2)
    store(library, 15, 1)
    expect(samples(library)).toEqual([
      [day(41), 10],
      [day(40), 11],
      [day(2), 15],
    ])
    pruneSamples(library, NOW)
    expect(samples(library)).toEqual([[day(2), 15]])
  })

  it('comes with a day’s list, in its transaction', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-01-06', [aPaper({ upvotes: 1 })], NOW)
    library.db.exec(`CREATE TRIGGER torn BEFORE INSERT ON sync_days BEGIN SELECT raise(ABORT, 'torn'); END`)
    expect(() => storeDay(library, '2025-01-07', [aPaper({ upvotes: 9 })], NOW)).toThrow('torn')
    expect(samples(library)).toEqual([])
  })

  it('is an order of the query language, and so are what is unread and every reverse', () => {
    using held = temporaryLibrary()
    const { library } = held
    for (const [at, upvotes] of [5, 50, 20].entries()) store(library, upvotes, 3, idOf(at + 1))
    store(library, 100, 0, idOf(1))
    store(library, 51, 0, idOf(2))
    const { search } = createSearcher(library)
    const found = (query: string) => search(query, 9).ids.map((id) => Number(id.slice(-5)))
    expect(found('sort:momentum')).toEqual([1, 2, 3])
    expect(found('sort:-momentum')).toEqual([3, 2, 1])
    expect(found('sort:-upvotes')).toEqual([3, 2, 1])
    library.db.exec(`INSERT INTO marks (paper_id, read_at) VALUES ('${idOf(2)}', 1)`)
    expect(found('sort:unread').at(-1)).toBe(2)
    expect(found('sort:-unread')[0]).toBe(2)
  })
})
