// The configuration while the reader runs: what it begins with, and settings that change meanwhile.

import { basename } from 'node:path'
import { wantsColour } from '../app/ansi.ts'
import type { Runtime } from '../app/runtime.ts'
import type { State } from '../app/state.ts'
import { type Config, readConfig } from '../config.ts'
import { describe, unwrapLine } from '../text/sanitise.ts'
import { bindKeys } from './bindings.ts'
import { printValue, SETTINGS, type SettingKey } from './settings.ts'
import { paintOf, policyOf, problemsOf, remarks, settingRows } from './shown.ts'
import { writeSetting } from './write.ts'

/** The state with what the configuration says of reading, looks and keys, and with what is wrong in it. */
export function withConfig(state: State, config: Config, configFile: string): State {
  const bound = bindKeys(config.keys)
  const { bindings } = bound
  const all = [...problemsOf(config, bound, configFile), ...remarks(bound.losses, configFile)]
  // There is room for its name, hardly for where it lies.
  const first = all[0]?.replace(configFile, basename(configFile))
  const several = `${all.length} remarks on the configuration, "broadsheet config" tells all; the first: `
  const text = unwrapLine(`${all.length > 1 ? several : ''}${first}`)
  const message = first === undefined ? null : ({ kind: 'error', text } as const)
  return {
    ...{ ...state, bindings, message },
    policy: policyOf(config),
    paint: paintOf(config, wantsColour()),
    panes: { ...state.panes, split: config.split },
  }
}

/** Changes settings in the configuration file, and tells what counts then. */
export function createConfigure(configFile: string, dispatch: Runtime['dispatch']) {
  return (change: { readonly key: string; readonly value?: unknown } | null): void => {
    const tell = (changed: string | null) => {
      const config = readConfig(configFile)
      const split = changed === 'split' ? config.split : null
      const { bindings } = bindKeys(config.keys)
      dispatch({
        ...{ type: 'configured', settings: settingRows(config), bindings, split },
        ...{ policy: policyOf(config), paint: paintOf(config, wantsColour()) },
      })
      return config
    }
    if (!change) return void tell(null)
    const say = (kind: 'info' | 'error', text: string) => dispatch({ type: 'say', message: { kind, text } })
    try {
      writeSetting(configFile, change.key as SettingKey, change.value)
      const config = tell(change.key)
      const { section, name } = SETTINGS[change.key as SettingKey]
      const later = LATER.includes(change.key) ? ' From the next start on.' : ''
      say('info', `${section}.${name} = ${printValue(config[change.key as SettingKey])}.${later}`)
    } catch (error) {
      say('error', describe(error))
    }
  }
}

/** Settings that are looked at once, when the reader starts. */
const LATER = ['arxiv', 'feeds', 'enrich', 'pdfFolder', 'images', 'mouse', 'windowTitle', 'progress']
