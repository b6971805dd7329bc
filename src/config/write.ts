// Changing one setting in the configuration file: every other byte of it stays.

import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parseConfig } from '../config.ts'
import { printValue, SETTINGS, type Setting, type SettingKey } from './settings.ts'

/**
 * The text of a configuration with a setting changed, or without it where `value` is undefined. Throws, with a sentence for
 * people, where the file has the setting in a way that cannot be changed without touching anything else.
 */
export function withSetting(text: string, key: SettingKey, value: unknown): string {
  const { section, name }: Setting = SETTINGS[key]
  const before = parseConfig(text, '')
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text === '' ? [] : text.split(/\r?\n/)
  const header = lines.findIndex((line) =>
    new RegExp(`^\\s*\\[\\s*${section}\\s*\\]\\s*(?:#.*)?$`).test(line),
  )
  const next = lines.findIndex((line, at) => at > header && /^\s*\[/.test(line))
  const end = header < 0 ? -1 : next < 0 ? lines.length : next
  const at = lines.findIndex(
    (line, place) => place > header && place < end && new RegExp(`^\\s*${name}\\s*=`).test(line),
  )
  if (at >= 0) {
    const last = endOfStatement(lines, at, end)
    // A comment behind a value on one line is about the setting: it stays.
    const comment =
      last === at ? (/^[^"'#]*(?:"[^"]*"|'[^']*'|[^"'#])*?(\s+#.*)$/.exec(lines[at] ?? '')?.[1] ?? '') : ''
    lines.splice(
      at,
      last - at + 1,
      ...(value === undefined ? [] : [`${name} = ${printValue(value)}${comment}`]),
    )
  } else if (value !== undefined) {
    const line = `${name} = ${printValue(value)}`
    if (header >= 0) lines.splice(endOfSection(lines, header, end), 0, line)
    else {
      while (lines.at(-1)?.trim() === '') lines.pop()
      lines.push(...(lines.length > 0 ? [''] : []), `[${section}]`, line, '')
    }
  }
  const after = lines.join(newline)
  const read = parseConfig(after, '')
  const wanted = value === undefined ? SETTINGS[key].otherwise : value
  const isRight =
    isDeepStrictEqual(read[key], wanted) &&
    read.problems.length <= before.problems.length &&
    (Object.keys(SETTINGS) as SettingKey[]).every(
      (other) => other === key || isDeepStrictEqual(read[other], before[other]),
    )
  if (!isRight)
    throw new Error(
      `${section}.${name} stands in the file in a way that only you can change. Open it in your editor.`,
    )
  return after
}

/** The last line of a statement that may go over several, as a list does. */
function endOfStatement(lines: readonly string[], start: number, end: number): number {
  for (let last = start; last < end; last++)
    if (
      parseConfig(['[x]', ...lines.slice(start, last + 1)].join('\n'), '').problems.every(
        (problem) => !/not TOML/.test(problem),
      )
    )
      return last
  return start
}

/** After the last line of a section that is not blank. */
function endOfSection(lines: readonly string[], header: number, end: number): number {
  let last = end
  while (last > header + 1 && (lines[last - 1] ?? '').trim() === '') last--
  return last
}

/** Changes a setting in the file, which is made where it is missing. One rename puts it there whole. Throws as above. */
export function writeSetting(file: string, key: SettingKey, value: unknown): void {
  const exists = statSync(file, { throwIfNoEntry: false })
  if (exists && !exists.isFile()) throw new Error(`${file} is no file. Move it away first.`)
  const text = exists ? new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)) : ''
  const changed = withSetting(text, key, value)
  if (changed === text) return
  mkdirSync(dirname(file), { recursive: true })
  const beside = `${file}.${process.pid}.new`
  try {
    writeFileSync(beside, changed, { flag: 'wx' })
    if (exists) chmodSync(beside, exists.mode & 0o777)
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
