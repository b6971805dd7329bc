// LaTeX as it is read: a source, what closes what in it, and a place to read at. What belongs together is found in one
// pass beforehand, so that reading never goes back and takes time in proportion to the text, whatever is unbalanced.

export interface Source {
  readonly text: string
  /** Where that is closed which opens at a place: `{` by `}`, `\begin` by its `\end`, `\left` by `\right`, `\(` by `\)`. */
  readonly closers: ReadonlyMap<number, number>
  /** The next dollar sign in the same braces. */
  readonly dollars: ReadonlyMap<number, number>
}

/** A part of a source that is being read, up to `end`; `depth` counts what it stands in. */
export interface Cursor {
  readonly source: Source
  at: number
  readonly end: number
  depth: number
}

/** Deeper than anybody writes; it bounds the recursion. What stands deeper is shown as its source. */
export const MAX_DEPTH = 50

const DELIMITERS = /\\(?:begin|end)\s*\{([^{}\s]{1,40})\}|\\(?:left|right)(?![a-zA-Z])|\\[\s\S]|[{}$]/g

interface Open {
  readonly at: number
  /** `{`, `\left` or the name of an environment. */
  readonly what: string
}

/** A source, and what closes what in it. */
export function readSource(text: string): Source {
  const closers = new Map<number, number>()
  const dollars = new Map<number, number>()
  const open: Open[] = []
  let braces = 0
  /** Where the last `\(` and `\[` is that nothing has closed. */
  const formulas = new Map<string, number>()
  // The last dollar sign in each pair of braces around here, -1 where there is none yet.
  const lastDollars = [-1]
  for (const { 0: token, 1: name = '', index } of text.matchAll(DELIMITERS)) {
    if (token === '{') {
      open.push({ at: index, what: token })
      lastDollars.push(-1)
      braces++
    } else if (token === '}') {
      if (braces === 0) continue
      // What was left open within the braces stays so.
      let last = open.pop()
      while (last && last.what !== '{') last = open.pop()
      if (last) closers.set(last.at, index)
      lastDollars.pop()
      braces--
    } else if (token === '$') {
      const last = lastDollars.at(-1) ?? -1
      if (last >= 0) dollars.set(last, index)
      lastDollars[lastDollars.length - 1] = index
    } else if (token === '\\(' || token === '\\[') {
      formulas.set(token, index)
    } else if (token === '\\)' || token === '\\]') {
      const opener = token === '\\)' ? '\\(' : '\\['
      closers.set(formulas.get(opener) ?? -1, index)
      formulas.delete(opener)
    } else if (token === '\\left' || token.startsWith('\\begin')) {
      open.push({ at: index, what: name || token })
    } else if (token === '\\right' || token.startsWith('\\end')) {
      const what = name || '\\left'
      if (name) while (open.at(-1)?.what === '\\left') open.pop()
      if (open.at(-1)?.what === what) closers.set(open.pop()?.at ?? -1, index)
    }
  }
  return { text, closers, dollars }
}

/** A cursor over what stands between two places of the source that another one is reading. */
export const within = ({ source, depth }: Cursor, start: number, end: number): Cursor => ({
  source,
  at: start,
  end,
  depth: depth + 1,
})

export function skipSpace(cursor: Cursor): void {
  while (cursor.at < cursor.end && /\s/.test(cursor.source.text[cursor.at] ?? '')) cursor.at++
}

/** Where the thing closes that opens here, or null where it does not within the part that is read. */
export function closerHere({ source, at, end }: Cursor): number | null {
  const closer = source.closers.get(at)
  return closer !== undefined && closer < end ? closer : null
}

/** What the expression matches right here; it must be sticky. The cursor moves behind it. */
export function take(cursor: Cursor, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = cursor.at
  const match = expression.exec(cursor.source.text)
  if (match === null || expression.lastIndex > cursor.end) return null
  cursor.at = expression.lastIndex
  return match
}

/** Whether the expression matches right here; it must be sticky. */
export function matches(cursor: Cursor, expression: RegExp): boolean {
  const { at } = cursor
  const match = take(cursor, expression)
  cursor.at = at
  return match !== null
}

/** A command at the cursor, which stands on its backslash: a name of letters, or one character; empty at the end. */
export function takeCommand(cursor: Cursor): string {
  const command = take(cursor, /\\([a-zA-Z]+|[\s\S])/y)
  if (command === null) cursor.at++
  return command?.[1] ?? ''
}

/** The name of the command at the cursor, empty where there is none. */
export function peekCommand(cursor: Cursor): string {
  const { at } = cursor
  const name = takeCommand(cursor)
  cursor.at = at
  return name
}

/** An argument in braces, after white space: a cursor over what is in them, or null where there is none. */
export function takeGroup(cursor: Cursor): Cursor | null {
  const { at } = cursor
  skipSpace(cursor)
  const closer = cursor.source.text[cursor.at] === '{' ? closerHere(cursor) : null
  if (closer === null) {
    cursor.at = at
    return null
  }
  const group = within(cursor, cursor.at + 1, closer)
  cursor.at = closer + 1
  return group
}

/** What the cursor still has before it, as it stands in the source. */
export const rest = ({ source, at, end }: Cursor): string => source.text.slice(at, end)

/** An argument in braces as it stands in the source, or null. */
export function takeRaw(cursor: Cursor): string | null {
  const group = takeGroup(cursor)
  return group && rest(group)
}

const ENVIRONMENT = /\s*\{[^{}\s]{1,40}\}/y
const DEFINITIONS = /^(?:def|gdef|edef|let|newcommand|renewcommand|DeclareMathOperator)$/

/** A command that is not known, as it stands in the source: its name and all that is in braces right behind it. */
export function takeUnknown(cursor: Cursor): string {
  const start = cursor.at
  const name = takeCommand(cursor)
  if (name === 'begin' || name === 'end') take(cursor, ENVIRONMENT)
  // What is defined goes with its definition; nothing is ever expanded.
  if (DEFINITIONS.test(name)) take(cursor, /\*?\\[a-zA-Z]+/y)
  while (cursor.source.text[cursor.at] === '{' && takeGroup(cursor));
  return cursor.source.text.slice(start, cursor.at) || '\\'
}
