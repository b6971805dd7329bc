// What servers say of their limits, held over all requests of a client.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, describe, expect, it } from 'vitest'
import { createHttp, type Http, type HttpOptions } from '../../src/sources/http.ts'
import { createLimits } from '../../src/sources/http-limits.ts'
import { startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { startServer } from '../support/servers.ts'

const clients: Http[] = []
// Not after each: some run side by side.
afterAll(async () => {
  await Promise.all(clients.splice(0).map((http) => http.close()))
})

type Waits = { ms: number; why: string }[]

function client(options: HttpOptions = {}, waits: Waits = []): Http {
  const http = createHttp({ pause: 2, env: {}, onWait: (ms, why) => waits.push({ ms, why }), ...options })
  clients.push(http)
  return http
}

const times = (count: number) => Array.from({ length: count }, (_, at) => at)

/** A server whose requests wait until the test answers them. */
async function heldServer() {
  const arrived: { url: string; answer(status: number, headers?: Record<string, string>): void }[] = []
  const server = await startServer(({ url = '' }: IncomingMessage, response: ServerResponse) => {
    arrived.push({
      url,
      answer: (status, headers = {}) => response.writeHead(status, { ...headers, 'content-length': 0 }).end(),
    })
  })
  /** The `number`th request, once it has come. */
  const request = async (number: number) => {
    await expect.poll(() => arrived.length, { interval: 2 }).toBeGreaterThanOrEqual(number)
    const found = arrived[number - 1]
    if (!found) throw new Error(`no request ${number}`)
    return found
  }
  return Object.assign(server, { arrived, request })
}

describe('an announced limit', () => {
  it('is not overstepped by requests at the same time', async () => {
    const DAY = '2025-01-06'
    const hub = await startFakeHub({
      days: new Map([[DAY, generateDay(DAY, 3)]]),
      today: '2025-01-12',
      rateLimit: { quota: 4, windowSeconds: 1 },
    })
    const waits: Waits = []
    // With one try each, a single 429 would fail the test.
    const http = client({ tries: 1 }, waits)
    const url = `${hub.url}/api/daily_papers?date=${DAY}`
    const answers = await Promise.all(times(10).map(() => http.get(url, 'application/json')))
    await hub.close()
    expect(answers.map(({ body }) => JSON.parse(body).length)).toEqual(times(10).map(() => 3))
    expect(hub.requests).toHaveLength(10)
    // Six wait for the second window and two for the third, but each window is told of once.
    expect(waits.map(({ why }) => why)).toEqual(times(2).map(() => 'the server’s request limit'))
  })

  it('lets through as many as are left while answers are still to come', async () => {
    await using server = await heldServer()
    const http = client({ maxWait: 1000 })
    const get = () => http.get(`${server.url}/api/1`, '*/*')
    const asked = times(6).map(get)
    const refused = Promise.allSettled(asked.slice(4))
    const left = (count: number) => ({ ratelimit: `"api";r=${count};t=60` })
    // Before the first answer nothing is known of the limit: one request finds out.
    const first = await server.request(1)
    expect(server.arrived).toHaveLength(1)
    first.answer(200, left(3))
    const [second, third, fourth] = [
      await server.request(2),
      await server.request(3),
      await server.request(4),
    ]
    expect(server.arrived).toHaveLength(4)
    // The last is answered before the others: what those say of the limit is older.
    fourth.answer(200, left(0))
    for (const outcome of await refused)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'rate-limited' } })
    second.answer(200, left(2))
    third.answer(200, left(1))
    await Promise.all(asked.slice(0, 4))
    await expect(get()).rejects.toMatchObject({ code: 'rate-limited' })
    expect(server.arrived).toHaveLength(4)
  })

  it('counts for the addresses of its kind alone', async () => {
    await using server = await startServer((_request, response) =>
      response.writeHead(200, { ratelimit: '"pages";r=0;t=60' }).end(),
    )
    const http = client({ maxWait: 100 })
    await http.get(`${server.url}/papers/1`, '*/*')
    await http.get(`${server.url}/api/1`, '*/*')
    await expect(http.get(`${server.url}/papers/2`, '*/*')).rejects.toMatchObject({ code: 'rate-limited' })
  })

  it('stays unknown where no answer comes, and holds nobody up', async () => {
    let requests = 0
    await using server = await startServer(({ socket }) => {
      requests++
      socket.destroy()
    })
    const http = client({ tries: 2 })
    const asked = times(4).map((at) => http.get(`${server.url}/api/${at}`, '*/*'))
    for (const { status } of await Promise.allSettled(asked)) expect(status).toBe('rejected')
    expect(requests).toBe(8)
  })
})

describe('counted without a server', () => {
  const limit = () => createLimits().of(new URL('http://hub.test/api/1'))
  const quota = (left: number) => ({ kind: 'answered', quota: { left, seconds: 60 }, rest: null }) as const
  const entered = (of: ReturnType<typeof limit>) => times(20).filter(() => of.enter()).length

  it('one request finds out what the limit is', () => {
    expect(entered(limit())).toBe(1)
  })

  it('an answer without a limit sets all free', () => {
    const of = limit()
    of.enter()
    of.leave({ kind: 'answered', quota: null, rest: null })
    expect(entered(of)).toBe(20)
  })

  it('those under way are taken off what is left', () => {
    const of = limit()
    of.enter()
    of.leave(quota(5))
    expect(entered(of)).toBe(5)
    of.leave(quota(4))
    expect(entered(of)).toBe(0)
  })

  it('an answer that was overtaken gives nothing back', () => {
    const of = limit()
    of.enter()
    of.leave(quota(3))
    expect(entered(of)).toBe(3)
    of.leave(quota(0))
    of.leave(quota(2))
    expect(of.opensAt()).toBeGreaterThan(Date.now())
  })

  it('a request without an answer may have been counted', () => {
    const of = limit()
    of.enter()
    of.leave(quota(2))
    of.enter()
    of.leave({ kind: 'failed' })
    expect(entered(of)).toBe(1)
  })

  it('a request that was not sent was not', () => {
    const of = limit()
    of.enter()
    of.leave(quota(2))
    of.enter()
    of.leave({ kind: 'unsent' })
    expect(entered(of)).toBe(2)
  })

  it('of those who wait for one moment, one says so', () => {
    const of = limit()
    const until = Date.now() + 5000
    expect([of.isNews(until), of.isNews(until), of.isNews(until + 1)]).toEqual([true, false, true])
  })
})

describe('a server that asks for patience', () => {
  it.concurrent.each([
    ['with 429', 429, undefined],
    ['with 503 and Retry-After', 503, undefined],
    ['with a status of its own', 406, [406]],
  ])('%s gets it from every request, and one says so', async (_how, status, slowDown) => {
    const came: number[] = []
    await using server = await startServer((_request, response) => {
      came.push(Date.now())
      // The first answer says that there is no limit; the second, that there is one.
      const headers = came.length === 2 ? { 'retry-after': '1' } : undefined
      response.writeHead(came.length === 2 ? status : 200, headers).end()
    })
    const waits: Waits = []
    let refused = () => {}
    const heard = new Promise<void>((resolve) => {
      refused = resolve
    })
    const http = client(
      {
        ...(slowDown && { slowDown }),
        onWait: (ms, why) => {
          waits.push({ ms, why })
          refused()
        },
      },
      waits,
    )
    await http.get(`${server.url}/a`, '*/*')
    const again = http.get(`${server.url}/a`, '*/*')
    await heard
    await Promise.all([again, http.get(`${server.url}/a`, '*/*'), http.get(`${server.url}/b`, '*/*')])
    expect(came).toHaveLength(5)
    for (const time of came.slice(2)) expect(time - (came[1] ?? 0)).toBeGreaterThanOrEqual(990)
    expect(waits).toEqual([{ ms: 1000, why: 'the server asks for patience' }])
  })

  it('is asked by one request at a time until it has answered one', async () => {
    await using server = await heldServer()
    const http = client()
    const asked = times(4).map((at) => http.get(`${server.url}/api/${at}`, '*/*'))
    const first = await server.request(1)
    first.answer(429)
    const second = await server.request(2)
    expect(server.arrived).toHaveLength(2)
    second.answer(429)
    const third = await server.request(3)
    expect(server.arrived).toHaveLength(3)
    third.answer(200)
    for (const number of [4, 5, 6]) await server.request(number)
    for (const { answer } of server.arrived.slice(3)) answer(200)
    await Promise.all(asked)
  })

  it('and gives no time is left alone for longer each time, then given up in clear words', async () => {
    await using server = await startServer((_request, response) => response.writeHead(406).end())
    const waits: Waits = []
    const http = client({ slowDown: [406], pause: 8 }, waits)
    await expect(http.get(server.url, '*/*')).rejects.toMatchObject({
      code: 'rate-limited',
      message: `127.0.0.1:${server.port} asks for fewer requests (406). Try again in some minutes.`,
    })
    expect(waits).toHaveLength(3)
    for (const [at, { ms, why }] of waits.entries()) {
      expect(why).toBe('the server asks for patience')
      expect(ms).toBeGreaterThanOrEqual(4 * 2 ** at)
      expect(ms).toBeLessThanOrEqual(8 * 2 ** at)
    }
  })

  it('for too long is not waited for by the others either', async () => {
    let requests = 0
    await using server = await startServer((_request, response) => {
      requests++
      response.writeHead(429, { 'retry-after': '3600' }).end()
    })
    const http = client()
    for (const path of ['/a', '/a', '/b'])
      await expect(http.get(server.url + path, '*/*')).rejects.toMatchObject({
        code: 'rate-limited',
        message: expect.stringMatching(/asks to wait (?:60|61) minutes/),
      })
    expect(requests).toBe(1)
  })
})

it('a stop ends those that wait for another’s answer', async () => {
  await using server = await heldServer()
  const controller = new AbortController()
  const http = client({ signal: controller.signal })
  const asked = times(3).map(() => http.get(server.url, '*/*'))
  await server.request(1)
  controller.abort()
  for (const outcome of await Promise.allSettled(asked))
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'stopped' } })
  expect(server.arrived).toHaveLength(1)
})
