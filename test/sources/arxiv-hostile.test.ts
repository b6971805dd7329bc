// What arXiv's parsers do with anything at all: papers or a SourceError, and within a moment.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isArxiv } from '../../src/paper.ts'
import { parseAtom } from '../../src/sources/arxiv-atom.ts'
import type { Feed } from '../../src/sources/arxiv-entry.ts'
import { parseRss } from '../../src/sources/arxiv-rss.ts'
import { SourceError } from '../../src/sources/errors.ts'
import { parseOai } from '../../src/sources/oai.ts'
import { arxivPapers } from '../support/fake-arxiv.ts'
import { oaiPage, queryAnswer, rssAnswer } from '../support/fake-arxiv-answers.ts'
import { processorTime } from '../support/processor.ts'

const PAPERS = arxivPapers(3, '2026-09-25', { doi: '10.1000/x', journal: 'J. 1', comment: '1 page' })
const PARSERS: [string, (xml: string) => Feed, string][] = [
  [
    'parseAtom',
    parseAtom,
    queryAnswer(PAPERS, new URLSearchParams('search_query=cat:cs.CL'), { isEmpty: false, isSorted: true })
      .body,
  ],
  ['parseRss', parseRss, rssAnswer(PAPERS, 'cs.CL', false).body],
  [
    'parseOai',
    parseOai,
    oaiPage(PAPERS, new URLSearchParams('verb=ListRecords&metadataPrefix=arXiv'), 9).body,
  ],
]

/** Pieces that mean something to a parser of XML, to the sources or to a terminal. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    ...[
      '<feed',
      '</feed>',
      '<rss>',
      '</rss>',
      '<channel>',
      '<item>',
      '</item>',
      '<entry>',
      '</entry>',
      '<OAI-PMH>',
    ],
    ...[
      '</OAI-PMH>',
      '<ListRecords>',
      '<record>',
      '<header status="deleted">',
      '<error code="x">',
      '</error>',
    ],
    ...[
      '<title>',
      '</title>',
      '<id>',
      '</id>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?x',
      '?>',
      '<!DOCTYPE x [',
      ']>',
    ],
    ...[
      '&#x1b;',
      '&#0;',
      '&#xd800;',
      '&#x110000;',
      '&amp;',
      '&',
      '<',
      '>',
      '"',
      "'",
      '/>',
      '\u0000',
      '\ud800',
      '\u202e',
    ],
    ...[
      '2609.01234v2',
      'arXiv:',
      '9'.repeat(400),
      '(',
      ')',
      ', ',
      '-99999',
      '2026-13-99T99:99:99Z',
      '__proto__',
    ],
  ),
)

/** Papers fit to be stored, or a SourceError that is fit to be printed. */
function check(parse: (xml: string) => Feed, xml: string): void {
  let feed: Feed
  try {
    feed = parse(xml)
  } catch (error) {
    expect(error).toBeInstanceOf(SourceError)
    expect((error as SourceError).message).not.toMatch(/\p{Cc}/u)
    return
  }
  for (const { id, title, abstract, authors, journal, remark, doi, categories } of feed.papers) {
    expect(isArxiv(id)).toBe(true)
    expect(title).not.toBe('')
    const lines = [title, ...authors, journal ?? '', remark ?? '', doi ?? '', ...categories, ...feed.problems]
    expect(lines.join('')).not.toMatch(/\p{Cc}/u)
    expect(abstract.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
  }
}

describe.each(PARSERS)('%s', (_name, parse, sound) => {
  it('reads what it is for', () => {
    expect(parse(sound)).toMatchObject({ papers: { length: 3 }, problems: [] })
  })

  it('throws nothing but a SourceError for any text', () => {
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => check(parse, pieces.join(''))))
  })

  it('throws nothing but a SourceError for a sound document with anything in it', () => {
    const place = fc.tuple(fc.nat(sound.length), fc.nat(200), piece)
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 5 }), (places) => {
        let xml = sound
        for (const [at, gone, put] of places) xml = xml.slice(0, at) + put + xml.slice(at + gone)
        check(parse, xml)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    [
      'elements nested deeper than the stack',
      (xml: string) => xml.replaceAll('<title>', `<title>${'<b>'.repeat(15_000)}`),
    ],
    ['comments at its end that hide another', (xml: string) => `${xml}${'<!---->'.repeat(50_000)}x`],
    [
      'brackets without end',
      (xml: string) =>
        xml
          .replaceAll('Announce', `${'('.repeat(50_000)} Announce`)
          .replace(/creator>/, `creator>${' ('.repeat(50_000)}`),
    ],
    [
      'a document type that refers to itself',
      (xml: string) =>
        xml.replace('?>', '?><!DOCTYPE a [<!ENTITY a "&a;&a;">]>').replace(/title>/, 'title>&a;'),
    ],
  ])('is not held up by %s', (_kind, spoil) => {
    const begun = processorTime()
    check(parse, spoil(sound))
    expect(processorTime() - begun).toBeLessThan(5000)
  })
})
