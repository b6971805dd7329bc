// arXiv over the network: the papers of a category as they change, and papers by their ids. Harvests: oai.ts.

import { type Day, type Paper, type PaperId, parseArxivId } from '../paper.ts'
import { type AtomFeed, parseAtom } from './arxiv-atom.ts'
import { categoryQuery, requireCategory } from './arxiv-category.ts'
import { checkReadable, type Feed } from './arxiv-entry.ts'
import { parseRss } from './arxiv-rss.ts'
import { SourceError } from './errors.ts'
import type { Http } from './http.ts'

/** Where arXiv is asked. */
export interface ArxivAddresses {
  /** The Atom API. */
  readonly query: string
  /** The daily feed of a category. */
  rss(category: string): string
  /** The OAI-PMH interface. */
  readonly oai: string
  /** A paper as HTML. Not every paper has one. */
  html(id: PaperId): string
  /** The same by ar5iv, which has older papers too. */
  ar5iv(id: PaperId): string
  pdf(id: PaperId): string
}

/** arXiv's addresses; `endpoint`, without a slash at its end, takes the place of all their hosts. */
export function arxivAddresses(endpoint: string | null): ArxivAddresses {
  const at = (host: string) => endpoint ?? `https://${host}`
  return {
    query: `${at('export.arxiv.org')}/api/query`,
    rss: (category) => `${at('rss.arxiv.org')}/rss/${encodeURIComponent(category)}`,
    oai: `${at('oaipmh.arxiv.org')}/oai`,
    html: (id) => `${at('arxiv.org')}/html/${encodeURI(id)}`,
    ar5iv: (id) =>
      `${endpoint === null ? 'https://ar5iv.labs.arxiv.org' : `${endpoint}/ar5iv`}/html/${encodeURI(id)}`,
    pdf: (id) => `${at('arxiv.org')}/pdf/${encodeURI(id)}`,
  }
}

// arXiv answers 406 where this header is missing, and some of its hosts know their own media types alone.
const ATOM = 'application/atom+xml, application/xml;q=0.9, */*;q=0.1'
const RSS = 'application/rss+xml, application/xml;q=0.9, */*;q=0.1'

const PAGE_SIZE = 100
const MAX_PAGES = 100
// The API now and then gives a sound feed without its entries, and a moment later the same one with them.
const EMPTY_TRIES = 3

/** A page of a category's papers. `fallback` is why the API could not give it, where it is the daily feed instead. */
export interface SubmissionsPage extends Feed {
  readonly fallback?: string
}

/**
 * The papers of a category (or archive) that are new or were revised on `since` or later, the last changed first, in
 * pages of up to 100; the last page may hold older ones too. Where the API fails from the start, the one page is the
 * category's daily feed. Throws a SourceError where the text is no category (before anything is asked), where both fail
 * (what the API said), and where a later page fails.
 */
export async function* fetchSubmissions(
  http: Http,
  addresses: ArxivAddresses,
  category: string,
  { since }: { readonly since: Day },
): AsyncGenerator<SubmissionsPage, void, undefined> {
  const name = requireCategory(category)
  const seen = new Set<PaperId>()
  let start = 0
  for (let page = 1; ; page++) {
    let feed: AtomFeed
    try {
      feed = await ask(http, addresses, { search_query: categoryQuery(name) }, start, PAGE_SIZE)
      checkReadable(feed)
      checkOrder(feed.papers)
    } catch (error) {
      if (start > 0) throw error
      yield await fromDailyFeed(http, addresses.rss(name), error)
      return
    }
    // A paper that is announced meanwhile moves the others down, so that a page may begin with the end of the last.
    const papers = feed.papers.filter(({ id }) => !seen.has(id))
    for (const { id } of papers) seen.add(id)
    const problems = [...feed.problems]
    if (page === 1 && feed.total === 0)
      problems.push(`arXiv has no paper under ${name}: there may be no such category`)
    const length = feed.papers.length + feed.problems.length
    start += length
    const isLast = feed.total === null ? length < PAGE_SIZE : start >= feed.total
    const lastDay = feed.papers.map(changedOn).findLast((day) => day !== null) ?? since
    const isOver = isLast || papers.length === 0 || lastDay < since
    if (!isOver && page === MAX_PAGES)
      problems.push(`there is more under ${name} since ${since} than the first ${start} papers`)
    yield { papers, problems }
    if (isOver || page === MAX_PAGES) return
  }
}

/** The day of a paper's newest version. */
const changedOn = ({ revisedOn, publishedOn }: Paper): Day | null => revisedOn ?? publishedOn

/** The API has ignored for days in which order it was asked to answer (November 2025): then no page is the last. */
function checkOrder(papers: readonly Paper[]): void {
  const days = papers.map(changedOn).filter((day) => day !== null)
  // Of a few papers it cannot be told, and now and then one stands beside its place.
  if (days.length < 10 || inOrder(days) >= days.length * 0.75) return
  throw new SourceError(
    'unknown-shape',
    'arXiv was asked for the papers that changed last and answers in another order.',
  )
}

/** How many of the days can be left standing so that none is followed by a later one. */
function inOrder(days: readonly Day[]): number {
  const lengths: number[] = []
  for (const [at, day] of days.entries())
    lengths.push(
      1 + Math.max(0, ...lengths.filter((_, before) => (days[before] ?? '') >= day && before < at)),
    )
  return Math.max(0, ...lengths)
}

async function fromDailyFeed(http: Http, url: string, failure: unknown): Promise<SubmissionsPage> {
  if (!(failure instanceof SourceError) || isEnd(failure)) throw failure
  try {
    return { ...parseRss((await http.get(url, RSS)).body), fallback: failure.message }
  } catch (error) {
    // Both ways failed: what the API said is what people can act on, but for the network going away.
    throw error instanceof SourceError && isEnd(error) ? error : failure
  }
}

const isEnd = (error: SourceError) => error.offline || error.code === 'stopped'

/**
 * The papers of up to 100 arXiv ids, as arXiv has them now. Ids that it does not know are not among them. Throws a
 * SourceError where it does not answer or reports an error.
 */
export async function fetchPapers(
  http: Http,
  addresses: ArxivAddresses,
  ids: readonly PaperId[],
): Promise<Feed> {
  if (ids.length > PAGE_SIZE) throw new RangeError(`arXiv is asked for up to ${PAGE_SIZE} ids at once`)
  const asked = new Set(ids.map(parseArxivId).filter((id) => id !== null))
  if (asked.size === 0) return { papers: [], problems: [] }
  const feed = await ask(http, addresses, { id_list: [...asked].join(',') }, 0, asked.size)
  const papers = new Map<PaperId, Paper>()
  const problems = [...feed.problems]
  for (const paper of feed.papers) {
    if (asked.has(paper.id)) papers.set(paper.id, paper)
    else problems.push(`${paper.id} left out: it was not asked for`)
  }
  return { papers: [...papers.values()], problems }
}

/** An answer of the API; one without entries only where there are none from `start` on. */
async function ask(
  http: Http,
  addresses: ArxivAddresses,
  what: { readonly search_query: string } | { readonly id_list: string },
  start: number,
  count: number,
): Promise<AtomFeed> {
  const parameters = new URLSearchParams({
    ...what,
    ...{ start: String(start), max_results: String(count) },
    ...{ sortBy: 'lastUpdatedDate', sortOrder: 'descending' },
  })
  for (let attempt = 1; ; attempt++) {
    const feed = parseAtom((await http.get(`${addresses.query}?${parameters}`, ATOM)).body)
    const isEmpty = feed.papers.length === 0 && feed.problems.length === 0
    if (!isEmpty || (feed.total ?? 0) <= start) return feed
    if (attempt === EMPTY_TRIES)
      throw new SourceError(
        'server',
        `arXiv says that it has ${feed.total} papers and gives none of them. Try again later.`,
      )
  }
}
