import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeMarks } from '../../src/library/history.ts'
import { storeArrivals, storeDay } from '../../src/library/intake.ts'
import type { Library } from '../../src/library/library.ts'
import { listRows } from '../../src/library/rows.ts'
import { doiId, type Mark, type Paper, provisionalId } from '../../src/paper.ts'
import { aPaper, idOf, temporaryLibrary } from '../support/papers.ts'

const PAPERS = 6
const titleOf = (number: number) => `The lantern of harbour number ${'i'.repeat(number)}`
const doiOf = (number: number) => `10.1000/${number}`

/** A paper as each source says it: the Hub, arXiv, a feed by its DOI, a page by its title alone. */
const saying: Record<string, (number: number, facts: Partial<Paper>) => Paper> = {
  hub: (number, facts) => aPaper({ id: idOf(number), title: titleOf(number), ...facts, origin: 'hub' }),
  arxiv: (number, facts) =>
    aPaper({ id: idOf(number), title: titleOf(number), doi: doiOf(number), ...facts, origin: 'arxiv' }),
  feed: (number, facts) => {
    const doi = doiOf(number)
    return aPaper({ id: doiId(doi), title: titleOf(number), doi, ...facts, origin: 'feed' })
  },
  page: (number, facts) =>
    aPaper({ id: provisionalId(titleOf(number)), title: titleOf(number), ...facts, origin: 'page' }),
}

const number = fc.integer({ min: 1, max: PAPERS })
const numbers = fc.uniqueArray(number, { maxLength: PAPERS })
const facts = fc.record({
  abstract: fc.constantFrom('We hang lanterns.', 'We hang more lanterns.', ''),
  upvotes: fc.option(fc.nat(99)),
  version: fc.option(fc.integer({ min: 1, max: 3 })),
})
const step = fc.oneof(
  fc.record({
    kind: fc.constant('day' as const),
    day: fc.constantFrom('2025-01-06', '2025-01-07'),
    numbers,
    facts,
  }),
  fc.record({
    kind: fc.constant('source' as const),
    source: fc.constantFrom('arxiv', 'feed', 'page', 'hub'),
    numbers,
    facts,
  }),
  fc.record({
    kind: fc.constant('mark' as const),
    number,
    change: fc.constantFrom<Partial<Mark>>(
      { read: true },
      { read: false },
      { starred: true },
      { starred: false },
      { later: true },
      { later: false },
      { hidden: true },
      { hidden: false },
    ),
  }),
)

const UNMARKED: Mark = { read: false, starred: false, later: false, hidden: false }

/** The marks of each paper, whatever id it is known by: one that is there twice has those of both. */
function marksOf(library: Library): Map<string, Mark> {
  const marks = new Map<string, Mark>()
  for (const { title, read, starred, later, hidden } of listRows(library, { withHidden: true })) {
    const before = marks.get(title) ?? UNMARKED
    marks.set(title, {
      read: read || before.read,
      starred: starred || before.starred,
      later: later || before.later,
      hidden: hidden || before.hidden,
    })
  }
  return marks
}

describe('marks', () => {
  it('are what the reader made them, whatever syncs bring in between', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        using held = temporaryLibrary()
        const { library } = held
        const wanted = new Map<string, Mark>()
        for (const step of steps) {
          if (step.kind === 'day') {
            const papers = step.numbers.map((each) => saying.hub?.(each, step.facts) as Paper)
            storeDay(library, step.day, papers)
          } else if (step.kind === 'source') {
            const papers = step.numbers.map((each) => saying[step.source]?.(each, step.facts) as Paper)
            storeArrivals(
              library,
              'page',
              papers.map((paper) => ({ paper, listedOn: null })),
            )
          } else {
            const title = titleOf(step.number)
            const ids = listRows(library, { withHidden: true })
              .filter((row) => row.title === title)
              .map(({ id }) => id)
            if (ids.length === 0) continue
            changeMarks(library, ids, step.change, 'mark')
            const before = wanted.get(title) ?? UNMARKED
            wanted.set(title, { ...before, ...step.change })
          }
          const marks = marksOf(library)
          for (const [title, mark] of wanted) expect(marks.get(title)).toEqual(mark)
          for (const [title, mark] of marks) if (!wanted.has(title)) expect(mark).toEqual(UNMARKED)
        }
      }),
      { numRuns: 150 },
    )
  })
})
