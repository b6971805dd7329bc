// Everything a reader can do, in one table, and with the keys that the reader wants: dispatch, footer, help, palette,
// `broadsheet keys` and docs/keys.md come from it.

import { CALENDAR } from './commands/calendar.ts'
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
import { SETTINGS_COMMANDS } from './commands/settings.ts'
import { SORTING } from './commands/sorting.ts'
import { STATISTICS } from './commands/statistics.ts'
import { TAGGING } from './commands/tagging.ts'
import { TRIAGE } from './commands/triage.ts'
import { VIEWING } from './commands/views.ts'
import { contentsCover } from './document-view.ts'
import type { Dispatch } from './palette.ts'
import type { State, Step } from './state.ts'

/**
 * Where keys mean what: the list, an open abstract, the query prompt, a full text or discussion, its contents where they
 * cover it, the line of what is to be found in it, labels of links on the screen, the links of a paper, what to copy, an
 * order, a question, the line of tags, triage, the help, the line that filters it, the settings, the value of one, the
 * palette of all commands, the list of views and what is typed in it, the list of rules, what a rule is to do, a rule
 * being typed, the calendar, the statistics.
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
  | 'settings'
  | 'setting'
  | 'palette'
  | 'views'
  | 'view-line'
  | 'calendar'
  | 'statistics'
  | 'rules'
  | 'rule-kind'
  | 'rule-line'

export interface Command {
  readonly id: string
  readonly contexts: readonly Context[]
  /** Names of keys as `keys.ts` gives them; those of a sequence with spaces between: `g g`. */
  readonly keys: readonly string[]
  /** What it does, as help says it. */
  readonly title: string
  /** A word for the footer, be it by what the key would do now; commands without one are in the help alone. */
  readonly hint?: string | ((state: State) => string)
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

/** What a command says of itself in the footer; undefined where that is nothing. */
export const hintOf = ({ hint }: Command, state: State): string | undefined =>
  typeof hint === 'function' ? hint(state) : hint

/** The context that keys are read in. */
export function contextOf(state: State): Context {
  // The palette may be open over the help.
  if (state.overlay?.kind === 'palette') return 'palette'
  if (state.help) return state.filter?.typing ? 'filter' : 'help'
  if (state.choosing) return state.choosing.kind
  if (state.overlay?.kind === 'settings') return state.overlay.prompt ? 'setting' : 'settings'
  if (state.overlay?.kind === 'views') return state.overlay.line ? 'view-line' : 'views'
  if (state.overlay?.kind === 'rules') {
    const { line } = state.overlay
    return line ? (line.kind === null ? 'rule-kind' : 'rule-line') : 'rules'
  }
  if (state.overlay) return state.overlay.kind
  if (state.tagging) return 'tagging'
  if (state.prompt) return 'prompt'
  if (state.document)
    return state.document.finding ? 'finding' : contentsCover(state) ? 'contents' : 'document'
  if (state.triage) return 'triage'
  return state.reading ? 'reading' : 'list'
}

/** What the palette must know of the table that it is itself a part of. */
export const DISPATCH: Dispatch = { table: ({ bindings }, here) => tableOf(bindings, here), contextOf }

/** The table. Of several commands on one key, the first that is enabled runs. */
export const COMMANDS: readonly Command[] = [
  ...MOVING,
  ...TRIAGE,
  ...READING,
  ...DOCUMENT,
  ...COPYING,
  // Esc selects nothing before it leaves a search.
  ...SELECTING,
  ...FINDING,
  ...DECIDING,
  ...TAGGING,
  ...VIEWING,
  ...SORTING,
  ...CALENDAR,
  ...STATISTICS,
  ...RULES,
  ...OUTSIDE,
  ...HELP,
  ...SETTINGS_COMMANDS,
  ...paletteCommands(DISPATCH),
]

/** The keys of commands where they are not those of the table: by context, then by id. */
export type Bindings = ReadonlyMap<Context, ReadonlyMap<string, readonly string[]>>

export const NO_BINDINGS: Bindings = new Map()

const bound = new WeakMap<Bindings, Map<Context, readonly Command[]>>()

/** A context's commands in the order of the table, each with the keys that it has there. */
export function commandsIn(context: Context, bindings: Bindings = NO_BINDINGS): readonly Command[] {
  const contexts = bound.get(bindings) ?? new Map<Context, readonly Command[]>()
  bound.set(bindings, contexts)
  const known = contexts.get(context)
  if (known) return known
  const changed = bindings.get(context)
  const commands = COMMANDS.filter((command) => command.contexts.includes(context)).map((command) => {
    const keys = changed?.get(command.id)
    return keys ? { ...command, keys } : command
  })
  contexts.set(context, commands)
  return commands
}

/** The first key of a command in a context; empty where it has none there. */
export const keyOf = (id: string, context: Context, bindings: Bindings): string =>
  commandsIn(context, bindings).find((command) => command.id === id)?.keys[0] ?? ''

const tables = new WeakMap<Bindings, Map<Context, readonly Command[]>>()

/** The whole table, each command with the keys that it has in a context, or else in the first of its own. */
export function tableOf(bindings: Bindings, here: Context): readonly Command[] {
  if (bindings.size === 0) return COMMANDS
  const known = tables.get(bindings) ?? new Map<Context, readonly Command[]>()
  tables.set(bindings, known)
  const made = known.get(here)
  if (made) return made
  const table = COMMANDS.map((command) => {
    const context = command.contexts.includes(here) ? here : command.contexts[0]
    const keys = context && bindings.get(context)?.get(command.id)
    return keys ? { ...command, keys } : command
  })
  known.set(here, table)
  return table
}

/** Whether a text is the beginning of a sequence of keys that some command has in a context. */
export const beginsSequence = (context: Context, bindings: Bindings, pressed: string): boolean =>
  commandsIn(context, bindings).some(({ keys }) => keys.some((key) => key.startsWith(`${pressed} `)))
