import { describe, expect, it } from 'vitest'
import { countDays } from '../../src/app/calendar.ts'
import { contextOf } from '../../src/app/commands.ts'
import { frameText, view } from '../../src/app/view.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import { type Driver, drive } from '../support/driver.ts'
import { aRow, idOf, rows } from '../support/papers.ts'

// 30 June 2025 is a Monday; `rows` gives ten papers to each day down from there.
const TODAY = '2025-07-02'

function calendar(
  list: readonly PaperRow[] = rows(60),
  { synced = [] as string[], size = { columns: 80, rows: 24 } } = {},
): Driver {
  const reader = drive(list, { size })
  reader.press('D')
  reader.send({ type: 'calendar', today: TODAY, synced })
  return reader
}

const dayOf = (reader: Driver) => {
  const { overlay } = reader.state()
  return overlay?.kind === 'calendar' ? overlay.day : null
}
const screen = (reader: Driver) => frameText(view(reader.state()))
const footer = (reader: Driver) => reader.state().message?.text

describe('moving in the calendar', () => {
  it.each<[string, string[], string]>([
    ['it opens on the day of the selected paper', [], '2025-06-30'],
    ['l and h go by day', ['l', 'l', 'h'], '2025-07-01'],
    ['arrows too', ['right', 'down', 'left', 'up', 'left'], '2025-06-29'],
    ['j and k go by week', ['k', 'k', 'j'], '2025-06-23'],
    ['] and [ go by month, to the last day of a shorter one', ['l', '[', 'h', '['], '2025-04-30'],
    ['} and { go by year', ['{', '{', '}'], '2024-06-30'],
    ['t goes to today', ['{', 't'], TODAY],
    ['a date that is typed is where it goes', [...'2024-02-29'], '2024-02-29'],
    ['as soon as it means one', [...'2024-02-2'], '2024-02-02'],
    ['a month and a day are of this year', [...'03-09'], '2025-03-09'],
    ['a month is its first day', [...'2023-12'], '2023-12-01'],
    ['what means none leads back', [...'2024-13'], '2025-06-30'],
    ['backspace takes back a letter', [...'2024-02-29', 'backspace'], '2024-02-02'],
    ['escape takes back all of it', [...'2024-02-29', 'escape'], '2025-06-30'],
    ['moving goes on from the date', [...'2024-02-29', 'l'], '2024-03-01'],
    ['and another date is typed after that', [...'2024-02-29', 'l', ...'04-05'], '2024-04-05'],
  ])('%s', (_, keys, day) => {
    const reader = calendar()
    reader.press(...keys)
    expect(dayOf(reader)).toBe(day)
  })

  it('says which day it is on, and what is being typed', () => {
    const reader = calendar()
    expect(screen(reader).split('\n')[0]).toContain('Mon 30 Jun 2025 · 10 papers, 10 unread')
    reader.press(...'2025-06-2')
    expect(screen(reader).split('\n')[0]).toMatch(/ 2025-06-2 +Mon 2 Jun 2025/)
  })

  it.each(['2025-13', '2025-02-30', '99', '7'])(
    'goes nowhere by %s, which is no day, and says so',
    (text) => {
      const reader = calendar()
      reader.press(...text)
      expect(screen(reader).split('\n')[0]).toMatch(new RegExp(` ${text} +no day yet`))
      for (const key of ['enter', 'w', 'm', 's']) {
        reader.press(key)
        expect(footer(reader)).toBe(`${text} is no day. Type one as 2025-03-14, or as 03-14 in this year.`)
        expect(dayOf(reader)).toBe('2025-06-30')
      }
      reader.press('escape', 'enter')
      expect(reader.selected()).toBe(idOf(1))
    },
  )

  it('closes by escape and q, and the list is as it was', () => {
    for (const key of ['escape', 'q']) {
      const reader = drive(rows(60))
      reader.press('j', 'j')
      const before = screen(reader)
      reader.press('g', 'd', 'k', key)
      expect(screen(reader)).toBe(before)
    }
  })

  it('stays below the help and the palette, and is there again after them', () => {
    const reader = calendar()
    reader.press('k', '?')
    expect(screen(reader)).toContain('In the calendar')
    reader.press('escape')
    expect(contextOf(reader.state())).toBe('calendar')
    reader.press(':')
    reader.type('a year earlier')
    reader.press('enter')
    expect(dayOf(reader)).toBe('2024-06-23')
  })

  it('opens over an empty library on today', () => {
    expect(dayOf(calendar([]))).toBe(TODAY)
  })
})

describe('what the calendar shows of a day', () => {
  const list = [
    ...rows(12).map((row, at) => ({ ...row, read: at < 7, hidden: at === 9 })),
    aRow({ id: idOf(90), day: '' }),
  ]

  it('is counted from its papers, without those that are hidden', () => {
    expect([...countDays(list, '2025-06-01', '2025-06-30')]).toEqual([
      ['2025-06-30', { papers: 9, unread: 2 }],
      ['2025-06-29', { papers: 2, unread: 2 }],
    ])
    expect(countDays(list, '2025-06-30', '2025-07-30').size).toBe(1)
    expect(countDays(list, '2025-01-01', '2025-05-30').size).toBe(0)
    expect(countDays([], '2025-01-01', '2025-05-30').size).toBe(0)
  })

  it('changes with what is read', () => {
    const reader = calendar(list)
    reader.press('escape', 'n', 'm', 'D')
    expect(screen(reader)).toContain('9 papers, 1 unread')
  })

  it('tells days without papers from those that nobody asked for', () => {
    const reader = calendar(list, { synced: ['2025-06-26'] })
    reader.press(...'06-26')
    expect(screen(reader).split('\n')[0]).toContain('Thu 26 Jun 2025 · no papers')
    reader.press('h')
    expect(screen(reader).split('\n')[0]).toContain('Wed 25 Jun 2025 · not synced yet')
    const days = screen(reader)
      .split('\n')
      .find((line) => / 24/.test(line) && / 26/.test(line))
    expect(days).toMatch(/24\? +>25\? +26- +27\? +28 +29/)
  })

  it('marks today and the selected day by signs, and days by how many papers they have', () => {
    const lines = screen(calendar(list, { size: { columns: 40, rows: 24 } })).split('\n')
    expect(lines.find((line) => />30/.test(line))).toMatch(/^ +>30█ *$/)
    expect(lines.find((line) => line.includes(' 29'))).toMatch(/ 29░ *$/)
    expect(
      screen(calendar(list))
        .split('\n')
        .some((line) => line.includes('* 2')),
    ).toBe(false)
    const july = calendar(list)
    july.press('l')
    expect(screen(july)).toMatch(/> 1\? +\* 2\?/)
  })

  it('is counted whole where a day has very many papers', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => aRow({ id: idOf(at), day: TODAY }))
    const year = countDays(many, '2024-08-01', '2025-07-31')
    expect(year.get(TODAY)).toEqual({ papers: 100_000, unread: 100_000 })
  })
})

describe('going from the calendar', () => {
  it('enter goes to the first paper of the day', () => {
    const reader = calendar()
    reader.press('h', 'h', 'enter')
    expect(reader.state().overlay).toBeNull()
    expect(reader.selected()).toBe(idOf(21))
    expect(screen(reader)).toContain('Sat 28 Jun 2025 · 10 papers')
  })

  it('enter says where a day has no papers', () => {
    const reader = calendar(rows(60), { synced: ['2025-07-02'] })
    reader.press('l', 'enter')
    expect(footer(reader)).toBe('No paper of this day is here, and it was not synced yet.')
    reader.press('l', 'enter')
    expect(footer(reader)).toBe('No paper of this day is here.')
    expect(contextOf(reader.state())).toBe('calendar')
  })

  it('enter stays in a view that has papers of the day, and leaves one that has none', () => {
    const list = rows(60).map((row, at) => ({ ...row, starred: at === 14 }))
    const reader = drive(list)
    reader.press('3', 'D', 'enter')
    expect([reader.state().view, reader.selected()]).toEqual(['starred', idOf(15)])
    reader.press('D', 'h', 'enter')
    expect([reader.state().view, reader.selected()]).toEqual(['all', idOf(21)])
  })

  it('enter leaves a search', () => {
    const reader = drive(rows(60))
    reader.press('/')
    reader.type('x')
    reader.find([idOf(33)])
    reader.press('enter', 'D', 'enter')
    expect([reader.state().search, reader.selected()]).toEqual([null, idOf(31)])
  })

  it('w lists the week under its days, and escape leads back', () => {
    const reader = calendar()
    const asked = reader.during(() => reader.press('h', 'w'))
    expect(asked).toContainEqual(
      expect.objectContaining({ type: 'search', query: 'date:2025-06-23..2025-06-29', limit: 10_000 }),
    )
    reader.find(reader.shown().slice(10, 60))
    const text = screen(reader)
    expect(text.split('\n')[0]).toContain(' Week of 23 June 2025 1/50')
    expect(text).toContain('Sun 29 Jun 2025 · 10 papers')
    expect(text).toContain('Sat 28 Jun 2025 · 10 papers')
    reader.press(']')
    expect(reader.selected()).toBe(idOf(21))
    reader.press('G')
    expect(screen(reader)).not.toContain('Ask the Hub')
    reader.press('escape')
    expect(reader.state().search).toBeNull()
    expect(reader.selected()).toBe(idOf(1))
  })

  it('m lists the month', () => {
    const reader = calendar()
    const asked = reader.during(() => reader.press(...'2024-02-10', 'm'))
    expect(asked).toContainEqual(expect.objectContaining({ query: 'date:2024-02-01..2024-02-29' }))
    reader.find([])
    expect(screen(reader).split('\n')[0]).toContain(' February 2024 0/0')
    expect(screen(reader)).toContain('No paper of these days is here.')
  })

  it('s syncs a day that is missing, and says why not another', () => {
    const reader = calendar(rows(60), { synced: ['2025-06-30'] })
    const asked = reader.during(() => reader.press('l', 's'))
    expect(asked).toEqual([{ type: 'sync', asked: true, all: false, day: '2025-07-01' }])
    const says: [string, string][] = [
      ['2025-06-30', 'This day was synced before.'],
      ['2025-06-28', 'The Hub lists nothing on Saturdays and Sundays.'],
      ['2025-07-03', 'This day is still to come.'],
      ['2023-05-03', 'The Hub’s lists begin on 4 May 2023.'],
    ]
    for (const [day, why] of says) {
      expect(reader.during(() => reader.press(...day, 's'))).toEqual([])
      expect(footer(reader)).toBe(why)
      reader.press('escape')
    }
  })

  it('asks again which days are here when papers come in, and once a sync has ended', () => {
    const reader = calendar()
    expect(reader.during(() => reader.arrive(rows(60)))).toContainEqual({ type: 'load-calendar' })
    const end = { kind: 'done', added: 0, asked: true } as const
    expect(reader.during(() => reader.send({ type: 'synced', end }))).toEqual([{ type: 'load-calendar' }])
    reader.send({ type: 'calendar', today: TODAY, synced: ['2025-07-01'] })
    reader.press('l')
    expect(screen(reader).split('\n')[0]).toContain('Tue 1 Jul 2025 · no papers')
  })
})
