// The careful look: of the candidates' own texts, which is the paper that was meant.

import type { PaperText } from '../library/segments.ts'
import { type FoldedText, foldedText } from '../text/words.ts'
import { asRead } from './as-read.ts'
import { FIELD_WEIGHT } from './candidates.ts'
import { KIND_WEIGHT, type Slot } from './meanings.ts'

/** A paper with its fields folded, ready to be searched. Its texts as they were are not kept: many of these are. */
export interface FoldedPaper {
  readonly paper: Pick<PaperText, 'pk' | 'id' | 'day' | 'upvotes'>
  readonly fields: readonly [FoldedText, FoldedText, FoldedText]
}

export function foldPaper(found: PaperText): FoldedPaper {
  const { pk, id, day, upvotes, title, abstract, authors } = asRead(found)
  return {
    paper: { pk, id, day, upvotes },
    fields: [foldedText(title), foldedText(abstract), foldedText(authors)],
  }
}

/** A name's initial stands for the name, and the name for its initial. */
const INITIAL = 0.5
/** How much words side by side and in order add, by field. */
const TOGETHER = [0.3, 0.2, 0.2]
/** A title that the query tells whole is meant before one that only holds it. */
const WHOLE_TITLE = 0.15
const EARLY = 0.05
const UPVOTES = 0.04
const RECENT = 0.02
/** Places kept of each word of a query in a text: a beginning of one letter has many. */
const MAX_PLACES = 8

/** Letters between words that are near each other. */
const NEAR = 40

const YEAR = 31_557_600_000
// A letter or digit, as folded texts have them: what is not ASCII in them is one.
const LETTER = '[a-z0-9\\x80-\\uffff]'

/** Which word of the query a word of a text hits, and how well. */
interface Hit {
  readonly slot: number
  readonly value: number
}

/** Scores papers against the words of a query. The result is about 1 for a paper that holds all of it. */
export function createRanking(slots: readonly Slot[], today: string): (paper: FoldedPaper) => number {
  const total = slots.reduce((sum, { weight }) => sum + weight, 0) || 1
  const now = Date.parse(today)
  const hits = createHits(slots)
  const best = new Float64Array(slots.length)
  // Where each word of the query is hit: beginning and end, in turns.
  const places: number[][] = slots.map(() => [])

  /** Looks through one field; gives how many of its letters are hit, and where the query's first word is. */
  const look = ({ text, end }: FoldedText, field: number) => {
    const weight = FIELD_WEIGHT[field] ?? 0
    let letters = 0
    let first = -1
    for (const list of places) list.length = 0
    hits.pattern.lastIndex = 0
    for (let match = hits.pattern.exec(text); match !== null; match = hits.pattern.exec(text)) {
      const at = match.index
      const until = at + match[0].length
      const inText = at < end
      if (inText) letters += until - at
      for (const { slot, value } of hits.of(match[0], text, at)) {
        if (value * weight > (best[slot] as number)) best[slot] = value * weight
        const known = places[slot] as number[]
        if (inText && known.length < MAX_PLACES * 2) known.push(at, until)
        if (slot === 0 && first < 0 && inText) first = at
      }
    }
    return { letters, first }
  }

  return ({ paper, fields }) => {
    best.fill(0)
    const title = look(fields[0], 0)
    let together = (TOGETHER[0] as number) * togetherness(places)
    look(fields[1], 1)
    together = Math.max(together, (TOGETHER[1] as number) * togetherness(places))
    look(fields[2], 2)
    together = Math.max(together, (TOGETHER[2] as number) * togetherness(places))
    for (const slot of hits.initials(fields[2].text))
      best[slot] = Math.max(best[slot] as number, INITIAL * FIELD_WEIGHT[2])
    let coverage = 0
    for (let slot = 0; slot < slots.length; slot++)
      coverage += ((slots[slot] as Slot).weight * (best[slot] as number)) / total
    // Spaces are no letters: a title that is hit whole has about a sixth of them.
    const told = Math.min(1, (1.15 * title.letters) / Math.max(1, fields[0].end))
    const votes = Math.min(1, Math.log1p(Math.max(0, paper.upvotes)) / Math.log(1000))
    const years = paper.day === '' ? 20 : Math.max(0, (now - Date.parse(paper.day)) / YEAR)
    return (
      coverage +
      together +
      WHOLE_TITLE * told * coverage +
      (title.first < 0 ? 0 : EARLY / (1 + title.first / 8)) +
      UPVOTES * votes +
      RECENT * Math.max(0, 1 - years / 10)
    )
  }
}

/** What a query's words look like in folded texts, and what each that is found there means for the query. */
function createHits(slots: readonly Slot[]) {
  const whole = new Map<string, Hit[]>()
  const beginnings: (Hit & { word: string })[] = []
  for (const [slot, { meanings }] of slots.entries()) {
    for (const { word, kind } of meanings) {
      const hit = { slot, value: KIND_WEIGHT[kind] }
      if (kind === 'prefix') beginnings.push({ word, ...hit })
      else whole.set(word, [...(whole.get(word) ?? []), hit])
    }
  }
  // Words hold letters and digits only, so nothing in them needs escaping.
  const longestFirst = (words: Iterable<string>) =>
    [...new Set(words)].sort((a, b) => b.length - a.length).join('|')
  const alternatives = [
    ...(whole.size > 0 ? [`(?:${longestFirst(whole.keys())})(?!${LETTER})`] : []),
    ...(beginnings.length > 0 ? [longestFirst(beginnings.map(({ word }) => word))] : []),
  ]
  const letters = new Map<string, number[]>()
  for (const [slot, { typed }] of slots.entries())
    if (/^[a-z]/.test(typed)) letters.set(typed[0] ?? '', [...(letters.get(typed[0] ?? '') ?? []), slot])
  const initial = new RegExp(`(?<!${LETTER})[${[...letters.keys()].join('') || '-'}](?:${LETTER}?)`, 'g')
  return {
    pattern: new RegExp(
      alternatives.length > 0 ? `(?<!${LETTER})(?:${alternatives.join('|')})` : '(?!)',
      'g',
    ),
    of(found: string, text: string, at: number): readonly Hit[] {
      const exact = whole.get(found)
      if (beginnings.length === 0) return exact ?? []
      const begun = beginnings.filter(({ word }) => text.startsWith(word, at))
      return exact ? [...exact, ...begun] : begun
    },
    /** J. Smith for John Smith, and the other way round: the words of the query that a name's beginning may be. */
    initials(names: string): Set<number> {
      const found = new Set<number>()
      for (const [match] of names.matchAll(initial))
        for (const slot of letters.get(match[0] ?? '') ?? [])
          if (match.length === 1 || slots[slot]?.typed.length === 1) found.add(slot)
      return found
    },
  }
}

/** How much of a query's word pairs stand side by side in order (1 each), or near each other (less), 0 to 1. */
function togetherness(places: readonly (readonly number[])[]): number {
  if (places.length < 2) return 0
  let sum = 0
  for (let slot = 1; slot < places.length; slot++) {
    const here = places[slot] as readonly number[]
    const before = places[slot - 1] as readonly number[]
    let best = 0
    for (let at = 0; at < here.length; at += 2)
      for (let other = 0; other < before.length; other += 2) {
        const on = (here[at] as number) - (before[other + 1] as number)
        const back = (before[other] as number) - (here[at + 1] as number)
        if (on > 0 && on <= 2) best = 1
        else if (on > 0 && on <= NEAR) best = Math.max(best, 0.7 / Math.sqrt(1 + on / 8))
        else if (back > 0 && back <= NEAR) best = Math.max(best, 0.5 / Math.sqrt(1 + back / 8))
      }
    sum += best
  }
  return sum / (places.length - 1)
}
