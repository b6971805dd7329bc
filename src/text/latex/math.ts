// LaTeX's mathematics → a tree. Every text is a formula: what is not understood becomes a sign that shows its source.

import { ALIGNED, DECLARATIONS, INFIXES } from './commands.ts'
// Commands have formulas in them, and formulas commands: their readers need each other.
import { binomial, readCommand } from './math-commands.ts'
import {
  type Cursor,
  MAX_DEPTH,
  matches,
  peekCommand,
  rest,
  skipSpace,
  take,
  takeCommand,
  takeGroup,
} from './source.ts'
import { atomOf } from './symbols.ts'
import { group, type MathNode, type Shape, sign } from './tree.ts'

/** All that the cursor has before it. Rows and columns without an environment are aligned lines. */
export function readMath(cursor: Cursor): MathNode[] {
  const rows = readRows(cursor)
  const [[cell = []] = []] = rows
  return rows.length === 1 && rows[0]?.length === 1 ? cell : [{ kind: 'grid', grid: ALIGNED, rows }]
}

/** The next part of a formula, with its scripts, as it may stand bare among words; null where there is nothing to see. */
export function readBareMath(cursor: Cursor): MathNode | null {
  const node = matches(cursor, BARE_SCRIPT) ? null : readNode(cursor, null)
  return matches(cursor, BARE_SCRIPT) ? readScripts(cursor, node, BARE_SCRIPT) : node
}

const ROW_END = /\\(?:\\|cr(?![a-zA-Z])|newline(?![a-zA-Z]))\*?(?:\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\])?/y

/** Rows of cells. */
export function readRows(cursor: Cursor): MathNode[][][] {
  const rows: MathNode[][][] = [[]]
  for (;;) {
    rows.at(-1)?.push(readCell(cursor))
    if (cursor.at >= cursor.end) break
    if (take(cursor, /&/y) === null) {
      take(cursor, ROW_END)
      rows.push([])
    }
  }
  // The last row often ends like those before it.
  const last = rows.at(-1)
  if (rows.length > 1 && last?.length === 1 && last[0]?.length === 0) rows.pop()
  return rows
}

function readCell(cursor: Cursor): MathNode[] {
  let nodes: MathNode[] = []
  // What stands before an infix, and before a declaration like `\bf`: both hold for the rest of the cell.
  let infix: { readonly name: string; readonly over: MathNode[] } | null = null
  let declaration: { readonly shape: Shape; readonly before: MathNode[] } | null = null
  const endDeclaration = () => {
    if (declaration) {
      declaration.before.push({ kind: 'shape', shape: declaration.shape, nodes })
      nodes = declaration.before
    }
    declaration = null
  }
  let spaced = false
  for (;;) {
    const from = cursor.at
    skipSpace(cursor)
    spaced ||= cursor.at > from
    const character = cursor.source.text[cursor.at] ?? ''
    if (cursor.at >= cursor.end || character === '&') break
    if (character === '\\' && matches(cursor, ROW_END)) break
    const name = character === '\\' ? peekCommand(cursor) : ''
    const shape = DECLARATIONS.get(name)
    if (shape !== undefined) {
      takeCommand(cursor)
      endDeclaration()
      declaration = { shape, before: nodes }
      nodes = []
    } else if (infix === null && INFIXES.has(name)) {
      takeCommand(cursor)
      endDeclaration()
      infix = { name, over: nodes }
      nodes = []
    } else if (/[\^_'’]/.test(character) && matches(cursor, SCRIPT)) {
      const stands = !['space', 'scripts', undefined].includes(nodes.at(-1)?.kind)
      nodes.push(readScripts(cursor, stands ? (nodes.pop() ?? null) : null))
    } else {
      const node = readNode(cursor, nodes.at(-1) ?? null)
      if (!node) continue
      nodes.push(spaced ? { ...node, spaced } : node)
      spaced = false
    }
  }
  endDeclaration()
  if (infix === null) return nodes
  switch (infix.name) {
    case 'over':
      return [{ kind: 'fraction', over: infix.over, under: nodes }]
    case 'choose':
      return [binomial(infix.over, nodes)]
    default:
      return [{ kind: 'grid', grid: ALIGNED, rows: [[infix.over], [nodes]] }]
  }
}

const SCRIPT = /\s*(?:[\^_](?!\s*(?:[\^_&$}]|$))|['’])/y
// Among words a space ends a formula, and an apostrophe is one.
const BARE_SCRIPT = /[\^_](?=[\p{L}\p{N}{\\*+−-])/uy

/** Scripts and primes, with what they stand on. */
function readScripts(cursor: Cursor, base: MathNode | null, script = SCRIPT): MathNode {
  const below: MathNode[] = []
  const above: MathNode[] = []
  while (matches(cursor, script)) {
    skipSpace(cursor)
    const primes = take(cursor, /['’]+/y)
    if (primes) above.push(sign('′'.repeat(primes[0].length)))
    else {
      const place = take(cursor, /_/y) ? below : above
      take(cursor, /\^/y)
      for (const node of readArgument(cursor)) place.push(node)
    }
  }
  const node: MathNode = { kind: 'scripts', base, below, above }
  return base?.spaced ? { ...node, spaced: true } : node
}

/** An argument: what stands in braces, or the next thing. */
export function readArgument(cursor: Cursor): MathNode[] {
  const braces = takeGroup(cursor)
  if (braces) return readInside(braces)
  skipSpace(cursor)
  if (cursor.at >= cursor.end || matches(cursor, /[&^_]/y) || matches(cursor, ROW_END)) return []
  const digit = take(cursor, /\d/y)
  if (digit) return [sign(digit[0])]
  cursor.depth++
  const node = readNode(cursor, null)
  cursor.depth--
  return node ? [node] : []
}

/** Whether anything comes that could be an argument. */
export function hasArgument(cursor: Cursor): boolean {
  const { at } = cursor
  skipSpace(cursor)
  const there = cursor.at < cursor.end && !matches(cursor, /&/y) && !matches(cursor, ROW_END)
  cursor.at = at
  return there
}

/** What a cursor within has before it; its source where it stands too deep. */
export function readInside(cursor: Cursor): MathNode[] {
  return cursor.depth > MAX_DEPTH ? [sign(rest(cursor))] : readMath(cursor)
}

const TOKEN = /\d+(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)*|:=|[\s\S]\p{M}*/uy

/** The next thing; null where there is nothing to see. The cursor moves on in any case. */
function readNode(cursor: Cursor, before: MathNode | null): MathNode | null {
  const character = cursor.source.text[cursor.at] ?? ''
  if (character === '\\') return readCommand(cursor, before)
  const braces = character === '{' ? takeGroup(cursor) : null
  if (braces) return group(readInside(braces))
  const [token = ''] = take(cursor, TOKEN) ?? take(cursor, /[\s\S]/y) ?? []
  if (token === '~') return { kind: 'space', width: 1 }
  return sign(token === '-' ? '−' : token, atomOf(token))
}
