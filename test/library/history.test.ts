// Tags, notes, redoing, and what one instance sees of another's decisions. Marks and undoing are in marks.test.ts.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changeMarks,
  changeNote,
  changesSince,
  changeTags,
  moveInTag,
  redoNext,
  undoLast,
} from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import { type Library, openLibrary } from '../../src/library/library.ts'
import { allTags, noteOf, papersTagged } from '../../src/library/marks.ts'
import { findPaper, storePaper } from '../../src/library/papers.ts'
import { listIds, listRows } from '../../src/library/rows.ts'
import { MIGRATIONS } from '../../src/library/schema.ts'
import { tagNamed } from '../../src/paper.ts'
import { aPaper, aTitle, idOf, papers, temporaryLibrary } from '../support/papers.ts'

const [ONE, TWO, THREE] = [1, 2, 3].map(idOf) as [string, string, string]
const DAY = '2025-01-06'

/** All that the reader decided, as the tables have it. */
const decided = ({ db }: Library) =>
  ['marks', 'tagged', 'notes'].map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY paper_id, 1`).all())

const tag = (library: Library, ids: readonly string[], ...tags: string[]) =>
  changeTags(library, ids, { add: tags, remove: [] }, `tagged ${tags.join(' ')}`)

describe('a tag’s name', () => {
  it.each([
    ['RL', 'rl'],
    ['#to read', 'to-read'],
    ['  Straße  ', 'straße'],
    ['a,b;c', 'a-b-c'],
    ['nlp/parsing_2', 'nlp/parsing_2'],
    ['日本語', '日本語'],
    ['c++', 'c++'],
    ['e\u0301tude', 'étude'],
    ['\u001b[31mred\u0007', '31mred'],
    ['x'.repeat(80), 'x'.repeat(50)],
  ])('is made of %j as %j', (text, name) => expect(tagNamed(text)).toBe(name))

  it.each(['', '  ', '#', '-/-', '!?', '\u0000'])('cannot be made of %j', (text) =>
    expect(tagNamed(text)).toBeNull(),
  )

  it('stays as it is once it is one, and can be typed in a query as it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (text) => {
        const name = tagNamed(text)
        if (name === null) return
        expect(tagNamed(name)).toBe(name)
        expect(name).toMatch(/^[^\s"“”()]+$/u)
        expect(name).not.toMatch(/\p{Cc}/u)
      }),
    )
  })
})

describe('tags', () => {
  it('are added and removed, and told with each paper', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, DAY, papers(3))
    expect(tag(library, [ONE, TWO], 'rl', 'old')).toEqual([ONE, TWO])
    expect(tag(library, [TWO, THREE], 'rl')).toEqual([THREE])
    expect(changeTags(library, [ONE, THREE], { add: ['new'], remove: ['old'] }, 'changed')).toEqual([
      ONE,
      THREE,
    ])
    expect(listRows(library).map(({ tags }) => tags)).toEqual([
      ['new', 'rl'],
      ['old', 'rl'],
      ['new', 'rl'],
    ])
    expect(findPaper(library, TWO)?.tags).toEqual(['old', 'rl'])
    expect(listIds(library, { tag: 'new' })).toEqual([ONE, THREE])
    expect(allTags(library)).toEqual([
      { tag: 'rl', papers: 3 },
      { tag: 'new', papers: 2 },
      { tag: 'old', papers: 1 },
    ])
    changeMarks(library, [TWO], { hidden: true }, 'hidden')
    expect(allTags(library)).toEqual([
      { tag: 'new', papers: 2 },
      { tag: 'rl', papers: 2 },
      { tag: 'old', papers: 0 },
    ])
  })

  it('have their papers in the order in which they were added, until they are moved', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, DAY, papers(4))
    tag(library, [THREE, ONE], 'list')
    tag(library, [idOf(4), TWO], 'list')
    expect(papersTagged(library, 'list')).toEqual([THREE, ONE, idOf(4), TWO])
    moveInTag(library, TWO, 'list', -2, 'moved up')
    expect(papersTagged(library, 'list')).toEqual([THREE, TWO, ONE, idOf(4)])
    expect(moveInTag(library, THREE, 'list', -1, 'moved up')).toEqual([])
    moveInTag(library, THREE, 'list', 99, 'moved down')
    expect(papersTagged(library, 'list')).toEqual([TWO, ONE, idOf(4), THREE])
    undoLast(library)
    undoLast(library)
    expect(papersTagged(library, 'list')).toEqual([THREE, ONE, idOf(4), TWO])
    // A new one still comes to the end.
    storeDay(library, DAY, papers(5))
    tag(library, [idOf(5)], 'list')
    expect(papersTagged(library, 'list').at(-1)).toBe(idOf(5))
  })

  it('and notes keep a paper from being deleted', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, DAY, papers(2))
    tag(library, [ONE], 'rl')
    changeNote(library, TWO, 'a note', 'noted')
    for (const id of [ONE, TWO])
      expect(() => library.db.prepare('DELETE FROM papers WHERE id = ?').run(id)).toThrow(/FOREIGN KEY/)
  })
})

describe('a note', () => {
  it('is kept, changed, removed and brought back', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(library, aPaper())
    const { id } = aPaper()
    expect(changeNote(library, id, '# First\n', 'wrote a note')).toEqual([id])
    expect(changeNote(library, id, '# First\n', 'again')).toEqual([])
    expect(changeNote(library, id, ' \n', 'removed')).toEqual([id])
    expect(noteOf(library, id)).toBeNull()
    expect(listRows(library)[0]?.noted).toBe(false)
    expect(undoLast(library)?.label).toBe('removed')
    expect(findPaper(library, id)?.note).toBe('# First\n')
    expect(listRows(library)[0]?.noted).toBe(true)
    undoLast(library)
    expect(decided(library)).toEqual([[], [], []])
  })
})

describe('redoing', () => {
  it('does what was undone again, in order, across restarts', () => {
    using held = temporaryLibrary()
    storeDay(held.library, DAY, papers(2))
    changeMarks(held.library, [ONE], { later: true }, 'one', 1000)
    tag(held.library, [ONE, TWO], 'two')
    const after = decided(held.library)
    undoLast(held.library)
    undoLast(held.reopen())
    expect(decided(held.library)).toEqual([[], [], []])
    expect(redoNext(held.reopen())).toEqual({ label: 'one', ids: [ONE] })
    expect(redoNext(held.library)?.label).toBe('tagged two')
    expect(redoNext(held.library)).toBeNull()
    expect(decided(held.library)).toEqual(after)
  })

  it('is over once something else has been done', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, DAY, papers(2))
    changeMarks(library, [ONE], { read: true }, 'one')
    undoLast(library)
    changeMarks(library, [TWO], { hidden: true }, 'two')
    expect(redoNext(library)).toBeNull()
    expect(undoLast(library)?.label).toBe('two')
    expect(redoNext(library)?.label).toBe('two')
  })

  it('is not over where what came since changed nothing', () => {
    using held = temporaryLibrary()
    const { library } = held
    storePaper(library, aPaper())
    changeMarks(library, [aPaper().id], { read: true }, 'one')
    undoLast(library)
    changeMarks(library, [aPaper().id], { read: false }, 'nothing')
    expect(redoNext(library)?.label).toBe('one')
  })
})

const PAPERS = 5
const ids = fc.uniqueArray(fc.integer({ min: 1, max: PAPERS }).map(idOf), { minLength: 1, maxLength: 3 })
const someTags = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 })
type Act = (library: Library, now: number) => unknown
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(ids, fc.constantFrom('read', 'starred', 'later', 'hidden'), fc.boolean()).map(
    ([which, field, on]): Act =>
      (library, now) =>
        changeMarks(library, which, { [field]: on }, 'mark', now),
  ),
  fc.tuple(ids, someTags, someTags).map(
    ([which, add, remove]): Act =>
      (library) =>
        changeTags(library, which, { add, remove }, 'tag'),
  ),
  fc.tuple(ids, fc.constantFrom('a', 'b'), fc.integer({ min: -2, max: 2 })).map(
    ([[id = ''], name, by]): Act =>
      (library) =>
        moveInTag(library, id, name, by, 'move'),
  ),
  fc.tuple(ids, fc.constantFrom('x', 'y', '', null)).map(
    ([[id = ''], text]): Act =>
      (library) =>
        changeNote(library, id, text, 'note'),
  ),
)

describe('any decisions', () => {
  it('are undone to what was before and redone to what was after, step by step', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 15 }), (acts) => {
        using held = temporaryLibrary()
        const { library } = held
        storeDay(library, DAY, papers(PAPERS))
        const states = [decided(library)]
        for (const [at, doIt] of acts.entries()) {
          doIt(library, 1000 + at)
          const now = decided(library)
          if (JSON.stringify(now) !== JSON.stringify(states.at(-1))) states.push(now)
        }
        for (const before of states.slice(0, -1).toReversed()) {
          expect(undoLast(library)).not.toBeNull()
          expect(decided(library)).toEqual(before)
        }
        expect(undoLast(library)).toBeNull()
        for (const after of states.slice(1)) {
          expect(redoNext(library)).not.toBeNull()
          expect(decided(library)).toEqual(after)
        }
        expect(redoNext(library)).toBeNull()
      }),
      { numRuns: 40 },
    )
  })
})

describe('another instance', () => {
  it('is told which papers were decided about, undone and redone', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, DAY, papers(3))
    const other = openLibrary(held.file)
    const start = changesSince(other, 0)
    expect(start.ids).toEqual([])
    changeMarks(library, [ONE, TWO], { read: true }, 'marked')
    const first = changesSince(other, start.turn)
    expect(first.ids.toSorted()).toEqual([ONE, TWO])
    expect(changesSince(other, first.turn).ids).toEqual([])
    undoLast(library)
    const second = changesSince(other, first.turn)
    expect(second.ids.toSorted()).toEqual([ONE, TWO])
    redoNext(library)
    undoLast(library)
    // What was undone is forgotten by a new step, whose number is higher all the same.
    changeNote(library, THREE, 'new', 'noted')
    expect(changesSince(other, second.turn).ids).toContain(THREE)
    other.close()
  })
})

describe('a record that turns out to be another’s', () => {
  it('gives it its tags and its note', () => {
    using held = temporaryLibrary()
    const { library } = held
    const real = aPaper({ title: 'The Paper As It Was Published' })
    const draft = aTitle('A Draft of the Paper')
    storePaper(library, real)
    storePaper(library, draft)
    tag(library, [draft.id], 'mine', 'both')
    tag(library, [real.id], 'both')
    changeNote(library, draft.id, 'of the draft', 'noted')
    changeNote(library, real.id, 'of the paper', 'noted')
    changeMarks(library, [draft.id], { later: true, hidden: true }, 'kept')
    storePaper(library, { ...real, title: draft.title })
    expect(listRows(library, { withHidden: true })).toHaveLength(1)
    expect(findPaper(library, real.id)).toMatchObject({
      ...{ tags: ['both', 'mine'], later: true, hidden: true },
      note: 'of the paper\n\nof the draft',
    })
  })
})

describe('a library from before there were tags', () => {
  it('keeps its marks and what of them can be undone', () => {
    using held = temporaryLibrary()
    const { db } = openLibrary(`${held.file}.older`)
    // The file as an older version made it: all but the last migration.
    db.exec(`PRAGMA foreign_keys = OFF; PRAGMA writable_schema = OFF`)
    for (const { name, type } of db
      .prepare(`SELECT name, type FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type = 'table'`)
      .all() as { name: string; type: string }[])
      db.exec(`DROP ${type} IF EXISTS "${name}"`)
    const before = MIGRATIONS.findIndex((migration) => migration.includes('CREATE TABLE tagged'))
    for (const migration of MIGRATIONS.slice(0, before)) db.exec(migration)
    db.pragma(`user_version = ${before}`)
    db.exec(`
      INSERT INTO papers (id, title, title_key, abstract, authors, keywords, origin, day, rank)
        VALUES ('${ONE}', 'T', 't', '', '[]', '[]', 'hub', '${DAY}', 0);
      INSERT INTO marks (paper_id, read_at, starred_at) VALUES ('${ONE}', 5, 6);
      INSERT INTO history (seq, done_at, label) VALUES (1, 5, 'marked read'), (2, 6, 'starred');
      INSERT INTO history_changes VALUES (1, '${ONE}', 'read', NULL, 5), (2, '${ONE}', 'starred', NULL, 6)`)
    db.close()
    const library = openLibrary(`${held.file}.older`)
    expect(findPaper(library, ONE)).toMatchObject({ read: true, starred: true, later: false, hidden: false })
    expect([undoLast(library)?.label, undoLast(library)?.label, undoLast(library)]).toEqual([
      'starred',
      'marked read',
      null,
    ])
    expect(decided(library)).toEqual([[], [], []])
    library.close()
  })
})
