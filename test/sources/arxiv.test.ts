import { afterEach, describe, expect, it } from 'vitest'
import {
  arxivAddresses,
  fetchPapers,
  fetchSubmissions,
  type SubmissionsPage,
} from '../../src/sources/arxiv.ts'
import { createHttp, type Http, type HttpOptions } from '../../src/sources/http.ts'
import {
  type ArxivFault,
  arxivPapers,
  type FakeArxiv,
  type FakeArxivOptions,
  onQuery,
  onRss,
  revised,
  startFakeArxiv,
} from '../support/fake-arxiv.ts'

describe('arxivAddresses', () => {
  it.each<[string | null, Record<string, string>]>([
    [
      null,
      {
        query: 'https://export.arxiv.org/api/query',
        rss: 'https://rss.arxiv.org/rss/cs.CL',
        oai: 'https://oaipmh.arxiv.org/oai',
        html: 'https://arxiv.org/html/2609.01234',
        pdf: 'https://arxiv.org/pdf/hep-th/9901001',
      },
    ],
    [
      'http://localhost:8080',
      {
        query: 'http://localhost:8080/api/query',
        rss: 'http://localhost:8080/rss/cs.CL',
        oai: 'http://localhost:8080/oai',
        html: 'http://localhost:8080/html/2609.01234',
        pdf: 'http://localhost:8080/pdf/hep-th/9901001',
      },
    ],
  ])('with the endpoint %s', (endpoint, expected) => {
    const { query, rss, oai, html, pdf } = arxivAddresses(endpoint)
    const given = { query, rss: rss('cs.CL'), oai, html: html('2609.01234'), pdf: pdf('hep-th/9901001') }
    expect(given).toEqual(expected)
  })
})

const running: (FakeArxiv | Http)[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()))
})

const DAY = '2026-09-25'

async function start(count: number, options: FakeArxivOptions = {}): Promise<FakeArxiv> {
  const arxiv = await startFakeArxiv({ papers: arxivPapers(count, DAY), ...options })
  running.push(arxiv)
  return arxiv
}

function client(options: HttpOptions = {}): Http {
  const http = createHttp({ pause: 2, tries: 2, ...options })
  running.push(http)
  return http
}

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const page of pages) collected.push(page)
  return collected
}

const submissions = (arxiv: FakeArxiv, since: string, category = 'cs.CL', http = client()) =>
  fetchSubmissions(http, arxivAddresses(arxiv.url), category, { since })
const idsOf = (pages: readonly SubmissionsPage[]) => pages.flatMap(({ papers }) => papers.map(({ id }) => id))
const questions = (arxiv: FakeArxiv) =>
  arxiv.requests.map(({ url }) => Object.fromEntries(new URL(url, arxiv.url).searchParams))
const failure = (asked: Promise<unknown>) => asked.then(String, (error: unknown) => error)

type Failing = ArxivFault extends infer Each ? (Each extends ArxivFault ? Omit<Each, 'match'> : never) : never
const onApi = (kind: Failing): ArxivFault => ({ match: onQuery, ...kind }) as ArxivFault
const onFeed = (kind: Failing): ArxivFault => ({ match: onRss, ...kind }) as ArxivFault

describe('fetchSubmissions', () => {
  it('brings the papers of a category back to a day, the last changed first', async () => {
    const arxiv = await start(250)
    const pages = await all(submissions(arxiv, '2026-09-18'))
    expect(pages.map(({ papers, problems, fallback }) => [papers.length, problems, fallback])).toEqual([
      [100, [], undefined],
      [100, [], undefined],
    ])
    expect(idsOf(pages)).toEqual(arxiv.papers.slice(0, 200).map(({ id }) => id))
    const asked = { search_query: 'cat:cs.CL', sortBy: 'lastUpdatedDate', sortOrder: 'descending' }
    expect(questions(arxiv)).toEqual([
      { ...asked, start: '0', max_results: '100' },
      { ...asked, start: '100', max_results: '100' },
    ])
    expect(arxiv.requests[0]?.headers.accept).toMatch(/^application\/atom\+xml/)
  })

  it('goes on where a page ends within the day', async () => {
    const arxiv = await start(250)
    const lastOfPage = arxiv.papers[99]?.versions[0]?.slice(0, 10) ?? ''
    expect(arxiv.papers[100]?.versions[0]?.startsWith(lastOfPage)).toBe(true)
    expect((await all(submissions(arxiv, lastOfPage))).length).toBe(2)
  })

  it('ends where the results do', async () => {
    const arxiv = await start(230)
    const pages = await all(submissions(arxiv, '2000-01-01'))
    expect(pages.map(({ papers }) => papers.length)).toEqual([100, 100, 30])
    const exactly = await start(200)
    expect((await all(submissions(exactly, '2000-01-01'))).length).toBe(2)
    expect(exactly.requests.length).toBe(2)
  })

  it('brings what was revised since, however old', async () => {
    const arxiv = await start(250)
    const old = arxiv.papers[249]
    if (old === undefined) throw new Error('no paper')
    arxiv.papers = [
      ...arxiv.papers.slice(0, 249),
      revised(old, '2026-09-26T10:00:00Z', { comment: 'v2: shorter' }),
    ]
    const [page, ...more] = await all(submissions(arxiv, '2026-09-26'))
    expect(more).toEqual([])
    expect(page?.papers[0]).toMatchObject({
      ...{ id: old.id, version: 2, revisedOn: '2026-09-26', remark: 'v2: shorter' },
      publishedOn: old.versions[0]?.slice(0, 10),
    })
  })

  it.each([
    ['cs', 'cat:cs.*', 3],
    ['CS.lg', 'cat:cs.LG', 3],
    ['hep-th', 'cat:hep-th', 0],
  ])('asks for %s as the API wants it', async (category, query, count) => {
    const arxiv = await start(3)
    expect(idsOf(await all(submissions(arxiv, '2000-01-01', category))).length).toBe(count)
    expect(questions(arxiv)[0]?.search_query).toBe(query)
  })

  it('takes no offence at a paper or two beside their place', async () => {
    const arxiv = await start(30)
    const url = `${arxiv.url}/api/query?search_query=cat:cs.CL&max_results=100`
    const [head = '', ...entries] = (await (await fetch(url)).text()).split('<entry>')
    const [one = '', two = '', three = '', ...others] = entries
    const body = [head, ...others.slice(0, 20), two, one, ...others.slice(20, 25), three, ...others.slice(25)]
    arxiv.faults.push(onApi({ kind: 'body', body: body.join('<entry>') }))
    const [page] = await all(submissions(arxiv, '2026-09-18'))
    expect(page?.fallback).toBeUndefined()
    expect(page?.papers.length).toBe(30)
  })

  it('asks nothing where the category is none', async () => {
    const arxiv = await start(3)
    for (const category of ['cs.CL OR all:x', 'cs.CL&start=9', '../oai', 'ml'])
      await expect(submissions(arxiv, DAY, category).next()).rejects.toMatchObject({
        ...{
          name: 'SourceError',
          code: 'bad-request',
          message: expect.stringContaining('no arXiv category'),
        },
      })
    expect(arxiv.requests).toEqual([])
  })

  it('says that a category without any paper may be none', async () => {
    const [page] = await all(submissions(await start(3), DAY, 'cs.ZZ'))
    expect(page).toEqual({ papers: [], problems: [expect.stringContaining('no paper under cs.ZZ')] })
  })

  it('gives a paper once, though others come in meanwhile and move it to the next page', async () => {
    const arxiv = await start(150)
    const pages: SubmissionsPage[] = []
    for await (const page of submissions(arxiv, '2000-01-01')) {
      if (pages.length === 0) arxiv.papers = [...arxivPapers(160, '2026-09-26').slice(0, 10), ...arxiv.papers]
      pages.push(page)
    }
    const ids = idsOf(pages)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(150)
  })

  it('goes on after the entries that came where a page has fewer than were asked for', async () => {
    const arxiv = await start(120)
    const short = await start(40)
    short.papers = arxiv.papers.slice(0, 40)
    const body = (
      await (await fetch(`${short.url}/api/query?search_query=cat:cs.CL&max_results=100`)).text()
    ).replace('>40<', '>120<')
    arxiv.faults.push(onApi({ kind: 'body', body }))
    const pages = await all(submissions(arxiv, '2000-01-01'))
    expect(pages.map(({ papers }) => papers.length)).toEqual([40, 80])
    expect(questions(arxiv).map(({ start }) => start)).toEqual(['0', '40'])
    expect(new Set(idsOf(pages)).size).toBe(120)
  })

  it('ends after the hundredth page, and says so', async () => {
    const arxiv = await start(10_150)
    const pages = await all(submissions(arxiv, '2000-01-01'))
    expect(pages.length).toBe(100)
    expect(pages.at(-1)?.problems).toEqual([expect.stringContaining('10000')])
    expect(pages.slice(0, -1).flatMap(({ problems }) => problems)).toEqual([])
  })
})

describe('where the API fails', () => {
  it.each<[string, Failing, string]>([
    ['with an error feed', { kind: 'error', message: 'sorting is off' }, 'sorting is off'],
    ['with an error feed and its status', { kind: 'error', message: 'x', status: 400 }, '400'],
    ['with no entry of the many it has', { kind: 'empty', times: Infinity }, 'gives none of them'],
    ['with half a feed', { kind: 'truncate' }, 'cut off'],
    ['with another text', { kind: 'body', body: 'Rate exceeded.' }, 'no Atom feed'],
    ['in another order', { kind: 'unsorted' }, 'another order'],
    ['altogether', { kind: 'status', status: 500, times: Infinity }, '500'],
    ['because it is asked too often', { kind: 'status', status: 429, times: Infinity }, '429'],
  ])('%s, the daily feed is read, and it is said why', async (_how, kind, why) => {
    const arxiv = await start(250, { faults: [onApi(kind)] })
    const [page, ...more] = await all(submissions(arxiv, '2026-09-18'))
    expect(more).toEqual([])
    expect(page?.fallback).toContain(why)
    expect(page?.problems).toEqual([])
    expect(page?.papers.map(({ id }) => id).toSorted()).toEqual(
      arxiv.papers
        .slice(0, 19)
        .map(({ id }) => id)
        .toSorted(),
    )
    expect(page?.papers[0]).toMatchObject({ publishedOn: DAY, version: 1, origin: 'arxiv' })
    expect(arxiv.requests.at(-1)?.url).toBe('/rss/cs.CL')
    expect(arxiv.requests.at(-1)?.headers.accept).toMatch(/^application\/rss\+xml/)
  })

  it('with entries of which none can be read, the daily feed is read', async () => {
    const arxiv = await start(30)
    const real = await (await fetch(`${arxiv.url}/api/query?search_query=cat:cs.CL&max_results=100`)).text()
    const body = real.replaceAll('arxiv.org/abs/', 'example.org/')
    arxiv.faults.push(onApi({ kind: 'body', body }))
    const [page] = await all(submissions(arxiv, '2026-09-18'))
    expect(page?.fallback).toContain('no paper that can be read')
  })

  it('a weekend’s daily feed is an answer too', async () => {
    const faults = [onApi({ kind: 'truncate' }), onFeed({ kind: 'empty' })]
    const [page] = await all(submissions(await start(5, { faults }), '2026-09-18'))
    expect(page).toMatchObject({ papers: [], problems: [], fallback: expect.stringContaining('cut off') })
  })

  it.each<[string, Failing]>([
    ['has an error in it', { kind: 'error', message: 'y', status: 200 }],
    ['is not there', { kind: 'status', status: 404 }],
    ['is cut off', { kind: 'truncate' }],
  ])('and the daily feed %s, the error is the API’s', async (_how, kind) => {
    const faults = [onApi({ kind: 'error', message: 'sorting is off' }), onFeed(kind)]
    const failed = await failure(submissions(await start(5, { faults }), DAY).next())
    expect(failed).toMatchObject({ name: 'SourceError', message: expect.stringContaining('sorting is off') })
  })

  it('and the network goes away, that is the error', async () => {
    const faults = [
      onApi({ kind: 'error', message: 'sorting is off' }),
      onFeed({ kind: 'reset', times: Infinity }),
    ]
    const failed = await failure(submissions(await start(5, { faults }), DAY).next())
    expect(failed).toMatchObject({ name: 'SourceError', code: 'unreachable' })
  })

  it('because there is no network, the daily feed is not asked for', async () => {
    const arxiv = await start(5, { faults: [onApi({ kind: 'reset', times: Infinity })] })
    expect(await failure(submissions(arxiv, DAY).next())).toMatchObject({ code: 'unreachable' })
    expect(arxiv.requests.every(({ url }) => url.startsWith('/api/'))).toBe(true)
  })

  it('because it was stopped, the daily feed is not asked for', async () => {
    const arxiv = await start(5)
    const http = client({ signal: AbortSignal.abort() })
    expect(await failure(submissions(arxiv, DAY, 'cs.CL', http).next())).toMatchObject({ code: 'stopped' })
    expect(arxiv.requests).toEqual([])
  })

  it('on a later page, what was had stays and the error is told', async () => {
    const arxiv = await start(250)
    const pages = submissions(arxiv, '2000-01-01')
    expect((await pages.next()).value).toMatchObject({ papers: { length: 100 } })
    arxiv.faults.push(onApi({ kind: 'truncate' }))
    expect(await failure(pages.next())).toMatchObject({ name: 'SourceError', code: 'unknown-shape' })
    expect(arxiv.requests.some(({ url }) => url.startsWith('/rss/'))).toBe(false)
  })

  it('with an empty page once or twice, it is asked again', async () => {
    const arxiv = await start(150)
    arxiv.faults.push({
      ...onApi({ kind: 'empty', times: 2 }),
      match: ({ query }) => query.get('start') === '100',
    })
    const pages = await all(submissions(arxiv, '2000-01-01'))
    expect(idsOf(pages).length).toBe(150)
    expect(arxiv.requests.length).toBe(4)
  })
})

describe('fetchPapers', () => {
  const papers = (arxiv: FakeArxiv, ids: readonly string[]) =>
    fetchPapers(client(), arxivAddresses(arxiv.url), ids)

  it('brings papers by their ids, a hundred in one request', async () => {
    const arxiv = await start(120)
    const ids = arxiv.papers.slice(10, 110).map(({ id }) => id)
    const { papers: brought, problems } = await papers(arxiv, ids)
    expect(brought.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    expect(problems).toEqual([])
    expect(questions(arxiv)).toMatchObject([{ id_list: ids.join(','), max_results: '100', start: '0' }])
  })

  it('brings them as arXiv has them now', async () => {
    const [one, two] = arxivPapers(2, DAY)
    if (one === undefined || two === undefined) throw new Error('no papers')
    const facts = { doi: '10.1000/Now', journal: 'J. Now 1', comment: '4 pages', title: 'A Title < Another' }
    const old = { ...two, id: 'hep-th/9901001', versions: ['1999-01-04T10:00:00Z'], categories: ['hep-th'] }
    const arxiv = await start(0, { papers: [revised(one, '2026-10-01T00:00:00Z', facts), old] })
    const { papers: brought } = await papers(arxiv, [`${one.id}v1`, one.id, 'hep-th/9901001'])
    expect(brought).toMatchObject([
      { id: one.id, version: 2, revisedOn: '2026-10-01', doi: '10.1000/now', journal: 'J. Now 1' },
      { id: 'hep-th/9901001', version: 1, revisedOn: null, publishedOn: '1999-01-04' },
    ])
    expect(brought[0]).toMatchObject({ remark: '4 pages', title: 'A Title < Another' })
    expect(questions(arxiv)[0]?.id_list).toBe(`${one.id},hep-th/9901001`)
  })

  it('leaves out what arXiv does not know, which may be all', async () => {
    const arxiv = await start(3)
    const known = arxiv.papers[1]?.id ?? ''
    expect((await papers(arxiv, ['2401.99999', known])).papers.map(({ id }) => id)).toEqual([known])
    expect(await papers(arxiv, ['2401.99999'])).toEqual({ papers: [], problems: [] })
  })

  it('asks for arXiv ids alone, and for none not at all', async () => {
    const arxiv = await start(3)
    expect(await papers(arxiv, ['doi:10.1000/x', 'title:some-paper-01234567'])).toEqual({
      papers: [],
      problems: [],
    })
    expect(await papers(arxiv, [])).toEqual({ papers: [], problems: [] })
    expect(arxiv.requests).toEqual([])
    await expect(papers(arxiv, Array(101).fill('2401.00001'))).rejects.toThrow(RangeError)
  })

  it('leaves out a paper that was not asked for, and says so', async () => {
    const arxiv = await start(3)
    const [one, two, three] = arxiv.papers.map(({ id }) => id)
    const body = await (await fetch(`${arxiv.url}/api/query?id_list=${one},${two}`)).text()
    arxiv.faults.push(onApi({ kind: 'body', body }))
    const { papers: brought, problems } = await papers(arxiv, [one ?? '', three ?? ''])
    expect(brought.map(({ id }) => id)).toEqual([one])
    expect(problems).toEqual([expect.stringContaining(`${two} left out`)])
  })

  it.each<[string, Failing, string]>([
    ['an error', { kind: 'error', message: 'incorrect id format for 2401.1' }, 'bad-request'],
    ['an empty answer that should not be', { kind: 'empty', times: Infinity }, 'server'],
    ['half a feed', { kind: 'truncate' }, 'unknown-shape'],
    ['no network', { kind: 'reset', times: Infinity }, 'unreachable'],
  ])('fails with %s', async (_what, kind, code) => {
    const arxiv = await start(3, { faults: [onApi(kind)] })
    const failed = await failure(papers(arxiv, [arxiv.papers[0]?.id ?? '']))
    expect(failed).toMatchObject({ name: 'SourceError', code })
    expect(arxiv.requests.some(({ url }) => url.startsWith('/rss/'))).toBe(false)
  })
})
