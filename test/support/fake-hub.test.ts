import { load } from 'cheerio'
import { afterEach, describe, expect, it } from 'vitest'
import {
  anyRequest,
  type FakeHub,
  type FakeHubOptions,
  type Fault,
  onDay,
  onPath,
  startFakeHub,
} from './fake-hub.ts'
import { generateArchive, generateDay, generateEntry, type HubEntry } from './generate.ts'

const MONDAY = '2025-01-06'
const TUESDAY = '2025-01-07'
const SATURDAY = '2025-01-11'
const TODAY = '2025-01-12'

const running: FakeHub[] = []

async function start(options: FakeHubOptions = {}): Promise<FakeHub> {
  const days = new Map([
    [MONDAY, generateDay(MONDAY, 120)],
    [TUESDAY, generateDay(TUESDAY, 3)],
  ])
  const hub = await startFakeHub({ days, today: TODAY, ...options })
  running.push(hub)
  return hub
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((hub) => hub.close()))
})

const list = (hub: FakeHub, query: string): Promise<Response> => fetch(`${hub.url}/api/daily_papers?${query}`)
const entriesOf = async (response: Response): Promise<HubEntry[]> => (await response.json()) as HubEntry[]

async function answered(hub: FakeHub, path: string): Promise<[status: number, error: unknown]> {
  const response = await fetch(hub.url + path)
  return [response.status, ((await response.json()) as { error?: unknown }).error]
}

async function pageProps(
  hub: FakeHub,
  path: string,
): Promise<{ dateString: string; dailyPapers: HubEntry[] }> {
  const $ = load(await (await fetch(hub.url + path)).text())
  const found = $('div.SVELTE_HYDRATER[data-target="DailyPapers"][data-props]')
  expect(found.length).toBe(1)
  return JSON.parse(found.attr('data-props') ?? '')
}

describe('the list of a day', () => {
  it('comes in pages linked by the Link header', async () => {
    const hub = await start()
    const seen: HubEntry[] = []
    const sizes: number[] = []
    let next: string | undefined = `${hub.url}/api/daily_papers?date=${MONDAY}`
    while (next) {
      const response: Response = await fetch(next)
      const entries = await entriesOf(response)
      seen.push(...entries)
      sizes.push(entries.length)
      next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
    }
    expect(sizes).toEqual([50, 50, 20])
    expect(seen).toEqual(hub.days.get(MONDAY))
    expect(await entriesOf(await list(hub, `date=${MONDAY}&p=3`))).toEqual([])
    expect(hub.requests.map(({ method, url }) => `${method} ${url}`)[1]).toBe(
      `GET /api/daily_papers?date=${MONDAY}&p=1`,
    )
  })

  it('holds at most 100 entries a page', async () => {
    const hub = await start()
    expect(await entriesOf(await list(hub, `date=${MONDAY}&limit=100`))).toHaveLength(100)
    for (const limit of ['101', '0', '-1', 'x']) {
      expect(await answered(hub, `/api/daily_papers?date=${MONDAY}&limit=${limit}`)).toEqual([
        400,
        expect.any(String),
      ])
    }
  })

  it('is empty on a weekend, an error when malformed or to come, and the latest without a date', async () => {
    const hub = await start()
    const weekend = await list(hub, `date=${SATURDAY}`)
    expect([weekend.status, await weekend.json()]).toEqual([200, []])
    for (const date of ['2025-01-13', '2025-02-30', 'yesterday', '']) {
      expect(await answered(hub, `/api/daily_papers?date=${date}`)).toEqual([400, expect.any(String)])
    }
    expect(await entriesOf(await list(hub, ''))).toEqual(hub.days.get(TUESDAY))
    hub.setToday(MONDAY)
    expect((await list(hub, `date=${TUESDAY}`)).status).toBe(400)
    expect(await entriesOf(await list(hub, 'limit=100'))).toEqual(hub.days.get(MONDAY)?.slice(0, 100))
  })

  it('is zipped for those who accept it', async () => {
    const hub = await start()
    const zipped = await list(hub, `date=${TUESDAY}`)
    const plain = await fetch(`${hub.url}/api/daily_papers?date=${TUESDAY}`, {
      headers: { 'accept-encoding': 'identity' },
    })
    expect([zipped, plain].map((response) => response.headers.get('content-encoding'))).toEqual([
      'gzip',
      null,
    ])
    expect(await zipped.json()).toEqual(await plain.json())
  })
})

describe('other routes', () => {
  it('answers a paper flat, and an error for what it does not have', async () => {
    const hub = await start()
    const paper = hub.days.get(TUESDAY)?.[1]?.paper
    expect(await (await fetch(`${hub.url}/api/papers/${paper?.id}`)).json()).toMatchObject({ ...paper })
    for (const path of ['/api/papers/2501.00000', '/api/nothing', '/nothing', '/papers/date/soon', '//']) {
      expect(await answered(hub, path)).toEqual([404, expect.any(String)])
    }
  })

  it('gives the same entries in a page, whose date is that of the list it shows', async () => {
    const hub = await start()
    const tuesday = { dateString: TUESDAY, dailyPapers: hub.days.get(TUESDAY) }
    const monday = { dateString: MONDAY, dailyPapers: hub.days.get(MONDAY) }
    expect(await pageProps(hub, `/papers/date/${MONDAY}`)).toMatchObject(monday)
    expect(await pageProps(hub, `/papers?date=${MONDAY}`)).toMatchObject(monday)
    expect(await pageProps(hub, `/papers/date/${SATURDAY}`)).toMatchObject(tuesday)
    expect(await pageProps(hub, '/papers/date/2025-03-03')).toMatchObject(tuesday)
    expect(await pageProps(hub, '/papers')).toMatchObject(tuesday)
  })

  it('can turn the API off and keep the pages', async () => {
    const hub = await start({ apiOff: true })
    expect(await answered(hub, `/api/daily_papers?date=${MONDAY}`)).toEqual([404, expect.any(String)])
    expect((await pageProps(hub, '/papers')).dateString).toBe(TUESDAY)
    hub.apiOff = false
    expect((await list(hub, `date=${MONDAY}`)).status).toBe(200)
  })

  it('counts down the limit, and refuses only when told to', async () => {
    const lenient = await list(await start(), `date=${TUESDAY}`)
    expect(lenient.headers.get('ratelimit')).toBe('"api";r=499;t=300')
    expect(lenient.headers.get('ratelimit-policy')).toBe('"fixed window";"api";q=500;w=300')
    const strict = await start({ rateLimit: { quota: 2, windowSeconds: 60 } })
    const statuses = [1, 2, 3].map(async () => (await list(strict, `date=${TUESDAY}`)).status)
    expect((await Promise.all(statuses)).sort()).toEqual([200, 200, 429])
    const refused = await list(strict, `date=${TUESDAY}`)
    expect(refused.headers.get('ratelimit')).toMatch(/^"api";r=0;t=\d+$/)
  })
})

describe('faults', () => {
  const path = `/api/daily_papers?date=${MONDAY}`

  async function faulty(fault: Fault): Promise<FakeHub> {
    return start({ faults: [fault] })
  }

  it('applies as often as told, to what matches, the first one first', async () => {
    const hub = await start()
    hub.faults.push({ kind: 'status', status: 503, match: onDay(MONDAY), times: 2 })
    hub.faults.push({ kind: 'status', status: 500, match: ({ count }) => count === 3 })
    hub.faults.push({
      kind: 'status',
      status: 502,
      match: onPath('/papers'),
      times: Number.POSITIVE_INFINITY,
    })
    const statuses: number[] = []
    for (const asked of [path, path, path, path, '/papers', '/papers']) {
      const response = await fetch(hub.url + asked)
      statuses.push(response.status)
      await response.arrayBuffer()
    }
    expect(statuses).toEqual([503, 503, 500, 200, 502, 502])
    expect(hub.faults).toHaveLength(1)
  })

  it('status: with headers and body of its own', async () => {
    const hub = await faulty({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '7' },
      body: 'later',
      match: anyRequest,
    })
    const response = await fetch(hub.url + path)
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([
      429,
      '7',
      'later',
    ])
  })

  it('reset: no answer at all, then a sound one', async () => {
    const hub = await faulty({ kind: 'reset', match: anyRequest })
    await expect(fetch(hub.url + path)).rejects.toThrow('fetch failed')
    expect((await fetch(hub.url + path)).status).toBe(200)
  })

  it('reset-midway: a head whose body breaks off', async () => {
    const hub = await faulty({ kind: 'reset-midway', match: anyRequest })
    const response = await fetch(hub.url + path)
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  it('truncate: half of the JSON, complete as HTTP', async () => {
    const hub = await faulty({ kind: 'truncate', match: anyRequest })
    const half = await (await fetch(hub.url + path)).text()
    const whole = await (await fetch(hub.url + path)).text()
    expect(half).toBe(whole.slice(0, Math.ceil(whole.length / 2)))
    expect(() => JSON.parse(half)).toThrow(SyntaxError)
  })

  it('slow-headers and slow-body: late, but whole', async () => {
    const hub = await start()
    for (const kind of ['slow-headers', 'slow-body'] as const) {
      hub.faults.push({ kind, delayMs: 40, match: anyRequest })
      const before = performance.now()
      const response = await fetch(hub.url + path)
      const headers = performance.now() - before
      expect(await entriesOf(response)).toHaveLength(50)
      // Timers may fire a millisecond early.
      expect(kind === 'slow-headers' ? headers : performance.now() - before).toBeGreaterThan(38)
    }
  })

  it('wrong-type: a page with status 200 where JSON belongs', async () => {
    const hub = await faulty({ kind: 'wrong-type', match: anyRequest })
    const response = await fetch(hub.url + path)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await response.text()).toContain('<form>')
  })

  it('huge: as many bytes as told, zipped or not, and no harm when the client leaves', async () => {
    const hub = await faulty({ kind: 'huge', bytes: 3_000_001, match: anyRequest, times: 3 })
    for (const encoding of ['gzip', 'identity']) {
      const response = await fetch(hub.url + path, { headers: { 'accept-encoding': encoding } })
      expect(response.headers.get('content-length')).toBe(null)
      expect((await response.arrayBuffer()).byteLength).toBe(3_000_001)
    }
    await (await fetch(hub.url + path)).body?.cancel()
    expect((await fetch(hub.url + path)).status).toBe(200)
  })

  it('redirect: to anywhere', async () => {
    const hub = await faulty({ kind: 'redirect', location: '/papers', match: onPath('/api/') })
    const response = await fetch(hub.url + path, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([302, '/papers'])
  })

  it('shape: sound JSON of another kind', async () => {
    const hub = await faulty({ kind: 'shape', json: { papers: null }, match: anyRequest })
    expect(await (await fetch(hub.url + path)).json()).toEqual({ papers: null })
  })

  it('hang: no answer, not even to close()', async () => {
    const hub = await faulty({ kind: 'hang', match: anyRequest, times: 2 })
    await expect(fetch(hub.url + path, { signal: AbortSignal.timeout(20) })).rejects.toThrow(/timeout/)
    const hanging = expect(fetch(hub.url + path)).rejects.toThrow('fetch failed')
    await expect.poll(() => hub.requests.length, { interval: 1 }).toBe(2)
    await hub.close()
    await hanging
  })
})

describe('generated papers', () => {
  const flat = (text: string): string => text.replace(/\s+/g, ' ')

  it('are the same for the same seed and others for another', () => {
    expect(generateEntry(7, MONDAY)).toEqual(generateEntry(7, MONDAY))
    expect(generateDay(MONDAY, 20, 2)).toEqual(generateDay(MONDAY, 20, 2))
    expect(generateEntry(8, MONDAY).title).not.toBe(generateEntry(7, MONDAY).title)
    expect(generateDay(MONDAY, 20, 3)).not.toEqual(generateDay(MONDAY, 20, 2))
  })

  it('fill the weekdays of an archive, each with a title and an id of its own', () => {
    const archive = generateArchive({ from: '2025-10-30', to: '2025-12-03', perDay: 100 })
    expect([...archive.keys()].slice(0, 4)).toEqual(['2025-10-30', '2025-10-31', '2025-11-03', '2025-11-04'])
    const papers = [...archive].flatMap(([day, entries]) => entries.map(({ paper }) => ({ day, paper })))
    expect(papers).toHaveLength(25 * 100)
    expect(new Set(papers.map(({ paper }) => paper.id)).size).toBe(papers.length)
    expect(new Set(papers.map(({ paper }) => flat(paper.title).toLowerCase())).size).toBe(papers.length)
    for (const { day, paper } of papers) {
      expect(paper.id).toMatch(new RegExp(`^${day.slice(2, 4)}${day.slice(5, 7)}\\.\\d{5}$`))
      expect(paper.submittedOnDailyAt?.slice(0, 10)).toBe(day)
      const [titleWords, abstractWords] = [paper.title, paper.summary].map(
        (text) => flat(text).split(' ').length,
      )
      expect(titleWords).toSatisfy((count: number) => count >= 6 && count <= 12)
      expect(abstractWords).toSatisfy((count: number) => count >= 120 && count <= 180)
      expect(JSON.stringify(paper)).not.toMatch(/null|undefined|[{}]\w[{}]/)
    }
    // The Hub stopped passing on hard line breaks in November 2025.
    const broken = papers.filter(({ paper }) => paper.title.includes('\n  ') && paper.summary.includes('\n'))
    expect(broken.length).toBeGreaterThan(100)
    expect(broken.every(({ day }) => day < '2025-12-01')).toBe(true)
    expect(
      papers.some(({ paper }) => paper.githubRepo) && papers.some(({ paper }) => !paper.githubRepo),
    ).toBe(true)
  })
})
