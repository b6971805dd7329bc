import { describe, expect, it } from 'vitest'
import { ruleProblem } from '../../src/search/rule-query.ts'

describe('a query for a rule', () => {
  it.each(['diffusion', 'author:lecun -survey', '"world model" or cat:cs.RO', 'upvotes:>50', 'has:code'])(
    '%j is one',
    (query) => expect(ruleProblem(query)).toBeNull(),
  )

  it.each([
    ['', 'a rule needs a word'],
    ['upvotes:many', '“upvotes:many” at 1: upvotes: takes a number'],
    ['robots autor:x', '“autor:x” at 8: there is no field autor:, did you mean author:?'],
    ['robots cat:', '“cat:” at 8: cat: needs a value'],
    ['robots sort:day', 'sort: is no part of a rule'],
    ['robots (a or -is:read)', 'is: is no part of a rule'],
    ['tag:x', 'tag: is no part of a rule'],
    ['robots has:note', 'has:note is no part of a rule'],
  ])('%j is none, and it says what is wrong and where', (query, why) =>
    expect(ruleProblem(query)).toContain(why),
  )
})
