import { describe, expect, it } from 'vitest'
import { copyOf } from '../../src/app/choosing.ts'
import { lineText } from '../../src/app/frame.ts'
import { view } from '../../src/app/view.ts'
import { type Driver, drive } from '../support/driver.ts'
import { aRow, idOf, rows, wholePaper } from '../support/papers.ts'

const ids = (...numbers: number[]) => numbers.map(idOf)
const that = (reader: Driver, field: 'read' | 'starred' | 'later' | 'hidden') =>
  reader.rows().flatMap((row) => (row[field] ? [row.id] : []))
/** The lines of the screen. */
const screen = (reader: Driver) => view(reader.state()).lines.map((line) => lineText(line).trimEnd())
const lineOf = (reader: Driver, text: string) => screen(reader).find((line) => line.includes(text)) ?? ''
const footer = (reader: Driver) => screen(reader).at(-1)

describe('w and x', () => {
  it('keep for later and hide, and say so in the row without colour', () => {
    const reader = drive(rows(4))
    reader.press('w')
    expect(reader.state().message?.text).toBe('kept for later “Paper number 1” · U undoes')
    expect(lineOf(reader, 'number 1')).toMatch(/◆/)
    reader.press('m')
    expect(lineOf(reader, 'number 1')).toMatch(/◇/)
    reader.press('w')
    expect(lineOf(reader, 'number 1')).not.toMatch(/[◇◆●]/)
    expect(that(reader, 'later')).toEqual([])
  })

  it('x takes the paper out of the list, and the next one comes under the cursor', () => {
    const reader = drive(rows(6))
    reader.press('j', 'j')
    const line = reader.selectedLine()
    reader.press('x')
    expect(reader.shown()).toEqual(ids(1, 2, 4, 5, 6))
    expect([reader.selected(), reader.selectedLine()]).toEqual([idOf(4), line])
    expect(reader.state().paper?.id).toBe(idOf(4))
    reader.press('G', 'x')
    expect(reader.selected()).toBe(idOf(5))
    expect(reader.state().totals.unread).toBe(4)
  })

  it('what was hidden is in its own view alone, and comes back from there', () => {
    const reader = drive(rows(4))
    reader.press('x', '2')
    expect(reader.shown()).toEqual(ids(2, 3, 4))
    reader.press('0')
    expect(reader.shown()).toEqual(ids(1))
    expect(lineOf(reader, 'number 1')).toMatch(/×/)
    reader.press('x')
    // Until the view is left it stays where it was.
    expect(reader.shown()).toEqual(ids(1))
    reader.press('1')
    expect(reader.shown()).toEqual(ids(1, 2, 3, 4))
  })

  it('x in an abstract goes on to the next one', () => {
    const reader = drive(rows(3))
    reader.press('enter', 'x')
    expect(reader.state()).toMatchObject({ reading: true, paper: { id: idOf(2) } })
    expect(that(reader, 'hidden')).toEqual(ids(1))
    reader.press('x', 'x')
    expect(reader.state()).toMatchObject({ reading: false, paper: null })
    expect(screen(reader).join('\n')).toContain('Every paper is hidden.')
  })

  it('what an undo brings back is in the list again, and the cursor stays on its paper', () => {
    const reader = drive(rows(5))
    reader.press('j', 'x', 'j')
    const back = { ...aRow({ id: idOf(2), title: 'Paper number 2' }), hidden: false }
    expect(reader.selected()).toBe(idOf(4))
    reader.send({ type: 'changed', rows: [back], say: 'Undone: hidden' })
    expect(reader.shown()).toEqual(ids(1, 2, 3, 4, 5))
    expect(reader.selected()).toBe(idOf(4))
  })

  it('hidden papers leave results too, but those that were asked for', () => {
    const reader = drive(rows(9))
    const results = (query: string) => {
      reader.press('/')
      reader.type(query)
      reader.find(ids(3, 5, 7))
      reader.press('enter')
    }
    results('tides')
    reader.press('j', 'x')
    expect(reader.shown()).toEqual(ids(3, 7))
    reader.press('escape')
    results('is:hidden')
    expect(reader.shown()).toEqual(ids(3, 5, 7))
  })

  it('4 shows what was kept for later, and says how to fill it where nothing is', () => {
    const reader = drive(rows(3))
    reader.press('4')
    expect(screen(reader).join('\n')).toMatch(/Nothing is kept for later\.\n.*w on a paper keeps it/)
    reader.press('1', 'j', 'w', '4')
    expect(reader.shown()).toEqual(ids(2))
  })
})

describe('selecting', () => {
  it('Space selects and goes on; decisions are about all that is selected, in the order of the list', () => {
    const reader = drive(rows(6))
    reader.press('j', 'j', 'j', 'space', 'k', 'k', 'k', 'k', 'space')
    expect(screen(reader)[0]).toContain('2 selected')
    expect(lineOf(reader, 'number 4')).toMatch(/✓/)
    expect(lineOf(reader, 'number 2')).not.toMatch(/✓/)
    expect(reader.during(() => reader.press('b'))).toEqual([
      { type: 'mark', ids: ids(1, 4), change: { starred: true }, say: true },
    ])
    expect(reader.state().message?.text).toBe('starred 2 papers · U undoes')
    // An accident the next key would be, were they still selected.
    expect(screen(reader)[0]).not.toContain('selected')
    reader.press('g', 'v', 'b')
    expect(that(reader, 'starred')).toEqual([])
  })

  it('turns the marks on where some are off, and off where all are on', () => {
    const reader = drive(rows(3).map((row, at) => ({ ...row, read: at === 1 })))
    reader.press('*', 'm')
    expect(that(reader, 'read')).toEqual(ids(1, 2, 3))
    reader.press('*', 'm')
    expect(that(reader, 'read')).toEqual([])
  })

  it('V draws a range to where the cursor goes, either way', () => {
    const reader = drive(rows(9))
    reader.press('j', 'j', 'j', 'V', 'j', 'j')
    expect(screen(reader)[0]).toContain('3 selected')
    reader.press('k', 'k', 'k', 'k')
    expect(screen(reader)[0]).toContain('3 selected')
    reader.press('w')
    expect(that(reader, 'later')).toEqual(ids(2, 3, 4))
  })

  it('V again keeps the range, and another one adds to it', () => {
    const reader = drive(rows(9))
    reader.press('V', 'j', 'V', 'j', 'j', 'j', 'V', 'j', 'm')
    expect(that(reader, 'read')).toEqual(ids(1, 2, 5, 6))
  })

  it('* selects all that the view shows, and again none', () => {
    const reader = drive(rows(6).map((row, at) => ({ ...row, starred: at % 2 === 0 })))
    reader.press('3', '*')
    expect(screen(reader)[0]).toContain('3 selected')
    reader.press('*')
    expect(screen(reader)[0]).not.toContain('selected')
    reader.press('*', 'w')
    expect(that(reader, 'later')).toEqual(ids(1, 3, 5))
  })

  it('Esc selects nothing first, and leaves the results second', () => {
    const reader = drive(rows(6))
    reader.press('/')
    reader.type('x')
    reader.find(ids(2, 3))
    reader.press('enter', 'space', 'escape')
    expect(reader.state().selection.ids.size).toBe(0)
    expect(reader.state().search).not.toBeNull()
    reader.press('escape')
    expect(reader.state().search).toBeNull()
  })

  it('is about what the list shows: what was selected before a search waits for its end', () => {
    const reader = drive(rows(6))
    reader.press('space', 'space', 'space', '/')
    reader.type('x')
    reader.find(ids(4, 3, 5))
    reader.press('enter')
    expect(screen(reader)[0]).toContain('1 selected')
    expect(reader.during(() => reader.press('b'))).toMatchObject([{ ids: ids(3) }])
    expect(screen(reader)[0]).not.toContain('selected')
    // Nothing of it is here now: the paper under the cursor is meant.
    expect(reader.during(() => reader.press('w'))).toMatchObject([{ ids: ids(4), change: { later: true } }])
    reader.press('escape')
    expect(screen(reader)[0]).toContain('2 selected')
    reader.press('m')
    expect(that(reader, 'read')).toEqual(ids(1, 2))
  })

  it('counts and takes what the list shows alone, be it by V, * or gv', () => {
    const searching = (...keys: string[]) => {
      const reader = drive(rows(6))
      reader.press('space', 'space', '/')
      reader.type('x')
      reader.find(ids(4, 5, 6))
      reader.press('enter', ...keys)
      return reader
    }
    const drawn = searching('V', 'j')
    expect(screen(drawn)[0]).toContain('2 selected')
    expect(drawn.during(() => drawn.press('b'))).toMatchObject([{ ids: ids(4, 5) }])
    drawn.press('g', 'v')
    expect(screen(drawn)[0]).toContain('2 selected')
    drawn.press('escape', 'escape')
    expect(screen(drawn)[0]).toContain('2 selected')
    expect(drawn.during(() => drawn.press('w'))).toMatchObject([{ ids: ids(1, 2) }])
    const all = searching('*')
    expect(screen(all)[0]).toContain('3 selected')
    all.press('*')
    expect(screen(all)[0]).not.toContain('selected')
    all.press('escape')
    expect(screen(all)[0]).toContain('2 selected')
  })

  it('brings what can be decided to the front of the footer', () => {
    const reader = drive(rows(6))
    reader.press('space')
    expect(screen(reader).at(-1)).toMatch(/^ +m mark read +b star +w later +x hide .*Esc select nothing/)
  })

  it('ends with the view, and is never of an abstract that is open', () => {
    const reader = drive(rows(4))
    reader.press('space', 'space', 'enter', 'b')
    expect(that(reader, 'starred')).toEqual(ids(3))
    reader.press('h', '2')
    expect(reader.state().selection.ids.size).toBe(0)
    // An accident is mended by gv.
    reader.press('1', 'g', 'v')
    expect(screen(reader)[0]).toContain('2 selected')
  })

  it('of a hundred thousand papers is one decision', () => {
    const reader = drive(rows(100_000), { paper: undefined as never })
    const [effect] = reader.during(() => reader.press('*', 'V')).concat()
    expect(effect).toBeUndefined()
    expect(reader.state().selection.ids.size).toBe(100_000)
  })
})

describe('y on a selection', () => {
  it('copies something of all its papers, in the order of the list', () => {
    const reader = drive(rows(5))
    reader.press('j', 'space', 'k', 'k', 'space', 'y')
    expect(reader.during(() => reader.press('b'))).toEqual([
      { type: 'copy-papers', ids: ids(1, 2), what: 'bibtex' },
    ])
    expect(reader.state().selection.ids.size).toBe(0)
  })

  it.each([
    ['id', '2501.00001\n2501.00002', '2 ids'],
    ['url', 'https://arxiv.org/abs/2501.00001\nhttps://arxiv.org/abs/2501.00002', '2 addresses'],
    ['bibtex', expect.stringMatching(/^@\w+\{[\s\S]*\n\}\n\n@\w+\{/u), '2 BibTeX entries'],
    ['markdown', expect.stringMatching(/^\[.*\]\(.*\)\n\[.*\]\(.*\)$/), '2 Markdown links'],
  ] as const)('copies each %s once', (what, text, name) => {
    const papers = rows(2).map((row) => wholePaper(row))
    expect(copyOf(papers, what)).toEqual({ text, name })
  })
})

describe('A', () => {
  it('says how many papers it marks, and asks', () => {
    const reader = drive(rows(7).map((row, at) => ({ ...row, read: at < 2 })))
    expect(reader.during(() => reader.press('A'))).toEqual([])
    expect(footer(reader)).toMatch(/Mark 5 papers read\?\s+y yes\s+n no/)
    for (const key of ['enter', 'A', 'm', 'space']) expect(reader.during(() => reader.press(key))).toEqual([])
    expect(reader.during(() => reader.press('y'))).toEqual([
      { type: 'mark', ids: ids(3, 4, 5, 6, 7), change: { read: true }, say: true },
    ])
    expect(reader.state().choosing).toBeNull()
    reader.press('A')
    expect(reader.state().message?.text).toBe('Everything here is read.')
  })

  it.each(['n', 'escape', 'q'])('leaves everything as it is after %s', (key) => {
    const reader = drive(rows(3))
    expect(reader.during(() => reader.press('A', key, 'j'))).toEqual([{ type: 'load-paper', id: idOf(2) }])
    expect(reader.state().choosing).toBeNull()
  })

  it('is about what is selected, where something is', () => {
    const reader = drive(rows(5))
    reader.press('space', 'space', 'A')
    expect(footer(reader)).toContain('Mark 2 papers read?')
    reader.press('y')
    expect(that(reader, 'read')).toEqual(ids(1, 2))
  })

  it('is about the results of a search, where one is open', () => {
    const reader = drive(rows(9))
    reader.press('/')
    reader.type('x')
    reader.find(ids(4, 8))
    reader.press('enter', 'A', 'y')
    expect(that(reader, 'read')).toEqual(ids(4, 8))
  })
})

describe('U and Ctrl-r', () => {
  it('ask for an undo and a redo', () => {
    const reader = drive(rows(2))
    expect(reader.during(() => reader.press('U', 'ctrl+r'))).toEqual([{ type: 'undo' }, { type: 'redo' }])
  })
})

describe('tags and notes in a row', () => {
  const wide = { columns: 170, rows: 12 }
  it('stand after the title, never wider than there is room', () => {
    const reader = drive([aRow({ tags: ['rl', 'to-read'], noted: true })], { size: wide })
    expect(screen(reader).join('\n')).toMatch(/Harbours\s+#rl #to-read ✎ /)
    const narrow = drive([aRow({ tags: ['a-very-long-tag-indeed', 'another-one'] })])
    expect(lineOf(narrow, 'Lanterns')).toMatch(/ #a-very-long-tag-ind…/)
  })
})
