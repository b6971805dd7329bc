import { describe, expect, it } from 'vitest'
import { layOutInPieces } from '../../src/app/document-lines.ts'
import { lineText } from '../../src/app/frame.ts'
import { update } from '../../src/app/update.ts'
import { view } from '../../src/app/view.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import type { Block } from '../../src/text/document.ts'
import { cellWidth } from '../../src/text/layout.ts'
import { type Driver, type DriverOptions, drive } from '../support/driver.ts'
import { idOf, rows, wholePaper } from '../support/papers.ts'

const screen = (reader: Driver) => view(reader.state()).lines.map(lineText)

/** Where a text stands below the bar, in cells counted from 0. */
function placeOf(reader: Driver, text: string): { column: number; row: number } {
  const lines = screen(reader)
  const row = lines.findIndex((line, at) => at > 0 && line.includes(text))
  if (row < 0) throw new Error(`“${text}” is not on the screen:\n${lines.join('\n')}`)
  const line = lines[row] ?? ''
  return { column: cellWidth(line.slice(0, line.indexOf(text))), row }
}

/** Clicks on the first letter of a text. */
const click = (reader: Driver, text: string) =>
  reader.send({ type: 'mouse', mouse: { kind: 'click', ...placeOf(reader, text) } })

const wheel = (reader: Driver, by: 1 | -1, { column = 5, row = 5 } = {}) =>
  reader.send({ type: 'mouse', mouse: { kind: 'wheel', by, column, row } })

const reader = (options: DriverOptions = {}) => drive(rows(60), options)

describe('a click', () => {
  it('selects a paper, and opens it once it is selected', () => {
    const list = reader()
    click(list, 'Paper number 5')
    expect(list.selected()).toBe(idOf(5))
    expect(list.state().reading).toBe(false)
    click(list, 'Paper number 5')
    expect(list.state().reading).toBe(true)
    expect(list.rows().find(({ id }) => id === idOf(5))?.read).toBe(true)
  })

  it('on a day, an empty line, the bar or the pane of the abstract does nothing', () => {
    const list = reader({ size: { columns: 120, rows: 80 } })
    const before = list.state()
    click(list, 'Mon 30 Jun 2025')
    for (const [column, row] of [
      [0, 0],
      [10, 75],
      [100, 2],
      [500, 500],
      [119, 79],
    ] as const)
      list.send({ type: 'mouse', mouse: { kind: 'click', column, row } })
    expect(list.state()).toEqual(before)
    expect(list.effects.filter(({ type }) => type === 'mark' || type === 'open')).toEqual([])
  })

  it('on a key of the footer presses it, where it is offered', () => {
    const list = reader()
    click(list, 'mark read')
    expect(list.rows()[0]?.read).toBe(true)
    list.press('enter')
    click(list, 'back')
    expect(list.state().reading).toBe(false)
    list.press('g')
    click(list, 'select again')
    expect(list.state().pending).toBe('')
    list.press('A')
    click(list, 'no ')
    expect(list.state().choosing).toBeNull()
  })

  it('while a query is typed selects what was found, and never types', () => {
    const list = reader()
    list.press('/')
    list.type('paper')
    list.find([idOf(3), idOf(4), idOf(7)])
    click(list, 'Paper number 7')
    click(list, 'Paper number 7')
    expect(list.selected()).toBe(idOf(7))
    expect(list.state()).toMatchObject({ reading: false, prompt: { text: 'paper' } })
    list.press('enter')
    click(list, 'Ask the Hub')
    expect(list.state().search?.hub).toBe('unasked')
    click(list, 'Ask the Hub')
    expect(list.state().search?.hub).toBe('asking')
  })

  it('does not go through what lies over the list', () => {
    const list = reader()
    for (const keys of [['?'], ['y'], ['A'], ['t']]) {
      list.press(...keys)
      list.send({ type: 'mouse', mouse: { kind: 'click', column: 20, row: 9 } })
      expect(list.selected()).toBe(idOf(1))
      list.press('escape')
    }
  })

  it('selects and runs commands of the palette, and opens views and links', () => {
    const list = reader({ size: { columns: 200, rows: 40 } })
    list.press(':')
    list.type('help')
    click(list, 'this help')
    if (!list.state().help) click(list, 'this help')
    expect(list.state()).toMatchObject({ help: true, overlay: null })
    list.press('q')
    click(list, 'Starred')
    expect(list.state().view).toBe('starred')
    click(list, 'All ')
    list.press('L')
    const effects = list.during(() => click(list, 'https://huggingface.co/papers'))
    expect(effects).toEqual([{ type: 'open', url: `https://huggingface.co/papers/${idOf(1)}` }])
    list.press('v')
    click(list, 'Unread')
    click(list, 'Unread')
    expect(list.state()).toMatchObject({ overlay: null, view: 'unread' })
  })

  it('follows addresses in the words of an abstract, over a break of the line too', () => {
    const address = 'https://github.com/example/a_harbour_of_lanterns'
    const paper = (row: PaperRow) =>
      wholePaper(row, { abstract: `Code is (mostly) here: ${address}. And more words.` })
    for (const columns of [60, 120]) {
      const list = drive(rows(9), { size: { columns, rows: 30 }, paper })
      if (columns < 100) list.press('enter')
      for (const part of ['https://github.com/exa', 'lanterns'])
        expect(list.during(() => click(list, part))).toEqual([{ type: 'open', url: address }])
      expect(list.during(() => click(list, '(mostly)'))).toEqual([])
    }
  })

  it('opens views and tags at the side', () => {
    const views = [{ name: 'Robots', query: 'cat:cs.RO', sort: null, key: null }]
    const list = drive(rows(60), { size: { columns: 200, rows: 40 }, views })
    list.send({ type: 'tags', tags: [{ tag: 'rl', papers: 2 }] })
    expect(list.during(() => click(list, 'Robots'))).toContainEqual(
      expect.objectContaining({ type: 'search', query: 'cat:cs.RO' }),
    )
    list.find([idOf(7), idOf(9)])
    expect(list.during(() => click(list, '#rl'))).toContainEqual(
      expect.objectContaining({ type: 'search', query: 'tag:rl' }),
    )
    list.find([idOf(2), idOf(3)])
    expect(list.state().search).toMatchObject({ sought: { kind: 'query', query: 'tag:rl' } })
    expect(screen(list).find((line) => line.includes('#rl'))).toMatch(/^ ▸/)
    list.press('escape')
    expect(list.state()).toMatchObject({ search: null, view: 'all' })
  })

  it('selects a day of the calendar, and goes to it once it is selected', () => {
    const days = rows(60).map((row, at) => ({ ...row, day: `2025-06-${30 - Math.floor(at / 7)}` }))
    const list = drive(days)
    list.press('D')
    // The last month on the screen is the one of the selected day.
    const lines = screen(list)
    const row = lines.findLastIndex((line) => / 25\b/.test(line))
    const there = { kind: 'click', row, column: (lines[row] ?? '').lastIndexOf('25') } as const
    list.send({ type: 'mouse', mouse: there })
    expect(list.state().overlay).toMatchObject({ kind: 'calendar', day: '2025-06-25' })
    list.send({ type: 'mouse', mouse: there })
    expect(list.state().overlay).toBeNull()
    expect(list.selected()).toBe(idOf(36))
    list.press('D')
    wheel(list, -1)
    expect(list.state().overlay).toMatchObject({ day: '2025-05-25' })
  })
})

const SCREENS: readonly (readonly string[])[] = [
  ...[
    [],
    ['enter'],
    ['?'],
    ['?', '/', 'a'],
    [':', 'a'],
    [','],
    ['v'],
    ['v', '/', 'a'],
    ['M'],
    ['M', 'a'],
    ['s'],
  ],
  ...[['D'], ['I'], ['L'], ['y'], ['A'], ['t'], ['/', 'a'], ['T'], ['f'], ['g'], ['space']],
]

it.each(SCREENS)(
  'no click leads to a state that has no frame, wherever it goes: after %s %s %s',
  (...keys) => {
    const size = { columns: 30, rows: 8 }
    const list = reader({ size })
    list.press(...keys.filter((key) => key !== undefined))
    for (let column = 0; column <= size.columns; column += 5)
      for (let row = 0; row <= size.rows; row++)
        for (const kind of ['click', 'wheel'] as const) {
          const mouse = kind === 'click' ? { kind, column, row } : { kind, column, row, by: 1 as const }
          const [state] = update(list.state(), { type: 'mouse', mouse })
          expect(view(state).lines).toHaveLength(size.rows)
        }
  },
)

describe('the wheel', () => {
  it('scrolls the list, and takes the cursor along only where it would be out of sight', () => {
    const list = reader()
    list.press('j', 'j', 'j', 'j', 'j')
    wheel(list, 1)
    expect(list.state()).toMatchObject({ top: 3, cursor: 5 })
    wheel(list, 1)
    wheel(list, 1)
    expect(list.state().top).toBe(9)
    expect(list.selectedLine()).toBe(1)
    wheel(list, -1)
    expect(list.state().top).toBe(6)
    for (let time = 0; time < 40; time++) wheel(list, 1)
    expect(screen(list).at(-2)).toContain('Paper number 60')
    for (let time = 0; time < 40; time++) wheel(list, -1)
    expect(list.state().top).toBe(0)
    expect(list.selectedLine()).toBe(22)
  })

  it('holds on every size, over days too', () => {
    const days = rows(60).map((row, at) => ({ ...row, day: `2025-06-${10 + Math.floor(at / 7)}` }))
    for (const columns of [1, 20, 120, 200])
      for (const height of [1, 2, 3, 5, 24]) {
        const list = drive(days, { size: { columns, rows: height } })
        for (const by of [...Array<1>(30).fill(1), ...Array<-1>(30).fill(-1)]) {
          const { top } = list.state()
          wheel(list, by, { column: columns >> 1, row: height >> 1 })
          const after = list.state()
          expect(by * (after.top - top)).toBeGreaterThanOrEqual(0)
          expect(list.selectedLine()).toBeGreaterThanOrEqual(columns === 1 || height === 2 ? -1 : 0)
        }
      }
  })

  it('scrolls what is under it: the abstract beside the list, an open one, the help', () => {
    const list = reader({ size: { columns: 120, rows: 8 } })
    wheel(list, 1, { column: 100, row: 3 })
    expect(list.state()).toMatchObject({ top: 0, cursor: 0 })
    expect(list.state().scroll).toBeGreaterThan(0)
    list.press('enter')
    wheel(list, 1)
    expect(list.state().scroll).toBeGreaterThan(0)
    list.press('q', '?')
    wheel(list, 1)
    expect(list.state().scroll).toBe(3)
    wheel(list, -1)
    expect(list.state().scroll).toBe(0)
  })

  it('changes nothing where letters are asked for', () => {
    const list = reader()
    for (const keys of [['y'], ['A'], ['t']]) {
      list.press(...keys)
      const before = list.state()
      wheel(list, 1)
      expect(list.state()).toEqual(before)
      list.press('escape')
    }
  })
})

const words = (word: string) => Array<string>(40).fill(word).join(' ')
const TEXT: Block[] = [
  { kind: 'heading', level: 1, runs: [{ text: 'On Lanterns' }], anchors: ['top'] },
  {
    kind: 'paragraph',
    runs: [
      { text: '中文 see ' },
      { text: 'the ends', href: '#ends' },
      { text: ' and ' },
      { text: 'elsewhere', href: 'https://lanterns.example/' },
    ],
  },
  ...Array.from({ length: 30 }, (): Block => ({ kind: 'paragraph', runs: [{ text: words('wick') }] })),
  { kind: 'heading', level: 2, runs: [{ text: 'Ends' }], anchors: ['ends'] },
  ...Array.from({ length: 30 }, (): Block => ({ kind: 'paragraph', runs: [{ text: words('end') }] })),
]

function withText(columns: number): Driver {
  const list = reader({ size: { columns, rows: 24 } })
  list.press('f')
  const answer = () => {
    const { request = 0, width = 0 } = list.state().document ?? {}
    for (const [at, piece] of [...layOutInPieces(TEXT, width, 1000)].entries()) {
      const part = { ...piece, first: at === 0, source: 'here', place: null }
      list.send({ type: 'document', answer: { type: 'part', request, part } })
    }
  }
  answer()
  if (columns >= 100) {
    list.press('t')
    answer()
  }
  return list
}

describe('in a full text', () => {
  it.each([80, 140])('a click follows the link it is on, at a width of %i', (columns) => {
    const text = withText(columns)
    expect(text.during(() => click(text, 'elsewhere'))).toEqual([
      { type: 'open', url: 'https://lanterns.example/' },
    ])
    expect(text.during(() => click(text, ' and elsewhere'))).toEqual([])
    click(text, 'the ends')
    expect(screen(text).slice(1, 3).join()).toContain('Ends')
    text.press('ctrl+o')
    expect(text.state().document?.top).toBe(0)
  })

  it('a click in the contents goes to a section, beside the text and in its place', () => {
    const beside = withText(140)
    click(beside, 'Ends')
    expect(screen(beside)[1]).toMatch(/│ +Ends/)
    const alone = withText(80)
    alone.press('t')
    click(alone, 'Ends')
    click(alone, 'Ends')
    expect(alone.state().document).toMatchObject({ contents: false })
    expect(screen(alone)[1]).toContain('Ends')
  })

  it('the wheel scrolls it', () => {
    const text = withText(80)
    wheel(text, 1)
    wheel(text, 1)
    wheel(text, -1)
    expect(text.state().document?.top).toBe(3)
  })
})
