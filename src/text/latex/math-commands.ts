// The commands of mathematics.

import {
  ARROWS,
  ATOMS,
  BINOMIALS,
  FENCES,
  FRACTIONS,
  GRIDS,
  SETTINGS,
  SHAPES,
  SILENT,
  SPACES,
  takesArgument,
  WITH_COLUMNS,
  WORDS,
} from './commands.ts'
import { markOf } from './letters.ts'
// Commands have formulas in them, and formulas commands; and words too: their readers need each other.
import { hasArgument, readArgument, readInside, readRows } from './math.ts'
import { proseText } from './prose.ts'
import {
  type Cursor,
  MAX_DEPTH,
  matches,
  skipSpace,
  take,
  takeCommand,
  takeGroup,
  takeRaw,
  takeUnknown,
  within,
} from './source.ts'
import { atomOf, signOf } from './symbols.ts'
import { group, type MathNode, onlyNode, sign } from './tree.ts'
import { readWordCommand } from './word-commands.ts'

/** The command at the cursor; null where there is nothing to see. `before` is what stands before it. */
export function readCommand(cursor: Cursor, before: MathNode | null): MathNode | null {
  const start = cursor.at
  const name = takeCommand(cursor)
  if (cursor.depth > MAX_DEPTH) return sign(`\\${name}`)
  if (takesArgument(name) && !hasArgument(cursor)) return sign(`\\${name}`)

  const shape = SHAPES.get(name)
  if (shape !== undefined) return { kind: 'shape', shape, nodes: readArgument(cursor) }
  const mark = markOf(name)
  if (mark) return { kind: 'marked', mark, nodes: readArgument(cursor) }
  const width = SPACES.get(name) ?? (/^\s/.test(name) ? 1 : undefined)
  if (width !== undefined) return { kind: 'space', width }
  const atom = ATOMS.get(name)
  if (atom !== undefined) {
    take(cursor, /\*/y)
    return group(readArgument(cursor), atom)
  }
  if (WORDS.has(name)) return readText(cursor, name)
  if (FRACTIONS.has(name))
    return { kind: 'fraction', over: readArgument(cursor), under: readArgument(cursor) }
  if (BINOMIALS.has(name)) return binomial(readArgument(cursor), readArgument(cursor))
  const fences = FENCES.get(name)
  if (fences) return { kind: 'fenced', open: fences[0], nodes: readArgument(cursor), close: fences[1] }
  const arrow = ARROWS.get(name)
  if (arrow) return readArrow(cursor, arrow)
  if (SETTINGS.has(name)) {
    take(cursor, /\*/y)
    takeRaw(cursor)
    return name === 'hspace' ? { kind: 'space', width: 1 } : null
  }

  switch (name) {
    case 'left':
      return readFenced(cursor, start)
    case 'begin':
      return readEnvironment(cursor, start)
    case 'sqrt':
      return readRoot(cursor)
    case 'overset':
    case 'stackrel':
      return readStacked(cursor, 'above')
    case 'underset':
      return readStacked(cursor, 'below')
    case 'not':
      return readNot(cursor)
    case 'pmod':
    case 'pod':
      return { kind: 'fenced', open: ' (mod ', nodes: readArgument(cursor), close: ')' }
    case 'bmod':
    case 'mod':
      return { kind: 'words', text: ' mod ' }
    case 'tag':
      take(cursor, /\*/y)
      return { kind: 'words', text: `  (${takeRaw(cursor) ?? ''})` }
    case 'deg':
      // `45\deg` is an angle, `\deg f` a degree.
      if (before?.kind === 'sign' && /\d$/.test(before.text)) return sign('°')
  }
  if (SILENT.has(name)) return null
  const known = signOf(name)
  if (known) return { kind: 'sign', ...known }
  if (name === '|') return sign('‖', 'free')
  if (/^[^a-zA-Z]/.test(name)) return sign(name, atomOf(name))
  cursor.at = start
  const words = readWordCommand(cursor)
  return words === null ? readUnknown(cursor) : { kind: 'words', text: words }
}

/** A macro of the paper's own: its name says most about it; what it does with arguments nobody knows. */
function readUnknown(cursor: Cursor): MathNode {
  const source = takeUnknown(cursor)
  return { kind: 'words', text: /^\\([a-zA-Z]+)(?:\{\s*\})?$/.exec(source)?.[1] ?? source }
}

function readText(cursor: Cursor, name: string): MathNode {
  const braces = takeGroup(cursor)
  if (!braces) return group(readArgument(cursor))
  const words: MathNode = { kind: 'words', text: proseText(braces) }
  // A letter or two are vectors and matrices; more are words, which read better as they are.
  return name === 'textbf' && /^(?:(?:\p{L}\p{M}*){1,2}|\d)$/u.test(words.text)
    ? { kind: 'shape', shape: 'bold', nodes: [words] }
    : words
}

export function binomial(over: MathNode[], under: MathNode[]): MathNode {
  return {
    kind: 'fenced',
    open: '(',
    nodes: [...over, { kind: 'words', text: ' choose ' }, ...under],
    close: ')',
  }
}

function readRoot(cursor: Cursor): MathNode {
  const start = cursor.at
  const degree = take(cursor, /\s*\[([^\]{}]{1,20})\]/y)
  const inside = within(cursor, start + (degree?.[0].indexOf('[') ?? 0) + 1, cursor.at - 1)
  return { kind: 'root', degree: degree ? readInside(inside) : [], nodes: readArgument(cursor) }
}

/** A sign with something small over or under it. */
function readStacked(cursor: Cursor, place: 'above' | 'below'): MathNode {
  const small = readArgument(cursor)
  const nodes = readArgument(cursor)
  const base = onlyNode(nodes) ?? group(nodes)
  return { kind: 'scripts', base, below: [], above: [], [place]: small }
}

function readNot(cursor: Cursor): MathNode {
  const nodes = readArgument(cursor)
  const only = onlyNode(nodes)
  return only?.kind === 'sign'
    ? sign(`${only.text}\u0338`.normalize('NFC'), only.atom)
    : group([sign('¬'), ...nodes])
}

/** An arrow with words on it. */
function readArrow(cursor: Cursor, [start, end]: readonly [string, string]): MathNode {
  const below = take(cursor, /\s*\[[^\]{}]{0,40}\]/y)?.[0].trim() ?? ''
  return group([sign(start), ...readArgument(cursor), sign(end + below)], 'relation')
}

function readFenced(cursor: Cursor, start: number): MathNode | null {
  const closer = cursor.source.closers.get(start)
  if (closer === undefined || closer >= cursor.end) {
    take(cursor, /\s*\./y)
    return null
  }
  const inside = within(cursor, cursor.at, closer)
  const open = readDelimiter(inside)
  const nodes = readInside(inside)
  cursor.at = closer + '\\right'.length
  return { kind: 'fenced', open, nodes, close: readDelimiter(cursor) }
}

function readDelimiter(cursor: Cursor): string {
  skipSpace(cursor)
  if (cursor.at >= cursor.end) return ''
  if (matches(cursor, /\\/y)) {
    const name = takeCommand(cursor)
    return name === '|' ? '‖' : (signOf(name)?.text ?? (/^[a-zA-Z]/.test(name) ? `\\${name}` : name))
  }
  const [character = ''] = take(cursor, /[\s\S]/uy) ?? []
  return ({ '.': '', '<': '⟨', '>': '⟩' } as Record<string, string>)[character] ?? character
}

function readEnvironment(cursor: Cursor, start: number): MathNode {
  const { text, closers } = cursor.source
  const name = take(cursor, /\s*\{([^{}\s*]*)\*?\}/y)?.[1] ?? ''
  const closer = closers.get(start)
  if (closer === undefined || closer >= cursor.end)
    return { kind: 'words', text: text.slice(start, cursor.at) }
  const inside = within(cursor, cursor.at, closer)
  cursor.at = closer
  take(cursor, /\\end\s*\{[^{}]*\}/y)
  const grid = GRIDS.get(name)
  if (!grid || inside.depth > MAX_DEPTH) return { kind: 'words', text: text.slice(start, cursor.at) }
  if (WITH_COLUMNS.has(name)) {
    take(inside, /\s*\[[a-z]*\]/y)
    takeRaw(inside)
  }
  const rows = readRows(inside)
  return { kind: 'grid', grid, rows: name === 'eqnarray' ? rows.map(inPairs) : rows }
}

/** A row of `eqnarray`, which has its relation in a cell of its own, as rows are aligned elsewhere. */
const inPairs = ([left = [], relation = [], right = [], ...more]: readonly MathNode[][]): MathNode[][] => [
  left,
  [...relation, ...right],
  ...more,
]
