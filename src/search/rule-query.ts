// What a query must be to make a rule: rules take every word as it stands, so nothing may be left out of it in silence.

import { parseQuery } from './grammar.ts'
import type { Node } from './query.ts'

/** The first field that asks for what the reader decided, or for the state of this library. */
function decidedBy(node: Node | null): string | null {
  switch (node?.kind) {
    case 'field':
      if (node.field === 'is' || node.field === 'tag') return `${node.field}:`
      return node.field === 'has' && ['note', 'fulltext'].includes(node.value) ? `has:${node.value}` : null
    case 'not':
      return decidedBy(node.node)
    case 'and':
    case 'or':
      return node.nodes.map(decidedBy).find((found) => found !== null) ?? null
    default:
      return null
  }
}

/** Why a text makes no rule, and where in it (counted from 1); null where it makes one. */
export function ruleProblem(text: string): string | null {
  // Nobody types on: the space says so.
  const { query, problems } = parseQuery(`${text} `)
  const [first] = problems
  if (first) return `“${text.slice(first.start, first.end).trim()}” at ${first.start + 1}: ${first.why}`
  if (query.node === null) return 'a rule needs a word or a field (author:lecun)'
  if (query.sort !== null) return 'sort: is no part of a rule: it matches papers in no order'
  const field = decidedBy(query.node)
  return field === null ? null : `${field} is no part of a rule: rules go by papers, not by what you decided`
}
