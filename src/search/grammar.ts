// The query language: a typed text → a tree, and a tree → its normal form. Any text is a query: what it cannot mean is
// left out, and reported where a reader would wonder.

import { parsePaperId, words } from '../paper.ts'
import { FIELDS, type Field, type FieldName, fieldNamed, nearField, type Sort, sortNamed } from './fields.ts'

/** What a paper must be to be found. Words keep their punctuation; the search folds them. */
export type Node =
  | { readonly kind: 'word'; readonly text: string }
  /** Words beside each other, or one exact word. */
  | { readonly kind: 'phrase'; readonly text: string }
  /** A checked value. `phrase` says that it was quoted; only text fields know the difference. */
  | {
      readonly kind: 'field'
      readonly field: Exclude<FieldName, 'sort'>
      readonly value: string
      readonly phrase: boolean
    }
  /** Never of another 'not'. */
  | { readonly kind: 'not'; readonly node: Node }
  /** Two or more, none of them 'and'. */
  | { readonly kind: 'and'; readonly nodes: readonly Node[] }
  /** Two or more, none of them 'or'. */
  | { readonly kind: 'or'; readonly nodes: readonly Node[] }

/** A node of null lets every paper through; a sort of null leaves the order to whoever asks. */
export interface Query {
  readonly node: Node | null
  readonly sort: Sort | null
}

/** A part of the text that was left out, in UTF-16 units (`end` is exclusive), and why, for people. */
export interface Problem {
  readonly start: number
  readonly end: number
  readonly why: string
}

/** A part of the text by what it was read as, in UTF-16 units; `end` is exclusive. */
export interface Term {
  readonly start: number
  readonly end: number
  readonly kind: 'word' | 'phrase' | 'field' | 'operator' | 'problem'
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
const QUOTE = /["“”]/
const NAME = /([a-z]{1,20}):/iy
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

/** The tag that a query asks for and for nothing else: its papers have an order of their own. Null for any other query. */
export const collectionIn = ({ node, sort }: Query): string | null =>
  sort === null && node?.kind === 'field' && node.field === 'tag' ? node.value : null

/** Whether a query asks for hidden papers, or for others: all others leave them out. */
export function speaksOfHidden(node: Node | null): boolean {
  switch (node?.kind) {
    case 'field':
      return node.field === 'is' && node.value === 'hidden'
    case 'not':
      return speaksOfHidden(node.node)
    case 'and':
    case 'or':
      return node.nodes.some(speaksOfHidden)
    default:
      return false
  }
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

const isOperator = (word: string) => /^(?:\||or|AND|NOT)$/.test(word) || word.toLowerCase() === 'or'

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

/** A term as it was read. */
interface Reading {
  readonly end: number
  readonly kind: Term['kind']
  /** Null where it contributes nothing. */
  readonly node: Node | null
  /** Whether it ends in a closing quote. */
  readonly closed?: boolean
  /** What is wrong with it. */
  readonly why?: string
  readonly order?: Sort | null
}

function readTerm(text: string, start: number): Reading {
  const quoted = readQuoted(text, start)
  if (quoted) {
    const node: Node | null = words(quoted.text).length > 0 ? { kind: 'phrase', text: quoted.text } : null
    return { end: quoted.end, kind: 'phrase', node, closed: quoted.closed }
  }
  NAME.lastIndex = start
  const [prefix = '', name = ''] = NAME.exec(text) ?? []
  const value = prefix === '' ? null : readQuoted(text, start + prefix.length)
  const valued = text.slice(start, value?.end ?? wordEnd(text, start))
  // A provisional id looks like a field: `title:attention-is-all-0123abcd`.
  if (parsePaperId(prefix.toLowerCase() + valued.slice(prefix.length)) === null) {
    const field = fieldNamed(name)
    if (field) return readField(text, start + prefix.length, field)
    const meant = valued === prefix ? null : nearField(name)
    if (meant) {
      const why = `there is no field ${name}:, did you mean ${meant}:?`
      return { end: start + valued.length, kind: 'problem', node: null, closed: value?.closed ?? false, why }
    }
  }
  // Behind any other name a quote is part of the word.
  const word = value ? text.slice(start, wordEnd(text, start)) : valued
  const end = start + word.length
  if (isOperator(word)) return { end, kind: 'operator', node: null }
  return { end, kind: 'word', node: words(word).length > 0 ? { kind: 'word', text: word } : null }
}

function readField(text: string, start: number, { name, kind, expects, check, mayBecome }: Field): Reading {
  const quoted = readQuoted(text, start)
  const end = quoted?.end ?? wordEnd(text, start)
  const typed = quoted?.text ?? text.slice(start, end)
  const closed = quoted?.closed ?? false
  const typing = end === text.length && !closed
  const value = typed === '' ? null : check(typed)
  if (value === null) {
    if (typing && (typed === '' || mayBecome(typed))) return { end, kind: 'field', node: null }
    const why = typed === '' ? `${name}: needs a value right after the colon` : `${name}: takes ${expects}`
    return { end, kind: 'problem', node: null, closed, why }
  }
  if (name === 'sort') return { end, kind: 'field', node: null, closed, order: sortNamed(value) }
  const phrase = kind === 'text' && quoted !== null
  return { end, kind: 'field', node: { kind: 'field', field: name, value, phrase }, closed }
}

/** What stands in quotes, white space made single; any quote closes it, or the text's end. Null without a quote. */
function readQuoted(text: string, start: number): { text: string; end: number; closed: boolean } | null {
  if (!QUOTE.test(text[start] ?? '')) return null
  const length = text.slice(start + 1).search(QUOTE)
  const closed = length >= 0
  const close = closed ? start + 1 + length : text.length
  const inner = text
    .slice(start + 1, close)
    .replace(/\s+/g, ' ')
    .trim()
  return { text: inner, end: closed ? close + 1 : close, closed }
}

function chunkEnd(text: string, start: number): number {
  const chunk = /\S*/y
  chunk.lastIndex = start
  return start + (chunk.exec(text)?.[0].length ?? 0)
}

/** Where a word ends: at white space, or at a `)` that is not the word's own and has no letter or digit behind it. */
function wordEnd(text: string, start: number): number {
  const end = chunkEnd(text, start)
  let last = start
  for (const { index } of text.slice(start, end).matchAll(/[\p{L}\p{N}]/gu)) last = start + index
  let open = 0
  for (let at = start; at < end; at++) {
    if (text[at] === '(') open++
    else if (text[at] === ')') {
      if (open === 0 && at >= last) return at
      open = Math.max(0, open - 1)
    }
  }
  return end
}
