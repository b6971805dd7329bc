// The section [keys] of the configuration: which keys are wanted for which commands. What they are is said in bindings.ts.

import { parseKeys } from '../app/keys.ts'
import type { WantedKeys } from './bindings.ts'
import { type Complain, isTable, type Place, type Table } from './toml.ts'

/** Where a name stands in a section, `keys` or `keys.list`; null where that is not known. */
type PlaceOf = (section: string, name: string) => Place | null

/** Reads the section; whatever makes no sense in it is complained of and left out. */
export function readKeys(section: Readonly<Table>, placeOf: PlaceOf, complain: Complain): WantedKeys[] {
  return Object.entries(section).flatMap(([name, value]) =>
    isTable(value)
      ? Object.entries(value).flatMap(([command, keys]) => wanted(command, name, keys, placeOf, complain))
      : wanted(name, null, value, placeOf, complain),
  )
}

function wanted(
  command: string,
  context: string | null,
  value: unknown,
  placeOf: PlaceOf,
  complain: Complain,
): WantedKeys[] {
  const place = placeOf(context === null ? 'keys' : `keys.${context}`, command)
  const texts = Array.isArray(value) ? value : [value]
  const example = `Write ${command} = "x", or ["x", "g x"], or [] for none.`
  const keys = texts.flatMap((text) => {
    if (typeof text !== 'string') {
      complain(place, `the keys of ${command.slice(0, 60)} are no text in quotes. ${example}`)
      return []
    }
    const key = parseKeys(text)
    if (key !== null) return [key]
    complain(
      place,
      `“${text.slice(0, 40)}” is no key. Keys are written as j, G, Enter, Ctrl-d, PgDn, Space, or g g for two.`,
    )
    return []
  })
  // A command whose keys make no sense keeps those it has.
  return keys.length < texts.length && keys.length === 0 ? [] : [{ command, context, keys, place }]
}
