import { describe, expect, it } from 'vitest'
import { findIn, layOutInPieces } from '../../src/app/document-lines.ts'
import type { Look } from '../../src/app/drawings.ts'
import { frameText, view } from '../../src/app/view.ts'
import { placeholderRows } from '../../src/pictures/placeholders.ts'
import type { Block, Run } from '../../src/text/document.ts'
import { type Driver, type DriverOptions, drive } from '../support/driver.ts'
import { aRow, idOf, rows } from '../support/papers.ts'

const words = (count: number, word: string) => Array.from({ length: count }, () => word).join(' ')
const runs = (text: string): Run[] => [{ text }]
const heading = (text: string, level: 1 | 2 | 3, anchor: string): Block => ({
  kind: 'heading',
  level,
  runs: runs(text),
  anchors: [anchor],
})
const paragraph = (...content: Run[]): Block => ({ kind: 'paragraph', runs: content })

/** A text of three sections, each longer than a screen; the first cites the last. */
const TEXT: Block[] = [
  heading('On Lanterns', 1, 'title'),
  heading('1 Wicks', 2, 'S1'),
  paragraph(
    { text: 'Wicks were measured ' },
    { text: '[1]', href: '#bib1' },
    { text: ' and are described ' },
    { text: 'elsewhere', href: 'https://lanterns.example/wicks' },
    { text: '.' },
  ),
  ...Array.from({ length: 30 }, (_, at) => paragraph({ text: `${at} ${words(40, 'wick')}` })),
  heading('2 Oils', 2, 'S2'),
  ...Array.from({ length: 30 }, (_, at) => paragraph({ text: `${at} ${words(40, 'oil')}` })),
  heading('References', 2, 'bib'),
  { kind: 'reference', label: '[1]', runs: runs('The Book of Wicks.'), anchors: ['bib1'] },
  ...Array.from(
    { length: 30 },
    (_, at): Block => ({ kind: 'reference', label: `[${at + 2}]`, runs: runs('Oils.') }),
  ),
]

/** Answers the newest request for a text as the background does, as far as `pieces` go. */
function answer(
  reader: Driver,
  blocks: readonly Block[] = TEXT,
  place: { block: number; line: number } | null = null,
) {
  const document = reader.state().document
  if (!document) throw new Error('no text is open')
  const { request, width } = document
  let first = true
  const beyond = place?.block ?? reader.effects.findLast((effect) => effect.type === 'lay-out')?.block ?? 0
  for (const piece of layOutInPieces(blocks, width, beyond)) {
    const part = { ...piece, first, source: 'arxiv.example · v1', place: first ? place : null }
    reader.send({ type: 'document', answer: { type: 'part', request, part } })
    first = false
  }
  return request
}

function opened(options: DriverOptions = {}) {
  const reader = drive(rows(9), { size: { columns: 80, rows: 24 }, ...options })
  reader.press('f')
  answer(reader)
  return reader
}

const screen = (reader: Driver) => frameText(view(reader.state()))
const body = (reader: Driver) => screen(reader).split('\n').slice(1, -1)
const bar = (reader: Driver) => screen(reader).split('\n')[0] ?? ''
const foot = (reader: Driver) => screen(reader).split('\n').at(-1) ?? ''

describe('a full text', () => {
  it('is asked for in the width of the screen, and marks the paper read', () => {
    const reader = drive(rows(9), { size: { columns: 80, rows: 24 } })
    expect(reader.during(() => reader.press('f'))).toEqual([
      {
        type: 'open-document',
        request: 1,
        kind: 'fulltext',
        id: idOf(1),
        width: 76,
        fresh: false,
        look: null,
      },
      { type: 'ask-look' },
      { type: 'mark', ids: [idOf(1)], change: { read: true }, say: false },
    ])
    reader.send({
      type: 'document',
      answer: { type: 'said', request: 1, text: 'Asking arXiv for the full text …', failed: false },
    })
    expect(body(reader)[1]).toContain('Asking arXiv for the full text …')
  })

  it('opens over the abstract too, and leads back to where it was opened', () => {
    const reader = opened()
    reader.press('q')
    expect(reader.state()).toMatchObject({ document: null, reading: false })
    reader.press('j', 'enter', 'enter')
    expect(reader.state().document?.id).toBe(idOf(2))
    answer(reader)
    expect(reader.during(() => reader.press('escape'))).toEqual([{ type: 'close-document' }])
    expect(reader.state()).toMatchObject({ document: null, reading: true })
  })

  it('is back when the comments that were opened over it are closed, and they lead to the list else', () => {
    const reader = opened()
    reader.press('c', 'c')
    expect(reader.state().document?.kind).toBe('discussion')
    reader.press('q')
    expect(reader.state().document?.kind).toBe('fulltext')
    reader.press('q')
    expect(reader.state().document).toBeNull()
    reader.press('c', 'q')
    expect(reader.state().document).toBeNull()
  })

  it('that is back after the comments leaves its paper unread if that is what was decided meanwhile', () => {
    const reader = opened()
    reader.press('m')
    expect(reader.rows()[0]?.read).toBe(false)
    reader.press('c', 'q')
    expect(reader.state().document?.kind).toBe('fulltext')
    expect(reader.rows()[0]?.read).toBe(false)
  })

  it('is a place to decide about its paper, and stays open meanwhile', () => {
    const reader = opened()
    reader.press('B', 'w', 'm', 'T')
    reader.type('wicks')
    expect(reader.during(() => reader.press('enter'))).toEqual([
      { type: 'tag', ids: [idOf(1)], add: ['wicks'], remove: [] },
    ])
    expect(reader.rows()[0]).toMatchObject({ starred: true, later: true, read: false })
    expect(reader.during(() => reader.press('U'))).toEqual([{ type: 'undo' }])
    expect(reader.state().document?.id).toBe(idOf(1))
    expect(body(reader).join('\n')).toContain('1 Wicks')
  })

  it('is of its paper, whatever leaves the list under it', () => {
    const reader = opened()
    reader.send({ type: 'changed', rows: [{ ...rows(9)[0], hidden: true } as never], say: null })
    expect(reader.during(() => reader.press('B'))).toMatchObject([{ type: 'mark', ids: [idOf(1)] }])
    expect(reader.during(() => reader.press('e'))).toEqual([{ type: 'edit-note', id: idOf(1) }])
    reader.press('c')
    expect(reader.state().document).toMatchObject({ kind: 'discussion', id: idOf(1) })
    reader.press('q')
    expect(reader.state().document).toMatchObject({ kind: 'fulltext', id: idOf(1) })
    expect(reader.during(() => reader.press('q'))).toContainEqual({ type: 'load-paper', id: idOf(2) })
    expect(reader.state().document).toBeNull()
    // The only paper of a list may be gone too.
    const alone = drive([{ ...aRow(), starred: true }])
    alone.press('3', 'f', 'c')
    alone.send({ type: 'changed', rows: [{ ...aRow(), hidden: true }], say: null })
    alone.press('q', 'q')
    expect(alone.state()).toMatchObject({ document: null, reading: false })
  })

  it('scrolls by lines, pages and to its ends, and says where one is', () => {
    const reader = opened()
    expect(body(reader).join('\n')).toContain('1 Wicks')
    expect(bar(reader)).toMatch(/On Lanterns .* 0%$/)
    reader.press('j', 'j')
    expect(reader.state().document?.top).toBe(2)
    reader.press('space')
    expect(reader.state().document?.top).toBe(24)
    reader.press('b', 'k')
    expect(reader.state().document?.top).toBe(1)
    reader.press('G')
    expect(bar(reader)).toMatch(/References .*100%$/)
    expect(body(reader).at(-1)).toContain('[31]')
    reader.press('5', '0', '%')
    expect(bar(reader)).toMatch(/ 50%$/)
    reader.press('g', 'g')
    expect(reader.state().document?.top).toBe(0)
    reader.press('%')
    expect(foot(reader)).toContain('Type a number before it: 50%.')
  })

  it('goes from section to section', () => {
    const reader = opened()
    const seen: (string | undefined)[] = []
    for (const key of [']', ']', ']', '[', '[', '[']) {
      reader.press(key)
      seen.push(body(reader)[0]?.trim())
    }
    expect(seen).toEqual(['1 Wicks', '2 Oils', 'References', '2 Oils', '1 Wicks', 'On Lanterns'])
    reader.press(']', ']', 'j', 'j', 'j', '[')
    expect(body(reader)[0]?.trim()).toBe('2 Oils')
  })

  it('has its contents beside it on a wide screen, where they follow', () => {
    const reader = opened({ size: { columns: 140, rows: 24 } })
    reader.press('t')
    const marked = () =>
      view(reader.state()).lines.flatMap((line) =>
        line.filter(({ styles }) => styles.includes('selected')).map(({ text }) => text.trim()),
      )
    expect(body(reader)[2]).toMatch(/^ {3}2 Oils .*│/)
    expect(marked().join('')).toContain('On Lanterns')
    reader.press(']', ']')
    expect(marked().join('')).toContain('2 Oils')
    reader.press('t')
    expect(body(reader)[2]).not.toContain('│')
  })

  it('shows its contents in its place on a narrow one', () => {
    const reader = opened()
    reader.press('t')
    expect(
      body(reader)
        .slice(0, 4)
        .map((line) => line.trim()),
    ).toEqual(['On Lanterns', '1 Wicks', '2 Oils', 'References'])
    reader.press('j', 'j', 'enter')
    expect(body(reader)[0]?.trim()).toBe('2 Oils')
  })

  it('finds words, whatever their case, and goes on with n and N', () => {
    const reader = opened()
    reader.press('/')
    const effects = reader.during(() => reader.type('OILS'))
    expect(effects.at(-1)).toEqual({ type: 'find', request: 1, text: 'OILS' })
    const { lines, blocks } = reader.state().document?.text ?? { lines: [], blocks: [] }
    const matches = findIn(lines, blocks, 'OILS')
    expect(matches).toHaveLength(31)
    reader.send({ type: 'document', answer: { type: 'matches', request: 1, text: 'OILS', matches } })
    expect(foot(reader)).toMatch(/^\/OILS +1 of 31$/)
    expect(body(reader).join('\n')).toContain('2 Oils')
    reader.press('enter', 'n')
    expect(bar(reader)).toContain('2/31 found')
    expect(body(reader).join('\n')).toContain('[2]')
    reader.press('N', 'N')
    expect(bar(reader)).toContain('31/31 found')
    const highlighted = view(reader.state()).lines.flatMap((line) =>
      line.filter(({ styles }) => styles.includes('match')).map(({ text }) => text),
    )
    expect(new Set(highlighted)).toEqual(new Set(['Oils']))
    reader.press('escape')
    expect(reader.state().document?.find).toBeNull()
  })

  it('goes on to the matches that were asked for before they were found', () => {
    const reader = opened()
    reader.press('/')
    reader.type('oil')
    reader.press('enter', 'n', 'n', 'N')
    const { lines, blocks } = reader.state().document?.text ?? { lines: [], blocks: [] }
    const matches = findIn(lines, blocks, 'oil')
    reader.send({ type: 'document', answer: { type: 'matches', request: 1, text: 'oil', matches } })
    expect(bar(reader)).toContain(`2/${matches.length} found`)
    reader.press('n')
    expect(bar(reader)).toContain(`3/${matches.length} found`)
  })

  it('brings back what was found before when nothing else is sought after all', () => {
    const reader = opened()
    reader.press('/')
    reader.type('oil')
    const { lines, blocks } = reader.state().document?.text ?? { lines: [], blocks: [] }
    const matches = findIn(lines, blocks, 'oil')
    reader.send({ type: 'document', answer: { type: 'matches', request: 1, text: 'oil', matches } })
    reader.press('enter', 'n', '/')
    expect(foot(reader).trim()).toBe('/')
    reader.press('escape')
    expect(bar(reader)).toContain(`2/${matches.length} found`)
  })

  it('is back where it was when nothing is to be found after all', () => {
    const reader = opened()
    reader.press('j', 'j', '/')
    reader.type('oil')
    const { lines, blocks } = reader.state().document?.text ?? { lines: [], blocks: [] }
    const matches = findIn(lines, blocks, 'oil')
    reader.send({ type: 'document', answer: { type: 'matches', request: 1, text: 'oil', matches } })
    expect(reader.state().document?.top).toBeGreaterThan(20)
    reader.press('escape')
    expect(reader.state().document).toMatchObject({ top: 2, find: null, finding: null })
  })

  it('labels the links on the screen; a citation leads to its entry and Ctrl-o back, an address out', () => {
    const reader = opened()
    reader.press('j', 'f')
    const hints = reader.state().choosing
    const [cited, outside] = hints?.kind === 'hints' ? hints.hints : []
    expect([cited?.href, outside?.href]).toEqual(['#bib1', 'https://lanterns.example/wicks'])
    expect(screen(reader)).toContain(`measured ${cited?.keys}1] and`)
    expect(screen(reader)).toContain('A letter follows its link')
    reader.press(...(cited?.keys ?? ''))
    expect(body(reader)[1]).toContain('[1]   The Book of Wicks.')
    reader.press('ctrl+o')
    expect(reader.state().document?.top).toBe(1)
    reader.press('f')
    expect(reader.during(() => reader.press(...(outside?.keys ?? '')))).toEqual([
      { type: 'open', url: 'https://lanterns.example/wicks' },
    ])
    reader.press('f', 'escape')
    expect(reader.state().choosing).toBeNull()
  })

  it('keeps its place in a new width and after a new start', () => {
    const reader = opened({ size: { columns: 120, rows: 24 } })
    reader.press(']', ']')
    const effects = reader.during(() => reader.send({ type: 'resized', size: { columns: 50, rows: 24 } }))
    expect(effects).toMatchObject([{ type: 'lay-out', request: 2, width: 46 }])
    answer(reader)
    expect(body(reader)[0]?.trim()).toBe('2 Oils')
    const kept = reader.effects.findLast((effect) => effect.type === 'keep-place')
    reader.press('q', 'f')
    answer(reader, TEXT, kept?.type === 'keep-place' ? kept.place : null)
    expect(body(reader)[0]?.trim()).toBe('2 Oils')
  })

  it('is not moved when another takes its place, however late its lines come', () => {
    const reader = opened()
    reader.press(']', ']')
    const before = body(reader)
    const { request = 0, width = 0 } = reader.state().document ?? {}
    const first = [...layOutInPieces(TEXT.slice(0, 5), width, 0)]
    const whole = [...layOutInPieces(TEXT, width, 99)]
    const send = (piece: (typeof whole)[number] | undefined, facts: { first: boolean; last: boolean }) =>
      piece &&
      reader.send({
        type: 'document',
        answer: { type: 'part', request, part: { ...piece, ...facts, source: '', place: null } },
      })
    send(first[0], { first: true, last: false })
    expect(body(reader)).toEqual(before)
    send(whole[0], { first: true, last: true })
    expect(body(reader)).toEqual(before)
  })

  it('goes to its end on G, though the end is still on its way', () => {
    const reader = drive(rows(9), { size: { columns: 80, rows: 24 } })
    reader.press('f')
    const { request = 0, width = 0 } = reader.state().document ?? {}
    const beginning = [...layOutInPieces(TEXT.slice(0, 9), width, 0)]
    const many = [...TEXT, ...TEXT, ...TEXT, ...TEXT]
    const whole = [...layOutInPieces(many, width, 0)]
    expect(whole.length).toBeGreaterThan(1)
    const send = (piece: (typeof whole)[number], facts: { first: boolean; last: boolean }) =>
      reader.send({
        type: 'document',
        answer: { type: 'part', request, part: { ...piece, ...facts, source: '', place: null } },
      })
    for (const piece of beginning) send(piece, { first: true, last: false })
    reader.press('G')
    for (const [at, piece] of whole.entries()) send(piece, { first: at === 0, last: at === whole.length - 1 })
    expect(bar(reader)).toMatch(/ 100%$/)
    expect(body(reader).at(-1)).toContain('[31]')
    reader.press('g', 'g')
    expect(reader.state().document?.top).toBe(0)
  })

  it('stays where it is scrolled to after G, whatever comes', () => {
    const reader = drive(rows(9), { size: { columns: 80, rows: 24 } })
    reader.press('f')
    const { request = 0, width = 0 } = reader.state().document ?? {}
    const [first, ...rest] = layOutInPieces([...TEXT, ...TEXT, ...TEXT, ...TEXT], width, 0)
    if (!first) throw new Error('there are no lines')
    const part = { source: '', place: null }
    reader.send({
      type: 'document',
      answer: { type: 'part', request, part: { ...part, ...first, first: true } },
    })
    reader.press('G', 'k')
    const { top } = reader.state().document ?? {}
    for (const piece of rest)
      reader.send({
        type: 'document',
        answer: { type: 'part', request, part: { ...part, ...piece, first: false } },
      })
    expect(reader.state().document).toMatchObject({ top, whole: true })
  })

  it('leads Esc back to where the last search began', () => {
    const reader = opened()
    const find = (text: string) => {
      reader.press('/')
      reader.type(text)
      const { lines, blocks } = reader.state().document?.text ?? { lines: [], blocks: [] }
      const matches = findIn(lines, blocks, text)
      reader.send({ type: 'document', answer: { type: 'matches', request: 1, text, matches } })
    }
    find('oil')
    reader.press('enter', 'G')
    const { top } = reader.state().document ?? {}
    find('wick')
    reader.press('escape')
    expect(reader.state().document?.top).toBe(top)
  })

  it('takes a number for the key right after it alone', () => {
    const reader = opened()
    reader.press('1', 'j', '5', '0', '%')
    expect(bar(reader)).toMatch(/ 50%$/)
  })

  it('is narrower and wider on < and >', () => {
    const reader = opened({ size: { columns: 160, rows: 24 } })
    expect(reader.during(() => reader.press('<'))).toMatchObject([{ type: 'lay-out', width: 80 }])
    expect(reader.during(() => reader.press('>', '>'))).toMatchObject([{ width: 90 }, { width: 100 }])
  })

  it('scrolls what is wider than the screen sideways', () => {
    const reader = drive(rows(9), { size: { columns: 40, rows: 24 } })
    reader.press('f')
    answer(reader, [{ kind: 'verbatim', lines: [runs(`begin ${'x'.repeat(100)} end`)] }])
    expect(screen(reader)).not.toContain('end')
    reader.press(...Array<string>(20).fill('right'))
    expect(screen(reader)).toContain('x end')
    expect(screen(reader)).not.toContain('begin')
    reader.press(...Array<string>(20).fill('left'))
    expect(screen(reader)).toContain('begin')
    reader.press('left')
    expect(foot(reader)).toContain('This is the left end.')
  })

  it('says why there is none', () => {
    const reader = drive(rows(9))
    reader.press('f')
    const text = 'This paper has no HTML version.'
    reader.send({ type: 'document', answer: { type: 'said', request: 1, text, failed: true } })
    expect(screen(reader)).toContain(text)
    expect(reader.during(() => reader.press('p'))).toEqual([{ type: 'download-pdf', id: idOf(1) }])
  })

  it('that is on the screen stays, whatever is said of a newer one', () => {
    const reader = opened()
    expect(reader.during(() => reader.press('r'))).toMatchObject([{ type: 'open-document', fresh: true }])
    reader.send({
      type: 'document',
      answer: { type: 'said', request: 2, text: 'Nobody answers.', failed: true },
    })
    expect(foot(reader)).toContain('Nobody answers.')
    expect(body(reader).join('\n')).toContain('1 Wicks')
  })

  it('takes no lines that somebody else asked for', () => {
    const reader = opened()
    const before = reader.state().document
    const part = {
      lines: [],
      blocks: [],
      headings: [],
      anchors: [],
      first: true,
      last: true,
      source: '',
      place: null,
    }
    reader.send({ type: 'document', answer: { type: 'part', request: 99, part } })
    expect(reader.state().document).toBe(before)
  })
})

describe('finding in lines', () => {
  it.each([
    ['a word', ['one two', 'three'], 'TWO', [[{ line: 0, start: 4, end: 7 }]]],
    [
      'words over a break',
      ['one two', '  three'],
      'two three',
      [
        [
          { line: 0, start: 4, end: 7 },
          { line: 1, start: 2, end: 7 },
        ],
      ],
    ],
    [
      'all of them',
      ['aa a', 'a'],
      'a',
      [
        [0, 0, 1],
        [0, 1, 2],
        [0, 3, 4],
        [1, 0, 1],
      ].map(([line, start, end]) => [{ line, start, end }]),
    ],
    ['a letter whose small one is longer', ['İx y'], 'y', [[{ line: 0, start: 3, end: 4 }]]],
    ['a letter without its accent', ['Frédéric é'], 'frederic', [[{ line: 0, start: 0, end: 8 }]]],
    ['a letter of mathematics', ['x = 𝐤ₑₛₜ y'], 'kest', [[{ line: 0, start: 4, end: 9 }]]],
    ['nothing', ['one'], 'two', []],
    ['nothing for blanks', ['one'], '  ', []],
  ])('%s', (_, lines, text, found) => {
    expect(
      findIn(
        lines.map((line) => ({ runs: runs(line) })),
        [0],
        text,
      ),
    ).toEqual(found)
  })
})

it.each([
  [80, 24],
  [120, 7],
  [24, 3],
])(
  'a picture at %i × %i is in no status bar and no footer: painted there it would scroll the screen',
  (columns, height) => {
    const reader = drive(rows(9), { size: { columns, rows: height } })
    reader.press('f')
    const picture = placeholderRows(300, { columns: 20, rows: 24 })
    answer(reader, [
      ...TEXT.slice(0, 5),
      { kind: 'drawing', rows: picture, columns: 20 },
      ...TEXT.slice(5, 12),
    ])
    const drawnAt = () =>
      view(reader.state()).lines.flatMap((line, at) =>
        line.some(({ drawn }) => drawn !== undefined) ? [at] : [],
      )
    const seen = new Set<number>()
    for (let presses = 0; presses < 60; presses++) {
      for (const at of drawnAt()) seen.add(at)
      reader.press('j')
    }
    expect([...seen].toSorted((a, b) => a - b)).toEqual(Array.from({ length: height - 2 }, (_, at) => at + 1))
  },
)

describe('how the terminal shows pictures', () => {
  const painted = (width: number): Look => {
    const cell = { width, height: 2 * width }
    return { kind: 'painted', protocol: 'sixel', colours: 256, cell }
  }
  const resize = (reader: Driver, columns: number) =>
    reader
      .during(() => reader.send({ type: 'resized', size: { columns, rows: 24 } }))
      .filter(({ type }) => type === 'ask-look')

  it('is asked once, and again whenever the window changes where they are painted cell by cell', () => {
    const reader = opened()
    expect(resize(reader, 81)).toEqual([])
    expect(reader.during(() => reader.send({ type: 'look', look: painted(10) }))).toEqual([
      { type: 'show-pictures', look: painted(10) },
    ])
    expect(resize(reader, 90)).toEqual([{ type: 'ask-look' }])
    expect(resize(reader, 90)).toEqual([])
    // Nothing has changed.
    expect(reader.during(() => reader.send({ type: 'look', look: painted(10) }))).toEqual([])
    expect(reader.during(() => reader.send({ type: 'look', look: painted(12) }))).toEqual([
      { type: 'show-pictures', look: painted(12) },
    ])
    // Too slow an answer is none.
    expect(reader.during(() => reader.send({ type: 'look', look: null }))).toEqual([])
    expect(reader.state().look).toEqual(painted(12))
  })

  it('shows none while they are switched off', () => {
    const reader = opened()
    reader.send({ type: 'look', look: painted(10) })
    reader.press('i')
    expect(reader.during(() => reader.send({ type: 'look', look: painted(12) }))).toEqual([
      { type: 'show-pictures', look: null },
    ])
    expect(reader.during(() => reader.press('i'))).toEqual([{ type: 'show-pictures', look: painted(12) }])
  })
})
