// The palette on the screen: what is typed, and below it the commands.

import { type Bindings, DISPATCH } from './commands.ts'
import { emptyLines } from './empty.ts'
import { fitLine, type Line, marked, type Span, selected, span, spread, targeted } from './frame.ts'
import { type Palette, paletteEntries, paletteHeight } from './palette.ts'
import type { PaletteEntry } from './palette-entries.ts'
import { typedLine } from './prompt-line.ts'
import { bodyHeight, topOf } from './shown.ts'
import type { State } from './state.ts'

/** From these widths on there is room for the keys, for why a command cannot run, and for how many there are. */
const KEYS_FROM = 60
const WHY_FROM = 45
const COUNT_FROM = 30

/** The body of the screen: exactly its height, every line exactly `columns` cells. */
export function palettePane(state: State, palette: Palette, columns: number): Line[] {
  const entries = paletteEntries(state, DISPATCH)
  const height = bodyHeight(state)
  const top = topOf(palette, paletteHeight(state))
  const count = columns < COUNT_FROM ? '' : ` ${entries.length} command${entries.length === 1 ? '' : 's'} `
  const typed = typedLine(':', palette.prompt, [span(count, 'dim')], columns)
  const found = entries
    .slice(top, top + paletteHeight(state))
    .map((entry, at) =>
      targeted(entryLine(entry, top + at === palette.at, columns), { kind: 'entry', at: top + at }),
    )
  const lines = entries.length > 0 ? found : nothing(columns, state.bindings)
  return Array.from({ length: height }, (_, at) =>
    at === 0 ? typed : (lines[at - 1] ?? fitLine([], columns)),
  )
}

const nothing = (columns: number, bindings: Bindings): Line[] =>
  emptyLines('palette', Math.max(2, columns - 2), bindings).map((line) =>
    fitLine([span('  '), ...line], columns),
  )

function entryLine(
  { command, keys, runs, inTitle, inId }: PaletteEntry,
  isSelected: boolean,
  columns: number,
): Line {
  const dim = runs === true ? [] : (['dim'] as const)
  const left: Span[] = [
    span(isSelected ? '> ' : '  '),
    ...marked(command.title, 0, inTitle, 'own', ...dim),
    ...(inId === null ? [] : [span('  '), ...marked(command.id, 0, inId, 'dim')]),
    ...(runs === true || columns < WHY_FROM ? [] : [span(`  ${runs}`, 'dim')]),
  ]
  const right = columns < KEYS_FROM || keys === '' ? [] : [span(`  ${keys} `, 'accent', 'own')]
  const line = spread(left, right, columns)
  return isSelected ? line.map(selected) : line
}
