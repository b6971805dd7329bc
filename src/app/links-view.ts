// A paper's links as a list to choose from.

import { cellWidth, truncate } from '../text/layout.ts'
import { emptyLines } from './empty.ts'
import { fitLine, type Line, span, targeted } from './frame.ts'
import { type LinkList, linksHeight } from './link-list.ts'
import { bodyHeight } from './shown.ts'
import type { State } from './state.ts'

/** Cells of an address that are worth more than what stands behind it. */
const LEAST_ADDRESS = 24

/** The body of the screen: exactly its height, every line exactly `columns` cells. */
export function linksPane(
  state: State,
  { links, rest, typed, copies, top, asking }: LinkList,
  columns: number,
): Line[] {
  const height = bodyHeight(state)
  const doing = asking ? [span(' · asking the Hub for more …', 'dim')] : []
  if (links.length === 0) {
    const nothing = emptyLines('links', Math.max(2, columns - 2), state.bindings)
    return Array.from({ length: height }, (_, at) => fitLine([span('  '), ...(nothing[at] ?? [])], columns))
  }
  const title = copies ? 'A letter copies the address' : 'A letter opens the link'
  const names = Math.min(30, Math.max(...links.map(({ label }) => cellWidth(label)), 4))
  const letters = Math.max(2, ...links.map(({ keys }) => keys.length)) + 1
  const lines: Line[] = links.map(({ keys, label, url, detail }) => {
    const rest = keys.startsWith(typed) ? keys.slice(typed.length) : ''
    const name = truncate(label, names)
    // Of what is counted the counts say more than the end of an address.
    const room = columns - 2 - letters - names - 2 - (detail === '' ? 0 : cellWidth(detail) + 2)
    const line = [
      span(`  ${rest.padEnd(letters)}`, 'accent', 'bold'),
      span(name + ' '.repeat(names - cellWidth(name) + 2)),
      span(truncate(url, Math.max(LEAST_ADDRESS, room)), 'link'),
      ...(detail === '' ? [] : [span(`  ${detail}`, 'dim')]),
    ]
    return rest === '' ? line : targeted(line, { kind: 'keys', keys: rest })
  })
  if (rest !== '') lines.push([span(`  ${rest}`, 'dim')])
  const shown = lines.slice(top, top + linksHeight(state))
  return Array.from({ length: height }, (_, at) =>
    fitLine(
      at === 0 ? [span(`  ${title}`, 'heading'), ...doing] : at === 1 ? [] : (shown[at - 2] ?? []),
      columns,
    ),
  ).slice(0, height)
}
