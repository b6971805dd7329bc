// A formula on one line: scripts as raised and lowered letters, fractions with a stroke.

import { inAlphabet, lowered, marked, raised } from './letters.ts'
import { gapsOf, type Item, multiplies, openingBars, type Piece, settleSigns, wordsAmong } from './spacing.ts'
import { signOf } from './symbols.ts'
import { type Grid, type GridRow, type MathNode, onlyNode } from './tree.ts'

/** A node in its row: its text, and how many spaces stand before it. */
export interface Placed {
  readonly node: MathNode
  readonly text: string
  readonly gap: number
}

/** A formula on one line; `tight` leaves no spaces around operators, as in scripts. */
export const lineOf = (nodes: readonly MathNode[], tight = false): string => textOf(placed(nodes, tight))

export const textOf = (places: readonly Placed[]): string =>
  places.map(({ text, gap }) => ' '.repeat(gap) + text).join('')

/** The nodes of a row in their places. `goesOn` says that something stands before it, as in a cell of aligned lines. */
export function placed(nodes: readonly MathNode[], tight = false, goesOn = false): Placed[] {
  const items: Item[] = []
  const inWords = wordsAmong(nodes)
  let space = 0
  for (const [at, node] of nodes.entries()) {
    if (node.kind === 'space') space = Math.max(space, node.width)
    else {
      const piece = pieceOf(node, tight)
      items.push({ node, piece, atom: piece.atom, space, word: inWords.has(at) })
      space = 0
    }
  }
  settleSigns(items, goesOn)
  const gaps = gapsOf(items, tight, goesOn)
  const bars = openingBars(items)
  return items.map(({ node, piece }, at) => {
    const joined =
      piece.fraction &&
      (multiplies(items, at - 1, gaps[at] ?? 0, bars, 'before') ||
        multiplies(items, at + 1, gaps[at + 1] ?? 0, bars, 'behind'))
    return { node, text: joined ? `(${piece.text})` : piece.text, gap: gaps[at] ?? 0 }
  })
}

function pieceOf(node: MathNode, tight: boolean): Piece {
  switch (node.kind) {
    case 'sign':
      return node
    case 'space':
      return { text: ' '.repeat(node.width), atom: 'ordinary' }
    case 'words':
      return words(node.text)
    case 'group': {
      const only = onlyNode(node.nodes)
      if (node.atom === 'ordinary' && only) return { ...pieceOf(only, tight), atom: 'ordinary' }
      return { text: lineOf(node.nodes, tight), atom: node.atom }
    }
    case 'shape': {
      const only = onlyNode(node.nodes)
      const { text, atom } = only ? pieceOf(only, tight) : words(lineOf(node.nodes, tight))
      const { shape } = node
      return { text: shape === 'upright' || shape === 'italic' ? text : inAlphabet(text, shape), atom }
    }
    case 'scripts':
      return scripted(node.base, node.below, node.above, tight)
    case 'fraction':
      return { text: `${numerator(node.over)}/${denominator(node.under)}`, atom: 'ordinary', fraction: true }
    case 'root':
      return rooted(node.degree, node.nodes)
    case 'marked':
      return { text: marked(lineOf(node.nodes, true), node.mark), atom: 'ordinary' }
    case 'fenced': {
      const inner = lineOf(node.nodes, tight)
      const only = onlyNode(node.nodes)
      const text = only?.kind === 'grid' && node.open === '{' ? ` ${inner}` : inner
      return {
        text: node.open + text + node.close,
        atom: node.open === '' ? 'ordinary' : 'open',
        end: node.close === '' ? 'ordinary' : 'close',
      }
    }
    case 'grid':
      return gridded(node.grid, node.rows, tight)
  }
}

/** `\text{argmax}` and `\mathrm{log}` are functions as `\log` is. */
const words = (text: string): Piece => ({
  text,
  atom: signOf(text.replace(' ', ''))?.atom === 'function' ? 'function' : 'ordinary',
})

type Nodes = readonly MathNode[]

/** A sign alone in a superscript that is set as high without one. */
const HIGH: Readonly<Record<string, string>> = { '*': '*', '∗': '*', '∘': '°', '°': '°', '†': '†', '‡': '‡' }

function scripted(base: MathNode | null, below: Nodes, above: Nodes, tight: boolean): Piece {
  const piece: Piece = base ? pieceOf(base, tight) : { text: '', atom: 'ordinary' }
  const enclosed =
    piece.fraction ||
    base?.kind === 'root' ||
    (base?.kind === 'group' && base.atom === 'ordinary' && base.nodes.length > 1 && !isProduct(piece.text))
  const text = enclosed ? `(${piece.text})` : piece.text

  // `x_{1,}…` has a comma in its row, whoever wrote it lower.
  const last = below.at(-1)
  if (above.length === 0 && below.length > 1 && last?.kind === 'sign' && last.text === ',') {
    const inner = scripted(base, below.slice(0, -1), above, tight)
    return { text: `${inner.text},`, atom: piece.atom, end: 'punctuation' }
  }

  const { low, high, plainLow, plainHigh, primes } = scriptForms(below, above)
  const ends = { atom: piece.atom, ...(piece.end ? { end: piece.end } : {}) }
  if (high !== null && low !== null) return { text: text + low + primes + high, loose: high === '*', ...ends }
  // Raised letters right behind a plain subscript would belong to it; limits stay in their order.
  const script =
    high !== null && piece.atom !== 'large'
      ? primes + high + plainLow
      : (low ?? plainLow) + primes + plainHigh
  return { text: text + script, loose: !/[){]$/.test(script), ...ends }
}

/** Scripts as small letters, null where Unicode has not all of them, and as plain text. */
function scriptForms(below: Nodes, above: Nodes) {
  const isPrime = (node: MathNode) => node.kind === 'sign' && /^′+$/.test(node.text)
  const raisedNodes = above.filter((node) => !isPrime(node))
  const primes = above.filter(isPrime).reduce((sum, node) => sum + pieceOf(node, true).text.length, 0)
  const aboveText = lineOf(raisedNodes, true)
  const belowText = lineOf(below, true)
  return {
    low: lowered(thin(belowText)),
    high: Object.hasOwn(HIGH, aboveText) ? (HIGH[aboveText] ?? null) : raised(thin(aboveText)),
    plainLow: belowText === '' ? '' : `_${enclose(belowText, below)}`,
    plainHigh: aboveText === '' ? '' : `^${enclose(aboveText, raisedNodes)}`,
    primes: ['', '′', '″', '‴', '⁗'][primes] ?? '′'.repeat(primes),
  }
}

/** Bold digits as plain ones: small ones are not bold. */
const thin = (text: string): string =>
  text.replace(/[\u{1d7ce}-\u{1d7d7}]/gu, (digit) => digit.normalize('NFKC'))

/** A subscript and a superscript that stand apart from each other. */
export function scriptText(below: Nodes, above: Nodes): [below: string, above: string] {
  const { low, high, plainLow, plainHigh, primes } = scriptForms(below, above)
  return [low ?? plainLow, primes + (high ?? plainHigh)]
}

const SIGNS = /[\s+−±∓⋅·×∗=<>≤≥≠≈∼∈→,;/|…⋯]/

/** Whether a text has no signs between its parts but those in brackets. */
const isProduct = (text: string): boolean =>
  !SIGNS.test(text.replace(/^−/, '').replace(/\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}|⟨[^⟨⟩]*⟩/g, ''))

/** Whether a text is in one pair of brackets as a whole, but for scripts behind them. */
function isEnclosed(text: string): boolean {
  const [, inside = ''] = /^\(([\s\S]*)\)[\u2070-\u209f²³¹]*$/.exec(text) ?? []
  let depth = 0
  for (const character of inside) {
    if (character === '(') depth++
    else if (character === ')' && --depth < 0) return false
  }
  return (
    inside !== '' || /^(?:⟨[^⟨⟩]*⟩|\[[^[\]]*\]|\|{1,2}[^|]*\|{1,2}|‖[^‖]*‖)[\u2070-\u209f²³¹]*$/.test(text)
  )
}

// Several small letters in a row are a name rather than a product.
const isName = (text: string): boolean => /^\p{L}\p{Ll}{2,}$/u.test(text)

/** A script that has no letters of its own: in brackets but where it is one sign or one word. */
function enclose(text: string, nodes: Nodes): string {
  const only = onlyNode(nodes)
  const word =
    only !== null && (only.kind === 'words' || only.kind === 'shape') && /^[\p{L}\p{N}\p{M}]+$/u.test(text)
  return word || isName(text) || /^(?:\([^()]*\)|\[[^[\]]*\])$/.test(text) || /^.\p{M}*$/u.test(text)
    ? text
    : `(${text})`
}

function numerator(nodes: Nodes): string {
  const text = lineOf(nodes, true)
  return isProduct(text) || isEnclosed(text) ? text : `(${text})`
}

function denominator(nodes: Nodes): string {
  const text = lineOf(nodes, true)
  const [first, ...others] = nodes
  // `dx` and `∂x` are one thing.
  const one = first && others.length > 0 && /^[d∂]$/.test(lineOf([first], true)) ? others : nodes
  return isEnclosed(text) || (isFactor(one) && isProduct(text)) ? text : `(${text})`
}

/** Whether nothing can come between the parts of a row: one letter, one number, one word. */
function isFactor(nodes: Nodes): boolean {
  const only = onlyNode(nodes)
  return only !== null && only.kind !== 'group' && only.kind !== 'fraction' && only.kind !== 'grid'
}

const ROOTS: Readonly<Record<string, string>> = { '': '√', '2': '√', '3': '∛', '4': '∜' }

function rooted(degree: Nodes, nodes: Nodes): Piece {
  const text = lineOf(nodes, true)
  const degreeText = lineOf(degree, true)
  const root = Object.hasOwn(ROOTS, degreeText)
    ? ROOTS[degreeText]
    : `${raised(degreeText) ?? `(${degreeText})`}√`
  const only = onlyNode(nodes)
  const bare =
    isEnclosed(text) ||
    (isFactor(nodes) && !(only?.kind === 'scripts' && only.above.length > 0) && isProduct(text))
  return { text: `${root}${bare ? text : `(${text})`}`, atom: 'ordinary', loose: bare && !isEnclosed(text) }
}

function gridded(grid: Grid, rows: readonly GridRow[], tight: boolean): Piece {
  if (grid.kind === 'lines') return { text: linesText(rows, tight), atom: 'ordinary' }
  const cells = rows.map((row) => row.map((cell) => lineOf(cell, tight || grid.kind === 'matrix')))
  const separator =
    grid.kind === 'matrix' && cells.some((row) => row.some((cell) => cell.includes(' '))) ? ', ' : ' '
  const text = cells.map((row) => row.join(separator).trim()).join('; ')
  const open = grid.kind === 'cases' && grid.open !== '' ? `${grid.open} ` : grid.open
  const close = grid.kind === 'cases' && grid.close !== '' ? ` ${grid.close}` : grid.close
  return {
    text: open + text + close,
    atom: grid.open === '' ? 'ordinary' : 'open',
    end: grid.close === '' ? 'ordinary' : 'close',
  }
}

/**
 * The spaces between a cell of aligned lines and the next: those that its source ends with, and one where words would
 * run together.
 */
export function spacesBetween(left: Nodes, leftText: string, rightText: string): number {
  const last = left.at(-1)
  const asked = last?.kind === 'space' ? last.width : 0
  const touches = leftText !== '' && /^[\p{L}\p{N}]/u.test(rightText)
  return touches ? Math.max(1, asked) : asked
}

const GOES_ON = /^[=<>≤≥≈∼≡⊆⊂∈→⇒+−×·]/

/** Aligned lines one after another: with a semicolon where a new formula begins. */
function linesText(rows: readonly GridRow[], tight: boolean): string {
  const lines: string[] = []
  for (const row of rows) {
    const cells = row.map((cell, at) => textOf(placed(cell, tight, at > 0)))
    const line = cells
      .map((cell, at) => {
        const before = row[at - 1]
        return before ? ' '.repeat(spacesBetween(before, cells[at - 1] ?? '', cell)) + cell : cell
      })
      .join('')
      .trim()
    if (line === '') continue
    // The last line alone: to look at the end of a text that grows takes quadratic time.
    const before = lines.at(-1)
    if (before !== undefined)
      lines.push(/[,;:.]$/.test(before) || GOES_ON.test(line) ? ' ' : tight ? ', ' : '; ')
    lines.push(line)
  }
  return lines.join('')
}
