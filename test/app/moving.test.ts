import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameText, view } from '../../src/app/view.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import { drive } from '../support/driver.ts'
import { aRow, idOf, rows, wholePaper } from '../support/papers.ts'

describe('moving', () => {
  it.each<[string, string[], number]>([
    ['j goes down', ['j', 'j'], 3],
    ['k goes up', ['j', 'j', 'k'], 2],
    ['k stays at the top', ['k'], 1],
    ['arrows do as well', ['down', 'down', 'up'], 2],
    ['G goes to the last', ['G'], 60],
    ['j stays at the end', ['G', 'j'], 60],
    ['gg goes to the first', ['G', 'g', 'g'], 1],
    ['end and home do as well', ['end', 'home', 'j'], 2],
  ])('%s', (_, keys, number) => {
    const reader = drive(rows(60))
    reader.press(...keys)
    expect(reader.selected()).toBe(idOf(number))
  })

  it.each<[string, string[], number]>([
    ['] goes to the first paper of the next older day', [']'], 11],
    ['] does so from the middle of a day', ['j', 'j', ']', 'j', ']'], 21],
    ['[ goes to the first paper of the newer day', [']', ']', '['], 11],
    ['[ does so from the middle of a day', [']', ']', 'j', '['], 11],
    ['] stays where there is no older day', ['G', ']'], 60],
    ['[ stays where there is no newer day', ['j', '['], 2],
    ['] goes by day in a view too', ['2', 'j', ']'], 11],
  ])('by day: %s', (_, keys, number) => {
    const reader = drive(rows(60))
    reader.press(...keys)
    expect(reader.selected()).toBe(idOf(number))
  })

  it('by day shows the heading of the day, and says where there is no further one', () => {
    const reader = drive(rows(60))
    reader.press(']', ']', ']', '[')
    const line = reader.selectedLine()
    expect(frameText(view(reader.state())).split('\n')[line - 1]).toMatch(/^ Sat 28 Jun 2025 · 10 papers/)
    reader.press('[', '[', '[')
    expect(reader.state().message?.text).toBe('This is the newest day here.')
    reader.press('G', ']')
    expect(reader.state().message?.text).toBe('This is the oldest day here.')
  })

  it('by day is not possible among results, whose order is another', () => {
    const reader = drive(rows(60))
    reader.press('/')
    reader.type('paper')
    reader.find([idOf(1), idOf(30), idOf(12)])
    reader.press('enter', ']')
    expect(reader.selected()).toBe(idOf(1))
    expect(reader.state().message?.text).toBe('These papers are not in the order of days.')
  })

  it('pages reach every paper, down and up', () => {
    const reader = drive(rows(60))
    const seen = new Set<string>()
    for (const key of [...Array(6).fill('pageDown'), ...Array(6).fill('pageUp')]) {
      const { top } = reader.state()
      for (const id of idsOnScreen(reader)) seen.add(id)
      reader.press(key)
      expect(Math.abs(reader.state().top - top)).toBeLessThanOrEqual(22)
    }
    expect(seen.size).toBe(60)
    expect(reader.selected()).toBe(idOf(1))
  })

  it('the selected paper is always on the screen, and so is the heading right above it', () => {
    const key = fc.constantFrom(
      'j',
      'k',
      'home',
      'G',
      'ctrl+d',
      'ctrl+u',
      'pageDown',
      'pageUp',
      'n',
      'N',
      '2',
      '1',
      ']',
      '[',
    )
    const size = fc.record({ columns: fc.constantFrom(20, 80), rows: fc.integer({ min: 3, max: 30 }) })
    fc.assert(
      fc.property(fc.nat(60), size, fc.array(key, { maxLength: 25 }), (count, ofSize, keys) => {
        const reader = drive(rows(count), { size: ofSize })
        reader.press(...keys)
        if (count === 0) {
          expect(reader.selectedLine()).toBe(-1)
          return
        }
        expect(reader.selectedLine()).toBeGreaterThan(0)
        expect(reader.selectedLine()).toBeLessThan(ofSize.rows - 1)
        const first = reader.state().cursor % 10 === 0 && reader.state().view === 'all'
        if (first && ofSize.rows > 3) expect(reader.selectedLine()).toBeGreaterThan(1)
      }),
    )
  })

  it('loads the paper that is selected, once', () => {
    const reader = drive(rows(3))
    expect(reader.during(() => reader.press('j'))).toEqual([{ type: 'load-paper', id: idOf(2) }])
    expect(reader.during(() => reader.press('G', 'j', 'j'))).toEqual([{ type: 'load-paper', id: idOf(3) }])
    expect(reader.state().paper?.id).toBe(idOf(3))
  })

  it('in an empty list does nothing', () => {
    const reader = drive([])
    reader.press('j', 'k', 'g', 'g', 'G', 'pageDown', 'ctrl+u', 'J', 'K')
    expect(reader.effects).toEqual([])
    expect(reader.selected()).toBeUndefined()
  })
})

function idsOnScreen(reader: ReturnType<typeof drive>): string[] {
  const { cursor } = reader.state()
  const at = reader.selectedLine()
  // Far from the cursor the headings make the count uncertain by a few; the neighbours overlap by more.
  return reader.shown().slice(Math.max(0, cursor - at), cursor + 22 - at)
}

describe('rows that arrive', () => {
  /** Each number puts a paper in before the row of that place; -1 makes it a day of its own on top. */
  const arrivals = fc.array(fc.integer({ min: -1, max: 59 }), { minLength: 1, maxLength: 30 })
  const withArrivals = (before: readonly PaperRow[], places: readonly number[]) => {
    const list = [...before]
    for (const [at, place] of places.entries()) {
      const neighbour = before[Math.max(0, place)]
      const id = `2507.${String(at).padStart(5, '0')}`
      const day = place < 0 ? '2025-07-01' : (neighbour?.day ?? '')
      const index = place < 0 ? 0 : list.findIndex((row) => row.id === neighbour?.id)
      list.splice(index, 0, aRow({ id, day, title: `Arrival ${at}` }))
    }
    return list
  }

  it('move neither the selected paper nor the line of the screen it is on', () => {
    const keys = fc.array(fc.constantFrom('j', 'k', 'pageDown', 'ctrl+d', 'ctrl+u', 'G'), { maxLength: 20 })
    fc.assert(
      fc.property(keys, fc.array(arrivals, { minLength: 1, maxLength: 3 }), (pressed, syncs) => {
        const reader = drive(rows(60))
        reader.press(...pressed)
        const [id, line] = [reader.selected(), reader.selectedLine()]
        let list = reader.rows()
        for (const places of syncs) {
          list = withArrivals(rows(60), places)
          reader.arrive(list)
          expect([reader.selected(), reader.selectedLine()]).toEqual([id, line])
        }
        expect(reader.shown()).toEqual(list.map((row) => row.id))
      }),
    )
  })

  it('leave a list that fits the screen on its paper', () => {
    const reader = drive(rows(5))
    reader.press('j', 'j')
    reader.arrive([aRow({ id: '2507.00001', day: '2025-07-01' }), ...rows(5)])
    expect(reader.selected()).toBe(idOf(3))
  })

  it('are counted until the reader goes to the top', () => {
    const reader = drive(rows(60))
    reader.press('G')
    reader.arrive(withArrivals(rows(60), [-1, -1, 30]))
    expect(reader.state().arrived).toBe(3)
    reader.press('k')
    expect(reader.state().arrived).toBe(3)
    reader.press('g', 'g')
    expect(reader.state().arrived).toBe(0)
  })

  it('the first time, when only the newest were there, count as nothing new', () => {
    const reader = drive([])
    reader.arrive(rows(30))
    expect(reader.state().arrived).toBe(0)
    expect(reader.selected()).toBe(idOf(1))
  })

  it('leave an open abstract where it is scrolled to', () => {
    const reader = drive(rows(60), { size: { columns: 40, rows: 10 } })
    reader.press('enter', 'j', 'j', 'j')
    const { scroll } = reader.state()
    expect(scroll).toBe(3)
    reader.arrive(withArrivals(reader.rows(), [-1, -1]))
    expect(reader.state()).toMatchObject({ reading: true, scroll })
    expect(reader.state().paper?.id).toBe(idOf(1))
  })

  it('leave the abstract beside the list where it is scrolled to', () => {
    const reader = drive(rows(60), { size: { columns: 100, rows: 8 } })
    reader.press('J', 'J')
    expect(reader.state().scroll).toBe(2)
    reader.arrive(withArrivals(rows(60), [-1, -1]))
    expect(reader.state().scroll).toBe(2)
  })

  it('leave the help where it is scrolled to', () => {
    const reader = drive(rows(60))
    reader.press('?', 'j', 'j')
    reader.arrive(withArrivals(rows(60), [-1]))
    expect(reader.state()).toMatchObject({ help: true, scroll: 2 })
  })

  it('with a paper gone leave the cursor near where it was', () => {
    const reader = drive(rows(60))
    reader.press('j', 'j')
    reader.arrive(rows(60).filter(({ id }) => id !== idOf(3)))
    expect(reader.selected()).toBe(idOf(4))
  })

  it('under its arXiv id leave a paper selected that was known by its title alone', () => {
    const titled = (id: string) => rows(60).map((row, at) => (at === 30 ? { ...row, id } : row))
    const reader = drive(titled('title:paper-number-31-abcd1234'))
    for (let step = 0; step < 30; step++) reader.press('j')
    const line = reader.selectedLine()
    reader.arrive(withArrivals(titled('2406.00031'), [-1, 3, 20]))
    expect([reader.selected(), reader.selectedLine()]).toEqual(['2406.00031', line])
  })

  it('show new facts of the paper that is open', () => {
    const reader = drive(rows(3), {
      paper: (row) => ({ ...wholePaper(row), abstract: `About ${row.title}.` }),
    })
    reader.press('enter')
    reader.arrive(reader.rows().map((row) => ({ ...row, title: `${row.title}, revised` })))
    expect(reader.state().paper?.abstract).toBe('About Paper number 1, revised.')
  })
})

describe('a new size', () => {
  it('keeps the selected paper selected and on the screen', () => {
    const size = fc.record({
      columns: fc.integer({ min: 1, max: 200 }),
      rows: fc.integer({ min: 3, max: 60 }),
    })
    fc.assert(
      fc.property(fc.nat(59), fc.array(size, { minLength: 1, maxLength: 4 }), (place, sizes) => {
        const reader = drive(rows(60))
        for (let step = 0; step < place; step++) reader.press('j')
        for (const next of sizes) {
          reader.send({ type: 'resized', size: next })
          expect(reader.selected()).toBe(idOf(place + 1))
          expect(reader.selectedLine()).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('keeps a scrolled abstract within its text', () => {
    const reader = drive(rows(3), { size: { columns: 20, rows: 6 } })
    reader.press('enter', 'G')
    const { scroll } = reader.state()
    reader.send({ type: 'resized', size: { columns: 90, rows: 6 } })
    expect(reader.state().scroll).toBeLessThan(scroll)
    reader.send({ type: 'resized', size: { columns: 90, rows: 60 } })
    expect(reader.state().scroll).toBe(0)
  })
})
