// A paper's links as a list to choose from.

import { cellWidth, truncate } from '../text/layout.ts'
import { type Choosing, linksHeight } from './choosing.ts'
import { emptyLines } from './empty.ts'
import { fitLine, type Line, span } from './frame.ts'
import { bodyHeight } from './shown.ts'
import type { State } from './state.ts'

/** The body of the screen: exactly its height, every line exactly `columns` cells. */
export function linksPane(
  state: State,
  { links, typed, copies, top }: Extract<Choosing, { kind: 'links' }>,
  columns: number,
): Line[] {
  const height = bodyHeight(state)
  if (links.length === 0) {
    const nothing = emptyLines('links', Math.max(2, columns - 2), state.bindings)
    return Array.from({ length: height }, (_, at) => fitLine([span('  '), ...(nothing[at] ?? [])], columns))
  }
  const title = copies ? 'A letter copies the address' : 'A letter opens the link'
  const names = Math.min(30, Math.max(...links.map(({ label }) => cellWidth(label)), 4))
  const lines: Line[] = links.map(({ keys, label, url, detail }) => {
    const rest = keys.startsWith(typed) ? keys.slice(typed.length) : ''
    const name = truncate(label, names)
    return [
      span(`  ${rest.padEnd(3)}`, 'accent', 'bold'),
      span(name + ' '.repeat(names - cellWidth(name) + 2)),
      span(url, 'link'),
      ...(detail === '' ? [] : [span(`  ${detail}`, 'dim')]),
    ]
  })
  const shown = lines.slice(top, top + linksHeight(state))
  return Array.from({ length: height }, (_, at) =>
    fitLine(at === 0 ? [span(`  ${title}`, 'heading')] : at === 1 ? [] : (shown[at - 2] ?? []), columns),
  ).slice(0, height)
}
