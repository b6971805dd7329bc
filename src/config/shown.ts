// The settings as the reader shows them and lives by them.

import type { SettingRow } from '../app/settings.ts'
import type { ReadPolicy } from '../app/state.ts'
import type { Paint } from '../app/themes.ts'
import { type Config, type Origin, printPlace } from '../config.ts'
import type { Bound, Remark } from './bindings.ts'
import { SETTINGS, type Setting, type SettingKey } from './settings.ts'

/** Every setting with its value and where that comes from. */
export function settingRows(config: Config): SettingRow[] {
  return (
    Object.entries(SETTINGS) as [SettingKey, Setting & { readonly choices?: readonly unknown[] }][]
  ).map(([key, { section, name, about, choices }]) => {
    const origin = config.origins.get(key)
    return {
      ...{ key, name: `${section}.${name}`, about, value: config[key], choices: choices ?? null },
      from: fromOf(origin),
    }
  })
}

/** Where a value comes from, in words. */
function fromOf(origin: Origin | undefined): string {
  if (!origin) return 'default'
  const said = origin.line === null ? 'the file' : `line ${origin.line}`
  return origin.counts ? said : `default: ${said} makes no sense`
}

/** All that is wrong with a configuration and its keys, in lines that name the place. */
export const problemsOf = (config: Config, { problems }: Bound, file: string): string[] => [
  ...config.problems,
  ...remarks(problems, file),
]

/** What was said of keys, in lines that name the place. */
export const remarks = (all: readonly Remark[], file: string): string[] =>
  all.map(({ place, text }) => `${printPlace(file, place)}: ${text}`)

/** When a paper counts as read. */
export const policyOf = ({ markRead, markReadAfter }: Config): ReadPolicy =>
  markRead === 'after' ? { after: markReadAfter * 1000 } : markRead

/** How frames are painted, in a terminal that wants colours or not. */
export const paintOf = ({ theme, ascii }: Config, wantsColour: boolean): Paint => ({
  theme: wantsColour ? theme : 'mono',
  ascii,
})
