import { describe, expect, it } from 'vitest'
import { COMMANDS, contextOf } from '../../src/app/commands.ts'
import { PLACES, SMALL } from '../../src/app/palette-entries.ts'
import { frameText, view } from '../../src/app/view.ts'
import { type Driver, drive } from '../support/driver.ts'
import { aRow, idOf, rows } from '../support/papers.ts'

/** The lines of the palette, without what is typed, the status bar and the footer. */
const entries = (reader: Driver) =>
  frameText(view(reader.state()))
    .split('\n')
    .slice(2, -1)
    .filter((line) => line !== '')
const typedIn = (reader: Driver) => frameText(view(reader.state())).split('\n')[1] ?? ''
const footer = (reader: Driver) => frameText(view(reader.state())).split('\n').at(-1) ?? ''

/** A reader on the second of some papers whose palette is open, with something typed in it. */
function palette(typed = '', before: readonly string[] = [], size = { columns: 100, rows: 30 }): Driver {
  const reader = drive(rows(8), { size })
  reader.press('j', ...before, ':')
  reader.type(typed)
  return reader
}

/** What is marked of the first entry. */
const markedText = (reader: Driver) =>
  (view(reader.state()).lines[2] ?? [])
    .filter(({ styles }) => styles.includes('match'))
    .map(({ text }) => text)

describe('the palette', () => {
  it.each([
    ['the list', []],
    ['an abstract', ['enter']],
    ['a full text', ['f']],
    ['the help', ['?']],
  ])('opens over %s by : and Ctrl-p, and Esc and Ctrl-g lead back', (_, keys) => {
    for (const open of [':', 'ctrl+p'])
      for (const close of ['escape', 'ctrl+g']) {
        const reader = drive(rows(8))
        reader.press('j', ...keys)
        const before = reader.state()
        reader.press(open)
        expect(contextOf(reader.state())).toBe('palette')
        expect(typedIn(reader)).toMatch(/^: +\d+ commands$/)
        reader.press('x', close)
        expect(reader.state()).toEqual(before)
      }
  })

  it('leaves Ctrl-n and Ctrl-p in the list to it, and in the prompt to the results', () => {
    const reader = drive(rows(8))
    reader.press('ctrl+n')
    expect(reader.selected()).toBe(idOf(1))
    reader.press('/', 'x')
    reader.find([idOf(3), idOf(4)])
    reader.press('ctrl+n')
    expect(reader.selected()).toBe(idOf(4))
    reader.press('ctrl+p')
    expect(reader.selected()).toBe(idOf(3))
  })

  it('shows the commands of the place first, then why others cannot run', () => {
    const reader = palette('', ['enter'])
    const shown = entries(reader)
    expect(shown[0]).toMatch(/^> next unread paper .* n$/)
    expect(shown.slice(0, 10).join('\n')).not.toContain('only')
    reader.press(...Array(99).fill('pageDown'))
    expect(entries(reader).at(-1)).toMatch(/only /)
  })

  it('lists every command of a place once, and none of where something is typed or chosen', () => {
    const reader = palette('', [], { columns: 160, rows: 200 })
    const titles = entries(reader).map((line) => line.slice(2).split(/ {2,}/)[0])
    const listed = COMMANDS.filter(
      ({ id, contexts, after }) =>
        id !== 'palette' &&
        (contexts.some((context) => context in PLACES && !SMALL.includes(context)) || after !== undefined),
    )
    expect(titles.toSorted()).toEqual(listed.map(({ title }) => title).toSorted())
    expect(titles.filter((title) => title === 'star or unstar')).toHaveLength(1)
    for (const title of ['keep the results', 'follow none', 'next command', 'read on there'])
      expect(titles).not.toContain(title)
  })

  it.each([
    [['T'], 'star', 'star it and mark it read, next'],
    [['T'], 'hide', 'not interested: hide it, next'],
    [['T'], 'quit', 'back to the list'],
    [['f'], 'star', 'star the paper, or unstar it'],
    [['f'], 'tag', 'give the paper tags, or take some away'],
    [['f'], 'later', 'keep for later, or no longer'],
    [[], 'star', 'star or unstar'],
  ])('after %j has first for “%s” what runs there: %s', (before, typed, title) => {
    expect(entries(palette(typed, before))[0]).toMatch(new RegExp(`^> ${title} {2}`))
  })

  it('opened over a small screen has its commands too, and runs them there', () => {
    const reader = drive(rows(3), { size: { columns: 100, rows: 30 } })
    reader.press('M', ':', ...'make a rule')
    expect(entries(reader)[0]).toMatch(/make a rule: what it does.* a *$/)
    reader.press('enter')
    expect(contextOf(reader.state())).toBe('rule-kind')
    reader.press('escape', '?')
    expect(frameText(view(reader.state())).split('\n')[1]).toContain('In the list of rules')
    reader.press('escape', 'escape', ':', ...'make a rule')
    expect(entries(reader)).not.toContainEqual(expect.stringContaining('make a rule: what'))
  })

  it.each([
    ['star', 'star or unstar'],
    ['arch', 'sync the whole archive of Daily Papers'],
    ['whole sync', 'sync the whole archive of Daily Papers'],
    ['undo', 'undo the last decision'],
    ['bibtex', 'copy it as BibTeX'],
    ['more-like', 'papers like this one'],
    // Typos: one letter wrong, one missing, two exchanged.
    // What begins with the word comes before what has it further on.
    ['mark', 'mark read or unread'],
    ['bibtax', 'copy it as BibTeX'],
    ['unred', 'next unread paper'],
    ['snyc now', 'sync now'],
    ['ARCHVE', 'sync the whole archive of Daily Papers'],
    // Letters left out, and what people call it elsewhere.
    ['tgrd', 'mark read or unread'],
    ['mrk rd', 'mark read or unread'],
    ['theme', 'the settings, to look at and change'],
    ['config', 'the settings, to look at and change'],
    // Keys.
    ['Ctrl-d', 'half a page down'],
    ['~', 'papers like this one'],
    ['U', 'undo the last decision'],
  ])('finds for “%s” first: %s', (typed, title) => {
    expect(entries(palette(typed))[0]).toContain(`> ${title}`)
  })

  it.each(
    COMMANDS.filter(
      ({ id, contexts }) =>
        contexts.some((context) => context in PLACES) && !['palette', 'quit', 'help'].includes(id),
    ),
  )('has $id first where that is typed whole', ({ id, title }) => {
    expect(entries(palette(id))[0]).toMatch(`> ${title}`)
  })

  it('closes and runs what is selected where it was opened', () => {
    const reader = palette('star')
    const effects = reader.during(() => reader.press('enter'))
    expect(effects).toEqual([{ type: 'mark', ids: [idOf(2)], change: { starred: true }, say: true }])
    expect(contextOf(reader.state())).toBe('list')
    const text = palette('text-down', ['f'])
    text.press('enter')
    expect(contextOf(text.state())).toBe('document')
  })

  it('copies by a letter less than y does', () => {
    const reader = palette('bibtex')
    expect(entries(reader)[0]).toMatch(/y b$/)
    expect(reader.during(() => reader.press('enter'))).toMatchObject([
      { type: 'copy', what: 'the BibTeX entry' },
    ])
    expect(contextOf(reader.state())).toBe('list')
    const empty = drive([])
    empty.press(':', ...'bibtex')
    expect(entries(empty)[0]).toContain('no paper is selected')
  })

  it('says why a command cannot run, and stays open', () => {
    const reader = palette('next-match')
    expect(entries(reader)[0]).toContain('only while reading a full text or comments')
    expect(reader.during(() => reader.press('enter'))).toEqual([])
    expect(footer(reader)).toContain('Only while reading a full text or comments.')
    expect(contextOf(reader.state())).toBe('palette')
    const empty = drive([])
    empty.press(':', ...'star or')
    expect(entries(empty)[0]).toContain('no paper is selected')
    empty.press('enter')
    expect(footer(empty)).toContain('No paper is selected.')
  })

  it.each([
    ['q', [], 'quit'],
    ['quit', [], 'quit'],
    ['q!', [], 'quit from anywhere'],
    ['q', ['enter'], 'back to the list'],
    ['q', ['f'], 'close the text'],
    ['quit', ['f'], 'close the text'],
    ['q', ['?'], 'close the help'],
    ['h', [], 'this help'],
    ['help', [], 'this help'],
  ])('understands :%s after %j as vim does', (typed, before, title) => {
    expect(entries(palette(typed, before))[0]).toMatch(new RegExp(`^> ${title} `))
  })

  it('runs :q and :help', () => {
    const reader = palette('q')
    expect(reader.during(() => reader.press('enter'))).toEqual([{ type: 'quit' }])
    const helped = palette('help')
    helped.press('enter')
    expect(contextOf(helped.state())).toBe('help')
    helped.press(':', 'q', 'enter')
    expect(contextOf(helped.state())).toBe('list')
  })

  it('has what was run most recently on top while nothing is typed', () => {
    const reader = palette('star or')
    reader.press('enter', ':', ...'sync now'.replace(' ', '-'), 'enter', ':')
    expect(entries(reader).slice(0, 3)).toEqual([
      expect.stringContaining('> sync now'),
      expect.stringContaining('star or unstar'),
      expect.stringContaining('next paper'),
    ])
    reader.press('escape', 'enter', ':')
    expect(entries(reader)[0]).toContain('sync now')
    reader.press('escape', 'f', ':')
    // A text has neither of them.
    expect(entries(reader)[0]).not.toMatch(/sync now|star/)
  })

  it('marks what matched, of the id where the title has nothing of it', () => {
    expect(markedText(palette('arch sync'))).toEqual(['sync', 'arch'])
    const byId = palette('toggle-star')
    expect(entries(byId)[0]).toMatch(/star or unstar {2}toggle-star/)
    expect(markedText(byId)).toEqual(['star', 'toggle', 'star'])
    expect(markedText(palette('bibtax')).join('')).toMatch(/^Bib/)
  })

  it('moves by arrows, Ctrl-n and Ctrl-p, and pages, and scrolls', () => {
    const reader = palette('', [], { columns: 80, rows: 10 })
    const at = () => entries(reader).findIndex((line) => line.startsWith('>'))
    reader.press('down', 'ctrl+n')
    expect(at()).toBe(2)
    reader.press('up', 'ctrl+p', 'up', 'up')
    expect(at()).toBe(0)
    const first = entries(reader)
    expect(first).toHaveLength(7)
    reader.press('pageDown')
    expect(at()).toBe(6)
    expect(entries(reader)[5]).toBe(first[6]?.replace(' ', ' '))
    reader.press('pageUp', 'pageUp')
    expect(entries(reader)).toEqual(first)
  })

  it('begins anew where the text changes, and takes the editing keys of the prompt', () => {
    const reader = palette('sta')
    reader.press('down', 'down', 'r')
    expect(entries(reader)[0]).toMatch(/^>/)
    reader.press('ctrl+w')
    reader.send({ type: 'paste', text: 'un\ndo' })
    expect(typedIn(reader)).toMatch(/^:un do /)
    reader.press('home', 'delete', 'delete', 'delete')
    expect(typedIn(reader)).toMatch(/^:do /)
  })

  it('says what to do where nothing is called so', () => {
    const reader = palette('zzzzqqq')
    expect(typedIn(reader)).toContain('0 commands')
    expect(entries(reader)[0]).toContain('No command is called so.')
    reader.press('enter', 'down')
    expect(contextOf(reader.state())).toBe('palette')
  })

  it('drops the keys first and then the reasons where the screen is narrow', () => {
    const at = (columns: number) => entries(palette('next-match', [], { columns, rows: 10 }))[0]
    expect(at(100)).toMatch(/only while reading.* n$/)
    expect(at(59)).toMatch(/only while/)
    expect(at(59)).not.toMatch(/ n$/)
    expect(at(44)).not.toContain('only')
    expect(at(44)).toContain('next place that was found')
  })

  it('takes a book that is pasted for no more than its beginning', () => {
    const reader = palette()
    const started = performance.now()
    reader.send({ type: 'paste', text: 'many words of a book '.repeat(5000) })
    view(reader.state())
    expect(performance.now() - started).toBeLessThan(500)
    expect(contextOf(reader.state())).toBe('palette')
  })

  it('leaves the reader where it was while papers come in below it', () => {
    const reader = palette('star or')
    reader.arrive([aRow({ id: idOf(99), day: '2030-01-01' }), ...reader.rows()])
    expect(reader.during(() => reader.press('enter'))).toMatchObject([{ type: 'mark', ids: [idOf(2)] }])
  })
})
