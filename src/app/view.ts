// State → screen: the only place that says where things are.

import { abstractLines } from './abstract.ts'
import { calendarPane } from './calendar-view.ts'
import { contextOf } from './commands.ts'
import type { Document } from './document.ts'
import { withinText } from './document-moving.ts'
import { documentPane, documentWidth } from './document-view.ts'
import { emptyLines, emptyText } from './empty.ts'
import { type Frame, fitLine, type Line, lineText, runSpans, span } from './frame.ts'
import { helpLines } from './help.ts'
import { keysIn } from './key-hints.ts'
import { linksPane } from './links-view.ts'
import { listPane } from './list.ts'
import type { Overlay } from './overlay.ts'
import { withoutPalette } from './palette.ts'
import { palettePane } from './palette-view.ts'
import { BETWEEN, measureOf, type Widths, widthsOf } from './panes.ts'
import { rulesPane } from './rules-view.ts'
import { settingsPane } from './settings-view.ts'
import { bodyHeight, clamp } from './shown.ts'
import { sidebarPane } from './sidebar.ts'
import { type State, selectedRow } from './state.ts'
import { statisticsPane } from './statistics-view.ts'
import { footer, statusBar } from './status.ts'
import { endLines, hasCard } from './triage.ts'
import { viewsPane } from './views-view.ts'

/** The screen of a state: exactly its size. */
export function view(state: State): Frame {
  const { columns, rows } = state.size
  const lines = body(state, columns)
  const below = footer(state, state.size)
  if (rows < 3) return { lines: [...lines, ...below].slice(0, rows) }
  const room = rows - 1 - below.length
  // More lines than one stand before the end of the body, for as long as nothing is pressed: nothing moves, unless they would
  // hide what they are about.
  const at = below.length > 1 ? lines.findLastIndex(isSelected) : -1
  const first = Math.max(0, at - room + 1)
  return { lines: [statusBar(state, columns), ...lines.slice(first, first + room), ...below] }
}

const isSelected = (line: Line) => line.some(({ styles }) => styles.includes('selected'))

/** Where the help was opened. */
const under = (state: State) => contextOf({ ...withoutPalette(state), help: false })

/** The help as it is filtered. Who listens gets no empty lines. */
export function helpOf(state: State, width: number): readonly Line[] {
  const all = helpLines(width, under(state), state.filter?.prompt.text, state.bindings)
  const lines = state.linear ? all.filter((line) => line.length > 0) : all
  return lines.length > 0
    ? lines
    : emptyLines(state.filter?.typing ? 'filter' : 'help', width, state.bindings)
}

/** What is said of an open text that has no lines. */
function withoutText(state: State, document: Document): Line[] {
  const why = document.text.lines.length > 0 ? null : emptyText(document)
  return why ? emptyLines(why, documentWidth(state), state.bindings) : []
}

function body(state: State, columns: number): Line[] {
  const { document, choosing, overlay } = state
  if (overlay && (!state.help || overlay.kind === 'palette')) return overlayPane(state, overlay, columns)
  if (!state.help && choosing?.kind === 'links') return linksPane(state, choosing, columns)
  if (!state.help && document) return documentPane(state, document, columns, withoutText(state, document))
  if (state.help) return page(helpOf(state, measureOf(columns).width), state, columns)
  if (state.triage && hasCard(state) !== true)
    return page(endLines(state.triage, keysIn('triage', state)), state, columns)
  if (state.reading) return page(readingLines(state), state, columns)
  return listScreen(state)
}

/** What is at a cell of the body of the screen, where the list is on it: the list, or what stands beside it. */
export function paneAt(state: State, column: number): keyof Widths {
  const { sidebar, list } = widthsOf(state)
  const left = sidebar === 0 ? 0 : sidebar + BETWEEN
  return column < left ? 'sidebar' : column < left + list ? 'list' : 'abstract'
}

/** The list with what stands beside it. */
function listScreen(state: State): Line[] {
  const { sidebar, list, abstract } = widthsOf(state)
  if (abstract === 0) return listPane(state, list)
  const left = sidebar > 0 ? sidebarPane(state, sidebar) : []
  const right = paperLines(state, abstract - 1)
  const between = span(' │ ', 'dim')
  return listPane(state, list).map((line, at) => [
    ...(sidebar > 0 ? [...(left[at] ?? []), between] : []),
    ...line,
    between,
    ...fitLine(right[state.scroll + at] ?? [], abstract),
  ])
}

function overlayPane(state: State, overlay: Overlay, columns: number): Line[] {
  switch (overlay.kind) {
    case 'palette':
      return palettePane(state, overlay, columns)
    case 'calendar':
      return calendarPane(state, overlay, columns)
    case 'statistics':
      return statisticsPane(state, overlay, columns)
    case 'settings':
      return settingsPane(state, overlay, columns)
    case 'views':
      return viewsPane(state, overlay, columns)
    case 'rules':
      return rulesPane(state, overlay, columns)
  }
}

/** Lines in the middle of the screen, from where they are scrolled to. */
function page(lines: readonly Line[], state: State, columns: number): Line[] {
  const margin = ' '.repeat(measureOf(columns).margin)
  return Array.from({ length: bodyHeight(state) }, (_, at) =>
    fitLine([span(margin), ...(lines[state.scroll + at] ?? [])], columns),
  )
}

function paperLines(state: State, width: number): readonly Line[] {
  if (!state.paper || state.paper.id !== selectedRow(state)?.id) return []
  return abstractLines(state.paper, width, state.search?.results?.matched ?? [])
}

/** The open abstract, with its picture once that is here. */
function readingLines(state: State): readonly Line[] {
  const lines = paperLines(state, measureOf(state.size.columns).width)
  const picture = state.picture?.lines ?? []
  if (lines.length === 0 || picture.length === 0) return lines
  return [...lines, [], [span('Picture', 'heading')], ...picture.map(({ runs }) => runSpans(runs))]
}

/** The state with its scroll position held within what there is to see. */
export function withinExtent(state: State): State {
  if (state.document && !state.help) {
    const document = withinText(state.document, bodyHeight(state))
    return document === state.document ? state : { ...state, document }
  }
  if (state.scroll === 0) return state
  const lines = state.help
    ? helpOf(state, measureOf(state.size.columns).width)
    : state.reading
      ? readingLines(state)
      : paperLines(state, widthsOf(state).abstract - 1)
  const scroll = clamp(state.scroll, 0, lines.length - bodyHeight(state))
  return scroll === state.scroll ? state : { ...state, scroll }
}

/** A frame as plain text, for tests and for terminals without styles. */
export function frameText({ lines }: Frame): string {
  return lines.map((line) => lineText(line).trimEnd()).join('\n')
}
