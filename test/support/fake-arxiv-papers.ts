// Papers as the fake arXiv serves them: full texts as LaTeXML makes them, and PDFs of which a part can be asked for.

import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from './fake-arxiv-answers.ts'

/** A full text around `body`, as arXiv shows it; without a version as ar5iv does. */
export function latexmlPage(
  id: string,
  version: number | null,
  body = '<p class="ltx_p">It begins.</p>',
): string {
  const said = version === null ? '' : `<base href="/html/${id}v${version}/">`
  const margin =
    version === null ? '' : `<div id="watermark-tr">arXiv:${id}v${version} [cs.CL] 06 Jan 2025</div>`
  return `<!DOCTYPE html><html lang="en"><head><title>A paper</title>${said}</head><body>
<div class="ltx_page_main"><div class="ltx_page_content">${margin}
<article class="ltx_document ltx_authors_1line">${body}</article></div></div></body></html>
`
}

/** Bytes that begin and end as a PDF does; `seed` tells one from another. */
export function pdfBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length)
  let state = seed
  for (let at = 0; at < length; at++) {
    state = (state * 1103515245 + 12345) % 2147483648
    bytes[at] = state >> 16
  }
  bytes.write('%PDF-1.7\n', 0)
  bytes.write('%%EOF\n', length - 6)
  return bytes
}

const nothing = (what: string): Answer => ({
  status: 404,
  type: 'text/html',
  body: `<title>No ${what}</title>`,
})

/** What is kept of a paper: of the version that is asked for, else of the newest. */
const keptOf = <T>(kept: ReadonlyMap<string, T>, id: string): T | undefined =>
  kept.get(id) ?? kept.get(id.replace(/v\d+$/, ''))

/** `GET /html/{id}`. */
export function htmlAnswer(htmls: ReadonlyMap<string, string>, id: string): Answer {
  const body = keptOf(htmls, id)
  return body === undefined ? nothing('HTML') : { status: 200, type: 'text/html; charset=utf-8', body }
}

/** ar5iv's answer: it leads to the abstract where it has converted nothing. */
export function ar5ivAnswer(htmls: ReadonlyMap<string, string>, id: string): Answer {
  if (keptOf(htmls, id) !== undefined) return htmlAnswer(htmls, id)
  return { status: 307, type: 'text/html', body: '', headers: { location: `/abs/${id}` } }
}

/** `GET /pdf/{id}`, whole or from a byte on. */
export function pdfAnswer(
  pdfs: ReadonlyMap<string, Buffer>,
  id: string,
  asked: IncomingHttpHeaders,
): Answer<string | Buffer> {
  const whole = keptOf(pdfs, id)
  if (whole === undefined) return nothing('PDF')
  const etag = `"${createHash('sha256').update(whole).digest('hex').slice(0, 32)}"`
  const headers = { etag, 'accept-ranges': 'bytes' }
  const type = 'application/pdf'
  const from = Number(/^bytes=(\d+)-$/.exec(asked.range ?? '')?.[1] ?? 0)
  if (from === 0 || asked['if-range'] !== etag) return { status: 200, type, body: whole, headers }
  if (from >= whole.length)
    return {
      status: 416,
      type,
      body: '',
      headers: { ...headers, 'content-range': `bytes */${whole.length}` },
    }
  const range = `bytes ${from}-${whole.length - 1}/${whole.length}`
  return { status: 206, type, body: whole.subarray(from), headers: { ...headers, 'content-range': range } }
}
