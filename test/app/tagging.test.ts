import { describe, expect, it } from 'vitest'
import { lineText } from '../../src/app/frame.ts'
import { tagsIn } from '../../src/app/tagging.ts'
import { view } from '../../src/app/view.ts'
import { type Driver, drive } from '../support/driver.ts'
import { idOf, rows } from '../support/papers.ts'

const KNOWN = [
  { tag: 'to-read', papers: 9 },
  { tag: 'rl', papers: 5 },
  { tag: 'reading-group', papers: 3 },
  { tag: 'world', papers: 1 },
]

/** A reader whose first papers carry tags. */
function tagged(...tags: readonly (readonly string[])[]): Driver {
  const reader = drive(rows(4).map((row, at) => ({ ...row, tags: tags[at] ?? [] })))
  reader.send({ type: 'tags', tags: KNOWN })
  return reader
}
const footer = (reader: Driver) => lineText(view(reader.state()).lines.at(-1) ?? [])
const asked = (reader: Driver, ...keys: string[]) =>
  reader.during(() => reader.press(...keys)).filter(({ type }) => type === 'tag')

describe('a line of tags', () => {
  it.each([
    ['rl, to-read;#Old', ['rl', 'to-read', 'old']],
    ['  ', []],
    ['a a A', ['a']],
    ['!! ok', ['ok']],
  ])('%j names %j', (text, tags) => expect(tagsIn(text)).toEqual(tags))
})

describe('t', () => {
  it('opens a line with the tags that the paper has, and gives it those that stand there in the end', () => {
    const reader = tagged(['rl', 'old'])
    reader.press('t')
    expect(footer(reader)).toMatch(/^ Tags: rl old /)
    reader.press('backspace', 'ctrl+w')
    reader.type('New')
    expect(asked(reader, 'enter')).toEqual([{ type: 'tag', ids: [idOf(1)], add: ['new'], remove: ['old'] }])
    expect(reader.state().tagging).toBeNull()
  })

  it('asks nothing where nothing is changed, and after Esc', () => {
    const reader = tagged(['rl'])
    expect(asked(reader, 't', 'enter')).toEqual([])
    expect(asked(reader, 't', 'x', 'escape')).toEqual([])
    expect(reader.state().tagging).toBeNull()
  })

  it('of several papers shows what all of them have, and leaves alone what only some have', () => {
    const reader = tagged(['a', 'rl'], ['rl', 'b'])
    reader.press('space', 'space', 't')
    expect(footer(reader)).toMatch(/^ Tags of 2 papers: rl /)
    reader.type('c')
    expect(asked(reader, 'enter')).toEqual([{ type: 'tag', ids: [idOf(1), idOf(2)], add: ['c'], remove: [] }])
    expect(reader.state().selection.ids.size).toBe(0)
  })

  it('types letters that are keys elsewhere, and keeps a paste on its line', () => {
    const reader = tagged()
    reader.press('t')
    reader.type('q?m ')
    reader.send({ type: 'paste', text: 'two\nlines\u001b[31m' })
    expect(reader.state().tagging?.prompt.text).toBe('q?m two lines')
  })
})

describe('Tab', () => {
  it('completes the word at the cursor to the tag most used, then to the next, and back', () => {
    const reader = tagged()
    reader.press('t', 'r')
    const text = () => reader.state().tagging?.prompt.text
    const steps = ['tab', 'tab', 'tab', 'shift+tab'].map((key) => {
      reader.press(key)
      return text()
    })
    expect(steps).toEqual(['rl ', 'reading-group ', 'to-read ', 'reading-group '])
    reader.type('w')
    reader.press('tab')
    expect(text()).toBe('reading-group world ')
  })

  it('offers none that stands there already, and says so where nothing is like the word', () => {
    const reader = tagged(['rl'])
    reader.press('t', 'r')
    expect(footer(reader)).toMatch(/Tab\s+reading-group\s+to-read\s+world/)
    reader.type('zzz')
    reader.press('tab')
    expect(reader.state().message?.text).toBe('No tag of yours is like this.')
    expect(reader.state().tagging?.prompt.text).toBe('rl rzzz')
  })
})

describe('e', () => {
  it('asks for the note of the selected paper to be edited, in the list, the abstract and the text', () => {
    const reader = drive(rows(3))
    reader.press('j')
    const notes = reader
      .during(() => reader.press('e', 'enter', 'e'))
      .filter(({ type }) => type === 'edit-note')
    expect(notes).toEqual(Array(2).fill({ type: 'edit-note', id: idOf(2) }))
  })
})
