import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isProvisional, NOT_SAID } from '../../src/paper.ts'
import { SourceError } from '../../src/sources/errors.ts'
import { type HubEntry, parseEntries, parseJson, pictureAddress } from '../../src/sources/hub.ts'
import { generateDay, generateEntry } from '../support/generate.ts'

const DAY = '2025-01-06'
const sound = generateEntry(1, DAY)

/** The one entry of a list, which must be sound. */
function only(item: unknown): HubEntry {
  const { entries, problems } = parseEntries([item])
  expect(problems).toEqual([])
  expect(entries.length).toBe(1)
  return entries[0] as HubEntry
}

describe('an entry as the API gives it', () => {
  it.each([...generateDay(DAY, 20), ...generateDay('2025-12-01', 20)])(
    'is read whole: $paper.id',
    (given) => {
      const { paper, listedOn } = only(given)
      const shown = given.paper.authors.filter(({ hidden }) => !hidden).map(({ name }) => name)
      expect(listedOn).toBe(given.paper.submittedOnDailyAt?.slice(0, 10))
      expect(paper).toEqual({
        ...NOT_SAID,
        id: given.paper.id,
        title: given.title.replace(/\s+/g, ' '),
        abstract: given.summary.replace(/\s+/g, ' '),
        authors: shown,
        authorCount: given.paper.authors.length,
        publishedOn: given.paper.publishedAt.slice(0, 10),
        upvotes: given.paper.upvotes,
        comments: given.numComments,
        aiSummary: given.paper.ai_summary ?? null,
        keywords: given.paper.ai_keywords ?? [],
        organization: given.organization?.fullname ?? null,
        projectPage: given.paper.projectPage ?? null,
        githubRepo: given.paper.githubRepo ?? null,
        githubStars: given.paper.githubStars ?? null,
        picture: given.thumbnail,
        origin: 'hub',
      })
    },
  )

  it('is the same flat, but for the comments and the preview, which stand outside', () => {
    const nested = only(sound)
    expect(only(sound.paper)).toEqual({
      ...nested,
      paper: { ...nested.paper, comments: null, picture: null },
    })
  })

  it('is read with nothing but an id and a title', () => {
    const { paper, listedOn } = only({ paper: { id: '2501.00001v2', title: 'A Title' } })
    expect(listedOn).toBeNull()
    expect(paper).toMatchObject({
      id: '2501.00001',
      title: 'A Title',
      abstract: '',
      authors: [],
      keywords: [],
    })
    expect(paper).toMatchObject({ authorCount: null, upvotes: null, comments: null, publishedOn: null })
  })

  it('counts hidden authors without naming them, among as many as 664', () => {
    const authors = Array.from({ length: 664 }, (_, at) => ({ name: `Author ${at}`, hidden: at % 100 === 0 }))
    const { paper } = only({ ...sound, paper: { ...sound.paper, authors } })
    expect([paper.authors.length, paper.authorCount]).toEqual([657, 664])
    expect(paper.authors).not.toContain('Author 100')
  })

  it('has its hard line breaks taken out, and its paragraphs kept', () => {
    const title = 'A Title on\n  Two Lines'
    const summary = 'First line\nof a text.\n\n  A second\n  paragraph.'
    const { paper } = only({ ...sound, paper: { ...sound.paper, title, summary } })
    expect(paper.title).toBe('A Title on Two Lines')
    expect(paper.abstract).toBe('First line of a text.\n\nA second paragraph.')
  })

  it('carries nothing that a terminal would obey', () => {
    const evil = 'red\u001b[31m\u202e\u0007'
    const fields = {
      title: evil,
      summary: evil,
      ai_summary: evil,
      ai_keywords: [evil],
      organization: { name: evil },
    }
    const { paper } = only({ paper: { ...fields, id: sound.paper.id, authors: [{ name: evil }] } })
    expect(paper).toMatchObject({ title: 'red', abstract: 'red', aiSummary: 'red', organization: 'red' })
    expect([paper.keywords, paper.authors]).toEqual([['red'], ['red']])
  })
})

describe('a field of the wrong type', () => {
  const wrong = [null, true, 17, -1, 1.5, 'text', '', [], {}, [null], [{}], ['x'], { fullname: 3 }]
  const fields = Object.keys({
    ...sound.paper,
    projectPage: '',
    githubRepo: '',
    githubStars: 0,
    organization: {},
  })

  it.each(fields.filter((field) => field !== 'id' && field !== 'title'))('counts as missing: %s', (field) => {
    for (const value of wrong) {
      const { paper } = only({ ...sound, paper: { ...sound.paper, [field]: value } })
      expect(paper.id).toBe(sound.paper.id)
      for (const fact of [paper.upvotes, paper.githubStars]) expect(fact === null || fact >= 0).toBe(true)
      for (const url of [paper.projectPage, paper.githubRepo]) expect(url ?? 'https:').toMatch(/^https:/)
      expect(
        [...paper.authors, ...paper.keywords].every((text) => typeof text === 'string' && text !== ''),
      ).toBe(true)
    }
  })
})

describe('what the Hub links with a paper', () => {
  const linked = (fields: Record<string, unknown>) => only({ ...sound.paper, ...fields }).paper.linked
  const repos = (...names: unknown[]) => names.map((id) => ({ id, private: false }))

  it('is read by kind, in the order of the Hub, nested or flat', () => {
    const fields = {
      linkedSpaces: [{ emoji: '🌌', id: 'marsh/demo', running: true }],
      linkedModels: repos('fern-lab/Heron-7B', 'fern-lab/Heron-7B-GGUF'),
      linkedDatasets: repos('marsh/reeds_v1.1'),
    }
    const expected = [
      { kind: 'model', name: 'fern-lab/Heron-7B' },
      { kind: 'model', name: 'fern-lab/Heron-7B-GGUF' },
      { kind: 'dataset', name: 'marsh/reeds_v1.1' },
      { kind: 'space', name: 'marsh/demo' },
    ]
    expect(linked(fields)).toEqual(expected)
    expect(only({ ...sound, paper: { ...sound.paper, ...fields } }).paper.linked).toEqual(expected)
  })

  it('has its counts as far as they are said', () => {
    const model = {
      ...{ author: 'fern-lab', authorData: { name: 'fern-lab', type: 'org', followerCount: 7 } },
      ...{ downloads: 146_356, gated: 'manual', id: 'fern-lab/heron', likes: 311, repoType: 'model' },
      ...{ availableInferenceProviders: [], pipeline_tag: 'text-generation', numParameters: 8_030_261_248 },
    }
    const space = {
      emoji: '🌌',
      id: 'marsh/demo',
      running: true,
      shortDescription: 'A pond',
      featured: false,
    }
    const fields = {
      linkedModels: [model, { ...model, id: 'fern-lab/unused', likes: 0, downloads: 0 }],
      linkedDatasets: [{ id: 'marsh/reeds', downloads: 9 }],
      linkedSpaces: [space, { ...space, id: 'marsh/liked', likes: 2 }],
    }
    expect(linked(fields)).toEqual([
      { kind: 'model', name: 'fern-lab/heron', likes: 311, downloads: 146_356 },
      { kind: 'model', name: 'fern-lab/unused', likes: 0, downloads: 0 },
      { kind: 'dataset', name: 'marsh/reeds', downloads: 9 },
      { kind: 'space', name: 'marsh/demo' },
      { kind: 'space', name: 'marsh/liked', likes: 2 },
    ])
  })

  it.each([[-1], [1.5], ['311'], [null], [1e300], [{}], [[3]]])('has no count of %j', (count) => {
    expect(linked({ linkedModels: [{ id: 'fern-lab/heron', likes: count, downloads: count }] })).toEqual([
      { kind: 'model', name: 'fern-lab/heron' },
    ])
  })

  it('holds each name once, and at most fifty of a kind', () => {
    const many = repos(...Array.from({ length: 120 }, (_, at) => `fern-lab/heron-${Math.floor(at / 2)}`))
    const names = linked({ linkedModels: many, linkedSpaces: repos('a/b', 'a/b') }).map(({ name }) => name)
    expect(names).toEqual([...Array.from({ length: 50 }, (_, at) => `fern-lab/heron-${at}`), 'a/b'])
  })

  it.each([
    ['without an owner', 'gpt2'],
    ['that climbs out of its place', '../settings/tokens'],
    ['that climbs further down', 'fern-lab/..'],
    ['with a third part', 'fern-lab/heron/tree'],
    ['with a space', 'fern-lab/heron 7b'],
    ['with a query', 'fern-lab/heron?x=1'],
    ['with what a terminal obeys', 'fern-lab/\u001b[2Jheron'],
    ['with what nobody sees', 'fern-lab/her\u200bon'],
    ['with a line break', 'fern-lab/heron\n'],
    ['of no end', `fern-lab/${'h'.repeat(200)}`],
    ['that is a number', 7],
    ['that is missing', undefined],
  ])('has no name %s', (_kind, name) => {
    expect(linked({ linkedModels: repos(name, 'fern-lab/heron') })).toEqual([
      { kind: 'model', name: 'fern-lab/heron' },
    ])
  })

  it.each([[null], ['fern-lab/heron'], [{ id: 'fern-lab/heron' }], [[null, 3, 'fern-lab/heron', []]]])(
    'is nothing where it is of another shape: %j',
    (models) => {
      expect(linked({ linkedModels: models })).toEqual([])
    },
  )
})

describe('the picture of a paper', () => {
  const UPLOADS = 'https://cdn-uploads.huggingface.co/production/uploads/64a'
  const PREVIEW = 'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2501.00001.png'
  const pictureOf = (fields: Record<string, unknown>, inner: Record<string, unknown> = {}) =>
    only({ ...sound, thumbnail: PREVIEW, ...fields, paper: { ...sound.paper, ...inner } }).paper.picture

  it.each<[string, Record<string, unknown>, string | null]>([
    [
      'the first image that was handed in',
      { mediaUrls: [`${UPLOADS}/a.mp4`, `${UPLOADS}/b.webp`] },
      `${UPLOADS}/b.webp`,
    ],
    ['one in capitals', { mediaUrls: [`${UPLOADS}/a.JPEG`] }, `${UPLOADS}/a.JPEG`],
    ['the preview where only films were', { mediaUrls: [`${UPLOADS}/a.mp4`, `${UPLOADS}/b.gif`] }, PREVIEW],
    ['the preview where nothing was', {}, PREVIEW],
    ['none', { thumbnail: undefined }, null],
    ['none of another host', { thumbnail: 'https://pictures.example/a.png' }, null],
    ['none of a host that is called alike', { thumbnail: 'https://huggingface.co.example/a.png' }, null],
    ['none of a host that ends alike', { thumbnail: 'https://nothuggingface.co/a.png' }, null],
    ['none without encryption', { thumbnail: 'http://huggingface.co/a.png' }, null],
    ['none with a name to log in', { thumbnail: 'https://me:you@huggingface.co/a.png' }, null],
    ['none of a port of its own', { thumbnail: 'https://huggingface.co:8443/a.png' }, null],
    ['none within the address', { thumbnail: 'data:image/png;base64,AAAA' }, null],
    ['none of another shape', { thumbnail: { url: PREVIEW }, mediaUrls: 'a.png' }, null],
    [
      'the sound one among others',
      { mediaUrls: [null, 3, 'https://pictures.example/a.png', `${UPLOADS}/b.png`] },
      `${UPLOADS}/b.png`,
    ],
  ])('is %s', (_name, fields, expected) => {
    expect(pictureOf(fields)).toBe(expected)
  })

  it('may be told beside the paper or in it', () => {
    expect(pictureOf({}, { mediaUrls: [`${UPLOADS}/a.png`] })).toBe(`${UPLOADS}/a.png`)
    expect(only({ ...sound.paper, thumbnail: PREVIEW }).paper.picture).toBe(PREVIEW)
  })

  it('is asked for where papers are', () => {
    expect(pictureAddress('https://huggingface.co', PREVIEW)).toBe(PREVIEW)
    expect(pictureAddress('http://127.0.0.1:7', `${UPLOADS}/a.png?x=1`)).toBe(
      'http://127.0.0.1:7/production/uploads/64a/a.png',
    )
  })
})

describe('an entry that cannot be read', () => {
  it.each([
    ['without an id', { paper: { title: 'A Title' } }],
    ['with a number for an id', { paper: { id: 2501.00001, title: 'A Title' } }],
    ['with an object for an id', { paper: { id: { toString: 1, valueOf: 1 }, title: 'A Title' } }],
    ['with an id that is none', { paper: { id: 'latest', title: 'A Title' } }],
    ['with a provisional id, which only we give', { paper: { id: 'title:a-title', title: 'A Title' } }],
    ['without a title', { paper: { id: '2501.00001' } }],
    ['with an empty title', { paper: { id: '2501.00001', title: ' \u200b\n' } }],
    ['that is null', null],
    ['that is text', 'paper'],
    ['that is a list', [sound]],
  ])('costs itself alone: one %s', (_kind, broken) => {
    const after = generateEntry(2, DAY)
    const { entries, problems } = parseEntries([sound, broken, after])
    expect(entries.map(({ paper }) => paper.id)).toEqual([sound.paper.id, after.paper.id])
    expect(problems).toEqual([expect.stringMatching(/^entry 2 left out: /)])
  })

  it('is told of in one clean line', () => {
    const { problems } = parseEntries([{ paper: { id: 'a\n\u001b[2Jb\u202e', title: 'A Title' } }, sound])
    expect(problems).toEqual([expect.stringMatching(/^[\x20-\x7e]+$/)])
  })

  it('fails the whole where no other can be read either', () => {
    expect(() => parseEntries([{}, 1])).toThrow(SourceError)
  })
})

it('an empty list is an empty day', () => {
  expect(parseEntries([])).toEqual({ entries: [], problems: [] })
})

it.each([[{}], [null], ['text'], [{ error: 'Too many requests' }], [3]])(
  '%j is no list of papers',
  (json) => {
    expect(() => parseEntries(json)).toThrow(expect.objectContaining({ code: 'unknown-shape' }))
  },
)

it('any JSON is read or refused, and never breaks anything', () => {
  const item = fc.record(
    {
      paper: fc.record({ id: fc.jsonValue(), title: fc.jsonValue(), authors: fc.jsonValue() }),
      title: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.array(fc.oneof(item, fc.jsonValue()))), (json) => {
      try {
        for (const { paper } of parseEntries(json).entries) expect(isProvisional(paper.id)).toBe(false)
      } catch (error) {
        expect(error).toBeInstanceOf(SourceError)
      }
    }),
    { numRuns: 500 },
  )
})

it('JSON that is cut off is named in the error', () => {
  expect(() => parseJson('[{"paper":', 'the answer')).toThrow(
    expect.objectContaining({ code: 'unknown-shape', message: expect.stringContaining('the answer') }),
  )
})
