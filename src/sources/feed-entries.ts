// The formats of feeds → one normal form. The parsing is feedsmith's; what is here says which of its fields count.
// Loaded only when a feed is read: see parseFeed.

import {
  type AtomFeed,
  type DcNs,
  type DcTermsNs,
  type JsonFeed,
  parseAtomFeed,
  parseJsonFeed,
  parseRdfFeed,
  parseRssFeed,
  type RdfFeed,
  type RssFeed,
} from 'feedsmith'

/** An entry as the feed gives it: nothing is cleaned, and what there may be several of comes best first. */
export interface FeedEntry {
  readonly title: string
  /** What the feed says names it: guid, id, dc:identifier, prism:doi. */
  readonly names: readonly string[]
  readonly links: readonly string[]
  /** Texts about it, as markup. */
  readonly texts: readonly string[]
  readonly authors: readonly string[]
  readonly dates: readonly string[]
  readonly journal: string | null
}

export interface FeedEntries {
  readonly title: string
  /** The address its links start from, as it says itself. */
  readonly home: string
  readonly entries: readonly FeedEntry[]
}

/** The formats, by the name of the root element; `json` where there is none. */
export type FeedFormat = 'rss' | 'feed' | 'rdf' | 'json'

/** Reads a feed whose format is known. Throws what the parser throws. */
export function readEntries(text: string, format: FeedFormat): FeedEntries {
  if (format === 'json') return fromJson(parseJsonFeed(text))
  const xml = text.includes('prism:') ? text.replace(PRISM, renamed) : text
  if (format === 'feed') return fromAtom(parseAtomFeed(xml))
  return format === 'rdf'
    ? fromRdf(parseRdfFeed(xml.replace(CONTENTS, renamed)))
    : fromRss(parseRssFeed(xml.replace(PERSON, renamed)))
}

// Some elements are given other names before the parser sees them. PRISM's, because feedsmith reads them in RSS 2.0 alone,
// and most journals give RSS 1.0. RSS's persons, because over brackets that are never closed it takes quadratic time. The
// table of contents of RSS 1.0, because it leaves out what is not in there to the letter.
const RENAMED = new Map([
  ['prism:doi', 'dc:identifier'],
  ['prism:publicationdate', 'dc:date'],
  ['prism:publicationname', 'dcterms:provenance'],
  ['author', 'dcterms:creator'],
  ['managingeditor', 'x-person'],
  ['webmaster', 'x-person'],
  ['items', 'x-items'],
])
const PRISM = /<(\/?)(prism:(?:doi|publicationDate|publicationName))\b/gi
const CONTENTS = /<(\/?)(items)\b/gi
const PERSON = /<(\/?)(author|managingEditor|webMaster)\b/gi

const renamed = (_: string, slash: string, name: string) => `<${slash}${RENAMED.get(name.toLowerCase())}`

interface DublinCore {
  readonly dc?: DcNs.ItemOrFeed<string>
  readonly dcterms?: DcTermsNs.ItemOrFeed<string>
}

function fromRss(feed: RssFeed.Feed<string>): FeedEntries {
  const { title = '', link = '', items = [] } = feed
  const entries = items.map((item) => ({
    title: item.title ?? item.dc?.titles?.[0] ?? '',
    names: given(item.guid?.value, ...identifiers(item)),
    links: given(item.link, item.guid?.isPermaLink === false ? undefined : address(item.guid?.value)),
    texts: given(
      ...abstracts(item),
      item.description,
      ...(item.dc?.descriptions ?? []),
      item.content?.encoded,
    ),
    authors: creators(item)?.map(personName) ?? [],
    dates: given(item.pubDate, ...dates(item)),
    journal: journalOf(item) ?? journalOf(feed),
  }))
  return { title, home: link, entries }
}

function fromAtom(feed: AtomFeed.Feed<string>): FeedEntries {
  const { title, links = [], entries = [] } = feed
  return {
    title: title?.value ?? '',
    home: addresses(links)[0] ?? '',
    entries: entries.map((entry) => ({
      title: entry.title?.value ?? '',
      names: given(entry.id, ...identifiers(entry), entry.arxiv?.doi),
      links: addresses(entry.links ?? []),
      texts: given(...abstracts(entry), entry.summary?.value, entry.content?.value),
      authors: creators(entry) ?? given(...(entry.authors ?? []).map(({ name }) => name)),
      // Many blogs say only when an entry was last changed.
      dates: given(entry.published, ...dates(entry), entry.updated),
      journal: journalOf(entry) ?? journalOf(feed),
    })),
  }
}

function fromRdf(feed: RdfFeed.Feed<string>): FeedEntries {
  const { title = '', link = '', items = [] } = feed
  const entries = items.map((item) => ({
    title: item.title ?? item.dc?.titles?.[0] ?? '',
    names: given(item.rdf?.about, ...identifiers(item)),
    links: given(item.link, address(item.rdf?.about)),
    texts: given(
      ...abstracts(item),
      item.description,
      ...(item.dc?.descriptions ?? []),
      item.content?.encoded,
    ),
    authors: creators(item) ?? [],
    dates: given(...dates(item)),
    journal: journalOf(item) ?? journalOf(feed),
  }))
  return { title, home: link, entries }
}

function fromJson({ title = '', home_page_url: home = '', items = [] }: JsonFeed.Feed<string>): FeedEntries {
  const entries = items.map((item) => ({
    title: item.title ?? '',
    names: given(item.id),
    links: given(item.url, item.external_url, address(item.id)),
    texts: given(item.summary, item.content_text, item.content_html),
    authors: given(...(item.authors ?? []).map(({ name }) => name)),
    dates: given(item.date_published, item.date_modified),
    journal: null,
  }))
  return { title, home, entries }
}

const given = (...texts: readonly (string | undefined)[]) =>
  texts.filter((text) => text !== undefined && text !== '') as string[]

const addresses = (links: readonly { href?: string; rel?: string }[]) =>
  given(...links.filter(({ rel = 'alternate' }) => rel === 'alternate').map(({ href }) => href))

/** A name that is an address as well. */
const address = (name: string | undefined) =>
  name !== undefined && /^\s*https?:/i.test(name) ? name : undefined

const identifiers = ({ dc, dcterms }: DublinCore) => [
  ...(dc?.identifiers ?? []),
  ...(dcterms?.identifiers ?? []),
]
const creators = ({ dc, dcterms }: DublinCore) => dc?.creators ?? dcterms?.creators
const abstracts = ({ dcterms }: DublinCore) => dcterms?.abstracts ?? []
const dates = ({ dc, dcterms }: DublinCore) => [...(dcterms?.issued ?? []), ...(dc?.dates ?? [])]

const journalOf = ({ dcterms }: DublinCore) => dcterms?.provenances?.[0] ?? null

/** The name of a person as RSS writes one: `ada@tides.example (Ada Marsh)`, `Ada Marsh <ada@tides.example>`. */
function personName(text: string): string {
  // A list of names is longer, and holds no addresses.
  if (text.length > 200 || !text.includes('@')) return text.replace(/^\s*<name>([^<]*)<\/name>.*$/s, '$1')
  const named =
    /^[^\s()]+@[^\s()]+\s*\(([^()]+)\)$/.exec(text.trim()) ?? /^([^<>@]+)<[^<>]+>$/.exec(text.trim())
  return named?.[1] ?? ''
}
