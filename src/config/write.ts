// Changing one setting in the configuration file: every other byte of it stays.

import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Config, parseConfig } from '../config.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { printValue, SETTINGS, type Setting, type SettingKey } from './settings.ts'

/** Some editors begin UTF-8 with it; TOML knows nothing of it. */
const MARK = '\ufeff'

/**
 * The text of a configuration with a setting changed, or without it where `value` is undefined. Throws, with a sentence for
 * people, where the value makes no sense, or where the file has the setting in a way that cannot be changed without touching
 * anything else.
 */
export function withSetting(text: string, key: SettingKey, value: unknown): string {
  if (text.startsWith(MARK)) return MARK + withSetting(text.slice(MARK.length), key, value)
  const setting: Setting = SETTINGS[key]
  const wanted = value === undefined ? setting.otherwise : readValue(setting, value)
  const after = changed(text, setting, value)
  const read = parseConfig(after, '')
  const before = parseConfig(text, '')
  const isRight =
    isDeepStrictEqual(read[key], wanted) &&
    read.problems.length <= before.problems.length &&
    isDeepStrictEqual(keysWithoutLines(read), keysWithoutLines(before)) &&
    (Object.keys(SETTINGS) as SettingKey[]).every(
      (other) => other === key || isDeepStrictEqual(read[other], before[other]),
    )
  if (!isRight)
    throw new Error(
      `${setting.section}.${setting.name} stands in the file in a way that only you can change. Open it in your editor.`,
    )
  return after
}

/** The value as it is read again: a path without ~, an address in full. */
function readValue(setting: Setting, value: unknown): unknown {
  const problems: string[] = []
  const read = setting.read(value, ({ why }) => problems.push(why))
  const [first] = problems
  if (first !== undefined) throw new Error(unwrapLine(first))
  return read
}

const keysWithoutLines = ({ keys }: Config) =>
  keys.map(({ command, context, keys }) => ({ command, context, keys }))

function changed(text: string, { section, name }: Setting, value: unknown): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  // Each with its own end: a file may have both kinds.
  const lines: string[] = text.match(/[^\n]*\n|[^\n]+/g) ?? []
  const header = lines.findIndex((line) =>
    new RegExp(`^\\s*\\[\\s*${section}\\s*\\]\\s*(?:#.*)?\\s*$`).test(line),
  )
  const next = lines.findIndex((line, at) => at > header && /^\s*\[/.test(line))
  const end = header < 0 ? -1 : next < 0 ? lines.length : next
  const at = lines.findIndex(
    (line, place) => place > header && place < end && new RegExp(`^\\s*${name}\\s*=`).test(line),
  )
  if (at >= 0) {
    const last = endOfStatement(lines, at, end)
    const kept = value === undefined ? [] : [replaced(lines.slice(at, last + 1), value)]
    lines.splice(at, last - at + 1, ...kept)
    return lines.join('')
  }
  if (value === undefined) return text
  const line = `${name} = ${printValue(value)}${newline}`
  const place = header < 0 ? lines.length : endOfSection(lines, header, end)
  const above = lines[place - 1]
  if (above !== undefined && !above.endsWith('\n')) lines[place - 1] = above + newline
  const isApart = (lines.at(-1) ?? '').trim() === ''
  lines.splice(
    place,
    0,
    ...(header < 0 ? [...(isApart ? [] : [newline]), `[${section}]${newline}`] : []),
    line,
  )
  return lines.join('')
}

/** A statement with another value. A comment behind a value on one line is about the setting: it stays. */
function replaced(statement: readonly string[], value: unknown): string {
  const [first = ''] = statement
  const last = statement.at(-1) ?? ''
  const begin = /^[^=]*=[ \t]*/.exec(first)?.[0] ?? ''
  const bare = first.replace(/\r?\n$/, '')
  const said = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'#])*/.exec(bare)?.[0] ?? ''
  const comment = statement.length === 1 ? bare.slice(said.trimEnd().length) : ''
  const isComment = /^\s+#/.test(comment)
  return `${begin}${printValue(value)}${isComment ? comment : ''}${/\r?\n$/.exec(last)?.[0] ?? ''}`
}

/** The last line of a statement that may go over several, as a list does. Throws where it is no TOML. */
function endOfStatement(lines: readonly string[], start: number, end: number): number {
  for (let last = start; last < end; last++) {
    const { problems } = parseConfig(`[x]\n${lines.slice(start, last + 1).join('')}`, '')
    if (problems.every((problem) => !/not TOML/.test(problem))) return last
  }
  throw new Error(`line ${start + 1} of the file is not TOML. Mend it in your editor first.`)
}

/** After the last line of a section that is not blank; a comment right above the next section is that one's. */
function endOfSection(lines: readonly string[], header: number, end: number): number {
  let last = end
  while (end < lines.length && last > header + 1 && /^\s*#/.test(lines[last - 1] ?? '')) last--
  if ((lines[last - 1] ?? '').trim() !== '') last = end
  while (last > header + 1 && (lines[last - 1] ?? '').trim() === '') last--
  return last
}

/** Changes a setting in the file, which is made where it is missing. One rename puts it there whole. Throws as above. */
export function writeSetting(file: string, key: SettingKey, value: unknown): void {
  const place = followed(file)
  const exists = statSync(place, { throwIfNoEntry: false })
  if (exists && !exists.isFile()) throw new Error(`${file} is no file. Move it away first.`)
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const text = exists ? decoder.decode(readFileSync(place)) : ''
  const after = withSetting(text, key, value)
  if (after === text) return
  mkdirSync(dirname(place), { recursive: true })
  const beside = `${place}.${process.pid}.new`
  try {
    writeFileSync(beside, after, { flag: 'wx' })
    if (exists) chmodSync(beside, exists.mode & 0o777)
    renameSync(beside, place)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

/** Where a link leads: many keep their configuration elsewhere, and a rename would put a file in the link's place. */
function followed(file: string): string {
  if (!lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return file
  try {
    return realpathSync(file)
  } catch {
    throw new Error(`${file} is a link that leads nowhere. Mend it, or take it away.`)
  }
}
