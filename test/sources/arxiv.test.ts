import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOT_SAID } from '../../src/paper.ts'
import { isAtom, parseAtom } from '../../src/sources/arxiv.ts'
import { SourceError } from '../../src/sources/errors.ts'

const feed = (...entries: string[]) => `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/AAAA</id>
  <title>arXiv Query: search_query=&amp;id_list=&amp;start=0&amp;max_results=10</title>
  <updated>2026-09-27T11:46:23Z</updated>
  <opensearch:totalResults>${entries.length}</opensearch:totalResults>
  ${entries.join('\n  ')}
</feed>
`

const MODERN = `<entry>
    <id>http://arxiv.org/abs/2609.01234v2</id>
    <title>Lanterns &amp; Ledgers: a Title on
      Two Lines with $l_{1}$</title>
    <updated>2026-09-26T08:00:00Z</updated>
    <link href="https://arxiv.org/abs/2609.01234v2" rel="alternate" type="text/html"/>
    <summary>First line of an abstract
    and its second, with 1.6$\\times$ and &lt;tags&gt;.

    Another paragraph.</summary>
    <category term="cs.CR" scheme="http://arxiv.org/schemas/atom"/>
    <published>2026-09-24T17:59:54Z</published>
    <arxiv:comment>9 pages</arxiv:comment>
    <author>
      <name>Tom&#225;s P&#233;rez</name>
      <arxiv:affiliation>Somewhere</arxiv:affiliation>
    </author>
    <author>
      <name>Ana
        Silva</name>
    </author>
  </entry>`

// As the manual shows it: the namespace on every element, dates with an offset, an id with a slash.
const LEGACY = `<entry xmlns="http://www.w3.org/2005/Atom">
    <id xmlns="http://www.w3.org/2005/Atom">http://arxiv.org/abs/hep-ex/0301001</id>
    <published xmlns="http://www.w3.org/2005/Atom">2003-01-07T22:46:39-04:00</published>
    <title xmlns="http://www.w3.org/2005/Atom">An Older Title</title>
    <summary xmlns="http://www.w3.org/2005/Atom">  An older abstract.
</summary>
    <author xmlns="http://www.w3.org/2005/Atom"><name xmlns="http://www.w3.org/2005/Atom">Q9 Collaboration</name></author>
  </entry>`

const ERROR = `<entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_xyz</id>
    <title>Error</title>
    <summary>incorrect id format for xyz</summary>
    <author><name>arXiv api core</name></author>
  </entry>`

const daily = (id: string, kind: string) => `<entry>
    <id>oai:arXiv.org:${id}v1</id>
    <title>A Paper of the Day</title>
    <updated>2026-09-29T05:15:23.205445+00:00</updated>
    <link href="https://arxiv.org/abs/${id}" rel="alternate" type="text/html"/>
    <summary>arXiv:${id}v1 Announce Type: ${kind}
Abstract: The abstract itself.</summary>
    <published>2026-09-29T00:00:00-04:00</published>
    <arxiv:announce_type>${kind}</arxiv:announce_type>
    <dc:creator>Ada Example, Bo Example</dc:creator>
  </entry>`

describe('parseAtom', () => {
  it('reads an entry of today', () => {
    expect(parseAtom(feed(MODERN))).toEqual({
      papers: [
        {
          ...{ id: '2609.01234', title: 'Lanterns & Ledgers: a Title on Two Lines with $l_{1}$' },
          abstract:
            'First line of an abstract and its second, with 1.6$\\times$ and <tags>.\n\nAnother paragraph.',
          ...{ authors: ['Tomás Pérez', 'Ana Silva'], authorCount: 2, publishedOn: '2026-09-24' },
          ...NOT_SAID,
          origin: 'arxiv',
          categories: ['cs.CR'],
        },
      ],
      problems: [],
    })
  })

  it('reads an entry with an old id, namespaces everywhere and a date with an offset', () => {
    const [paper] = parseAtom(feed(LEGACY)).papers
    expect(paper).toMatchObject({
      id: 'hep-ex/0301001',
      title: 'An Older Title',
      abstract: 'An older abstract.',
    })
    expect(paper).toMatchObject({ authors: ['Q9 Collaboration'], publishedOn: '2003-01-08' })
  })

  it.each<[string, string, readonly string[]]>([
    ['none', '', []],
    [
      'the primary one first',
      '<category term="cs.LG"/><arxiv:primary_category term="stat.ML"/>',
      ['stat.ML', 'cs.LG'],
    ],
    [
      'each once',
      '<arxiv:primary_category term="cs.CL"/><category term="cs.CL"/><category term="cs.AI"/>',
      ['cs.CL', 'cs.AI'],
    ],
    [
      'of all kinds',
      ['hep-th', 'cond-mat.mes-hall', 'math.PR', 'q-bio.NC', 'quant-ph', 'astro-ph.CO', 'cmp-lg']
        .map((term) => `<category term="${term}"/>`)
        .join(''),
      ['hep-th', 'cond-mat.mes-hall', 'math.PR', 'q-bio.NC', 'quant-ph', 'astro-ph.CO', 'cmp-lg'],
    ],
    [
      'no classes of other schemes, and nothing that is none',
      '<category term="68T50"/><category term="I.2.7; I.2.6"/><category term="cs.CL&#x1b;[31m"/><category/><category term=" cs.CV "/>',
      ['cs.CV'],
    ],
  ])('reads categories: %s', (_kind, elements, categories) => {
    const entry = MODERN.replace(/<category [^>]*>/, elements)
    expect(parseAtom(feed(entry)).papers[0]?.categories).toEqual(categories)
  })

  it('reads an entry of the daily feed without its announcement line', () => {
    const [paper] = parseAtom(feed(daily('2609.31000', 'new'))).papers
    expect(paper).toMatchObject({ id: '2609.31000', abstract: 'The abstract itself.' })
    expect(paper).toMatchObject({ authors: ['Ada Example', 'Bo Example'], authorCount: 2 })
  })

  it.each(['cross', 'replace', 'replace-cross'])(
    'does not take the day of an announcement (%s) for the day a paper appeared',
    (kind) => {
      expect(parseAtom(feed(daily('2301.02000', kind))).papers[0]?.publishedOn).toBeNull()
    },
  )

  it('reads a feed without entries as no papers', () => {
    expect(parseAtom(feed())).toEqual({ papers: [], problems: [] })
  })

  it('says what arXiv says where it answers with an error', () => {
    expect(() => parseAtom(feed(ERROR))).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        message: expect.stringContaining('incorrect id format for xyz'),
      }),
    )
  })

  it.each([
    ['no id', MODERN.replace(/<id>.*<\/id>/, '')],
    ['an id elsewhere', MODERN.replace('arxiv.org/abs', 'example.org/abs')],
    ['a provisional id', MODERN.replace('http://arxiv.org/abs/2609.01234v2', 'title:lanterns')],
    ['no title', MODERN.replace(/<title>[^<]*<\/title>/, '')],
    ['an empty title', MODERN.replace(/<title>[^<]*<\/title>/, '<title> </title>')],
  ])('leaves out an entry with %s, and keeps the others', (_kind, broken) => {
    const { papers, problems } = parseAtom(feed(LEGACY, broken, daily('2609.31000', 'new')))
    expect(papers.map(({ id }) => id)).toEqual(['hep-ex/0301001', '2609.31000'])
    expect(problems).toEqual([expect.stringMatching(/^entry 2 left out: /)])
  })

  it('carries nothing that a terminal would obey', () => {
    const [paper] = parseAtom(feed(MODERN.replace('Lanterns', '&#x1b;[31m&#x202e;Lanterns\u001b[2J'))).papers
    expect(paper?.title).toMatch(/^Lanterns & Ledgers/)
  })

  it('does not expand entities that a document declares', () => {
    const bomb = feed(MODERN.replace('Lanterns', '&big;')).replace(
      '<feed',
      '<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY big SYSTEM "file:///etc/passwd">]>\n<feed',
    )
    expect(parseAtom(bomb).papers[0]?.title).toMatch(/^(&big;)? ?& Ledgers/)
  })

  it('refuses a feed wherever it is cut off', () => {
    const whole = feed(LEGACY, MODERN).trimEnd()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (end) => {
        expect(() => parseAtom(whole.slice(0, end))).toThrow(SourceError)
      }),
    )
  })

  it.each([
    ['', false],
    ['<html><body>no feed</body></html>', false],
    ['<rss version="2.0"><channel></channel></rss>', false],
    ['<feed><entry/></feed>', false],
    [feed(), true],
    [`\ufeff${feed()}`, true],
  ])('knows whether %j is Atom', (text, atom) => {
    expect(isAtom(text)).toBe(atom)
    if (!atom) expect(() => parseAtom(text)).toThrow(expect.objectContaining({ code: 'unknown-shape' }))
  })
})
