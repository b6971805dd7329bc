// The full text of a paper as HTML: arXiv's own where it has one, else ar5iv's.

import { type PaperId, parseArxivId } from '../paper.ts'
import type { ArxivAddresses } from './arxiv.ts'
import { SourceError } from './errors.ts'
import type { Answer, Http } from './http.ts'

/** A paper's text, as LaTeXML makes it or as its authors have written it. */
export interface FullText {
  readonly html: string
  /** Where it was found: what its links and pictures are relative to. */
  readonly url: string
  /** Of the paper, from 1; null where the page does not say (ar5iv never does). */
  readonly version: number | null
}

/**
 * A paper's full text, or null where there is none as HTML: then there is only its PDF. Throws a SourceError where that
 * cannot be known.
 */
export async function fetchFullText(
  http: Http,
  addresses: ArxivAddresses,
  id: PaperId,
): Promise<FullText | null> {
  // Anything else would ask for another page.
  if (parseArxivId(id) !== id)
    throw new SourceError('bad-request', 'arXiv has the full text of its own papers alone.')
  const own = await getPage(http, addresses.html(id))
  // Some papers were handed in as HTML that is not LaTeXML's.
  if (own && isLatexml(own.body)) return toFullText(own, id)
  // Of what ar5iv has not converted it leads to the abstract at arXiv, which is not worth another three seconds.
  const authors = own && isAuthors(own) ? toFullText(own, id) : null
  const copy = await getPage(http, addresses.ar5iv(id), isAbstract).catch((error: unknown) => {
    if (authors) return null
    throw error
  })
  if (copy && isLatexml(copy.body)) return toFullText(copy, id)
  if (copy === null || authors) return authors
  throw new SourceError(
    'unknown-shape',
    `${new URL(copy.url).host} answers with a web page that is no paper. If this network wants a login, open a page in a browser first.`,
  )
}

async function getPage(
  http: Http,
  url: string,
  isNothing?: (address: URL) => boolean,
): Promise<Answer | null> {
  try {
    return await http.get(url, 'text/html', undefined, isNothing)
  } catch (error) {
    if (error instanceof SourceError && error.code === 'not-found') return null
    throw error
  }
}

// Bounded, since what comes after the tag's name may be anything.
const ARTICLE = /<article\b[^>]{0,500}\bltx_document\b/i

const isLatexml = (html: string) => ARTICLE.test(html)

/** Whether a page is a paper by its authors rather than what a server says instead of one. */
const isAuthors = ({ url, body }: Answer) =>
  new URL(url).pathname.includes('/html/') && (body.match(/<p[\s>]/gi) ?? []).length >= LEAST_PARAGRAPHS
const LEAST_PARAGRAPHS = 5
const isAbstract = ({ pathname }: URL) => pathname.startsWith('/abs/')

function toFullText({ url, body: html }: Answer, id: PaperId): FullText {
  // Before the text the page says its version in its base, its links and at its margin; in the text others may be cited.
  const head = html.slice(0, Math.max(0, html.search(ARTICLE)))
  const said = new RegExp(`(?<![\\w.])${id.replaceAll('.', '\\.')}v([1-9]\\d{0,3})(?!\\w)`).exec(
    `${url}\n${head}`,
  )?.[1]
  return { html, url, version: said === undefined ? null : Number(said) }
}
