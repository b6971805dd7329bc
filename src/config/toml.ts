// The configuration's text as TOML: what of it can be read, and on which line things stand.

import { parse, TomlError } from 'smol-toml'

export type Complain = (line: number | null, problem: string) => void
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
  const leaveOut = (start: number, { line, why }: Mistake) => {
    const end = starts.find((next) => next > start) ?? left.length
    complain(line, `this is not TOML (${why}) and is passed over; the rest of the file counts. Mend it.`)
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

interface Mistake {
  /** Counted from 1. */
  readonly line: number
  readonly why: string
}

function mistakeIn(lines: readonly string[]): Mistake | null {
  try {
    parse(lines.join('\n'))
    return null
  } catch (error) {
    if (!(error instanceof TomlError)) return { line: 1, why: 'it cannot be read' }
    // The message goes on with a picture of the place.
    const [why = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
    return { line: error.line, why }
  }
}

/**
 * The line, from 1, on which a setting or section is named or, where `asName` is not set, a text is quoted; null where
 * it is spelled in another way. TOML's parser does not tell where a value came from.
 */
export function lineOf(lines: readonly string[], text: string, asName = false): number | null {
  const at = lines.findIndex((line) => {
    if (!asName)
      return !/^\s*#/.test(line) && (line.includes(JSON.stringify(text)) || line.includes(`'${text}'`))
    const begins = line.replace(/^[\s["']*(?:(?:\w+)\s*\.\s*["']?)?/, '')
    return begins.startsWith(text) && !/^[\w-]/.test(begins.slice(text.length))
  })
  return at < 0 ? null : at + 1
}

/**
 * The line, from 1, on which a setting of a section stands, whose name may stand in others too; null as above. Nested sections
 * are named as in `keys.list`.
 */
export function lineIn(lines: readonly string[], section: string, name: string): number | null {
  const wanted = `${section}.${name}`
  let current = ''
  for (const [at, line] of lines.entries()) {
    const header = /^\s*\[{1,2}([^\]]+)\]{1,2}\s*(?:#.*)?$/.exec(line)?.[1]
    const said = /^\s*([\w"'. -]+?)\s*=/.exec(line)?.[1]
    if (header !== undefined) current = plainPath(header)
    else if (said !== undefined && plainPath(current === '' ? said : `${current}.${said}`) === wanted)
      return at + 1
  }
  return lineOf(lines, name, true)
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
