// The configuration file: what is followed besides the Hub, how one reads, how it looks, which keys do what. Whatever is wrong
// in it costs itself and one line that says so.

import { readFileSync, statSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { distance } from 'fastest-levenshtein'
import type { WantedKeys } from './config/bindings.ts'
import { readKeys } from './config/keys.ts'
import {
  kindOf,
  quote,
  SECTIONS,
  SETTINGS,
  type Setting,
  type SettingKey,
  type Values,
} from './config/settings.ts'
import {
  type Complain,
  isTable,
  type Place,
  parseWhatCan,
  placeIn,
  placeOfName,
  placeOfText,
  type Table,
  valueAt,
} from './config/toml.ts'
import { unwrapLine } from './text/sanitise.ts'

export interface Config extends Values {
  /** Keys of the reader's own. */
  readonly keys: readonly WantedKeys[]
  /** The settings that the file has. */
  readonly origins: ReadonlyMap<SettingKey, Origin>
  /** A line for whatever makes no sense: where, what, why, and what to do. */
  readonly problems: readonly string[]
}

/** Where in the file a setting is said. */
export interface Origin {
  /** From 1; null where it is not known. */
  readonly line: number | null
  /** Whether anything of what is said counts. */
  readonly counts: boolean
}

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
  const complaints: { readonly line: number; readonly text: string }[] = []
  const complain: Complain = (place, problem) => {
    complaints.push({ line: place?.line ?? 0, text: unwrapLine(`${printPlace(file, place)}: ${problem}`) })
  }
  const root = parseWhatCan(lines, complain)
  complainOfNames(root, lines, complain)
  const sections = new Map(SECTIONS.map((name) => [name, sectionOf(root, name, lines, complain)]))
  const origins = new Map<SettingKey, Origin>()
  const values = Object.entries<Setting>(SETTINGS).map(([key, setting]) => {
    const { section, name, otherwise } = setting
    const value = sections.get(section)?.[name]
    if (value === undefined) return [key, otherwise]
    const place = placeIn(lines, section, name)
    let isWrong = false
    const read = setting.read(value, ({ text, why }) => {
      isWrong = true
      complain(text === undefined ? place && valueAt(lines, place) : placeOfText(lines, text), why)
    })
    // Of a list the rest may count.
    const counts = !isWrong || !isDeepStrictEqual(read, otherwise)
    origins.set(key as SettingKey, { line: place?.line ?? null, counts })
    return [key, read]
  })
  const keys = keysOf(root, lines, complain)
  return { ...(Object.fromEntries(values) as Values), keys, origins, problems: inOrder(complaints) }
}

/** In the order of the file. */
const inOrder = (complaints: readonly { readonly line: number; readonly text: string }[]) =>
  complaints.toSorted((one, other) => one.line - other.line).map(({ text }) => text)

/** `config.toml, line 3, column 1`. */
export const printPlace = (file: string, place: Place | null): string =>
  place === null ? file : `${file}, line ${place.line}, column ${place.column}`

function keysOf(root: Table, lines: readonly string[], complain: Complain): WantedKeys[] {
  const section = Object.hasOwn(root, 'keys') ? root.keys : {}
  if (isTable(section)) return readKeys(section, (name, key) => placeIn(lines, name, key), complain)
  complain(placeOfName(lines, 'keys'), `keys is ${kindOf(section)}, not a section. Write [keys].`)
  return []
}

const namesIn = (section: string): string[] =>
  Object.values<Setting>(SETTINGS).flatMap((setting) => (setting.section === section ? [setting.name] : []))

const sectionWith = (name: string) =>
  Object.values<Setting>(SETTINGS).find((setting) => setting.name === name)?.section

/** Complains of what stands in no section, and of sections that there are not. */
function complainOfNames(root: Table, lines: readonly string[], complain: Complain): void {
  const names: string[] = [...SECTIONS, 'keys']
  for (const [name, value] of Object.entries(root)) {
    if (names.includes(name)) continue
    const place = placeOfName(lines, name)
    const home = sectionWith(name)
    if (home)
      complain(place, `${name} stands outside of its section. Put it below a line that says [${home}].`)
    else if (isTable(value)) complain(place, `there is no section ${quote(name)}. ${suggest(name, names)}`)
    else complain(place, `there is no setting ${quote(name)}. ${suggest(name, SECTIONS.flatMap(namesIn))}`)
  }
}

function sectionOf(root: Table, name: string, lines: readonly string[], complain: Complain): Table {
  const section = Object.hasOwn(root, name) ? root[name] : {}
  if (!isTable(section)) {
    complain(placeOfName(lines, name), `${name} is ${kindOf(section)}, not a section. Write [${name}].`)
    return {}
  }
  const known = namesIn(name)
  for (const setting of Object.keys(section)) {
    if (known.includes(setting)) continue
    const home = sectionWith(setting)
    complain(
      placeIn(lines, name, setting),
      `[${name}] has no setting ${quote(setting)}. ${home ? `It belongs to [${home}].` : suggest(setting, known)}`,
    )
  }
  return section
}

function suggest(name: string, known: readonly string[]): string {
  const nearest = known.toSorted((one, other) => distance(name, one) - distance(name, other))[0] ?? ''
  // Two letters swapped are two mistakes.
  const isNear = name.length > 2 && distance(name.toLowerCase(), nearest) <= Math.max(2, nearest.length / 3)
  if (isNear) return `Did you mean ${nearest}?`
  return known.length === 1 ? `There is ${nearest} alone.` : `There are ${known.join(', ')}.`
}
