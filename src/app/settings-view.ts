// The settings as lines: name, value and where it comes from; below them what the selected one does.

import { cellWidth, fitCells, truncate, wrap } from '../text/layout.ts'
import { fitLine, type Line, span, targeted } from './frame.ts'
import { typedLine } from './prompt-line.ts'
import { type SettingRow, type SettingsOverlay, settingsHeight } from './settings.ts'
import { bodyHeight } from './shown.ts'
import type { State } from './state.ts'

/** A value as the file would have it, but for a list, which is its words. */
const printed = (value: unknown): string =>
  Array.isArray(value) ? (value.length === 0 ? '–' : value.join(' ')) : value === null ? '–' : String(value)

/** The body of the screen: exactly its height, every line exactly `columns` cells. */
export function settingsPane(state: State, { at, top, prompt }: SettingsOverlay, columns: number): Line[] {
  const height = bodyHeight(state)
  const names = Math.max(0, ...state.settings.map(({ name }) => cellWidth(name)))
  const rows = state.settings.slice(top, top + settingsHeight(state)).map((row, index) => {
    const target = { kind: 'entry', at: top + index } as const
    const line = targeted(settingLine(row, names, columns), target)
    return top + index === at
      ? line.map((piece) => ({ ...piece, styles: ['own', 'selected'] as const }))
      : line
  })
  const row = state.settings[at]
  const about = row
    ? wrap(row.about, Math.max(2, columns - 4)).map(({ text }) => [span(`  ${text}`, 'dim')])
    : []
  const below = [
    ...(prompt && row ? [typedLine(`${row.name}: `, prompt, [], columns)] : []),
    ...about.map((line) => fitLine(line, columns)),
  ]
  // Where the screen is low and there is much to say, words matter more than the blank line before them.
  const isTight = 1 + rows.length + 1 + below.length > height
  const lines: Line[] = [
    fitLine([span(' Settings', 'heading')], columns),
    ...rows,
    ...(isTight ? [] : [fitLine([], columns)]),
    ...below,
  ]
  return Array.from({ length: height }, (_, index) => lines[index] ?? fitLine([], columns))
}

function settingLine({ name, value, from }: SettingRow, names: number, columns: number): Line {
  const room = Math.max(1, columns - names - 4)
  const own = from === 'default' ? [] : [span(`  ${from}`, 'dim')]
  return fitLine(
    [
      span(`  ${fitCells(name, names)}  `),
      span(truncate(printed(value), room), 'own', ...(from === 'default' ? [] : (['bold'] as const))),
      ...own,
    ],
    columns,
  )
}
