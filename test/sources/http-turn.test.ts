// Turns that the caller gives out, and how many connections there are.

import { afterEach, describe, expect, it } from 'vitest'
import { createHttp, type Http, type HttpOptions } from '../../src/sources/http.ts'
import { startServer } from '../support/servers.ts'

const clients: Http[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((http) => http.close()))
})

function client(options: HttpOptions, waits: { ms: number; why: string }[] = []): Http {
  const http = createHttp({ pause: 2, env: {}, onWait: (ms, why) => waits.push({ ms, why }), ...options })
  clients.push(http)
  return http
}

describe('a turn', () => {
  it('is asked for before every request: tries and redirects too', async () => {
    await using other = await startServer((_request, response) => response.end('there'))
    let requests = 0
    await using server = await startServer((_request, response) => {
      if (++requests === 1) response.writeHead(500).end()
      else response.writeHead(302, { location: other.url }).end()
    })
    const hosts: string[] = []
    const waits: { ms: number; why: string }[] = []
    const turns = [0, 7, 12]
    const wait = (host: string) => turns[hosts.push(host) - 1] ?? 0
    const http = client({ turn: { wait, why: 'its limit' } }, waits)
    expect((await http.get(server.url, '*/*')).body).toBe('there')
    const [first, second] = [`127.0.0.1:${server.port}`, `127.0.0.1:${other.port}`]
    expect(hosts).toEqual([first, first, second])
    expect(waits.filter(({ why }) => why === 'its limit').map(({ ms }) => ms)).toEqual([7, 12])
  })

  it('is not taken while the server asks for patience', async () => {
    const came: number[] = []
    await using server = await startServer((_request, response) => {
      came.push(Date.now())
      response.writeHead(came.length === 2 ? 429 : 200, { 'retry-after': '1' }).end()
    })
    let turn = 0
    // The second and the third wait together; the second is refused before the turn of the third comes.
    const http = client({ turn: { wait: () => [0, 10, 900, 0, 0][turn++] ?? 0, why: 'its limit' } })
    await http.get(server.url, '*/*')
    await Promise.all([http.get(server.url, '*/*'), http.get(server.url, '*/*')])
    expect(came).toHaveLength(4)
    for (const time of came.slice(2)) expect(time - (came[1] ?? 0)).toBeGreaterThanOrEqual(990)
    expect(turn).toBe(5)
  })

  it('that cannot be had is an error of its own', async () => {
    await using server = await startServer((_request, response) => response.end())
    const broken = new Error('the library is locked')
    let turns = 0
    const wait = () => {
      if (++turns === 1) throw broken
      return 0
    }
    const http = client({ turn: { wait, why: '' } })
    await expect(http.get(server.url, '*/*')).rejects.toBe(broken)
    await http.get(server.url, '*/*')
  })
})

it('connections are as few as told', async () => {
  for (const connections of [1, 2]) {
    await using server = await startServer((_request, response) => setImmediate(() => response.end()))
    const http = client({ connections })
    await Promise.all(Array.from({ length: 8 }, () => http.get(server.url, '*/*')))
    expect(server.connections).toBe(connections)
  }
})
