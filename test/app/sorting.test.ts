import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineText } from '../../src/app/frame.ts'
import { inSorting, type SortBy } from '../../src/app/sorting.ts'
import { frameText, view } from '../../src/app/view.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import { type Driver, drive } from '../support/driver.ts'
import { aRow, idOf } from '../support/papers.ts'

const FACTS: readonly Partial<PaperRow>[] = [
  { day: '2025-06-30', upvotes: 5, comments: null, publishedOn: '2025-06-01', momentum: 5, read: true },
  { day: '2025-06-30', upvotes: 90, comments: 4, publishedOn: '2025-06-29', momentum: -2 },
  { day: '2025-06-29', upvotes: null, comments: 0, publishedOn: null, momentum: null },
  { day: '2025-06-28', upvotes: 20, comments: 4, publishedOn: '2025-06-27', momentum: 15 },
]
const some = () => FACTS.map((facts, at) => aRow({ id: idOf(at + 1), title: `Paper ${at + 1}`, ...facts }))
const numbers = (driver: Driver) => driver.shown().map((id) => Number(id.slice(-5)))
const screen = (driver: Driver) => frameText(view(driver.state()))
const bar = (driver: Driver) => lineText(view(driver.state()).lines[0] ?? [])
const headings = (driver: Driver) => screen(driver).match(/\d+ \w+ \d{4}(?= · \d+ papers?)/g) ?? []

describe('s', () => {
  it.each([
    ['u', [2, 4, 1, 3], 'by upvotes'],
    ['m', [4, 1, 2, 3], 'by momentum'],
    ['c', [2, 4, 3, 1], 'by comments'],
    ['p', [2, 4, 1, 3], 'by publication'],
    ['n', [2, 3, 4, 1], 'unread first'],
    ['d', [1, 2, 3, 4], null],
  ])('%s puts the list in an order, which the bar names', (letter, order, named) => {
    const driver = drive(some())
    driver.press('s', letter)
    expect(numbers(driver)).toEqual(order)
    if (named) expect(bar(driver)).toContain(`· ${named}`)
    else expect(bar(driver)).not.toMatch(/by|first/)
  })

  it('says which letters there are, and leaves the order by any way out', () => {
    const driver = drive(some())
    driver.press('s')
    expect(screen(driver).split('\n').at(-1)).toMatch(/^ By +d day +u upvotes +m momentum/)
    driver.press('escape')
    expect(numbers(driver)).toEqual([1, 2, 3, 4])
  })

  it('keeps the cursor on its paper, and headings only where days make sense', () => {
    const driver = drive(some())
    driver.press('j', 's', 'u')
    expect(driver.selected()).toBe(idOf(2))
    expect(headings(driver)).toEqual([])
    driver.press('s', 'p')
    expect(headings(driver)).toEqual(['29 Jun 2025', '27 Jun 2025', '1 Jun 2025'])
    expect(screen(driver)).toContain('No date')
  })

  it('holds for each view by itself, until another is chosen', () => {
    const driver = drive(some())
    driver.press('2', 's', 'u', '1')
    expect(numbers(driver)).toEqual([1, 2, 3, 4])
    driver.press('2')
    expect(numbers(driver)).toEqual([2, 4, 3])
    driver.press('s', 'd')
    expect(numbers(driver)).toEqual([2, 3, 4])
  })

  it('with unread papers first moves none because it is read', () => {
    const driver = drive(some())
    driver.press('s', 'n', 'home', 'm', 'j', 'x')
    expect(numbers(driver)).toEqual([2, 4, 1])
  })

  it('shows momentum in place of upvotes', () => {
    const driver = drive(some())
    driver.press('s', 'm')
    expect(screen(driver).match(/[▲▼]\d+/g)).toEqual(['▲15', '▲5', '▼2'])
  })

  it('takes in rows that arrive where they belong', () => {
    const driver = drive(some())
    driver.press('s', 'u', 'k')
    driver.arrive([aRow({ id: idOf(9), title: 'Paper 9', day: '2025-07-01', upvotes: 50 }), ...some()])
    expect(numbers(driver)).toEqual([2, 9, 4, 1, 3])
    expect(driver.selected()).toBe(idOf(4))
  })
})

describe('S', () => {
  it('turns an order round; what is not known stays last', () => {
    const driver = drive(some())
    driver.press('s', 'u', 'S')
    expect(numbers(driver)).toEqual([1, 4, 2, 3])
    expect(bar(driver)).toContain('· by upvotes, reversed')
    driver.press('S')
    expect(numbers(driver)).toEqual([2, 4, 1, 3])
  })

  it('shows the oldest day first', () => {
    const driver = drive(some())
    driver.press('S')
    expect(headings(driver)).toEqual(['28 Jun 2025', '29 Jun 2025', '30 Jun 2025'])
    expect(numbers(driver)).toEqual([4, 3, 1, 2])
  })
})

describe('the order of results', () => {
  const found = (): Driver => {
    const driver = drive(some())
    driver.press('/', 'x')
    driver.find([3, 1, 4, 2].map(idOf))
    driver.press('enter')
    return driver
  }

  it('can be chosen, and r brings back the one they were found in', () => {
    const driver = found()
    driver.press('s', 'u')
    expect(numbers(driver)).toEqual([2, 4, 1, 3])
    driver.press('s', 'r')
    expect(numbers(driver)).toEqual([3, 1, 4, 2])
    driver.press('S')
    expect(driver.state().message?.text).toMatch(/nothing to reverse/)
  })

  it('has headings where days were asked for', () => {
    const driver = found()
    expect(headings(driver)).toEqual([])
    driver.press('s', 'd')
    expect(headings(driver)).toEqual(['30 Jun 2025', '29 Jun 2025', '28 Jun 2025'])
  })

  it('by relevance is for results alone', () => {
    const driver = drive(some())
    driver.press('s', 'r')
    expect(driver.state().message?.text).toMatch(/only what was searched for/i)
  })

  it('of a saved view is kept with it', () => {
    const views = [{ name: 'X', query: 'cat:cs.CL', key: 5, sort: null }]
    const driver = drive(some(), { views })
    driver.press('5')
    driver.find([1, 2, 3, 4].map(idOf))
    expect(headings(driver)).toHaveLength(3)
    const asked = driver.during(() => driver.press('s', 'u', 'S'))
    expect(asked.filter(({ type }) => type === 'sort-view')).toEqual([
      { type: 'sort-view', name: 'X', sort: 'upvotes' },
      { type: 'sort-view', name: 'X', sort: '-upvotes' },
    ])
    expect(numbers(driver)).toEqual([1, 4, 2, 3])
    expect(driver.during(() => driver.press('.'))).toMatchObject([
      { type: 'search', query: 'cat:cs.cl sort:-upvotes' },
    ])
  })
})

it('sorts as comparing row by row would', () => {
  const row = fc
    .record({
      upvotes: fc.option(fc.integer({ min: 0, max: 50 })),
      comments: fc.option(fc.integer({ min: 0, max: 5 })),
      momentum: fc.option(fc.integer({ min: -50, max: 50 })),
      read: fc.boolean(),
    })
    .map((facts) => aRow(facts))
  const by = fc.constantFrom<SortBy>('upvotes', 'comments', 'momentum', 'unread')
  fc.assert(
    fc.property(fc.array(row), by, fc.boolean(), (list, order, reversed) => {
      const key = (facts: PaperRow) =>
        order === 'unread' ? Number(!facts.read) : (facts[order as 'upvotes'] ?? null)
      const expected = [...list.keys()].sort((one, other) => {
        const [a, b] = [key(list[one] as PaperRow), key(list[other] as PaperRow)]
        if (a === null || b === null) return Number(a === null) - Number(b === null)
        return reversed ? a - b : b - a
      })
      expect([...inSorting(list, Uint32Array.from(list.keys()), { by: order, reversed })]).toEqual(expected)
    }),
  )
})
