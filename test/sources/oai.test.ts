import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { NOT_SAID } from '../../src/paper.ts'
import { arxivAddresses } from '../../src/sources/arxiv.ts'
import { SourceError } from '../../src/sources/errors.ts'
import { createHttp, type Http } from '../../src/sources/http.ts'
import { type HarvestOptions, harvest, isBadToken, type OaiPage, parseOai } from '../../src/sources/oai.ts'
import {
  type ArxivFault,
  arxivPapers,
  type FakeArxiv,
  type FakeArxivOptions,
  onOai,
  revised,
  startFakeArxiv,
} from '../support/fake-arxiv.ts'

const answer = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
    <responseDate>2026-10-01T23:30:00Z</responseDate>
    <request verb="ListRecords" metadataPrefix="arXiv" set="cs:cs:CL">http://oaipmh.arxiv.org/oai</request>
    ${inner}
</OAI-PMH>`
const list = (inner: string) => answer(`<ListRecords>${inner}</ListRecords>`)

const header = (id = '2609.01234') => `<header>
            <identifier>oai:arXiv.org:${id}</identifier>
            <datestamp>2026-09-30</datestamp>
            <setSpec>cs:cs:CL</setSpec>
        </header>`

const RECORD = `<record>
        ${header()}
        <metadata>
            <arXiv xmlns="http://arxiv.org/OAI/arXiv/">
                <id>2609.01234</id>
                <created>2026-09-24</created>
                <updated>2026-09-28</updated>
                <authors>
                    <author><keyname>Marsh</keyname><forenames>Ada B.</forenames><suffix>Jr</suffix></author>
                    <author><keyname>de la Cruz</keyname><forenames>Bo</forenames></author>
                    <author><keyname>Q9 Collaboration</keyname></author>
                </authors>
                <title>Ferries that Keep
  Their Timetable</title>
                <categories>cs.CL q-bio.NC 68T50</categories>
                <comments>12 pages,
  3 figures</comments>
                <journal-ref>Harbour Reports 4 (2026) 11</journal-ref>
                <doi>10.1000/FERRY.4</doi>
                <license>http://creativecommons.org/licenses/by/4.0/</license>
                <abstract>  We wait at a pier &amp; measure $t &lt; 1$.
And wait.
</abstract>
            </arXiv>
        </metadata>
    </record>`

const GONE =
  '<record><header status="deleted"><identifier>oai:arXiv.org:hep-th/9901001</identifier><datestamp>2026-09-30</datestamp></header></record>'

describe('parseOai', () => {
  it('reads a record whole', () => {
    expect(parseOai(list(RECORD))).toEqual({
      papers: [
        {
          ...NOT_SAID,
          ...{ id: '2609.01234', title: 'Ferries that Keep Their Timetable' },
          abstract: 'We wait at a pier & measure $t < 1$. And wait.',
          ...{ authors: ['Ada B. Marsh Jr', 'Bo de la Cruz', 'Q9 Collaboration'], authorCount: 3 },
          ...{ publishedOn: '2026-09-24', categories: ['cs.CL', 'q-bio.NC'], doi: '10.1000/ferry.4' },
          ...{ journal: 'Harbour Reports 4 (2026) 11', remark: '12 pages, 3 figures', origin: 'arxiv' },
        },
      ],
      problems: [],
      deleted: [],
      token: null,
      servedOn: '2026-10-01',
    })
  })

  it.each<[string, string, string | null, string | null]>([
    ['2609.01234', '2026-09-30', '2026-09-30', null],
    // It lay there for a while before it was let in.
    ['2609.01234', '2026-07-02', '2026-07-02', null],
    ['2609.01234', '2026-10-01', null, '2026-10-01'],
    ['0704.0001', '2009-03-31', null, '2009-03-31'],
    ['0704.0001', '2007-04-02', '2007-04-02', null],
    ['hep-th/9901001', '1999-01-05', '1999-01-05', null],
    ['hep-th/9912001', '2000-01-05', null, '2000-01-05'],
    ['math.PR/0001001', '2000-01-05', '2000-01-05', null],
    ['2609.01234', 'lately', null, null],
  ])(
    'takes the date of %s (%s) for the day of the paper or of a revision',
    (id, created, publishedOn, revisedOn) => {
      const record = RECORD.replace('<id>2609.01234', `<id>${id}`).replace('2026-09-24', created)
      expect(parseOai(list(record)).papers[0]).toMatchObject({ id, publishedOn, revisedOn, version: null })
    },
  )

  it('names a paper by the header where the metadata does not', () => {
    const [paper] = parseOai(list(RECORD.replace(/<id>.*<\/id>/, ''))).papers
    expect(paper?.id).toBe('2609.01234')
  })

  it('tells the papers that arXiv no longer has from the others', () => {
    const page = parseOai(list(GONE + RECORD))
    expect(page.deleted).toEqual(['hep-th/9901001'])
    expect(page.papers.map(({ id }) => id)).toEqual(['2609.01234'])
    expect(page.problems).toEqual([])
  })

  it.each([
    [
      '<resumptionToken expirationDate="2026-10-02T00:00:00Z">verb%3DListRecords%26skip%3D2</resumptionToken>',
      'verb%3DListRecords%26skip%3D2',
    ],
    ['<resumptionToken> a|1 </resumptionToken>', 'a|1'],
    ['<resumptionToken/>', null],
    ['<resumptionToken></resumptionToken>', null],
    ['', null],
  ])('knows the token for the next page: %s', (element, token) => {
    expect(parseOai(list(RECORD + element)).token).toBe(token)
  })

  it.each([
    ['no id', RECORD.replaceAll(/2609\.01234/g, 'unknown')],
    ['no metadata', RECORD.replace(/<metadata>[\s\S]*<\/metadata>/, '')],
    ['no title', RECORD.replace(/<title>[^<]*/, '<title> ')],
    ['metadata of another kind', RECORD.replaceAll(/<(\/?)arXiv\b/g, '<$1arXivRaw')],
    ['a deleted paper without an id', GONE.replace('hep-th/9901001', '')],
  ])('leaves out a record with %s, and keeps the others', (_kind, broken) => {
    const { papers, problems, deleted } = parseOai(list(RECORD + broken + RECORD))
    expect([papers.length, deleted]).toEqual([2, []])
    expect(problems).toEqual([expect.stringMatching(/^record 2 left out: /)])
  })

  it('is sound without records where nothing has changed', () => {
    const page = parseOai(answer('<error code="noRecordsMatch">Nothing.</error>'))
    expect(page).toEqual({ papers: [], problems: [], deleted: [], token: null, servedOn: '2026-10-01' })
  })

  it.each<[string, boolean]>([
    ['badResumptionToken', true],
    ['badArgument', false],
    ['cannotDisseminateFormat', false],
  ])('says what arXiv says where it reports %s, and whether the token is to blame', (code, isToken) => {
    let thrown: unknown
    try {
      parseOai(answer(`<error code="${code}">no\u001b[31m such\nday</error>`))
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ name: 'SourceError', code: 'bad-request' })
    expect((thrown as Error).message).toBe(`arXiv reports an error (${code}): no such day`)
    expect(isBadToken(thrown)).toBe(isToken)
  })

  it('tells no other error for one of a token', () => {
    expect(isBadToken(new SourceError('bad-request', 'badResumptionToken'))).toBe(false)
    expect(isBadToken(undefined)).toBe(false)
  })

  it('refuses an answer wherever it is cut off', () => {
    const whole = list(RECORD + GONE)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (end) => {
        expect(() => parseOai(whole.slice(0, end))).toThrow(
          expect.objectContaining({ name: 'SourceError', code: 'unknown-shape' }),
        )
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['a page', '<html><body>Rate exceeded.</body></html>'],
    ['an answer to another question', answer('<Identify><repositoryName>arXiv</repositoryName></Identify>')],
  ])('refuses %s', (_kind, xml) => {
    expect(() => parseOai(xml)).toThrow(expect.objectContaining({ code: 'unknown-shape' }))
  })
})

const running: (FakeArxiv | Http)[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()))
})

async function start(options: FakeArxivOptions = {}): Promise<FakeArxiv> {
  const arxiv = await startFakeArxiv({ papers: arxivPapers(25, '2026-09-25'), pageSize: 10, ...options })
  running.push(arxiv)
  return arxiv
}

function pages(arxiv: FakeArxiv, options: Partial<HarvestOptions> = {}): AsyncGenerator<OaiPage> {
  const http = createHttp({ pause: 2, tries: 2 })
  running.push(http)
  return harvest(http, arxivAddresses(arxiv.url), { set: 'cs:cs:CL', since: '2026-09-01', ...options })
}

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const page of pages) collected.push(page)
  return collected
}

const idsOf = (harvested: readonly OaiPage[]) => harvested.flatMap(({ papers }) => papers.map(({ id }) => id))
const fault = (more: Partial<ArxivFault> & Pick<ArxivFault, 'kind'>) =>
  ({ match: onOai, ...more }) as ArxivFault
const questions = (arxiv: FakeArxiv) => arxiv.requests.map(({ url }) => new URL(url, arxiv.url).searchParams)

describe('harvest', () => {
  it('brings every record once, page by page, each with the token for the next', async () => {
    const arxiv = await start()
    const harvested = await all(pages(arxiv))
    expect(harvested.map(({ papers, problems }) => [papers.length, problems])).toEqual([
      [10, []],
      [10, []],
      [5, []],
    ])
    expect(idsOf(harvested).toSorted()).toEqual(arxiv.papers.map(({ id }) => id).toSorted())
    expect(harvested.map(({ token }) => token === null)).toEqual([false, false, true])
    const [first, second, third] = questions(arxiv)
    expect(Object.fromEntries(first ?? [])).toEqual({
      ...{ verb: 'ListRecords', metadataPrefix: 'arXiv', set: 'cs:cs:CL', from: '2026-09-01' },
    })
    expect(Object.fromEntries(second ?? [])).toEqual({
      ...{ verb: 'ListRecords', resumptionToken: harvested[0]?.token },
    })
    expect(third?.get('resumptionToken')).toBe(harvested[1]?.token)
    expect(arxiv.requests[0]?.headers.accept).toMatch(/^text\/xml/)
  })

  it('asks for nothing more than what is taken', async () => {
    const arxiv = await start()
    for await (const page of pages(arxiv)) {
      expect(page.papers.length).toBe(10)
      break
    }
    expect(arxiv.requests.length).toBe(1)
  })

  it('goes on after the page whose token was kept', async () => {
    const arxiv = await start()
    const { value: first } = await pages(arxiv).next()
    const rest = await all(pages(arxiv, { token: (first as OaiPage).token ?? '', set: null }))
    expect(rest.map(({ papers }) => papers.length)).toEqual([10, 5])
    expect(new Set([...idsOf([first as OaiPage]), ...idsOf(rest)]).size).toBe(25)
  })

  it.each<[string, Partial<HarvestOptions>, number]>([
    ['from a day on', { since: '2026-09-25' }, 19],
    ['up to a day', { until: '2026-09-24' }, 6],
    ['of one day', { since: '2026-09-24', until: '2026-09-24' }, 6],
    ['of an archive', { set: 'cs' }, 25],
    ['of all of arXiv', { set: null }, 25],
    ['from before there were any', { since: '1991-08-01' }, 25],
    ['from a day on which nothing has changed', { since: '2026-09-26' }, 0],
    ['of another category', { set: 'physics:hep-th' }, 0],
  ])('brings records %s', async (_which, options, count) => {
    const harvested = await all(pages(await start(), options))
    expect(idsOf(harvested).length).toBe(count)
    expect(harvested.at(-1)?.token).toBeNull()
  })

  it('brings what has changed since, and says what is gone', async () => {
    const arxiv = await start()
    await all(pages(arxiv))
    const [one, two, ...others] = arxiv.papers
    if (one === undefined || two === undefined) throw new Error('no papers')
    arxiv.papers = [
      revised(one, '2026-10-02T09:00:00Z', { title: 'Another Title' }),
      { ...two, deleted: true, changedOn: '2026-10-02' },
      ...others,
    ]
    const [page, ...more] = await all(pages(arxiv, { since: '2026-10-01' }))
    expect(more).toEqual([])
    expect(page?.papers).toMatchObject([
      { id: one.id, title: 'Another Title', publishedOn: null, revisedOn: '2026-10-02' },
    ])
    expect(page?.deleted).toEqual([two.id])
  })

  it('says that a token is no longer taken', async () => {
    const arxiv = await start()
    for (const options of [{ token: 'made-up' }, { token: '%' }]) {
      const failed = await pages(arxiv, options)
        .next()
        .catch((error: unknown) => error)
      expect(isBadToken(failed)).toBe(true)
    }
    arxiv.faults.push(fault({ kind: 'bad-token' }))
    expect(
      isBadToken(
        await pages(arxiv, { token: 'any' })
          .next()
          .catch((error: unknown) => error),
      ),
    ).toBe(true)
  })

  it.each<[string, ArxivFault, string]>([
    ['an error', fault({ kind: 'error', message: 'Set does not exist' }), 'bad-request'],
    ['half an answer', fault({ kind: 'truncate' }), 'unknown-shape'],
    ['another text', fault({ kind: 'body', body: 'Rate exceeded.' }), 'unknown-shape'],
    ['no page', fault({ kind: 'status', status: 404 }), 'not-found'],
  ])('fails at %s after what it had, and can go on from there', async (_what, failure, code) => {
    const arxiv = await start()
    const harvested = pages(arxiv)
    const { value: first } = await harvested.next()
    arxiv.faults.push(failure)
    const failed = await harvested.next().catch((error: unknown) => error)
    expect(failed).toMatchObject({ name: 'SourceError', code })
    expect(isBadToken(failed)).toBe(false)
    const rest = await all(pages(arxiv, { token: (first as OaiPage).token ?? '' }))
    expect(new Set([...idsOf([first as OaiPage]), ...idsOf(rest)]).size).toBe(25)
  })

  it('does not go round in circles', async () => {
    const body = list(`${RECORD}<resumptionToken>again</resumptionToken>`)
    const arxiv = await start({ faults: [fault({ kind: 'body', body, times: Infinity })] })
    const failed = await all(pages(arxiv)).catch((error: unknown) => error)
    expect(failed).toMatchObject({ name: 'SourceError', code: 'unknown-shape' })
    expect(arxiv.requests.length).toBe(2)
  })

  it('does not go on where not one of many records can be read', async () => {
    const body = list(
      `${RECORD.replaceAll(/<(\/?)arXiv\b/g, '<$1arXivNew').repeat(10)}<resumptionToken>on</resumptionToken>`,
    )
    const arxiv = await start({ faults: [fault({ kind: 'body', body })] })
    await expect(pages(arxiv).next()).rejects.toMatchObject({ name: 'SourceError', code: 'unknown-shape' })
  })
})
