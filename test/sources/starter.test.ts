import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isDay, isWeekend } from '../../src/days.ts'
import { parsePaperId } from '../../src/paper.ts'
import { parseStarter, STARTER_DAY } from '../../src/sources/starter.ts'
import { unwrapLine } from '../../src/text/sanitise.ts'

const papers = parseStarter(readFileSync(new URL('../../data/starter.jsonl', import.meta.url), 'utf8'))

describe('the starter library', () => {
  it('holds 45 papers, each of its own id and title', () => {
    expect(papers.length).toBe(45)
    expect(new Set(papers.map(({ id }) => id)).size).toBe(45)
    expect(new Set(papers.map(({ title }) => title)).size).toBe(45)
  })

  it.each(papers)('tells what it must of $title', (paper) => {
    expect(parsePaperId(paper.id)).toBe(paper.id)
    expect(unwrapLine(paper.title)).toBe(paper.title)
    expect(paper.title).not.toBe('')
    // Sentences end with a stop before a space and a capital letter, or at the end.
    const sentences = paper.abstract.split(/(?<=[.!?])\s+(?=["“(]?[\p{Lu}\d])/u)
    expect(sentences.length).toBeGreaterThanOrEqual(2)
    expect(sentences.length).toBeLessThanOrEqual(4)
    expect(paper.abstract).toMatch(/[.!?]$/)
    expect(isDay(paper.publishedOn ?? '')).toBe(true)
    expect(paper.publishedOn ?? '').toSatisfy((day: string) => day <= STARTER_DAY)
    expect(paper.authorCount).toBeGreaterThan(0)
    expect([0, paper.authorCount]).toContain(paper.authors.length)
    expect(paper.comments).toBeGreaterThanOrEqual(0)
    expect(paper.origin).toBe('starter')
  })

  it('stands on a working day', () => {
    expect(isDay(STARTER_DAY) && !isWeekend(STARTER_DAY)).toBe(true)
  })
})

it('a paper without an id is known by its title, and a broken line throws', () => {
  const line = {
    id: null,
    title: 'A Title',
    abstract: 'One.',
    authors: [],
    authorCount: 2,
    publishedOn: null,
    comments: 0,
  }
  expect(parseStarter(`${JSON.stringify(line)}\n`)[0]?.id).toMatch(/^title:a-title-[0-9a-f]{8}$/)
  expect(() => parseStarter('{"id":')).toThrow()
})
