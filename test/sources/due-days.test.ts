import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, isWeekend } from '../../src/days.ts'
import type { SyncDay } from '../../src/paper.ts'
import { dueDays } from '../../src/sources/sync.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
// A Wednesday.
const TODAY = '2025-03-12'
const NOW = Date.parse(`${TODAY}T15:00:00Z`)

const known = (day: string, syncedAt: number, papers = 10, asked = 1): SyncDay => ({
  day,
  syncedAt,
  papers,
  asked,
})
/** What a sync that nobody asked for looks at; `since` is the first day that one ever wanted. */
const due = (now: number, entries: readonly SyncDay[], since: string | null = null, asked = false) =>
  dueDays({ now, known: entries, since, asked })

const window = daysBetween('2025-02-27', TODAY)
/** The last two weeks, all brought up to date a minute ago, but for one day. */
const upToDateBut = (other: SyncDay) => [
  ...window
    .filter((day) => day !== other.day)
    .map((day) => known(day, NOW - MINUTE, isWeekend(day) ? 0 : 10)),
  other,
]

describe('what a sync asks for', () => {
  it('is the last two weeks at the first time, newest first', () => {
    expect(due(NOW, [])).toEqual(window)
    expect(window.length).toBe(14)
  })

  it('is nothing where all is up to date', () => {
    expect(due(NOW, upToDateBut(known(TODAY, NOW - MINUTE)))).toEqual([])
  })

  const YESTERDAY = '2025-03-11'
  const SATURDAY = '2025-03-08'
  const at = (day: string, time: string) => Date.parse(`${day}T${time}Z`)
  it.each<[string, SyncDay, boolean]>([
    ['today, asked for 59 minutes ago', known(TODAY, NOW - 59 * MINUTE), false],
    ['today, asked for an hour ago', known(TODAY, NOW - HOUR), true],
    ['today, empty 59 minutes ago', known(TODAY, NOW - 59 * MINUTE, 0), false],
    ['today, empty an hour ago and asked for often', known(TODAY, NOW - HOUR, 0, 9), true],
    ['yesterday, asked for before it was over', known(YESTERDAY, at(YESTERDAY, '23:59:59')), true],
    ['yesterday, asked for once it was over', known(YESTERDAY, at(TODAY, '00:00:00')), false],
    ['a day of last week, asked for 23 hours ago', known('2025-03-06', NOW - 23 * HOUR), false],
    ['a day of last week, asked for a day ago', known('2025-03-06', NOW - 24 * HOUR), true],
    ['a working day, empty at the first time an hour ago', known('2025-03-06', NOW - HOUR, 0), true],
    ['a working day, empty at the first time a minute ago', known('2025-03-06', NOW - MINUTE, 0), false],
    ['a working day, empty twice', known('2025-03-06', NOW - 48 * HOUR, 0, 2), false],
    ['a weekend, empty once it was over', known(SATURDAY, at('2025-03-09', '12:00:00'), 0), false],
    ['a weekend, empty twice', known(SATURDAY, NOW - 48 * HOUR, 0, 2), false],
    ['a weekend that had papers, a day ago', known(SATURDAY, NOW - 24 * HOUR, 3), true],
  ])('%s: %j', (_case, entry, expected) => {
    expect(due(NOW, upToDateBut(entry))).toEqual(expected ? [entry.day] : [])
  })

  it('holds every day of a longer absence', () => {
    const last = '2025-01-15'
    const before = daysBetween('2025-01-02', last).map((day) =>
      known(day, at(last, '18:00:00'), isWeekend(day) ? 0 : 10),
    )
    const wanted = due(NOW, before, '2025-01-02')
    expect(new Set(wanted)).toEqual(new Set(daysBetween(last, TODAY)))
    expect(wanted.length).toBe(daysBetween(last, TODAY).length)
  })

  it('holds the rest of a longer absence where a sync was stopped after any of its days', () => {
    const before = daysBetween('2025-01-02', '2025-01-15').map((day) =>
      known(day, NOW - 55 * 24 * HOUR, isWeekend(day) ? 0 : 10),
    )
    const wanted = due(NOW, before, '2025-01-02')
    for (const count of [1, 5, 14, 20, 40]) {
      const done = new Set(wanted.slice(0, count))
      const stored = wanted.slice(0, count).map((day) => known(day, NOW, isWeekend(day) ? 0 : 10))
      const after = due(
        NOW + MINUTE,
        [...before.filter(({ day }) => !done.has(day)), ...stored],
        '2025-01-02',
      )
      expect(new Set(after)).toEqual(new Set(wanted.slice(count)))
    }
  })

  it('leaves old days alone once they are known', () => {
    const old = daysBetween('2024-12-01', '2025-02-26').map((day) =>
      known(day, at(addDays(day, 3), '00:00:00')),
    )
    expect(due(NOW, [...old, ...upToDateBut(known(TODAY, NOW - MINUTE))], '2024-12-01')).toEqual([])
  })

  it('holds today where a person asks, however lately it was looked for', () => {
    expect(due(NOW, upToDateBut(known(TODAY, NOW - MINUTE)), null, true)).toEqual([TODAY])
  })

  it('does not follow a single old day that was asked for by its name', () => {
    const single = known('2023-06-01', NOW - HOUR)
    expect(due(NOW, [single, ...upToDateBut(known(TODAY, NOW - MINUTE))], '2025-02-27')).toEqual([])
  })

  it('survives a clock that was set back', () => {
    expect(due(NOW, [known('2025-03-20', NOW + 8 * 24 * HOUR)])).toEqual(window)
  })
})
