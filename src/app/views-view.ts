// The list of views on the screen.

import { latexText } from '../text/latex.ts'
import { cellWidth, fitCells, truncate } from '../text/layout.ts'
import { keyOf } from './commands.ts'
import { emptyLines } from './empty.ts'
import { fitLine, type Line, lineWidth, type Span, selected, span, spread, targeted } from './frame.ts'
import { keyLabel } from './keys.ts'
import { labelledLine } from './prompt-line.ts'
import { bodyHeight } from './shown.ts'
import type { State } from './state.ts'
import { linePrompt } from './view-line.ts'
import { countOf, type ViewEntry, type ViewsOverlay, viewEntries, viewsHeight } from './views.ts'

/** Further from a name its numbers are hard to find, in cells. */
const WIDEST = 120
/** From these widths on there is room for how many papers there are, and for the query. */
const COUNT_FROM = 30
const QUERY_FROM = 60

/** The body of the screen: exactly its height, every line exactly `width` cells. */
export function viewsPane(state: State, overlay: ViewsOverlay, width: number): Line[] {
  const columns = Math.min(width, WIDEST)
  const entries = viewEntries(state)
  const filter = overlay.filter === '' ? '' : ` like “${overlay.filter}”`
  const title = spread(
    [span(` Views${filter}`, 'heading')],
    columns < QUERY_FROM ? [] : [span('papers · unread ', 'dim')],
    columns,
  )
  const nothing = emptyLines('views', Math.max(2, columns - 2), state.bindings).map((line) =>
    fitLine([span('  '), ...line], columns),
  )
  const found = entries.slice(overlay.top, overlay.top + viewsHeight(state)).map((entry, index) => {
    const at = overlay.top + index
    return targeted(entryLine(state, entry, at === overlay.at, columns), { kind: 'entry', at })
  })
  const lines = [title, ...(entries.length > 0 ? found : nothing)]
  return Array.from({ length: bodyHeight(state) }, (_, at) => fitLine(lines[at] ?? [], width))
}

function entryLine(state: State, entry: ViewEntry, isSelected: boolean, columns: number): Line {
  const count = countOf(state, entry)
  const query = entry.kind === 'saved' ? queryText(entry) : ''
  const key = keyOfEntry(state, entry)
  const left: Span[] = [
    span(isSelected ? '> ' : '  '),
    span(fitCells(cellWidth(key) < KEY ? key : '', KEY), 'accent'),
    span(latexText(entry.name)),
    ...(columns < QUERY_FROM || query === '' ? [] : [span(`  ${query}`, 'dim')]),
  ]
  const number = (value: number) => value.toLocaleString('en')
  const right =
    columns < COUNT_FROM || !count ? [] : [span(` ${number(count.papers)} · ${number(count.unread)} `, 'dim')]
  const line = spread(left, right, columns)
  return isSelected ? line.map(selected) : line
}

/** Cells for the key of a view: of one that has no key of one letter they are blank. */
const KEY = 2

function keyOfEntry({ bindings }: State, entry: ViewEntry): string {
  if (entry.kind === 'saved') return entry.view.key === null ? '' : String(entry.view.key)
  return keyLabel(keyOf(entry.kind === 'own' ? `view-${entry.view}` : 'view-trending', 'list', bindings))
}

const queryText = ({ view }: ViewEntry & { kind: 'saved' }) =>
  view.sort === null ? view.query : `${view.query}  by ${view.sort}`

/** Cells for what is typed beside what is wrong with it. */
const LEAST_TYPED = 16

const LABELS = { name: 'Name', query: 'Query', key: 'Key, 5 to 9 or none' }

/** The footer while something is typed in the list of views; null where nothing is. */
export function viewsLine(state: State, hints: Line, width: number): Line | null {
  const typing = state.overlay?.kind === 'views' ? state.overlay.line : null
  const prompt = linePrompt(typing)
  if (!typing || !prompt) return null
  const label = typing.kind === 'filter' ? 'Filter' : LABELS[typing.part]
  const room = Math.max(0, width - cellWidth(label) - LEAST_TYPED)
  const why = state.message && truncate(state.message.text, room)
  if (why !== null) return labelledLine(label, prompt, [span(why, 'error')], width)
  const right = lineWidth(hints) > width / 2 ? [] : hints
  return labelledLine(label, prompt, right, width)
}
