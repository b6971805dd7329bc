import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameText, view } from '../../src/app/view.ts'
import { drive } from '../support/driver.ts'
import { aRow, idOf, rows } from '../support/papers.ts'

const searchOf = (query: string, request: number) => ({ type: 'search', request, query, limit: 100 })

/** A reader in the middle of a long list, with a search for `query` on its way. */
function searching(query: string) {
  const reader = drive(rows(60))
  reader.press('pageDown', 'j', 'j', '/')
  reader.type(query)
  return reader
}

describe('a search', () => {
  it('is asked for with each letter, under a number of its own', () => {
    const reader = drive(rows(60))
    expect(reader.during(() => reader.press('/'))).toEqual([{ type: 'warm-up' }, { type: 'load-history' }])
    expect(reader.during(() => reader.type('ab c'))).toEqual([
      searchOf('a', 1),
      searchOf('ab', 2),
      searchOf('ab ', 3),
      searchOf('ab c', 4),
    ])
  })

  it('shows what was found in its order, best first and selected', () => {
    const reader = searching('x')
    reader.find([idOf(40), idOf(2), idOf(17), 'not in the library'])
    expect(reader.shown()).toEqual([40, 2, 17].map(idOf))
    expect(reader.selected()).toBe(idOf(40))
    expect(reader.state().paper?.id).toBe(idOf(40))
    expect(reader.state()).toMatchObject({ cursor: 0, top: 0 })
  })

  it('looks for more once it is kept, where there may be more', () => {
    const reader = drive(rows(300), { size: { columns: 120, rows: 24 } })
    const bar = () => frameText(view(reader.state())).split('\n')[0]
    const found = (count: number) => Array.from({ length: count }, (_, at) => idOf(at + 1))
    reader.press('/')
    reader.type('x')
    reader.find(found(100))
    expect(bar()).toContain('1/100+')
    reader.press('down', 'down')
    expect(reader.during(() => reader.press('enter'))).toEqual([
      { type: 'search', request: 2, query: 'x', limit: 1000 },
      { type: 'keep-query', query: 'x' },
    ])
    reader.find(found(250).reverse())
    expect(bar()).toContain('3/250 ')
    expect(reader.selected()).toBe(idOf(3))
    expect(reader.shown().slice(0, 101)).toEqual([...found(100), idOf(250)])
  })

  it('ends with the offer to ask the Hub, which answers after the results', () => {
    const reader = searching('x')
    const text = () => frameText(view(reader.state()))
    reader.find([40, 2].map(idOf))
    expect(text()).toMatch(/ {3}Ask the Hub’s own search too, which goes by meaning/)
    reader.press('enter', 'j', 'j', 'j')
    expect([reader.selected(), reader.state().cursor]).toEqual([undefined, 2])
    expect(text().split('\n')[0]).toContain('2/2')
    expect(text().split('\n').at(-1)).toContain('Enter ask the Hub')
    expect(reader.during(() => reader.press('m'))).toEqual([])
    expect(reader.during(() => reader.press('enter'))).toEqual([
      { type: 'ask-hub', query: 'x' },
      { type: 'keep-query', query: 'x' },
    ])
    expect(text()).toContain('The Hub is being asked …')
    expect(reader.during(() => reader.press('enter'))).toEqual([])
    const answer = { query: 'x', found: { ids: [idOf(40), idOf(5), '2512.00001'], added: 1 } }
    const effects = reader.during(() => reader.send({ type: 'hub-answered', answer }))
    expect(effects).toEqual([
      { type: 'load-paper', id: idOf(5) },
      { type: 'load-rows', now: true },
    ])
    expect(reader.shown()).toEqual([40, 2, 5].map(idOf))
    expect(reader.selected()).toBe(idOf(5))
    expect(text()).toContain('The Hub finds 2 papers more, 1 of them new in the library.')
    expect(text()).not.toContain('Ask the Hub’s')
    reader.arrive([...rows(60), aRow({ id: '2512.00001', day: '2020-01-01' })])
    expect(reader.shown()).toEqual([...[40, 2, 5].map(idOf), '2512.00001'])
    expect(reader.selected()).toBe(idOf(5))
  })

  it('can be made by the Hub where nothing matches, and again where that failed', () => {
    const reader = searching('x')
    reader.find([])
    expect(frameText(view(reader.state()))).toMatch(/Nothing matches.*Enter keeps the search/s)
    expect(reader.during(() => reader.press('enter'))).toEqual([{ type: 'keep-query', query: 'x' }])
    expect(frameText(view(reader.state()))).toMatch(/Nothing matches.*Enter asks the Hub/s)
    const asked = [
      { type: 'ask-hub', query: 'x' },
      { type: 'keep-query', query: 'x' },
    ]
    expect(reader.during(() => reader.press('enter'))).toEqual(asked)
    reader.send({ type: 'hub-answered', answer: { query: 'x', found: { why: 'nobody answers.' } } })
    expect(frameText(view(reader.state()))).toContain('The Hub was not searched: nobody answers.')
    expect(reader.during(() => reader.press('enter'))).toEqual(asked)
    reader.send({ type: 'hub-answered', answer: { query: 'x', found: { ids: [], added: 0 } } })
    expect(frameText(view(reader.state()))).toContain('The Hub finds nothing else.')
  })

  it.each(['tag:rl', 'is:read has:note', '-lantern', 'upvotes:>5'])(
    'is not offered to the Hub where it has no words for others: %s',
    (query) => {
      const reader = searching(query)
      reader.find([])
      reader.press('enter')
      expect(frameText(view(reader.state()))).not.toContain('Hub')
      expect(reader.during(() => reader.press('enter'))).toEqual([])
    },
  )

  it('takes no answer of the Hub to another query, but its papers come in', () => {
    const reader = searching('x')
    reader.find([40].map(idOf))
    reader.press('down', 'enter', 'enter', '/')
    reader.type('y')
    reader.find([2].map(idOf))
    const answer = { query: 'x', found: { ids: [idOf(5)], added: 1 } }
    expect(reader.during(() => reader.send({ type: 'hub-answered', answer }))).toEqual([
      { type: 'load-rows', now: true },
    ])
    expect(reader.shown()).toEqual([2].map(idOf))
    expect(frameText(view(reader.state()))).toContain('Ask the Hub’s own search')
  })

  it('is not made again where all was found', () => {
    const reader = searching('x')
    reader.find([40, 2, 17].map(idOf))
    expect(reader.during(() => reader.press('enter'))).toEqual([{ type: 'keep-query', query: 'x' }])
  })

  it('drops answers that are not the newest’s', () => {
    const reader = searching('ab')
    const found = (request: number, id: string) =>
      reader.send({ type: 'found', request, found: { query: '', ids: [id], matched: [] } })
    found(1, idOf(9))
    expect(reader.shown()).toHaveLength(60)
    found(2, idOf(7))
    expect(reader.shown()).toEqual([idOf(7)])
    found(1, idOf(9))
    expect(reader.shown()).toEqual([idOf(7)])
  })

  it('drops answers that come after it was left', () => {
    const reader = searching('ab')
    reader.press('escape')
    const before = reader.state()
    reader.send({ type: 'found', request: 2, found: { query: 'ab', ids: [idOf(1)], matched: [] } })
    expect(reader.state()).toEqual(before)
  })

  it('drops answers to a search before this one', () => {
    const reader = searching('ab')
    reader.press('escape', '/')
    reader.type('c')
    reader.send({ type: 'found', request: 2, found: { query: 'ab', ids: [idOf(1)], matched: [] } })
    expect(reader.state().search?.results).toBeNull()
    reader.find([idOf(5)])
    expect(reader.shown()).toEqual([idOf(5)])
  })

  it('moves through its results while the prompt is open', () => {
    const reader = searching('x')
    reader.find([40, 2, 17].map(idOf))
    reader.press('down', 'ctrl+n')
    expect(reader.selected()).toBe(idOf(17))
    reader.press('up')
    expect(reader.selected()).toBe(idOf(2))
    expect(reader.state().prompt?.text).toBe('x')
  })

  it('shows the list as it was while its query is empty', () => {
    const reader = drive(rows(60))
    reader.press('pageDown', 'j')
    const before = [reader.selected(), reader.selectedLine()]
    reader.press('/')
    reader.type('x')
    reader.find([idOf(1)])
    expect(reader.during(() => reader.press('backspace'))).toEqual([{ type: 'load-paper', id: before[0] }])
    expect(reader.shown()).toHaveLength(60)
    expect([reader.selected(), reader.selectedLine()]).toEqual(before)
    reader.press('enter')
    expect(reader.state().search).toBeNull()
  })

  it('that finds nothing shows nothing, and Esc leads back', () => {
    const reader = searching('zzz')
    const { from } = reader.state().search ?? {}
    reader.find([])
    expect(reader.shown()).toEqual([])
    expect(reader.state().paper).toBeNull()
    reader.press('enter')
    expect(reader.state().prompt).toBeNull()
    reader.press('escape')
    expect(reader.selected()).toBe(from?.id)
  })

  it('begins with a new query when it is opened again, over the results that were kept', () => {
    const reader = searching('ab')
    reader.find([idOf(3), idOf(4)])
    reader.press('enter', 'j', '/')
    expect(reader.state().prompt).toEqual({ text: '', cursor: 0 })
    expect(reader.shown()).toEqual([3, 4].map(idOf))
    reader.type('c')
    expect(reader.effects.at(-1)).toEqual(searchOf('c', 3))
  })

  it.each(['escape', 'enter'])(
    'given up by %s gives back the results that were kept, and the place in them',
    (key) => {
      const reader = searching('ab')
      reader.find([idOf(3), idOf(4)])
      reader.press('enter', 'j', '/')
      if (key === 'escape') {
        reader.type('c')
        reader.find([idOf(5)])
        expect(reader.shown()).toEqual([idOf(5)])
      }
      reader.press(key)
      expect(reader.shown()).toEqual([3, 4].map(idOf))
      expect(reader.selected()).toBe(idOf(4))
      reader.press('escape')
      expect(reader.state().search).toBeNull()
    },
  )

  it('finds papers that arrive while it is open only when it is asked again', () => {
    const reader = searching('x')
    reader.find([idOf(4), idOf(5)])
    reader.press('down')
    reader.arrive([aRow({ id: '2507.00001', day: '2025-07-01' }), ...rows(60)])
    expect(reader.shown()).toEqual([4, 5].map(idOf))
    expect(reader.selected()).toBe(idOf(5))
  })
})

describe('leaving a search', () => {
  it('brings back the list, the paper and the line of the screen it was on', () => {
    const move = fc.constantFrom('j', 'k', 'pageDown', 'ctrl+d', 'G', 'N')
    const query = fc.array(fc.constantFrom('a', 'b', 'space', 'backspace'), { minLength: 1, maxLength: 5 })
    const results = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30 })
    const within = fc.array(fc.constantFrom('down', 'up', 'pageDown'), { maxLength: 6 })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 9 }), query, results, within, fc.boolean(), (...drawn) => {
        const [moves, letters, numbers, moved, kept] = drawn
        const reader = drive(rows(60))
        reader.press(...moves)
        const before = [reader.selected(), reader.selectedLine(), reader.shown()]
        reader.press('/', ...letters)
        reader.find(numbers.map(idOf))
        reader.press(...moved, ...(kept ? ['enter'] : []), 'escape')
        expect([reader.selected(), reader.selectedLine(), reader.shown()]).toEqual(before)
        expect(reader.state()).toMatchObject({ search: null, prompt: null, held: [] })
      }),
    )
  })

  it.each(['escape', 'h', 'q', 'left'])('works from the results with %s', (key) => {
    const reader = searching('x')
    const from = reader.state().search?.from.id
    reader.find([idOf(1)])
    reader.press('enter', key)
    expect(reader.state().search).toBeNull()
    expect(reader.selected()).toBe(from)
    expect(reader.effects.some(({ type }) => type === 'quit')).toBe(false)
  })

  it('works while its answer is on the way', () => {
    const reader = searching('x')
    reader.press('enter', 'escape')
    expect(reader.state()).toMatchObject({ search: null, prompt: null, held: [] })
    expect(reader.shown()).toHaveLength(60)
  })

  it('for a view shows the view, not the results', () => {
    const reader = searching('x')
    reader.find([idOf(1), idOf(2)])
    reader.press('enter', '2')
    expect(reader.state()).toMatchObject({ search: null, view: 'unread' })
    expect(reader.shown()).toHaveLength(60)
  })
})

describe('keys that are pressed before the results are there', () => {
  it('Enter Enter opens the first result', () => {
    const reader = searching('x')
    reader.press('enter', 'enter')
    expect(reader.state()).toMatchObject({ reading: false, held: ['enter', 'enter'] })
    reader.find([idOf(33), idOf(2)])
    expect(reader.state()).toMatchObject({ reading: true, held: [], prompt: null, paper: { id: idOf(33) } })
    expect(reader.effects).toContainEqual({
      ...{ type: 'mark', ids: [idOf(33)], change: { read: true } },
      say: false,
    })
  })

  it('Enter j m marks the second result', () => {
    const reader = searching('x')
    reader.press('enter', 'j', 'm')
    expect(reader.state().prompt?.text).toBe('x')
    reader.find([idOf(33), idOf(2)])
    expect(reader.state().prompt).toBeNull()
    expect(reader.selected()).toBe(idOf(2))
    expect(reader.rows().filter(({ read }) => read)).toMatchObject([{ id: idOf(2) }])
  })

  it('down means the second result', () => {
    const reader = searching('x')
    reader.press('down')
    reader.find([idOf(33), idOf(2)])
    expect(reader.selected()).toBe(idOf(2))
  })

  it('letters go on with the query', () => {
    const reader = searching('x')
    reader.type('y')
    expect(reader.state()).toMatchObject({ held: [], prompt: { text: 'xy' } })
  })

  it('ctrl+c is not held up', () => {
    const reader = searching('x')
    expect(reader.during(() => reader.press('ctrl+c'))).toEqual([{ type: 'quit' }])
  })

  it('are let go when the search fails', () => {
    const reader = searching('x')
    reader.press('enter')
    reader.send({ type: 'say', message: { kind: 'error', text: 'Search has stopped.' } })
    reader.press('escape', 'j')
    expect(reader.state()).toMatchObject({ search: null, held: [] })
  })
})

describe('typing a query', () => {
  it('takes a paste as one line', () => {
    const reader = drive(rows(5))
    reader.press('/')
    expect(reader.during(() => reader.send({ type: 'paste', text: 'two\r\n  lines\tand' }))).toEqual([
      searchOf('two lines and', 1),
    ])
  })

  it('takes nothing from a paste that a terminal would obey', () => {
    const reader = drive(rows(5))
    reader.press('/')
    reader.send({ type: 'paste', text: 'a\u001b[31mb\u0007c\u202ed\u009b2Je' })
    expect(reader.state().prompt?.text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
  })

  it('ignores a paste where nothing is typed', () => {
    const reader = drive(rows(5))
    const before = reader.state()
    reader.send({ type: 'paste', text: 'q' })
    expect(reader.state()).toEqual(before)
    expect(reader.effects).toEqual([])
  })

  it('asks nothing when only the cursor moves', () => {
    const reader = searching('ab')
    reader.find([idOf(1)])
    expect(reader.during(() => reader.press('left', 'home', 'end', 'right', 'delete'))).toEqual([])
  })
})
