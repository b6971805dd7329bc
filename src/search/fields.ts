// The fields of the query language (`author:lecun`): what each takes, how a value is checked, what it means.

import { distance } from 'fastest-levenshtein'
import { type Day, parseArxivId, tagNamed, words } from '../paper.ts'
import { dayRange, daysOf, numberRange } from './ranges.ts'

export type FieldName =
  | 'author'
  | 'title'
  | 'abstract'
  | 'cat'
  | 'org'
  | 'date'
  | 'after'
  | 'before'
  | 'is'
  | 'has'
  | 'tag'
  | 'upvotes'
  | 'comments'
  | 'stars'
  | 'id'
  | 'sort'

type Order = 'day' | 'published' | 'upvotes' | 'comments' | 'stars' | 'momentum' | 'unread'

/** The orders that `sort:` can ask for; after a dash the other way round. */
export type Sort = 'relevance' | Order | `-${Order}`

/** One of the values that a field can take where there are only a few. */
export interface Choice {
  readonly value: string
  readonly about: string
}

/** How a value is read, and with that what `check` accepts. */
export type FieldKind = 'text' | 'category' | 'days' | 'day' | 'number' | 'id' | 'tag' | 'choice'

export interface Field {
  readonly name: FieldName
  readonly kind: FieldKind
  /** One line for help and completion. */
  readonly about: string
  /** A whole term, as one would type it. */
  readonly example: string
  /** All values of a `choice`; empty elsewhere. */
  readonly values: readonly Choice[]
  /** What the field takes, to follow `date: takes …`. */
  readonly expects: string
  /** The normalised value, or null where it is none. Normalising twice changes nothing. */
  check(value: string): string | null
  /** Whether an invalid value could become a valid one by typing on. Says yes in doubt. */
  mayBecome(value: string): boolean
}

// Whether a value is valid does not depend on the day it is asked on.
const ANY_DAY: Day = '2025-01-01'

type Reading = Pick<Field, 'kind' | 'values' | 'check' | 'mayBecome'>

const TEXT: Reading = {
  kind: 'text',
  values: [],
  check: (value) => (words(value).length > 0 ? value.replace(/\s+/g, ' ').trim() : null),
  mayBecome: () => true,
}

const CATEGORY: Reading = {
  kind: 'category',
  values: [],
  check: (value) => (/^[a-z-]+(\.[a-z-]+)?$/i.test(value) ? value.toLowerCase() : null),
  mayBecome: (value) => /^[a-z.-]*$/i.test(value),
}

/** Whether a day could still be typed on from here: `2025-`, `yest`, the second end of a range. */
const mayBecomeDay = (value: string) => {
  const end = value.toLowerCase().split('..').at(-1) ?? ''
  const digits = end.length < 10 && /^\d{0,4}(?:-\d{0,2}){0,2}\.?$/.test(end)
  return (
    digits || /^\d{1,4}[dwmy]\.$/.test(end) || ['today', 'yesterday'].some((word) => word.startsWith(end))
  )
}

const DAYS: Reading = {
  kind: 'days',
  values: [],
  check: (value) => (dayRange(value, ANY_DAY) ? value.trim().toLowerCase() : null),
  mayBecome: mayBecomeDay,
}

const DAY: Reading = {
  kind: 'day',
  values: [],
  check: (value) => (daysOf('after', value, ANY_DAY) ? value.trim().toLowerCase() : null),
  mayBecome: (value) => !value.includes('.') && mayBecomeDay(value),
}

const NUMBER: Reading = {
  kind: 'number',
  values: [],
  check: (value) => (numberRange(value) ? value.replace(/\s+/g, '') : null),
  mayBecome: (value) => /^(?:(?:[<>]=?|=)?\d{0,12}|\d{0,12}\.{0,2}\d{0,12})$/.test(value),
}

// The beginnings of new ids (`23`, `2309.1`) and, from their archive on, of old ones (`hep-ex/03`).
const NEW_ID = /^(?:\d{1,4}|\d{4}\.\d{0,5})$/
const OLD_ID = /^([a-z-]+)(\.[a-z]{2})?\/(\d{0,7})$/i

const ID: Reading = {
  kind: 'id',
  values: [],
  check: (value) => {
    if (NEW_ID.test(value)) return value
    const [, archive = '', subject = '', digits] = OLD_ID.exec(value) ?? []
    if (digits === undefined) return parseArxivId(value)
    return `${archive.toLowerCase()}${subject.toUpperCase()}/${digits}`
  },
  mayBecome: () => true,
}

const TAG: Reading = {
  kind: 'tag',
  values: [],
  check: tagNamed,
  mayBecome: () => true,
}

/** A field that takes one of a few values, given as value → what it is. */
function oneOf(choices: Readonly<Record<string, string>>): Reading & Pick<Field, 'expects'> {
  const names = Object.keys(choices)
  return {
    kind: 'choice',
    values: Object.entries(choices).map(([value, about]) => ({ value, about })),
    expects: `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
    check: (value) => names.find((name) => name === value.toLowerCase()) ?? null,
    mayBecome: (value) => names.some((name) => name.startsWith(value.toLowerCase())),
  }
}

const ORDERS: Readonly<Record<'relevance' | Order, string>> = {
  relevance: 'what fits the words best',
  day: 'the newest day first',
  published: 'the newest on arXiv first',
  upvotes: 'the most upvotes first',
  comments: 'the most comments first',
  stars: 'the most GitHub stars first',
  momentum: 'the most upvotes of the last days first',
  unread: 'what you have not read first',
}
const REVERSED: Readonly<Record<`-${Order}`, string>> = {
  '-day': 'the oldest day first',
  '-published': 'the oldest on arXiv first',
  '-upvotes': 'the fewest upvotes first',
  '-comments': 'the fewest comments first',
  '-stars': 'the fewest GitHub stars first',
  '-momentum': 'the fewest upvotes of the last days first',
  '-unread': 'what you have read first',
}

const name = 'a name (lecun or "yann lecun")'
const phrase = 'a word, or several in quotes'
const category = 'an arXiv category or archive (cs.CL, math.PR, hep-th or just cs)'
const day = 'a day (2025-09-30), a month or a year, or how long ago (7d, 2w, 3m, 1y)'
const number = 'a number (50, >50, <=50, =50 or 10..50)'
const tag = 'a tag (to-read)'
const arxivId = 'an arXiv id or its beginning (2309.12288, 2309.1, hep-ex/03)'

const is = oneOf({
  unread: 'papers you have not read yet',
  read: 'papers you have read',
  starred: 'papers you have starred',
  later: 'papers you keep for later',
  hidden: 'papers you do not want to see',
})
const sort = {
  ...oneOf({ ...ORDERS, ...REVERSED }),
  expects: `${oneOf(ORDERS).expects}, or after a dash the reverse (-day)`,
}
const has = oneOf({
  code: 'papers with a code repository',
  project: 'papers with a project page',
  abstract: 'papers whose abstract is here',
  summary: 'papers with a summary in one sentence',
  note: 'papers you have written a note on',
  fulltext: 'papers whose full text is here',
})

/** The fields, in the order in which help shows them. */
export const FIELDS: readonly Field[] = [
  { name: 'author', about: 'who wrote it', example: 'author:"yann lecun"', expects: name, ...TEXT },
  { name: 'title', about: 'words of the title', example: 'title:attention', expects: phrase, ...TEXT },
  { name: 'abstract', about: 'words of the abstract', example: 'abstract:robot', expects: phrase, ...TEXT },
  {
    name: 'cat',
    about: 'its arXiv category or archive',
    example: 'cat:cs.CL',
    expects: category,
    ...CATEGORY,
  },
  { name: 'org', about: 'the organization behind it', example: 'org:deepmind', expects: name, ...TEXT },
  { name: 'date', about: 'its day, month or year', example: 'date:2025-01..2025-03', expects: day, ...DAYS },
  { name: 'after', about: 'from a day on', example: 'after:2025-09', expects: day, ...DAY },
  { name: 'before', about: 'before a day', example: 'before:1y', expects: day, ...DAY },
  { name: 'is', about: 'what you decided about it', example: 'is:unread', ...is },
  { name: 'has', about: 'what comes with it', example: 'has:code', ...has },
  { name: 'tag', about: 'a tag of yours', example: 'tag:to-read', expects: tag, ...TAG },
  { name: 'upvotes', about: 'how many upvotes', example: 'upvotes:>50', expects: number, ...NUMBER },
  { name: 'comments', about: 'how many comments', example: 'comments:10..50', expects: number, ...NUMBER },
  { name: 'stars', about: 'how many GitHub stars', example: 'stars:>=1000', expects: number, ...NUMBER },
  { name: 'id', about: 'its arXiv id or the beginning', example: 'id:2309.12288', expects: arxivId, ...ID },
  { name: 'sort', about: 'the order of what is found', example: 'sort:day', ...sort },
]

const BY_NAME: ReadonlyMap<string, Field> = new Map(FIELDS.map((field) => [field.name, field]))

/** The field of that name, in any case; null where there is none. */
export function fieldNamed(text: string): Field | null {
  return BY_NAME.get(text.toLowerCase()) ?? null
}

/** The order that a checked value of `sort:` names; null where it is none. */
export function sortNamed(value: string): Sort | null {
  return Object.hasOwn(ORDERS, value) || Object.hasOwn(REVERSED, value) ? (value as Sort) : null
}

/** The name of the field that a name is one slip away from. Short names are near to too many words. */
export function nearField(text: string): FieldName | null {
  const typed = text.toLowerCase()
  const near = FIELDS.filter((field) => typed.length >= 4 && field.name.length >= 4).find((field) => {
    const edits = distance(typed, field.name)
    return edits === 1 || (edits === 2 && isSwap(typed, field.name))
  })
  return near?.name ?? null
}

/** Whether two neighbouring letters changed places. */
function isSwap(typed: string, name: string): boolean {
  const at = [...typed].findIndex((letter, index) => letter !== name[index])
  return typed.slice(0, at) + typed[at + 1] + typed[at] + typed.slice(at + 2) === name
}
