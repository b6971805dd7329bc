import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOT_SAID } from '../../src/paper.ts'
import { SourceError } from '../../src/sources/errors.ts'
import { createHttp } from '../../src/sources/http.ts'
import { fetchDayPage, isHubPage, parseHubPage } from '../../src/sources/hub-page.ts'
import { startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'

const DAY = '2025-01-06'

/** A page without data: a head, cards and their surroundings, as they are to be seen. */
const shown = (
  cards: string,
  time = `<time datetime="${DAY}T00:00:00.000Z">Jan 6</time>`,
  head = '',
) => `<!doctype html>
<html><head><title>Daily Papers</title>${head}</head><body><header><a href="/papers/2501.99998">What is new</a></header>
<main><a href="/papers/date/2025-01-03">Previous</a>${time}<a href="/papers/date/2025-01-07">Next</a>${cards}</main>
</body></html>`
const card = (inner: string, id = '2501.00001', title = 'A Title') =>
  `<article><h3><a href="/papers/${id}">${title}</a></h3>${inner}</article>`
const canonical = (address: string) => `<link rel="canonical" href="${address}">`

/** The papers of a page that carries no data. */
const read = (html: string) => parseHubPage(html).entries.map(({ paper }) => paper)
const first = (inner: string) => read(shown(card(inner)))[0]

describe('a page that carries no data', () => {
  async function fetched(asked: string, today = '2025-01-12') {
    const days = new Map([
      ['2025-01-03', generateDay('2025-01-03', 3)],
      [DAY, generateDay(DAY, 60)],
    ])
    const hub = await startFakeHub({ days, today, markupOnly: true })
    const http = createHttp({ pause: 2 })
    try {
      return await fetchDayPage(http, hub.url, asked)
    } finally {
      await http.close()
      await hub.close()
    }
  }

  it('is read as far as it shows its papers: in their order, but without abstracts and names', async () => {
    const given = generateDay(DAY, 60)
    const page = await fetched(DAY)
    expect(page.day).toBe(DAY)
    expect(page.problems).toEqual([])
    expect(page.entries).toEqual(
      given.map(({ paper, numComments }) => ({
        listedOn: DAY,
        paper: {
          ...NOT_SAID,
          id: paper.id,
          title: paper.title.replace(/\s+/g, ' '),
          abstract: '',
          authors: [],
          authorCount: paper.authors.length,
          publishedOn: null,
          upvotes: paper.upvotes || null,
          comments: numComments,
          origin: 'hub',
        },
      })),
    )
  })

  it('is believed when it shows another day than was asked for', async () => {
    expect((await fetched('2025-01-11')).day).toBe(DAY)
    expect((await fetched('2025-01-05')).day).toBe('2025-01-03')
    expect((await fetched('2025-02-03')).day).toBe(DAY)
  })

  it('is read by its structure, whatever its elements and classes are', () => {
    const html =
      shown(`<section><article data-x><div><h3 class="x"><span><a class="y" href="https://example.org/papers/2501.00001">
      A  <em>Title</em> &amp;\n <b>More</b></a></span></h3></div><button><i>7</i></button>
      <p><a href="https://example.org/papers/2501.00001#community"><svg></svg><span>12</span></a></p>
      <a href="/papers/2501.00001"><ul><li>\n · 1,2\n</li><li>• 1 author</li></ul></a></article></section>`)
    expect(read(html)).toMatchObject([
      { id: '2501.00001', title: 'A Title & More', upvotes: 7, comments: 12, authorCount: 1 },
    ])
  })

  it('that was saved still shows its papers', () => {
    expect(isHubPage(shown(card('')))).toBe(true)
    expect(isHubPage(shown('<article><h3><a href="/blog/2501.00001">News</a></h3></article>'))).toBe(false)
    expect(isHubPage('<h3><a href="/papers/2501.00001">A Title</a></h3>')).toBe(false)
  })

  it('gives each paper once, and no card that names none', () => {
    const cards = [
      card('', '2501.00002', 'First'),
      card('', '2501.00001', 'Second'),
      card('', '2501.00002', 'First again'),
      card('', 'date/2025-01-03', 'Yesterday'),
      card('', '2501.00004', ' \u200b '),
      card('', '2501.00005?full=1', 'With a Query'),
      '<article><a href="/papers/2501.00006">No Heading</a></article>',
      '<h3><a href="/papers/2501.00007">No Card</a></h3>',
      '<article><h3><a>No Address</a></h3></article>',
      '<article><h3>No Link</h3><a href="/papers/2501.00008">2</a></article>',
    ]
    expect(read(shown(cards.join(''))).map(({ title }) => title)).toEqual(['First', 'Second'])
  })

  it('says of a card what stands first in it, whatever is nested in it', () => {
    const facts = (authors: number, comments: number) =>
      `<li>${authors} authors</li><a href="/papers/2501.00001#community">${comments}</a>`
    const inner = `${facts(3, 4)}${facts(5, 6)}${card('', '2501.00002', 'Nested')}<h3><a href="/papers/2501.00003">Other</a></h3>`
    expect(read(shown(card(inner)))).toMatchObject([
      { id: '2501.00001', title: 'A Title', authorCount: 3, comments: 4 },
    ])
  })

  it('says the same of a card that is a link as a whole', () => {
    const whole = `<a href="/elsewhere">${card('<div>44</div>')}</a>`
    expect(read(shown(whole))).toMatchObject([{ title: 'A Title', upvotes: 44 }])
  })

  it('carries nothing that a terminal would obey', () => {
    const title = 'red&#27;[31m&#x202e;&#7;'
    expect(read(shown(card('', '2501.00001', title)))[0]?.title).toBe('red')
  })

  it.each<[string, string, number | null]>([
    ['in a control', '<label><input type="checkbox">44</label>', 44],
    ['in a link to log in', '<a href="/login?next=%2Fpapers%2F2501.00001"><div>44</div></a>', 44],
    ['alone', '<div>44</div>', 44],
    ['of a thousand', '<button>1,024</button>', 1024],
    ['of nobody', '<button>0</button>', 0],
    ['not shown', '<button>-</button>', null],
    ['not shown whole', '<button>1.2k</button>', null],
    ['without a number', '<button>Upvote</button>', null],
    ['beside another number', '<div>44</div><div>3</div>', null],
    ['in a control beside another number', '<div>3</div><button>44</button>', 44],
    ['beside the stars of a repository', '<button>44</button><a href="https://github.com/a/b">900</a>', 44],
    ['replaced by the stars of a repository', '<a href="https://github.com/a/b">900</a>', null],
    ['beside a reader whose name is a number', 'by <a href="/900">900</a> <div>44</div>', 44],
    ['beside a title that is a number', '<h3><a href="/papers/2501.00001">2048</a></h3><div>44</div>', 44],
  ])('knows votes %s', (_kind, inner, upvotes) => {
    expect(first(inner)?.upvotes).toBe(upvotes)
  })

  it.each<[string, string, number | null]>([
    ['by their link', '<a href="/papers/2501.00001#community"> 3 </a>', 3],
    ['of nobody', '<a href="/papers/2501.00001#community">0</a>', 0],
    ['not without a number', '<a href="/papers/2501.00001#community">Discuss</a>', null],
    ['not by another link', '<a href="/papers/2501.00001">3</a>', null],
  ])('knows comments %s', (_kind, inner, comments) => {
    expect(first(inner)?.comments).toBe(comments)
  })

  it.each<[string, string, number | null]>([
    ['several', '<li>· 12 authors</li>', 12],
    ['one', '<li><div>1 author</div></li>', 1],
    ['not those of a title', '<h3><a href="/papers/2501.00001">12 authors</a></h3>', null],
    ['not those of a sentence', '<p>We asked 12 authors</p>', null],
  ])('knows how many authors there are: %s', (_kind, inner, count) => {
    expect(first(inner)?.authorCount).toBe(count)
  })
})

describe('the day of a page that carries no data', () => {
  const dayOf = (time: string, head = '', inner = '') => parseHubPage(shown(card(inner), time, head)).day
  const time = (datetime: string) => `<time datetime="${datetime}">a day</time>`

  it('is the date it shows', () => {
    expect(dayOf(time('2025-01-06'))).toBe(DAY)
    expect(dayOf(time('2025-01-06T00:00:00'))).toBe(DAY)
    expect(dayOf(time('2025-01-06') + time('2025-01-06T00:00:00.000Z'))).toBe(DAY)
  })

  it('is not a date of one of its papers', () => {
    expect(dayOf(time('2025-01-06'), '', time('2024-11-01'))).toBe(DAY)
    expect(() => dayOf('', '', time('2024-11-01'))).toThrow('does not say which day')
  })

  it('is that of its address where no date is shown, or several are', () => {
    expect(dayOf('', canonical(`https://example.org/papers/date/${DAY}`))).toBe(DAY)
    expect(dayOf('', `<meta property="og:url" content="/papers/date/${DAY}">`)).toBe(DAY)
    const two = time('2025-01-03') + time('2025-01-06')
    expect(dayOf(two, canonical(`/papers/date/${DAY}`))).toBe(DAY)
    expect(() => dayOf(two, canonical('/papers/date/2025-01-07'))).toThrow('does not say which day')
    expect(() => dayOf(two)).toThrow('does not say which day')
  })

  it('is the date it shows where its address is that which was asked for', () => {
    expect(dayOf(time('2025-01-03'), canonical('/papers/date/2025-01-04'))).toBe('2025-01-03')
  })

  it.each([
    ['without any', '', ''],
    ['by the links to other days alone', '', canonical('/papers')],
    [
      'by an address for a weekend, for which the Hub shows another day',
      '',
      canonical('/papers/date/2025-01-04'),
    ],
    ['by a date that is none', time('2025-02-30'), ''],
    ['by a date in words', time('January 6'), ''],
    ['by the address of a week', '', canonical('/papers/week/2025-W02')],
  ])('is not known %s', (_kind, times, head) => {
    expect(() => dayOf(times, head)).toThrow(expect.objectContaining({ code: 'unknown-shape' }))
  })
})

describe('pages that would do harm', () => {
  it('are not taken for whole days where they are cut off', () => {
    const html = shown(card('', '2501.00001') + card('', '2501.00002'))
    expect(read(html)).toHaveLength(2)
    expect(() => read(html.slice(0, html.lastIndexOf('<article>')))).toThrow(SourceError)
  })

  it('are read however deep they are nested', () => {
    const deep = (inner: string) => '<b>'.repeat(10_000) + inner
    expect(read(shown(card('', '2501.00001', deep('A Title'))))).toHaveLength(1)
    expect(read(shown(deep(card(deep('<button>7</button>')))))).toMatchObject([{ upvotes: 7 }])
  })

  it('are read or refused in words, whatever they are made of', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('44', '1,024', '3 authors', '2025-01-06', DAY))
    const address = fc.constantFrom(
      '/papers/2501.00001',
      '/papers/2501.00002#community',
      `/papers/date/${DAY}`,
      '/login',
      '',
    )
    const piece: fc.Arbitrary<string> = fc.letrec<{ piece: string }>((tie) => ({
      piece: fc.oneof(
        { depthSize: 'small' },
        text,
        fc
          .tuple(
            fc.constantFrom('article', 'h3', 'time', 'label', 'div', 'svg', 'template'),
            tie('piece'),
            text,
          )
          .map(([name, inner, value]) => `<${name} datetime="${value}">${inner}</${name}>`),
        fc.tuple(address, tie('piece')).map(([href, inner]) => `<a href="${href}">${inner}</a>`),
        fc.array(tie('piece'), { maxLength: 5 }).map((pieces) => pieces.join('')),
        text.map((props) => `<div data-target="DailyPapers" data-props=${props}`),
      ),
    })).piece
    fc.assert(
      fc.property(
        fc.oneof(
          piece,
          piece.map((cards) => shown(cards)),
        ),
        (html) => {
          isHubPage(html)
          try {
            const { day, entries } = parseHubPage(html)
            expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
            for (const { paper } of entries) expect(paper.title).not.toBe('')
          } catch (error) {
            expect(error).toBeInstanceOf(SourceError)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})
