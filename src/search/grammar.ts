// The query language: a typed text → a tree, and a tree → its normal form. Any text is a query: what it cannot mean is
// left out, and reported where a reader would wonder.

import { words } from '../paper.ts'
import { FIELDS, type Sort, sortNamed } from './fields.ts'
import type { Node, Query } from './query.ts'
import { chunkEnd, isOperator, readTerm, type Term, wordEnd } from './terms.ts'

/** A part of the text that was left out, in UTF-16 units (`end` is exclusive), and why, for people. */
export interface Problem {
  readonly start: number
  readonly end: number
  readonly why: string
}

export interface Parsed {
  readonly query: Query
  /** In the order of the text. */
  readonly problems: readonly Problem[]
  /** Whether the last term may be typed on: its last word may be the beginning of one. */
  readonly unfinished: boolean
  /** In the order of the text, without overlaps. */
  readonly terms: readonly Term[]
}

// Deeper than anybody means; it bounds the recursion over trees.
const MAX_DEPTH = 50
// A longer text was pasted: its parentheses, dashes and colons are prose.
const MAX_TYPED = 300

const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g
const USES_FIELD = new RegExp(`(?<![^\\s(-])(?:${FIELDS.map(({ name }) => name).join('|')}):\\S`, 'i')

/**
 * Reads a query. Never fails; takes time in proportion to the text. While the last term is typed it is no problem yet:
 * add a space to a text that is complete.
 */
export function parseQuery(text: string): Parsed {
  const clean = text.replace(CONTROLS, ' ')
  return isPasted(clean) ? parsePasted(clean) : parseTyped(clean)
}

/** The normal form of a query that `parseQuery` gave: a text that is read as the same query. */
export function printQuery({ node, sort }: Query): string {
  const parts = [node === null ? '' : print(node), sort === null ? '' : `sort:${sort}`]
  const text = parts.filter((part) => part !== '').join(' ')
  // The sign, an 'or' of nothing, says that a long text was not pasted.
  return isPasted(text) && pastedWords(text).join(' ') !== text ? `| ${text}` : text
}

/** A query that finds the same in another order: what `sort:` takes, or null for its own. */
export function sortedQuery(text: string, sort: string | null): string {
  const order = sort === null ? null : sortNamed(sort)
  if (order === null) return text
  // Nobody types on: the space says so.
  return printQuery({ ...parseQuery(`${text} `).query, sort: order })
}

function print(node: Node): string {
  switch (node.kind) {
    case 'word':
      return node.text
    case 'phrase':
      return `"${node.text}"`
    case 'field':
      return `${node.field}:${node.phrase ? `"${node.value}"` : node.value}`
    case 'not':
      return `-${node.node.kind === 'and' || node.node.kind === 'or' ? group(node.node) : print(node.node)}`
    case 'and':
      return node.nodes.map((part) => (part.kind === 'and' ? group(part) : print(part))).join(' ')
    case 'or':
      return node.nodes.map((part) => (part.kind === 'and' ? group(part) : print(part))).join(' or ')
  }
}

function group(node: Node): string {
  const inner = print(node)
  // A word with an open parenthesis (`O(n`) would take ours for its own.
  const last = inner.slice(inner.lastIndexOf(' ') + 1)
  return `(${inner}${wordEnd(`${last})`, 0) > last.length ? ' ' : ''})`
}

function isPasted(text: string): boolean {
  const trimmed = text.trim()
  return trimmed.length > MAX_TYPED && !/^["“”|]/.test(trimmed) && !USES_FIELD.test(trimmed)
}

function parsePasted(text: string): Parsed {
  return {
    query: { node: allOf(pastedWords(text).map((word) => ({ kind: 'word', text: word }))), sort: null },
    problems: [],
    unfinished: isUnfinished(text),
    terms: [...text.matchAll(/\S+/g)].map(({ 0: token, index }) => ({
      start: index,
      end: index + token.length,
      kind: 'word',
    })),
  }
}

/** The words of a pasted text, without the punctuation around them, none of which would be read as anything else. */
function pastedWords(text: string): string[] {
  return [...text.matchAll(/\S+/g)].flatMap(([token]) => {
    const [bare] = /[\p{L}\p{N}](?:.*[\p{L}\p{N}\p{M}])?/su.exec(token) ?? []
    if (bare === undefined) return []
    const { node } = parseTyped(bare).query
    if (node?.kind === 'word' && node.text === bare) return [bare]
    return (bare.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [])
      .map((word) => (isOperator(word) ? word.toLowerCase() : word))
      .filter((word) => word !== 'or' && words(word).length > 0)
  })
}

const isUnfinished = (text: string) => text !== '' && !/[\s)]$/.test(text)

/** A group that is being read: chains of what `or` joins, side by side. */
interface Frame {
  readonly chains: Node[][]
  /** Whether the group stands after a dash or NOT. */
  readonly negated: boolean
  /** Whether an `or` waits for its right neighbour. */
  joining: boolean
  /** Whether a NOT waits for its term. */
  inverted: boolean
}

function parseTyped(text: string): Parsed {
  const problems: Problem[] = []
  const terms: Term[] = []
  let sort: Sort | null = null
  let frame: Frame = { chains: [], negated: false, joining: false, inverted: false }
  const outer: Frame[] = []
  let ignored = 0
  let at = 0
  // Up to here there is only punctuation after a closing parenthesis: `(a or b),`.
  let bareUntil = 0
  let closedAt = -1

  const mark = (start: number, end: number, kind: Term['kind']) => terms.push({ start, end, kind })
  const report = (start: number, end: number, why: string) => {
    problems.push({ start, end, why })
    mark(start, end, 'problem')
  }
  /** Puts a term in its place. What vanishes has none; a field that says nothing yet (`holds`) keeps it. */
  const add = (node: Node | null, negated: boolean, holds = false) => {
    if (node !== null || holds) {
      if (!frame.joining) frame.chains.push([])
      frame.joining = false
    }
    if (node !== null) frame.chains.at(-1)?.push(frame.inverted === negated ? node : opposite(node))
    frame.inverted = false
  }
  const close = () => {
    const { chains, negated } = frame
    frame = outer.pop() ?? frame
    add(meaning(chains), negated)
  }

  while (at < text.length) {
    const start = at
    if (text[at] === ')') {
      if (ignored > 0) ignored--
      else if (outer.length > 0) {
        mark(at, at + 1, 'operator')
        close()
      }
      at++
      continue
    }
    if (at < bareUntil || /\s/.test(text[at] ?? '')) {
      at++
      continue
    }
    while (text[at] === '-') at++
    if (at === text.length || /[\s)]/.test(text[at] ?? '')) continue
    // `"state of the art"-based` excludes nothing.
    const dashed = at > start && (start === 0 || /[\s(]/.test(text[start - 1] ?? ''))
    const negated = dashed && (at - start) % 2 === 1
    if (dashed) mark(start, at, 'operator')
    if (text[at] === '(') {
      if (outer.length < MAX_DEPTH) {
        mark(at, at + 1, 'operator')
        outer.push(frame)
        const group = { chains: [], negated: frame.inverted !== negated, joining: false, inverted: false }
        frame.inverted = false
        frame = group
      } else ignored++
      at++
      continue
    }
    const { end, kind, node, closed, why, order } = readTerm(text, at)
    if (kind === 'operator') {
      const operator = text.slice(at, end)
      if (operator === 'NOT') frame.inverted = at > start ? frame.inverted : !frame.inverted
      else if (operator !== 'AND' && at === start) {
        frame.joining = frame.chains.length > 0
        frame.inverted = false
      }
      mark(at, end, kind)
    } else {
      const refused =
        order && negated !== frame.inverted ? 'sort: sets the order, nothing can be its opposite' : why
      if (refused === undefined) mark(at, end, kind)
      else report(at, end, refused)
      if (order && refused === undefined) sort = order
      add(node, negated, kind === 'field' || kind === 'problem')
    }
    if (closed) closedAt = end
    else if (text[end] === ')') bareUntil = chunkEnd(text, end)
    at = end
  }
  while (outer.length > 0) close()
  return {
    query: { node: meaning(frame.chains), sort },
    problems,
    unfinished: isUnfinished(text) && closedAt !== text.length,
    terms,
  }
}

const meaning = (chains: readonly (readonly Node[])[]) =>
  allOf(chains.map(anyOf).filter((node) => node !== null))

function allOf(nodes: readonly Node[]): Node | null {
  const flat = nodes.flatMap((node) => (node.kind === 'and' ? node.nodes : [node]))
  return flat.length > 1 ? { kind: 'and', nodes: flat } : (flat[0] ?? null)
}

function anyOf(nodes: readonly Node[]): Node | null {
  const flat = nodes.flatMap((node) => (node.kind === 'or' ? node.nodes : [node]))
  return flat.length > 1 ? { kind: 'or', nodes: flat } : (flat[0] ?? null)
}

const opposite = (node: Node): Node => (node.kind === 'not' ? node.node : { kind: 'not', node })
