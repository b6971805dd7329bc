import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOT_SAID } from '../../src/paper.ts'
import { isAtom, parseAtom } from '../../src/sources/arxiv-atom.ts'
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
    <arxiv:comment>9 pages,
      2 figures</arxiv:comment>
    <arxiv:journal_ref>Journal of Lamps 7 (2026) 1-9</arxiv:journal_ref>
    <arxiv:doi>10.1000/LAMPS.7 10.1000/lamps.8</arxiv:doi>
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
          ...{ version: 2, revisedOn: '2026-09-26', doi: '10.1000/lamps.7' },
          ...{ journal: 'Journal of Lamps 7 (2026) 1-9', remark: '9 pages, 2 figures' },
        },
      ],
      problems: [],
      total: 1,
    })
  })

  it.each<[string, number | null, string | null]>([
    ['2609.01234v1', 1, null],
    ['2609.01234', null, null],
    ['2609.01234v12', 12, '2026-09-26'],
    ['2609.01234v99999999999999999999', null, null],
    ['hep-ex/0301001v3', 3, '2026-09-26'],
  ])('knows from the id %s which version it is, and the day of a revision', (id, version, revisedOn) => {
    const [paper] = parseAtom(feed(MODERN.replace('2609.01234v2', id))).papers
    expect(paper).toMatchObject({
      id: id.replace(/v\d+$/, ''),
      version,
      revisedOn,
      publishedOn: '2026-09-24',
    })
  })

  it('reads a text of several pieces in their order, without comments', () => {
    const title =
      '<title>Lamps <!-- or not --><![CDATA[& <Ledgers>]]> of <i>old <b>Harbours</b></i> today</title>'
    const entry = MODERN.replace(/<title>[^<]*<\/title>/, title)
    expect(parseAtom(feed(entry)).papers[0]?.title).toBe('Lamps & <Ledgers> of old Harbours today')
  })

  it('takes what nobody said for unknown', () => {
    const [paper] = parseAtom(feed(LEGACY)).papers
    expect(paper).toMatchObject({ version: null, revisedOn: null, doi: null, journal: null, remark: null })
  })

  it.each([
    ['doi:10.1000/A', '10.1000/a'],
    ['https://doi.org/10.1000/A(1)', '10.1000/a(1)'],
    ['to appear', null],
    ['10.1000/\u001b[31m', null],
  ])('reads the DOI %j', (said, doi) => {
    const entry = MODERN.replace(/<arxiv:doi>[^<]*/, `<arxiv:doi>${said}`)
    expect(parseAtom(feed(entry)).papers[0]?.doi).toBe(doi)
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

  it('reads the version of a daily entry, and what it says of its publication', () => {
    const entry = daily('2609.31000', 'replace')
      .replace('31000v1<', '31000v3<')
      .replace(
        '</entry>',
        '<arxiv:DOI>10.1000/X</arxiv:DOI><arxiv:journal_reference>J. Ex. 1</arxiv:journal_reference></entry>',
      )
    expect(parseAtom(feed(entry)).papers[0]).toMatchObject({
      ...{ version: 3, publishedOn: null, revisedOn: '2026-09-29' },
      ...{ doi: '10.1000/x', journal: 'J. Ex. 1' },
    })
  })

  it.each<[string, string[]]>([
    ['Ada Marsh (Here, There), Bo Lind', ['Ada Marsh', 'Bo Lind']],
    ['Ada Marsh (Here (Old Site), There)', ['Ada Marsh']],
    ['Ada (Addie) Marsh, Bo Lind', ['Ada (Addie) Marsh', 'Bo Lind']],
    ['Ada Marsh (Here, Bo Lind', ['Ada Marsh (Here', 'Bo Lind']],
    ['Q9 Collaboration', ['Q9 Collaboration']],
    [' , Ada Marsh,, ', ['Ada Marsh']],
  ])('reads the authors of a daily entry without where they work: %s', (line, authors) => {
    const entry = daily('2609.31000', 'new').replace('Ada Example, Bo Example', line)
    expect(parseAtom(feed(entry)).papers[0]?.authors).toEqual(authors)
  })

  it('reads a feed without entries as no papers', () => {
    expect(parseAtom(feed())).toEqual({ papers: [], problems: [], total: 0 })
  })

  it.each([
    ['412', 412],
    [' 0 ', 0],
    ['', null],
    ['many', null],
    ['-1', null],
    ['1e99', null],
  ])('knows how many results there are: %j', (said, total) => {
    const xml = feed().replace(/(totalResults>)0/, `$1${said}`)
    expect(parseAtom(xml).total).toBe(total)
  })

  it.each([
    ['under its own address', ERROR],
    ['under another', ERROR.replace(/<id>[^<]*/, '<id>https://arxiv.org/somewhere')],
    ['under none', ERROR.replace(/<id>.*<\/id>/, '')],
  ])('says what arXiv says where it answers with an error, %s', (_where, entry) => {
    expect(() => parseAtom(feed(entry))).toThrow(
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

  it('carries none of it in what is said of its publication either', () => {
    const said = '&#x1b;[31mred&#x202e;&#x200b; \u009b2J'
    const [paper] = parseAtom(
      feed(
        MODERN.replace('9 pages', `${said} 9 pages`)
          .replace('Journal of Lamps', `${said} Journal`)
          .replace('An', said)
          .replace('First line', `${said} First line`),
      ),
    ).papers
    for (const text of [paper?.remark, paper?.journal, paper?.abstract]) {
      expect(text).toMatch(/red/)
      expect(text?.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }
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
