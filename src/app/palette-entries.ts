// What the palette lists: which commands, whether each can run where the palette was opened, and the best match first.

import Fuse from 'fuse.js'
import { merged, type Range } from '../text/highlights.ts'
import type { Command, Context } from './commands.ts'
import { keyLabel } from './keys.ts'
import { beginsWord, rangeOf, wordsOf } from './matching.ts'
import type { State } from './state.ts'

export interface PaletteEntry {
  readonly command: Command
  /** Its keys as people write them. */
  readonly keys: string
  /** True, or why it cannot run where the palette was opened. */
  readonly runs: true | string
  /** What matched of the title, in UTF-16 units. */
  readonly inTitle: readonly Range[]
  /** What matched of the id, where the title does not say all that was typed; else null. */
  readonly inId: readonly Range[] | null
}

/**
 * The places whose commands are listed, as a reason calls them. Elsewhere something is being typed or chosen, and commands
 * there do nothing by themselves.
 */
export const PLACES: Readonly<Partial<Record<Context, string>>> = {
  list: 'in the list',
  reading: 'while reading an abstract',
  triage: 'in triage',
  document: 'while reading a full text or comments',
  help: 'in the help',
  calendar: 'in the calendar',
  statistics: 'in the statistics',
  views: 'in the list of views',
  rules: 'in the list of rules',
  settings: 'in the settings',
  links: 'in the links of a paper',
}

/** Small screens over others: their commands are listed where the palette was opened there, elsewhere by their whole names alone. */
export const SMALL: readonly Context[] = ['views', 'rules', 'settings', 'links']

/** A command that is listed, with what is looked for in it. */
interface Listed {
  readonly command: Command
  readonly contexts: readonly Context[]
  /** The command whose keys come first, and without which it runs from here. */
  readonly first: Command | null
  readonly title: string
  readonly name: string
  readonly keys: readonly string[]
}

interface Index {
  readonly listed: readonly Listed[]
  readonly fuse: Fuse<Word>
  /** What was found near words that were typed: each frame asks for the same again. */
  readonly near: Map<string, Near>
}

/** Words that are remembered. */
const MOST_NEAR = 100

/** A word of a title or an id, and where it stands there. */
interface Word {
  readonly word: string
  readonly of: Listed
  readonly in: 'title' | 'name'
  readonly range: Range
}

const indices = new WeakMap<readonly Command[], Index>()

function indexOf(table: readonly Command[]): Index {
  const known = indices.get(table)
  if (known) return known
  const listed = table.flatMap((command): Listed[] => {
    const first = table.find(({ id }) => id === command.after) ?? null
    const contexts = [...command.contexts, ...(first?.contexts ?? [])].filter((context) => context in PLACES)
    // The palette itself is open already.
    if (contexts.length === 0 || command.id === 'palette') return []
    // After a command without a key, none of these works.
    const before = first ? first.keys.slice(0, 1).map((key) => `${keyLabel(key)} `) : ['']
    const keys = before.flatMap((begin) => command.keys.map((key) => begin + keyLabel(key)))
    return [{ command, contexts, first, title: command.title, name: command.id.replaceAll('-', ' '), keys }]
  })
  const parts = listed.flatMap((item) => [...partsOf(item, 'title'), ...partsOf(item, 'name')])
  const fuse = new Fuse(parts, { keys: ['word'], includeScore: true, threshold: 0.4 })
  const index = { listed, fuse, near: new Map<string, Near>() }
  indices.set(table, index)
  return index
}

const partsOf = (item: Listed, place: Word['in']): Word[] =>
  Array.from(item[place].matchAll(/[\p{L}\p{N}]+/gu), ({ 0: word, index }) => ({
    ...{ word, of: item, in: place },
    range: { start: index, end: index + word.length },
  }))

/**
 * The commands of a table that match what was typed, best first. `opened` is the state and `here` the context that they are
 * to run in.
 */
export function entriesOf(
  opened: State,
  table: readonly Command[],
  here: Context,
  typed: string,
): readonly PaletteEntry[] {
  const index = indexOf(table)
  const { listed } = index
  // Ids are typed with hyphens, which their words have none of.
  const words = wordsOf(typed, /[\s-]+/)
  const named = typed.trim().toLowerCase()
  // What is spelled as it is somewhere is no mistake.
  const found = words.map((word) =>
    listed.some((item) => literalMatch(item, word) || isNamed(item.command, named))
      ? NOTHING
      : nearTo(index, word),
  )
  const isNear = ({ command, contexts }: Listed) =>
    contexts.some((context) => context === here || !SMALL.includes(context)) || isNamed(command, named)
  const entriesBy = (matchesOf: (item: Listed, word: string, at: number) => WordMatch | null) =>
    listed
      .filter(isNear)
      .flatMap((item) => {
        const matches = words.flatMap((word, at) => matchesOf(item, word, at) ?? [])
        if (matches.length < words.length && !isNamed(item.command, named)) return []
        const runs = runsHere(opened, item, here)
        const cost =
          words.length === 0 ? untypedCost(opened, item, here, runs) : typedCost(item, typed, matches, runs)
        return [{ cost, entry: entryOf(item, runs, matches) }]
      })
      .toSorted((one, other) => one.cost - other.cost)
      .map(({ entry }) => entry)
  const entries = entriesBy((item, word, at) => matchOf(item, word, found[at] ?? NOTHING))
  // What is no word of any command, nor one with a mistake, may be one without some of its letters.
  return entries.length > 0
    ? entries
    : entriesBy((item, word) => literalMatch(item, word) ?? shortMatch(item, word))
}

/** True, or why a command cannot run in the state and context where the palette was opened. */
function runsHere(opened: State, { command, contexts, first }: Listed, here: Context): true | string {
  if (!contexts.includes(here)) return `only ${contexts.map((context) => PLACES[context]).join(' or ')}`
  const ready = first?.enabled?.(opened) ?? true
  return ready === true ? (command.enabled?.(opened) ?? true) : ready
}

/** How well a word matches a command: the less it costs the better. */
interface WordMatch {
  readonly cost: number
  readonly title: readonly Range[]
  readonly name: readonly Range[]
  readonly inKeys: boolean
}

/** What a match costs that is not at the beginning of a title or an id, but of another word, or within one. */
const LATER_WORD = 0.01
const WITHIN_WORD = 0.1
/** What a command that cannot run now lies behind equal ones that can. */
const NOT_NOW = 0.05

const matchOf = (item: Listed, word: string, near: Near): WordMatch | null =>
  literalMatch(item, word) ?? near.get(item) ?? null

function literalMatch({ title, name, keys }: Listed, word: string): WordMatch | null {
  const [inTitle, inName] = [rangeOf(title, word), rangeOf(name, word)]
  const inKeys = keys.some((key) => key.toLowerCase().includes(word))
  if (!inTitle && !inName && !inKeys) return null
  const isBeginning =
    (inTitle && beginsWord(title, inTitle.start)) || (inName && beginsWord(name, inName.start))
  return {
    cost: inTitle?.start === 0 || inName?.start === 0 ? 0 : isBeginning ? LATER_WORD : WITHIN_WORD,
    title: inTitle ? [inTitle] : [],
    name: inName ? [inName] : [],
    inKeys,
  }
}

/** The commands of which a word is near one that was typed. */
type Near = ReadonlyMap<Listed, WordMatch>

const NOTHING: Near = new Map()

/** Longer words are spelled by nobody who exchanges two letters. */
const LONGEST_SWAPPED = 12
/** Two letters in the wrong order are two mistakes to fuse.js, too many for a short word, but one to who types. */
const SWAPPED = 0.2

function nearTo({ fuse, near: known }: Index, word: string): Near {
  const before = known.get(word)
  if (before) return before
  const near = new Map<Listed, WordMatch>()
  for (const spelling of [word, ...swapped(word)]) {
    for (const { item, score = 1 } of fuse.search(spelling)) {
      const cost = score + (spelling === word ? 0 : SWAPPED)
      if (cost >= (near.get(item.of)?.cost ?? 1)) continue
      const ranges = { title: [], name: [], [item.in]: [item.range] }
      near.set(item.of, { cost, ...ranges, inKeys: false })
    }
  }
  if (known.size >= MOST_NEAR) known.clear()
  known.set(word, near)
  return near
}

/** The match of a word that is the name of a command, or a word of its title, with letters left out. */
const shortMatch = ({ name, title }: Listed, word: string): WordMatch | null =>
  [name, ...title.split(' ')].some((of) => isShort(word, of))
    ? { cost: WITHIN_WORD, title: [], name: [], inKeys: false }
    : null

/** Whether a word is another with letters left out, but not the first: `tgrd` for `toggle read`. */
function isShort(word: string, of: string): boolean {
  const whole = of.toLowerCase()
  let at = 0
  for (const letter of word) {
    const next = whole.indexOf(letter, at)
    if (next < 0 || (at === 0 && next > 0)) return false
    at = next + 1
  }
  return true
}

/** A word with each two neighbouring letters in the other order. */
const swapped = (word: string) =>
  word.length > LONGEST_SWAPPED
    ? []
    : Array.from(
        { length: word.length - 1 },
        (_, at) => word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
      )

/** How commands are ordered before anything is typed: recent ones, those of the place, those of others. */
function untypedCost({ recent }: State, item: Listed, here: Context, runs: true | string): number {
  if (!item.contexts.includes(here)) return 3
  if (runs !== true) return 2
  const at = recent.indexOf(item.command.id)
  return at < 0 ? 1 : at / recent.length
}

/** How far a command is from what was typed: names and keys that are just that come before all else. */
function typedCost(
  { command, keys }: Listed,
  typed: string,
  matches: readonly WordMatch[],
  runs: true | string,
): number {
  const later = runs === true ? 0 : NOT_NOW
  const exact = typed.trim()
  if (isNamed(command, exact.toLowerCase())) return later - 2
  if (keys.includes(exact)) return later - 1
  return later + matches.reduce((sum, { cost }) => sum + cost, 0) / Math.max(1, matches.length)
}

const isNamed = ({ id, also }: Command, name: string) => id === name || (also?.includes(name) ?? false)

function entryOf(
  { command, keys }: Listed,
  runs: true | string,
  matches: readonly WordMatch[],
): PaletteEntry {
  const isNamedOnly = matches.some(({ title, inKeys }) => title.length === 0 && !inKeys)
  return {
    command,
    keys: keys.join(' '),
    runs,
    inTitle: merged(matches.flatMap(({ title }) => title)),
    inId: isNamedOnly ? merged(matches.flatMap(({ name }) => name)) : null,
  }
}
