import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { type BackgroundAnswer, type BackgroundRole, serveBackground } from '../../src/app/background.ts'
import { summarise } from '../../src/app/statistics.ts'
import { dayOf } from '../../src/days.ts'
import { changeMarks } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import { syncDays } from '../../src/library/listings.ts'
import { findPaper } from '../../src/library/papers.ts'
import { addRule } from '../../src/library/rules.ts'
import { lastTrending } from '../../src/library/trending.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { anyRequest, startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { aPaper, idOf, temporaryLibrary } from '../support/papers.ts'

/** A background thread's service without a thread: what it is asked, and what it says, until an answer of that type. */
function serve(
  role: BackgroundRole,
  libraryFile: string,
  endpoint = 'http://127.0.0.1:1',
  complaints: readonly string[] = [],
) {
  const { port1, port2 } = new MessageChannel()
  const arxiv = { endpoint: 'http://127.0.0.1:1', categories: [], enrich: false }
  const access = { endpoint, token: undefined, arxiv, feeds: [] }
  serveBackground(port1, { role, libraryFile, access, problem: null, complaints })
  const said: BackgroundAnswer[] = []
  const waiting = new Set<() => void>()
  port2.on('message', (answer: BackgroundAnswer) => {
    said.push(answer)
    for (const look of waiting) look()
  })
  const until = (fits: (answer: BackgroundAnswer) => boolean) =>
    new Promise<BackgroundAnswer>((resolve) => {
      const look = () => {
        const answer = said.find(fits)
        if (!answer) return
        waiting.delete(look)
        resolve(answer)
      }
      waiting.add(look)
      look()
    })
  const ask: MessagePort['postMessage'] = (request) => port2.postMessage(request)
  return { ask, said, until, [Symbol.dispose]: () => port2.close() }
}

const two = [
  aPaper({ id: idOf(1), title: 'Lanterns for Harbours', authors: ['Ada Marsh'] }),
  aPaper({ id: idOf(2), title: 'Lanterns for Boats', authors: ['Bo Lind', 'Ada Marsh'] }),
]

describe('the search’s thread', () => {
  it('answers queries, and with papers like one', async () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', two)
    using thread = serve('search', held.file)
    thread.ask({ type: 'search', request: 1, query: 'harbours title:harbours', limit: 9 })
    expect(await thread.until(({ type }) => type === 'found')).toMatchObject({
      request: 1,
      found: { ids: [idOf(1)] },
    })
    thread.ask({ type: 'similar', request: 2, id: idOf(1), limit: 9 })
    const like = await thread.until((answer) => 'request' in answer && answer.request === 2)
    expect(like).toMatchObject({ type: 'found', found: { ids: [idOf(2)] } })
    expect(like.type === 'found' && 'shared' in like.found && like.found.shared.get(idOf(2))).toContain(
      'lanterns',
    )
  })

  it('answers only the newest of the requests that wait', async () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', two)
    using thread = serve('search', held.file)
    for (let request = 1; request <= 5; request++)
      thread.ask({ type: 'search', request, query: 'lanterns', limit: 9 })
    await thread.until((answer) => 'request' in answer && answer.request === 5)
    expect(thread.said.length).toBeLessThan(5)
  })

  it('gives the values of fields when it is warmed up, and again only when papers have changed', async () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', two)
    using thread = serve('search', held.file)
    thread.ask({ type: 'warm-up' })
    const answer = await thread.until(({ type }) => type === 'values')
    expect(answer).toMatchObject({ values: { author: ['Ada Marsh', 'Bo Lind'], date: ['2025-01'] } })
    const asked = async (request: number) => {
      thread.ask({ type: 'warm-up' })
      thread.ask({ type: 'search', request, query: 'lanterns', limit: 9 })
      await thread.until((answer) => 'request' in answer && answer.request === request)
      thread.ask({ type: 'search', request: request + 1, query: 'lanterns', limit: 9 })
      await thread.until((answer) => 'request' in answer && answer.request === request + 1)
      return thread.said.filter(({ type }) => type === 'values').length
    }
    expect(await asked(1)).toBe(1)
    storeDay(held.library, '2025-02-07', [aPaper({ id: idOf(3), title: 'Third' })])
    expect(await asked(3)).toBe(2)
  })

  it('counts what queries find, all of it and what of it is unread, and finds what a view would have now', async () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', two)
    changeMarks(held.library, [idOf(1)], { read: true }, 'read')
    using thread = serve('search', held.file)
    thread.ask({ type: 'count-views', queries: ['date:2025', 'xyzzy'] })
    await thread.until((answer) => answer.type === 'counted' && answer.query === 'xyzzy')
    expect(thread.said).toEqual([
      { type: 'counted', query: 'date:2025', count: { papers: 2, unread: 1 } },
      { type: 'counted', query: 'xyzzy', count: { papers: 0, unread: 0 } },
    ])
    thread.ask({ type: 'recheck', query: 'date:2025' })
    const { ids } = (await thread.until(({ type }) => type === 'rechecked')) as { ids?: readonly string[] }
    expect(ids?.toSorted()).toEqual([1, 2].map(idOf))
  })

  it('counts what the statistics show', async () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', two)
    changeMarks(held.library, [idOf(2)], { read: true }, 'read')
    using thread = serve('search', held.file)
    thread.ask({ type: 'statistics' })
    const said = await thread.until(({ type }) => type === 'statistics')
    const answer = said.type === 'statistics' && 'counts' in said.answer ? said.answer : null
    expect(answer && summarise(answer)).toMatchObject({
      ...{ read: { today: 1, all: 1 }, streak: { current: 1, longest: 1 } },
      ...{ unread: { older: 1 }, library: { papers: 2, days: 1 } },
    })
  })

  it('changes nothing in the library', async () => {
    using held = temporaryLibrary()
    storeDay(held.library, '2025-01-06', two)
    using thread = serve('search', held.file)
    const before = held.library.version()
    thread.ask({ type: 'warm-up' })
    await thread.until(({ type }) => type === 'values')
    expect(held.library.version()).toBe(before)
  })
})

describe('the sync’s thread', () => {
  const day = dayOf(Date.now())

  it('takes what it brings into the index once that is much', async () => {
    const hub = await startFakeHub({ days: new Map([[day, generateDay(day, 300, 1)]]) })
    try {
      using held = temporaryLibrary()
      using thread = serve('sync', held.file, hub.url)
      thread.ask({ type: 'sync', asked: false, all: false })
      expect(await thread.until(({ type }) => type === 'synced')).toMatchObject({ end: { kind: 'done' } })
      expect(held.library.prepare('SELECT count(*) FROM search_segments WHERE live').pluck().get()).toBe(1)
    } finally {
      await hub.close()
    }
  })

  it('asks the Hub what is trending, keeps it in its order, and says why where it cannot', async () => {
    const hub = await startFakeHub({ days: new Map([[day, generateDay(day, 30, 1)]]) })
    using held = temporaryLibrary()
    {
      using thread = serve('sync', held.file, hub.url)
      thread.ask({ type: 'ask-trending' })
      const answer = await thread.until(({ type }) => type === 'trending')
      expect(answer).toMatchObject({ answer: { added: 30, trending: lastTrending(held.library) } })
      expect(lastTrending(held.library)?.ids).toHaveLength(30)
    }
    await hub.close()
    using thread = serve('sync', held.file, hub.url)
    thread.ask({ type: 'ask-trending' })
    const answer = await thread.until(({ type }) => type === 'trending')
    expect(answer).toMatchObject({ answer: { offline: true } })
    expect(lastTrending(held.library)?.ids).toHaveLength(30)
  })

  it('derives what rules match after a sync, and where it is asked to', async () => {
    const hub = await startFakeHub({ days: new Map([[day, generateDay(day, 30, 1)]]) })
    try {
      using held = temporaryLibrary()
      storeDay(held.library, '2025-01-06', [aPaper({ upvotes: 5 })])
      addRule(held.library, { kind: 'watch', query: 'upvotes:>=0', name: 'Anything' })
      using thread = serve('sync', held.file, hub.url)
      thread.ask({ type: 'derive-rules' })
      const first = await thread.until(({ type }) => type === 'ruled')
      expect(first).toEqual({ type: 'ruled', derived: { changed: 1, watched: [] } })
      thread.ask({ type: 'sync', asked: false, all: false })
      const second = await thread.until((answer) => answer.type === 'ruled' && answer.derived.changed > 1)
      expect(second).toEqual({
        type: 'ruled',
        derived: { changed: 30, watched: [{ name: 'Anything', papers: 30 }] },
      })
    } finally {
      await hub.close()
    }
  })

  it('brings the papers in though the index cannot be kept, and says so then', async () => {
    const hub = await startFakeHub({ days: new Map([[day, generateDay(day, 300, 1)]]) })
    try {
      using held = temporaryLibrary()
      held.library.db.exec(`
        CREATE TRIGGER broken BEFORE INSERT ON search_segments BEGIN SELECT raise(ABORT, 'torn'); END`)
      using thread = serve('sync', held.file, hub.url)
      thread.ask({ type: 'sync', asked: false, all: false })
      const answer = await thread.until(({ type }) => type === 'synced')
      expect(answer).toMatchObject({ end: { kind: 'failed', added: 300 } })
      expect(JSON.stringify(answer)).toMatch(/search index is not up to date: .*torn/)
      expect(held.library.prepare('SELECT count(*) FROM papers').pluck().get()).toBe(300)
    } finally {
      await hub.close()
    }
  })

  it('complains of the configuration once it has brought what it could', async () => {
    const hub = await startFakeHub({ days: new Map([[day, generateDay(day, 3, 1)]]) })
    try {
      using held = temporaryLibrary()
      using thread = serve('sync', held.file, hub.url, ['config.toml, line 3: there is no setting'])
      thread.ask({ type: 'sync', asked: false, all: false })
      expect(await thread.until(({ type }) => type === 'complaint')).toMatchObject({
        why: 'config.toml, line 3: there is no setting',
      })
      expect(thread.said.at(-2)).toMatchObject({ type: 'synced', end: { kind: 'done', added: 3 } })
    } finally {
      await hub.close()
    }
  })

  it('syncs once more where it was asked to meanwhile', async () => {
    const hub = await startFakeHub({ days: new Map([[day, generateDay(day, 3, 1)]]) })
    try {
      using held = temporaryLibrary()
      using thread = serve('sync', held.file, hub.url)
      thread.ask({ type: 'sync', asked: false, all: false })
      thread.ask({ type: 'sync', asked: true, all: false })
      const ends = () => thread.said.flatMap((answer) => (answer.type === 'synced' ? [answer.end] : []))
      await thread.until(() => ends().length === 2)
      expect(ends()).toEqual([
        { kind: 'done', added: 3, asked: false },
        { kind: 'done', added: 0, asked: true },
      ])
      // Who asks wants today's list once more.
      expect(hub.requests.filter(({ url }) => url.includes(`date=${day}`)).length).toBe(2)
    } finally {
      await hub.close()
    }
  })

  it('syncs a single day, each that was asked for meanwhile, and nothing else', async () => {
    const days = ['2024-05-06', '2024-05-07', '2024-05-08']
    const hub = await startFakeHub({
      days: new Map(days.map((each, at) => [each, generateDay(each, 2, at)])),
    })
    try {
      using held = temporaryLibrary()
      using thread = serve('sync', held.file, hub.url)
      for (const each of [...days.slice(0, 2), '2024-05-07'])
        thread.ask({ type: 'sync', asked: true, all: false, day: each })
      const ends = () => thread.said.flatMap((answer) => (answer.type === 'synced' ? [answer.end] : []))
      await thread.until(() => ends().length === 2)
      expect(ends().map(({ added }) => added)).toEqual([2, 2])
      expect(syncDays(held.library).map((each) => each.day)).toEqual(['2024-05-07', '2024-05-06'])
    } finally {
      await hub.close()
    }
  })

  it('asks the Hub’s own search, and tells what is new here', async () => {
    const entries = generateDay('2025-01-06', 3, 1)
    const titles = entries.map(({ paper }) => paper.title)
    const hub = await startFakeHub({ days: new Map([['2025-01-06', entries]]) })
    try {
      using held = temporaryLibrary()
      using thread = serve('sync', held.file, hub.url)
      const ask = async (query: string) => {
        thread.said.length = 0
        thread.ask({ type: 'ask-hub', query })
        return await thread.until(({ type }) => type === 'hub-answered')
      }
      const query = titles[1] ?? ''
      const answer = await ask(query)
      expect(answer).toMatchObject({ answer: { query, found: { ids: expect.anything() } } })
      const ids =
        answer.type === 'hub-answered' && 'ids' in answer.answer.found ? answer.answer.found.ids : []
      expect(ids[0]).toBe(entries[1]?.paper.id)
      expect(answer).toMatchObject({ answer: { found: { added: ids.length } } })
      expect(await ask(query)).toMatchObject({ answer: { query, found: { ids, added: 0 } } })
      // Of a query that says more, the Hub is told the words alone.
      await ask(`tag:mine (title:"${query}" or -lamp) is:read sort:upvotes`)
      expect(new URL(hub.requests.at(-1)?.url ?? '', hub.url).searchParams.get('q')).toBe(
        query.replace(/\s+/g, ' '),
      )
      await hub.close()
      expect(await ask(query)).toMatchObject({ answer: { query, found: { why: expect.any(String) } } })
    } finally {
      await hub.close().catch(() => {})
    }
  })

  it('asks for a paper once in an hour, stores what is linked, and tells whether that is news', async () => {
    const entries = generateDay('2025-01-06', 2, 1)
    const [id = '', unlinked = ''] = entries.map(({ paper }) => paper.id)
    const linked = new Map([[id, { models: ['fern-lab/heron'] }]])
    const hub = await startFakeHub({ days: new Map([['2025-01-06', entries]]), linked })
    try {
      using held = temporaryLibrary()
      storeDay(
        held.library,
        '2025-01-06',
        parseEntries(entries.slice(0, 1)).entries.map(({ paper }) => paper),
      )
      using thread = serve('sync', held.file, hub.url)
      const asked = (wanted: string) =>
        thread.said.flatMap((answer) =>
          answer.type === 'paper-asked' && answer.id === wanted ? [answer.how] : [],
        )
      thread.ask({ type: 'ask-paper', id })
      thread.ask({ type: 'ask-paper', id })
      await thread.until(() => asked(id).includes('changed'))
      // Who asks while it is asked already hears so.
      expect(asked(id)).toEqual(['asking', 'asking', 'changed'])
      expect(findPaper(held.library, id)?.linked).toEqual([
        { kind: 'model', name: 'fern-lab/heron', likes: 3, downloads: 1200 },
      ])
      thread.ask({ type: 'ask-paper', id })
      // What the Hub does not know is asked for once too.
      thread.ask({ type: 'ask-paper', id: '2501.99999' })
      await thread.until(() => asked('2501.99999').includes('same'))
      const before = hub.requests.length
      thread.ask({ type: 'ask-paper', id: '2501.99999' })
      thread.ask({ type: 'ask-paper', id: unlinked })
      await thread.until(() => asked(unlinked).includes('changed'))
      expect(asked('2501.99999')).toEqual(['asking', 'same'])
      expect(asked(id)).toHaveLength(3)
      expect(hub.requests.slice(before).map(({ url }) => url)).toEqual([`/api/papers/${unlinked}`])
    } finally {
      await hub.close()
    }
  })

  it('asks for a paper again where nobody answered', async () => {
    const entries = generateDay('2025-01-06', 1, 1)
    const id = entries[0]?.paper.id ?? ''
    const hub = await startFakeHub({ days: new Map([['2025-01-06', entries]]) })
    try {
      using held = temporaryLibrary()
      hub.faults.push({ kind: 'status', status: 401, match: anyRequest, times: 1 })
      using thread = serve('sync', held.file, hub.url)
      const ends = () =>
        thread.said.flatMap((answer) =>
          answer.type === 'paper-asked' && answer.how !== 'asking' ? [answer.how] : [],
        )
      thread.ask({ type: 'ask-paper', id })
      await thread.until(() => ends().length === 1)
      thread.ask({ type: 'ask-paper', id })
      await thread.until(() => ends().length === 2)
      expect(ends()).toEqual(['same', 'changed'])
    } finally {
      await hub.close()
    }
  })

  it('says rather that nobody answered, where that is so too', async () => {
    using held = temporaryLibrary()
    held.library.db.exec(`
      CREATE TRIGGER broken BEFORE INSERT ON search_segments BEGIN SELECT raise(ABORT, 'torn'); END`)
    storeDay(
      held.library,
      '2025-01-06',
      Array.from({ length: 300 }, (_, at) => aPaper({ id: idOf(at + 1), title: `T ${at}` })),
    )
    using thread = serve('sync', held.file)
    thread.ask({ type: 'sync', asked: false, all: false })
    expect(await thread.until(({ type }) => type === 'synced')).toMatchObject({ end: { kind: 'offline' } })
  })
})
