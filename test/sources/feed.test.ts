import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { NOT_SAID, type Paper, provisionalId } from '../../src/paper.ts'
import { SourceError } from '../../src/sources/errors.ts'
import { type FeedOptions, fetchFeed, parseFeed } from '../../src/sources/feed.ts'
import { createHttp, type Http } from '../../src/sources/http.ts'
import { processorTime } from '../support/processor.ts'

const URL_OF_FEED = 'https://tides.example/feeds/new.xml'
const parse = (text: string, options?: FeedOptions) => parseFeed(text, URL_OF_FEED, options)

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const RSS_NAMESPACES =
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'

/** An RSS 2.0 feed with these items inside. */
const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" ${RSS_NAMESPACES}><channel><title>Annals of Tides</title>` +
  `<link>https://tides.example/</link>${items.map((item) => `<item>${item}</item>`).join('')}</channel></rss>`

/** The one paper of an RSS item, which must be sound. */
async function only(item: string, options?: FeedOptions): Promise<Paper> {
  const { papers, problems } = await parse(rss(item), options)
  expect(problems).toEqual([])
  expect(papers).toHaveLength(1)
  return papers[0] as Paper
}

describe('a feed', () => {
  it('of a journal is read whole: RSS 2.0 with PRISM and Dublin Core', async () => {
    const feed = await parse(
      rss(`<title>Lamps for H&lt;sub&gt;2&lt;/sub&gt;O &amp;amp; harbours</title>
        <link>https://tides.example/papers/7?via=rss</link>
        <guid isPermaLink="false">tides-7</guid>
        <pubDate>Mon, 06 Jan 2025 23:30:00 -0500</pubDate>
        <description><![CDATA[<p>Abstract</p><p>We hang
          lamps.</p><p>Boats &lt; 3 come.</p>]]></description>
        <dc:creator>Ada Marsh</dc:creator><dc:creator>Lind, Bo</dc:creator>
        <prism:publicationName>The Annals of Tides</prism:publicationName>
        <prism:doi>10.9999/TIDES.7</prism:doi>`),
    )
    expect(feed).toEqual({
      title: 'Annals of Tides',
      problems: [],
      papers: [
        {
          ...NOT_SAID,
          id: 'doi:10.9999/tides.7',
          title: 'Lamps for H2O & harbours',
          abstract: 'We hang lamps.\n\nBoats < 3 come.',
          authors: ['Ada Marsh', 'Lind, Bo'],
          authorCount: 2,
          publishedOn: '2025-01-07',
          doi: '10.9999/tides.7',
          journal: 'The Annals of Tides',
          link: 'https://tides.example/papers/7?via=rss',
          origin: 'feed',
        },
      ],
    })
  })

  it('of a journal is read whole: RSS 1.0', async () => {
    const { title, papers } = await parse(`<?xml version="1.0" encoding="UTF-8"?>
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ${RSS_NAMESPACES}>
        <channel rdf:about="https://tides.example/rss"><title>Tides: new papers</title>
          <link>https://tides.example/</link><prism:publicationName>Tides &amp;amp; Lights</prism:publicationName>
          <items><rdf:Seq><rdf:li rdf:resource="https://tides.example/8"/></rdf:Seq></items></channel>
        <item rdf:about="https://tides.example/8"><title>On Buoys</title><link>https://tides.example/8</link>
          <description>Buoys float.</description><dc:creator>Ada Marsh</dc:creator>
          <prism:publicationDate>2025-01-06</prism:publicationDate><prism:doi>10.9999/tides.8</prism:doi></item>
        <item rdf:about="https://tides.example/9"><title>On Piers</title><link>https://tides.example/9</link>
          <dc:identifier>doi:10.9999/tides.9</dc:identifier><dc:date>2025-01-05T00:00:00Z</dc:date>
          <prism:publicationName>Piers</prism:publicationName></item>
      </rdf:RDF>`)
    expect(title).toBe('Tides: new papers')
    expect(papers).toMatchObject([
      { id: 'doi:10.9999/tides.8', title: 'On Buoys', abstract: 'Buoys float.', authors: ['Ada Marsh'] },
      { id: 'doi:10.9999/tides.9', title: 'On Piers', abstract: '', authors: [], authorCount: null },
    ])
    expect(papers.map(({ journal, publishedOn }) => [journal, publishedOn])).toEqual([
      ['Tides & Lights', '2025-01-06'],
      ['Piers', '2025-01-05'],
    ])
  })

  it('of a lab is read whole: Atom', async () => {
    const { title, papers } = await parse(`<feed xmlns="http://www.w3.org/2005/Atom">
      <title type="html">The &lt;b&gt;Lamp&lt;/b&gt; Lab</title><link rel="self" href="https://lab.example/atom"/>
      <link href="https://lab.example/blog/"/><updated>2025-01-08T00:00:00Z</updated>
      <entry><id>tag:lab.example,2025:1</id><title>Which Lamp?</title><link rel="edit" href="https://lab.example/edit"/>
        <link rel="alternate" href="/blog/which-lamp"/><author><name>Ada
          Marsh</name></author><author><name>Bo Lind</name></author><updated>2025-01-07T09:00:00Z</updated>
        <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The <em>red</em> one.</p></div></summary></entry>
      <entry><id>http://arxiv.org/abs/2501.00042v2</id><title>A Lamp on arXiv</title>
        <link href="http://arxiv.org/abs/2501.00042v2"/><published>2025-01-01T00:00:00Z</published>
        <updated>2025-01-07T00:00:00Z</updated><content type="html">&lt;p&gt;Bright.&lt;/p&gt;</content></entry></feed>`)
    expect(title).toBe('The Lamp Lab')
    expect(papers).toMatchObject([
      {
        id: provisionalId('Which Lamp?'),
        abstract: 'The red one.',
        authors: ['Ada Marsh', 'Bo Lind'],
        publishedOn: '2025-01-07',
        link: 'https://lab.example/blog/which-lamp',
        journal: null,
        doi: null,
      },
      { id: '2501.00042', abstract: 'Bright.', publishedOn: '2025-01-01', link: null, journal: null },
    ])
  })

  it('of a lab is read whole: JSON Feed', async () => {
    const { title, papers, problems } = await parse(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Lamp Lab',
        items: [
          {
            id: '1',
            url: 'https://lab.example/1',
            external_url: 'https://doi.org/10.9999/Lamp%2F1?x=1',
            title: 'One',
            content_html: '<p>It is lit.</p>',
            date_published: '2025-01-06T12:00:00+02:00',
            authors: [{ name: 'Ada Marsh' }, { name: 'Bo Lind' }],
          },
          { id: 2, title: 'Two', content_text: 'Dark, since 1 < 2.', author: { name: 'Marsh, Ada' } },
          { id: '3', content_text: 'A note' },
        ],
      }),
    )
    expect(title).toBe('Lamp Lab')
    expect(problems).toEqual(['entry 3 left out: no title (3)'])
    expect(papers).toMatchObject([
      {
        id: 'doi:10.9999/lamp/1',
        doi: '10.9999/lamp/1',
        link: 'https://lab.example/1',
        publishedOn: '2025-01-06',
        journal: 'Lamp Lab',
      },
      {
        id: provisionalId('Two'),
        abstract: 'Dark, since 1 < 2.',
        authors: ['Marsh, Ada'],
        publishedOn: null,
      },
    ])
  })

  it('of 1999 is read: RSS 0.91', async () => {
    const { title, papers } = await parse(`<?xml version="1.0"?>
      <!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "rss-0.91.dtd">
      <!-- <feed> comes later --><rss version="0.91"><channel><title>Old Tides</title><link>https://tides.example</link>
      <item><title>Sails</title><link>https://tides.example/sails</link></item></channel></rss>`)
    expect(title).toBe('Old Tides')
    expect(papers).toMatchObject([{ title: 'Sails', link: 'https://tides.example/sails' }])
  })

  it('of arXiv’s announcements says of a new paper alone which day is its own', async () => {
    const item = (number: number, kind: string) =>
      `<title>Lamp ${number}</title><link>https://arxiv.org/abs/2501.0000${number}</link>` +
      `<guid isPermaLink="false">oai:arXiv.org:2501.0000${number}v1</guid><pubDate>Tue, 07 Jan 2025 00:00:00 -0500</pubDate>` +
      `<description>arXiv:2501.0000${number}v1 Announce Type: ${kind} \nAbstract: It is lit.</description>` +
      '<dc:creator>Ada Marsh (Lamp Lab, Oslo), Bo Lind</dc:creator>'
    const { papers } = await parse(rss(item(1, 'new'), item(2, 'cross')))
    expect(papers).toMatchObject([
      {
        id: '2501.00001',
        abstract: 'It is lit.',
        authors: ['Ada Marsh', 'Bo Lind'],
        publishedOn: '2025-01-07',
      },
      { id: '2501.00002', publishedOn: null, link: null, journal: null },
    ])
  })

  it('of arXiv’s that reports an error brings no paper', async () => {
    const error = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Results</title><entry><title>Error</title>
      <id>http://arxiv.org/api/errors#no_such_field</id><summary>no such field</summary></entry></feed>`
    await expect(parse(error)).rejects.toThrow('arXiv reports an error: no such field.')
  })

  it('without entries is an empty one', async () => {
    expect(await parse(rss())).toEqual({ title: 'Annals of Tides', papers: [], problems: [] })
  })
})

describe('an entry is the paper that', () => {
  const A_LINK = '<link>https://tides.example/1</link>'
  it.each<[string, string, string | null, string?]>([
    ['its link names on arXiv', '<link>https://arxiv.org/abs/2501.00001v3</link>', '2501.00001'],
    ['its link names on the Hub', '<link>https://huggingface.co/papers/2501.00001</link>', '2501.00001'],
    ['its guid names on arXiv', `${A_LINK}<guid>oai:arXiv.org:hep-ex/0307015</guid>`, 'hep-ex/0307015'],
    ['its identifier names', `${A_LINK}<dc:identifier>arXiv:2501.00001</dc:identifier>`, '2501.00001'],
    ['its text names', `${A_LINK}<description>See arXiv:2501.00001v2.</description>`, '2501.00001'],
    [
      'an arXiv DOI names',
      '<link>https://doi.org/10.48550/arXiv.2501.00001</link><description>-</description>',
      '2501.00001',
    ],
    [
      'its identifier has as DOI',
      `${A_LINK}<dc:identifier>doi:10.9999/A(1)</dc:identifier>`,
      null,
      '10.9999/a(1)',
    ],
    ['prism:doi names', `${A_LINK}<prism:doi>10.9999/a</prism:doi>`, null, '10.9999/a'],
    ['its guid is a DOI of', `${A_LINK}<guid isPermaLink="false">10.9999/a</guid>`, null, '10.9999/a'],
    [
      'its guid is a DOI’s address of',
      `${A_LINK}<guid>http://dx.doi.org/10.9999/a</guid>`,
      null,
      '10.9999/a',
    ],
    [
      'its link is a DOI’s address of',
      '<link>https://doi.org/10.9999/a%3Cb?rss=1</link>',
      null,
      '10.9999/a<b',
    ],
    [
      'its text has one DOI of',
      `${A_LINK}<description>In print, doi:10.9999/a.</description>`,
      null,
      '10.9999/a',
    ],
    [
      'its text links to by a DOI in brackets',
      `${A_LINK}<description>(&lt;a href="https://doi.org/10.9999/a(1)b"&gt;here&lt;/a&gt;, doi: 10.9999/A(1)b)</description>`,
      null,
      '10.9999/a(1)b',
    ],
  ])('%s', async (_, item, arxivId, doi) => {
    const paper = await only(`<title>Lamps</title>${item}`)
    expect([paper.id, paper.doi]).toEqual([arxivId ?? `doi:${doi}`, doi ?? null])
    expect(paper.journal).toBe(doi === undefined ? null : 'Annals of Tides')
    if (arxivId !== null) expect(paper.link).toBeNull()
  })

  it.each([
    ['names two papers', '<description>Unlike arXiv:2501.00001, arXiv:2501.00002 is lit.</description>'],
    ['cites two DOIs', '<description>doi:10.9999/a, doi:10.9999/b</description>'],
    ['mentions a DOI in no such way', '<description>10.9999/a</description>'],
    ['has a guid that looks like an old id', '<guid isPermaLink="false">news/2024001</guid>'],
    ['has a guid that looks like a new id', '<guid isPermaLink="false">2024.12345</guid>'],
    ['has an address like a DOI’s', '<guid>https://doi.org.evil.example/10.9999/a</guid>'],
  ])('has its title, where it %s', async (_, item) => {
    const paper = await only(`<title>Lamps</title>${A_LINK}${item}`)
    expect([paper.id, paper.doi, paper.journal]).toEqual([provisionalId('Lamps'), null, null])
  })

  it('keeps its own DOI, whatever its text cites', async () => {
    const paper = await only(
      '<title>Lamps</title><prism:doi>10.9999/a</prism:doi><description>Against arXiv:2501.00001.</description>',
    )
    expect(paper.id).toBe('doi:10.9999/a')
  })

  it('comes once, where it is there twice', async () => {
    const item = '<title>Lamps</title><guid>https://doi.org/10.9999/a</guid>'
    const { papers, problems } = await parse(
      rss(item, '<title>Other</title>', item.replace('Lamps', 'LAMPS')),
    )
    expect(papers.map(({ title }) => title)).toEqual(['Lamps', 'Other'])
    expect(problems).toEqual([])
  })
})

describe('a field', () => {
  it.each([
    ['Mon, 06 Jan 2025 12:00:00 GMT', '2025-01-06'],
    ['Mon, 6 January 2025 23:00 -0200', '2025-01-07'],
    ['06 Jan 25 00:30:00 +0100', '2025-01-05'],
    ['Mon, 06 Jan 2025 12:00:00 CEST', '2025-01-06'],
    ['6 Jan 2025', '2025-01-06'],
    ['2025-01-06', '2025-01-06'],
    ['2025-01-06 10:00:00', '2025-01-06'],
    ['2025-01', null],
    ['Spring 2025', null],
    ['31 Feb 2025 x', null],
    ['1736121600', null],
  ])('is a day: %s', async (date, day) => {
    expect((await only(`<title>Lamps</title><pubDate>${date}</pubDate>`)).publishedOn).toBe(day)
  })

  it('is no day where that is yet to come, if today is known', async () => {
    const item = '<title>Lamps</title><pubDate>Sat, 01 Mar 2025 00:00:00 GMT</pubDate>'
    expect((await only(item)).publishedOn).toBe('2025-03-01')
    expect((await only(item, { today: '2025-02-28' })).publishedOn).toBe('2025-03-01')
    expect((await only(item, { today: '2025-01-06' })).publishedOn).toBeNull()
    const second = `${item}<dc:date>2025-01-05</dc:date>`
    expect((await only(second, { today: '2025-01-06' })).publishedOn).toBe('2025-01-05')
  })

  it.each([
    ['<author>ada@tides.example (Ada Marsh)</author>', ['Ada Marsh']],
    ['<author>Ada Marsh &lt;ada@tides.example&gt;</author>', ['Ada Marsh']],
    ['<author>ada@tides.example</author>', []],
    ['<author>Ada Marsh, Bo Lind and Cy Vale</author>', ['Ada Marsh', 'Bo Lind', 'Cy Vale']],
    ['<author><name>Ada Marsh</name></author>', ['Ada Marsh']],
    ['<author>Ed</author><dc:creator>Marsh, Ada</dc:creator>', ['Marsh, Ada']],
    ['<dc:creator>Ana Mar&amp;iacute;a &amp; Bo</dc:creator>', ['Ana María & Bo']],
  ])('holds authors: %s', async (item, authors) => {
    expect((await only(`<title>Lamps</title>${item}`)).authors).toEqual(authors)
  })

  it('holds an address that can be opened, or none', async () => {
    const link = async (text: string) => (await only(`<title>Lamps</title>${text}`)).link
    expect(await link('<link>javascript:alert(1)</link>')).toBeNull()
    expect(await link('<link>papers/1</link>')).toBe('https://tides.example/papers/1')
    expect(await link('<link>file:///etc/passwd</link><guid>https://tides.example/2</guid>')).toBe(
      'https://tides.example/2',
    )
  })

  it('holds an abstract, and of a whole post the beginning', async () => {
    const post = escaped(`<p>${'Lamps shine. '.repeat(500)}</p>`.repeat(4))
    const { abstract } = await only(`<title>Lamps</title><content:encoded>${post}</content:encoded>`)
    expect(abstract.length).toBeGreaterThan(6000)
    expect(abstract.length).toBeLessThan(10_010)
    expect(abstract).toMatch(/ …$/)
    const short = '<title>Lamps</title><description>Short.</description>'
    expect((await only(`${short}<content:encoded>${post}</content:encoded>`)).abstract).toBe('Short.')
  })
})

describe('an entry without a title', () => {
  it('costs itself, and is named', async () => {
    const { papers, problems } = await parse(
      rss('<link>https://tides.example/1</link>', '<title>Lamps</title>', '<title> &#8203; </title>'),
    )
    expect(papers).toHaveLength(1)
    expect(problems).toEqual([
      'entry 1 left out: no title (https://tides.example/1)',
      'entry 3 left out: no title (nor a link)',
    ])
  })

  it('fails the whole where there is no other', async () => {
    await expect(parse(rss('<description>A note.</description>'))).rejects.toThrow(
      /^None of .*tides\.example/,
    )
  })
})

describe('what is no feed', () => {
  const failing = (message: RegExp) =>
    expect.objectContaining({
      name: 'SourceError',
      code: 'unknown-shape',
      message: expect.stringMatching(message),
    })
  const page = (head: string) =>
    `<!DOCTYPE html><html><head>${head}</head><body>An <rss version="2"> page</body></html>`

  it.each([
    ['a web page', page(''), /a web page, not a feed\. Look on it for a link/],
    [
      'a web page that names its feed',
      page('<link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b">'),
      /its feed is https:\/\/tides\.example\/rss\?a=1&b: take/,
    ],
    [
      'a web page that names something else',
      page('<link rel="alternate" type="application/rss+xml" href="javascript:1">'),
      /Look on it/,
    ],
    ['nothing', ' \n', /an empty text/],
    ['words', 'Not found', /no RSS, Atom or JSON feed\. Open/],
    ['other XML', '<?xml version="1.0"?><svg><rss/></svg>', /no RSS, Atom or JSON feed/],
    ['other JSON', '{"papers": []}', /no RSS, Atom or JSON feed/],
    ['JSON that is cut off', '{"version": "https://jsonfeed.org/version/1", "items": [', /no RSS/],
    ['a feed that is cut off', rss('<title>Lamps</title>').slice(0, -30), /cut off: its end is missing/],
    ['a feed that is broken', '<rss version="2.0"><channel><item></rss>', /its XML is broken/],
  ])('is refused, and says what to do: %s', async (_, text, message) => {
    await expect(parse(text)).rejects.toThrow(failing(message))
  })
})

describe('any text', () => {
  const CONTROL = /(?!\n)[\p{Cc}\p{Bidi_Control}\u200b]/u
  const evil = fc.constantFrom(
    '\u001b[31m',
    '\u202e',
    '&#27;[2J',
    '&#x202e;',
    '\u0007',
    '<b>',
    '&lt;p&gt;',
    ']]>',
    'é',
  )
  const word = fc.oneof({ weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) }, evil)
  const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(''))
  const tag = fc.constantFrom(
    ...['title', 'link', 'description', 'guid', 'dc:creator', 'author', 'prism:doi', 'pubDate', 'id', 'name'],
    ...['summary', 'entry', 'item', 'dc:identifier'],
  )
  const element = fc.tuple(tag, text).map(([name, inside]) => `<${name}>${inside}</${name}>`)
  const entry = fc.array(element, { maxLength: 6 }).map((elements) => elements.join(''))
  const root = fc.constantFrom('rss', 'feed', 'rdf:RDF')
  const feed = fc.tuple(root, fc.array(entry, { maxLength: 4 })).map(([name, entries]) => {
    const inside = entries
      .map((each) => (name === 'feed' ? `<entry>${each}</entry>` : `<item>${each}</item>`))
      .join('')
    return `<${name} xmlns="http://purl.org/rss/1.0/"><channel>${inside}</channel>${inside}</${name}>`
  })
  const json = fc
    .array(
      fc.dictionary(
        fc.constantFrom('id', 'title', 'url', 'summary', 'authors'),
        fc.oneof(text, fc.jsonValue()),
      ),
    )
    .map((items) => JSON.stringify({ version: 'https://jsonfeed.org/version/1', items }))

  it('is read or refused, and nothing of it that a terminal would obey survives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(feed, json, fc.string({ unit: 'binary' })), async (given) => {
        try {
          const { title, papers, problems } = await parse(given)
          for (const { publishedOn: _, ...paper } of papers)
            expect(JSON.stringify(paper).replaceAll('\\n', '')).not.toMatch(CONTROL)
          for (const paper of papers) expect([paper.title, ...paper.authors].join('')).not.toContain('\n')
          expect([title ?? '', ...problems].join('')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u)
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError)
          expect((error as Error).message).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['persons in brackets never closed', `<title>Lamps</title><author>${'a (b '.repeat(50_000)}</author>`],
    [
      'elements never closed',
      `<title>Lamps</title><description>${'&lt;div&gt;'.repeat(200_000)}</description>`,
    ],
    ['sections never closed', `<title>Lamps</title><description>${'<![CDATA['.repeat(50_000)}</description>`],
    [
      'a DOI never ending',
      `<title>Lamps</title><description>doi:10.9999/${')'.repeat(500_000)}</description>`,
    ],
    ['a byline of spaces', `<title>Lamps</title><dc:creator>a${' '.repeat(500_000)}and</dc:creator>`],
  ])('takes no time out of proportion: %s', async (_, item) => {
    const begun = processorTime()
    await parse(rss(item)).catch((error) => expect(error).toBeInstanceOf(SourceError))
    expect(processorTime() - begun).toBeLessThan(5000)
  })
})

describe('an address', () => {
  const open: (Server | Http)[] = []
  afterEach(async () => {
    for (const each of open.splice(0))
      await (each instanceof Object && 'listen' in each ? closed(each) : each.close())
  })
  const closed = (server: Server) => new Promise<void>((done) => server.close(() => done()))

  async function serve(
    answers: Record<string, string>,
  ): Promise<{ url: string; accepted: string[]; http: Http }> {
    const accepted: string[] = []
    const server = createServer((request, response) => {
      accepted.push(request.headers.accept ?? '')
      const answer = answers[request.url ?? '']
      if (request.url === '/moved') response.writeHead(301, { location: '/new/feed' }).end()
      else response.writeHead(answer === undefined ? 404 : 200).end(answer)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const http = createHttp({ tries: 1 })
    open.push(server, http)
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, accepted, http }
  }

  it('gives the papers of the feed that is there, wherever it moved', async () => {
    const feed =
      '<rss version="2.0"><channel><item><title>Lamps</title><link>lamps</link></item></channel></rss>'
    const { url, accepted, http } = await serve({ '/new/feed': feed })
    const papers = (await fetchFeed(http, `${url}/moved`))?.papers
    expect(papers).toMatchObject([{ title: 'Lamps', link: `${url}/new/lamps` }])
    expect(accepted.every((accept) => accept.includes('application/rss+xml'))).toBe(true)
  })

  it('that gives a page, nothing or no answer says what to do', async () => {
    const { url, http } = await serve({ '/page': '<html><body>Hello</body></html>' })
    await expect(fetchFeed(http, `${url}/page`)).rejects.toThrow(/127\.0\.0\.1:\d+ gives a web page/)
    await expect(fetchFeed(http, `${url}/gone`)).rejects.toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    await expect(fetchFeed(http, 'ftp://tides.example/')).rejects.toThrow(
      expect.objectContaining({ name: 'SourceError', code: 'bad-request' }),
    )
  })
})
