import { describe, expect, it } from 'vitest'
import { frameText, view } from '../../src/app/view.ts'
import { drive } from '../support/driver.ts'
import { idOf, rows } from '../support/papers.ts'

const SHARED = { [idOf(30)]: ['diffusion', 'sampler', 'guidance'], [idOf(7)]: ['paper'] }
const lines = (reader: ReturnType<typeof drive>) => frameText(view(reader.state())).split('\n')

/** A reader among the papers like the fourth. */
function amongSimilar(...before: string[]) {
  const reader = drive(rows(60), { size: { columns: 100, rows: 24 } })
  reader.press('j', 'j', 'j', ...before, '~')
  reader.findLike(SHARED)
  return reader
}

describe('more like this', () => {
  it('asks for papers like the selected one, and shows them best first', () => {
    const reader = drive(rows(60))
    reader.press('j', 'j', 'j')
    expect(reader.during(() => reader.press('~'))).toEqual([
      { type: 'similar', request: 1, id: idOf(4), limit: 100 },
    ])
    expect(reader.shown()).toHaveLength(60)
    reader.findLike(SHARED)
    expect(reader.shown()).toEqual([30, 7].map(idOf))
    expect(reader.selected()).toBe(idOf(30))
  })

  it('names the paper in the status bar, the shared words in the footer, and marks them in the rows', () => {
    const reader = amongSimilar()
    expect(lines(reader)[0]).toContain('Like “Paper number 4”')
    expect(lines(reader).at(-1)).toMatch(/^ shares: diffusion, sampler, guidance .*Esc back {2}\? help$/)
    reader.press('j')
    expect(lines(reader).at(-1)).toMatch(/^ shares: paper /)
    const marked = view(reader.state()).lines.flatMap((line) =>
      line.filter(({ styles }) => styles.includes('match')).map(({ text }) => text),
    )
    expect(marked).toContain('Paper')
  })

  it('says so where none is like it', () => {
    const reader = amongSimilar()
    reader.press('~')
    reader.findLike({})
    expect(frameText(view(reader.state()))).toContain('No other paper here is like it.')
  })

  it('needs a paper', () => {
    const reader = drive([])
    reader.press('~')
    expect(reader.state()).toMatchObject({ search: null, message: { text: 'No paper is selected.' } })
  })

  it('is left with Esc for the list as it was', () => {
    const reader = drive(rows(60))
    reader.press('pageDown', 'j')
    const before = [reader.selected(), reader.selectedLine(), reader.shown()]
    reader.press('~')
    reader.findLike(SHARED)
    reader.press('j', 'escape')
    expect([reader.selected(), reader.selectedLine(), reader.shown()]).toEqual(before)
    expect(reader.state()).toMatchObject({ search: null, reading: false })
  })

  it('leads back into the paper that was being read', () => {
    const reader = amongSimilar('enter')
    expect(reader.state().reading).toBe(false)
    reader.press('escape')
    expect(reader.state()).toMatchObject({ reading: true, search: null, paper: { id: idOf(4) } })
  })

  it('leads back a step at a time, through papers like papers to the results of a query', () => {
    const reader = drive(rows(60))
    reader.press('/')
    reader.type('x')
    reader.find([5, 6, 7].map(idOf))
    reader.press('enter', 'j', '~')
    reader.findLike({ [idOf(20)]: ['a'], [idOf(21)]: ['b'] })
    reader.press('j', 'enter', '~')
    reader.findLike({ [idOf(40)]: ['c'] })
    const seen = [reader.selected()]
    for (let step = 0; step < 4; step++) {
      reader.press('escape')
      seen.push(`${reader.state().reading ? 'reading ' : ''}${reader.selected()}`)
    }
    expect(seen).toEqual([idOf(40), `reading ${idOf(21)}`, idOf(21), idOf(6), idOf(1)])
    expect(reader.state().search).toBeNull()
  })

  it('is left with Esc before its answer is there, which is then dropped', () => {
    const reader = drive(rows(60))
    reader.press('j', 'enter', '~', 'escape')
    expect(reader.state()).toMatchObject({ reading: true, search: null, held: [] })
    reader.send({ type: 'found', request: 1, found: { ids: [idOf(9)], shared: new Map(), matched: [] } })
    expect(reader.state()).toMatchObject({ reading: true, search: null })
  })

  it('left for the results before it lets go of the keys that waited for it', () => {
    const reader = drive(rows(60))
    reader.press('/')
    reader.type('x')
    reader.find([5, 6, 7].map(idOf))
    reader.press('enter', '~', 'j', 'escape')
    expect(reader.state().held).toEqual([])
    expect(reader.selected()).toBe(idOf(5))
    reader.press('/')
    reader.type('y')
    reader.find([8, 9].map(idOf))
    expect(reader.selected()).toBe(idOf(8))
  })

  it('takes keys pressed before its answer for the papers it finds', () => {
    const reader = drive(rows(60))
    reader.press('~', 'j', 'm')
    expect(reader.effects.some(({ type }) => type === 'mark')).toBe(false)
    reader.findLike(SHARED)
    expect(reader.rows().filter(({ read }) => read)).toMatchObject([{ id: idOf(7) }])
  })

  it('gives way to a query, whose Esc in the prompt brings it back', () => {
    const reader = amongSimilar()
    reader.press('j', '/')
    reader.type('x')
    reader.find([idOf(1)])
    reader.press('escape')
    expect([reader.selected(), reader.shown()]).toEqual([idOf(7), [30, 7].map(idOf)])
    expect(lines(reader)[0]).toContain('Like “Paper number 4”')
  })
})

describe('an answer to the same query again', () => {
  const found = (reader: ReturnType<typeof drive>, request: number, numbers: number[]) =>
    reader.send({ type: 'found', request, found: { query: 'x', ids: numbers.map(idOf), matched: [] } })

  it('replaces the results where the cursor is on the first', () => {
    const reader = drive(rows(60))
    reader.press('/', 'x')
    found(reader, 1, [5, 6, 7])
    found(reader, 1, [7, 5])
    expect([reader.selected(), reader.shown()]).toEqual([idOf(7), [7, 5].map(idOf)])
  })

  it('reorders nothing under a cursor that has moved: new papers come behind', () => {
    const reader = drive(rows(60))
    reader.press('/', 'x')
    found(reader, 1, [5, 6, 7])
    reader.press('down')
    found(reader, 1, [9, 7, 5])
    expect([reader.selected(), reader.shown()]).toEqual([idOf(6), [5, 6, 7, 9].map(idOf)])
  })

  it('does not close a result that is being read', () => {
    const reader = drive(rows(60))
    reader.press('/', 'x')
    found(reader, 1, [5, 6, 7])
    reader.press('enter', 'enter')
    found(reader, 1, [9, 7, 5])
    expect(reader.state()).toMatchObject({ reading: true, paper: { id: idOf(5) } })
  })

  it('for another query begins at the first', () => {
    const reader = drive(rows(60))
    reader.press('/', 'x')
    found(reader, 1, [5, 6, 7])
    reader.press('down', 'y')
    found(reader, 2, [6, 7])
    expect(reader.selected()).toBe(idOf(6))
    reader.press('down')
    expect(reader.selected()).toBe(idOf(7))
  })
})
