// Everything a reader can do, in one table: dispatch, footer, help, `broadsheet keys` and docs/keys.md come from it.

import { COPYING } from './commands/copying.ts'
import { DECIDING } from './commands/deciding.ts'
import { DOCUMENT } from './commands/document.ts'
import { FINDING } from './commands/finding.ts'
import { HELP } from './commands/help.ts'
import { MOVING } from './commands/moving.ts'
import { OUTSIDE } from './commands/outside.ts'
import { paletteCommands } from './commands/palette.ts'
import { READING } from './commands/reading.ts'
import { RULES } from './commands/rules.ts'
import { SELECTING } from './commands/selecting.ts'
import { SORTING } from './commands/sorting.ts'
import { TAGGING } from './commands/tagging.ts'
import { TRIAGE } from './commands/triage.ts'
import { VIEWING } from './commands/views.ts'
import { contentsCover } from './document-view.ts'
import type { State, Step } from './state.ts'

/**
 * Where keys mean what: the list, an open abstract, the query prompt, a full text or discussion, its contents where they
 * cover it, the line of what is to be found in it, labels of links on the screen, the links of a paper, what to copy, an
 * order, a question, the line of tags, triage, the help, the line that filters it, the palette of all commands, the list of views
 * and what is typed in it, the list of rules, what a rule is to do, and a rule being typed.
 */
export type Context =
  | 'list'
  | 'reading'
  | 'prompt'
  | 'document'
  | 'contents'
  | 'finding'
  | 'hints'
  | 'links'
  | 'copy'
  | 'sort'
  | 'confirm'
  | 'tagging'
  | 'triage'
  | 'help'
  | 'filter'
  | 'palette'
  | 'views'
  | 'view-line'
  | 'rules'
  | 'rule-kind'
  | 'rule-line'

export interface Command {
  readonly id: string
  readonly contexts: readonly Context[]
  /** Names of keys as `keys.ts` gives them. */
  readonly keys: readonly string[]
  /** What it does, as help says it. */
  readonly title: string
  /** A word for the footer; commands without one are in the help alone. */
  readonly hint?: string
  /** Other names that the palette knows it by. */
  readonly also?: readonly string[]
  /** The command that leads to where its keys are read: the palette runs this one without it, wherever that one runs. */
  readonly after?: string
  /** True, or why the command cannot run now. */
  readonly enabled?: (state: State) => true | string
  /** Whether it changes the query that is typed, so that it need not wait for the results of what was there before. */
  readonly edits?: true
  readonly run: (state: State) => Step
}

/** The context that keys are read in. */
export function contextOf(state: State): Context {
  // The palette may be open over the help.
  if (state.overlay?.kind === 'palette') return 'palette'
  if (state.help) return state.filter?.typing ? 'filter' : 'help'
  if (state.choosing) return state.choosing.kind
  if (state.overlay?.kind === 'views') return state.overlay.line ? 'view-line' : 'views'
  if (state.overlay?.kind === 'rules') {
    const { line } = state.overlay
    return line ? (line.kind === null ? 'rule-kind' : 'rule-line') : 'rules'
  }
  if (state.tagging) return 'tagging'
  if (state.prompt) return 'prompt'
  if (state.document)
    return state.document.finding ? 'finding' : contentsCover(state) ? 'contents' : 'document'
  if (state.triage) return 'triage'
  return state.reading ? 'reading' : 'list'
}

/** The table. Of several commands on one key, the first that is enabled runs. */
export const COMMANDS: readonly Command[] = [
  ...MOVING,
  ...READING,
  ...DOCUMENT,
  ...COPYING,
  // Esc selects nothing before it leaves a search.
  ...SELECTING,
  ...FINDING,
  ...DECIDING,
  ...TAGGING,
  ...TRIAGE,
  ...VIEWING,
  ...SORTING,
  ...RULES,
  ...OUTSIDE,
  ...HELP,
  ...paletteCommands({ table: () => COMMANDS, contextOf }),
]

/** The command a key runs in a context, and where none of its commands is enabled, the first one's reason. */
export function commandFor(state: State, key: string): { command: Command } | { why: string } | null {
  const context = contextOf(state)
  let why: string | null = null
  for (const command of COMMANDS) {
    if (!command.contexts.includes(context) || !command.keys.includes(key)) continue
    const enabled = command.enabled?.(state) ?? true
    if (enabled === true) return { command }
    why ??= enabled
  }
  return why === null ? null : { why }
}
