import { describe, expect, it } from 'vitest'
import {
  keepView,
  moveView,
  removeView,
  type SavedView,
  savedViews,
  viewNamed,
} from '../../src/library/views.ts'
import { temporaryLibrary } from '../support/papers.ts'

const aView = (name: string, facts: Partial<SavedView> = {}): SavedView => ({
  ...{ name, query: 'wick', key: null, sort: null },
  ...facts,
})

describe('views', () => {
  it('are kept in their order, across openings of the library', () => {
    using held = temporaryLibrary()
    const views = [aView('Lamps', { key: 5 }), aView('Oils', { sort: '-day', query: 'oil cat:cs.CL' })]
    for (const view of views) expect(keepView(held.library, view)).toBeNull()
    expect(savedViews(held.reopen())).toEqual(views)
    expect(viewNamed(held.library, ' lamps ')).toEqual(views[0])
    expect(viewNamed(held.library, 'lam')).toBeNull()
  })

  it('are changed where they stand, their name too', () => {
    using held = temporaryLibrary()
    for (const name of ['a', 'b', 'c']) keepView(held.library, aView(name))
    expect(keepView(held.library, aView('B', { key: 7, query: ' oil ' }), 'b')).toBeNull()
    expect(savedViews(held.library)).toEqual([aView('a'), aView('B', { key: 7, query: 'oil' }), aView('c')])
  })

  it.each([
    ['no name', aView('  '), 'a view needs a name'],
    ['no query', aView('x', { query: ' ' }), 'a view needs a query'],
    ['a name in use', aView('LAMPS'), 'there is a view “Lamps” already'],
    ['a key in use', aView('x', { key: 5 }), '5 opens “Lamps” already'],
    ['a key of the reader’s', aView('x', { key: 1 }), 'the key of a view is a digit from 5 to 9'],
    ['a long name', aView('x'.repeat(61)), 'a name has 60 letters at most'],
  ])('are refused with %s, and nothing changes', (_, view, why) => {
    using held = temporaryLibrary()
    keepView(held.library, aView('Lamps', { key: 5 }))
    expect(keepView(held.library, view)).toBe(why)
    expect(savedViews(held.library)).toEqual([aView('Lamps', { key: 5 })])
  })

  it('that another instance has removed are not changed', () => {
    using held = temporaryLibrary()
    expect(keepView(held.library, aView('x'), 'gone')).toBe('there is no view “gone” any more')
    expect(savedViews(held.library)).toEqual([])
  })

  it('are moved, as far as the order goes, and come back to the place they were removed from', () => {
    using held = temporaryLibrary()
    const { library } = held
    for (const name of ['a', 'b', 'c']) keepView(library, aView(name))
    const names = () => savedViews(library).map(({ name }) => name)
    expect(moveView(library, 'c', -1)).toBe(true)
    expect(names()).toEqual(['a', 'c', 'b'])
    expect(moveView(library, 'a', -1)).toBe(false)
    const removed = removeView(library, 'C')
    expect(removed).toEqual({ view: aView('c'), place: 1 })
    expect(names()).toEqual(['a', 'b'])
    expect(removeView(library, 'c')).toBeNull()
    if (removed) keepView(library, removed.view, null, removed.place)
    expect(names()).toEqual(['a', 'c', 'b'])
  })
})
