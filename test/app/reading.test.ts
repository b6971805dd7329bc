import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/app/commands.ts'
import { frameText, view } from '../../src/app/view.ts'
import type { StoredPaper } from '../../src/library/papers.ts'
import { drive } from '../support/driver.ts'
import { aRow, idOf, rows, wholePaper } from '../support/papers.ts'

const markRead = (number: number, say = false) => ({
  ...{ type: 'mark', ids: [idOf(number)], change: { read: true }, say },
})
const marksIn = (effects: readonly { type: string }[]) => effects.filter(({ type }) => type === 'mark')

describe('opening a paper', () => {
  it.each(['enter', 'l', 'right'])(
    'by %s shows its abstract from the top and marks it read, quietly',
    (key) => {
      const reader = drive(rows(5))
      reader.press('j')
      expect(reader.during(() => reader.press(key))).toEqual([markRead(2)])
      expect(reader.state()).toMatchObject({ reading: true, scroll: 0, message: null })
      expect(reader.state().paper).toMatchObject({ id: idOf(2), read: true })
      expect(reader.state().totals.unread).toBe(4)
    },
  )

  it('that is read already marks nothing', () => {
    const reader = drive(rows(5, { read: true }))
    expect(marksIn(reader.during(() => reader.press('enter')))).toEqual([])
    expect(reader.state().reading).toBe(true)
  })

  it('is refused, saying why, where the list is empty', () => {
    const reader = drive([])
    reader.press('enter')
    expect(reader.state()).toMatchObject({ reading: false, message: { text: 'No paper is selected.' } })
  })

  it.each(['h', 'escape', 'q', 'left'])('ends with %s, back in the list where it was', (key) => {
    const reader = drive(rows(60))
    reader.press('pageDown', 'j')
    const before = [reader.selected(), reader.selectedLine()]
    const quits = reader.during(() => reader.press('enter', 'j', key)).filter(({ type }) => type === 'quit')
    expect(reader.state()).toMatchObject({ reading: false, scroll: 0 })
    expect([reader.selected(), reader.selectedLine()]).toEqual(before)
    expect(quits).toEqual([])
  })
})

describe('an open abstract', () => {
  const SMALL = { columns: 30, rows: 8 }

  it('scrolls by lines and pages, no further than its text', () => {
    const reader = drive(rows(2), { size: SMALL })
    reader.press('enter')
    const steps: number[] = []
    for (const key of ['j', 'down', 'k', 'up', 'k', 'pageDown', 'ctrl+u', 'space', 'pageUp', 'G']) {
      reader.press(key)
      steps.push(reader.state().scroll)
    }
    expect(steps.slice(0, -1)).toEqual([1, 2, 1, 0, 0, 6, 3, 9, 3])
    const end = reader.state().scroll
    reader.press('j', 'pageDown', 'G')
    expect(reader.state().scroll).toBe(end)
    reader.press('g', 'g')
    expect(reader.state().scroll).toBe(0)
  })

  it('gives way to the next and the previous paper with J and K, each marked read', () => {
    const reader = drive(rows(3), { size: SMALL })
    reader.press('enter', 'j')
    const effects = reader.during(() => reader.press('J'))
    expect(marksIn(effects)).toEqual([markRead(2)])
    expect(reader.state()).toMatchObject({ reading: true, scroll: 0, paper: { id: idOf(2) } })
    reader.press('J', 'J')
    expect(reader.state().paper?.id).toBe(idOf(3))
    expect(marksIn(reader.during(() => reader.press('K', 'K', 'K')))).toEqual([])
    expect(reader.state()).toMatchObject({ reading: true, paper: { id: idOf(1) } })
  })

  it('gives way to the next unread one with n', () => {
    const reader = drive(rows(5).map((row) => ({ ...row, read: row.id === idOf(2) })))
    reader.press('enter', 'n')
    expect(reader.state()).toMatchObject({ reading: true, paper: { id: idOf(3), read: true } })
  })

  it('can be marked unread and starred', () => {
    const reader = drive(rows(2))
    reader.press('enter')
    reader.press('m', 'b')
    expect(reader.state().paper).toMatchObject({ read: false, starred: true })
    expect(reader.rows()[0]).toMatchObject({ read: false, starred: true })
  })
})

describe('the abstract beside the list', () => {
  it('scrolls with J and K while the cursor stays', () => {
    const reader = drive(rows(9), { size: { columns: 120, rows: 6 } })
    reader.press('J', 'J', 'K')
    expect(reader.state()).toMatchObject({ scroll: 1, cursor: 0, reading: false })
    expect(marksIn(reader.effects)).toEqual([])
    reader.press('j')
    expect(reader.state().scroll).toBe(0)
  })
})

describe('marking', () => {
  it('m and b turn the mark of the selected paper round and say so', () => {
    const reader = drive(rows(2))
    expect(reader.during(() => reader.press('m', 'm', 'b', 'b'))).toEqual([
      markRead(1, true),
      { ...markRead(1, true), change: { read: false } },
      { ...markRead(1, true), change: { starred: true } },
      { ...markRead(1, true), change: { starred: false } },
    ])
    expect(reader.state().message).toEqual({ kind: 'info', text: 'unstarred “Paper number 1” · U undoes' })
    expect(reader.selected()).toBe(idOf(1))
  })

  it('U asks for an undo', () => {
    const reader = drive(rows(2))
    expect(reader.during(() => reader.press('U'))).toEqual([{ type: 'undo' }])
  })

  it('counts unread papers as the library does', () => {
    const reader = drive(rows(3))
    reader.press('m', 'j', 'm', 'k', 'm')
    expect(reader.state().totals.unread).toBe(reader.rows().filter(({ read }) => !read).length)
  })
})

describe('n and N', () => {
  it('go to the next unread paper either way, round the end', () => {
    const unread = [2, 4, 5].map(idOf)
    const reader = drive(rows(6).map((row) => ({ ...row, read: !unread.includes(row.id) })))
    const visited = (key: string) =>
      Array.from({ length: 4 }, () => {
        reader.press(key)
        return reader.selected()
      })
    expect(visited('n')).toEqual([2, 4, 5, 2].map(idOf))
    expect(visited('N')).toEqual([5, 4, 2, 5].map(idOf))
    expect(marksIn(reader.effects)).toEqual([])
  })

  it('say so where nothing is unread', () => {
    const reader = drive(rows(3, { read: true }))
    reader.press('j', 'n')
    expect(reader.selected()).toBe(idOf(2))
    expect(reader.state().message).toEqual({ kind: 'reason', text: 'Nothing here is unread.' })
    reader.press('N')
    expect(reader.selected()).toBe(idOf(2))
  })
})

describe('views', () => {
  const marked = () =>
    drive(rows(60).map((row, at) => ({ ...row, read: at % 2 === 0, starred: at % 10 === 3 })))

  it('show all, unread and starred papers, on the paper that was selected where it is one of them', () => {
    const reader = marked()
    reader.press('j', 'j', 'j', '3')
    expect(reader.shown()).toEqual([4, 14, 24, 34, 44, 54].map(idOf))
    expect(reader.selected()).toBe(idOf(4))
    reader.press('2')
    expect(reader.shown()).toHaveLength(30)
    expect(reader.selected()).toBe(idOf(4))
    reader.press('1')
    expect(reader.shown()).toHaveLength(60)
    expect(reader.selected()).toBe(idOf(4))
  })

  it('of unread papers keep what was just read until they are left, also when papers arrive', () => {
    const reader = marked()
    reader.press('2', 'enter', 'h', 'j', 'm')
    const shown = reader.shown()
    expect(shown.slice(0, 2)).toEqual([idOf(2), idOf(4)])
    reader.arrive(reader.rows())
    expect(reader.shown()).toEqual(shown)
    expect(reader.selected()).toBe(idOf(4))
    reader.press('1', '2')
    expect(reader.shown()).toEqual(shown.slice(2))
  })

  it('of unread papers still have what was just read when a search was opened and left', () => {
    const reader = marked()
    reader.press('2', 'enter', 'h')
    const [shown, id, line] = [reader.shown(), reader.selected(), reader.selectedLine()]
    reader.press('/')
    reader.type('x')
    reader.find([idOf(30)])
    reader.press('escape')
    expect([reader.shown(), reader.selected(), reader.selectedLine()]).toEqual([shown, id, line])
  })

  it('of starred papers keep a paper that loses its star until they are left', () => {
    const reader = marked()
    reader.press('3', 'b')
    expect(reader.shown()[0]).toBe(idOf(4))
    reader.press('1', '3')
    expect(reader.shown()[0]).toBe(idOf(14))
  })
})

describe('opening pages', () => {
  it.each([
    ['o', 'https://arxiv.org/abs/2501.00001'],
    ['O', 'https://huggingface.co/papers/2501.00001'],
  ])('%s opens %s from an abstract', (key, url) => {
    const reader = drive(rows(2))
    expect(reader.during(() => reader.press('enter', key))).toContainEqual({ type: 'open', url })
    expect(reader.selected()).toBe(idOf(1))
  })

  it('o in the list marks the paper read too, and goes on to the next', () => {
    const reader = drive(rows(3))
    const page = (number: number) => ({
      ...{ url: `https://arxiv.org/abs/${idOf(number)}`, id: idOf(number), read: false },
    })
    expect(reader.during(() => reader.press('o', 'o'))).toEqual([
      ...[
        { type: 'read-outside', pages: [page(1)], pageless: 0 },
        { type: 'load-paper', id: idOf(2) },
      ],
      ...[
        { type: 'read-outside', pages: [page(2)], pageless: 0 },
        { type: 'load-paper', id: idOf(3) },
      ],
    ])
    expect(reader.selected()).toBe(idOf(3))
  })

  it('o opens the pages of all papers that are selected, but not of too many', () => {
    const reader = drive(rows(30))
    reader.press('space', 'j', 'space')
    const pages = [1, 3].map((number) => ({
      ...{ url: `https://arxiv.org/abs/${idOf(number)}`, id: idOf(number), read: false },
    }))
    expect(reader.during(() => reader.press('o'))).toEqual([{ type: 'read-outside', pages, pageless: 0 }])
    reader.press('*')
    expect(reader.during(() => reader.press('o'))).toEqual([])
    expect(reader.state().message?.text).toMatch(/^30 papers are selected: o opens 20 at most/)
  })

  it('is refused, saying why, for a paper known by its title alone', () => {
    const reader = drive(rows(1, { id: 'title:paper-1234' }))
    expect(reader.during(() => reader.press('o'))).toEqual([])
    expect(reader.state().message?.text).toMatch(/no page of this paper is known yet/i)
    expect(reader.during(() => reader.press('O'))).toEqual([])
    expect(reader.state().message?.text).toMatch(/not known to be on arXiv/)
  })
})

it('opening the page of a paper that is not on arXiv opens its own, or what its DOI leads to', () => {
  const facts = { doi: '10.1000/a', link: 'https://journal.example/a' }
  const open = (of: Partial<StoredPaper>) => {
    const row = aRow({ id: 'doi:10.1000/a' })
    const reader = drive([row], { paper: (it) => wholePaper(it, of) })
    return reader
      .during(() => reader.press('o'))
      .flatMap((effect) => (effect.type === 'read-outside' ? effect.pages.map(({ url }) => url) : []))
  }
  expect(open(facts)).toEqual(['https://journal.example/a'])
  expect(open({ ...facts, link: null })).toEqual(['https://doi.org/10.1000/a'])
})

describe('leaving', () => {
  it('q quits from the list; Esc never does', () => {
    const reader = drive(rows(2))
    expect(reader.during(() => reader.press('escape', 'escape', 'h'))).toEqual([])
    expect(reader.during(() => reader.press('q'))).toEqual([{ type: 'quit' }])
  })

  it('q leaves the help, the abstract and the search before it quits', () => {
    const reader = drive(rows(9))
    reader.press('/')
    reader.type('x')
    reader.find([idOf(3)])
    reader.press('enter', 'enter', '?')
    const open = () => [reader.state().help, reader.state().reading, reader.state().search !== null]
    expect(open()).toEqual([true, true, true])
    const steps = [1, 2, 3].map(() => {
      reader.press('q')
      return open()
    })
    expect(steps).toEqual([
      [false, true, true],
      [false, false, true],
      [false, false, false],
    ])
    expect(reader.effects.filter(({ type }) => type === 'quit')).toEqual([])
    expect(reader.during(() => reader.press('q'))).toEqual([{ type: 'quit' }])
  })

  it.each([[[]], [['enter']], [['/']], [['/', 'x']], [['/', 'x', 'enter']], [['?']]])(
    'ctrl+c quits after %j',
    (keys) => {
      const reader = drive(rows(2))
      reader.press(...keys)
      expect(reader.during(() => reader.press('ctrl+c'))).toEqual([{ type: 'quit' }])
    },
  )

  it('no key but q and ctrl+c asks to quit', () => {
    const keys = new Set(COMMANDS.flatMap((command) => command.keys))
    for (const key of keys) {
      const reader = drive(rows(3))
      reader.press(key)
      const quits = reader.effects.some(({ type }) => type === 'quit')
      expect([key, quits]).toEqual([key, ['q', 'ctrl+c'].includes(key)])
    }
  })
})

describe('messages', () => {
  it('go with the next key', () => {
    const reader = drive(rows(2))
    reader.send({ type: 'say', message: { kind: 'error', text: 'It broke.' } })
    expect(reader.state().message?.text).toBe('It broke.')
    reader.press('j')
    expect(reader.state().message).toBeNull()
  })

  it('are nothing for keys that mean nothing', () => {
    const reader = drive(rows(2))
    expect(reader.during(() => reader.press('Z', 'ctrl+y', 'tab', 'delete'))).toEqual([])
    expect(reader.state().message).toBeNull()
  })
})

describe('what the Hub links with a paper', () => {
  it.each([
    [80, 'model marsh/lantern-for-quiet-harbours · 311 likes · 146,356 downloads'],
    [50, 'model marsh/lantern-for-quiet-harbours'],
  ])('stands in its abstract with its counts where they have room: %i columns', (columns, line) => {
    const counts = { likes: 311, downloads: 146_356 }
    const linked = [{ kind: 'model', name: 'marsh/lantern-for-quiet-harbours', ...counts }] as const
    const reader = drive(rows(1), {
      size: { columns, rows: 40 },
      paper: (row) => wholePaper(row, { linked }),
    })
    reader.press('enter')
    const lines = frameText(view(reader.state())).split('\n')
    expect(lines[lines.findIndex((text) => text.trim() === 'On the Hub') + 1]?.trim()).toBe(line)
  })
})
