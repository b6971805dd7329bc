// What a paper must be to be found, however well its words fit: a query's fields, phrases, negations and groups. Each is
// worked out as a bit for every paper; only phrases of several words need a look at the text afterwards.

import { type Condition, type HeldThing, papersWhere } from '../library/conditions.ts'
import type { Library } from '../library/library.ts'
import type { PaperText } from '../library/segments.ts'
import { plainWords } from '../text/words.ts'
import { asRead } from './as-read.ts'
import type { SearchIndex } from './index.ts'
import { type Meaning, meaningsOf } from './meanings.ts'
import { numbersOf } from './postings.ts'
import type { Node } from './query.ts'
import { daysOf, numberRange } from './ranges.ts'

/** Which papers a condition lets through. */
export interface Filter {
  /** A bit for each key: no paper without it is let through. */
  readonly bits: Uint8Array
  /** What bits cannot tell; null where they tell all. */
  readonly holds: ((paper: PaperText) => boolean) | null
}

const TEXT_FIELDS = { title: 0, abstract: 1, author: 2 } as const
type TextField = keyof typeof TEXT_FIELDS

/** Whether a filter may let a paper through. */
export const mayPass = ({ bits }: Filter, pk: number): boolean =>
  (((bits[pk >> 3] ?? 0) >> (pk & 7)) & 1) === 1

/**
 * Works out a condition over the library as it is now; `today` is the UTC day. Words may be misspelled or in another
 * number, unless they are to be taken exactly.
 */
export function filterBy(
  library: Library,
  index: SearchIndex,
  node: Node,
  today: string,
  taken: 'exact' | 'near' = 'near',
): Filter {
  const bytes = (index.keys + 8) >> 3
  const none = () => new Uint8Array(bytes)
  const ofKeys = (keys: readonly number[]): Filter => {
    const bits = none()
    for (const pk of keys) if (pk < index.keys) bits[pk >> 3] = (bits[pk >> 3] ?? 0) | (1 << (pk & 7))
    return { bits, holds: null }
  }

  const withMeanings = (meanings: readonly Meaning[], field: TextField | null): Filter => {
    const bits = none()
    for (const [place, segment] of index.segments.entries()) {
      for (const { word, kind } of meanings) {
        const [from, to] =
          kind === 'prefix' ? segment.lexicon.begunBy(word) : [segment.lexicon.find(word), -1]
        for (let at = from; at >= 0 && (at < to || to < 0); at = to < 0 ? -1 : at + 1)
          for (const [number, postings] of index.postings(place, at).entries())
            if (field === null || number === TEXT_FIELDS[field])
              for (const paper of numbersOf(postings)) {
                const pk = segment.pks[paper] as number
                if (index.owns(place, pk)) bits[pk >> 3] = (bits[pk >> 3] as number) | (1 << (pk & 7))
              }
      }
    }
    return { bits, holds: null }
  }

  const phrase = (text: string, field: TextField | null): Filter => {
    const words = plainWords(text)
    const each = words.map((word) => withMeanings([{ word, kind: 'exact' }], field))
    const all = intersection(each)
    if (words.length < 2) return all
    return { bits: all.bits, holds: (paper) => textsOf(paper, field).some((it) => holdsPhrase(it, words)) }
  }

  const words = (text: string, field: TextField | null): Filter => {
    const meanings = (word: string): readonly Meaning[] =>
      taken === 'exact' ? [{ word, kind: 'exact' }] : meaningsOf(index, word, false).meanings
    const all = plainWords(text).map((word) => withMeanings(meanings(word), field))
    return intersection(all)
  }

  const intersection = (filters: readonly Filter[]): Filter => {
    const [first, ...others] = filters
    if (!first) return { bits: none().fill(255), holds: null }
    const bits = first.bits.slice()
    for (const other of others)
      for (let at = 0; at < bytes; at++) bits[at] = (bits[at] as number) & (other.bits[at] as number)
    const checks = filters.flatMap(({ holds }) => holds ?? [])
    return { bits, holds: checks.length === 0 ? null : (paper) => checks.every((check) => check(paper)) }
  }

  const union = (filters: readonly Filter[]): Filter => {
    const bits = none()
    for (const other of filters)
      for (let at = 0; at < bytes; at++) bits[at] = (bits[at] as number) | (other.bits[at] as number)
    const exact = filters.every(({ holds }) => holds === null)
    return { bits, holds: exact ? null : (paper) => filters.some((filter) => passes(filter, paper)) }
  }

  const work = (part: Node): Filter => {
    switch (part.kind) {
      case 'word':
        return words(part.text, null)
      case 'phrase':
        return phrase(part.text, null)
      case 'and':
        return intersection(part.nodes.map(work))
      case 'or':
        return union(part.nodes.map(work))
      case 'not': {
        const inner = work(part.node)
        return inner.holds === null
          ? { bits: inner.bits.map((byte) => ~byte), holds: null }
          : { bits: none().fill(255), holds: (paper) => !passes(inner, paper) }
      }
      case 'field': {
        const { field, value } = part
        if (field === 'title' || field === 'abstract' || field === 'author')
          return part.phrase ? phrase(value, field) : words(value, field)
        const condition = conditionOf(field, value, today)
        return condition ? ofKeys(papersWhere(library, condition)) : intersection([])
      }
    }
  }
  return work(node)
}

/** Whether a filter lets a paper through, its text looked at where that is needed. */
export function passes(filter: Filter, paper: PaperText): boolean {
  return mayPass(filter, paper.pk) && (filter.holds === null || filter.holds(paper))
}

function textsOf(paper: PaperText, field: TextField | null): string[] {
  const { title, abstract, authors } = asRead(paper)
  const all = { title, abstract, author: authors }
  return field === null ? Object.values(all) : [all[field]]
}

/** Whether a text holds some words side by side. */
function holdsPhrase(text: string, phrase: readonly string[]): boolean {
  const all = plainWords(text)
  return all.some((_, start) => phrase.every((word, at) => all[start + at] === word))
}

type TableField = Exclude<(Node & { kind: 'field' })['field'], TextField>

function conditionOf(field: TableField, value: string, today: string): Condition | null {
  switch (field) {
    case 'date':
    case 'after':
    case 'before': {
      const range = daysOf(field, value, today)
      return range && { type: 'days', ...range }
    }
    case 'upvotes':
    case 'comments':
    case 'stars': {
      const range = numberRange(value)
      return range && { type: 'count', of: field, ...range }
    }
    case 'is':
      return { type: 'is', mark: value as Extract<Condition, { type: 'is' }>['mark'] }
    case 'has':
      return { type: 'has', what: value as HeldThing }
    case 'tag':
      return { type: 'tag', tag: value }
    case 'org':
      return { type: 'organization', contains: value }
    case 'cat':
      return { type: 'category', category: value }
    case 'id':
      return { type: 'id', begins: value }
  }
}
