// Certificates: whom to believe, and what people are told where nobody can be.

import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttp, type Http, type HttpOptions } from '../../src/sources/http.ts'
import { type Identity, makeIdentity } from '../support/certificate.ts'
import { temporaryFolder } from '../support/papers.ts'
import { startProxy, startSecureServer, startServer } from '../support/servers.ts'

const clients: Http[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((http) => http.close()))
})

async function get(url: string, options: HttpOptions = {}) {
  const http = createHttp({ pause: 2, env: {}, ...options })
  clients.push(http)
  return await http.get(url, '*/*')
}

/** Asks in a process of its own, with an environment of its own. */
async function askAlone(url: string, env: Record<string, string>): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, '../support/ask.ts'), url],
    { env: { PATH: process.env.PATH, ...env } },
  )
  return JSON.parse(stdout)
}

const DAY = 86_400_000
const authority = makeIdentity({ name: 'A company', authority: true })
const hello = (identity: Identity) =>
  startSecureServer(identity, (_request, response) => response.end('hello'))

describe('a certificate that cannot be believed', () => {
  it.each<[string, Identity, string]>([
    ['its own', makeIdentity(), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['of nobody known', makeIdentity({ issuer: authority }), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    [
      'of nobody known, who comes along',
      withIssuer(makeIdentity({ issuer: authority })),
      'SELF_SIGNED_CERT_IN_CHAIN',
    ],
  ])('is refused at once, and NODE_EXTRA_CA_CERTS named: %s', async (_whose, identity, code) => {
    await using server = await hello(identity)
    const waits: number[] = []
    await expect(get(server.url, { onWait: (ms) => waits.push(ms) })).rejects.toMatchObject({
      code: 'refused',
      message: `The certificate of 127.0.0.1:${server.port} is signed by nobody whom this computer trusts (${code}). Where that is right, as with a company’s proxy, name its CA’s file in NODE_EXTRA_CA_CERTS.`,
    })
    expect(waits).toEqual([])
  })
})

function withIssuer(identity: Identity): Identity {
  return { ...identity, cert: identity.cert + authority.cert }
}

describe('with a CA in NODE_EXTRA_CA_CERTS', () => {
  async function ask(identity: Identity, env: Record<string, string> = {}, host = '127.0.0.1') {
    using folder = temporaryFolder()
    const file = join(folder.path, 'ca.pem')
    writeFileSync(file, authority.cert)
    await using server = await hello(identity)
    await using proxy = await startProxy({ portOf: () => server.port })
    const named = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value.replace('PROXY', proxy.url)]),
    )
    const port = host === '127.0.0.1' ? `:${server.port}` : ''
    const answer = await askAlone(`https://${host}${port}/`, { NODE_EXTRA_CA_CERTS: file, ...named })
    return { answer, asked: proxy.asked.map(({ what }) => what) }
  }
  const signed = (wish = {}) => makeIdentity({ issuer: authority, ...wish })

  it('what it has signed is believed', async () => {
    expect(await ask(signed())).toMatchObject({ answer: { body: 'hello' }, asked: [] })
  })

  it.each(['HTTPS_PROXY', 'https_proxy'])('so it is through the proxy of %s', async (variable) => {
    const env = { [variable]: 'PROXY' }
    expect(await ask(signed({ host: 'hub.invalid' }), env, 'hub.invalid')).toMatchObject({
      answer: { body: 'hello', url: 'https://hub.invalid/' },
      asked: ['CONNECT hub.invalid:443'],
    })
  })

  it('a proxy that reads along with a certificate of its own is told of', async () => {
    const { answer } = await ask(
      makeIdentity({ host: 'hub.invalid' }),
      { HTTPS_PROXY: 'PROXY' },
      'hub.invalid',
    )
    expect(answer).toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/^The certificate of hub\.invalid .*NODE_EXTRA_CA_CERTS/),
    })
  })

  it.each<[string, object, RegExp]>([
    [
      'has expired',
      { from: new Date(Date.now() - 9 * DAY), until: new Date(Date.now() - 2 * DAY) },
      /^The certificate of \S+ has expired \(CERT_HAS_EXPIRED\)\. This computer’s clock says \d{4}-\d\d-\d\d: is it right\?$/,
    ],
    [
      'is not valid yet',
      { from: new Date(Date.now() + 2 * DAY), until: new Date(Date.now() + 9 * DAY) },
      /^The certificate of \S+ is not valid yet \(CERT_NOT_YET_VALID\)\. This computer’s clock says /,
    ],
    [
      'is for another host',
      { host: 'login.invalid' },
      /^The certificate of \S+ is for another host \(ERR_TLS_CERT_ALTNAME_INVALID\)\. Check the address/,
    ],
  ])('one that %s is refused in words of its own', async (_what, wish, words) => {
    const { answer } = await ask(signed(wish))
    expect(answer).toMatchObject({ code: 'refused', message: expect.stringMatching(words) })
  })
})

it('a token does not go along where a redirect leaves TLS', async () => {
  const asked: (string | undefined)[] = []
  await using plain = await startServer(({ headers }, response) => {
    asked.push(headers.authorization)
    response.end('hello')
  })
  await using server = await startSecureServer(makeIdentity({ issuer: authority }), (request, response) => {
    asked.push(request.headers.authorization)
    const location = request.url === '/near' ? '/far' : plain.url
    response.writeHead(302, { location }).end()
  })
  const before = getCACertificates('default')
  setDefaultCACertificates([authority.cert])
  try {
    const options = { token: 'secret-token', tokenOrigin: server.url }
    expect(await get(`${server.url}/near`, options)).toMatchObject({ body: 'hello', url: `${plain.url}/` })
  } finally {
    setDefaultCACertificates(before)
  }
  expect(asked).toEqual(['Bearer secret-token', 'Bearer secret-token', undefined])
})
