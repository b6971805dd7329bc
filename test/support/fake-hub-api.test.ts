import { afterEach, describe, expect, it } from 'vitest'
import { type FakeHub, type FakeHubOptions, startFakeHub } from './fake-hub.ts'
import { generateDay, type HubEntry } from './generate.ts'

const MONDAY = '2025-01-06'
const FRIDAY = '2025-01-10'
const FEBRUARY = '2025-02-03'
const days = () =>
  new Map(
    [MONDAY, FRIDAY, FEBRUARY].map((day, at) => [day, generateDay(day, 40 + at)] as [string, HubEntry[]]),
  )

const running: FakeHub[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((hub) => hub.close()))
})

async function start(options: FakeHubOptions = {}): Promise<FakeHub> {
  const hub = await startFakeHub({ days: days(), today: '2025-02-04', ...options })
  running.push(hub)
  return hub
}

const get = (hub: FakeHub, path: string, headers: Record<string, string> = {}) =>
  fetch(hub.url + path, { headers })
const list = async (hub: FakeHub, query: string) =>
  (await (await get(hub, `/api/daily_papers?limit=100&${query}`)).json()) as HubEntry[]
const ids = (entries: readonly HubEntry[]) => entries.map(({ paper }) => paper.id).toSorted()

describe('lists of longer than a day', () => {
  it('hold the days of an ISO week or a month, most upvotes first', async () => {
    const hub = await start()
    const january = ids([...(hub.days.get(MONDAY) ?? []), ...(hub.days.get(FRIDAY) ?? [])])
    for (const query of ['week=2025-W02', 'month=2025-01']) {
      const entries = await list(hub, query)
      expect(ids(entries)).toEqual(january)
      const votes = entries.map(({ paper }) => paper.upvotes)
      expect(votes).toEqual(votes.toSorted((a, b) => b - a))
    }
    expect(ids(await list(hub, 'month=2025-02'))).toEqual(ids(hub.days.get(FEBRUARY) ?? []))
    expect(await list(hub, 'week=2025-W03')).toEqual([])
  })

  it('come in pages as those of a day do', async () => {
    const hub = await start()
    const response = await get(hub, '/api/daily_papers?week=2025-W02')
    expect(await response.json()).toHaveLength(50)
    expect(response.headers.get('link')).toContain('week=2025-W02&p=1>; rel="next"')
  })

  it('hold everything where what is trending is asked for, whatever the day', async () => {
    const hub = await start()
    const pages = await Promise.all([0, 1].map((page) => list(hub, `sort=trending&date=${MONDAY}&p=${page}`)))
    expect(ids(pages.flat())).toEqual(ids([...hub.days.values()].flat()))
  })

  it.each([
    ...['week=2025-W53', 'week=2025-W00', 'week=2025-W60', 'week=2025-2', 'week=', 'week=2025-W07'],
    ...['month=2025-13', 'month=2025-1', 'month=', 'month=2025-03', 'month=2025-01-06', 'sort=newest'],
  ])('are an error for %s', async (query) => {
    const response = await get(await start(), `/api/daily_papers?${query}`)
    expect([response.status, await response.json()]).toEqual([400, { error: expect.any(String) }])
  })

  it('are an error neither for the week and month that are under way nor for a week 53 that there is', async () => {
    const hub = await start()
    for (const query of ['week=2025-W06', 'month=2025-02', 'week=2020-W53'])
      expect((await get(hub, `/api/daily_papers?${query}`)).status).toBe(200)
  })
})

describe('ETags', () => {
  const path = `/api/daily_papers?date=${MONDAY}`

  it('spare the body as long as it is the same, and no longer', async () => {
    const hub = await start()
    const etag = (await get(hub, path)).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(hub, path, { 'if-none-match': known })
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, ''])
    }
    for (const entry of hub.days.get(MONDAY)?.slice(0, 1) ?? []) entry.paper.upvotes++
    const changed = await get(hub, path, { 'if-none-match': etag })
    expect([changed.status, await changed.json()]).toEqual([200, hub.days.get(MONDAY)])
    expect(changed.headers.get('etag')).not.toBe(etag)
  })

  it('come with 304 together with the link to the next page and the limit', async () => {
    const hub = await start()
    const etag = (await get(hub, `${path}&limit=10`)).headers.get('etag') ?? ''
    const again = await get(hub, `${path}&limit=10`, { 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(again.headers.get('link')).toContain('rel="next"')
    expect(again.headers.get('ratelimit')).toMatch(/^"api";r=\d+/)
  })

  it('come with lists alone, and not with errors', async () => {
    const hub = await start()
    const id = hub.days.get(MONDAY)?.[0]?.paper.id
    for (const other of [`/api/papers/${id}`, `/papers/${id}`, '/api/daily_papers?date=never'])
      expect((await get(hub, other, { 'if-none-match': '*' })).headers.get('etag')).toBeNull()
  })
})

describe('papers', () => {
  it('are found by their words, the most words first', async () => {
    const hub = await start()
    const entry = hub.days.get(FRIDAY)?.[7]
    const path = `/api/papers/search?${new URLSearchParams({ q: entry?.title ?? '', limit: '3' })}`
    const found = (await (await get(hub, path)).json()) as HubEntry[]
    expect([found.length, found[0]]).toEqual([3, entry])
    for (const query of ['', 'q=', 'q=x&limit=0', 'q=x&limit=101'])
      expect((await get(hub, `/api/papers/search?${query}`)).status).toBe(400)
  })

  it('have what is linked with them, by the API and on their page', async () => {
    const hub = await start()
    const entry = hub.days.get(FRIDAY)?.[0]
    hub.linked.set(entry?.paper.id ?? '', { models: ['fern-lab/heron'], spaces: ['marsh/demo'] })
    const detail = await (await get(hub, `/api/papers/${entry?.paper.id}`)).json()
    expect(detail).toMatchObject({
      ...entry?.paper,
      linkedModels: [{ id: 'fern-lab/heron' }],
      linkedDatasets: [],
      linkedSpaces: [{ id: 'marsh/demo' }],
    })
    const html = await (await get(hub, `/papers/${entry?.paper.id}`)).text()
    expect(html).toContain('data-target="PaperContent"')
    expect(html).toContain('fern-lab/heron')
    expect((await get(hub, '/papers/2501.00000')).status).toBe(404)
  })
})

it('the pages of days can lose their data, and keep what they show', async () => {
  const hub = await start({ markupOnly: true })
  const title = hub.days.get(MONDAY)?.[0]?.paper.id ?? ''
  const bare = await (await get(hub, `/papers/date/${MONDAY}`)).text()
  expect([bare.includes('DailyPapers'), bare.includes(`/papers/${title}`)]).toEqual([false, true])
  hub.markupOnly = false
  expect(await (await get(hub, `/papers/date/${MONDAY}`)).text()).toContain('data-target="DailyPapers"')
})
