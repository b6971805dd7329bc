import { describe, expect, it } from 'vitest'
import { frameText, view } from '../../src/app/view.ts'
import type { SavedView } from '../../src/library/views.ts'
import { type Driver, drive } from '../support/driver.ts'
import { idOf, rows } from '../support/papers.ts'

const LAMPS: SavedView = { name: 'Lamps', query: 'lamp cat:cs.CL', key: 5, sort: null }
const OILS: SavedView = { name: 'Oils', query: 'oil', key: null, sort: null }

const reader = (views: readonly SavedView[] = [LAMPS, OILS]): Driver => drive(rows(30), { views })
const screen = (driver: Driver) => frameText(view(driver.state())).split('\n')
const bar = (driver: Driver) => screen(driver)[0] ?? ''
const foot = (driver: Driver) => screen(driver).at(-1) ?? ''
const selected = (driver: Driver) => screen(driver).find((line) => line.startsWith('> '))

/** The list of views is open, the first of the reader's own selected. */
function toLamps(driver: Driver): void {
  driver.press('v')
  while (!selected(driver)?.includes('Lamps')) driver.press('j')
}

/** The view on 5 is open and has found some papers. */
function opened(ids: readonly string[] = [3, 1, 20].map(idOf)): Driver {
  const driver = reader()
  driver.press('5')
  driver.find(ids)
  return driver
}

describe('v', () => {
  it('lists what comes with the reader and what is saved, with keys, queries and numbers once they are known', () => {
    const driver = drive(
      rows(30).map((row, at) => ({ ...row, read: at < 10 })),
      { views: [LAMPS, OILS] },
    )
    const asked = driver.during(() => driver.press('v'))
    expect(asked).toContainEqual({ type: 'count-views', queries: [LAMPS.query, OILS.query] })
    expect(selected(driver)).toMatch(/^> 1 All +30 · 20$/)
    const lamps = () => screen(driver).find((line) => line.includes('Lamps'))
    expect(lamps()).toMatch(/^ {2}5 Lamps {2}lamp cat:cs\.CL$/)
    driver.send({ type: 'view-counted', query: LAMPS.query, count: { papers: 1200, unread: 7 } })
    expect(lamps()).toMatch(/^ {2}5 Lamps {2}lamp cat:cs\.CL +1,200 · 7$/)
  })

  it('filters by names and queries, typos forgiven, and Enter opens what is left', () => {
    const driver = reader()
    driver.press('v', '/')
    driver.type('lmaps')
    expect(screen(driver).filter((line) => /^[> ] [\d ] \w/.test(line))).toHaveLength(1)
    const asked = driver.during(() => driver.press('enter'))
    expect(asked).toContainEqual(expect.objectContaining({ type: 'search', query: LAMPS.query }))
    expect(driver.state().overlay).toBeNull()
  })

  it('opens a view of the reader’s by Enter too, and leads back by Esc', () => {
    const driver = reader()
    driver.press('v', 'j', 'j', 'enter')
    expect(bar(driver)).toContain('Starred')
    driver.press('v')
    expect(selected(driver)).toMatch(/^> 3 Starred/)
    driver.press('escape')
    expect(driver.state().overlay).toBeNull()
  })
})

describe('a saved view', () => {
  it('shows all of its papers under its name, and Esc leads back to the paper that was selected', () => {
    const driver = reader()
    driver.press('j', 'j')
    const asked = driver.during(() => driver.press('5'))
    expect(asked).toEqual([{ type: 'search', request: 1, query: LAMPS.query, limit: 10_000_000 }])
    driver.find([9, 4].map(idOf))
    expect(bar(driver)).toMatch(/ Lamps 1\/2 /)
    expect(driver.shown()).toEqual([9, 4].map(idOf))
    driver.press('escape')
    expect(driver.selected()).toBe(idOf(3))
    expect(bar(driver)).toContain('All')
  })

  it('keeps what is read in it, and the cursor on its paper', () => {
    const driver = opened()
    driver.press('j', 'm')
    expect(driver.shown()).toEqual([3, 1, 20].map(idOf))
    expect(driver.selected()).toBe(idOf(1))
  })

  it('is not pushed about by a sync: the bar counts what is new, and a key brings it', () => {
    const driver = opened()
    driver.press('j')
    const asked = driver.during(() => driver.arrive([...rows(40)]))
    expect(asked).toContainEqual({ type: 'recheck', query: LAMPS.query })
    driver.send({ type: 'rechecked', query: LAMPS.query, ids: [31, 3, 1, 32, 20].map(idOf) })
    expect(driver.shown()).toEqual([3, 1, 20].map(idOf))
    expect(bar(driver)).toContain('↑ 2 new')
    const line = driver.selectedLine()
    driver.press('.')
    driver.find([31, 3, 1, 32, 20].map(idOf))
    expect(driver.shown()).toEqual([31, 3, 1, 32, 20].map(idOf))
    expect(driver.selected()).toBe(idOf(1))
    expect(driver.selectedLine()).toBeGreaterThanOrEqual(line)
    expect(bar(driver)).not.toContain('new')
  })

  it('takes no count that is of another query', () => {
    const driver = opened()
    driver.send({ type: 'rechecked', query: 'oil', ids: [31].map(idOf) })
    expect(bar(driver)).not.toContain('new')
  })

  it('says so where a digit opens none', () => {
    const driver = reader([])
    driver.press('6')
    expect(foot(driver)).toContain('No view of yours is on 6')
  })
})

describe('keeping views', () => {
  it('a gives the search that is open a name', () => {
    const driver = reader([])
    driver.press('/')
    driver.type('wick')
    driver.find([idOf(2)])
    driver.press('enter', 'v', 'a')
    expect(foot(driver)).toMatch(/^ Name: /)
    driver.press('enter')
    expect(foot(driver)).toContain('A view needs a name.')
    driver.type('My q?v')
    driver.press('enter')
    expect(driver.state().views.saved).toEqual([{ name: 'My q?v', query: 'wick', key: null, sort: null }])
    expect(selected(driver)).toContain('My q?v')
  })

  it('says why where no search is open', () => {
    const driver = reader()
    driver.press('v', 'a')
    expect(foot(driver)).toContain('No search is open')
  })

  it('e goes through name, query and key; nothing is kept before the last one', () => {
    const driver = reader()
    toLamps(driver)
    driver.press('e', 'end')
    driver.type(' of glass')
    driver.press('enter')
    expect(foot(driver)).toMatch(/^ Query: lamp cat:cs\.CL/)
    driver.type(' is:unread')
    driver.press('enter', '1', 'enter')
    expect(screen(driver).join('\n')).toContain('a digit from 5 to 9')
    expect(driver.state().views.saved[0]).toEqual(LAMPS)
    driver.press('backspace', '9', 'enter')
    const changed = { name: 'Lamps of glass', query: 'lamp cat:cs.CL is:unread', key: 9, sort: null }
    expect(driver.state().views.saved).toEqual([changed, OILS])
  })

  it('e has the name as a suggestion: what is typed takes its place', () => {
    const driver = reader()
    toLamps(driver)
    driver.press('e')
    driver.type('Wicks')
    expect(foot(driver)).toMatch(/^ Name: Wicks/)
    driver.press('enter', 'enter', 'enter')
    expect(driver.state().views.saved[0]).toMatchObject({ name: 'Wicks', key: LAMPS.key })
  })

  it('stays on the view that was selected where the line is left', () => {
    const driver = reader()
    toLamps(driver)
    for (const keys of [['e'], ['/', ...'lamps'], ['D', 'y', 'u']]) {
      driver.press(...keys)
      if (keys[0] !== 'D') driver.press('escape')
      expect([keys, selected(driver)]).toEqual([keys, expect.stringContaining('Lamps')])
    }
  })

  it('leaves the line with what was typed where the library refuses it', () => {
    const driver = reader()
    toLamps(driver)
    driver.press('e')
    const { state, send } = driver
    send({ type: 'say', message: { kind: 'error', text: 'Not kept: there is a view “Oils” already.' } })
    expect(state().overlay).toMatchObject({ line: { kind: 'edit' } })
  })

  it('D asks, removes, and u brings it back to its place', () => {
    const driver = reader()
    toLamps(driver)
    driver.press('D')
    expect(foot(driver)).toContain('Remove the view “Lamps”?')
    driver.press('n')
    expect(driver.state().views.saved).toHaveLength(2)
    driver.press('D', 'y')
    expect(driver.state().views.saved).toEqual([OILS])
    driver.press('u')
    expect(driver.state().views.saved).toEqual([LAMPS, OILS])
  })

  it('J and K move it, and the selection with it', () => {
    const driver = reader()
    toLamps(driver)
    driver.press('J')
    expect(driver.state().views.saved).toEqual([OILS, LAMPS])
    expect(selected(driver)).toContain('Lamps')
    driver.press('J')
    expect(driver.state().views.saved).toEqual([OILS, LAMPS])
    driver.press('K')
    expect(driver.state().views.saved).toEqual([LAMPS, OILS])
  })

  it('leaves what comes with the reader as it is', () => {
    const driver = reader()
    for (const key of ['e', 'D', 'J']) {
      driver.press('v', key)
      expect(foot(driver)).toContain('Only views of your own can be changed.')
      driver.press('escape')
    }
  })
})
