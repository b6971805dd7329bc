// What the term under the cursor could become: names of fields, and their values.

import Fuse from 'fuse.js'
import { fold, words } from '../paper.ts'
import { FIELDS, type Field, type FieldName, fieldNamed } from './fields.ts'
import { parseQuery } from './grammar.ts'

/** Puts `insert` in place of the text from `start` to `end` (UTF-16 units); `label` and `about` are for people. */
export interface Completion {
  readonly start: number
  readonly end: number
  readonly insert: string
  readonly label: string
  readonly about: string
}

const MOST = 8
// A shorter beginning is near to everything.
const FEWEST_LETTERS = 2
const FEWEST_FUZZY = 4
// A longer one is no beginning of a name, and fuse.js compares 32 letters at a time.
const MOST_FUZZY = 32
// Between two keys there are a few ms: near spellings are looked for among the most wanted values only.
const FUZZY_AMONG = 2000

// Fields whose values are many: the library knows them.
const KNOWN_BY_LIBRARY: ReadonlySet<FieldName> = new Set(['author', 'org', 'cat', 'date', 'tag'])

/**
 * The completions of the term at `cursor` (in UTF-16 units), best first: names of fields for a word that begins one,
 * else at most 8 values. `values` gives the values of author, org, cat, date and tag, most wanted first, some thousands at
 * most; give the same array while they do not change, since they are folded once (2 µs each) and kept with it.
 */
export function complete(
  text: string,
  cursor: number,
  values: (field: FieldName) => readonly string[],
): readonly Completion[] {
  const at = Math.min(Math.max(0, Math.trunc(cursor) || 0), text.length)
  const before = text.slice(0, at)
  const term = parseQuery(before).terms.at(-1)
  if (term?.end !== at || term.kind === 'phrase') return []
  const typed = before.slice(term.start)
  const [prefix = '', name = ''] = /^([a-z]+):/i.exec(typed) ?? []
  if (prefix === '') return completeName(text, term.start, at)
  const field = fieldNamed(name)
  return field ? completeValue(text, term.start + prefix.length, at, field, values) : []
}

function completeName(text: string, start: number, cursor: number): Completion[] {
  const end = restOfWord(text, cursor)
  const typed = text.slice(start, end).toLowerCase()
  // Between terms a whole “or” is the operator, however many fields begin so.
  if (typed.length < FEWEST_LETTERS || (typed === 'or' && start > 0)) return []
  return FIELDS.filter(({ name }) => name.startsWith(typed)).map(({ name, about }) => {
    const insert = `${name}:`
    return { start, end, insert, label: insert, about }
  })
}

function completeValue(
  text: string,
  start: number,
  cursor: number,
  field: Field,
  values: (field: FieldName) => readonly string[],
): Completion[] {
  const quoted = isQuote(text[start])
  // Behind a closing quote there is nothing left to complete.
  if (quoted && cursor > start + 1 && isQuote(text[cursor - 1])) return []
  const end = quoted ? cursor + (isQuote(text[cursor]) ? 1 : 0) : restOfWord(text, cursor)
  const typed = quoted ? text.slice(start + 1, cursor) : text.slice(start, end)
  const about = new Map(field.values.map((choice) => [choice.value, choice.about]))
  const offered =
    field.values.length > 0 ? choices(field) : KNOWN_BY_LIBRARY.has(field.name) ? values(field.name) : []
  return rank(offered, typed).flatMap((value) => {
    const insert = printed(value, quoted)
    // One space is enough between this term and the next.
    const whole = text[end] === ' ' ? end + 1 : end
    return insert === '' || insert === text.slice(start, end)
      ? []
      : [{ start, end: whole, insert: `${insert} `, label: value, about: about.get(value) ?? field.about }]
  })
}

const isQuote = (sign: string | undefined) => sign !== undefined && /["“”]/.test(sign)

function restOfWord(text: string, cursor: number): number {
  const rest = /[^\s)]*/y
  rest.lastIndex = cursor
  return cursor + (rest.exec(text)?.[0].length ?? 0)
}

/** A value as a query holds it: in quotes where it would not be read as one word. */
function printed(value: string, quoted: boolean): string {
  const plain = value.replace(/["“”\s]+/g, ' ').trim()
  return quoted || /[\s()]/.test(plain) ? `"${plain}"` : plain
}

const choiceLists = new Map<Field, readonly string[]>()

/** The choices of a field, the same array each time. */
function choices(field: Field): readonly string[] {
  const list = choiceLists.get(field) ?? field.values.map(({ value }) => value)
  choiceLists.set(field, list)
  return list
}

interface Prepared {
  readonly folded: readonly string[]
  /** The words of each value, a space before each. */
  readonly spaced: readonly string[]
  fuse: Fuse<string> | null
}

const prepared = new WeakMap<readonly string[], Prepared>()

function prepare(values: readonly string[]): Prepared {
  const known = prepared.get(values)
  if (known) return known
  const folded = values.map(fold)
  const made: Prepared = { folded, spaced: folded.map((value) => ` ${words(value).join(' ')}`), fuse: null }
  prepared.set(values, made)
  return made
}

/** The values that a beginning may mean: those that begin with it, then those with a word that does, then near ones. */
function rank(values: readonly string[], typed: string): string[] {
  const start = fold(typed).trimStart()
  const word = ` ${words(typed).join(' ')}`
  const lists = prepare(values)
  const found = new Set<number>()
  const take = (fits: (index: number) => boolean) => {
    for (let index = 0; index < values.length && found.size < MOST; index++) if (fits(index)) found.add(index)
  }
  take((index) => lists.folded[index]?.startsWith(start) ?? false)
  if (word !== ' ') take((index) => lists.spaced[index]?.includes(word) ?? false)
  if (found.size < MOST && start.length >= FEWEST_FUZZY && start.length <= MOST_FUZZY) {
    lists.fuse ??= new Fuse(lists.folded.slice(0, FUZZY_AMONG), { threshold: 0.3, ignoreLocation: true })
    for (const { refIndex } of lists.fuse.search(start, { limit: MOST * 2 })) {
      if (found.size < MOST) found.add(refIndex)
    }
  }
  return [...new Set([...found].map((index) => values[index] ?? ''))]
}
