import { describe, expect, it } from 'vitest'
import { type FakeHub, type FakeHubOptions, onPath, startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { finished, installed, type JsonPaper } from '../support/program.ts'

const DAY = '2025-12-01'

/** A hub of one day that ends with the test. */
async function start(options: FakeHubOptions = {}): Promise<FakeHub & AsyncDisposable> {
  const hub = await startFakeHub({ days: new Map([[DAY, generateDay(DAY, 6)]]), ...options })
  return Object.assign(hub, { [Symbol.asyncDispose]: () => hub.close() })
}

const entriesOf = (hub: FakeHub) => hub.days.get(DAY) ?? []
const idsOf = (hub: FakeHub) => entriesOf(hub).map(({ paper }) => paper.id)
const ids = (papers: readonly JsonPaper[]) => papers.map(({ id }) => id)
const paths = (hub: FakeHub) => hub.requests.map(({ url }) => url)

describe('add', () => {
  it('brings a paper whole, with what is linked, and puts it on the day it was listed on', async () => {
    await using hub = await start()
    const [entry] = entriesOf(hub)
    const [id = ''] = idsOf(hub)
    hub.linked.set(id, { models: ['fern-lab/heron'], datasets: ['marsh/reeds'] })
    using program = installed(hub.url)
    expect(await program.run('add', id)).toMatchObject({ status: 0, out: '1 paper, 1 new\n', err: '' })
    expect(await program.json('list', '--date', DAY)).toMatchObject([
      {
        id,
        title: entry?.title.replace(/\s+/g, ' '),
        abstract: entry?.summary.replace(/\s+/g, ' '),
        submittedOn: DAY,
        upvotes: entry?.paper.upvotes,
        linked: [
          { kind: 'model', name: 'fern-lab/heron', likes: 3, downloads: 1200 },
          { kind: 'dataset', name: 'marsh/reeds', likes: 3, downloads: 1200 },
        ],
        read: false,
        origin: 'hub',
      },
    ])
  })

  it('takes ids and addresses, and each paper once', async () => {
    await using hub = await start()
    const [one, two, three] = idsOf(hub)
    using program = installed(hub.url)
    const texts = [
      `${two}v3`,
      `arXiv:${one}`,
      `https://arxiv.org/pdf/${one}v2.pdf`,
      `https://huggingface.co/papers/${three}`,
      `arxiv.org/abs/${two}`,
    ]
    expect(ids(await program.json('add', ...texts)).toSorted()).toEqual([one, two, three].toSorted())
    expect(paths(hub)).toEqual([two, one, three].map((id) => `/api/papers/${id}`))
  })

  it('brings what is known up to date, and leaves its marks', async () => {
    await using hub = await start()
    const [first] = entriesOf(hub)
    const [id = '', other = ''] = idsOf(hub)
    using program = installed(hub.url)
    await program.run('add', id)
    await program.run('mark', id, '--read', '--star')
    expect((await program.run('add', id)).out).toBe('1 paper, 0 new\n')
    if (first) first.paper.upvotes += 5
    expect((await program.run('add', id, other)).out).toBe('2 papers, 1 new, 1 brought up to date\n')
    expect(await program.json('show', id)).toMatchObject([
      { upvotes: first?.paper.upvotes, read: true, starred: true },
    ])
  })

  it('leaves the list of a day that was synced as it is', async () => {
    await using hub = await start()
    using program = installed(hub.url)
    await program.run('sync', '--date', DAY)
    const before = await program.json('list', '--date', DAY)
    expect(ids(before)).toEqual(idsOf(hub))
    await program.run('add', ...idsOf(hub).toReversed())
    expect(await program.json('list', '--date', DAY)).toEqual(before)
  })

  it('puts a paper that no list had on the day it was published', async () => {
    await using hub = await start()
    const [first] = entriesOf(hub)
    if (first) delete first.paper.submittedOnDailyAt
    using program = installed(hub.url)
    const [paper] = await program.json('add', first?.paper.id ?? '')
    expect(paper?.submittedOn).toBe(first?.paper.publishedAt.slice(0, 10))
  })

  it('brings the same by the pages where the API is off', async () => {
    await using hub = await start()
    const [entry] = entriesOf(hub)
    using byApi = installed(hub.url)
    const [paper] = await byApi.json('add', entry?.paper.id ?? '')
    hub.apiOff = true
    using byPage = installed(hub.url)
    expect(await byPage.json('add', entry?.paper.id ?? '')).toEqual([
      { ...paper, comments: entry?.numComments },
    ])
  })

  it('makes what it brings ready to be searched', async () => {
    await using hub = await start()
    const [entry] = entriesOf(hub)
    using program = installed(hub.url)
    await program.run('add', ...idsOf(hub))
    const title = entry?.title.replace(/[^\p{L}\p{N}]+/gu, ' ') ?? ''
    expect(ids(await program.json('search', title))[0]).toBe(entry?.paper.id)
    expect((await program.run('doctor')).status).toBe(0)
  })

  it('shows the token that there is', async () => {
    await using hub = await start()
    using program = installed(hub.url)
    await finished(program.start(['add', idsOf(hub)[0] ?? ''], { env: { HF_TOKEN: 'a-token' } }))
    expect(hub.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer a-token'])
  })
})

// Side by side: one of them waits before each try of what breaks off.
describe.concurrent('what add cannot bring', () => {
  it('is told before anything is fetched where the Hub has no address', async () => {
    using program = installed('ftp://hub')
    const { status, err } = await program.run('add', '2501.00001')
    expect([status, err]).toEqual([2, expect.stringContaining('HF_ENDPOINT')])
  })

  it.each(['latest', '10.1000/182', 'title:a-title-0123abcd', 'https://example.org/2501.00001', ''])(
    'costs everything where it names no paper, before anything is fetched: %j',
    async (text) => {
      await using hub = await start()
      using program = installed(hub.url)
      const { status, out, err } = await program.run('add', idsOf(hub)[0] ?? '', text)
      expect([status, out]).toEqual([2, ''])
      expect(err).toContain(`"${text}" names no paper`)
      expect([hub.requests, program.fingerprint()]).toEqual([[], null])
    },
  )

  it('costs itself where the Hub has no page of it', async () => {
    await using hub = await start()
    const [one = '', two = ''] = idsOf(hub)
    using program = installed(hub.url)
    const { status, out, err } = await program.run('add', one, '2501.99999', two)
    expect([status, out]).toEqual([1, '2 papers, 2 new\n'])
    expect(err).toBe('broadsheet: The Hub has no page of the paper 2501.99999.\n')
    expect(ids(await program.json('list')).toSorted()).toEqual([one, two].toSorted())
  })

  it('is named, each of it, and counted', async () => {
    await using hub = await start({
      faults: [{ kind: 'shape', json: {}, match: onPath(''), times: Number.POSITIVE_INFINITY }],
    })
    using program = installed(hub.url)
    const [one, two] = idsOf(hub)
    const { status, out, err } = await program.run('add', one ?? '', two ?? '')
    expect([status, out]).toEqual([1, ''])
    const lines = err.trimEnd().split('\n')
    expect(lines).toEqual([
      expect.stringContaining(`${one}: `),
      expect.stringContaining(`${two}: `),
      'broadsheet: 2 of 2 papers could not be brought in.',
    ])
    expect(program.fingerprint()).toBeNull()
  })

  it('leaves the library alone without a network, which has its own status', async () => {
    using program = installed()
    const { status, out, err } = await program.run('add', '2501.00001', '2501.00002')
    expect([status, out]).toEqual([3, ''])
    expect(err).toMatch(/^broadsheet: 127\.0\.0\.1:1 cannot be reached .*\n$/)
    expect(program.fingerprint()).toBeNull()
    expect(await program.run('add', '2501.00001', '--json')).toMatchObject({ status: 3, out: '[]\n' })
  })

  it('does not cost what came before the network went away', async () => {
    await using hub = await start()
    const [one = '', two = '', three = ''] = idsOf(hub)
    hub.faults = [{ kind: 'reset', match: onPath(`/api/papers/${two}`), times: Number.POSITIVE_INFINITY }]
    using program = installed(hub.url)
    const { status, out } = await program.run('add', one, two, three)
    expect([status, out]).toEqual([3, '1 paper, 1 new\n'])
    expect(paths(hub)).not.toContain(`/api/papers/${three}`)
    expect(ids(await program.json('list'))).toEqual([one])
  })

  it('is not tried where access is refused', async () => {
    await using hub = await start({
      faults: [{ kind: 'status', status: 401, match: onPath('/'), times: Number.POSITIVE_INFINITY }],
    })
    using program = installed(hub.url)
    const { status, err } = await program.run('add', ...idsOf(hub))
    expect(status).toBe(1)
    expect(err).toContain('HF_TOKEN')
    expect(hub.requests).toHaveLength(1)
  })
})
