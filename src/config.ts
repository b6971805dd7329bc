// The configuration file: what is followed besides the Hub, and how one reads. Whatever is wrong in it costs itself and one line that says so.

import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute } from 'node:path'
import { distance } from 'fastest-levenshtein'
import { parse, TomlError } from 'smol-toml'
import type { WantedKeys } from './config/bindings.ts'
import { readKeys } from './config/keys.ts'
import { sanitiseUrl, unwrapLine } from './text/sanitise.ts'

export type Images = 'auto' | 'blocks' | 'off'

export interface Config {
  /** arXiv's categories that are followed, each once. */
  readonly arxiv: string[]
  /** The addresses of feeds that are followed, each once. */
  readonly feeds: string[]
  /** Whether papers of other sources are looked up at arXiv. */
  readonly enrich: boolean
  /** Pictures in full texts: where the terminal has a way for them, else in its colours too, or never. */
  readonly images: Images
  /** Where PDFs go; null where nobody said. */
  readonly pdfFolder: string | null
  /** Keys of the reader's own. */
  readonly keys: readonly WantedKeys[]
  /** A line for whatever makes no sense: where, what, why, and what to do. */
  readonly problems: string[]
}

const SECTIONS = { sources: ['arxiv', 'feeds', 'enrich'], reading: ['pdf_folder', 'images'] } as const
type Section = keyof typeof SECTIONS
const IMAGES: readonly Images[] = ['auto', 'blocks', 'off']
const SETTINGS = Object.values(SECTIONS).flat()
const CATEGORY = /^[a-z-]+(\.[A-Za-z-]+)?$/
const MAX_BYTES = 1_000_000

/** Reads the configuration file. One that is not there is empty; nothing in it makes this throw. */
export function readConfig(file: string): Config {
  try {
    return parseConfig(readText(file), file)
  } catch (error) {
    const problem = whyUnread(error)
    return { ...parseConfig('', file), problems: problem === null ? [] : [unwrapLine(`${file}: ${problem}`)] }
  }
}

function readText(file: string): string {
  const stats = statSync(file)
  if (!stats.isFile()) throw new Error('it is no file. Move it away, and write the configuration there')
  if (stats.size > MAX_BYTES) throw new Error('it is larger than 1 MB, which no configuration is. Shorten it')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    throw error instanceof TypeError ? new Error('it is no UTF-8 text. Save it as UTF-8') : error
  }
}

/** In words, why a file could not be read; null where there is none. */
function whyUnread(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT' || code === 'ENOTDIR') return null
  const why =
    code === 'EACCES' || code === 'EPERM'
      ? 'it may not be read. Check its permissions'
      : code === null && error instanceof Error
        ? error.message
        : `it cannot be read (${code}). Check the file and its folder`
  return `${why}; until then nothing is followed but the Hub.`
}

/** Reads a configuration's text; `file` names it in the problems. */
export function parseConfig(text: string, file: string): Config {
  const lines = text.split(/\r?\n/)
  const problems: string[] = []
  const complain = (line: number | null, problem: string) => {
    problems.push(unwrapLine(`${file}${line === null ? '' : `, line ${line}`}: ${problem}`))
  }
  const root = parseWhatCan(lines, complain)
  const { sources, reading, keys } = sectionsOf(root, lines, complain)
  const list = (name: string) => listOf(sources[name], name, lines, complain)
  return {
    arxiv: unique(list('arxiv'), (category) => {
      if (CATEGORY.test(category)) return category
      const problem = `${quote(category)} is no arXiv category. Write it as arXiv does: cs.CL, math.PR, hep-th.`
      return void complain(lineOf(lines, category), problem)
    }),
    feeds: unique(list('feeds'), (address) => {
      const url = sanitiseUrl(address)
      if (url !== null) return url
      const problem = `${quote(address)} is no web address. Write it whole, as in https://example.org/feed.xml.`
      return void complain(lineOf(lines, address), problem)
    }),
    enrich: switchOf(sources.enrich, 'enrich', true, lines, complain),
    images: imagesOf(reading.images, lines, complain),
    pdfFolder: folderOf(reading.pdf_folder, 'pdf_folder', lines, complain),
    keys: readKeys(keys, (name) => lineOf(lines, name, true), complain),
    problems,
  }
}

type Complain = (line: number | null, problem: string) => void
type Table = Record<string, unknown>

// A line that begins a statement: `[section]`, `name = …`, `"name" = …`.
const STATEMENT = /^\s*(?:\[{1,2}[\w\s.-]+\]{1,2}\s*(?:#.*)?$|[\w.-]+\s*=|"[^"]*"\s*=)/
/** More mistakes than these are no configuration. */
const MAX_MISTAKES = 20

/** The whole file as TOML or, where that cannot be read, all statements of it that can. */
function parseWhatCan(lines: readonly string[], complain: Complain): Table {
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

/** The sections, once whatever makes no sense in them or beside them has been complained of. */
function sectionsOf(
  root: Table,
  lines: readonly string[],
  complain: Complain,
): Record<Section | 'keys', Table> {
  const names = [...Object.keys(SECTIONS), 'keys']
  for (const [name, value] of Object.entries(root)) {
    if (names.includes(name)) continue
    const line = lineOf(lines, name, true)
    const home = sectionWith(name)
    if (home)
      complain(line, `${name} stands outside of its section. Put it below a line that says [${home}].`)
    else if (isTable(value)) complain(line, `there is no section ${quote(name)}. ${suggest(name, names)}`)
    else complain(line, `there is no setting ${quote(name)}. ${suggest(name, SETTINGS)}`)
  }
  const read = (name: Section) => sectionOf(root, name, lines, complain)
  // What stands in it is told by bindings.ts, which knows the commands.
  const keys = root.keys === undefined || isTable(root.keys) ? (root.keys ?? {}) : null
  if (keys === null)
    complain(lineOf(lines, 'keys', true), `keys is ${kindOf(root.keys)}, not a section. Write [keys].`)
  return { sources: read('sources'), reading: read('reading'), keys: keys ?? {} }
}

function sectionOf(root: Table, name: Section, lines: readonly string[], complain: Complain): Table {
  const section = Object.hasOwn(root, name) ? root[name] : {}
  if (!isTable(section)) {
    complain(lineOf(lines, name, true), `${name} is ${kindOf(section)}, not a section. Write [${name}].`)
    return {}
  }
  const known: readonly string[] = SECTIONS[name]
  for (const setting of Object.keys(section)) {
    if (known.includes(setting)) continue
    const home = sectionWith(setting)
    complain(
      lineOf(lines, setting, true),
      `[${name}] has no setting ${quote(setting)}. ${home ? `It belongs to [${home}].` : suggest(setting, known)}`,
    )
  }
  return section
}

const sectionWith = (setting: string) =>
  Object.entries(SECTIONS).find(([, settings]) => settings.some((name) => name === setting))?.[0]

function listOf(value: unknown, name: string, lines: readonly string[], complain: Complain): string[] {
  if (value === undefined) return []
  const line = lineOf(lines, name, true)
  const example = name === 'arxiv' ? '["cs.CL", "math.PR"]' : '["https://example.org/feed.xml"]'
  if (!Array.isArray(value)) {
    complain(line, `${name} is ${kindOf(value)}, not a list. Write ${name} = ${example}.`)
    return []
  }
  return value.flatMap((item) => {
    if (typeof item === 'string') return [item.trim()]
    complain(line, `${name} holds ${kindOf(item)}, not a text in quotes. Write ${name} = ${example}.`)
    return []
  })
}

function switchOf(
  value: unknown,
  name: string,
  otherwise: boolean,
  lines: readonly string[],
  complain: Complain,
): boolean {
  if (typeof value === 'boolean') return value
  if (value !== undefined)
    complain(
      lineOf(lines, name, true),
      `${name} is ${kindOf(value)}, not true or false. Write ${name} = ${otherwise}.`,
    )
  return otherwise
}

function imagesOf(value: unknown, lines: readonly string[], complain: Complain): Images {
  if (value === undefined) return 'auto'
  const known = IMAGES.find((name) => name === value)
  if (known) return known
  const said = typeof value === 'string' ? quote(value) : kindOf(value)
  complain(lineOf(lines, 'images', true), `images is ${said}. Write images = "auto", "blocks" or "off".`)
  return 'auto'
}

function folderOf(value: unknown, name: string, lines: readonly string[], complain: Complain): string | null {
  if (value === undefined) return null
  const line = lineOf(lines, name, true)
  const example = `Write ${name} = "~/Papers".`
  if (typeof value !== 'string') {
    complain(line, `${name} is ${kindOf(value)}, not a text in quotes. ${example}`)
    return null
  }
  const folder = value.trim().replace(/^~(?=$|[\\/])/, homedir())
  if (isAbsolute(folder) && !/\p{Cc}/u.test(folder)) return folder
  complain(line, `${name} is ${quote(value)}, which is no whole path. ${example}`)
  return null
}

function unique(texts: readonly string[], read: (text: string) => string | undefined): string[] {
  return [...new Set(texts.flatMap((text) => read(text) ?? []))]
}

/**
 * The line, from 1, on which a setting or section is named or, where `asName` is not set, a text is quoted; null where
 * it is spelled in another way. TOML's parser does not tell where a value came from.
 */
function lineOf(lines: readonly string[], text: string, asName = false): number | null {
  const at = lines.findIndex((line) => {
    if (!asName)
      return !/^\s*#/.test(line) && (line.includes(JSON.stringify(text)) || line.includes(`'${text}'`))
    const begins = line.replace(/^[\s["']*(?:(?:sources|reading)\s*\.\s*["']?)?/, '')
    return begins.startsWith(text) && !/^[\w-]/.test(begins.slice(text.length))
  })
  return at < 0 ? null : at + 1
}

function suggest(name: string, known: readonly string[]): string {
  const nearest = known.toSorted((one, other) => distance(name, one) - distance(name, other))[0] ?? ''
  const isNear = distance(name.toLowerCase(), nearest) <= Math.max(1, nearest.length / 3)
  if (isNear) return `Did you mean ${nearest}?`
  return known.length === 1 ? `There is ${nearest} alone.` : `There are ${known.join(', ')}.`
}

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

const kindOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'a list'
    : value instanceof Date
      ? 'a date'
      : typeof value === 'object'
        ? 'a section'
        : typeof value === 'string'
          ? 'a text'
          : typeof value === 'boolean'
            ? 'true or false'
            : 'a number'

/** A text from the file, cut to fit a line; a password before a host is not repeated. */
const quote = (text: string) => `“${text.replace(/\/\/[^/@]*@/, '//…@').slice(0, 60)}”`
