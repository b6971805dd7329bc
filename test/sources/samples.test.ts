// Answers and pages as they really came. They lie beside the repository and are not part of it.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import realStringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { parsePaperId } from '../../src/paper.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { parseSaved } from '../../src/sources/saved.ts'
import { wrap } from '../../src/text/layout.ts'
import { sanitise, unwrapLine, unwrapText } from '../../src/text/sanitise.ts'
import { stringWidth } from '../../src/text/width.ts'

const SHARED = new URL('../../../shared/', import.meta.url)
const skipped = '(skipped where ../shared is absent)'
const there = it.skipIf(!existsSync(SHARED))

const bytes = (path: string) => readFileSync(new URL(path, SHARED))
const saved = (path: string, date?: string) =>
  parseSaved(bytes(path), { today: '2026-11-23', ...(date ? { date } : {}) })

function jsonLines<T>(path: string): T[] {
  const text = gunzipSync(bytes(path)).toString()
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

describe('the Hub’s real answers', () => {
  there(`are read whole, each day on its day ${skipped}`, () => {
    const days = readdirSync(new URL('samples/hub/', SHARED)).filter((name) =>
      name.startsWith('daily_papers-'),
    )
    expect(days.length).toBeGreaterThan(0)
    for (const name of days) {
      const given = JSON.parse(bytes(`samples/hub/${name}`).toString()) as unknown[]
      const { papers, problems } = saved(`samples/hub/${name}`)
      expect([papers.length, problems]).toEqual([given.length, []])
      const day = name.slice('daily_papers-'.length, -'.json'.length)
      for (const { paper, listedOn } of papers) {
        expect([day, null]).toContain(listedOn)
        expect(paper.abstract).not.toBe('')
        expect(paper.authors.length).toBeGreaterThan(0)
      }
    }
  })

  there(`are read in every shape that an entry has had ${skipped}`, () => {
    const only = (name: string) => {
      const { papers, problems } = saved(`samples/hub/${name}.json`)
      expect([papers.length, problems]).toEqual([1, []])
      return papers[0]?.paper
    }
    const authors = (name: string) => {
      const { paper } = JSON.parse(bytes(`samples/hub/${name}.json`).toString()) as {
        paper: { authors: { name: string; hidden?: boolean }[] }
      }
      return { all: paper.authors.length, shown: paper.authors.filter(({ hidden }) => !hidden).length }
    }
    for (const name of ['2024_oldshape', '2026_full', '2026_minimal', '664_authors', 'hidden_author']) {
      const paper = only(`entry_${name}`)
      expect({ all: paper?.authorCount, shown: paper?.authors.length }).toEqual(authors(`entry_${name}`))
    }
    expect(only('entry_2026_full')?.githubRepo).toMatch(/^https:/)
    expect(saved('samples/hub/search_2024-09-18_old_shape.json').papers.length).toBe(3)
  })

  there(`that are errors are refused ${skipped}`, () => {
    expect(() => saved('samples/hub/error_404_unknown_route.json')).toThrow('list of papers')
  })
})

describe('arXiv’s real answers', () => {
  there(`are read in every shape that they have had ${skipped}`, () => {
    const read = (name: string) =>
      saved(`samples/arxiv/${name}.xml`).papers.map(({ paper }) => [
        paper.id,
        paper.authors.length,
        paper.publishedOn,
      ])
    expect(read('arxiv_atom_2026-09-27_trimmed')).toEqual([
      ['2609.30266', 2, '2026-09-24'],
      ['2609.30233', 4, '2026-09-24'],
    ])
    expect(read('arxiv_atom_legacy_from_manual')).toEqual([['hep-ex/0307015', 1, '2003-07-07']])
    expect(read('arxiv_rss_atom_2026-09-29_trimmed').map(([id, authors]) => [id, authors])).toEqual([
      ['2609.31763', 2],
      ['2301.02225', 1],
    ])
    expect(read('arxiv_atom_empty_2026')).toEqual([])
  })

  there(`that are errors are refused in arXiv’s words ${skipped}`, () => {
    expect(() => saved('samples/arxiv/arxiv_atom_error_2026-09-19.xml')).toThrow(
      'incorrect id format for abc',
    )
    expect(() => saved('samples/arxiv/arxiv_atom_error_legacy_from_manual.xml')).toThrow(
      'incorrect id format',
    )
  })
})

describe('a page that somebody copied', () => {
  there(`is read whole ${skipped}`, () => {
    const { papers, format } = saved('seed/daily-papers-page.txt')
    expect(format).toBe('a Daily Papers page (text)')
    expect(papers.length).toBe(45)
    expect(new Set(papers.map(({ listedOn }) => listedOn))).toEqual(new Set(['2025-12-29']))
    for (const { paper } of papers) {
      expect(paper.title.length).toBeLessThan(250)
      expect(paper.abstract.length).toBeGreaterThan(200)
    }
    // One paper of the page has no line of authors.
    expect(
      papers.filter(({ paper }) => paper.authorCount === null || paper.publishedOn === null).length,
    ).toBe(1)
    expect(
      new Set(saved('seed/daily-papers-page.txt', '2024-12-29').papers.map(({ listedOn }) => listedOn)),
    ).toEqual(new Set(['2024-12-29']))
  })
})

describe('twenty months of the Hub and twenty thousand papers of arXiv', () => {
  there(`are read without a problem ${skipped}`, () => {
    const lines = jsonLines<{ date: string; entry: unknown }>('corpus/hub-daily-2024-05-to-2025-12.jsonl.gz')
    const { entries, problems } = parseEntries(lines.map(({ entry }) => entry))
    expect([entries.length, problems]).toEqual([lines.length, []])
    for (const [at, { paper, listedOn }] of entries.entries()) {
      expect(parsePaperId(paper.id)).toBe(paper.id)
      expect([lines[at]?.date, null]).toContain(listedOn)
      expect(paper.publishedOn).not.toBeNull()
    }
  })

  there(`have titles and abstracts that stay readable and fit any line ${skipped}`, () => {
    const records = jsonLines<{ id: string; title: string; abstract: string }>('corpus/arxiv-20k.jsonl.gz')
    const wrong: string[] = []
    for (const [at, record] of records.entries()) {
      const title = unwrapLine(record.title)
      const abstract = unwrapText(record.abstract)
      const sound =
        parsePaperId(record.id) === record.id &&
        title !== '' &&
        unwrapLine(title) === title &&
        unwrapText(abstract) === abstract &&
        sanitise(abstract) === abstract &&
        stringWidth(title) === realStringWidth(title) &&
        stringWidth(abstract) === realStringWidth(abstract)
      const width = 20 + (at % 100)
      const lines = wrap(abstract, width)
      const fits = lines.every(
        ({ text, start }) => abstract.startsWith(text, start) && realStringWidth(text) <= width,
      )
      const whole =
        lines
          .map(({ text }) => text)
          .join('')
          .replace(/\s+/g, '') === abstract.replace(/\s+/g, '')
      if (!sound || !fits || !whole) wrong.push(record.id)
    }
    expect(wrong).toEqual([])
  })
})
