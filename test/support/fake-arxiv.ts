// arXiv on localhost: its Atom API, its daily RSS feeds, its OAI-PMH interface and its papers as HTML and PDF (ar5iv's
// too), and ways in which they have failed.

import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Answer,
  type ArxivPaper,
  atomError,
  oaiError,
  oaiPage,
  queryAnswer,
  rssAnswer,
  rssError,
} from './fake-arxiv-answers.ts'
import { ar5ivAnswer, htmlAnswer, pdfAnswer } from './fake-arxiv-papers.ts'
import { generateEntry } from './generate.ts'

/** What a fault decides by; `count` is the request's number since the start, from 1. */
export type ArxivRequest = { path: string; query: URLSearchParams; count: number }

type FaultKind =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** The connection is reset before any header. */
  | { kind: 'reset' }
  /** Each interface's own way to report an error; with status 200 unless told. */
  | { kind: 'error'; message: string; status?: number }
  /** A sound answer without its entries; the API keeps their number in it. */
  | { kind: 'empty' }
  /** Half of the real body, as if it were all. */
  | { kind: 'truncate' }
  /** The API takes no notice of the order it is asked for. */
  | { kind: 'unsorted' }
  /** OAI-PMH does not take the token. */
  | { kind: 'bad-token' }
  /** Some other text with status 200. */
  | { kind: 'body'; body: string }
  /** So many bytes of the body, then the connection ends. */
  | { kind: 'cut'; after: number }
  /** So many bytes of the body, then nothing more for as long as the server runs. */
  | { kind: 'stall'; after: number }

/** A failure for the requests that `match`, `times` times (1 unless told; Infinity is allowed). */
export type ArxivFault = FaultKind & { match: (request: ArxivRequest) => boolean; times?: number }

export interface FakeArxivOptions {
  papers?: ArxivPaper[]
  /** Full texts by ids, with or without a version. */
  htmls?: Map<string, string>
  /** The same at ar5iv, under `/ar5iv`. */
  ar5iv?: Map<string, string>
  /** PDFs by ids, with or without a version. */
  pdfs?: Map<string, Buffer>
  /** Pictures by what comes after `/html/`. */
  pictures?: Map<string, Buffer>
  /** Records on a page of OAI-PMH. */
  pageSize?: number
  faults?: ArxivFault[]
}

/** A running arXiv and the levers to it. */
export interface FakeArxiv {
  readonly url: string
  /** Every request so far, failed ones too; `at` is its arrival in ms of `performance.now()`. */
  readonly requests: { url: string; headers: IncomingHttpHeaders; at: number }[]
  /** What is served; change it at will. */
  papers: ArxivPaper[]
  htmls: Map<string, string>
  ar5iv: Map<string, string>
  pdfs: Map<string, Buffer>
  pictures: Map<string, Buffer>
  pageSize: number
  /** The first that matches applies; it leaves the list once it has applied often enough. */
  faults: ArxivFault[]
  /** Ends the server and every open connection. */
  close(): Promise<void>
}

/** Matches the Atom API. */
export const onQuery = ({ path }: ArxivRequest): boolean => path === '/api/query'
/** Matches the daily feeds. */
export const onRss = ({ path }: ArxivRequest): boolean => path.startsWith('/rss/')
/** Matches the papers as HTML, at arXiv alone. */
export const onHtml = ({ path }: ArxivRequest): boolean => path.startsWith('/html/')
/** Matches ar5iv. */
export const onAr5iv = ({ path }: ArxivRequest): boolean => path.startsWith('/ar5iv/')
/** Matches the PDFs. */
export const onPdf = ({ path }: ArxivRequest): boolean => path.startsWith('/pdf/')
/** Matches OAI-PMH. */
export const onOai = ({ path }: ArxivRequest): boolean => path === '/oai'

const HOUR = 3_600_000

/** Papers that nobody wrote, one an hour backwards from the evening of a day, the newest first. */
export function arxivPapers(count: number, day: string, facts: Partial<ArxivPaper> = {}): ArxivPaper[] {
  return Array.from({ length: count }, (_, at) => {
    const time = new Date(Date.parse(`${day}T18:00:00Z`) - at * HOUR).toISOString()
    const { paper } = generateEntry(at + 1, time.slice(0, 10))
    return {
      id: paper.id,
      title: paper.title,
      abstract: paper.summary,
      authors: paper.authors.map(({ name }) => name),
      categories: ['cs.CL', 'cs.LG'],
      versions: [time],
      ...facts,
    }
  })
}

/** A paper with one version more. */
export function revised(paper: ArxivPaper, time: string, facts: Partial<ArxivPaper> = {}): ArxivPaper {
  return { ...paper, versions: [...paper.versions, time], ...facts }
}

function route(
  arxiv: FakeArxiv,
  url: URL,
  headers: IncomingHttpHeaders,
  fault: FaultKind | undefined,
): Answer<string | Buffer> {
  const { pathname: path, searchParams: query } = url
  const error = fault?.kind === 'error' ? fault : null
  const isEmpty = fault?.kind === 'empty'
  const category = /^\/rss\/([\w.-]+)$/.exec(path)?.[1]
  if (path === '/api/query') {
    if (error) return atomError(error.message, error.status)
    return queryAnswer(arxiv.papers, query, { isEmpty, isSorted: fault?.kind !== 'unsorted' })
  }
  if (category !== undefined) {
    if (error) return rssError(error.message, error.status)
    return rssAnswer(arxiv.papers, category, isEmpty)
  }
  if (path === '/oai') {
    if (error) return oaiError('badArgument', error.message)
    if (fault?.kind === 'bad-token')
      return oaiError('badResumptionToken', 'The token is invalid or has expired.')
    return isEmpty
      ? oaiError('noRecordsMatch', 'Nothing matches.')
      : oaiPage(arxiv.papers, query, arxiv.pageSize)
  }
  const [, kind, id = ''] = /^\/(html|ar5iv\/html|abs|pdf)\/(.+)$/.exec(decodeURI(path)) ?? []
  const picture = kind === 'html' && arxiv.pictures.get(id)
  if (picture) return { status: 200, type: 'image/png', body: picture }
  if (kind === 'html') return htmlAnswer(arxiv.htmls, id)
  if (kind === 'ar5iv/html') return ar5ivAnswer(arxiv.ar5iv, id)
  if (kind === 'pdf') return pdfAnswer(arxiv.pdfs, id, headers)
  if (kind === 'abs') return { status: 200, type: 'text/html', body: `<title>[${id}] An abstract</title>` }
  return { status: 404, type: 'text/plain', body: 'Nothing is served under this address' }
}

function spoil(fault: FaultKind | undefined, answer: Answer<string | Buffer>): Answer<string | Buffer> {
  if (fault?.kind === 'truncate')
    return { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) }
  if (fault?.kind === 'body') return { ...answer, status: 200, body: fault.body }
  if (fault?.kind === 'status') return { status: fault.status, type: 'text/plain', body: fault.body ?? '' }
  return answer
}

/** Starts an arXiv on a free port of 127.0.0.1; `close` it when the test is over. */
export async function startFakeArxiv(options: FakeArxivOptions = {}): Promise<FakeArxiv> {
  const applied = new WeakMap<ArxivFault, number>()

  function takeFault(request: ArxivRequest): ArxivFault | undefined {
    const fault = arxiv.faults.find((candidate) => candidate.match(request))
    if (!fault) return undefined
    const times = (applied.get(fault) ?? 0) + 1
    applied.set(fault, times)
    if (times >= (fault.times ?? 1)) arxiv.faults.splice(arxiv.faults.indexOf(fault), 1)
    return fault
  }

  const server = createServer((request, response) => {
    const at = performance.now()
    const target = request.url ?? '/'
    arxiv.requests.push({ url: target, headers: request.headers, at })
    const url = new URL(target, arxiv.url)
    const fault = takeFault({ path: url.pathname, query: url.searchParams, count: arxiv.requests.length })
    if (fault?.kind === 'reset') return request.socket.resetAndDestroy()
    const { status, type, body, headers } = spoil(fault, route(arxiv, url, request.headers, fault))
    response.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      ...headers,
      ...(fault?.kind === 'status' && fault.headers),
    })
    if (fault?.kind !== 'cut' && fault?.kind !== 'stall') return response.end(body)
    const sent = Buffer.from(body).subarray(0, fault.after)
    return response.write(sent, () => fault.kind === 'cut' && request.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const arxiv: FakeArxiv = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    papers: options.papers ?? [],
    htmls: options.htmls ?? new Map(),
    ar5iv: options.ar5iv ?? new Map(),
    pdfs: options.pdfs ?? new Map(),
    pictures: options.pictures ?? new Map(),
    pageSize: options.pageSize ?? 1000,
    faults: [...(options.faults ?? [])],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return arxiv
}
