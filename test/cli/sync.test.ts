import { describe, expect, it } from 'vitest'
import { daysBetween } from '../../src/days.ts'
import { type FakeHub, onDay, onPath, startFakeHub } from '../support/fake-hub.ts'
import { generateArchive, generateDay, type HubEntry } from '../support/generate.ts'
import { installed, type JsonPaper } from '../support/program.ts'

const SPAN = ['--since', '2025-12-01', '--until', '2025-12-05']
const archive = () => generateArchive({ from: '2025-12-01', to: '2025-12-05', perDay: 12, seed: 3 })

/** A hub that ends with the test. */
async function hubWith(days: Map<string, HubEntry[]>): Promise<FakeHub & AsyncDisposable> {
  const hub = await startFakeHub({ days })
  return Object.assign(hub, { [Symbol.asyncDispose]: () => hub.close() })
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** What `list --json` is to print of what the hub serves: newest day first, each day in its order. */
function served(days: Map<string, HubEntry[]>): Partial<JsonPaper>[] {
  return [...days]
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .flatMap(([day, entries]) =>
      entries.map(({ paper, numComments, thumbnail }) => {
        const authors = paper.authors.filter(({ hidden }) => !hidden).map(({ name }) => name)
        return {
          id: paper.id,
          title: oneLine(paper.title),
          authors,
          // A hidden author is not named, but counted.
          authorCount: paper.authors.length,
          submittedOn: day,
          publishedOn: paper.publishedAt.slice(0, 10),
          upvotes: paper.upvotes,
          comments: numComments,
          url: `https://arxiv.org/abs/${paper.id}`,
          hubUrl: `https://huggingface.co/papers/${paper.id}`,
          ...{ read: false, starred: false, later: false, hidden: false, tags: [], note: null },
          summary: paper.ai_summary ?? null,
          keywords: paper.ai_keywords ?? [],
          categories: [],
          organization: paper.organization?.fullname ?? null,
          projectPage: paper.projectPage ?? null,
          githubRepo: paper.githubRepo ?? null,
          githubStars: paper.githubStars ?? null,
          ...{
            linked: [],
            picture: thumbnail,
            version: null,
            revisedOn: null,
            doi: null,
            journal: null,
            remark: null,
          },
          origin: 'hub' as const,
        }
      }),
    )
}

const withoutAbstract = ({ abstract, ...rest }: JsonPaper) => rest

// Side by side: one of them waits for its turn at arXiv.
describe.concurrent('sync', () => {
  it('brings exactly what the hub serves, in its order', async () => {
    const days = archive()
    await using hub = await hubWith(days)
    using program = installed(hub.url)
    const { status, out, err } = await program.run('sync', ...SPAN)
    expect([status, err]).toEqual([0, ''])
    expect(out).toBe('5 days, 60 papers: 60 new, 0 brought up to date\n')
    const papers = await program.json('list')
    expect(papers.map(withoutAbstract)).toEqual(served(days))
    for (const [at, entry] of [...days.values()].reverse().flat().entries())
      expect(oneLine(papers[at]?.abstract ?? '')).toBe(oneLine(entry.paper.summary))
    expect(new Set(hub.requests.map(({ headers }) => headers.authorization))).toEqual(new Set([undefined]))
  })

  it('prints as JSON what is new, and a second time nothing', async () => {
    await using hub = await hubWith(archive())
    using program = installed(hub.url)
    const first = await program.json('sync', ...SPAN)
    expect(first.map(({ id }) => id).toSorted()).toEqual(
      [...hub.days.values()]
        .flat()
        .map(({ paper }) => paper.id)
        .toSorted(),
    )
    const before = await program.json('list')
    expect(await program.json('sync', ...SPAN)).toEqual([])
    expect(await program.json('list')).toEqual(before)
  })

  it('a second time changes nothing but the counts', async () => {
    await using hub = await hubWith(archive())
    using program = installed(hub.url)
    await program.run('sync', ...SPAN)
    const before = await program.json('list')
    const [one = '', two = ''] = before.map(({ id }) => id)
    await program.run('mark', one, two, '--read', '--star')
    for (const entries of hub.days.values())
      for (const entry of entries) {
        entry.paper.upvotes += 5
        entry.numComments += 1
      }
    expect((await program.run('sync', ...SPAN)).out).toBe('5 days, 60 papers: 0 new, 60 brought up to date\n')
    expect(await program.json('list')).toEqual(
      before.map((paper) => ({
        ...paper,
        upvotes: (paper.upvotes ?? 0) + 5,
        comments: (paper.comments ?? 0) + 1,
        read: paper.id === one || paper.id === two,
        starred: paper.id === one || paper.id === two,
      })),
    )
  })

  it('brings the same papers from the pages where the API is off, and says so', async () => {
    await using hub = await hubWith(archive())
    using byApi = installed(hub.url)
    await byApi.run('sync', ...SPAN)
    hub.apiOff = true
    using byPage = installed(hub.url)
    const { status, err } = await byPage.run('sync', ...SPAN)
    expect(status).toBe(0)
    expect(err).toMatch(/^broadsheet: .*pages instead/)
    expect(await byPage.json('list')).toEqual(await byApi.json('list'))
  })

  it('shows a paper of two days once, on the later one, and for each of the days', async () => {
    const days = archive()
    const monday = days.get('2025-12-01') ?? []
    const friday = days.get('2025-12-05') ?? []
    const [again] = monday.slice(5)
    if (again) friday.splice(3, 0, again)
    await using hub = await hubWith(days)
    using program = installed(hub.url)
    expect((await program.run('sync', ...SPAN)).out).toContain('60 papers')
    const ids = async (...args: string[]) => (await program.json('list', ...args)).map(({ id }) => id)
    const all = await ids()
    expect(all).toHaveLength(60)
    expect(all.indexOf(again?.paper.id ?? '')).toBe(3)
    expect(await ids('--date', '2025-12-05')).toEqual(friday.map(({ paper }) => paper.id))
    expect(await ids('--date', '2025-12-01')).toEqual(monday.map(({ paper }) => paper.id))
  })

  it('brings a day of more papers than a page holds', async () => {
    const days = new Map([['2025-12-01', generateDay('2025-12-01', 230)]])
    await using hub = await hubWith(days)
    using program = installed(hub.url)
    await program.run('sync', '--date', '2025-12-01')
    expect((await program.json('list')).map(({ id }) => id)).toEqual(
      days.get('2025-12-01')?.map(({ paper }) => paper.id),
    )
  })

  it('without arguments brings the last two weeks and nothing twice', async () => {
    const today = new Date().toISOString().slice(0, 10)
    const from = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)
    await using hub = await hubWith(generateArchive({ from, to: today, perDay: 2 }))
    using program = installed(hub.url)
    await program.run('sync')
    const asked = hub.requests.map(({ url }) => new URL(url, hub.url).searchParams.get('date') ?? '')
    // At midnight the days of the test and of the program may differ by one.
    expect(asked.length).toBeGreaterThanOrEqual(14)
    // Several are under way at a time, but they are begun with the newest.
    const newestFirst = asked.toSorted().reverse()
    expect(asked[0]).toBe(newestFirst[0])
    expect(newestFirst).toEqual(daysBetween(newestFirst.at(-1) ?? '', newestFirst[0] ?? ''))
    hub.requests.length = 0
    expect((await program.run('sync')).status).toBe(0)
    expect(hub.requests.length).toBeLessThan(3)
  })

  it('keeps what it could bring when a day fails, names the day and fails', async () => {
    await using hub = await hubWith(archive())
    const bad = (path: string) => ({
      ...{ kind: 'shape' as const, json: { odd: true }, times: 99 },
      match: onPath(path),
    })
    hub.faults = [
      { kind: 'shape', json: { odd: true }, match: onDay('2025-12-03'), times: 99 },
      bad('/papers/date/2025-12-03'),
      bad('/papers?date=2025-12-03'),
      bad('/papers'),
    ]
    using program = installed(hub.url)
    const { status, err } = await program.run('sync', ...SPAN)
    expect(status).toBe(1)
    expect(err).toContain('2025-12-03')
    expect(await program.json('list')).toHaveLength(48)
    hub.faults = []
    expect((await program.run('sync', ...SPAN)).status).toBe(0)
    expect(await program.json('list')).toHaveLength(60)
  })

  it('stops where access is refused and says what to check', async () => {
    await using hub = await hubWith(archive())
    hub.faults = [{ kind: 'status', status: 401, match: onPath('/'), times: Number.POSITIVE_INFINITY }]
    using program = installed(hub.url)
    const { status, err } = await program.run('sync', ...SPAN)
    expect(status).toBe(1)
    expect(err).toContain('HF_TOKEN')
    expect(hub.requests).toHaveLength(1)
  })
})
