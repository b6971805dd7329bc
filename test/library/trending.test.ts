import { describe, expect, it } from 'vitest'
import { storeDay } from '../../src/library/intake.ts'
import { storePaper } from '../../src/library/papers.ts'
import { lastTrending, storeTrending } from '../../src/library/trending.ts'
import { aPaper, aTitle, idOf, papers, temporaryLibrary } from '../support/papers.ts'

describe('what is trending', () => {
  it('is kept in its order with its time, in the place of what was', () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', papers(5))
    expect(lastTrending(held.library)).toBeNull()
    storeTrending(held.library, [4, 1, 4, 2].map(idOf), 1000)
    storeTrending(held.library, [5, 1].map(idOf), 2000)
    expect(lastTrending(held.reopen())).toEqual({ ids: [5, 1].map(idOf), askedAt: 2000 })
  })

  it('follows a paper to its arXiv id', () => {
    using held = temporaryLibrary()
    const { library } = held
    const title = 'Lanterns that Follow the Harbour Tides at Night'
    const { id } = storePaper(library, aTitle(title))
    storeTrending(library, [id], 1000)
    storePaper(library, aPaper({ id: idOf(3), title }))
    expect(lastTrending(library)?.ids).toEqual([idOf(3)])
  })
})
