import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textCandidates, textVersion, vocabulary } from '../../src/library/fulltext.ts'
import { openLibrary } from '../../src/library/library.ts'
import { storePaper } from '../../src/library/papers.ts'
import { aPaper, aTitle, idOf, temporaryLibrary } from '../support/papers.ts'

describe('the words of the library', () => {
  it('find papers by title, abstract and author, titles first', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(
      library,
      aPaper({ id: idOf(1), title: 'Boats', abstract: 'About harbours.', authors: ['A B'] }),
    )
    storePaper(
      library,
      aPaper({ id: idOf(2), title: 'Harbours', abstract: 'About boats.', authors: ['C D'] }),
    )
    storePaper(
      library,
      aPaper({ id: idOf(3), title: 'Kites', abstract: 'On wind.', authors: ['Zoë Harbours'] }),
    )
    const ids = (expression: string, limit = 9) =>
      textCandidates(library, expression, limit).map(({ id }) => id)
    expect(ids('"harbours"')).toEqual([idOf(2), idOf(3), idOf(1)])
    expect(ids('"harb"*', 1)).toEqual([idOf(2)])
    expect(ids('"zoe"')).toEqual([idOf(3)])
    expect(ids('"nothing"')).toEqual([])
  })

  it('come with what ranking needs', () => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper({ upvotes: null }))
    storePaper(held.library, aPaper({ id: idOf(2), title: 'Lanterns again', authors: [] }))
    expect(
      textCandidates(held.library, '"lanterns"', 9).sort((a, b) => (a.id < b.id ? -1 : 1)),
    ).toMatchObject([
      { id: idOf(1), authors: 'Ada Marsh\nBo Lind', day: '2025-01-02', upvotes: 0 },
      { id: idOf(2), authors: '', upvotes: 3 },
    ])
  })

  it('are counted by papers, folded', () => {
    using held = temporaryLibrary()
    storePaper(held.library, aPaper({ title: 'Naïve Boats boats', abstract: '', authors: [] }))
    storePaper(held.library, aPaper({ id: idOf(2), title: 'BOATS', abstract: '', authors: [] }))
    expect(vocabulary(held.library)).toEqual(
      new Map([
        ['boats', 2],
        ['naive', 1],
      ]),
    )
  })

  it('have a version that changes with the library, from whichever connection', () => {
    using held = temporaryLibrary()
    const { library } = held
    const seen = [textVersion(library)]
    expect(textVersion(library)).toBe(seen[0])
    storePaper(library, aPaper())
    seen.push(textVersion(library))
    const other = openLibrary(held.file)
    storePaper(other, aPaper({ id: idOf(2), title: 'From elsewhere' }))
    other.close()
    seen.push(textVersion(library))
    expect(new Set(seen).size).toBe(3)
  })

  it('agree with the papers after any inserts, changes and unions', () => {
    using held = temporaryLibrary()
    const { library } = held
    const word = fc.constantFrom('boat', 'Naïve', 'lantern', '中文', 'tide', 'x1')
    const text = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '))
    const said = fc.record({
      number: fc.integer({ min: 0, max: 9 }),
      title: text,
      abstract: text,
      author: text,
    })
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 15 }), (list) => {
        for (const { number, title, abstract, author } of list) {
          const facts = { abstract, authors: [author] }
          storePaper(
            library,
            number === 0 ? aTitle(title, facts) : aPaper({ id: idOf(number), title, ...facts }),
          )
        }
        library.db.exec(`INSERT INTO papers_text (papers_text, rank) VALUES ('integrity-check', 1)`)
        const indexed = library.db
          .prepare('SELECT count(*) FROM papers_text WHERE papers_text MATCH ?')
          .pluck()
        const stored = library.db
          .prepare(`SELECT count(*) FROM papers WHERE title || ' ' || abstract || ' ' || authors LIKE ?`)
          .pluck()
        for (const one of ['boat', 'lantern', 'tide'])
          expect(indexed.get(`"${one}"`)).toBe(stored.get(`%${one}%`))
      }),
      { numRuns: 60 },
    )
  })
})
