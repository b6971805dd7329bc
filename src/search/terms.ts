// One term of a query: a word, a phrase in quotes, a field with its value, an operator.

import { parsePaperId, words } from '../paper.ts'
import { type Field, fieldNamed, nearField, type Sort, sortNamed } from './fields.ts'
import type { Node } from './query.ts'

const QUOTE = /["“”]/
const NAME = /([a-z]{1,20}):/iy

/** A part of the text by what it was read as, in UTF-16 units; `end` is exclusive. */
export interface Term {
  readonly start: number
  readonly end: number
  readonly kind: 'word' | 'phrase' | 'field' | 'operator' | 'problem'
}

export const isOperator = (word: string) => /^(?:\||or|AND|NOT)$/.test(word) || word.toLowerCase() === 'or'

/** A term as it was read. */
export interface Reading {
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

/** Reads the term that begins at a place of the text. */
export function readTerm(text: string, start: number): Reading {
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

/** Where the next white space begins, or the text ends. */
export function chunkEnd(text: string, start: number): number {
  const chunk = /\S*/y
  chunk.lastIndex = start
  return start + (chunk.exec(text)?.[0].length ?? 0)
}

/** Where a word ends: at white space, or at a `)` that is not the word's own and has no letter or digit behind it. */
export function wordEnd(text: string, start: number): number {
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
