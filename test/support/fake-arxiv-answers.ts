// What arXiv's interfaces answer, in the shapes in which arXiv's own servers give it.

/** A paper as arXiv keeps it. */
export interface ArxivPaper {
  readonly id: string
  readonly title: string
  readonly abstract: string
  /** Each with the given names first. */
  readonly authors: readonly string[]
  /** The primary one first. */
  readonly categories: readonly string[]
  /** When each version came, as ISO times, the newest last. */
  readonly versions: readonly string[]
  /** The day that harvests go by; the newest version's unless told. */
  readonly changedOn?: string
  readonly doi?: string
  readonly journal?: string
  readonly comment?: string
  /** OAI-PMH says so; the rest no longer knows the paper. */
  readonly deleted?: true
}

/** A whole answer, before any fault. */
export type Answer<Body = string> = {
  status: number
  type: string
  body: Body
  headers?: Record<string, string>
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
const element = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${escapeXml(text)}</${name}>`

const newest = ({ versions }: ArxivPaper): string => versions.at(-1) ?? ''
const changedOn = (paper: ArxivPaper): string => paper.changedOn ?? newest(paper).slice(0, 10)
const known = (papers: readonly ArxivPaper[]): ArxivPaper[] => papers.filter(({ deleted }) => !deleted)

function atom(total: number, entries: readonly string[], status = 200): Answer {
  const body = `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <title>arXiv Query</title>
  <opensearch:totalResults>${total}</opensearch:totalResults>
  ${entries.join('\n  ')}
</feed>
`
  return { status, type: 'application/atom+xml; charset=utf-8', body }
}

/** The API's way to report an error. */
export const atomError = (message: string, status?: number): Answer =>
  atom(
    1,
    [
      `<entry><id>https://arxiv.org/api/errors#it</id><title>Error</title>${element('summary', message)}</entry>`,
    ],
    status,
  )

function atomEntry(paper: ArxivPaper): string {
  const terms = paper.categories.map(
    (term) => `<category term="${term}" scheme="http://arxiv.org/schemas/atom"/>`,
  )
  const names = paper.authors.map((name) => `<author>${element('name', name)}</author>`)
  return `<entry>
    <id>http://arxiv.org/abs/${paper.id}v${paper.versions.length}</id>
    ${element('title', paper.title)}${element('updated', newest(paper))}${element('summary', paper.abstract)}
    ${terms.join('')}${element('published', paper.versions[0])}
    ${element('arxiv:comment', paper.comment)}${element('arxiv:journal_ref', paper.journal)}${element('arxiv:doi', paper.doi)}
    <arxiv:primary_category term="${paper.categories[0]}"/>
    ${names.join('')}
  </entry>`
}

const ID = /^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?$/

/** The API's answer to a query; one that is empty keeps the number of what was found. */
export function queryAnswer(
  papers: readonly ArxivPaper[],
  parameters: URLSearchParams,
  { isEmpty, isSorted }: { isEmpty: boolean; isSorted: boolean },
): Answer {
  const ids = (parameters.get('id_list') ?? '').split(',').filter((id) => id !== '')
  const wrong = ids.find((id) => !ID.test(id))
  if (wrong !== undefined) return atomError(`incorrect id format for ${wrong}`, 400)
  const search = /^cat:([\w-]+(?:\.[\w-]+)?)(\.\*)?$/.exec(parameters.get('search_query') ?? '')
  if (ids.length === 0 && search === null) return atomError('the query cannot be read', 400)
  const asked = ids.map((id) => id.replace(/v\d+$/, ''))
  const inCategory = (category: string): boolean =>
    search?.[2] ? category.startsWith(`${search[1]}.`) : category === search?.[1]
  const found = known(papers).filter(({ id, categories }) =>
    search ? categories.some(inCategory) : asked.includes(id),
  )
  const time =
    parameters.get('sortBy') === 'submittedDate' ? (paper: ArxivPaper) => paper.versions[0] : newest
  const order = parameters.get('sortOrder') === 'ascending' || !isSorted ? 1 : -1
  if (parameters.has('sortBy'))
    found.sort((one, other) => order * ((time(one) ?? '') < (time(other) ?? '') ? -1 : 1))
  const start = Number(parameters.get('start') ?? 0)
  const page = found.slice(start, start + Number(parameters.get('max_results') ?? 10))
  return atom(found.length, isEmpty ? [] : page.map(atomEntry))
}

function rss(title: string, description: string, items: readonly string[], status = 200): Answer {
  const body = `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    ${element('title', title)}${element('description', description)}
    <skipDays><day>Saturday</day><day>Sunday</day></skipDays>
    ${items.join('\n    ')}
  </channel>
</rss>
`
  return { status, type: 'application/rss+xml', body }
}

/** The daily feed's way to report an error. */
export const rssError = (message: string, status?: number): Answer =>
  rss('Feed error for query', message, [], status)

/** What was announced in a category on the last day on which anything was. */
export function rssAnswer(papers: readonly ArxivPaper[], category: string, isEmpty: boolean): Answer {
  const here = known(papers).filter(({ categories }) =>
    categories.some((each) => each === category || each.startsWith(`${category}.`)),
  )
  const today = here
    .map((paper) => newest(paper).slice(0, 10))
    .sort()
    .at(-1)
  const items = here
    .filter((paper) => newest(paper).startsWith(today ?? 'never'))
    .map((paper) => rssItem(paper, category))
  const title = `${category} updates on arXiv.org`
  return rss(title, `${title}.`, isEmpty ? [] : items)
}

function rssItem(paper: ArxivPaper, category: string): string {
  const isPrimary = paper.categories[0]?.startsWith(category)
  const kind =
    paper.versions.length > 1 ? (isPrimary ? 'replace' : 'replace-cross') : isPrimary ? 'new' : 'cross'
  const id = `${paper.id}v${paper.versions.length}`
  const date = new Date(`${newest(paper).slice(0, 10)}T04:00:00Z`)
    .toUTCString()
    .replace('04:00:00 GMT', '00:00:00 -0400')
  return `<item>
      ${element('title', paper.title)}
      <link>https://arxiv.org/abs/${paper.id}</link>
      ${element('description', `arXiv:${id} Announce Type: ${kind} \nAbstract: ${paper.abstract}`)}
      <guid isPermaLink="false">oai:arXiv.org:${id}</guid>
      ${paper.categories.map((each) => element('category', each)).join('')}
      <pubDate>${date}</pubDate>
      <arxiv:announce_type>${kind}</arxiv:announce_type>
      ${element('arxiv:DOI', paper.doi)}${element('arxiv:journal_reference', paper.journal)}
      ${element('dc:creator', paper.authors.join(', '))}
    </item>`
}

function oai(inner: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <responseDate>2026-10-01T02:30:00Z</responseDate>
  <request verb='ListRecords'>http://oaipmh.arxiv.org/oai</request>
  ${inner}
</OAI-PMH>
`
  return { status: 200, type: 'text/xml', body }
}

/** OAI-PMH's way to report an error, always with status 200. */
export const oaiError = (code: string, message: string): Answer =>
  oai(`<error code='${code}'>${escapeXml(message)}</error>`)

// Those of its archives whose sets lie in the group of physics; the others are groups of their own.
const PHYSICS =
  'astro-ph cond-mat gr-qc hep-ex hep-lat hep-ph hep-th math-ph nlin nucl-ex nucl-th physics quant-ph'.split(
    ' ',
  )

function specOf(category: string): string {
  const [archive = ''] = category.split('.')
  return `${PHYSICS.includes(archive) ? 'physics' : archive}:${category.replace('.', ':')}`
}

/** A page of ListRecords. */
export function oaiPage(
  papers: readonly ArxivPaper[],
  parameters: URLSearchParams,
  pageSize: number,
): Answer {
  const token = parameters.get('resumptionToken')
  // As arXiv's own: the first request again, escaped once more, and how many of its records have been given.
  const asked =
    token === null ? parameters : new URLSearchParams(new URLSearchParams(`it=${token}`).get('it') ?? '')
  if (token !== null && !asked.has('skip'))
    return oaiError('badResumptionToken', 'The token is invalid or has expired.')
  if (token !== null && [...parameters].length > 2) return oaiError('badArgument', 'A token stands alone.')
  if (asked.get('verb') !== 'ListRecords' || asked.get('metadataPrefix') !== 'arXiv')
    return oaiError('badArgument', 'This is not served here.')
  const from = asked.get('from') ?? ''
  const until = asked.get('until') ?? '9999'
  if (from !== '' && from < '2005-09-16') return oaiError('badArgument', 'start date too early')
  const set = asked.get('set')
  const isIn = (spec: string): boolean => set === null || spec === set || spec.startsWith(`${set}:`)
  const all = papers
    .filter((paper) => changedOn(paper) >= from && changedOn(paper) <= until)
    .filter(({ categories }) => categories.map(specOf).some(isIn))
    .sort((one, other) => (changedOn(one) + one.id < changedOn(other) + other.id ? -1 : 1))
  const skip = Number(asked.get('skip') ?? 0)
  const page = all.slice(skip, skip + pageSize)
  if (page.length === 0) return oaiError('noRecordsMatch', 'Nothing matches.')
  const next = new URLSearchParams(asked)
  next.set('skip', String(skip + page.length))
  const hasMore = skip + page.length < all.length
  const ending = hasMore
    ? `<resumptionToken expirationDate='2026-10-02T00:00:00Z'>${encodeURIComponent(String(next))}</resumptionToken>`
    : token === null
      ? ''
      : '<resumptionToken/>'
  return oai(`<ListRecords>${page.map(record).join('\n')}\n${ending}</ListRecords>`)
}

function record(paper: ArxivPaper): string {
  const sets = paper.categories.map((category) => element('setSpec', specOf(category))).join('')
  const header = `<header${paper.deleted ? ' status="deleted"' : ''}><identifier>oai:arXiv.org:${paper.id}</identifier>${element('datestamp', changedOn(paper))}${sets}</header>`
  if (paper.deleted) return `<record>${header}</record>`
  const authors = paper.authors.map((name) => {
    const [, forenames, keyname] = /^(?:(.*) )?(\S+)$/.exec(name) ?? []
    return `<author>${element('keyname', keyname)}${element('forenames', forenames)}</author>`
  })
  return `<record>${header}<metadata>
    <arXiv xmlns="http://arxiv.org/OAI/arXiv/">
      <id>${paper.id}</id>${element('created', newest(paper).slice(0, 10))}${element('updated', changedOn(paper))}
      <authors>${authors.join('')}</authors>
      ${element('title', paper.title)}${element('categories', paper.categories.join(' '))}
      ${element('comments', paper.comment)}${element('journal-ref', paper.journal)}${element('doi', paper.doi)}
      ${element('abstract', paper.abstract)}
    </arXiv></metadata></record>`
}
