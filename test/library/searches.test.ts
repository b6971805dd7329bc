import { describe, expect, it } from 'vitest'
import { changeTags } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import { fieldValues, keepSearch, keptSearches } from '../../src/library/searches.ts'
import { aPaper, idOf, papers, temporaryLibrary } from '../support/papers.ts'

describe('the queries that were kept', () => {
  it('come newest first, each once, across a restart', () => {
    using held = temporaryLibrary()
    for (const query of ['one', 'two', 'one', 'three']) keepSearch(held.library, query)
    expect(keptSearches(held.library)).toEqual(['three', 'one', 'two'])
    expect(keptSearches(held.reopen())).toEqual(['three', 'one', 'two'])
  })

  it('keep their order though the clock goes backwards', () => {
    using held = temporaryLibrary()
    keepSearch(held.library, 'before', 5000)
    keepSearch(held.library, 'after', 1000)
    expect(keptSearches(held.library)).toEqual(['after', 'before'])
  })

  it('are two hundred at most', () => {
    using held = temporaryLibrary()
    for (let number = 1; number <= 205; number++) keepSearch(held.library, `query ${number}`)
    const kept = keptSearches(held.library)
    expect(kept).toHaveLength(200)
    expect([kept[0], kept.at(-1)]).toEqual(['query 205', 'query 6'])
    expect(held.library.prepare('SELECT count(*) FROM searches').pluck().get()).toBe(200)
  })
})

describe('the values of fields', () => {
  it('are none in an empty library', () => {
    using held = temporaryLibrary()
    expect(fieldValues(held.library)).toEqual({ author: [], org: [], cat: [], date: [], tag: [] })
  })

  it('are those of the papers, the most frequent first, months newest first', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-03-04', [
      aPaper({ id: idOf(1), title: 'A', authors: ['Ada Marsh', 'Bo Lind'], organization: 'Saltmarsh' }),
      aPaper({
        id: idOf(2),
        title: 'B',
        authors: ['Bo Lind'],
        organization: 'Harbour',
        categories: ['cs.CL'],
      }),
    ])
    storeDay(library, '2024-12-31', [
      aPaper({
        ...{ id: idOf(3), title: 'C', authors: ['Cy Ode'], organization: 'Harbour' },
        categories: ['cs.LG', 'cs.CL'],
      }),
    ])
    storeDay(library, '2025-03-01', papers(9).slice(3))
    changeTags(library, [idOf(1)], { add: ['old', 'to-read'], remove: [] }, 'tagged')
    changeTags(library, [idOf(2)], { add: ['to-read'], remove: [] }, 'tagged')
    expect(fieldValues(library)).toEqual({
      author: ['Bo Lind', 'Ada Marsh', 'Cy Ode'],
      org: ['Harbour', 'Saltmarsh'],
      cat: ['cs.CL', 'cs.LG'],
      date: ['2025-03', '2024-12'],
      tag: ['to-read', 'old'],
    })
  })
})
