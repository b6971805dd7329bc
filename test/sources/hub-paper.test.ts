import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { SourceError } from '../../src/sources/errors.ts'
import { createHttp } from '../../src/sources/http.ts'
import { type HubEntry, parseEntries } from '../../src/sources/hub.ts'
import { fetchPaper, parsePaperPage } from '../../src/sources/hub-paper.ts'
import { type FakeHub, type FakeHubOptions, type Fault, onPath, startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'

const DAY = '2025-01-06'
const entries = generateDay(DAY, 5)
const [first, second] = entries
const ID = first?.paper.id ?? ''
const UNKNOWN = '2501.99999'
const LINKS = {
  models: ['fern-lab/heron-7b', 'marsh/heron-mini'],
  datasets: ['marsh/reeds'],
  spaces: ['marsh/demo'],
}
const LINKED = [
  { kind: 'model', name: 'fern-lab/heron-7b', likes: 3, downloads: 1200 },
  { kind: 'model', name: 'marsh/heron-mini', likes: 3, downloads: 1200 },
  { kind: 'dataset', name: 'marsh/reeds', likes: 3, downloads: 1200 },
  { kind: 'space', name: 'marsh/demo' },
]

const hubs: FakeHub[] = []
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
})

async function start(faults: Fault[] = [], options: FakeHubOptions = {}): Promise<FakeHub> {
  const linked = new Map([[ID, LINKS]])
  const hub = await startFakeHub({
    days: new Map([[DAY, entries]]),
    today: '2025-01-12',
    linked,
    faults,
    ...options,
  })
  hubs.push(hub)
  return hub
}

async function ask(hub: { url: string }, id = ID): Promise<HubEntry> {
  const http = createHttp({ pause: 2, tries: 2 })
  return await fetchPaper(http, hub.url, id).finally(() => http.close())
}

const paths = (hub: FakeHub) => hub.requests.map(({ url }) => url)
const api = (fault: Partial<Fault> & { kind: string }): Fault =>
  ({ match: onPath('/api/papers/'), times: Number.POSITIVE_INFINITY, ...fault }) as Fault
const page = (fault: Partial<Fault> & { kind: string }): Fault => api({ match: onPath('/papers/'), ...fault })
const failing = (code: string, message = '') =>
  expect.objectContaining({ code, message: expect.stringContaining(message) })

/** What the list of its day says of a paper. */
const listed = () => parseEntries([first]).entries[0]

describe('fetchPaper', () => {
  it('gives what the list says, but for the comments, with what is linked and the day it was listed on', async () => {
    const hub = await start()
    const { paper, listedOn } = await ask(hub)
    expect(paper).toEqual({ ...listed()?.paper, comments: null, linked: LINKED, picture: null })
    expect(listedOn).toBe(DAY)
    expect(paths(hub)).toEqual([`/api/papers/${ID}`])
  })

  it('gives a paper that no list had', async () => {
    const { submittedOnDailyAt: _day, ...record } = first?.paper ?? {}
    const hub = await start([api({ kind: 'shape', json: record })])
    expect((await ask(hub)).listedOn).toBeNull()
  })

  it.each<[string, Fault[], FakeHubOptions]>([
    ['the API is off', [], { apiOff: true }],
    ['the API fails', [api({ kind: 'status', status: 500 })], {}],
    ['the API answers with something else', [api({ kind: 'shape', json: { odd: true } })], {}],
    ['the API answers with a page', [api({ kind: 'wrong-type' })], {}],
    ['the API answers with another paper', [api({ kind: 'shape', json: second?.paper })], {}],
    ['what the API says breaks off', [api({ kind: 'truncate' })], {}],
  ])('gives the same by its page where %s, and its comments too', async (_why, faults, options) => {
    const hub = await start(faults, options)
    const { paper, listedOn } = await ask(hub)
    expect(paper).toEqual({ ...listed()?.paper, linked: LINKED, picture: null })
    expect(listedOn).toBe(DAY)
    expect(paths(hub).at(-1)).toBe(`/papers/${ID}`)
  })

  it('says of a paper that the Hub does not have that it has no page of it', async () => {
    const hub = await start()
    await expect(ask(hub, UNKNOWN)).rejects.toThrow(failing('not-found', `no page of the paper ${UNKNOWN}`))
    expect(paths(hub)).toEqual([`/api/papers/${UNKNOWN}`, `/papers/${UNKNOWN}`])
  })

  it('says the same where the API has no such paper and a page of something else is shown', async () => {
    const hub = await start([page({ kind: 'wrong-type' })])
    await expect(ask(hub, UNKNOWN)).rejects.toThrow(failing('not-found', 'no page of the paper'))
  })

  it('does not take a page of another paper for this one', async () => {
    const hub = await start([], { apiOff: true })
    const html = await (await fetch(`${hub.url}/papers/${second?.paper.id}`)).text()
    expect(() => parsePaperPage(html, ID)).toThrow(failing('unknown-shape', String(second?.paper.id)))
    expect(parsePaperPage(html, second?.paper.id ?? '').paper.title).toBe(second?.title.replace(/\s+/g, ' '))
  })

  it('says what the API said where both ways fail', async () => {
    const faults = [api({ kind: 'status', status: 500 }), page({ kind: 'wrong-type' })]
    await expect(ask(await start(faults))).rejects.toThrow(failing('server', '500'))
  })

  it('does not say that a paper is missing where the API is off and its page fails', async () => {
    const hub = await start([page({ kind: 'status', status: 500 })], { apiOff: true })
    await expect(ask(hub)).rejects.toThrow(failing('server', '500'))
  })

  it.each([
    ['refused', api({ kind: 'status', status: 403 })],
    ['rate-limited', api({ kind: 'status', status: 429, headers: { 'retry-after': '9999' } })],
  ])('does not try the page where access is %s', async (code, fault) => {
    const hub = await start([fault])
    await expect(ask(hub)).rejects.toThrow(failing(code))
    expect(paths(hub)).toEqual([`/api/papers/${ID}`])
  })

  it('tells that nobody answers', async () => {
    const error = await ask({ url: 'http://127.0.0.1:1' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'unreachable', offline: true })
  })

  it.each([
    '',
    '../../settings',
    'title:a-title',
    'doi:10.1000/x',
    `${ID}v2`,
    `${ID}?full=1`,
    `${ID}/..`,
    `${ID}\n`,
  ])('asks for arXiv ids alone, and not for %j', async (id) => {
    const hub = await start()
    await expect(ask(hub, id)).rejects.toThrow(failing('bad-request'))
    expect(hub.requests).toEqual([])
  })
})

describe('parsePaperPage', () => {
  const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const html = (props: unknown) =>
    `<html><body><div data-props="${escapeHtml(JSON.stringify(props))}" data-target="PaperContent"></div></body></html>`
  const comment = (data: object = { hidden: false }, type = 'comment') => ({ type, data })

  it('counts the comments that are shown', () => {
    const comments = [
      comment(),
      comment({ hidden: true }),
      comment({}, 'status-change'),
      comment({}),
      null,
      3,
    ]
    expect(parsePaperPage(html({ paper: first?.paper, comments }), ID).paper.comments).toBe(2)
    expect(parsePaperPage(html({ paper: first?.paper, comments: [] }), ID).paper.comments).toBe(0)
    expect(parsePaperPage(html({ paper: first?.paper }), ID).paper.comments).toBeNull()
  })

  it.each([
    ['without data', '<html><body><div data-target="PaperContent"></div></body></html>'],
    ['of a day', '<html><body><div data-target="DailyPapers" data-props="{}"></div></body></html>'],
    ['without a paper', html({ comments: [] })],
    ['of a paper without a title', html({ paper: { id: ID } })],
    ['of a list', html([first?.paper])],
    ['of nothing', html(null)],
    ['whose data breaks off', html({ paper: first?.paper }).replace('}" data-', '" data-')],
    ['with nothing in it', ''],
  ])('refuses a page %s', (_kind, text) => {
    expect(() => parsePaperPage(text, ID)).toThrow(failing('unknown-shape'))
  })

  it('never fails but in words', () => {
    const props = fc.record(
      {
        paper: fc.oneof(fc.jsonValue(), fc.constant(first?.paper)),
        comments: fc.oneof(fc.jsonValue(), fc.array(fc.oneof(fc.jsonValue(), fc.constant(comment())))),
      },
      { requiredKeys: [] },
    )
    const pages = fc.oneof(
      fc.string(),
      fc.string().map((text) => `<div data-target="PaperContent" data-props=${text}`),
    )
    fc.assert(
      fc.property(fc.oneof(props.map(html), fc.jsonValue().map(html), pages), (text) => {
        try {
          expect(parsePaperPage(text, ID).paper.id).toBe(ID)
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
