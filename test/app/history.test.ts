import { describe, expect, it } from 'vitest'
import { type Driver, drive } from '../support/driver.ts'
import { idOf, rows } from '../support/papers.ts'

const HISTORY = ['newest', 'middle', 'oldest']

const open = (history: readonly string[] = HISTORY): Driver => {
  const reader = drive(rows(20), { history })
  reader.press('j', '/')
  return reader
}
const text = (reader: Driver) => reader.state().prompt?.text

describe('the history of queries', () => {
  it('is walked by Up and Down from an empty prompt, which comes again at its end', () => {
    const reader = open()
    const seen = ['up', 'up', 'up', 'up', 'down', 'down', 'down', 'down'].map((key) => {
      reader.press(key)
      return text(reader)
    })
    expect(seen).toEqual(['newest', 'middle', 'oldest', 'oldest', 'middle', 'newest', '', ''])
  })

  it('asks for each query as if it were typed, with the cursor at its end', () => {
    const reader = open()
    expect(reader.during(() => reader.press('up', 'up'))).toEqual([
      { type: 'search', request: 1, query: 'newest', limit: 100 },
      { type: 'search', request: 2, query: 'middle', limit: 100 },
    ])
    expect(reader.state().prompt?.cursor).toBe(6)
    reader.type('s')
    expect(text(reader)).toBe('middles')
  })

  it('leaves Up and Down to the results once something is typed', () => {
    const reader = open()
    reader.press('up', 'backspace')
    reader.find([3, 4, 5].map(idOf))
    reader.press('down', 'down', 'up')
    expect([text(reader), reader.selected()]).toEqual(['newes', idOf(4)])
  })

  it('never takes ctrl+n and ctrl+p', () => {
    const reader = open()
    reader.press('up')
    reader.find([3, 4, 5].map(idOf))
    reader.press('ctrl+n', 'ctrl+n', 'ctrl+p')
    expect([text(reader), reader.selected()]).toEqual(['newest', idOf(4)])
  })

  it('leaves Up and Down to the list where it is empty', () => {
    const reader = open([])
    reader.press('down')
    expect(reader.selected()).toBe(idOf(3))
    reader.press('up', 'up')
    expect(reader.selected()).toBe(idOf(1))
  })

  it('remembers what Enter keeps, the newest first and each once', () => {
    const reader = open()
    reader.type(' oldest ')
    expect(reader.history()).toEqual(HISTORY)
    reader.find([idOf(1)])
    expect(reader.during(() => reader.press('enter'))).toEqual([{ type: 'keep-query', query: 'oldest' }])
    reader.press('/', 'up')
    expect(reader.state().history).toEqual(['oldest', 'newest', 'middle'])
    expect(text(reader)).toBe('oldest')
  })

  it('remembers nothing of an empty prompt or one that is given up', () => {
    const reader = open()
    reader.press('enter', '/')
    reader.type('x')
    reader.find([idOf(1)])
    reader.press('escape')
    expect(reader.effects.filter(({ type }) => type === 'keep-query')).toEqual([])
  })

  it('remembers what was kept before its results were there', () => {
    const reader = open()
    reader.type('x')
    reader.press('enter')
    expect(reader.history()).toEqual(HISTORY)
    reader.find([idOf(1)])
    expect(reader.history()).toEqual(['x', ...HISTORY])
  })
})
