import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localDay } from '../../src/app/dates.ts'
import { weekday } from '../../src/app/month-grid.ts'
import { streaks, summarise, weeksUpTo } from '../../src/app/statistics.ts'
import { plainStatistics } from '../../src/app/statistics-view.ts'
import { frameText, view } from '../../src/app/view.ts'
import { addDays, dayOf } from '../../src/days.ts'
import { drive } from '../support/driver.ts'
import { rows } from '../support/papers.ts'
import { aCounting, TODAY } from '../support/statistics.ts'

const screen = (reader: ReturnType<typeof drive>) => frameText(view(reader.state()))

describe('days in a row', () => {
  it.each<[string, number[], { current: number; longest: number }]>([
    ['nothing was read', [], { current: 0, longest: 0 }],
    ['only today', [0], { current: 1, longest: 1 }],
    ['today is not over: yesterday still counts', [1, 2, 3], { current: 3, longest: 3 }],
    ['a day was left out', [2, 3], { current: 0, longest: 2 }],
    ['an older run is longer', [0, 1, 5, 6, 7, 8], { current: 2, longest: 4 }],
    ['two runs meet over a leap day', [644, 645, 646, 647], { current: 0, longest: 4 }],
  ])('%s', (_, ago, runs) => {
    const days = ago.map((count) => addDays(TODAY, -count))
    expect(streaks(days, TODAY)).toEqual(runs)
  })

  it('are what counting day by day gives', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), (ago) => {
        const read = Array.from({ length: 42 }, (_, at) => ago.includes(at))
        const runs = read.map((_, at) => read.slice(at).findIndex((each) => !each))
        const { current, longest } = streaks(
          ago.map((count) => addDays(TODAY, -count)),
          TODAY,
        )
        expect(longest).toBe(Math.max(...runs))
        expect(current).toBe(runs[read[0] ? 0 : 1])
      }),
    )
  })
})

describe('the weeks of the map', () => {
  it('end with that of today, and have each day up to today once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 53 }), (days, count) => {
        const today = dayOf(days * 86_400_000)
        const weeks = weeksUpTo(today, count)
        expect(weeks).toHaveLength(count)
        const all = weeks.flat().filter((day) => day !== null)
        expect(all).toHaveLength((count - 1) * 7 + weekday(today) + 1)
        expect(all.at(-1)).toBe(today)
        for (const [at, day] of all.entries()) expect(day).toBe(addDays(all[0] ?? '', at))
        expect(weekday(all[0] ?? '')).toBe(0)
      }),
    )
  })
})

it('a moment is of the day that the clock of this computer shows', () => {
  for (const moment of [new Date(2025, 0, 1, 0, 0), new Date(2024, 1, 29, 23, 59), new Date(2025, 6, 7, 12)])
    expect(localDay(moment.getTime())).toBe(
      [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()]
        .map((part) => String(part).padStart(2, '0'))
        .join('-'),
    )
})

describe('the summary', () => {
  it('counts today, this week from Monday on, this month and all of it', () => {
    const days = ['2025-12-05', '2025-12-01', '2025-11-30', '2025-11-05', '2024-12-05']
    const { read } = summarise(aCounting({ readOn: days.map((day, at) => ({ day, papers: 10 ** at })) }))
    expect(read).toEqual({ today: 1, thisWeek: 11, thisMonth: 11, all: 11_111 })
  })

  it('puts unread papers into the first age that they are of', () => {
    const days = ['2025-12-06', '2025-12-05', '2025-12-04', '2025-11-30', '2025-01-01', '2024-12-31', '']
    const { unread } = summarise(aCounting({ unreadOf: days.map((day, at) => ({ day, papers: 10 ** at })) }))
    expect(unread).toEqual({ today: 11, thisWeek: 100, thisMonth: 0, thisYear: 11_000, older: 1_100_000 })
  })

  it('sees the papers’ days from today in UTC, and what was read from today where the reader is', () => {
    const counting = { ...aCounting({ readOn: [{ day: '2025-12-05', papers: 1 }] }), todayUtc: '2025-12-06' }
    const { read, unread } = summarise({
      ...counting,
      counts: { ...counting.counts, unreadOf: [{ day: '2025-12-05', papers: 2 }] },
    })
    expect(read.today).toBe(1)
    expect(unread).toMatchObject({ today: 0, thisWeek: 2 })
  })
})

describe('the screen', () => {
  it('asks for the counts, says that they are being counted, and shows them', () => {
    const reader = drive(rows(10))
    expect(reader.during(() => reader.press('I'))).toEqual([{ type: 'statistics' }])
    expect(screen(reader)).toContain('Counting …')
    reader.send({ type: 'statistics', answer: aCounting() })
    expect(screen(reader)).toMatch(/half a year.*Read +Unread, by their day.*today +1 /s)
    reader.press('q')
    expect(screen(reader)).toContain('Paper number 1')
  })

  it('says why there are none', () => {
    const reader = drive(rows(10))
    reader.press('I')
    reader.send({ type: 'statistics', answer: { why: 'the library is gone' } })
    expect(screen(reader)).toContain('The statistics cannot be counted: the library is gone')
  })

  it('drops counts that nobody looks at any more', () => {
    const reader = drive(rows(10))
    reader.press('I', 'q')
    reader.send({ type: 'statistics', answer: aCounting() })
    expect(reader.state().overlay).toBeNull()
  })

  it('is reached by its names in the palette', () => {
    for (const name of ['stats', 'statistics']) {
      const reader = drive(rows(10))
      reader.press(':')
      reader.type(name)
      reader.press('enter')
      expect(reader.state().overlay?.kind).toBe('statistics')
    }
  })

  it('is a list on a small screen, which scrolls to its end and no further', () => {
    const reader = drive(rows(10), { size: { columns: 40, rows: 10 } })
    reader.press('I')
    reader.send({ type: 'statistics', answer: aCounting() })
    expect(screen(reader)).not.toContain('half a year')
    reader.press('G', 'j', 'pageDown')
    const end = screen(reader).split('\n').slice(1, -1)
    expect(end.at(-1)).toMatch(/^ {2}Saltmarsh Institute +3/)
    reader.press('k')
    expect(screen(reader).split('\n').slice(2, -1)).toEqual(end.slice(0, -1))
    reader.press('g', 'g')
    expect(screen(reader).split('\n')[2]).toBe('  Read')
  })

  it('shows what a day weighs by signs, the busiest by the heaviest', () => {
    const readOn = [TODAY, '2025-12-04', '2025-12-03', '2025-12-02'].map((day, at) => ({
      day,
      papers: [8, 6, 4, 1][at] ?? 0,
    }))
    const lines = plainStatistics(aCounting({ readOn }), 80, false).split('\n')
    const ends = lines.slice(1, 8).map((line) => line.trimEnd().at(-1))
    // Monday to Sunday; the week ends on Friday.
    expect(ends.slice(0, 5)).toEqual(['·', '░', '▒', '▓', '█'])
    expect(lines[8]).toContain('19 read in half a year')
    const ascii = plainStatistics(aCounting({ readOn }), 80, true).split('\n')
    expect(ascii.slice(1, 6).map((line) => line.trimEnd().at(-1))).toEqual(['-', ':', '=', '%', '#'])
    expect(plainStatistics(aCounting({ readOn, authors: [] }), 80, true)).toMatch(/^[\x00-\x7f]*$/)
  })
})
