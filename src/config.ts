// The configuration file: what is followed besides the Hub, how one reads, how it looks, which keys do what. Whatever is wrong
// in it costs itself and one line that says so.

import { readFileSync, statSync } from 'node:fs'
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
import { type Complain, isTable, lineIn, lineOf, parseWhatCan, type Table } from './config/toml.ts'
import { unwrapLine } from './text/sanitise.ts'

export interface Config extends Values {
  /** Keys of the reader's own. */
  readonly keys: readonly WantedKeys[]
  /** The line on which each setting that the file has stands, from 1; null where that is not known. */
  readonly lines: ReadonlyMap<SettingKey, number | null>
  /** A line for whatever makes no sense: where, what, why, and what to do. */
  readonly problems: readonly string[]
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
  const problems: string[] = []
  const complain: Complain = (line, problem) => {
    problems.push(unwrapLine(`${file}${line === null ? '' : `, line ${line}`}: ${problem}`))
  }
  const root = parseWhatCan(lines, complain)
  complainOfNames(root, lines, complain)
  const sections = new Map(SECTIONS.map((name) => [name, sectionOf(root, name, lines, complain)]))
  const found = new Map<SettingKey, number | null>()
  const values = Object.entries<Setting>(SETTINGS).map(([key, setting]) => {
    const { section, name, otherwise } = setting
    const value = sections.get(section)?.[name]
    if (value === undefined) return [key, otherwise]
    const line = lineIn(lines, section, name)
    found.set(key as SettingKey, line)
    return [
      key,
      setting.read(value, (wrong) =>
        complain(wrong.text === undefined ? line : lineOf(lines, wrong.text), wrong.why),
      ),
    ]
  })
  const keys = keysOf(root, lines, complain)
  return { ...(Object.fromEntries(values) as Values), keys, lines: found, problems }
}

function keysOf(root: Table, lines: readonly string[], complain: Complain): WantedKeys[] {
  const section = Object.hasOwn(root, 'keys') ? root.keys : {}
  if (isTable(section)) return readKeys(section, (place, name) => lineIn(lines, place, name), complain)
  complain(lineOf(lines, 'keys', true), `keys is ${kindOf(section)}, not a section. Write [keys].`)
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
    const line = lineOf(lines, name, true)
    const home = sectionWith(name)
    if (home)
      complain(line, `${name} stands outside of its section. Put it below a line that says [${home}].`)
    else if (isTable(value)) complain(line, `there is no section ${quote(name)}. ${suggest(name, names)}`)
    else complain(line, `there is no setting ${quote(name)}. ${suggest(name, SECTIONS.flatMap(namesIn))}`)
  }
}

function sectionOf(root: Table, name: string, lines: readonly string[], complain: Complain): Table {
  const section = Object.hasOwn(root, name) ? root[name] : {}
  if (!isTable(section)) {
    complain(lineOf(lines, name, true), `${name} is ${kindOf(section)}, not a section. Write [${name}].`)
    return {}
  }
  const known = namesIn(name)
  for (const setting of Object.keys(section)) {
    if (known.includes(setting)) continue
    const home = sectionWith(setting)
    complain(
      lineIn(lines, name, setting),
      `[${name}] has no setting ${quote(setting)}. ${home ? `It belongs to [${home}].` : suggest(setting, known)}`,
    )
  }
  return section
}

function suggest(name: string, known: readonly string[]): string {
  const nearest = known.toSorted((one, other) => distance(name, one) - distance(name, other))[0] ?? ''
  const isNear = distance(name.toLowerCase(), nearest) <= Math.max(1, nearest.length / 3)
  if (isNear) return `Did you mean ${nearest}?`
  return known.length === 1 ? `There is ${nearest} alone.` : `There are ${known.join(', ')}.`
}
