import { describe, expect, it } from 'vitest'
import { categoryQuery, parseCategory, requireCategory } from '../../src/sources/arxiv-category.ts'
import { setOf } from '../../src/sources/oai.ts'

describe('a category', () => {
  it.each<[written: string, category: string, query: string, set: string]>([
    ['cs.CL', 'cs.CL', 'cat:cs.CL', 'cs:cs:CL'],
    ['math.PR', 'math.PR', 'cat:math.PR', 'math:math:PR'],
    ['q-bio.NC', 'q-bio.NC', 'cat:q-bio.NC', 'q-bio:q-bio:NC'],
    ['hep-th', 'hep-th', 'cat:hep-th', 'physics:hep-th'],
    ['math-ph', 'math-ph', 'cat:math-ph', 'physics:math-ph'],
    ['astro-ph.CO', 'astro-ph.CO', 'cat:astro-ph.CO', 'physics:astro-ph:CO'],
    ['nlin.CD', 'nlin.CD', 'cat:nlin.CD', 'physics:nlin:CD'],
    ['cond-mat.mes-hall', 'cond-mat.mes-hall', 'cat:cond-mat.mes-hall', 'physics:cond-mat:mes-hall'],
    ['physics.optics', 'physics.optics', 'cat:physics.optics', 'physics:physics:optics'],
    ['cs', 'cs', 'cat:cs.*', 'cs'],
    ['stat', 'stat', 'cat:stat.*', 'stat'],
    ['cond-mat', 'cond-mat', 'cat:cond-mat.*', 'physics:cond-mat'],
    ['physics', 'physics', 'cat:physics.*', 'physics:physics'],
    [' CS.cl ', 'cs.CL', 'cat:cs.CL', 'cs:cs:CL'],
    ['Cond-Mat.Soft', 'cond-mat.soft', 'cat:cond-mat.soft', 'physics:cond-mat:soft'],
    ['HEP-TH', 'hep-th', 'cat:hep-th', 'physics:hep-th'],
  ])('%s is asked for as arXiv writes it', (written, category, query, set) => {
    expect(parseCategory(written)).toBe(category)
    expect(requireCategory(written)).toBe(category)
    expect(categoryQuery(written)).toBe(query)
    expect(setOf(written)).toBe(set)
  })

  it.each([
    ...[
      '',
      '.',
      'cs.',
      '.CL',
      'cs.C',
      'cs.CLX',
      'cs.CL.AI',
      'cs:cs:CL',
      'cs CL',
      'hep-th.XX',
      'ml',
      'cat:cs.CL',
    ],
    ...['cond-mat.SOFT.x', 'physics.a_b', 'constructor', '__proto__', 'cs.CL&start=9', 'cs/../pdf', 'cs.*'],
  ])('%j is none, and the error says how they look', (text) => {
    expect(parseCategory(text)).toBeNull()
    for (const use of [requireCategory, categoryQuery, setOf])
      expect(() => use(text)).toThrow(
        expect.objectContaining({ code: 'bad-request', message: expect.stringContaining('math.PR') }),
      )
  })

  it('that is none is shown without what a terminal would obey', () => {
    expect(() => requireCategory('\u001b[31mcs\u202e')).toThrow(/^“cs” is no arXiv category/)
  })
})
