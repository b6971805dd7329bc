// The palette: every command by its name, whatever its keys are and wherever they work.

import { sentence } from './actions.ts'
import type { Command, Context } from './commands.ts'
import { entriesOf, type PaletteEntry } from './palette-entries.ts'
import { editPrompt, insertText, type Prompt } from './prompt.ts'
import { bodyHeight, clamp, topOf } from './shown.ts'
import type { State, Step } from './state.ts'

export interface Palette {
  readonly kind: 'palette'
  readonly prompt: Prompt
  /** The selected entry. */
  readonly at: number
  /** The first visible entry. */
  readonly top: number
  /** What it was opened over: it is there again once the palette is closed. */
  readonly under: State['overlay']
}

/** What the palette must know of the table that it is itself a part of. */
export interface Dispatch {
  /** The table with the keys that commands have in a context. */
  readonly table: (state: State, here: Context) => readonly Command[]
  readonly contextOf: (state: State) => Context
}

/** Commands that were run most recently, of which so many are remembered. */
const REMEMBERED = 20

/** Opens the palette over what is on the screen. */
export const openPalette = (state: State): Step => [
  {
    ...state,
    overlay: { kind: 'palette', prompt: { text: '', cursor: 0 }, at: 0, top: 0, under: state.overlay },
  },
  [],
]

/** The state as it was when the palette was opened, or as it is where none is open. */
export const withoutPalette = (state: State): State =>
  state.overlay?.kind === 'palette' ? { ...state, overlay: state.overlay.under } : state

export const closePalette = (state: State): Step => [withoutPalette(state), []]

/** What the palette lists, best first; empty where none is open. */
export function paletteEntries(state: State, { table, contextOf }: Dispatch): readonly PaletteEntry[] {
  if (state.overlay?.kind !== 'palette') return []
  const opened = withoutPalette(state)
  const here = contextOf(opened)
  return entriesOf(opened, table(state, here), here, state.overlay.prompt.text)
}

/** The step of a key that edits what is typed in the palette; null where the key does not, or none is open. */
export function typedInPalette(state: State, key: string): Step | null {
  if (state.overlay?.kind !== 'palette') return null
  const prompt = editPrompt(state.overlay.prompt, key)
  return prompt && withPrompt(state, state.overlay, prompt)
}

/** Pasted text goes where it is typed; null where no palette is open. */
export const pastedInPalette = (state: State, text: string): Step | null =>
  state.overlay?.kind === 'palette'
    ? withPrompt(state, state.overlay, insertText(state.overlay.prompt, text))
    : null

/** Another text has another best match; a cursor that moves in it does not. */
function withPrompt(state: State, palette: Palette, prompt: Prompt): Step {
  const place = prompt.text === palette.prompt.text ? {} : { at: 0, top: 0 }
  return [{ ...state, overlay: { ...palette, prompt, ...place } }, []]
}

/** Entries that have room on the screen, below the line that is typed in. */
export const paletteHeight = (state: State) => Math.max(1, bodyHeight(state) - 1)

/** Selects another entry, or the nearest there is. */
export function movePalette(state: State, by: number, dispatch: Dispatch): Step {
  const { overlay } = state
  if (overlay?.kind !== 'palette') return [state, []]
  const at = clamp(overlay.at + by, 0, paletteEntries(state, dispatch).length - 1)
  return [{ ...state, overlay: { ...overlay, at, top: topOf({ ...overlay, at }, paletteHeight(state)) } }, []]
}

/** Closes the palette and runs the selected command where it was opened; one that cannot run there says why. */
export function runFromPalette(state: State, dispatch: Dispatch): Step {
  const entries = paletteEntries(state, dispatch)
  const entry = state.overlay?.kind === 'palette' ? entries[state.overlay.at] : undefined
  if (!entry) return [state, []]
  const { command, runs } = entry
  if (runs !== true) {
    return [{ ...state, message: { kind: 'reason', text: sentence(runs) } }, []]
  }
  const recent = [command.id, ...state.recent.filter((id) => id !== command.id)].slice(0, REMEMBERED)
  return command.run({ ...withoutPalette(state), recent })
}
