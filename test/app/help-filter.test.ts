import { describe, expect, it } from 'vitest'
import { contextOf } from '../../src/app/commands.ts'
import { helpCount, helpLines } from '../../src/app/help.ts'
import { frameText, view } from '../../src/app/view.ts'
import { type Driver, drive } from '../support/driver.ts'
import { rows } from '../support/papers.ts'

const screen = (reader: Driver) => frameText(view(reader.state())).split('\n')
/** The lines of the help, without the bars and what is empty. */
const help = (reader: Driver) =>
  screen(reader)
    .slice(1, -1)
    .filter((line) => line !== '')
    .map((line) => line.trim())
const footer = (reader: Driver) => screen(reader).at(-1) ?? ''
const marks = (reader: Driver) =>
  view(reader.state()).lines.flatMap((line) =>
    line.filter(({ styles }) => styles.includes('match')).map(({ text }) => text),
  )

function filtered(typed: string, before: readonly string[] = [], size = { columns: 80, rows: 24 }): Driver {
  const reader = drive(rows(8), { size })
  reader.press(...before, '?', '/')
  reader.type(typed)
  return reader
}

describe('the help', () => {
  it('shows only entries that match, without headings of which none does, and counts them', () => {
    const reader = filtered('star')
    expect(help(reader)).toEqual([
      'In the list',
      expect.stringMatching(/^3 +starred papers$/),
      expect.stringMatching(/^b +star or unstar$/),
      'Reading an abstract',
      expect.stringMatching(/^b +star or unstar$/),
      'In triage',
      expect.stringMatching(/^b +star it and mark it read, next$/),
      'Reading a full text or comments',
      expect.stringMatching(/^B +star the paper, or unstar it$/),
      'In a row of the list',
      expect.stringMatching(/^★ +starred$/),
    ])
    const { all } = helpCount('')
    expect(screen(reader)[0]).toMatch(new RegExp(`^ Help 6 of ${all} keys`))
    expect(all).toBe(
      helpLines(400).filter((line) => line.length > 1 && line[0]?.text.startsWith('  ')).length,
    )
  })

  it('has the place it was opened from first, filtered or not', () => {
    expect(help(filtered('star', ['enter']))[0]).toBe('Reading an abstract')
    expect(help(filtered('', ['f']))[0]).toBe('Reading a full text or comments')
  })

  it.each([
    ['a key', 'ctrl-d', /^Ctrl-d +half a page down$/],
    ['a sign', '~', /^~ +papers like this one$/],
    ['words in any order', 'marks READ', /marks it read/],
    ['an id, which it shows', 'more-like-this', /papers like this one \(more-like-this\)$/],
    ['an editing key', 'word before', /^Ctrl-w +delete the word before$/],
  ])('finds %s', (_, typed, line) => {
    const [heading, ...entries] = help(filtered(typed))
    expect(heading).toMatch(/^\w/)
    expect(entries.filter((entry) => line.test(entry)).length).toBeGreaterThan(0)
  })

  it('marks what matched, in keys, titles and ids', () => {
    expect(new Set(marks(filtered('star')))).toEqual(new Set(['star']))
    expect(new Set(marks(filtered('ctrl-d')))).toEqual(new Set(['Ctrl-d']))
    expect(marks(filtered('toggle-star'))).toEqual(['toggle-star', 'toggle-star'])
    expect(marks(filtered(''))).toEqual([])
  })

  it('keeps the filter by Enter: letters scroll again, and / changes it', () => {
    const reader = filtered('page')
    expect(footer(reader)).toMatch(/^\/page .*Enter keep {2}Esc clear/)
    reader.press('enter')
    expect(contextOf(reader.state())).toBe('help')
    const before = help(reader)
    reader.press('j')
    expect(help(reader)[0]).toBe(before[1])
    reader.press('/')
    expect(footer(reader)).toMatch(/^\/page /)
    reader.press('s')
    expect(help(reader).join('\n')).not.toContain('half a page')
    // Another filter begins at its top.
    expect(reader.state().scroll).toBe(0)
  })

  it.each([
    ['while it is typed', []],
    ['once it is kept', ['enter']],
  ])('is whole again by the first Esc and closed by the second %s', (_, keys) => {
    const reader = filtered('star', ['enter'])
    const paper = drive(rows(8))
    paper.press('enter')
    reader.press(...keys, 'escape')
    expect(contextOf(reader.state())).toBe('help')
    const whole = drive(rows(8))
    whole.press('enter', '?')
    expect(screen(reader)).toEqual(screen(whole))
    reader.press('escape')
    expect(screen(reader)).toEqual(screen(paper))
  })

  it('forgets the filter once it is closed', () => {
    const reader = filtered('star')
    reader.press('enter', 'q', '?')
    expect(help(reader)).toHaveLength(22)
    expect(contextOf(reader.state())).toBe('help')
  })

  it('takes an empty filter for none', () => {
    const reader = filtered(' ')
    reader.press('enter')
    expect(reader.state().filter).toBeNull()
  })

  it('scrolls while the filter is typed', () => {
    const reader = filtered('page')
    const before = help(reader)
    reader.press('down', 'down')
    expect(help(reader)[0]).toBe(before[2])
    reader.press('up', 'up', 'pageDown', 'pageUp')
    expect(help(reader)).toEqual(before)
  })

  it('takes the editing keys and what is pasted', () => {
    const reader = filtered('xy')
    reader.press('ctrl+u')
    reader.send({ type: 'paste', text: 'sync\nnow' })
    expect(footer(reader)).toMatch(/^\/sync now/)
    expect(help(reader)[1]).toMatch(/^r +sync now$/)
  })

  it('says every key on 40 by 10 cells, and how many match', () => {
    const reader = filtered('unread', [], { columns: 40, rows: 10 })
    expect(screen(reader)[0]).toMatch(/^ Help \d+ of \d+ keys/)
    expect(footer(reader)).toBe('/unread')
    expect(help(reader).slice(0, 3)).toEqual([
      'In the list',
      expect.stringMatching(/^n +next unread$/),
      'paper',
    ])
  })

  it('still has the filter when a palette over it is closed', () => {
    const reader = filtered('star')
    reader.press('enter', ':', 'escape')
    expect(screen(reader)[0]).toContain('Help 6 of')
  })
})
