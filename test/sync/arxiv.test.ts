import { afterEach, describe, expect, it } from 'vitest'
import { changeMarks } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import { openLibrary } from '../../src/library/library.ts'
import { countPapers, findPaper } from '../../src/library/papers.ts'
import { listRows } from '../../src/library/rows.ts'
import { sourceState } from '../../src/library/sources.ts'
import type { SyncEvent } from '../../src/sources/sync.ts'
import { bringCategories, bringHarvest, enrich } from '../../src/sync/arxiv.ts'
import { type Brought, broughtAs } from '../../src/sync/brought.ts'
import {
  type ArxivFault,
  arxivPapers,
  type FakeArxiv,
  onOai,
  onQuery,
  revised,
  startFakeArxiv,
} from '../support/fake-arxiv.ts'
import { aPaper, temporaryLibrary } from '../support/papers.ts'

const running: FakeArxiv[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((arxiv) => arxiv.close()))
})

const today = new Date().toISOString().slice(0, 10)
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)

async function start(
  count: number,
  { pageSize, faults = [] }: { pageSize?: number; faults?: ArxivFault[] } = {},
) {
  const papers = arxivPapers(count, yesterday)
  const arxiv = await startFakeArxiv({ papers, faults, ...(pageSize ? { pageSize } : {}) })
  running.push(arxiv)
  return arxiv
}

function asking(arxiv: { url: string }, categories: string[] = ['cs.CL']) {
  const events: SyncEvent[] = []
  return {
    arxiv: { endpoint: arxiv.url, categories, enrich: true, interval: 0 },
    asked: true,
    all: false,
    onEvent: (event: SyncEvent) => events.push(event),
    signal: new AbortController().signal,
    events,
  }
}

const problemsIn = (events: readonly SyncEvent[]) => events.filter(({ type }) => type === 'problem')

describe('a category that is followed', () => {
  it('brings what is new, and is not asked for again at once', async () => {
    const arxiv = await start(30)
    using held = temporaryLibrary()
    const brought: Brought = new Map()
    const ask = asking(arxiv)
    await bringCategories(held.library, ask, brought)
    expect(broughtAs(brought, 'new').toSorted()).toEqual(arxiv.papers.map(({ id }) => id).toSorted())
    expect(ask.events).toContainEqual({ type: 'brought', what: 'arXiv cs.CL', papers: 30 })
    expect(problemsIn(ask.events)).toEqual([])

    arxiv.requests.length = 0
    await bringCategories(held.library, asking(arxiv), new Map())
    expect(arxiv.requests).toEqual([])
  })

  it('shows a revision of a paper that is here, whose marks stay, and of no other old one', async () => {
    const arxiv = await start(2)
    const [old] = arxivPapers(1, '2024-03-05')
    if (!old) throw new Error('no paper')
    using held = temporaryLibrary()
    await bringCategories(held.library, asking(arxiv), new Map())
    const [known] = arxiv.papers
    changeMarks(held.library, [known?.id ?? ''], { read: true, starred: true }, 'mark')

    const now = `${yesterday}T23:00:00Z`
    const changed = known && revised(known, now, { abstract: 'We hang other lanterns.' })
    arxiv.papers = [...(changed ? [changed] : []), revised(old, now)]
    held.library.db.exec('UPDATE sources SET synced_at = synced_at - 3600000')
    await bringCategories(held.library, asking(arxiv), new Map())
    expect(findPaper(held.library, known?.id ?? '')).toMatchObject({
      ...{ version: 2, revisedOn: yesterday, abstract: 'We hang other lanterns.' },
      ...{ read: true, starred: true },
    })
    expect(findPaper(held.library, old.id)).toBeNull()
  })

  it('comes by its RSS feed where the API fails, and says so', async () => {
    const status = { kind: 'status', status: 500, match: onQuery, times: Number.POSITIVE_INFINITY } as const
    const arxiv = await start(3, { faults: [status] })
    using held = temporaryLibrary()
    const ask = asking(arxiv)
    await bringCategories(held.library, ask, new Map())
    expect(countPapers(held.library)).toBeGreaterThan(0)
    expect(problemsIn(ask.events)).toEqual([
      expect.objectContaining({ where: 'arXiv cs.CL', problem: expect.stringContaining('RSS feed is read') }),
    ])
  })

  it('costs itself where it fails: the others are asked all the same', async () => {
    const arxiv = await start(3)
    arxiv.faults = [
      {
        kind: 'status',
        status: 404,
        match: ({ path, query }) =>
          path.endsWith('cs.RO') || (query.get('search_query') ?? '').includes('cs.RO'),
        times: Number.POSITIVE_INFINITY,
      },
    ]
    using held = temporaryLibrary()
    const ask = asking(arxiv, ['cs.RO', 'cs.CL'])
    await expect(bringCategories(held.library, ask, new Map())).rejects.toMatchObject({ code: 'not-found' })
    expect(countPapers(held.library)).toBe(3)
    expect(sourceState(held.library, 'arxiv:cs.RO')).toBeNull()
    expect(problemsIn(ask.events)).toEqual([expect.objectContaining({ where: 'arXiv cs.RO' })])
  })
})

describe('looking papers up', () => {
  it('replaces the text that the Hub spoiled, adds what arXiv knows, keeps counts and marks, and asks once', async () => {
    const arxiv = await start(3)
    const [first, second] = arxiv.papers
    if (!first || !second) throw new Error('no papers')
    arxiv.papers = [{ ...first, abstract: 'We hang $1.6\\times$ the lanterns.' }, second]
    using held = temporaryLibrary()
    const { library } = held
    const spoiled = { abstract: 'We hang 1.6times the lanterns.', upvotes: 12 }
    storeDay(library, today, [
      aPaper({ id: first.id, title: first.title, ...spoiled }),
      aPaper({ id: '2501.99999', title: 'What arXiv does not know' }),
    ])
    changeMarks(library, [first.id], { read: true }, 'mark')
    await enrich(library, asking(arxiv), new Map())
    expect(findPaper(library, first.id)).toMatchObject({
      ...{ abstract: 'We hang $1.6\\times$ the lanterns.', categories: first.categories, upvotes: 12 },
      ...{ read: true, origin: 'arxiv', day: today },
    })
    expect(findPaper(library, '2501.99999')).toMatchObject({ origin: 'hub' })
    expect(arxiv.requests).toHaveLength(1)
    await enrich(library, asking(arxiv), new Map())
    expect(arxiv.requests).toHaveLength(1)
  })

  it('fails quietly: what is missing is looked up the next time', async () => {
    const arxiv = await start(1, { faults: [{ kind: 'status', status: 400, match: onQuery }] })
    using held = temporaryLibrary()
    storeDay(held.library, today, [aPaper({ id: arxiv.papers[0]?.id ?? '' })])
    const ask = asking(arxiv)
    await enrich(held.library, ask, new Map())
    expect(problemsIn(ask.events)).toHaveLength(1)
    await enrich(held.library, asking(arxiv), new Map())
    expect(listRows(held.library)).toMatchObject([{ origin: 'arxiv' }])
  })
})

describe('a harvest', () => {
  const ids = (library: ReturnType<typeof openLibrary>) =>
    listRows(library)
      .map(({ id }) => id)
      .toSorted()

  it('brings a category whole, and goes on where it was cut off', async () => {
    const arxiv = await start(25, { pageSize: 10 })
    arxiv.faults = [
      { kind: 'status', status: 400, match: (request) => onOai(request) && request.count > 2, times: 1 },
    ]
    using held = temporaryLibrary()
    const harvest = () => bringHarvest(held.library, asking(arxiv), 'cs.CL', '2020-01-01', new Map())
    await expect(harvest()).rejects.toMatchObject({ code: 'bad-request' })
    expect(countPapers(held.library)).toBe(20)
    arxiv.requests.length = 0
    await harvest()
    expect(arxiv.requests).toHaveLength(1)
    expect(arxiv.requests[0]?.url).toContain('resumptionToken')
    expect(ids(held.library)).toEqual(arxiv.papers.map(({ id }) => id).toSorted())
    expect(sourceState(held.library, 'oai:cs:cs:CL:2020-01-01')).toMatchObject({ cursor: null })
  })

  it('begins anew where its place is no longer good', async () => {
    const arxiv = await start(25, { pageSize: 10 })
    arxiv.faults = [
      { kind: 'status', status: 400, match: (request) => onOai(request) && request.count > 1, times: 1 },
      { kind: 'bad-token', match: (request) => onOai(request) && request.count > 2, times: 1 },
    ]
    using held = temporaryLibrary()
    const harvest = () => bringHarvest(held.library, asking(arxiv), 'cs.CL', '2020-01-01', new Map())
    await expect(harvest()).rejects.toMatchObject({ code: 'bad-request' })
    await harvest()
    expect(ids(held.library)).toEqual(arxiv.papers.map(({ id }) => id).toSorted())
  })
})

it('asks one thing in an interval, over all instances', async () => {
  const arxiv = await start(3)
  using held = temporaryLibrary()
  const other = openLibrary(held.file)
  try {
    const slow = (categories: string[]) => {
      const ask = asking(arxiv, categories)
      return { ...ask, arxiv: { ...ask.arxiv, interval: 150 } }
    }
    await Promise.all([
      bringCategories(held.library, slow(['cs.CL', 'cs.LG']), new Map()),
      bringCategories(other, slow(['cs.LG', 'cs.CL']), new Map()),
    ])
    const times = arxiv.requests.map(({ at }) => at).toSorted((a, b) => a - b)
    expect(times.length).toBeGreaterThanOrEqual(4)
    // Timers may be early by a little, never by half.
    for (const [at, time] of times.slice(1).entries()) expect(time - (times[at] ?? 0)).toBeGreaterThan(75)
  } finally {
    other.close()
  }
})
