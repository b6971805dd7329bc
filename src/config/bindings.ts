// The keys that the configuration gives to commands, held against the table: what they change, and what cannot be.

import { distance } from 'fastest-levenshtein'
import { type Bindings, COMMANDS, type Command, type Context, commandsIn } from '../app/commands.ts'
import { CONTEXTS, TYPED } from '../app/help.ts'
import { keyLabel } from '../app/keys.ts'
import type { Place } from './toml.ts'

/** Keys as the configuration wants them: `context` is null where all contexts of the command are meant. */
export interface WantedKeys {
  readonly command: string
  readonly context: string | null
  /** Names of keys as `app/keys.ts` gives them, those of a sequence with spaces between. */
  readonly keys: readonly string[]
  /** In the configuration file; null where it is not known. */
  readonly place: Place | null
}

export interface Remark {
  readonly place: Place | null
  readonly text: string
}

export interface Bound {
  readonly bindings: Bindings
  /** The keys that were wanted and that count. */
  readonly kept: readonly WantedKeys[]
  /** Keys that cannot be, and why. */
  readonly problems: readonly Remark[]
  /** Commands that have lost the keys of the table, and have no others. */
  readonly losses: readonly Remark[]
}

/** The way out that always works: it cannot be taken away, nor given to anything else. */
const ALWAYS = { id: 'interrupt', key: 'ctrl+c' }

/** Binds keys. Those of the table give way to the reader's own; of two of the reader's on one key the first counts. */
export function bindKeys(wanted: readonly WantedKeys[]): Bound {
  const problems: Remark[] = []
  const own = new Map<Context, Map<string, string[]>>()
  const asked: { context: Context; want: WantedKeys }[] = []
  for (const want of wanted) {
    const complain = (text: string) => void problems.push({ place: want.place, text })
    const contexts = contextsOf(want, complain)
    for (const context of contexts) {
      const ours = own.get(context) ?? new Map<string, string[]>()
      own.set(context, ours)
      asked.push({ context, want })
      const kept = want.keys.filter((key) => {
        const why = whyNot(key, context, want.command, ours)
        if (why !== null) complain(why)
        return why === null
      })
      // Of what cannot be at all nothing changes.
      if (kept.length > 0 || want.keys.length === 0) ours.set(want.command, kept)
    }
  }
  for (const [context, ours] of own) {
    const out = wayOut(context)
    if (!out || keysLeft(out, ours).length > 0) continue
    const cause = asked.findLast(
      ({ context: place, want }) =>
        place === context &&
        (want.command === out.id || want.keys.some((key) => out.keys.some((other) => overlap(other, key)))),
    )
    problems.push({
      place: cause?.want.place ?? null,
      text: `${out.id} would have no key left in “${context}”; ${keyLabel(ESCAPE)} stays its key there.`,
    })
    for (const [id, keys] of ours)
      ours.set(
        id,
        keys.filter((key) => !overlap(key, ESCAPE)),
      )
    ours.set(out.id, [ESCAPE])
  }
  return {
    bindings: new Map([...own].map(([context, ours]) => [context, effective(context, ours)])),
    kept: wanted.flatMap((want) => {
      const places = asked.filter((one) => one.want === want).map(({ context }) => own.get(context))
      const keys = want.keys.filter((key) => places.some((ours) => ours?.get(want.command)?.includes(key)))
      return keys.length > 0 || (want.keys.length === 0 && places.length > 0) ? [{ ...want, keys }] : []
    }),
    problems: once(problems),
    losses: once(lossesOf(own, asked)),
  }
}

const ESCAPE = 'escape'

/** The command that leads out of a context: others on Esc come before it, while there is something else to leave. */
const wayOut = (context: Context) => commandsIn(context).findLast(({ keys }) => keys.includes(ESCAPE))

/** What was taken from commands that nobody gave a key to. */
function lossesOf(
  own: ReadonlyMap<Context, ReadonlyMap<string, readonly string[]>>,
  asked: readonly { readonly context: Context; readonly want: WantedKeys }[],
): Remark[] {
  return [...own].flatMap(([context, ours]) =>
    commandsIn(context).flatMap((command): Remark[] => {
      if (ours.has(command.id) || command.keys.length === 0 || keysLeft(command, ours).length > 0) return []
      const [key = ''] = command.keys
      const taker = asked.find(
        (one) => one.context === context && one.want.keys.some((other) => overlap(other, key)),
      )
      const { id } = command
      const text = `${keyLabel(key)} was ${id} in “${context}”, which has no key there now. Give it another: ${id} = "…", or [] for none.`
      return taker ? [{ place: taker.want.place, text }] : []
    }),
  )
}

/** A mistake in all contexts of a command is one mistake. */
const once = (remarks: readonly Remark[]) =>
  remarks.filter(
    ({ place, text }, at) =>
      remarks.findIndex((other) => other.place === place && other.text === text) === at,
  )

function contextsOf({ command, context }: WantedKeys, complain: (text: string) => void): readonly Context[] {
  const found = COMMANDS.find(({ id }) => id === command)
  if (!found) {
    complain(
      `there is no command “${command.slice(0, 60)}”. ${nearest(
        command,
        COMMANDS.map(({ id }) => id),
      )}`,
    )
    return []
  }
  if (command === ALWAYS.id) {
    complain(`${ALWAYS.id} has ${keyLabel(ALWAYS.key)} for good: it is the way out that always works.`)
    return []
  }
  if (context === null) return found.contexts
  const named = CONTEXTS.find((other) => other.context === context)?.context
  if (!named) {
    complain(
      `there is no place “${context.slice(0, 60)}”. ${nearest(
        context,
        CONTEXTS.map((one) => one.context),
      )}`,
    )
    return []
  }
  if (found.contexts.includes(named)) return [named]
  complain(`${command} does nothing in “${named}”. It works in ${found.contexts.join(', ')}.`)
  return []
}

/** Why a key cannot be a command's in a context; null where it can. */
function whyNot(
  key: string,
  context: Context,
  command: string,
  own: ReadonlyMap<string, readonly string[]>,
): string | null {
  if (key === ALWAYS.key) return `${keyLabel(key)} always quits and cannot be ${command}.`
  const first = key.split(' ')[0] ?? ''
  if (TYPED.includes(context) && (first === 'space' || [...first].length === 1))
    return `${keyLabel(key)} is text where it is typed (in “${context}”) and cannot be ${command} there.`
  for (const [other, keys] of own) {
    const clash = keys.find((taken) => overlap(taken, key))
    if (clash !== undefined && other !== command)
      return `${keyLabel(key)} is given to ${command}, but ${keyLabel(clash)} is ${other} in “${context}” already; that stays.`
  }
  return null
}

/** Whether two sequences cannot both be typed: they are one, or one begins the other. */
const overlap = (one: string, other: string) =>
  one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `)

/** All keys of a context that are not those of the table. */
function effective(
  context: Context,
  own: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const changed = new Map(own)
  for (const command of commandsIn(context)) {
    const left = keysLeft(command, own)
    if (!own.has(command.id) && left.length < command.keys.length) changed.set(command.id, left)
  }
  return changed
}

/** A command's own keys, or those of the table that are left to it. */
function keysLeft({ id, keys }: Command, own: ReadonlyMap<string, readonly string[]>): readonly string[] {
  // Who asks for a key that the table gives anyway takes it from nobody: some keys are shared.
  const taken = [...own].flatMap(([owner, wanted]) => {
    const table = COMMANDS.find((command) => command.id === owner)?.keys ?? []
    return wanted.filter((key) => !table.includes(key))
  })
  return own.get(id) ?? keys.filter((key) => !taken.some((other) => overlap(other, key)))
}

function nearest(name: string, known: readonly string[]): string {
  const [best = ''] = known.toSorted((one, other) => distance(name, one) - distance(name, other))
  return distance(name.toLowerCase(), best) <= Math.max(2, best.length / 3)
    ? `Did you mean ${best}?`
    : '"broadsheet keys" lists all of them.'
}
