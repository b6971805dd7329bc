import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { SourceError } from '../../src/sources/errors.ts'
import { createHttp } from '../../src/sources/http.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { searchHub } from '../../src/sources/hub-search.ts'
import { type FakeHub, type Fault, onPath, startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'

const DAY = '2025-01-06'
const entries = generateDay(DAY, 150)

const hubs: FakeHub[] = []
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
})

async function start(...faults: Fault[]): Promise<FakeHub> {
  const hub = await startFakeHub({ days: new Map([[DAY, entries]]), today: '2025-01-12', faults })
  hubs.push(hub)
  return hub
}

async function search(hub: FakeHub, query: string, limit = 20) {
  const http = createHttp({ pause: 2 })
  return await searchHub(http, hub.url, query, limit).finally(() => http.close())
}

const answering = (json: unknown): Fault => ({ kind: 'shape', json, match: onPath('/api/papers/search') })
const asked = (hub: FakeHub) => new URL(hub.requests[0]?.url ?? '', hub.url).searchParams

describe('searchHub', () => {
  it('gives what the Hub finds, in its order, with the days that papers were listed on', async () => {
    const hub = await start()
    const title = entries[17]?.title ?? ''
    const found = await search(hub, title)
    expect(found.entries[0]?.paper.id).toBe(entries[17]?.paper.id)
    expect(found.entries[0]?.listedOn).toBe(DAY)
    const json = await (await fetch(hub.url + hub.requests[0]?.url)).json()
    expect(found).toEqual(parseEntries(json))
  })

  it('reads the flat answers of 2024, which held little but a title', async () => {
    const flat = entries.slice(0, 3).map(({ paper }) => ({
      id: paper.id,
      title: paper.title,
      thumbnailUrl: `/social-thumbnails/${paper.id}.png`,
      source: 'hf',
    }))
    const found = await search(await start(answering(flat)), 'tides')
    expect(found.entries.map(({ paper }) => paper.id)).toEqual(flat.map(({ id }) => id))
    for (const { paper, listedOn } of found.entries)
      expect([paper.abstract, paper.upvotes, paper.origin, listedOn]).toEqual(['', null, 'hub', null])
  })

  it('asks for as many as wanted, from 1 to 100', async () => {
    for (const [limit, sent] of [
      [7, '7'],
      [0, '1'],
      [1e9, '100'],
      [2.9, '2'],
      [Number.NaN, '1'],
    ] as const) {
      const hub = await start()
      const found = await search(hub, 'the', limit)
      expect([asked(hub).get('limit'), found.entries.length]).toEqual([sent, Number(sent)])
    }
  })

  it('gives no more than wanted where the server does not mind, and no paper twice', async () => {
    const [first, second, third, fourth] = entries
    const hub = await start(answering([second, first, second, first, third, fourth]))
    const found = await search(hub, 'tides', 3)
    expect(found.entries.map(({ paper }) => paper.id)).toEqual(
      [second, first, third].map((entry) => entry?.paper.id),
    )
  })

  it('is no empty answer that nothing is found', async () => {
    expect(await search(await start(), 'qqqqqqqq')).toEqual({ entries: [], problems: [] })
  })

  it.each(['', '   ', '\u200b\n'])('does not ask the Hub for nothing: %j', async (query) => {
    const hub = await start()
    await expect(search(hub, query)).rejects.toThrow(expect.objectContaining({ code: 'bad-request' }))
    expect(hub.requests).toEqual([])
  })

  it.each([
    ['C++ & friends? 100% #1', 'C++ & friends? 100% #1'],
    ['  two\n lines ', 'two lines'],
    ['a\u001b[31mb', 'ab'],
    ['half \ud83d a pair', 'half a pair'],
    ['x'.repeat(400), 'x'.repeat(250)],
    [`${'x'.repeat(249)}🐟🐟`, `${'x'.repeat(249)}🐟`],
  ])('sends %j as it is meant', async (query, sent) => {
    const hub = await start(answering([]))
    await search(hub, query)
    expect([...asked(hub)]).toEqual([
      ['q', sent],
      ['limit', '20'],
    ])
  })

  it.each([[{ error: 'later' }], [null], [[{}]], ['text']])('refuses %j', async (json) => {
    await expect(search(await start(answering(json)), 'tides')).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-shape' }),
    )
  })

  it('fails in words whatever is answered', async () => {
    const answers = fc.oneof(
      fc.json(),
      fc.string(),
      fc.array(fc.jsonValue()).map((list) => JSON.stringify(list)),
    )
    await fc.assert(
      fc.asyncProperty(answers, fc.string({ unit: 'binary' }), fc.double(), async (body, query, limit) => {
        const http = { get: async (url: string) => ({ url, body, hasNext: false }), close: async () => {} }
        const error = await searchHub(http as never, 'http://hub', query, limit).catch(
          (thrown: unknown) => thrown,
        )
        if (error instanceof Error) expect(error).toBeInstanceOf(SourceError)
      }),
      { numRuns: 500 },
    )
  })
})
