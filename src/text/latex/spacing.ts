// The spaces of a formula, by TeX's rules for what stands beside what. LaTeX ignores the spaces of its source, and so
// do we but where they part words.

import type { Atom } from './symbols.ts'
import type { MathNode } from './tree.ts'

/** A node as text, and what its neighbours must know. */
export interface Piece {
  readonly text: string
  readonly atom: Atom
  /** How its end stands to what follows, where that is not how its beginning does. */
  readonly end?: Atom
  /** Whether a letter or digit right behind would be taken for a part of it: `x_θ`, `√2`. */
  readonly loose?: boolean
  /** Whether its neighbours would be taken for a part of it. */
  readonly fraction?: boolean
}

/** A part of a row. */
export interface Item {
  readonly node: MathNode
  piece: Piece
  atom: Atom
  /** Spaces that the source asks for. */
  readonly space: number
  /** Whether it is a part of a word. */
  readonly word: boolean
}

/** Makes plain signs of those that stand between nothing and something (−1, +x, 2×), and hyphens of those in words. */
export function settleSigns(items: Item[], goesOn: boolean): void {
  // Bars open and close by turns.
  let bars = 0
  for (const [at, item] of items.entries()) {
    if (/^[|‖]$/.test(item.piece.text)) bars++
    if (item.atom !== 'binary') continue
    const before = items[at - 1]
    const next = items[at + 1]
    const opened = before && bars % 2 === 1 && /^[|‖]$/.test(before.piece.text)
    const begins = before
      ? opened || /binary|relation|open|punctuation|large|function/.test(endOf(before))
      : !goesOn
    const ends = !next || /relation|close|punctuation/.test(next.piece.atom)
    if (begins || ends) item.atom = 'ordinary'
    else if (before && item.piece.text === '−' && !item.node.spaced && !next.node.spaced) {
      const joinsWords = isName(before.node) && isName(next.node)
      if (joinsWords) item.piece = { text: '-', atom: 'ordinary' }
      // Two numbers are more often a range than a difference.
      const joinsNumbers = /^\d/.test(before.piece.text) && /^\d/.test(next.piece.text)
      if (joinsWords || joinsNumbers) item.atom = 'ordinary'
    }
  }
}

const isName = (node: MathNode): boolean =>
  node.kind === 'words' || (node.kind === 'shape' && node.shape === 'upright')

const endOf = ({ piece, atom }: Item): Atom => piece.end ?? atom

const isSign = (text: string) => /^[−+±∓]$/.test(text)

const isNumber = (text: string) => /^[\d.−+∞]/.test(text)

// So many parts have signs like `>95%`; longer ones are formulas that go on from another line.
const FEW = 4

const isArrow = (text: string) => /[\u2190-\u21ff\u27f0-\u27ff]/.test(text)

/** The places of the bars that open: they open and close by turns, several in a row as one. */
export function openingBars(items: readonly Item[]): ReadonlySet<number> {
  const opening = new Set<number>()
  let isOpen = false
  for (const [at, item] of items.entries()) {
    if (!isBar(item)) continue
    const before = items[at - 1]
    if (before === undefined || !isBar(before)) isOpen = !isOpen
    if (isOpen) opening.add(at)
  }
  return opening
}

const isBar = ({ piece }: Item): boolean => /^[|‖]$/.test(piece.text)

/** Whether the part at a place, beside a fraction and so far from it, would be read as one with it. */
export function multiplies(
  items: readonly Item[],
  at: number,
  gap: number,
  bars: ReadonlySet<number>,
  side: 'before' | 'behind',
): boolean {
  const item = items[at]
  if (item === undefined || gap > 0) return false
  // A bar that closes stands before what it multiplies, one that opens behind it.
  if (side === 'behind') return /ordinary|open/.test(item.atom) || (isBar(item) && bars.has(at))
  if (isSign(item.piece.text)) return false
  return /ordinary|close/.test(endOf(item)) || (isBar(item) && !bars.has(at))
}

/** The number of spaces before each part. */
export function gapsOf(items: readonly Item[], tight: boolean, goesOn: boolean): number[] {
  const arrow = items.findLastIndex(({ piece }) => isArrow(piece.text))
  return items.map((item, at) => {
    const before = items[at - 1]
    if (!before) return goesOn && /binary|relation/.test(item.atom) ? 1 : 0
    // `f: A → B`
    const names = !tight && before.piece.text === ':' && at < arrow
    const wanted = names ? 1 : tight ? tightGap(before, item) : gap(items, at, before, item, goesOn)
    const spaces = Math.max(item.space, wanted)
    return / $/.test(before.piece.text) || item.piece.text.startsWith(' ') ? Math.max(0, spaces - 1) : spaces
  })
}

function gap(items: readonly Item[], at: number, before: Item, item: Item, goesOn: boolean): number {
  const left = endOf(before)
  const right = item.atom
  // Without its left or right side a relation is a sign in the sentence: `>5`, `n=`.
  if (right === 'relation') {
    if (left === 'relation' || left === 'open') return 0
    const next = items[at + 1]
    return next && next.atom !== 'close' ? 1 : spacedIn(item)
  }
  if (left === 'relation') {
    if (right === 'close' || right === 'punctuation') return spacedIn(item)
    const first = items[at - 2]
    const hasLeft = first ? endOf(first) !== 'open' : goesOn || items.length > FEW
    return hasLeft || isArrow(before.piece.text) || !isNumber(item.piece.text) ? 1 : 0
  }
  if (left === 'binary' || right === 'binary') return 1
  if (left === 'punctuation') return right === 'close' || right === 'punctuation' ? 0 : 1
  if (left === 'large') return right === 'close' || right === 'punctuation' ? 0 : 1
  if (left === 'free' || right === 'free') return spacedIn(item)
  return tightGap(before, item)
}

/** Between what is no operator there is space only where letters and numbers would run together. */
function tightGap(before: Item, item: Item): number {
  const left = endOf(before)
  const right = item.atom
  const touches = /^[\p{L}\p{N}]/u.test(item.piece.text)
  if (before.piece.loose && touches) return 1
  if (
    /open|free|binary|relation|punctuation/.test(left) ||
    /close|free|binary|relation|punctuation/.test(right)
  )
    return 0
  if (left === 'function') return right === 'open' ? 0 : 1
  if (left === 'large') return touches ? 1 : 0
  if (right === 'function' || right === 'large') return isSign(before.piece.text) ? 0 : 1
  const numbers = /\d$/.test(before.piece.text) && /^\d/.test(item.piece.text)
  return before.word || item.word || numbers ? spacedIn(item) : 0
}

const spacedIn = ({ node }: Item): number => (node.spaced ? 1 : 0)

/** The places in a row of letters that make words, as far as that can be seen: two or more without a space. */
export function wordsAmong(nodes: readonly MathNode[]): ReadonlySet<number> {
  const words = new Set<number>()
  let start = 0
  for (let at = 0; at <= nodes.length; at++) {
    const node = nodes[at]
    if (node && isName(node)) words.add(at)
    const letter = node && isLetter(node)
    if (letter && (at === start || !node.spaced)) continue
    if (at - start > 1) for (let place = start; place < at; place++) words.add(place)
    start = letter ? at : at + 1
  }
  return words
}

const isLetter = (node: MathNode): boolean =>
  node.kind === 'scripts'
    ? node.base?.kind === 'sign' && isLetter(node.base)
    : node.kind === 'sign' && /^[a-zA-Z]$/.test(node.text)
