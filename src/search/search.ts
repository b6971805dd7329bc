// A query → papers, best first: the words that were meant, the papers that hold most of them, a careful look at the best.

import { dayOf } from '../days.ts'
import { everyPaper, inOrder, type Order } from '../library/conditions.ts'
import type { Library } from '../library/library.ts'
import { papersTagged } from '../library/marks.ts'
import { findPaper } from '../library/papers.ts'
import { listIds, rowsOf } from '../library/rows.ts'
import { paperText } from '../library/segments.ts'
import { type PaperId, parsePaperId } from '../paper.ts'
import type { MatchedWord } from '../text/highlights.ts'
import { plainTokens, plainWords } from '../text/words.ts'
import { type Candidate, findCandidates } from './candidates.ts'
import { type Filter, filterBy, mayPass, passes } from './conditions.ts'
import { parseQuery, printQuery } from './grammar.ts'
import { SearchIndex } from './index.ts'
import { type Meaning, meaningsOf, type Slot, splitWord } from './meanings.ts'
import { collectionIn, type Node, speaksOfHidden } from './query.ts'
import { createRanking, type FoldedPaper, foldPaper } from './rank.ts'
import type { Term } from './terms.ts'

/** What a search found: ids best first, and the words that matched, to highlight. */
export interface Found {
  readonly query: string
  readonly ids: readonly PaperId[]
  readonly matched: readonly MatchedWord[]
}

export interface Searcher {
  /** Finds at most `limit` papers. Any text is a query: what of it makes no sense is ignored. */
  search(query: string, limit: number): Found
  /**
   * Every paper that a query holds of, with its plain words taken exactly: each must be there, as it is typed. In no
   * order, and whatever is hidden.
   */
  matching(query: string): PaperId[]
  /** Reads the index, so that the first search need not. */
  warmUp(): void
  /** The papers most like one, best first, it itself left out, each with the words they share. */
  similar(id: PaperId, limit: number): Similar
}

/** Papers like another, and of each the words that make it so, the most telling first. */
export interface Similar {
  readonly ids: readonly PaperId[]
  readonly shared: ReadonlyMap<PaperId, readonly string[]>
  readonly matched: readonly MatchedWord[]
}

// More words than this add nothing but time: a pasted abstract is found by its rarest words.
const MAX_WORDS = 24
const MAX_LENGTH = 10_000
/** So many candidates get the careful look; those behind them keep their order. */
const LOOKED_AT = 48
/** Of papers in another order than by relevance, so many are put in order at most. */
const SORTED = 5000
/** Papers whose words are kept, since the next letter mostly brings them again. */
const CACHED = 1000
const MAX_IDS = 20_000
/** A paper that comes this far behind the best shares only the query's commonest words with it: it was not meant. */
const FLOOR = 0.4
/** A paper is like another by so many of its most telling words. */
const TELLING = 30

/** A searcher over one library; it keeps what it has read of the index until that changes. */
export function createSearcher(library: Library): Searcher {
  const index = new SearchIndex(library)
  const meant = new Map<string, Slot>()
  const filters = new Map<string, Filter>()
  const read = new Map<number, FoldedPaper>()
  const ids = new Map<number, PaperId>()
  let seen = { generation: 0, version: '' }

  const refresh = () => {
    index.refresh()
    if (index.version === seen.version) return
    filters.clear()
    if (index.generation !== seen.generation) {
      meant.clear()
      read.clear()
      ids.clear()
    }
    seen = { generation: index.generation, version: index.version }
  }

  const meaning = (word: string, unfinished: boolean): Slot => {
    const key = `${unfinished ? '>' : ' '}${word}`
    const known = meant.get(key)
    if (known) return known
    if (meant.size > 2000) meant.clear()
    const slot = meaningsOf(index, word, unfinished)
    meant.set(key, slot)
    return slot
  }

  const wordsOf = (pk: number): FoldedPaper | null => {
    const known = read.get(pk)
    if (known) return known
    const paper = paperText(library, pk)
    if (!paper) return null
    const words = foldPaper(paper)
    if (read.size >= CACHED) read.delete(read.keys().next().value ?? pk)
    read.set(pk, words)
    return words
  }

  const idOf = (pk: number): PaperId | null => {
    const known = ids.get(pk)
    if (known !== undefined) return known
    const id = library.prepare('SELECT id FROM papers WHERE pk = ?').pluck().get(pk)
    if (typeof id !== 'string') return null
    if (ids.size > MAX_IDS) ids.clear()
    ids.set(pk, id)
    return id
  }

  const filterOf = (node: Node, today: string): Filter => {
    const key = printQuery({ node, sort: null })
    const known = filters.get(key)
    if (known) return known
    const filter = filterBy(library, index, node, today)
    if (filters.size > 20) filters.clear()
    filters.set(key, filter)
    return filter
  }

  /** What papers must be: those that the reader hid are found only by queries that speak of them. */
  const withoutHidden = (hard: Node | null, node: Node | null): Node | null => {
    if (speaksOfHidden(node) || library.prepare(ANY_HIDDEN).get() === undefined) return hard
    return hard === null ? NOT_HIDDEN : { kind: 'and', nodes: [hard, NOT_HIDDEN] }
  }

  /** The words to rank by; those that nothing in the library is like are left out. */
  const slotsOf = (typed: readonly string[], unfinished: boolean): Slot[] => {
    const chosen = typed.length > MAX_WORDS ? rarest(index, typed) : typed
    const slots = chosen.flatMap((word, at) => {
      const slot = meaning(word, unfinished && at === chosen.length - 1 && chosen === typed)
      const split = slot.meanings.length === 0 ? splitWord(index, word) : null
      return split ? split.map((part) => meaning(part, false)) : [slot]
    })
    return withCompounds(index, slots).filter(({ meanings }) => meanings.length > 0)
  }

  const rank = (candidates: readonly Candidate[], slots: readonly Slot[], today: string) => {
    const score = createRanking(slots, today)
    const looked = candidates.slice(0, LOOKED_AT).flatMap(({ pk }) => {
      const words = wordsOf(pk)
      return words ? [{ paper: words.paper, score: score(words) }] : []
    })
    return looked.sort(
      (a, b) => b.score - a.score || b.paper.upvotes - a.paper.upvotes || a.paper.pk - b.paper.pk,
    )
  }

  const search = (query: string, limit: number): Found => {
    const none = { query, ids: [], matched: [] }
    const id = parsePaperId(query)
    if (id && findPaper(library, id)) return { ...none, ids: limit > 0 ? [id] : [] }
    const { query: asked, unfinished, terms } = parseQuery(query.slice(0, MAX_LENGTH))
    if (asked.node === null && asked.sort === null) {
      // A field whose value is still to come leaves nothing out.
      const isBegun = terms.some(({ kind }) => kind === 'field' || kind === 'problem')
      return isBegun ? { ...none, ids: listIds(library, { limit }) } : none
    }
    const collection = collectionIn(asked)
    if (collection !== null) {
      const all = papersTagged(library, collection)
      const hidden = new Set(rowsOf(library, all).flatMap((row) => (row.hidden ? [row.id] : [])))
      const tagged = all.filter((id) => !hidden.has(id))
      return { ...none, ids: tagged.slice(0, limit) }
    }
    const today = dayOf(Date.now())
    const { soft, hard } = parts(asked.node)
    const words = [...new Set(rankedWords(asked.node))]
    const begun = begunPart(query, terms, unfinished)
    const slots = slotsOf(words, begun !== null && endsInWord(begun, words))
    if (soft && slots.length === 0) return none
    const wanted = withoutHidden(hard, asked.node)
    const filter = wanted ? filterOf(wanted, today) : null
    const order: Order | null =
      asked.sort && asked.sort !== 'relevance' ? asked.sort : slots.length === 0 ? 'day' : null
    const matched = matchedWords(slots)
    const check = (pk: number) => {
      if (!filter?.holds) return true
      const paper = paperText(library, pk)
      return paper !== null && passes(filter, paper)
    }
    if (order !== null) {
      const pool =
        slots.length > 0 && soft
          ? above(
              findCandidates(index, slots, Math.max(SORTED, limit), filter && ((pk) => mayPass(filter, pk))),
            ).map(({ pk }) => pk)
          : keysIn(index, filter)
      // Of many papers only the first are wanted: reading all in order until there are enough beats sorting them.
      const many = pool.length > SORTED
      const ordered = many ? everyPaper(library, order) : inOrder(library, pool, order)
      const ids: PaperId[] = []
      for (const { pk, id: found } of ordered) {
        if (ids.length >= limit) break
        if ((!many || filter === null || mayPass(filter, pk)) && check(pk)) ids.push(found)
      }
      return { query, ids, matched }
    }
    const enough = Math.max(limit, LOOKED_AT)
    // A phrase that few papers hold though many hold its words needs a longer look.
    const pool = findCandidates(
      index,
      slots,
      filter?.holds ? Math.max(enough, SORTED) : enough,
      filter && ((pk) => mayPass(filter, pk)),
    )
    const fitting: Candidate[] = []
    for (const candidate of soft ? above(pool) : pool) {
      if (fitting.length >= enough) break
      if (check(candidate.pk)) fitting.push(candidate)
    }
    const best = rank(fitting, slots, today)
    const floor = soft && !hard ? (best[0]?.score ?? 0) * FLOOR : 0
    const ids = best.filter(({ score }) => score >= floor).map(({ paper }) => paper.id)
    if (ids.length === best.length && ids.length < limit)
      ids.push(...fitting.slice(LOOKED_AT, limit).flatMap(({ pk }) => idOf(pk) ?? []))
    return { query, ids: ids.slice(0, limit), matched }
  }

  return {
    search: (query, limit) =>
      library.snapshot(() => {
        refresh()
        return search(query, limit)
      }),
    matching: (query) =>
      library.snapshot(() => {
        refresh()
        const { node } = parseQuery(`${query.slice(0, MAX_LENGTH)} `).query
        if (node === null) return []
        const filter = filterBy(library, index, node, dayOf(Date.now()), 'exact')
        const { holds } = filter
        const keys = keysIn(index, filter).filter((pk) => {
          const paper = holds && paperText(library, pk)
          return !holds || (paper !== null && holds(paper))
        })
        return library
          .prepare('SELECT papers.id FROM json_each(?) JOIN papers ON pk = value')
          .pluck()
          .all(JSON.stringify(keys)) as PaperId[]
      }),
    warmUp: () => library.snapshot(refresh),
    similar: (id, limit) =>
      library.snapshot(() => {
        refresh()
        const pk = library.prepare('SELECT pk FROM papers WHERE id = ?').pluck().get(id) as number | undefined
        const paper = pk === undefined ? null : wordsOf(pk)
        if (!paper) return { ids: [], shared: new Map(), matched: [] }
        const wanted = withoutHidden(null, null)
        const filter = wanted && filterOf(wanted, '')
        return similarTo(index, paper, limit, wordsOf, (other) => filter === null || mayPass(filter, other))
      }),
  }
}

const HIDDEN: Node = { kind: 'field', field: 'is', value: 'hidden', phrase: false }
const NOT_HIDDEN: Node = { kind: 'not', node: HIDDEN }
const ANY_HIDDEN = `SELECT 1 WHERE EXISTS (SELECT 1 FROM marks WHERE hidden_at > 0)
  OR EXISTS (SELECT 1 FROM rules JOIN ruled USING (rule) WHERE kind = 'mute')`

/** The papers that come near enough to the best one. */
function above(candidates: readonly Candidate[]): readonly Candidate[] {
  const floor = (candidates[0]?.score ?? 0) * FLOOR
  return candidates.filter(({ score }) => score >= floor)
}

function keysIn(index: SearchIndex, filter: Filter | null): number[] {
  const keys: number[] = []
  for (let pk = 1; pk < index.keys; pk++) if (!filter || mayPass(filter, pk)) keys.push(pk)
  return keys
}

/** The words of a long text that tell it apart best. */
function rarest(index: SearchIndex, typed: readonly string[]): string[] {
  return typed
    .map((word) => ({ word, papers: index.papersWith(word) }))
    .filter(({ papers }) => papers > 0)
    .sort((a, b) => a.papers - b.papers)
    .slice(0, MAX_WORDS)
    .map(({ word }) => word)
}

/** Words beside each other may be one in the library: then it stands for both (`pre training`). */
function withCompounds(index: SearchIndex, slots: readonly Slot[]): Slot[] {
  const compounds = slots.slice(1).map((slot, at) => {
    const word = `${slots[at]?.typed}${slot.typed}`
    return index.papersWith(word) > 0 ? word : null
  })
  return slots.map((slot, at) => {
    const added = [compounds[at - 1], compounds[at]].filter((word) => typeof word === 'string')
    const meanings: Meaning[] = [
      ...slot.meanings,
      ...added.map((word) => ({ word, kind: 'compound' as const })),
    ]
    return added.length === 0 ? slot : { ...slot, meanings }
  })
}

/** What ranks only (plain words, and choices among them), and what a paper must fulfil. */
function parts(node: Node | null): { soft: boolean; hard: Node | null } {
  if (node === null) return { soft: false, hard: null }
  const all = node.kind === 'and' ? node.nodes : [node]
  const hard = all.filter((part) => !isPlain(part))
  const [only] = hard
  return {
    soft: hard.length < all.length,
    hard: hard.length === 0 ? null : hard.length === 1 && only ? only : { kind: 'and', nodes: hard },
  }
}

const isPlain = (node: Node): boolean =>
  node.kind === 'word' || (node.kind === 'or' && node.nodes.every(isPlain))

/** The words of a query that say what is sought, in their order. */
function rankedWords(node: Node | null): string[] {
  switch (node?.kind) {
    case 'word':
    case 'phrase':
      return plainWords(node.text)
    case 'field':
      return ['title', 'abstract', 'author'].includes(node.field) ? plainWords(node.value) : []
    case 'and':
    case 'or':
      return node.nodes.flatMap(rankedWords)
    default:
      return []
  }
}

/** Whether a text ends in the last of the words, so that it may be typed on. */
/**
 * The part of a query whose last word may be the beginning of one: all of it while it is typed; where conditions follow, what
 * stands before them, so that they only ever leave papers out. Null where nobody types on.
 */
function begunPart(query: string, terms: readonly Term[], unfinished: boolean): string | null {
  const last = terms.findLast(({ kind }) => kind !== 'field' && kind !== 'operator')
  const isFollowed =
    last?.kind === 'word' && terms.some(({ start, kind }) => start > last.end && kind === 'field')
  return isFollowed ? query.slice(0, last.end) : unfinished ? query : null
}

function endsInWord(text: string, words: readonly string[]): boolean {
  const last = plainTokens(text.slice(-200)).at(-1)
  return last !== undefined && last.end === Math.min(200, text.length) && last.word === words.at(-1)
}

function matchedWords(slots: readonly Slot[]): MatchedWord[] {
  return slots.flatMap(({ meanings }) =>
    meanings.map(({ word, kind }) => ({ word, prefix: kind === 'prefix' })),
  )
}

function similarTo(
  index: SearchIndex,
  of: FoldedPaper,
  limit: number,
  wordsOf: (pk: number) => FoldedPaper | null,
  isWanted: (pk: number) => boolean,
): Similar {
  const idf = (word: string) => Math.log(1 + index.papers / Math.max(1, index.papersWith(word)))
  const weigh = ({ fields: [title, abstract] }: FoldedPaper): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const word of plainWords(abstract.text)) counts.set(word, (counts.get(word) ?? 0) + 1)
    for (const word of plainWords(title.text)) counts.set(word, (counts.get(word) ?? 0) + 2)
    const weights = [...counts].map(([word, count]) => [word, (1 + Math.log(count)) * idf(word)] as const)
    const norm = Math.hypot(...weights.map(([, weight]) => weight)) || 1
    return new Map(weights.map(([word, weight]) => [word, weight / norm]))
  }
  const own = weigh(of)
  const telling = [...own]
    .filter(
      ([word]) =>
        word.length > 2 && !/^\d+$/.test(word) && index.papersWith(word) * 10 <= Math.max(30, index.papers),
    )
    .sort((a, b) => b[1] - a[1])
    .slice(0, TELLING)
  const slots = telling.map(([word, weight]) => ({
    typed: word,
    meanings: [{ word, kind: 'exact' as const }],
    weight,
  }))
  const near = findCandidates(index, slots, LOOKED_AT + 1, (pk) => pk !== of.paper.pk && isWanted(pk))
    .flatMap(({ pk }) => {
      const words = wordsOf(pk)
      if (!words) return []
      const weights = weigh(words)
      const common = telling.flatMap(([word, weight]) => {
        const other = weights.get(word)
        return other === undefined ? [] : [{ word, product: weight * other }]
      })
      const likeness = common.reduce((sum, { product }) => sum + product, 0)
      const shared = common.sort((a, b) => b.product - a.product).map(({ word }) => word)
      return [{ id: words.paper.id, likeness, shared }]
    })
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, limit)
  return {
    ids: near.map(({ id }) => id),
    shared: new Map(near.map(({ id, shared }) => [id, shared])),
    matched: telling.map(([word]) => ({ word, prefix: false })),
  }
}
