// Every way that a server, a network or a proxy has failed: what is told, and what is stored. The README's table of faults
// is held to what is told here.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { SourceErrorCode } from '../../src/sources/errors.ts'
import { makeIdentity } from '../support/certificate.ts'
import { anyRequest, type FakeHub, type Fault, onDay, onPath, startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { temporaryLibrary } from '../support/papers.ts'
import { inFrontOf, startProxy, startSecureServer, startServer } from '../support/servers.ts'
import { listed, type SyncRun, syncInto, type Told } from '../support/synced.ts'

const MONDAY = '2025-01-06'
const TUESDAY = '2025-01-07'
const WEDNESDAY = '2025-01-08'
const SIZE = 4

/** The README's table: for each fault, what is seen of it. */
const ROWS = new Map(
  readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
    .split(/^## /m)
    .find((section) => section.startsWith('When a sync goes wrong'))
    ?.split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => {
      const [, fault = '', seen = ''] = line.split('|').map((cell) => cell.trim())
      return [fault, [...seen.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)] as const
    }),
)
const seen = new Set<string>()

/** Expects that a message is one of those that the README gives for a fault. */
function expectInReadme(fault: string, message: string): void {
  const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('…', '.+')
  const fitting = ROWS.get(fault)?.find((text) => new RegExp(`^${escaped(text)}$`).test(message))
  expect(fitting, `the README’s “${fault}” does not have: ${message}`).toBeDefined()
  seen.add(fitting ?? '')
}

const hubs: FakeHub[] = []
// Not after each: some run side by side.
afterAll(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
})

async function startHub(...faults: Fault[]): Promise<FakeHub> {
  const days = new Map([MONDAY, TUESDAY, WEDNESDAY].map((day, seed) => [day, generateDay(day, SIZE, seed)]))
  const hub = await startFakeHub({ days, today: '2025-01-12', faults })
  hubs.push(hub)
  return hub
}

const idsOf = (hub: FakeHub, day: string) => hub.days.get(day)?.map(({ paper }) => paper.id)

/** A library with Monday in it, and a sync of other days from a server that fails. */
async function afterMonday(
  hub: FakeHub,
  run: Partial<SyncRun> = {},
): Promise<Told & { lists: Record<string, number> }> {
  using held = temporaryLibrary()
  const { faults } = hub
  hub.faults = []
  await syncInto(held.library, { endpoint: hub.url, days: [MONDAY] })
  hub.faults = faults
  hub.requests.length = 0
  const told = await syncInto(held.library, { endpoint: hub.url, days: [TUESDAY], ...run })
  // Whatever happens, what was there is there.
  expect(listed(held.library, MONDAY)).toEqual(idsOf(hub, MONDAY))
  const days = [TUESDAY, WEDNESDAY].map((day) => [day, listed(held.library, day).length])
  return { ...told, lists: Object.fromEntries(days.filter(([, count]) => count !== 0)) }
}

type Kind = Fault extends infer F ? (F extends Fault ? Omit<F, 'match' | 'times'> : never) : never
const always = (kind: Kind, match: Fault['match'] = anyRequest) =>
  ({ ...kind, match, times: Number.POSITIVE_INFINITY }) as Fault
const LONG = 60_000

describe('a fault that every day would share ends the sync at once', () => {
  it.concurrent.each<[string, string, SourceErrorCode, Kind, Partial<SyncRun>?]>([
    ['slow headers', 'a slow server or network', 'timeout', { kind: 'slow-headers', delayMs: LONG }],
    ['a slow body', 'a slow server or network', 'timeout', { kind: 'slow-body', delayMs: LONG }],
    [
      'a body that drips',
      'a slow server or network',
      'timeout',
      { kind: 'slow-body', delayMs: LONG },
      { timeout: LONG, deadline: 100 },
    ],
    ['a reset', 'a connection that breaks', 'unreachable', { kind: 'reset' }],
    ['a reset in the middle', 'a connection that breaks', 'unreachable', { kind: 'reset-midway' }],
    ['401', 'access refused', 'refused', { kind: 'status', status: 401 }],
    ['403', 'access refused', 'refused', { kind: 'status', status: 403 }],
    ['429 without a word', 'too many requests', 'rate-limited', { kind: 'status', status: 429 }],
    [
      '429 for a long time',
      'too many requests',
      'rate-limited',
      { kind: 'status', status: 429, headers: { 'retry-after': '3600' } },
    ],
    [
      '429 for a long window',
      'too many requests',
      'rate-limited',
      { kind: 'status', status: 429, headers: { ratelimit: '"api";r=0;t=900' } },
    ],
    [
      'a status that asks for patience',
      'too many requests',
      'rate-limited',
      { kind: 'status', status: 406 },
      { slowDown: [406] },
    ],
  ])('%s', async (_fault, row, code, kind, http = {}) => {
    const hub = await startHub(always(kind))
    const told = await afterMonday(hub, { timeout: 100, tries: 2, days: [TUESDAY, WEDNESDAY], ...http })
    expect(told).toMatchObject({ error: { code }, lists: {}, stored: [], problems: [], pages: [] })
    expectInReadme(row, told.error?.message ?? '')
  })

  it('nobody there', async () => {
    const hub = await startHub()
    const told = await afterMonday(hub, { endpoint: 'http://127.0.0.1:1' })
    expect(told).toMatchObject({ error: { code: 'unreachable', offline: true }, lists: {} })
    expectInReadme('no network, or nobody there', told.error?.message ?? '')
  })

  it.each<[string, SourceErrorCode, number | null]>([
    ['a proxy that is down', 'unreachable', null],
    ['a proxy that wants a login', 'refused', 407],
  ])('%s', async (_fault, code, refuse) => {
    const hub = await startHub()
    const proxy = await startProxy(refuse === null ? {} : { refuse })
    if (refuse === null) await proxy[Symbol.asyncDispose]()
    const told = await afterMonday(hub, { env: { http_proxy: proxy.url }, tries: 2 })
    await proxy[Symbol.asyncDispose]()
    expect(told).toMatchObject({ error: { code }, lists: {} })
    expect(hub.requests).toEqual([])
    expectInReadme('a proxy that does not work', told.error?.message ?? '')
  })

  it.each([
    ['a certificate of somebody unknown', {}],
    ['a certificate out of its time', { until: new Date('2020-01-01'), from: new Date('2019-01-01') }],
  ])('%s', async (row, wish) => {
    const hub = await startHub()
    await using server = await startSecureServer(
      makeIdentity(wish),
      inFrontOf(hub.url, () => false),
    )
    const told = await afterMonday(hub, { endpoint: server.url })
    expect(told).toMatchObject({ error: { code: 'refused' }, lists: {} })
    expect(hub.requests).toEqual([])
    expectInReadme(row, told.error?.message ?? '')
  })
})

const BEYOND = { maxBytes: 1_000_000 }

describe('a fault of the API is made good by the page, and costs a day where the page has it too', () => {
  const faults: [string, string, Kind, Partial<SyncRun>?][] = [
    ['500 for ever', 'an API that fails', { kind: 'status', status: 500 }],
    ['503 without end', 'an API that fails', { kind: 'status', status: 503 }],
    ['404', 'an API that fails', { kind: 'status', status: 404 }],
    ['406', 'an API that fails', { kind: 'status', status: 406 }],
    ['400', 'an API that fails', { kind: 'status', status: 400 }],
    ['truncated JSON', 'an answer that is cut off', { kind: 'truncate' }],
    ['a page to log in', 'a network that wants a login', { kind: 'wrong-type' }],
    ['a gzip bomb', 'an answer that is far too large', { kind: 'huge', bytes: 300_000_000 }, BEYOND],
    ['50 MB', 'an answer that is far too large', { kind: 'huge', bytes: 50_000_000 }],
    [
      'redirects in circles',
      'a server that sends elsewhere',
      { kind: 'redirect', location: '/api/daily_papers' },
    ],
    [
      'a redirect to a file',
      'a server that sends elsewhere',
      { kind: 'redirect', location: 'file:///etc/passwd' },
    ],
  ]

  it.each(faults)('%s', async (_fault, row, kind, http = {}) => {
    const byPage = await afterMonday(await startHub(always(kind, onPath('/api/'))), http)
    expect(byPage).toMatchObject({ error: null, problems: [], lists: { [TUESDAY]: SIZE } })
    expect(byPage.pages).toHaveLength(1)
    expectInReadme(row, byPage.pages[0] ?? '')

    const ofTuesday: Fault['match'] = ({ path, query }) =>
      path.endsWith(TUESDAY) || query.get('date') === TUESDAY || (path === '/api/daily_papers' && !query.size)
    const hub = await startHub(always(kind, ofTuesday))
    const neither = await afterMonday(hub, { days: [TUESDAY, WEDNESDAY, MONDAY], ...http })
    expect(neither).toMatchObject({ lists: { [WEDNESDAY]: SIZE }, pages: [] })
    expect(neither.stored.toSorted()).toEqual([MONDAY, WEDNESDAY])
    expect(neither.problems).toHaveLength(1)
    const [day, problem] = neither.problems[0]?.split(/: (.*)/) ?? []
    expect(day).toBe(TUESDAY)
    expectInReadme(row, problem ?? '')
    expect(neither.error?.message).toBe(
      '1 day could not be brought in. What came before is stored; try again later.',
    )
  })

  it('day after day, it ends the sync', async () => {
    const told = await afterMonday(await startHub(always({ kind: 'status', status: 500 })), {
      days: [TUESDAY, WEDNESDAY],
      tries: 2,
    })
    expect(told).toMatchObject({ error: { code: 'server' }, lists: {} })
    expectInReadme('trouble day after day', told.error?.message ?? '')
  })
})

describe('a fault that costs nothing', () => {
  it.each<[string, Kind, Partial<SyncRun>?]>([
    ['503, then fine', { kind: 'status', status: 503, headers: { 'retry-after': '0' } }],
    ['429, then fine', { kind: 'status', status: 429 }],
    ['a reset in the middle, then fine', { kind: 'reset-midway' }],
    ['slow headers, then fine', { kind: 'slow-headers', delayMs: LONG }],
  ])('%s: a wait', async (_fault, kind) => {
    const fault = { ...kind, match: onDay(TUESDAY) } as Fault
    const told = await afterMonday(await startHub(fault), { timeout: 100 })
    expect(told).toMatchObject({ error: null, problems: [], pages: [], lists: { [TUESDAY]: SIZE } })
    expect(told.waits).toHaveLength(1)
  })

  it.each(['text/html', 'image/png', 'application/json; charset=nonsense', ''])(
    'JSON that calls itself “%s”',
    async (type) => {
      const hub = await startHub()
      const front = inFrontOf(hub.url, ({ url = '' }, response) => {
        if (!url.startsWith('/api/')) return false
        response.writeHead(200, type ? { 'content-type': type } : {})
        response.end(JSON.stringify(hub.days.get(TUESDAY)))
        return true
      })
      await using server = await startServer(front)
      const told = await afterMonday(hub, { endpoint: server.url })
      expect(told).toMatchObject({ error: null, problems: [], pages: [], lists: { [TUESDAY]: SIZE } })
    },
  )

  it('a redirect to another host, which does not get the token', async () => {
    const other = await startHub()
    const location = `${other.url}/api/daily_papers?date=${TUESDAY}`
    const hub = await startHub({ kind: 'redirect', location, match: onDay(TUESDAY) })
    other.days = hub.days
    const told = await afterMonday(hub, { token: 'secret-token' })
    expect(told).toMatchObject({ error: null, lists: { [TUESDAY]: SIZE } })
    expect(hub.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret-token'])
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })
})

describe('a day that has not begun for the server', () => {
  it('costs that day, in words', async () => {
    const hub = await startHub()
    hub.setToday(TUESDAY)
    const told = await afterMonday(hub, { days: [WEDNESDAY, TUESDAY] })
    expect(told.lists).toEqual({ [TUESDAY]: SIZE })
    const words = [...told.pages, ...told.problems.map((problem) => problem.replace(`${WEDNESDAY}: `, ''))]
    expect(words).toEqual([expect.stringContaining('must not lie in the future')])
    expectInReadme('a server whose day has not begun', words[0] ?? '')
  })

  it('or that has begun only there, costs nothing', async () => {
    const hub = await startHub()
    hub.setToday('2025-01-09')
    hub.days.set('2025-01-09', [])
    const told = await afterMonday(hub, { days: [WEDNESDAY, TUESDAY] })
    expect(told).toMatchObject({ error: null, problems: [], lists: { [TUESDAY]: SIZE, [WEDNESDAY]: SIZE } })
  })
})

it('an entry that makes no sense costs itself, in words', async () => {
  const json = [...generateDay(TUESDAY, SIZE, 1), { paper: { title: 'A Title' } }]
  const told = await afterMonday(await startHub({ kind: 'shape', json, match: onDay(TUESDAY) }))
  expect(told).toMatchObject({ error: null, lists: { [TUESDAY]: SIZE } })
  expect(told.problems).toHaveLength(1)
  expectInReadme('an entry that makes no sense', told.problems[0]?.replace(`${TUESDAY}: `, '') ?? '')
})

it('the README has no message that nobody sees', () => {
  expect(ROWS.size).toBeGreaterThan(10)
  expect([...ROWS.values()].flat().filter((text) => !seen.has(text))).toEqual([])
})
