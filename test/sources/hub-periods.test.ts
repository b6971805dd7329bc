import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { addDays, dayOf } from '../../src/days.ts'
import { SourceError } from '../../src/sources/errors.ts'
import { createHttp } from '../../src/sources/http.ts'
import type { HubAnswer } from '../../src/sources/hub.ts'
import { fetchPeriod, isPeriod, weekStart } from '../../src/sources/hub-periods.ts'
import { anyRequest, type FakeHub, type FakeHubOptions, startFakeHub } from '../support/fake-hub.ts'
import { generateArchive, generateDay } from '../support/generate.ts'

const hubs: FakeHub[] = []
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
})

/** Two weeks of September 2025 and the first days of October, 28 papers a day. */
async function start(options: FakeHubOptions = {}): Promise<FakeHub> {
  const days = generateArchive({ from: '2025-09-22', to: '2025-10-03', perDay: 28 })
  const hub = await startFakeHub({ days, today: '2025-10-04', ...options })
  hubs.push(hub)
  return hub
}

async function ask(hub: FakeHub, period: string): Promise<HubAnswer> {
  const http = createHttp({ pause: 2 })
  return await fetchPeriod(http, hub.url, period).finally(() => http.close())
}

const idsOf = ({ entries }: HubAnswer) => entries.map(({ paper }) => paper.id).toSorted()
const served = (hub: FakeHub, first: string, last: string) =>
  [...hub.days]
    .filter(([day]) => first <= day && day <= last)
    .flatMap(([, entries]) => entries.map(({ paper }) => paper.id))
    .toSorted()

describe('a week', () => {
  it.each([
    // The year of a week is that of its Thursday.
    ['2025-W01', '2024-12-30'],
    ['2025-W36', '2025-09-01'],
    ['2026-W01', '2025-12-29'],
    ['2026-W53', '2026-12-28'],
    ['2024-W52', '2024-12-23'],
    ['2023-W01', '2023-01-02'],
    ['2020-W53', '2020-12-28'],
    ['2028-W01', '2028-01-03'],
  ])('begins on a Monday: %s on %s', (week, monday) => {
    expect([weekStart(week), isPeriod(week)]).toEqual([monday, true])
  })

  it('follows the one before it, through 80 years', () => {
    const starts: string[] = []
    for (let year = 2000; year < 2080; year++)
      for (let number = 1; number <= 53; number++) {
        const monday = weekStart(`${year}-W${String(number).padStart(2, '0')}`)
        if (monday !== null) starts.push(monday)
        else expect(number).toBe(53)
      }
    expect(starts.slice(1)).toEqual(starts.slice(0, -1).map((monday) => addDays(monday, 7)))
    expect(new Date(`${starts[0]}T00:00:00Z`).getUTCDay()).toBe(1)
  })
})

it.each([
  ...['2025-W53', '2024-W53', '2025-W00', '2025-W54', '2025-W99', '2025-W1', '2025W36', '2025-w36', '25-W36'],
  ...['2025-13', '2025-00', '2025-9', '2025', '2025-09-01', '0000-01', '20250-01'],
  ...[
    '',
    'Trending',
    'trending ',
    ' 2025-09',
    '2025-09\n',
    'today',
    '2025-09&limit=1',
    '2025-W36#',
    '2025-09/..',
  ],
])('%j is no period, and the Hub is not asked for it', async (text) => {
  expect(isPeriod(text)).toBe(false)
  const hub = await start()
  await expect(ask(hub, text)).rejects.toThrow(expect.objectContaining({ code: 'bad-request' }))
  expect(hub.requests).toEqual([])
})

it('any text is a period or not, and what is one needs no escaping in an address', () => {
  const form = fc.stringMatching(/^\d{4}-(?:W\d{2}|\d{2})$/)
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), form), (text) => {
      if (isPeriod(text)) expect(encodeURIComponent(text)).toBe(text)
    }),
    { numRuns: 2000 },
  )
})

describe('fetchPeriod', () => {
  it('brings a week whole, page after page, in the order of the Hub, each paper with its own day', async () => {
    const hub = await start()
    const answer = await ask(hub, '2025-W39')
    expect(idsOf(answer)).toEqual(served(hub, '2025-09-22', '2025-09-28'))
    expect(answer.entries).toHaveLength(140)
    for (const { paper, listedOn } of answer.entries) {
      const listed = hub.days.get(listedOn ?? '')?.map((entry) => entry.paper.id)
      expect(listed).toContain(paper.id)
    }
    const votes = answer.entries.map(({ paper }) => paper.upvotes ?? 0)
    expect(votes).toEqual(votes.toSorted((a, b) => b - a))
    expect(hub.requests.map(({ url }) => url)).toEqual([
      '/api/daily_papers?week=2025-W39&limit=100',
      '/api/daily_papers?week=2025-W39&limit=100&p=1',
    ])
  })

  it('brings a month whole', async () => {
    const hub = await start()
    const answer = await ask(hub, '2025-09')
    expect(idsOf(answer)).toEqual(served(hub, '2025-09-01', '2025-09-30'))
    expect(new Set(answer.entries.map(({ listedOn }) => listedOn)).size).toBe(7)
    expect(answer.problems).toEqual([])
  })

  it('brings what is trending, whenever it was listed', async () => {
    const hub = await start()
    const answer = await ask(hub, 'trending')
    expect(idsOf(answer)).toEqual(served(hub, '2025-09-22', '2025-10-03'))
    expect(hub.requests[0]?.url).toBe('/api/daily_papers?sort=trending&limit=100')
  })

  it('asks for no more of what is trending than anyone looks at', async () => {
    const hub = await start({ days: new Map([['2025-10-03', generateDay('2025-10-03', 900)]]) })
    expect((await ask(hub, 'trending')).entries).toHaveLength(500)
    expect(hub.requests).toHaveLength(5)
  })

  it('is empty for a week or month without papers', async () => {
    const hub = await start()
    for (const period of ['2025-W30', '2023-05'])
      expect(await ask(hub, period)).toMatchObject({ entries: [], problems: [] })
  })

  it.each(['2025-W41', '2025-11'])('says what the Hub says of a time to come: %s', async (period) => {
    await expect(ask(await start(), period)).rejects.toThrow(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining('future') }),
    )
  })

  it.each(['2025-09-22', '2025-09-28'])('takes every day of a week for its own: %s', async (day) => {
    const hub = await start({ days: new Map([[day, generateDay(day, 2)]]) })
    expect((await ask(hub, '2025-W39')).entries).toHaveLength(2)
  })

  it('does not give up a week for a paper that says another day', async () => {
    const json = [...generateDay('2025-09-24', 2), ...generateDay('2025-06-02', 1)]
    const hub = await start({ faults: [{ kind: 'shape', json, match: anyRequest }] })
    expect((await ask(hub, '2025-W39')).entries).toHaveLength(3)
  })

  it.each(['2025-W38', '2025-W41', '2025-08'])(
    'does not believe a server that knows only days and answers for %s with the newest one',
    async (period) => {
      const json = generateDay('2025-10-03', 5)
      const hub = await start({ faults: [{ kind: 'shape', json, match: anyRequest }] })
      await expect(ask(hub, period)).rejects.toThrow(
        expect.objectContaining({ code: 'unknown-shape', message: expect.stringContaining('2025-10-03') }),
      )
    },
  )

  it('names the period in what it says of an answer that breaks off', async () => {
    const hub = await start({ faults: [{ kind: 'truncate', match: anyRequest }] })
    const asking = ask(hub, '2025-W39')
    await expect(asking).rejects.toThrow(SourceError)
    await expect(asking).rejects.toThrow('2025-W39')
  })

  it('asks for a week that has just begun', async () => {
    const today = dayOf(Date.now())
    const hub = await start({ days: new Map([[today, generateDay(today, 3)]]), today })
    const year = addDays(today, 0).slice(0, 4)
    const week = Array.from({ length: 53 }, (_, at) => `${year}-W${String(at + 1).padStart(2, '0')}`).find(
      (text) =>
        weekStart(text) !== null &&
        (weekStart(text) ?? '') <= today &&
        today <= addDays(weekStart(text) ?? '', 6),
    )
    // The last days of December may belong to the next year's first week.
    if (week !== undefined) expect((await ask(hub, week)).entries).toHaveLength(3)
  })
})
