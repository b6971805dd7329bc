import { describe, expect, it } from 'vitest'
import { frameText, view } from '../../src/app/view.ts'
import { type Driver, drive } from '../support/driver.ts'
import { aRow, idOf, rows } from '../support/papers.ts'

const bar = (driver: Driver) => frameText(view(driver.state())).split('\n')[0] ?? ''
const foot = (driver: Driver) => frameText(view(driver.state())).split('\n').at(-1) ?? ''
const JUNE = Date.parse('2025-06-03T10:00:00Z')

/** What is trending is open, and two papers are known to have been so. */
function opened(): Driver {
  const driver = drive(rows(20))
  driver.press('j', 'ctrl+t')
  driver.send({ type: 'last-trending', trending: { ids: [7, 3].map(idOf), askedAt: JUNE } })
  return driver
}

describe('what is trending', () => {
  it('shows what was last known while the Hub is asked, with its day, and Esc leads back', () => {
    const driver = drive(rows(20))
    driver.press('j')
    expect(driver.during(() => driver.press('ctrl+t'))).toEqual([
      { type: 'load-trending' },
      { type: 'ask-trending' },
    ])
    driver.send({ type: 'last-trending', trending: { ids: [7, 3].map(idOf), askedAt: JUNE } })
    expect(driver.shown()).toEqual([7, 3].map(idOf))
    expect(bar(driver)).toContain('Trending 3 Jun 2025 1/2')
    driver.press('escape')
    expect(driver.selected()).toBe(idOf(2))
  })

  it('is in the Hub’s order once it answers; the cursor stays with its paper, and new papers are loaded', () => {
    const driver = opened()
    driver.press('j')
    const trending = { ids: [99, 3, 5].map(idOf), askedAt: Date.parse('2025-06-04') }
    const asked = driver.during(() => driver.send({ type: 'trending', answer: { trending, added: 1 } }))
    expect(asked).toContainEqual({ type: 'load-rows', now: true })
    driver.arrive([aRow({ id: idOf(99) }), ...rows(20)])
    expect(driver.shown()).toEqual([99, 3, 5].map(idOf))
    expect(driver.selected()).toBe(idOf(3))
    expect(bar(driver)).toContain('Trending 4 Jun 2025')
  })

  it('offline says so, and of which day the list is', () => {
    const driver = opened()
    driver.send({ type: 'trending', answer: { why: 'Nobody answers.', offline: true } })
    expect(foot(driver)).toContain('Offline. This was trending on 3 Jun 2025. Nobody answers.')
    expect(driver.shown()).toEqual([7, 3].map(idOf))
    expect(driver.during(() => driver.press('.'))).toEqual([{ type: 'ask-trending' }])
  })

  it('does not come back to who has left it', () => {
    const driver = opened()
    driver.press('escape')
    const before = driver.shown()
    driver.send({ type: 'trending', answer: { why: 'Nobody answers.', offline: true } })
    driver.send({ type: 'trending', answer: { trending: { ids: [idOf(5)], askedAt: JUNE }, added: 0 } })
    expect(driver.shown()).toEqual(before)
    expect(driver.state().message).toBeNull()
  })

  it('is in the list of views', () => {
    const driver = drive(rows(20))
    driver.press('v', '/', ...'trend')
    expect(driver.during(() => driver.press('enter'))).toContainEqual({ type: 'ask-trending' })
  })
})
