import { describe, expect, it } from 'vitest'
import { NOT_SAID } from '../../src/paper.ts'
import { parseRss } from '../../src/sources/arxiv-rss.ts'

const channel = (
  inner: string,
  title = 'cs.CL updates on arXiv.org',
) => `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>${title}</title>
    <link>http://rss.arxiv.org/rss/cs.CL</link>
    <description>${title} and more.</description>
    <pubDate>Tue, 29 Sep 2026 00:00:00 -0400</pubDate>
    <skipDays><day>Saturday</day><day>Sunday</day></skipDays>
    ${inner}
  </channel>
</rss>
`

const item = (kind = 'new', version = 1) => `<item>
      <title>Moths &amp; Measures: How Long
        a $\\lambda$ Lasts</title>
      <link>https://arxiv.org/abs/2609.01234</link>
      <description>arXiv:2609.01234v${version} Announce Type: ${kind} 
Abstract: We count moths
at a lamp.</description>
      <guid isPermaLink="false">oai:arXiv.org:2609.01234v${version}</guid>
      <category>cs.CL</category>
      <category>stat.ML</category>
      <category>68T50</category>
      <pubDate>Tue, 29 Sep 2026 00:00:00 -0400</pubDate>
      <arxiv:announce_type>${kind}</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <arxiv:DOI>10.1000/Moths.1</arxiv:DOI>
      <arxiv:journal_reference>Moth Letters 3 (2026)</arxiv:journal_reference>
      <dc:creator>Ada Marsh (Here, There), Bo Lind</dc:creator>
    </item>`

describe('parseRss', () => {
  it('reads an item whole', () => {
    expect(parseRss(channel(item()))).toEqual({
      papers: [
        {
          ...NOT_SAID,
          ...{ id: '2609.01234', version: 1, title: 'Moths & Measures: How Long a $\\lambda$ Lasts' },
          ...{ abstract: 'We count moths at a lamp.', authors: ['Ada Marsh', 'Bo Lind'], authorCount: 2 },
          ...{ publishedOn: '2026-09-29', categories: ['cs.CL', 'stat.ML'] },
          ...{ doi: '10.1000/moths.1', journal: 'Moth Letters 3 (2026)', origin: 'arxiv' },
        },
      ],
      problems: [],
    })
  })

  it.each<[string, number, string | null, string | null]>([
    ['new', 1, '2026-09-29', null],
    ['cross', 1, null, null],
    ['replace', 3, null, '2026-09-29'],
    ['replace', 1, null, null],
    ['replace-cross', 2, null, '2026-09-29'],
    ['absonly', 2, null, null],
  ])(
    'knows what the day of the announcement (%s, version %d) is the day of',
    (kind, version, publishedOn, revisedOn) => {
      const [paper] = parseRss(channel(item(kind, version))).papers
      expect(paper).toMatchObject({ version, publishedOn, revisedOn, abstract: 'We count moths at a lamp.' })
    },
  )

  it.each([
    ['Tue, 29 Sep 2026 22:00:00 -0400', '2026-09-30'],
    ['29 Sep 2026 00:00 GMT', '2026-09-29'],
    ['Tue, 29 Sep 2026 00:00:00', null],
    ['2026-09-29', null],
    ['Tue, 99 Sep 2026 00:00:00 GMT', null],
    ['tomorrow', null],
  ])('reads the date %s', (date, publishedOn) => {
    const [paper] = parseRss(channel(item().replace(/<pubDate>[^<]*/, `<pubDate>${date}`))).papers
    expect(paper?.publishedOn).toBe(publishedOn)
  })

  it('is sound without items, as on weekends', () => {
    expect(parseRss(channel(''))).toEqual({ papers: [], problems: [] })
  })

  it.each<[string, string, Record<string, unknown>]>([
    ['the description', item().replace(/<guid.*<\/guid>/, ''), { id: '2609.01234', version: 1 }],
    [
      'the link',
      item()
        .replace(/<guid.*<\/guid>/, '')
        .replace(/<description>[^<]*/, '<description>We count.'),
      { id: '2609.01234', version: null, abstract: 'We count.' },
    ],
    ['an old id', item().replaceAll('2609.01234', 'hep-th/9901001'), { id: 'hep-th/9901001', version: 1 }],
  ])('names a paper by %s', (_by, xml, facts) => {
    expect(parseRss(channel(xml)).papers[0]).toMatchObject(facts)
  })

  it.each([
    ['of another site', item().replaceAll(/arXiv:2609|arXiv.org:2609|arxiv.org\/abs/g, 'example.org')],
    ['without a title', item().replace(/<title>[^<]*/, '<title>')],
  ])('leaves out an item %s, and keeps the others', (_kind, broken) => {
    const { papers, problems } = parseRss(channel(item() + broken + item('cross')))
    expect(papers.length).toBe(2)
    expect(problems).toEqual([expect.stringMatching(/^item 2 left out: /)])
  })

  it('says what arXiv says where it could not make the feed', () => {
    expect(() => parseRss(channel('', 'Feed error for query: cs.ZZ'))).toThrow(
      expect.objectContaining({ code: 'bad-request', message: expect.stringContaining('cs.ZZ and more') }),
    )
  })

  it.each([
    ['nothing', ''],
    ['a page', '<html><body>Rate exceeded.</body></html>'],
    ['a feed that is cut off', channel(item()).slice(0, -10)],
    ['a feed without a channel', '<rss version="2.0"></rss>'],
    ['a feed within another document', '<?xml version="1.0"?><a><rss></rss></a></rss>'],
  ])('refuses %s', (_kind, xml) => {
    expect(() => parseRss(xml)).toThrow(expect.objectContaining({ code: 'unknown-shape' }))
  })
})
