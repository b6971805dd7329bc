// Asking whether an answer has changed, and who asks.

import type { IncomingHttpHeaders } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { createHttp, type Http, type Validators } from '../../src/sources/http.ts'
import { startServer } from '../support/servers.ts'

const ETAG = '"a-1"'
const DATE = 'Mon, 06 Jan 2025 10:00:00 GMT'
const NOTHING: Validators = { etag: null, lastModified: null }

const clients: Http[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((http) => http.close()))
})

function client(): Http {
  const http = createHttp({ pause: 2, tries: 2, env: {} })
  clients.push(http)
  return http
}

/** A server that gives its text with these headers, and 304 to whoever knows its tag. */
async function versioned(headers: Record<string, string>) {
  const asked: IncomingHttpHeaders[] = []
  const server = await startServer((request, response) => {
    asked.push(request.headers)
    const known = request.headers['if-none-match'] === headers.etag && headers.etag !== undefined
    response.writeHead(known ? 304 : 200, headers).end(known ? undefined : 'the text')
  })
  return Object.assign(server, { asked })
}

describe('an answer', () => {
  it('brings what to ask with whether it has changed', async () => {
    await using server = await versioned({ etag: ETAG, 'last-modified': DATE })
    expect(await client().get(server.url, '*/*')).toEqual({
      url: `${server.url}/`,
      body: 'the text',
      hasNext: false,
      validators: { etag: ETAG, lastModified: DATE },
      notModified: false,
    })
    expect(server.asked[0]).not.toHaveProperty('if-none-match')
    expect(server.asked[0]).not.toHaveProperty('if-modified-since')
  })

  it('that has not changed has no body', async () => {
    await using server = await versioned({ etag: ETAG })
    const known = { etag: ETAG, lastModified: DATE }
    // What the 304 does not repeat still holds.
    expect(await client().get(server.url, '*/*', known)).toMatchObject({
      body: '',
      notModified: true,
      validators: known,
    })
    expect(server.asked[0]).toMatchObject({ 'if-none-match': ETAG, 'if-modified-since': DATE })
  })

  it('that has changed brings the new text and what is new to ask with', async () => {
    await using server = await versioned({ etag: 'W/"b-2"' })
    expect(await client().get(server.url, '*/*', { etag: ETAG, lastModified: null })).toMatchObject({
      body: 'the text',
      notModified: false,
      validators: { etag: 'W/"b-2"', lastModified: null },
    })
  })

  it('is asked for in the same way after a redirect', async () => {
    await using server = await versioned({ etag: ETAG })
    await using before = await startServer((_request, response) =>
      response.writeHead(302, { location: server.url }).end(),
    )
    const known = { etag: ETAG, lastModified: null }
    expect(await client().get(before.url, '*/*', known)).toMatchObject({ notModified: true })
  })

  it('of 304 to somebody who knows nothing is an error', async () => {
    await using server = await startServer((_request, response) => response.writeHead(304).end())
    for (const known of [undefined, NOTHING, { etag: '*', lastModified: null }])
      await expect(client().get(server.url, '*/*', known)).rejects.toMatchObject({ code: 'bad-request' })
  })
})

describe('what is no legal value', () => {
  const wrong: [string, Validators][] = [
    ['a tag that matches anything', { etag: '*', lastModified: null }],
    ['a tag without quotes', { etag: 'a-1', lastModified: null }],
    ['several tags', { etag: '"a", "b"', lastModified: null }],
    ['a tag with another header in it', { etag: '"a"\r\nx-evil: 1', lastModified: null }],
    ['a tag with an escape', { etag: '"\u001b[2J"', lastModified: null }],
    ['a tag without end', { etag: `"${'a'.repeat(5000)}"`, lastModified: null }],
    ['a date that is none', { etag: null, lastModified: 'yesterday' }],
    ['a date with another header in it', { etag: null, lastModified: `${DATE}\r\nx-evil: 1` }],
    ['a date that a parser makes something of', { etag: null, lastModified: 'Monday, 1' }],
  ]

  it.each(wrong)('is not sent: %s', async (_what, known) => {
    await using server = await versioned({})
    expect(await client().get(server.url, '*/*', known)).toMatchObject({ body: 'the text' })
    const names = Object.keys(server.asked[0] ?? {})
    expect(names.filter((name) => /^if-|evil/.test(name))).toEqual([])
  })

  it.each(wrong.filter(([, { etag, lastModified }]) => !/[\r\n\u001b]/.test(`${etag}${lastModified}`)))(
    'is not taken from an answer: %s',
    async (_what, { etag, lastModified }) => {
      await using server = await versioned({
        ...(etag && { etag }),
        ...(lastModified && { 'last-modified': lastModified }),
      })
      expect(await client().get(server.url, '*/*')).toMatchObject({ validators: NOTHING })
    },
  )
})

it('who asks is named with the version', async () => {
  await using server = await versioned({})
  await client().get(server.url, '*/*')
  expect(server.asked[0]?.['user-agent']).toBe(`broadsheet/${manifest.version} (terminal paper reader)`)
})

it('a web page in the place of data is told from data, whatever it calls itself', async () => {
  await using server = await startServer((request, response) => {
    const page = request.url === '/page'
    response
      .writeHead(200, { 'content-type': page ? 'application/json' : 'text/html' })
      .end(page ? '\n<!doctype html><title>Log in</title>' : '[1]')
  })
  await expect(client().get(`${server.url}/page`, 'application/json')).rejects.toMatchObject({
    code: 'unknown-shape',
    message: expect.stringContaining('a web page instead of data'),
  })
  expect(await client().get(`${server.url}/page`, 'text/html')).toMatchObject({
    body: expect.stringContaining('Log in'),
  })
  expect(await client().get(`${server.url}/data`, 'application/json')).toMatchObject({ body: '[1]' })
})

it('a client that is closed ends what is under way', async () => {
  await using server = await startServer(() => {})
  const http = client()
  const asked = http.get(server.url, '*/*')
  await expect.poll(() => server.connections).toBe(1)
  await Promise.all([expect(asked).rejects.toMatchObject({ code: 'stopped' }), http.close()])
})
