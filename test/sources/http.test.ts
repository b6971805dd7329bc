import { afterAll, describe, expect, it } from 'vitest'
import type { SourceErrorCode } from '../../src/sources/errors.ts'
import { createHttp, type Http, type HttpOptions } from '../../src/sources/http.ts'
import { anyRequest, type FakeHub, type Fault, onPath, startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { startServer } from '../support/servers.ts'

const DAY = '2025-01-06'
const DAY_PATH = `/api/daily_papers?date=${DAY}`

const hubs: FakeHub[] = []
const clients: Http[] = []
// Not after each: some run side by side.
afterAll(async () => {
  await Promise.all(clients.splice(0).map((http) => http.close()))
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
})

async function start(...faults: Fault[]): Promise<FakeHub> {
  const hub = await startFakeHub({
    days: new Map([[DAY, generateDay(DAY, 20)]]),
    today: '2025-01-12',
    faults,
  })
  hubs.push(hub)
  return hub
}

/** A client that does not wait long; `waits` collects how long it did. */
function client(options: HttpOptions = {}, waits: number[] = []): Http {
  const http = createHttp({ pause: 2, env: {}, onWait: (ms) => waits.push(ms), ...options })
  clients.push(http)
  return http
}

const get = (http: Http, hub: FakeHub, path = DAY_PATH) => http.get(hub.url + path, 'application/json')
const failing = (code: SourceErrorCode) => expect.objectContaining({ name: 'SourceError', code })

describe('a request', () => {
  it('brings the text, which travels compressed, and says who asks for what', async () => {
    const hub = await start()
    const answer = await get(client(), hub)
    expect(JSON.parse(answer.body)).toEqual(hub.days.get(DAY))
    expect(answer).toMatchObject({ url: hub.url + DAY_PATH, hasNext: false })
    const [request] = hub.requests
    expect(request?.headers).toMatchObject({ accept: 'application/json', 'accept-encoding': 'gzip' })
    expect(request?.headers['user-agent']).toMatch(/^broadsheet/)
    expect(request?.headers).not.toHaveProperty('authorization')
  })

  it('knows from the Link header that there is more', async () => {
    expect(await get(client(), await start(), `${DAY_PATH}&limit=19`)).toMatchObject({ hasNext: true })
    expect(await get(client(), await start(), `${DAY_PATH}&limit=20`)).toMatchObject({ hasNext: false })
  })
})

describe('what passes is tried again', () => {
  it.each<[string, Fault]>([
    ['an error of the server', { kind: 'status', status: 500, match: anyRequest, times: 3 }],
    ['a gateway without its server', { kind: 'status', status: 502, match: anyRequest, times: 3 }],
    ['a reset', { kind: 'reset', match: anyRequest, times: 3 }],
    ['a body that breaks off', { kind: 'reset-midway', match: anyRequest, times: 3 }],
    ['too many requests', { kind: 'status', status: 429, match: anyRequest, times: 3 }],
    [
      'overload',
      { kind: 'status', status: 503, headers: { 'retry-after': '0' }, match: anyRequest, times: 3 },
    ],
  ])('%s, up to three times', async (_kind, fault) => {
    const hub = await start(fault)
    expect(JSON.parse((await get(client(), hub)).body)).toHaveLength(20)
    expect(hub.requests.length).toBe(4)
  })

  it('after pauses that double', async () => {
    const waits: number[] = []
    const hub = await start({ kind: 'status', status: 500, match: anyRequest, times: 3 })
    await get(client({ pause: 8 }, waits), hub)
    expect(waits.length).toBe(3)
    for (const [at, ms] of waits.entries()) {
      expect(ms).toBeGreaterThanOrEqual(4 * 2 ** at)
      expect(ms).toBeLessThanOrEqual(8 * 2 ** at)
    }
  })

  it.concurrent.each<[string, Record<string, string>, number]>([
    ['the seconds of Retry-After', { 'retry-after': '1' }, 1000],
    ['the window of RateLimit and a second', { ratelimit: '"api";r=0;t=0' }, 1000],
    [
      'the window of RateLimit rather than Retry-After',
      { ratelimit: '"api";r=0;t=0', 'retry-after': '9' },
      1000,
    ],
    ['nothing for a date gone by', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
  ])('after a 429, when the server says: %s', async (_says, headers, expected) => {
    const waits: number[] = []
    const hub = await start({ kind: 'status', status: 429, headers, match: anyRequest })
    await get(client({}, waits), hub)
    expect(waits.length).toBe(1)
    expect(waits[0]).toBeGreaterThanOrEqual(expected)
    expect(waits[0]).toBeLessThanOrEqual(expected + 2)
  })

  it('but not where the server asks to wait too long', async () => {
    const hub = await start({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '3600' },
      match: anyRequest,
    })
    await expect(get(client(), hub)).rejects.toEqual(failing('rate-limited'))
    expect(hub.requests.length).toBe(1)
  })

  it('and a spent quota is waited for before the server has to refuse', async () => {
    const waits: number[] = []
    const hub = await start({
      kind: 'status',
      status: 200,
      headers: { ratelimit: '"api";r=0;t=0' },
      match: anyRequest,
    })
    const http = client({}, waits)
    await get(http, hub)
    await get(http, hub)
    expect(waits.length).toBe(1)
    expect(waits[0]).toBeGreaterThan(0)
    expect(waits[0]).toBeLessThanOrEqual(1000)
  })
})

describe('what stays is an error of its kind', () => {
  const status = (code: number): Fault => ({
    kind: 'status',
    status: code,
    match: anyRequest,
    times: Infinity,
  })
  it.each<[string, Fault, SourceErrorCode, number]>([
    ['500', status(500), 'server', 4],
    ['429', status(429), 'rate-limited', 4],
    ['401', status(401), 'refused', 1],
    ['403', status(403), 'refused', 1],
    ['404', status(404), 'not-found', 1],
    ['400', status(400), 'bad-request', 1],
    ['resets', { kind: 'reset', match: anyRequest, times: Infinity }, 'unreachable', 4],
    [
      'a redirect to itself',
      { kind: 'redirect', location: DAY_PATH, match: anyRequest, times: Infinity },
      'unknown-shape',
      6,
    ],
    [
      'a redirect to a file',
      { kind: 'redirect', location: 'file:///etc/passwd', match: anyRequest },
      'unknown-shape',
      1,
    ],
    [
      'a redirect to nowhere',
      { kind: 'redirect', location: 'http://[', match: anyRequest },
      'unknown-shape',
      1,
    ],
    ['a body too large', { kind: 'huge', bytes: 3_000_000, match: anyRequest }, 'too-large', 1],
  ])('%s', async (_kind, fault, code, requests) => {
    const hub = await start(fault)
    await expect(get(client({ maxBytes: 1_000_000 }), hub)).rejects.toEqual(failing(code))
    expect(hub.requests.length).toBe(requests)
  })

  it.concurrent.each<[string, Fault]>([
    ['headers', { kind: 'slow-headers', delayMs: 60_000, match: anyRequest }],
    ['a body', { kind: 'slow-body', delayMs: 60_000, match: anyRequest }],
    ['anything', { kind: 'hang', match: anyRequest }],
  ])('%s that do not come in time', async (_what, fault) => {
    const hub = await start(fault)
    await expect(get(client({ timeout: 100, tries: 1 }), hub)).rejects.toEqual(failing('timeout'))
  })

  it('a body that is not whole by the deadline, though pieces of it come', async () => {
    const hub = await start({ kind: 'slow-body', delayMs: 60_000, match: anyRequest })
    await expect(get(client({ deadline: 100, tries: 1 }), hub)).rejects.toEqual(failing('timeout'))
  })

  it('a port where nobody listens, which is not tried twice', async () => {
    const hub = await start()
    await hub.close()
    const waits: number[] = []
    await expect(get(client({}, waits), hub)).rejects.toEqual(failing('unreachable'))
    expect(waits).toEqual([])
  })

  it('what the server says of it is shown in one clean line', async () => {
    const body = JSON.stringify({ error: 'no\u001b[2J\nsuch \u202eday' })
    const hub = await start({ kind: 'status', status: 400, body, match: anyRequest })
    await expect(get(client(), hub)).rejects.toThrow(/^127\.0\.0\.1:\d+ [\x20-\x7e]*no[\x20-\x7e]*$/)
  })

  it('in its own words', async () => {
    const body = JSON.stringify({ error: '"date" must not lie\nin the future' })
    const hub = await start({ kind: 'status', status: 400, body, match: anyRequest })
    await expect(get(client(), hub)).rejects.toThrow('(400: "date" must not lie in the future)')
  })
})

describe('a body over the cap', () => {
  it('is refused by its announced length', async () => {
    await using server = await startServer((_request, response) => response.end('x'.repeat(5000)))
    await expect(client({ maxBytes: 4999 }).get(server.url, '*/*')).rejects.toEqual(failing('too-large'))
    expect((await client({ maxBytes: 5000 }).get(server.url, '*/*')).body.length).toBe(5000)
  })

  it('is refused while it is unpacked, however small it travels', async () => {
    const hub = await start({ kind: 'huge', bytes: 500_000_000, match: anyRequest })
    await expect(get(client({ maxBytes: 1_000_000 }), hub)).rejects.toEqual(failing('too-large'))
  })

  it('leaves the client fit for the next request', async () => {
    const hub = await start({ kind: 'huge', bytes: 3_000_000, match: anyRequest })
    const http = client({ maxBytes: 1_000_000 })
    await expect(get(http, hub)).rejects.toEqual(failing('too-large'))
    expect(JSON.parse((await get(http, hub)).body)).toHaveLength(20)
  })
})

describe('the token', () => {
  it('goes to its own host, also after a redirect there, and to no other', async () => {
    const other = await start()
    const hub = await start(
      { kind: 'redirect', location: DAY_PATH, match: onPath('/near') },
      { kind: 'redirect', location: other.url + DAY_PATH, match: onPath('/far') },
    )
    const http = client({ token: 'secret-token', tokenOrigin: hub.url })
    expect(JSON.parse((await get(http, hub, '/near')).body)).toHaveLength(20)
    expect(await get(http, hub, '/far')).toMatchObject({ url: other.url + DAY_PATH })
    expect(hub.requests.map(({ headers }) => headers.authorization)).toEqual(
      Array(3).fill('Bearer secret-token'),
    )
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })

  it('is in no error message', async () => {
    const hub = await start({ kind: 'status', status: 401, match: anyRequest })
    const http = client({ token: 'secret-token', tokenOrigin: hub.url })
    await expect(get(http, hub)).rejects.toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('secret') }),
    )
  })
})

describe('a stop', () => {
  it.each<[string, Fault]>([
    ['while nothing comes', { kind: 'hang', match: anyRequest }],
    ['within a body', { kind: 'slow-body', delayMs: 60_000, match: anyRequest }],
    ['within a pause', { kind: 'status', status: 429, headers: { 'retry-after': '300' }, match: anyRequest }],
  ])('%s ends the request', async (_when, fault) => {
    const controller = new AbortController()
    const hub = await start(fault)
    const http = client({ signal: controller.signal, onWait: () => controller.abort() })
    const asked = get(http, hub)
    if (fault.kind !== 'status') await expect.poll(() => hub.requests.length).toBe(1)
    controller.abort()
    await expect(asked).rejects.toEqual(failing('stopped'))
  })

  it('before it begins asks nobody', async () => {
    const hub = await start()
    await expect(get(client({ signal: AbortSignal.abort() }), hub)).rejects.toEqual(failing('stopped'))
    expect(hub.requests).toEqual([])
  })
})
