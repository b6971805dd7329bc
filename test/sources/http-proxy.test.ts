// Proxies as the environment names them, over real connections.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttp, type Http, type HttpOptions } from '../../src/sources/http.ts'
import { readProxies } from '../../src/sources/http-proxy.ts'
import { type RunningProxy, startProxy, startServer } from '../support/servers.ts'

const clients: Http[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((http) => http.close()))
})

type Env = NonNullable<HttpOptions['env']>

async function get(url: string, env: Env, options: HttpOptions = {}) {
  const http = createHttp({ pause: 2, tries: 1, timeout: 5000, env, ...options })
  clients.push(http)
  return await http.get(url, '*/*')
}

const hello = () => startServer((_request, response) => response.end('hello'))
const asked = (proxy: RunningProxy) => proxy.asked.map(({ what }) => what)

describe('a proxy', () => {
  it.each(['HTTP_PROXY', 'http_proxy'])('is used where %s names it', async (variable) => {
    await using server = await hello()
    await using proxy = await startProxy()
    expect(await get(`${server.url}/a`, { [variable]: proxy.url })).toMatchObject({ body: 'hello' })
    expect(asked(proxy)).toEqual([`GET ${server.url}/a`])
  })

  it('resolves the names of servers itself', async () => {
    await using server = await hello()
    await using proxy = await startProxy({ portOf: () => server.port })
    const env = { http_proxy: proxy.url }
    expect(await get('http://hub.invalid/a', env)).toMatchObject({
      body: 'hello',
      url: 'http://hub.invalid/a',
    })
  })

  it('is asked by the lower case where both are set, and may be named without http://', async () => {
    await using server = await hello()
    await using proxy = await startProxy()
    const env = { http_proxy: `127.0.0.1:${proxy.port}`, HTTP_PROXY: 'http://127.0.0.1:1' }
    expect(await get(server.url, env)).toMatchObject({ body: 'hello' })
    expect(proxy.asked).toHaveLength(1)
  })

  it.each<[string, Env]>([
    ['nothing names it', {}],
    ['it is named by nothing', { http_proxy: '', HTTP_PROXY: 'http://127.0.0.1:1' }],
    ['HTTPS_PROXY alone names one', { HTTPS_PROXY: 'http://127.0.0.1:1' }],
    ['NO_PROXY has the host', { HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'huggingface.co, 127.0.0.1' }],
    ['no_proxy has all', { HTTP_PROXY: 'http://127.0.0.1:1', no_proxy: '*' }],
  ])('is not used where %s', async (_where, env) => {
    await using server = await hello()
    expect(await get(server.url, env)).toMatchObject({ body: 'hello' })
  })

  it('is used for what NO_PROXY does not have', async () => {
    await using server = await hello()
    await using proxy = await startProxy()
    const NO_PROXY = `example.org,127.0.0.1:${server.port + 1}`
    expect(await get(server.url, { HTTP_PROXY: proxy.url, NO_PROXY })).toMatchObject({ body: 'hello' })
    expect(proxy.asked).toHaveLength(1)
  })

  it('gets its name and password, and the server gets neither', async () => {
    let headers: object = {}
    await using server = await startServer((request, response) => {
      headers = request.headers
      response.end()
    })
    await using proxy = await startProxy()
    await get(server.url, { HTTP_PROXY: proxy.url.replace('//', '//ada:s%40fe@') })
    const login = `Basic ${Buffer.from('ada:s@fe').toString('base64')}`
    expect(proxy.asked[0]?.headers['proxy-authorization']).toBe(login)
    // Our proxy hands all headers on; a real one keeps this one.
    expect(headers).not.toHaveProperty('authorization')
  })

  it('does not get the token of a server that it tunnels to', async () => {
    await using proxy = await startProxy({ refuse: 503 })
    const token = { token: 'secret-token', tokenOrigin: 'https://hub.invalid' }
    await expect(get('https://hub.invalid/', { HTTPS_PROXY: proxy.url }, token)).rejects.toThrow()
    expect(proxy.asked).toMatchObject([{ what: 'CONNECT hub.invalid:443' }])
    expect(JSON.stringify(proxy.asked)).not.toContain('secret-token')
  })
})

describe('a proxy that fails is named, without its password', () => {
  const NAMED = /^The proxy http:\/\/127\.0\.0\.1:\d+ /
  const login = (url: string) => url.replace('//', '//ada:secret@')

  it.each([
    ['http://hub.invalid/', 'HTTP_PROXY'],
    ['https://hub.invalid/', 'HTTPS_PROXY'],
    ['https://hub.invalid/', 'https_proxy'],
    ['https://hub.invalid/', 'HTTP_PROXY'],
  ])('where nobody listens, for %s', async (url, variable) => {
    const proxy = await startProxy()
    await proxy[Symbol.asyncDispose]()
    const waits: number[] = []
    const options = { tries: 4, onWait: (ms: number) => waits.push(ms) }
    const failure = get(url, { [variable]: login(proxy.url) }, options)
    await expect(failure).rejects.toMatchObject({
      code: 'unreachable',
      message: `The proxy ${proxy.url} cannot be reached (ECONNREFUSED). Check ${variable}, or unset it where none is needed.`,
    })
    expect(waits).toEqual([])
  })

  it.each(['http', 'https'])('where it wants to know who asks, for %s', async (protocol) => {
    await using proxy = await startProxy({ refuse: 407 })
    const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url }
    await expect(get(`${protocol}://hub.invalid/`, env)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(
        /^The proxy http:\S+ wants a name and a password \(407\)\. Set \S+_PROXY/,
      ),
    })
  })

  it.each([
    [403, 'refused', 'gives no way to hub.invalid (403)'],
    [502, 'unreachable', 'does not reach hub.invalid (502)'],
  ])('where it answers %i', async (refuse, code, words) => {
    await using proxy = await startProxy({ refuse })
    const failure = get('https://hub.invalid/', { HTTPS_PROXY: login(proxy.url) })
    await expect(failure).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
    await expect(failure).rejects.toThrow(NAMED)
    await expect(failure).rejects.not.toThrow('secret')
  })

  it('where it never answers', async () => {
    await using proxy = await startProxy({ silent: true })
    const failure = get('https://hub.invalid/', { HTTPS_PROXY: proxy.url }, { timeout: 100 })
    await expect(failure).rejects.toMatchObject({
      code: 'timeout',
      message: `The proxy ${proxy.url} did not answer in time. Check HTTPS_PROXY and the network.`,
    })
  })

  it('where it hangs up', async () => {
    await using proxy = await startProxy({ hangUp: true })
    await expect(get('https://hub.invalid/', { HTTPS_PROXY: proxy.url })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(NAMED),
    })
  })
})

describe('a variable that names no proxy', () => {
  it.each([
    ['HTTPS_PROXY', 'socks5://127.0.0.1:1080', 'HTTPS_PROXY is no http address'],
    ['http_proxy', 'http://ada:secret@', 'http_proxy is no http address'],
    ['HTTP_PROXY', 'http://ada:sec%ret@127.0.0.1:1', 'HTTP_PROXY holds a %'],
  ])('is named: %s=%s', async (variable, value, words) => {
    const failure = get('http://hub.invalid/', { [variable]: value })
    await expect(failure).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining(words) })
    await expect(failure).rejects.not.toThrow(/sec(?:ret|%)/)
  })

  it('but a path after its address does no harm', () => {
    expect(readProxies({ http_proxy: 'http://ada@127.0.0.1:8080/path?x' })).toMatchObject({
      http: { href: 'http://ada@127.0.0.1:8080/', shown: 'http://127.0.0.1:8080', variable: 'http_proxy' },
    })
  })
})

it('the environment of the process counts where none is given', async () => {
  await using server = await hello()
  await using proxy = await startProxy()
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, '../support/ask.ts'), server.url],
    { env: { PATH: process.env.PATH, HTTP_PROXY: proxy.url } },
  )
  expect(JSON.parse(stdout)).toMatchObject({ body: 'hello' })
  expect(asked(proxy)).toEqual([`GET ${server.url}/`])
})
