import { describe, expect, it } from 'vitest'
import { lineText, lineWidth } from '../../src/app/frame.ts'
import { widthsOf } from '../../src/app/panes.ts'
import { view } from '../../src/app/view.ts'
import { type Driver, drive } from '../support/driver.ts'
import { rows } from '../support/papers.ts'

const at = (columns: number, rowsHigh = 12) =>
  drive(
    rows(9).map((row, index) => ({ ...row, read: index < 2, starred: index === 3, hidden: index === 8 })),
    { size: { columns, rows: rowsHigh } },
  )
const screen = (reader: Driver) => view(reader.state()).lines.map(lineText)

describe('the panes', () => {
  it.each([
    [40, { sidebar: 0, list: 40, abstract: 0 }],
    [99, { sidebar: 0, list: 99, abstract: 0 }],
    [100, { sidebar: 0, list: 54, abstract: 43 }],
    [179, { sidebar: 0, list: 97, abstract: 79 }],
    [180, { sidebar: 24, list: 83, abstract: 67 }],
    [300, { sidebar: 24, list: 180, abstract: 90 }],
  ])('of %i columns are %j', (columns, widths) => expect(widthsOf(at(columns).state())).toEqual(widths))

  it('fill the screen at every width and split', () => {
    for (let columns = 30; columns <= 300; columns += 7)
      for (const key of ['<', '>']) {
        const reader = at(columns)
        for (let press = 0; press < 15; press++) {
          reader.press(key)
          const { sidebar, list, abstract } = widthsOf(reader.state())
          const between = (sidebar > 0 ? 3 : 0) + (abstract > 0 ? 3 : 0)
          expect(sidebar + list + abstract + between).toBe(columns)
          expect(list).toBeGreaterThan(9)
          for (const line of view(reader.state()).lines) expect(lineWidth(line)).toBe(columns)
        }
      }
  })

  it('give the list less room by < and more by >, and it alone by z', () => {
    const reader = at(120)
    const list = () => widthsOf(reader.state()).list
    const first = list()
    reader.press('<')
    expect(list()).toBeLessThan(first)
    reader.press('>', '>')
    expect(list()).toBeGreaterThan(first)
    reader.press('z')
    expect(list()).toBe(120)
    reader.press('<')
    expect(reader.state().message?.text).toMatch(/^The list is alone: z brings back/)
    reader.press('z')
    expect(list()).toBeLessThan(120)
  })

  it('are divided anew by each key, also where the abstract is as wide as it can be read', () => {
    const reader = at(300)
    const list = () => widthsOf(reader.state()).list
    const first = list()
    reader.press('>')
    expect(list()).toBeGreaterThan(first)
    reader.press('<')
    expect(list()).toBe(first)
    reader.press('<')
    expect(list()).toBeLessThan(first)
  })

  it('say why they cannot be where the screen is narrow', () => {
    const reader = at(80)
    reader.press('z')
    expect(reader.state().message?.text).toBe('The screen is too narrow: from 100 columns on.')
  })
})

describe('the sidebar', () => {
  it('counts the papers of each view and marks the one that is shown', () => {
    const reader = at(200)
    reader.send({ type: 'tags', tags: [{ tag: 'rl', papers: 1234 }] })
    reader.press('3')
    const side = screen(reader).map((line) => line.slice(0, 24).trimEnd())
    expect(side.slice(1, 11)).toEqual([
      ' Views',
      '  1 All               8',
      '  2 Unread            6',
      ' ▸3 Starred           1',
      '  4 Later             0',
      '  0 Hidden            1',
      '  W Watched           0',
      '',
      ' Tags',
      '    #rl           1,234',
    ])
  })
})
