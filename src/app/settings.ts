// The settings on the screen: each with its value, to be changed there.

import { still } from './actions.ts'
import { editPrompt, insertText, type Prompt, promptOf, suggestionOf } from './prompt.ts'
import { bodyHeight, clamp, topOf } from './shown.ts'
import type { State, Step } from './state.ts'

/** A setting as the configuration has it now. */
export interface SettingRow {
  /** What the program calls it. */
  readonly key: string
  /** As the file has it: `looks.theme`. */
  readonly name: string
  readonly about: string
  readonly value: unknown
  /** Where the value comes from: `default`, `line 3`. */
  readonly from: string
  /** Its values where there are only a few, in their order. */
  readonly choices: readonly unknown[] | null
}

export interface SettingsOverlay {
  readonly kind: 'settings'
  readonly at: number
  readonly top: number
  /** Open while a value is typed. */
  readonly prompt: Prompt | null
}

const overlayOf = ({ overlay }: State) => (overlay?.kind === 'settings' ? overlay : null)

/** Opens the settings; they are read anew. */
export const openSettings = (state: State): Step => [
  { ...state, overlay: { kind: 'settings', at: 0, top: 0, prompt: null } },
  [{ type: 'load-settings' }],
]

export const closeSettings = (state: State): Step => still({ ...state, overlay: null })

/** Settings that have room: the last lines say what the selected one does. */
export const settingsHeight = (state: State) => Math.max(1, bodyHeight(state) - 5)

/** Selects another setting, or the nearest there is. */
export const moveSettings =
  (by: number) =>
  (state: State): Step => {
    const overlay = overlayOf(state)
    if (!overlay) return still(state)
    const at = clamp(overlay.at + by, 0, state.settings.length - 1)
    const top = topOf({ ...overlay, at }, settingsHeight(state))
    return still({ ...state, overlay: { ...overlay, at, top } })
  }

const selected = (state: State): SettingRow | null => state.settings[overlayOf(state)?.at ?? -1] ?? null

/** Whether a setting is selected. */
export const hasSetting = (state: State) => (selected(state) ? true : 'the settings are still being read')

/** The next of a few values at once; any other value is typed. */
export function changeSetting(state: State): Step {
  const overlay = overlayOf(state)
  const row = selected(state)
  if (!overlay || !row) return still(state)
  if (row.choices) {
    const next = row.choices[(row.choices.indexOf(row.value) + 1) % row.choices.length]
    return [state, [{ type: 'write-setting', key: row.key, value: next }]]
  }
  // One more of several is added, another value takes the place of the old one.
  const prompt = Array.isArray(row.value)
    ? promptOf(row.value.map((one) => `${one} `).join(''))
    : suggestionOf(row.value === null ? '' : String(row.value))
  return still({ ...state, overlay: { ...overlay, prompt } })
}

/** The selected setting as it is where the file says nothing. */
export function resetSetting(state: State): Step {
  const row = selected(state)
  return row ? [state, [{ type: 'write-setting', key: row.key }]] : still(state)
}

/** The step of a key that edits a value; null where none is being typed. */
export function editSetting(state: State, key: string): Step | null {
  const overlay = overlayOf(state)
  const edited = overlay?.prompt && editPrompt(overlay.prompt, key)
  return overlay && edited ? still({ ...state, overlay: { ...overlay, prompt: edited } }) : null
}

/** Pasted text goes where it is typed. */
export function pasteSetting(state: State, text: string): Step | null {
  const overlay = overlayOf(state)
  return overlay?.prompt
    ? still({ ...state, overlay: { ...overlay, prompt: insertText(overlay.prompt, text) } })
    : null
}

/** Takes what was typed: a list is words, a number a number; nothing is what the file says nothing of. */
export function keepSetting(state: State): Step {
  const overlay = overlayOf(state)
  const row = selected(state)
  const text = overlay?.prompt?.text.trim()
  if (!overlay || !row || text === undefined) return still(state)
  // The line stays until the file has it: what was typed is not lost.
  if (text === '') return [state, [{ type: 'write-setting', key: row.key }]]
  const value = Array.isArray(row.value)
    ? text.split(/[\s,]+/).filter((word) => word !== '')
    : typeof row.value === 'number' && /^\d+$/.test(text)
      ? Number(text)
      : text
  return [state, [{ type: 'write-setting', key: row.key, value }]]
}

export function dropSetting(state: State): Step {
  const overlay = overlayOf(state)
  return still(overlay ? { ...state, overlay: { ...overlay, prompt: null } } : state)
}
