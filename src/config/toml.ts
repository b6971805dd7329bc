// The configuration's text as TOML: what of it can be read, and on which line things stand.

import { parse, TomlError } from 'smol-toml'

/** A place in the file: line and column, both from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Takes what is wrong and where, if that is known. */
export type Complain = (place: Place | null, problem: string) => void
export type Table = Record<string, unknown>

// A line that begins a statement: `[section]`, `name = …`, `"name" = …`.
const STATEMENT = /^\s*(?:\[{1,2}[\w\s.-]+\]{1,2}\s*(?:#.*)?$|[\w.-]+\s*=|"[^"]*"\s*=)/
/** More mistakes than these are no configuration. */
const MAX_MISTAKES = 20

/** The whole file as TOML or, where that cannot be read, all statements of it that can. */
export function parseWhatCan(lines: readonly string[], complain: Complain): Table {
  const left = [...lines]
  if (mistakeIn(left) === null) return parse(left.join('\n'))
  const begins = left.flatMap((line, at) => (at > 0 && STATEMENT.test(line) ? [at] : []))
  const starts = [0, ...begins, left.length]
  const leaveOut = (start: number, { line, column, why }: Mistake) => {
    const end = starts.find((next) => next > start) ?? left.length
    complain(
      { line, column },
      `this is not TOML (${why}) and is passed over; the rest of the file counts. Mend it.`,
    )
    // Of several lines, as those of a list, the broken one may be enough.
    const rest = left.slice(start, end).with(line - 1 - start, '')
    left.splice(start, end - start, ...(mistakeIn(rest) === null ? rest : rest.fill('')))
  }
  let mistakes = 0
  for (const [nth, start] of starts.slice(0, -1).entries()) {
    const mistake = mistakeIn(left.slice(start, starts[nth + 1]))
    if (mistake === null) continue
    leaveOut(start, { ...mistake, line: start + mistake.line })
    if (++mistakes === MAX_MISTAKES) return {}
  }
  // What is sound by itself may still come twice.
  for (; mistakes < MAX_MISTAKES; mistakes++) {
    const mistake = mistakeIn(left)
    if (mistake === null) return parse(left.join('\n'))
    leaveOut(starts.findLast((start) => start < mistake.line) ?? 0, mistake)
  }
  return {}
}

interface Mistake extends Place {
  readonly why: string
}

function mistakeIn(lines: readonly string[]): Mistake | null {
  try {
    parse(lines.join('\n'))
    return null
  } catch (error) {
    if (!(error instanceof TomlError)) return { line: 1, column: 1, why: 'it cannot be read' }
    const { line, column } = error
    // The message goes on with a picture of the place.
    const [why = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
    return { line, column, why: expected(why, lines[line - 1] ?? '') }
  }
}

/** What should stand there instead of the most frequent mistakes; the parser's own words for all others. */
function expected(why: string, line: string): string {
  if (/cannot find end of key/.test(why))
    return /^\s*\[/.test(line)
      ? 'the name of a section stands between [ and ]'
      : 'a setting is written as name = value'
  if (why === 'unfinished string') return 'a text ends with the quote that it begins with'
  if (why === 'invalid value')
    return 'a value is a text in quotes, a number, true, false or a [list] of these'
  if (/already defined/.test(why)) return 'it is said twice'
  return why
}

/** Where a text is quoted; null where it is spelled in another way. TOML's parser does not tell where a value came from. */
export function placeOfText(lines: readonly string[], text: string): Place | null {
  return firstPlace(lines, (line) =>
    /^\s*#/.test(line) ? -1 : Math.max(line.indexOf(JSON.stringify(text)), line.indexOf(`'${text}'`)),
  )
}

/** Where a setting or section is named; null as above. */
export function placeOfName(lines: readonly string[], name: string): Place | null {
  return firstPlace(lines, (line) => {
    const [before = ''] = /^[\s["']*(?:(?:\w+)\s*\.\s*["']?)?/.exec(line) ?? []
    const begins = line.slice(before.length)
    return begins.startsWith(name) && !/^[\w-]/.test(begins.slice(name.length)) ? before.length : -1
  })
}

/** The first place that is found on a line; `find` gives the column from 0, or -1. */
function firstPlace(lines: readonly string[], find: (line: string) => number): Place | null {
  for (const [at, line] of lines.entries()) {
    const column = find(line)
    if (column >= 0) return { line: at + 1, column: column + 1 }
  }
  return null
}

/**
 * Where a setting of a section is named, whose name may stand in others too; null as above. Nested sections are named as in
 * `keys.list`.
 */
export function placeIn(lines: readonly string[], section: string, name: string): Place | null {
  const wanted = `${section}.${name}`
  let current = ''
  for (const [at, line] of lines.entries()) {
    const header = /^\s*\[{1,2}([^\]]+)\]{1,2}\s*(?:#.*)?$/.exec(line)?.[1]
    const said = /^\s*([\w"'. -]+?)\s*=/.exec(line)?.[1]
    if (header !== undefined) current = plainPath(header)
    else if (said !== undefined && plainPath(current === '' ? said : `${current}.${said}`) === wanted)
      return { line: at + 1, column: line.search(/\S/) + 1 }
  }
  return placeOfName(lines, name)
}

/** Where the value of a setting begins, which is named at a place. */
export function valueAt(lines: readonly string[], { line, column }: Place): Place {
  const begins = /^[^=]*=\s*/.exec((lines[line - 1] ?? '').slice(column - 1))?.[0].length ?? 0
  return { line, column: column + begins }
}

/** A dotted name without the quotes and spaces that TOML allows in it. */
const plainPath = (path: string) =>
  path
    .split('.')
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .join('.')

/** Whether a value is a section. */
export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
