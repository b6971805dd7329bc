import { describe, expect, it } from 'vitest'
import { isPlainPage, parsePlainPage } from '../../src/sources/plain-page.ts'

const TODAY = '2026-11-23'

const LANTERNS = `Lanterns in the Fog: Guiding Small Planners by Borrowed Light

Planners of modest size lose their way when the horizon grows, since each step is judged alone. We give every step a hint from a larger model that is asked once, and show on nine tasks that the hint survives twenty steps, at a cost of 3.5% more time. Code is at https://example.org/lanterns.`

const ORCHARD = `ORCHARD-7B: Do Trees Help?

A tree of thoughts is costly to grow. Here we ask whether pruning early harms late fruit, and find that it seldom does: two of three branches can go before the first answer is known.`

const QUILL = `On the Grammar of Unwritten Proofs

Proof sketches leave out what readers can fill in. We measure how much that is, for six provers and one hundred sketches, and describe the grammar of what is missing.`

const facts = (authors: string, date: string) => `  • ${authors}
·
${date}`

const page = (...parts: string[]) =>
  [
    'new',
    'Get trending papers in your email inbox!',
    'Subscribe',
    'Daily Papers',
    'byAK and the research community',
    ...parts,
  ].join('\n\n')
const parse = (text: string, date?: string) =>
  parsePlainPage(text, { today: TODAY, ...(date ? { date } : {}) })

const WHOLE = page(
  'Dec 29',
  LANTERNS,
  facts('7 authors', 'Jun 12, 2024'),
  ORCHARD,
  facts('1 author', 'Nov 29, 2024 2'),
  QUILL,
  facts('11 authors', 'Oct 4'),
)

describe('a page copied as text', () => {
  it('is read whole', () => {
    const { day, papers } = parse(WHOLE)
    expect(day).toBe('2025-12-29')
    expect(
      papers.map(({ title, authorCount, publishedOn, comments }) => [
        title,
        authorCount,
        publishedOn,
        comments,
      ]),
    ).toEqual([
      ['Lanterns in the Fog: Guiding Small Planners by Borrowed Light', 7, '2024-06-12', 0],
      ['ORCHARD-7B: Do Trees Help?', 1, '2024-11-29', 2],
      ['On the Grammar of Unwritten Proofs', 11, '2025-10-04', 0],
    ])
    expect(papers[0]).toMatchObject({
      abstract: LANTERNS.split('\n\n')[1],
      authors: [],
      upvotes: null,
      origin: 'page',
    })
    expect(new Set(papers.map(({ id }) => id)).size).toBe(3)
    expect(papers.every(({ id }) => id.startsWith('title:'))).toBe(true)
  })

  it.each([
    ['with line breaks of Windows', WHOLE.replaceAll('\n', '\r\n')],
    ['with line breaks of old Macs', WHOLE.replaceAll('\n', '\r')],
    ['with spaces on its empty lines', WHOLE.replaceAll('\n\n', '\n \t\n')],
    ['with spaces at the ends of its lines', WHOLE.replaceAll('\n', '  \n')],
    ['with more empty lines', WHOLE.replaceAll('\n\n', '\n\n\n\n')],
    ['with a byte order mark', `\ufeff${WHOLE}`],
    ['with other dots', WHOLE.replaceAll('•', '·')],
    ['with nothing before its heading', WHOLE.slice(WHOLE.indexOf('Daily Papers'))],
    ['with a line break at its end', `${WHOLE}\n`],
  ])('is read the same %s', (_kind, text) => {
    expect(isPlainPage(text)).toBe(true)
    expect(parse(text)).toEqual(parse(WHOLE))
  })

  it('may lack the author line of a paper', () => {
    const { papers } = parse(page('Dec 29', LANTERNS, ORCHARD, facts('1 author', 'Nov 29, 2024 2'), QUILL))
    expect(papers.map(({ authorCount }) => authorCount)).toEqual([null, 1, null])
    expect(papers.map(({ publishedOn }) => publishedOn)).toEqual([null, '2024-11-29', null])
    expect(papers.map(({ comments }) => comments)).toEqual([null, 2, null])
    expect(papers[0]?.abstract).toBe(LANTERNS.split('\n\n')[1])
  })

  it('may hold abstracts of several paragraphs, short ones too', () => {
    const more = 'A second paragraph says what the first left out, in as many words as it takes to be one.'
    const { papers } = parse(
      page(
        'Dec 29',
        LANTERNS,
        more,
        'Short end.',
        facts('7 authors', 'Jun 12, 2024'),
        QUILL,
        facts('2 authors', 'Oct 4'),
      ),
    )
    expect(papers.length).toBe(2)
    expect(papers[0]?.abstract).toBe([LANTERNS.split('\n\n')[1], more, 'Short end.'].join('\n\n'))
  })

  it('may have titles and abstracts on several lines', () => {
    const { papers } = parse(page('Dec 29', QUILL.replaceAll(' of ', '\n  of '), facts('2 authors', 'Oct 4')))
    expect(papers[0]).toMatchObject({
      title: 'On the Grammar of Unwritten Proofs',
      abstract: QUILL.split('\n\n')[1],
    })
  })

  it.each(['Llama 3', 'May 4', 'Decoder 7'])('may hold a title that looks like a date: %s', (title) => {
    const other = QUILL.replace(/^.*/, title)
    const { papers } = parse(
      page('Dec 29', LANTERNS, facts('7 authors', 'Jun 12, 2024'), other, facts('2 authors', 'Oct 4')),
    )
    expect(papers.map((paper) => paper.title)).toEqual([LANTERNS.split('\n')[0], title])
    expect(papers.map(({ publishedOn }) => publishedOn)).toEqual(['2024-06-12', '2025-10-04'])
  })

  it('may hold an abstract that begins with a number of authors', () => {
    const [title, rest] = QUILL.split('\n\n')
    const abstract = `20 authors were asked for their drafts. ${rest}`
    const { papers } = parse(page('Dec 29', `${title}\n\n${abstract}`, facts('2 authors', 'Oct 4')))
    expect(papers).toMatchObject([{ title, abstract, authorCount: 2 }])
  })

  it('may end with the furniture of the site', () => {
    const links = 'TOS Privacy About Careers Website Models Datasets Spaces Pricing Docs Blog Forum'.split(
      ' ',
    )
    const footer = ['Previous', '1 2 3 ... 100', 'Next', 'System theme', 'Company', links.join('\n')]
    expect(parse([WHOLE, ...footer].join('\n\n')).papers).toEqual(parse(WHOLE).papers)
    expect(parse([WHOLE, ...footer, ...links, ...links].join('\n\n')).papers).toEqual(parse(WHOLE).papers)
  })
})

describe('the dates of a page', () => {
  it.each([
    ['Dec 29', undefined, '2025-12-29'],
    ['Nov 23', undefined, '2026-11-23'],
    ['Nov 24', undefined, '2025-11-24'],
    ['Dec 29, 2023', undefined, '2023-12-29'],
    ['Dec 29', '2024-12-29', '2024-12-29'],
    ['Dec 29', '2022-01-01', '2022-01-01'],
  ])('%s on the page and --date %s make it the page of %s', (printed, date, day) => {
    expect(parse(page(printed, QUILL, facts('2 authors', 'Oct 4, 2021')), date).day).toBe(day)
  })

  it('without a year are the last such days up to the day of the page', () => {
    const text = page('Dec 29', QUILL, facts('2 authors', 'Oct 4'), ORCHARD, facts('2 authors', 'Dec 30'))
    const published = (date?: string) => parse(text, date).papers.map(({ publishedOn }) => publishedOn)
    expect(published()).toEqual(['2025-10-04', '2024-12-30'])
    expect(published('2023-12-29')).toEqual(['2023-10-04', '2022-12-30'])
  })

  it('may be told where the page has none, and must be', () => {
    const text = page(QUILL, facts('2 authors', 'Oct 4'))
    const [title, abstract] = QUILL.split('\n\n')
    const paper = { title, abstract, publishedOn: '2025-10-04' }
    expect(parse(text, '2025-12-29')).toMatchObject({ day: '2025-12-29', papers: [paper] })
    expect(() => parse(text)).toThrow(expect.objectContaining({ message: expect.stringContaining('--date') }))
  })

  it('are not found in a title', () => {
    const text = page(QUILL.replace(/^.*/, 'Decoder 7'), facts('2 authors', 'Oct 4'))
    expect(parse(text, '2025-12-29').papers.map(({ title }) => title)).toEqual(['Decoder 7'])
  })
})

it.each([
  ['without its heading', WHOLE.replace('Daily Papers', 'Papers')],
  ['without a paper', page('Dec 29')],
  ['with furniture alone', page('Dec 29', 'Previous', 'Next')],
  ['that is empty', ''],
])('a page %s is refused', (_kind, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'unknown-shape' }))
})

it.each([
  [WHOLE, true],
  ['Daily Papers', false],
  ['I read Daily Papers\n\n• 7 authors', false],
  ['', false],
])('isPlainPage of %j is %j', (text, plain) => {
  expect(isPlainPage(text)).toBe(plain)
})
