// The settings as the reader shows them and lives by them.

import type { SettingRow } from '../app/settings.ts'
import type { ReadPolicy } from '../app/state.ts'
import type { Paint } from '../app/themes.ts'
import type { Config } from '../config.ts'
import { SETTINGS, type Setting, type SettingKey } from './settings.ts'

/** Every setting with its value and where that comes from. */
export function settingRows(config: Config): SettingRow[] {
  return (
    Object.entries(SETTINGS) as [SettingKey, Setting & { readonly choices?: readonly unknown[] }][]
  ).map(([key, { section, name, about, choices }]) => {
    const line = config.lines.get(key)
    return {
      ...{ key, name: `${section}.${name}`, about, value: config[key], choices: choices ?? null },
      from: line === undefined ? 'default' : line === null ? 'the file' : `line ${line}`,
    }
  })
}

/** When a paper counts as read. */
export const policyOf = ({ markRead, markReadAfter }: Config): ReadPolicy =>
  markRead === 'after' ? { after: markReadAfter * 1000 } : markRead

/** How frames are painted, in a terminal that wants colours or not. */
export const paintOf = ({ theme, ascii }: Config, wantsColour: boolean): Paint => ({
  theme: wantsColour ? theme : 'mono',
  ascii,
})
