// What the reader decided, as queries ask for it: marks, tags in their order, notes, and what is hidden.

import { describe, expect, it } from 'vitest'
import { changeMarks, changeNote, changeTags, moveInTag } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import { createSearcher } from '../../src/search/search.ts'
import { upkeep } from '../../src/search/upkeep.ts'
import { aPaper, idOf, temporaryLibrary } from '../support/papers.ts'

/** Six papers on tides, and a search over them. */
function tides() {
  const held = temporaryLibrary()
  const { library } = held
  const papers = [1, 2, 3, 4, 5, 6].map((number) =>
    aPaper({
      id: idOf(number),
      title: `Tides and currents, part ${number}`,
      abstract: number < 4 ? 'Of limpets on rocks.' : 'Of the moon.',
    }),
  )
  storeDay(library, '2025-01-06', papers)
  upkeep(library)
  const searcher = createSearcher(library)
  const numbers = (ids: readonly string[]) => ids.map((id) => Number(id.slice(-5)))
  return {
    library,
    find: (query: string) => numbers(searcher.search(query, 100).ids),
    similar: (number: number) => numbers(searcher.similar(idOf(number), 100).ids),
    [Symbol.dispose]: () => held[Symbol.dispose](),
  }
}

describe('a query', () => {
  it('finds what was kept, tagged and noted', () => {
    using it = tides()
    changeMarks(it.library, [idOf(2)], { later: true }, 'later')
    changeTags(it.library, [idOf(3), idOf(1)], { add: ['rl'], remove: [] }, 'tag')
    changeNote(it.library, idOf(4), 'a note', 'note')
    expect(it.find('is:later')).toEqual([2])
    expect(it.find('tides has:note')).toEqual([4])
    expect(it.find('tides tag:RL').sort()).toEqual([1, 3])
    expect(it.find('tides -tag:rl').sort()).toEqual([2, 4, 5, 6])
    expect(it.find('has:fulltext')).toEqual([])
  })

  it('for one tag alone finds its papers in their own order', () => {
    using it = tides()
    changeTags(it.library, [idOf(5), idOf(1), idOf(3)], { add: ['list'], remove: [] }, 'tag')
    expect(it.find('tag:list')).toEqual([5, 1, 3])
    moveInTag(it.library, idOf(3), 'list', -2, 'up')
    expect(it.find('tag:list')).toEqual([3, 5, 1])
    expect(it.find('tag:list sort:day')).toEqual([1, 3, 5])
  })

  it('finds nothing that was hidden, unless it speaks of that', () => {
    using it = tides()
    changeTags(it.library, [idOf(1), idOf(2)], { add: ['list'], remove: [] }, 'tag')
    changeMarks(it.library, [idOf(2), idOf(5)], { hidden: true }, 'hide')
    for (const query of ['tides', 'tides -part', 'is:unread', 'sort:day', '"tides and currents"'])
      expect([query, it.find(query).filter((number) => number === 2 || number === 5)]).toEqual([query, []])
    expect(it.find('tides').sort()).toEqual([1, 3, 4, 6])
    expect(it.find('tag:list')).toEqual([1])
    expect(it.similar(1)).toEqual([3])
    expect(it.find('is:hidden').sort()).toEqual([2, 5])
    expect(it.find('tides or is:hidden').sort()).toEqual([1, 2, 3, 4, 5, 6])
    // Who names it wants it.
    expect(it.find(idOf(2))).toEqual([2])
    changeMarks(it.library, [idOf(2)], { hidden: false }, 'show')
    expect(it.find('tides').sort()).toEqual([1, 2, 3, 4, 6])
  })
})
