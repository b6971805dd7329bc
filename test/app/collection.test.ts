import { describe, expect, it } from 'vitest'
import { collectionOf } from '../../src/app/collection.ts'
import { type Driver, drive } from '../support/driver.ts'
import { idOf, rows } from '../support/papers.ts'

const ids = (...numbers: number[]) => numbers.map(idOf)

function found(query: string, ...numbers: number[]): Driver {
  const reader = drive(rows(9))
  reader.press('/')
  reader.type(query)
  reader.find(ids(...numbers))
  reader.press('enter')
  return reader
}

describe('a collection', () => {
  it.each([
    ['tag:rl', 'rl'],
    [' TAG:"to read" ', 'to-read'],
    ['tag:rl is:unread', null],
    ['tag:rl sort:day', null],
    ['-tag:rl', null],
    ['rl', null],
  ])('is what %j finds: %j', (query, tag) => expect(collectionOf(found(query, 1, 2).state())).toBe(tag))

  it('has its papers moved by { and }, and the cursor goes along', () => {
    const reader = found('tag:rl', 7, 2, 5)
    const asked = reader.during(() => reader.press('}', '}', '{'))
    expect(asked).toEqual([1, 1, -1].map((by) => ({ type: 'move-in-tag', id: idOf(7), tag: 'rl', by })))
    expect(reader.shown()).toEqual(ids(2, 7, 5))
    expect(reader.selected()).toBe(idOf(7))
  })

  it('leaves what is at an end there', () => {
    const reader = found('tag:rl', 7, 2)
    expect(reader.during(() => reader.press('{'))).toEqual([
      { type: 'move-in-tag', id: idOf(7), tag: 'rl', by: -1 },
    ])
    expect(reader.shown()).toEqual(ids(7, 2))
  })

  it('is asked for again after an undo, and shows the order it has then', () => {
    const reader = found('tag:rl', 7, 2, 5)
    reader.press('}')
    const row = reader.rows()[6]
    if (!row) throw new Error('no row')
    const effects = reader.during(() =>
      reader.send({ type: 'changed', rows: [row], say: 'Undone: moved', restored: true }),
    )
    expect(effects).toContainEqual(expect.objectContaining({ type: 'search', query: 'tag:rl' }))
    reader.find(ids(7, 2, 5))
    expect(reader.shown()).toEqual(ids(7, 2, 5))
    expect(reader.selected()).toBe(idOf(7))
  })

  it('elsewhere says where papers have an order', () => {
    const reader = drive(rows(3))
    reader.press('}')
    expect(reader.state().message?.text).toMatch(/^Papers have an order of yours where a search for one tag/)
  })
})
