// What rules derive, and that they decide nothing: over a real library.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeMarks, changeTags, moveInTag, redoNext, undoLast } from '../../src/library/history.ts'
import { storeArrivals, storeDay } from '../../src/library/intake.ts'
import type { Library } from '../../src/library/library.ts'
import { allTags, papersTagged } from '../../src/library/marks.ts'
import { countUnread, findPaper } from '../../src/library/papers.ts'
import { listIds, listRows } from '../../src/library/rows.ts'
import {
  addRule,
  allRules,
  changeRule,
  keepMatches,
  type RuleKind,
  removeRule,
  turnRule,
} from '../../src/library/rules.ts'
import { deriveRules } from '../../src/search/rules.ts'
import { createSearcher } from '../../src/search/search.ts'
import { upkeep } from '../../src/search/upkeep.ts'
import { aPaper, aTitle, idOf, temporaryLibrary } from '../support/papers.ts'

const TITLES = ['Tides of glass', 'Tidal locks', 'Glass lanterns', 'A survey of tides', 'Wicks']

function harbour() {
  const held = temporaryLibrary()
  storeDay(
    held.library,
    '2025-01-06',
    TITLES.map((title, at) => aPaper({ id: idOf(at + 1), title, abstract: '' })),
  )
  upkeep(held.library)
  return held
}

const numbers = (ids: readonly string[]) => ids.map((id) => Number(id.slice(-5))).sort()
const ruled = (library: Library, kind: RuleKind, query: string, name = query) => {
  const rule = addRule(library, { kind, query, name })
  deriveRules(library)
  return rule
}
const papersOfRule = (library: Library, rule: number) =>
  allRules(library).find((other) => other.rule === rule)?.papers
const listed = (library: Library) => numbers(listIds(library))
const hidden = (library: Library) => numbers(listIds(library, { mark: 'hidden' }))

describe('a rule', () => {
  it.each([
    ['tides', [1, 4]],
    ['tide', []],
    ['tidse', []],
    ['glass tides', [1]],
    ['glass or wicks', [1, 3, 5]],
    ['"of tides"', [4]],
    ['title:glass -lanterns', [1]],
    ['author:marsh', [1, 2, 3, 4, 5]],
    ['upvotes:>50', []],
  ])('takes %j exactly', (query, expected) => {
    using held = harbour()
    expect(numbers(createSearcher(held.library).matching(query))).toEqual(expected)
  })

  it('matches what is new once it is derived again, and no longer what has changed', () => {
    using held = harbour()
    const { library } = held
    const rule = ruled(library, 'watch', 'tides')
    expect(papersOfRule(library, rule)).toBe(2)
    storeDay(library, '2025-01-07', [aPaper({ id: idOf(9), title: 'New tides', abstract: '' })])
    storeDay(library, '2025-01-08', [aPaper({ id: idOf(1), title: 'Ebbs of glass', abstract: '' })])
    expect(deriveRules(library, [idOf(9)])).toEqual({ changed: 2, watched: [{ name: 'tides', papers: 1 }] })
    expect(numbers(listRows(library).flatMap(({ id, watched }) => (watched ? [id] : [])))).toEqual([4, 9])
    expect(deriveRules(library, [idOf(9)])).toEqual({ changed: 0, watched: [] })
  })

  it('matches nothing while it is off, nor once it is another or gone', () => {
    using held = harbour()
    const { library } = held
    const rule = ruled(library, 'mute', 'tides')
    expect(hidden(library)).toEqual([1, 4])
    turnRule(library, rule, false)
    deriveRules(library)
    expect(hidden(library)).toEqual([])
    turnRule(library, rule, true)
    changeRule(library, rule, { kind: 'mute', query: 'wicks', name: 'wicks' })
    // What was found for the former query comes too late.
    keepMatches(library, { rule, query: 'tides' }, [idOf(1)])
    expect(hidden(library)).toEqual([])
    deriveRules(library)
    expect(hidden(library)).toEqual([5])
    removeRule(library, rule)
    expect(hidden(library)).toEqual([])
    expect(allRules(library)).toEqual([])
  })

  it('goes along where a paper gets its arXiv id', () => {
    using held = harbour()
    const { library } = held
    const title = 'Herons on the breakwater, all night long'
    storeArrivals(library, 'page', [{ paper: aTitle(title), listedOn: null }])
    const rule = ruled(library, 'mute', 'herons')
    storeDay(library, '2025-01-07', [aPaper({ id: idOf(8), title })])
    deriveRules(library)
    expect(papersOfRule(library, rule)).toBe(1)
    expect(hidden(library)).toEqual([8])
  })
})

describe('a rule that mutes', () => {
  it('takes papers out of the list, the search and what is unread, and says so of each', () => {
    using held = harbour()
    const { library } = held
    changeMarks(library, [idOf(4)], { read: true }, 'read')
    ruled(library, 'mute', 'tides', 'No tides')
    expect(listed(library)).toEqual([2, 3, 5])
    expect(countUnread(library)).toBe(3)
    const found = (query: string) => numbers(createSearcher(library).search(query, 9).ids)
    expect(found('glass')).toEqual([3])
    expect(found('is:hidden')).toEqual([1, 4])
    expect(findPaper(library, idOf(1))).toMatchObject({
      hidden: true,
      rules: [{ kind: 'mute', name: 'No tides' }],
    })
    expect(listRows(library, { mark: 'hidden' }).map(({ mutedBy }) => mutedBy)).toEqual([
      'No tides',
      'No tides',
    ])
  })

  it('gives way to who shows a paper all the same, which can be undone and done again', () => {
    using held = harbour()
    const { library } = held
    ruled(library, 'mute', 'tides')
    expect(changeMarks(library, [idOf(1), idOf(2)], { hidden: false }, 'show')).toEqual([idOf(1)])
    expect(listed(library)).toEqual([1, 2, 3, 5])
    expect(countUnread(library)).toBe(4)
    deriveRules(library)
    expect(listed(library)).toEqual([1, 2, 3, 5])
    undoLast(library)
    expect(hidden(library)).toEqual([1, 4])
    redoNext(library)
    expect(hidden(library)).toEqual([4])
    changeMarks(library, [idOf(1)], { hidden: true }, 'hide')
    expect(hidden(library)).toEqual([1, 4])
    undoLast(library)
    expect(hidden(library)).toEqual([4])
  })

  it('hides nothing that the reader wants to keep, for as long as that is so', () => {
    using held = harbour()
    const { library } = held
    changeMarks(library, [idOf(1)], { starred: true }, 'star')
    ruled(library, 'mute', 'tides')
    expect([listed(library), hidden(library), countUnread(library)]).toEqual([[1, 2, 3, 5], [4], 4])
    expect(numbers(createSearcher(library).search('is:hidden', 9).ids)).toEqual([4])
    changeMarks(library, [idOf(4)], { later: true }, 'later')
    expect([listed(library), hidden(library), countUnread(library)]).toEqual([[1, 2, 3, 4, 5], [], 5])
    changeMarks(library, [idOf(1)], { hidden: true }, 'hide')
    expect([listed(library), hidden(library)]).toEqual([[2, 3, 4, 5], [1]])
    undoLast(library)
    changeMarks(library, [idOf(1)], { starred: false }, 'unstar')
    expect([listed(library), hidden(library)]).toEqual([[2, 3, 4, 5], [1]])
  })

  it('leaves hidden what the reader hid, when it goes', () => {
    using held = harbour()
    const { library } = held
    const rule = ruled(library, 'mute', 'tides')
    changeMarks(library, [idOf(5)], { hidden: true }, 'hide')
    expect(changeMarks(library, [idOf(1)], { hidden: true }, 'is so already')).toEqual([])
    removeRule(library, rule)
    expect(hidden(library)).toEqual([5])
  })
})

describe('a rule that tags', () => {
  it('gives its tag in rows, queries and counts, after the papers of the reader’s own', () => {
    using held = harbour()
    const { library } = held
    changeTags(library, [idOf(5)], { add: ['sea'], remove: [] }, 'tag')
    ruled(library, 'tag', 'tides', 'sea')
    expect(papersTagged(library, 'sea')).toEqual([5, 1, 4].map(idOf))
    expect(allTags(library)).toEqual([{ tag: 'sea', papers: 3 }])
    expect(numbers(listIds(library, { tag: 'sea' }))).toEqual([1, 4, 5])
    expect(numbers(createSearcher(library).search('glass tag:sea', 9).ids)).toEqual([1])
    expect(findPaper(library, idOf(1))?.tags).toEqual(['sea'])
  })

  it('gives way to who takes the tag away, which can be undone, and to who gives it', () => {
    using held = harbour()
    const { library } = held
    ruled(library, 'tag', 'tides', 'sea')
    expect(changeTags(library, [idOf(1), idOf(2)], { add: [], remove: ['sea'] }, 'untag')).toEqual([idOf(1)])
    expect(papersTagged(library, 'sea')).toEqual([idOf(4)])
    deriveRules(library)
    expect(findPaper(library, idOf(1))?.tags).toEqual([])
    undoLast(library)
    expect(papersTagged(library, 'sea')).toEqual([1, 4].map(idOf))
    redoNext(library)
    changeTags(library, [idOf(1)], { add: ['sea'], remove: [] }, 'tag again')
    expect(papersTagged(library, 'sea')).toEqual([1, 4].map(idOf))
    undoLast(library)
    expect(papersTagged(library, 'sea')).toEqual([idOf(4)])
  })

  it('lets its papers be moved in the order of the tag, and back', () => {
    using held = harbour()
    const { library } = held
    changeTags(library, [idOf(5)], { add: ['sea'], remove: [] }, 'tag')
    ruled(library, 'tag', 'tides or locks', 'sea')
    expect(papersTagged(library, 'sea')).toEqual([5, 1, 2, 4].map(idOf))
    moveInTag(library, idOf(2), 'sea', -1, 'up')
    expect(papersTagged(library, 'sea')).toEqual([5, 2, 1, 4].map(idOf))
    undoLast(library)
    expect(papersTagged(library, 'sea')).toEqual([5, 1, 2, 4].map(idOf))
  })
})

const OWN = ['marks', 'tagged', 'notes', 'history', 'changes']
const own = ({ db }: Library) =>
  OWN.map((table) =>
    db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`.replace('notes ORDER BY 1, 2, 3', 'notes')).all(),
  )
const someNumbers = fc.uniqueArray(fc.integer({ min: 1, max: TITLES.length }), { minLength: 1, maxLength: 3 })
const aRuleFor = fc.record({
  kind: fc.constantFrom<RuleKind>('mute', 'watch', 'tag'),
  query: fc.constantFrom('tides', 'glass', 'wicks or tides', '-glass', 'author:marsh'),
})
const aStep = fc.oneof(
  fc.record({ type: fc.constant('rule' as const), rule: aRuleFor }),
  fc.record({ type: fc.constant('sync' as const), numbers: someNumbers, title: fc.constantFrom(...TITLES) }),
  fc.record({ type: fc.constant('turn' as const), at: fc.nat(5), isOn: fc.boolean() }),
  fc.record({ type: fc.constant('remove' as const), at: fc.nat(5) }),
)
const aDecision = fc.oneof(
  fc.record({ field: fc.constantFrom('hidden', 'read', 'starred'), on: fc.boolean(), numbers: someNumbers }),
  fc.record({ field: fc.constant('tag'), on: fc.boolean(), numbers: someNumbers }),
)

function take(library: Library, step: typeof aStep extends fc.Arbitrary<infer T> ? T : never): void {
  const rules = allRules(library)
  if (step.type === 'rule') addRule(library, { ...step.rule, name: step.rule.kind === 'tag' ? 'sea' : 'x' })
  else if (step.type === 'sync')
    storeDay(
      library,
      '2025-01-07',
      step.numbers.map((number) => aPaper({ id: idOf(number), title: step.title, abstract: '' })),
    )
  else {
    const rule = rules[step.at % Math.max(1, rules.length)]
    if (rule && step.type === 'turn') turnRule(library, rule.rule, step.isOn)
    if (rule && step.type === 'remove') removeRule(library, rule.rule)
  }
  deriveRules(library)
}

function decide(
  library: Library,
  { field, on, numbers: wanted }: typeof aDecision extends fc.Arbitrary<infer T> ? T : never,
) {
  const ids = wanted.map(idOf)
  if (field === 'tag')
    changeTags(library, ids, on ? { add: ['sea'], remove: [] } : { add: [], remove: ['sea'] }, 'tag')
  else changeMarks(library, ids, { [field]: on }, 'mark')
}

describe('whatever rules and syncs do', () => {
  it('no table of the reader’s changes', () => {
    fc.assert(
      fc.property(
        fc.array(aDecision, { maxLength: 4 }),
        fc.array(aStep, { maxLength: 6 }),
        (decisions, steps) => {
          using held = harbour()
          const { library } = held
          for (const decision of decisions) decide(library, decision)
          const before = own(library)
          for (const step of steps) take(library, step)
          expect(own(library)).toEqual(before)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('a decision does what it says, and undoing it gives back just what was there', () => {
    fc.assert(
      fc.property(
        fc.array(aStep, { maxLength: 4 }),
        fc.array(aDecision, { minLength: 1, maxLength: 6 }),
        (steps, decisions) => {
          using held = harbour()
          const { library } = held
          for (const step of steps) take(library, step)
          const shown = () => listRows(library, { withHidden: true })
          const states = [{ rows: shown(), unread: countUnread(library) }]
          let done = 0
          for (const decision of decisions) {
            const turns = own(library)[3]?.length ?? 0
            decide(library, decision)
            if ((own(library)[3]?.length ?? 0) === turns) continue
            done++
            states.push({ rows: shown(), unread: countUnread(library) })
            for (const number of decision.numbers) {
              const row = shown().find(({ id }) => id === idOf(number))
              const is =
                decision.field === 'tag' ? row?.tags.includes('sea') : row?.[decision.field as 'read']
              expect(is).toBe(decision.on)
            }
            expect(countUnread(library)).toBe(
              shown().filter(({ read, hidden: gone }) => !read && !gone).length,
            )
          }
          for (; done > 0; done--) {
            undoLast(library)
            expect({ rows: shown(), unread: countUnread(library) }).toEqual(states[done - 1])
          }
          expect(own(library).slice(0, 3)).toEqual([[], [], []])
        },
      ),
      { numRuns: 25 },
    )
  })
})
