import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SourceError } from '../../src/sources/errors.ts'
import { parseSaved, type SavedOptions } from '../../src/sources/saved.ts'
import { generateDay } from '../support/generate.ts'

const DAY = '2025-01-06'
const TODAY = '2026-11-23'
const entries = generateDay(DAY, 3)
const ids = entries.map(({ paper }) => paper.id)

const escaped = JSON.stringify({ dateString: DAY, dailyPapers: entries })
  .replaceAll('&', '&amp;')
  .replaceAll('"', '&quot;')
const HTML = `<!DOCTYPE html><html><body><div data-target="DailyPapers" data-props="${escaped}"></div></body></html>`
const ATOM = `<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2501.00001v1</id><title>A Title</title></entry></feed>`
const TEXT = `Daily Papers

Dec 29

A Title of a Paper

Two short sentences make this abstract. They are enough to be one.

  • 7 authors
·
Oct 4`

const parse = (content: string | Uint8Array, options: Partial<SavedOptions> = {}) =>
  parseSaved(typeof content === 'string' ? new TextEncoder().encode(content) : content, {
    today: TODAY,
    ...options,
  })

describe('a saved file', () => {
  it.each([
    ['a list from the API', JSON.stringify(entries), 'the Hub’s API (JSON)', ids],
    [
      'a list of flat records',
      JSON.stringify(entries.map(({ paper }) => paper)),
      'the Hub’s API (JSON)',
      ids,
    ],
    ['one nested entry', JSON.stringify(entries[0]), 'the Hub’s API (JSON)', ids.slice(0, 1)],
    ['one flat record', JSON.stringify(entries[0]?.paper, null, 2), 'the Hub’s API (JSON)', ids.slice(0, 1)],
    ['an Atom feed', ATOM, 'an arXiv feed (Atom)', ['2501.00001']],
    ['an HTML page', HTML, 'a Daily Papers page (HTML)', ids],
    [
      'a page copied as text',
      TEXT,
      'a Daily Papers page (text)',
      [expect.stringMatching(/^title:a-title-of-a-paper-/)],
    ],
  ])('is known by its content: %s', (_kind, content, format, expected) => {
    const saved = parse(content)
    expect(saved).toMatchObject({ format, problems: [] })
    expect(saved.papers.map(({ paper }) => paper.id)).toEqual(expected)
    // The same with what editors put around a text.
    expect(parse(`\ufeff\n${content}\n\n`)).toEqual(saved)
    expect(parse(content.replace(/\n/g, '\r\n'))).toEqual(saved)
  })

  it.each([
    ['JSON', JSON.stringify(entries), DAY, DAY],
    ['JSON that does not say it', JSON.stringify({ id: '2501.00001', title: 'A Title' }), null, '2024-02-29'],
    ['HTML', HTML, DAY, DAY],
    ['text, which does not say the year', TEXT, '2025-12-29', '2024-02-29'],
    ['JSON of a day yet to come', JSON.stringify(entries).replaceAll(DAY, '2126-01-06'), null, '2024-02-29'],
  ])('tells the day of its list, or else the reader does: %s', (_kind, content, day, told) => {
    const days = (options: Partial<SavedOptions>) =>
      new Set(parse(content, options).papers.map(({ listedOn }) => listedOn))
    expect([...days({})]).toEqual([day])
    expect([...days({ date: '2024-02-29' })]).toEqual([told])
  })

  it('may be UTF-16, where it says so', () => {
    expect(parse(Uint8Array.from(Buffer.from(`\ufeff${TEXT}`, 'utf16le')))).toEqual(parse(TEXT))
  })

  it('of arXiv is no list of a day', () => {
    expect(parse(ATOM).papers.map(({ listedOn }) => listedOn)).toEqual([null])
  })

  it('with nothing in its list has no papers', () => {
    expect(parse('[]').papers).toEqual([])
  })

  it('keeps what can be read and names what cannot', () => {
    const saved = parse(JSON.stringify([...entries, { title: 'Without an id' }]))
    expect([saved.papers.length, saved.problems.length]).toEqual([3, 1])
  })
})

const image = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])
const latin1 = Uint8Array.from([...new TextEncoder().encode(TEXT), 0xe9, 0x0a])

describe('a file that is nothing we know', () => {
  it.each([
    ['empty', '', 'empty'],
    ['white', ' \n\t\r\n', 'empty'],
    ['a picture', image, 'binary'],
    ['UTF-16', Uint8Array.from(Buffer.from(TEXT, 'utf16le')), 'binary'],
    ['gzip', gzipSync(JSON.stringify(entries)), /binary|UTF-8/],
    ['Latin-1', latin1, 'UTF-8'],
    ['cut off within a character', new TextEncoder().encode(`${TEXT}漢`).subarray(0, -1), 'UTF-8'],
    [
      'another HTML page',
      '<!doctype html><html><body>A page</body></html>',
      'HTML page without Daily Papers',
    ],
    ['HTML without a doctype', '\n<HTML lang="en"><p>A page</p>', 'HTML page without Daily Papers'],
    ['RSS', '<?xml version="1.0"?><rss version="2.0"><channel/></rss>', 'no arXiv Atom feed'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'no arXiv Atom feed'],
    ['other text', 'Dear reader,\n\nthis is a letter.', 'no Daily Papers page'],
    ['Markdown', '# Daily Papers\n\n- one\n', 'no Daily Papers page'],
    ['JSON that is cut off', '[{"paper": {"id": "2501.00001"', 'JSON'],
    ['JSON with a comma too many', '[1,]', 'JSON'],
    ['JSON of another shape', '{"papers": 3}', 'list of papers'],
    ['an error of the API', '{"error": "Too many requests"}', 'list of papers'],
    ['a list without a paper', '[1, 2, 3]', 'no paper that can be read'],
    ['a feed that is cut off', ATOM.slice(0, -10), 'cut off'],
    ['an HTML page without its data', HTML.replace('data-props', 'data-other'), 'Daily Papers'],
    ['a text page without a day', TEXT.replace('Dec 29\n\n', ''), '--date'],
  ])('is refused with its reason: %s', (_kind, content, reason) => {
    expect(() => parse(content)).toThrow(SourceError)
    expect(() => parse(content)).toThrow(reason)
    expect(() => parse(content)).toThrow(expect.objectContaining({ code: 'unknown-shape' }))
  })

  it('is refused without another error, for any bytes and any text', () => {
    const start = fc.constantFrom(
      '',
      '[',
      '{',
      '<',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      'Daily Papers\n\n• 1 author\n\n',
    )
    const text = fc
      .tuple(start, fc.string({ unit: 'binary' }))
      .map(([first, rest]) => new TextEncoder().encode(first + rest))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), text), (bytes) => {
        try {
          parse(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError)
          expect((error as SourceError).message).not.toMatch(/(?!\n)\p{Cc}/u)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is refused, such as this very file', () => {
    expect(() => parse(readFileSync(import.meta.filename))).toThrow(SourceError)
  })
})
