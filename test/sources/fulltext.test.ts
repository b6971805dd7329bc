import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { arxivAddresses } from '../../src/sources/arxiv.ts'
import { type FullText, fetchFullText } from '../../src/sources/fulltext.ts'
import { createHttp, type HttpOptions } from '../../src/sources/http.ts'
import {
  type ArxivFault,
  type FakeArxiv,
  type FakeArxivOptions,
  onAr5iv,
  onHtml,
  startFakeArxiv,
} from '../support/fake-arxiv.ts'
import { latexmlPage } from '../support/fake-arxiv-papers.ts'

const ID = '2501.00001'
const OLD = 'hep-ex/0307015'

const servers: FakeArxiv[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function start(options: FakeArxivOptions): Promise<FakeArxiv> {
  const arxiv = await startFakeArxiv(options)
  servers.push(arxiv)
  return arxiv
}

async function ask(arxiv: { url: string }, id = ID, options: HttpOptions = {}): Promise<FullText | null> {
  const http = createHttp({ pause: 2, tries: 2, env: {}, ...options })
  return await fetchFullText(http, arxivAddresses(arxiv.url), id).finally(() => http.close())
}

const paths = ({ requests }: FakeArxiv) => requests.map(({ url }) => url)
const page = (id: string, version: number | null) => new Map([[id, latexmlPage(id, version)]])
const always = (fault: Partial<ArxivFault> & { kind: string }): ArxivFault =>
  ({ times: Number.POSITIVE_INFINITY, ...fault }) as ArxivFault

describe('addresses', () => {
  it('are those of arXiv and ar5iv', () => {
    const { html, ar5iv, pdf } = arxivAddresses(null)
    expect([html(ID), ar5iv(ID), pdf(OLD)]).toEqual([
      `https://arxiv.org/html/${ID}`,
      `https://ar5iv.labs.arxiv.org/html/${ID}`,
      `https://arxiv.org/pdf/${OLD}`,
    ])
  })
})

describe('a full text', () => {
  it.each([[ID], [OLD]])('is arXiv’s own where it has one: %s', async (id) => {
    const arxiv = await start({ htmls: page(id, 2), ar5iv: page(id, null) })
    expect(await ask(arxiv, id)).toEqual({
      html: latexmlPage(id, 2),
      url: `${arxiv.url}/html/${id}`,
      version: 2,
    })
    expect(paths(arxiv)).toEqual([`/html/${id}`])
  })

  it.each([[ID], [OLD]])('is ar5iv’s where arXiv has none: %s', async (id) => {
    const arxiv = await start({ ar5iv: page(id, null) })
    expect(await ask(arxiv, id)).toEqual({
      html: latexmlPage(id, null),
      url: `${arxiv.url}/ar5iv/html/${id}`,
      version: null,
    })
    expect(paths(arxiv)).toEqual([`/html/${id}`, `/ar5iv/html/${id}`])
  })

  it('is ar5iv’s where the authors handed in a page of their own', async () => {
    const arxiv = await start({
      htmls: new Map([[ID, '<title>Our page</title><p>See ltx_document.']]),
      ar5iv: page(ID, null),
    })
    expect((await ask(arxiv))?.url).toContain('/ar5iv/')
  })

  it('is the page of the authors where nobody has another, but no word from a server', async () => {
    const theirs = `<title>Our page</title>${'<p>A paragraph on lanterns.'.repeat(9)}`
    const arxiv = await start({ htmls: new Map([[ID, theirs]]) })
    expect(await ask(arxiv)).toEqual({ html: theirs, url: `${arxiv.url}/html/${ID}`, version: null })
    arxiv.htmls.set(ID, '<h1>Checking your browser</h1><p>Please wait.')
    expect(await ask(arxiv)).toBeNull()
  })

  it('is tried again where it breaks off', async () => {
    const arxiv = await start({ htmls: page(ID, 1), faults: [{ kind: 'cut', after: 100, match: onHtml }] })
    expect((await ask(arxiv))?.html).toBe(latexmlPage(ID, 1))
    expect(arxiv.requests).toHaveLength(2)
  })

  it('waits for its turn before each request', async () => {
    const arxiv = await start({ ar5iv: page(ID, null) })
    const hosts: string[] = []
    const wait = (host: string) => hosts.push(host)
    await ask(arxiv, ID, { turn: { wait, why: '' } })
    expect(hosts).toHaveLength(2)
  })
})

describe('the version', () => {
  const body = (before: string, inside = '') =>
    `<html><body>${before}<article class="ltx_document">${inside}</article></body></html>`
  it.each<[string, string, number | null]>([
    ['of the base', body(`<base href="/html/${ID}v12/">`), 12],
    ['of the canonical address', body(`<link rel="canonical" href="https://arxiv.org/html/${ID}v3">`), 3],
    ['of the margin', body(`<div id="watermark-tr">arXiv:${ID}v4 [cs.CL]</div>`), 4],
    ['of another paper', body(`<base href="/html/1${ID}v2/"> arXiv:2501.000012v3`), null],
    ['of an id that only looks like it', body('arXiv:2501x00001v3'), null],
    ['that is none', body(`arXiv:${ID}v0 arXiv:${ID}v12345 arXiv:${ID}v2b`), null],
    ['that the text cites', body('', `<p>arXiv:${ID}v1</p>`), null],
  ])('%s', async (_what, html, version) => {
    expect((await ask(await start({ htmls: new Map([[ID, html]]) })))?.version).toBe(version)
  })

  it('is told by where it was found', async () => {
    const html = body('')
    const arxiv = await start({
      htmls: new Map([[`${ID}v7`, html]]),
      faults: [{ kind: 'status', status: 302, headers: { location: `/html/${ID}v7` }, match: onHtml }],
    })
    expect(await ask(arxiv)).toEqual({ html, url: `${arxiv.url}/html/${ID}v7`, version: 7 })
  })
})

describe('a paper without one', () => {
  it('is told from one that cannot be had', async () => {
    const arxiv = await start({})
    expect(await ask(arxiv)).toBeNull()
    // Each request has to wait its turn: where ar5iv leads is known without asking.
    expect(paths(arxiv)).toEqual([`/html/${ID}`, `/ar5iv/html/${ID}`])
  })

  it('is so too where ar5iv says that it has nothing', async () => {
    expect(
      await ask(await start({ faults: [always({ kind: 'status', status: 404, match: onAr5iv })] })),
    ).toBeNull()
  })
})

describe('what fails is an error', () => {
  it.each<[string, ArxivFault[], string, string]>([
    ['a server in trouble', [always({ kind: 'status', status: 500, match: onHtml })], 'server', '500'],
    ['a closed door', [always({ kind: 'status', status: 403, match: onHtml })], 'refused', '403'],
    ['too many requests', [always({ kind: 'status', status: 429, match: onHtml })], 'rate-limited', 'fewer'],
    ['ar5iv in trouble', [always({ kind: 'status', status: 503, match: onAr5iv })], 'server', '503'],
    ['a reset', [always({ kind: 'reset', match: onHtml })], 'unreachable', 'Try again'],
    [
      'a login page in the way',
      [always({ kind: 'body', body: '<form>Network login</form>', match: () => true })],
      'unknown-shape',
      'wants a login',
    ],
    ['a text too large', [always({ kind: 'body', body: 'x'.repeat(3000), match: onHtml })], 'too-large', ''],
  ])('%s', async (_what, faults, code, message) => {
    const asked = ask(await start({ faults }), ID, { maxBytes: 2000 })
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
  })

  it('a network that is away', async () => {
    await expect(ask({ url: 'http://127.0.0.1:1' })).rejects.toMatchObject({ offline: true })
  })

  it.each(['', '../abs/1', 'title:a-title', 'doi:10.1000/x', `${ID}v2`, `${ID}?a`, `${ID}\n`])(
    'an id that is none of arXiv’s, before anything is asked: %j',
    async (id) => {
      const arxiv = await start({})
      await expect(ask(arxiv, id)).rejects.toMatchObject({ code: 'bad-request' })
      expect(arxiv.requests).toEqual([])
    },
  )
})

const SAMPLES = new URL('../../../shared/samples/latexml/', import.meta.url)
it.skipIf(!existsSync(SAMPLES))(
  'real papers are known as such (skipped where ../shared is absent)',
  async () => {
    for (const name of readdirSync(SAMPLES)) {
      const html = readFileSync(new URL(name, SAMPLES), 'utf8')
      expect((await ask(await start({ htmls: new Map([[ID, html]]) })))?.html).toBe(html)
    }
  },
)
