import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dayOf } from '../../src/days.ts'
import { storeFullText } from '../../src/library/fulltexts.ts'
import { changeMarks, changeNote, changeTags } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import type { Library } from '../../src/library/library.ts'
import { countUnread } from '../../src/library/papers.ts'
import { addRule } from '../../src/library/rules.ts'
import { type Counts, countLibrary } from '../../src/library/statistics.ts'
import { deriveRules } from '../../src/search/rules.ts'
import { aPaper, idOf, temporaryLibrary } from '../support/papers.ts'

const at = (moment: string) => Date.parse(moment)
const count = (library: Library): Counts => countLibrary(library, dayOf)

/** Six papers of three days; of four of them something was decided. */
function fill(library: Library): void {
  const paper = (number: number, authors: string[], organization: string | null) =>
    aPaper({ id: idOf(number), title: `Lanterns ${number}`, authors, organization })
  storeDay(library, '2025-03-03', [paper(1, ['Ada', 'Bo'], 'Saltmarsh'), paper(2, ['Ada', 'Ada'], null)])
  storeDay(library, '2025-03-04', [paper(3, ['Bo'], 'Saltmarsh'), paper(4, ['Cy'], 'Harbour')])
  storeDay(library, '2025-03-05', [paper(5, ['Dee'], null), paper(6, [], null)])
  changeMarks(library, [idOf(1), idOf(2)], { read: true }, '', at('2025-03-04T10:00Z'))
  changeMarks(library, [idOf(3)], { read: true }, '', at('2025-03-06T23:59Z'))
  changeMarks(library, [idOf(1), idOf(5)], { starred: true }, '', at('2025-03-04T10:00Z'))
  changeMarks(library, [idOf(6)], { hidden: true }, '', at('2025-03-04T10:00Z'))
  changeMarks(library, [idOf(4)], { later: true }, '', at('2025-03-04T10:00Z'))
  changeTags(library, [idOf(1), idOf(3), idOf(5)], { add: ['rl'], remove: [] }, '')
  changeTags(library, [idOf(3)], { add: ['boats'], remove: [] }, '')
  changeNote(library, idOf(5), 'A note.', '')
}

describe('the counts', () => {
  it('take what rules hide and tag as the list does, and not what the reader shows or untags in spite of them', () => {
    using held = temporaryLibrary()
    const { library } = held
    fill(library)
    // What is starred or kept for later no rule hides.
    changeMarks(library, [idOf(4)], { later: false }, '')
    addRule(library, { kind: 'mute', query: 'author:Cy OR author:Dee', name: 'No Cy, no Dee' })
    addRule(library, { kind: 'tag', query: 'author:Ada', name: 'ada' })
    deriveRules(library)
    changeMarks(library, [idOf(5)], { hidden: false }, '')
    changeTags(library, [idOf(2)], { add: [], remove: ['ada'] }, '')
    const { hidden, tags, unreadOf } = count(library)
    expect(hidden).toBe(2)
    expect(tags).toContainEqual({ name: 'ada', papers: 1 })
    expect(unreadOf).toEqual([{ day: '2025-03-05', papers: 1 }])
    expect(countUnread(library)).toBe(1)
  })

  it('of a small library are those that one counts by hand', () => {
    using held = temporaryLibrary()
    const { library } = held
    fill(library)
    storeFullText(library, idOf(1), { html: '<p>wick</p>'.repeat(500), url: 'https://x.example', version: 1 })
    const { fullTextBytes, fileBytes, ...rest } = count(library)
    expect(rest).toEqual({
      readOn: [
        { day: '2025-03-06', papers: 1 },
        { day: '2025-03-04', papers: 2 },
      ],
      ...{ starred: 2, later: 1, hidden: 1, notes: 1 },
      tags: [
        { name: 'rl', papers: 2 },
        { name: 'boats', papers: 1 },
      ],
      authors: [
        { name: 'Ada', papers: 2 },
        { name: 'Bo', papers: 2 },
      ],
      organizations: [{ name: 'Saltmarsh', papers: 2 }],
      unreadOf: [
        { day: '2025-03-05', papers: 1 },
        { day: '2025-03-04', papers: 1 },
      ],
      ...{ papers: 6, days: 3, fullTexts: 1 },
    })
    // What is still beside the file comes into it.
    library.db.pragma('wal_checkpoint(TRUNCATE)')
    const kept = library.prepare('SELECT length(html) FROM fulltexts').pluck().get()
    expect(fullTextBytes).toBe(kept)
    expect(fileBytes).toBe(statSync(held.file).size)
  })

  it('put what was read on the days of the reader', () => {
    using held = temporaryLibrary()
    fill(held.library)
    // Where the day begins two hours earlier.
    const { readOn } = countLibrary(held.library, (time) => dayOf(time + 2 * 3_600_000))
    expect(readOn).toEqual([
      { day: '2025-03-07', papers: 1 },
      { day: '2025-03-04', papers: 2 },
    ])
  })

  it('follow what is marked unread again', () => {
    using held = temporaryLibrary()
    const { library } = held
    fill(library)
    changeMarks(library, [idOf(1), idOf(2), idOf(3)], { read: false }, '')
    const { readOn, authors, tags, organizations, unreadOf } = count(library)
    expect([readOn, authors, tags, organizations]).toEqual([[], [], [], []])
    expect(unreadOf.map(({ papers }) => papers)).toEqual([1, 2, 2])
  })

  it('of an empty library are nothing', () => {
    using held = temporaryLibrary()
    expect(count(held.library)).toMatchObject({
      ...{ readOn: [], starred: 0, notes: 0, tags: [], authors: [], unreadOf: [], papers: 0, days: 0 },
      ...{ fullTexts: 0, fullTextBytes: 0 },
    })
  })

  it('name the ten most frequent, by the alphabet where they are equal', () => {
    using held = temporaryLibrary()
    const { library } = held
    const papers = Array.from({ length: 12 }, (_, number) =>
      aPaper({
        id: idOf(number + 1),
        title: `Boats ${number}`,
        authors: [`N${String.fromCharCode(76 - number)}`, 'All'],
      }),
    )
    storeDay(library, '2025-03-03', papers)
    changeMarks(
      library,
      papers.map(({ id }) => id),
      { read: true },
      '',
    )
    const { authors } = count(library)
    expect(authors.map(({ name }) => name)).toEqual(
      ['All', ...'ABCDEFGHI'].map((name) => (name === 'All' ? name : `N${name}`)),
    )
    expect(authors[0]?.papers).toBe(12)
  })
})
