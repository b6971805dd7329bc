import { afterEach, describe, expect, it } from 'vitest'
import { daysBetween } from '../../src/days.ts'
import type { HttpOptions } from '../../src/sources/http.ts'
import type { HubAnswer } from '../../src/sources/hub.ts'
import { type SyncEvent, syncDays } from '../../src/sources/sync.ts'
import {
  anyRequest,
  type FakeHub,
  type FakeHubOptions,
  type Fault,
  onDay,
  onPath,
  startFakeHub,
} from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'

const MONDAY = '2025-01-06'
const TUESDAY = '2025-01-07'
const WEDNESDAY = '2025-01-08'
const SATURDAY = '2025-01-11'
const DAYS = [WEDNESDAY, TUESDAY, MONDAY]

const hubs: FakeHub[] = []
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
})

async function start(faults: Fault[] = [], options: FakeHubOptions = {}): Promise<FakeHub> {
  const days = new Map([
    [MONDAY, generateDay(MONDAY, 250)],
    [TUESDAY, generateDay(TUESDAY, 50)],
    [WEDNESDAY, generateDay(WEDNESDAY, 3)],
  ])
  const hub = await startFakeHub({ days, today: '2025-01-12', faults, ...options })
  hubs.push(hub)
  return hub
}

interface Outcome {
  readonly stored: Map<string, HubAnswer>
  readonly events: SyncEvent[]
  /** The code of the error it ended with. */
  readonly failed: string | null
}

interface Asked extends HttpOptions {
  readonly onEvent?: (event: SyncEvent) => void
  /** Why the library does not believe an answer. */
  readonly disbelieve?: string
}

async function sync(
  hub: { url: string },
  days: readonly string[] = DAYS,
  asked: Asked = {},
): Promise<Outcome> {
  const { onEvent, signal, token, disbelieve = null, ...http } = asked
  const stored = new Map<string, HubAnswer>()
  const events: SyncEvent[] = []
  const failed = await syncDays(
    days,
    {
      store: (day, answer) => {
        stored.set(day, answer)
        return disbelieve
      },
    },
    {
      ...{ endpoint: hub.url, http: { pause: 2, ...http } },
      ...(signal ? { signal } : {}),
      ...(token ? { token } : {}),
      onEvent: (event) => {
        events.push(event)
        onEvent?.(event)
      },
    },
  ).then(
    () => null,
    (error: { code: string }) => error.code,
  )
  return { stored, events, failed }
}

const sizes = ({ stored }: Outcome) =>
  Object.fromEntries([...stored].map(([day, { entries }]) => [day, entries.length]))
const WHOLE = { [WEDNESDAY]: 3, [TUESDAY]: 50, [MONDAY]: 250 }

describe('a sync', () => {
  it('brings every day whole, in the order of the server, whatever its length', async () => {
    const hub = await start()
    const outcome = await sync(hub)
    expect(sizes(outcome)).toEqual(WHOLE)
    expect(
      outcome.events.filter(({ type }) => type === 'day').map((event) => 'day' in event && event.day),
    ).toEqual(DAYS)
    const ids = outcome.stored.get(MONDAY)?.entries.map(({ paper }) => paper.id)
    expect(ids).toEqual(hub.days.get(MONDAY)?.map(({ paper }) => paper.id))
    expect(outcome.failed).toBeNull()
  })

  it('tells how far it is', async () => {
    const { events } = await sync(await start(), [TUESDAY, SATURDAY])
    expect(events).toEqual([
      { type: 'day', day: TUESDAY, done: 0, total: 2 },
      { type: 'stored', day: TUESDAY, done: 1, total: 2, papers: 50 },
      { type: 'day', day: SATURDAY, done: 1, total: 2 },
      { type: 'stored', day: SATURDAY, done: 2, total: 2, papers: 0 },
    ])
  })

  it('ends where a server repeats its page for ever', async () => {
    const json = generateDay(TUESDAY, 100)
    const hub = await start([{ kind: 'shape', json, match: onDay(TUESDAY), times: Infinity }])
    expect(sizes(await sync(hub, [TUESDAY]))).toEqual({ [TUESDAY]: 100 })
    expect(hub.requests.length).toBe(2)
  })

  it('reports an entry that cannot be read and stores the others', async () => {
    const json = [...generateDay(TUESDAY, 2), { paper: {} }]
    const outcome = await sync(await start([{ kind: 'shape', json, match: onDay(TUESDAY) }]), [TUESDAY])
    expect(sizes(outcome)).toEqual({ [TUESDAY]: 2 })
    expect(outcome.events).toContainEqual({
      type: 'problem',
      where: TUESDAY,
      problem: expect.stringMatching(/^entry 3 /),
    })
  })

  it('reports an answer that the library does not believe', async () => {
    const { events } = await sync(await start(), [TUESDAY], { disbelieve: 'The day was longer before.' })
    expect(events).toContainEqual({ type: 'problem', where: TUESDAY, problem: 'The day was longer before.' })
  })

  it('sends its token', async () => {
    const hub = await start()
    await sync(hub, [TUESDAY], { token: 'secret-token' })
    expect(new Set(hub.requests.map(({ headers }) => headers.authorization))).toEqual(
      new Set(['Bearer secret-token']),
    )
  })
})

describe('what passes', () => {
  it.each<[string, Fault]>([
    ['an error of the server', { kind: 'status', status: 500, match: onDay(TUESDAY), times: 2 }],
    ['a reset', { kind: 'reset', match: onDay(TUESDAY) }],
    ['a body that breaks off', { kind: 'reset-midway', match: onDay(TUESDAY) }],
    ['a 429', { kind: 'status', status: 429, headers: { 'retry-after': '0' }, match: onDay(TUESDAY) }],
  ])('costs nothing but a wait: %s', async (_kind, fault) => {
    const outcome = await sync(await start([fault]))
    expect(sizes(outcome)).toEqual(WHOLE)
    expect(outcome.events.some(({ type }) => type === 'waiting')).toBe(true)
    expect(outcome.events.some(({ type }) => type === 'page' || type === 'problem')).toBe(false)
  })
})

describe('where the API cannot give a day', () => {
  const api = onPath('/api/')
  it.each<[string, Fault]>([
    ['it fails', { kind: 'status', status: 500, match: api, times: Infinity }],
    ['it is gone', { kind: 'status', status: 404, match: api, times: Infinity }],
    ['its JSON is cut off', { kind: 'truncate', match: api, times: Infinity }],
    ['it gives a page to log in', { kind: 'wrong-type', match: api, times: Infinity }],
    ['it gives another shape', { kind: 'shape', json: { papers: [] }, match: api, times: Infinity }],
    [
      'it gives another day',
      { kind: 'shape', json: generateDay('2024-05-06', 9), match: api, times: Infinity },
    ],
    ['it sends in circles', { kind: 'redirect', location: '/api/daily_papers', match: api, times: Infinity }],
    ['it sends to a file', { kind: 'redirect', location: 'file:///etc/passwd', match: api, times: Infinity }],
    ['it gives too much', { kind: 'huge', bytes: 6_000_000, match: api, times: Infinity }],
  ])('the page does: %s', async (_kind, fault) => {
    const outcome = await sync(await start([fault]), [...DAYS, SATURDAY], { maxBytes: 5_000_000 })
    // For a Saturday the page shows another day, which is not stored as that Saturday's.
    expect(sizes(outcome)).toEqual({ ...WHOLE, [SATURDAY]: 0 })
    expect(outcome.events).toContainEqual({ type: 'page', why: expect.any(String) })
    expect(outcome.failed).toBeNull()
  })

  it('the page does, where it does not take the question; but a day that the page does not show is none', async () => {
    const fault = { kind: 'status', status: 400, match: api, times: Infinity } as const
    const outcome = await sync(await start([fault]), [SATURDAY, ...DAYS])
    expect(sizes(outcome)).toEqual(WHOLE)
    expect(outcome.events).toContainEqual(expect.objectContaining({ type: 'problem', where: SATURDAY }))
    expect(outcome.failed).toBe('bad-request')
  })

  it('the page is asked for at once from the second day on', async () => {
    const hub = await start([], { apiOff: true })
    await sync(hub)
    expect(hub.requests.filter(({ url }) => url.startsWith('/api/')).length).toBe(1)
  })

  it('the older address of the page serves too', async () => {
    const hub = await start(
      [{ kind: 'status', status: 404, match: onPath('/papers/date/'), times: Infinity }],
      { apiOff: true },
    )
    expect(sizes(await sync(hub))).toEqual(WHOLE)
  })

  it('and the page cannot either, what can be had is stored and the error told', async () => {
    const broken = ({ path, query }: { path: string; query: URLSearchParams }) =>
      path.endsWith(TUESDAY) || query.get('date') === TUESDAY
    const outcome = await sync(await start([{ kind: 'wrong-type', match: broken, times: Infinity }]))
    expect(sizes(outcome)).toEqual({ [WEDNESDAY]: 3, [MONDAY]: 250 })
    expect(outcome.events).toContainEqual(expect.objectContaining({ type: 'problem', where: TUESDAY }))
    expect(outcome.failed).toBe('unknown-shape')
  })

  it('a captive portal that answers everything is an error, not an empty day', async () => {
    const outcome = await sync(await start([{ kind: 'wrong-type', match: anyRequest, times: Infinity }]))
    expect([sizes(outcome), outcome.failed]).toEqual([{}, 'unknown-shape'])
  })
})

describe('a sync ends at once, and keeps what it has,', () => {
  it.each<[string, Fault, string]>([
    [
      'where access is refused',
      { kind: 'status', status: 401, match: onDay(TUESDAY), times: Infinity },
      'refused',
    ],
    [
      'where the server asks for patience',
      { kind: 'status', status: 429, headers: { 'retry-after': '900' }, match: onDay(TUESDAY) },
      'rate-limited',
    ],
    ['where connections break', { kind: 'reset', match: onDay(TUESDAY), times: Infinity }, 'unreachable'],
    ['where nothing comes', { kind: 'hang', match: onDay(TUESDAY), times: Infinity }, 'timeout'],
  ])('%s', async (_when, fault, code) => {
    const outcome = await sync(await start([fault]), DAYS, { timeout: 200, tries: 2 })
    // Monday was asked for at the same time as Tuesday.
    expect([{ [WEDNESDAY]: 3 }, { [WEDNESDAY]: 3, [MONDAY]: 250 }]).toContainEqual(sizes(outcome))
    expect(outcome.failed).toBe(code)
  })

  it('where one day after the other fails', async () => {
    const days = daysBetween('2024-12-01', MONDAY)
    const outcome = await sync(
      await start([{ kind: 'status', status: 500, match: anyRequest, times: Infinity }]),
      days,
    )
    expect([sizes(outcome), outcome.failed]).toEqual([{}, 'server'])
    expect(outcome.events.filter(({ type }) => type === 'day').length).toBeLessThan(10)
  })

  it('where nobody listens', async () => {
    const outcome = await sync({ url: 'http://127.0.0.1:1' })
    expect([sizes(outcome), outcome.failed]).toEqual([{}, 'unreachable'])
  })

  it('where it is told to stop', async () => {
    const controller = new AbortController()
    const stopAfterFirst = (event: SyncEvent) => {
      if (event.type === 'day' && event.day === TUESDAY) controller.abort()
    }
    const outcome = await sync(await start(), DAYS, { signal: controller.signal, onEvent: stopAfterFirst })
    expect([sizes(outcome), outcome.failed]).toEqual([{ [WEDNESDAY]: 3 }, 'stopped'])
  })
})
