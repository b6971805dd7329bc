// The status bar above and the footer below.

import { cellWidth, truncate, wrap } from '../text/layout.ts'
import { calendarBar } from './calendar-view.ts'
import { type Command, commandsIn, contextOf, hintOf } from './commands.ts'
import { printDay } from './dates.ts'
import { documentBar } from './document-view.ts'
import { fitLine, type Line, lineText, lineWidth, type Span, span, spread, targeted } from './frame.ts'
import { helpCount } from './help.ts'
import type { HelpFilter } from './help-filter.ts'
import { keyLabel } from './keys.ts'
import { VIEWS } from './own-views.ts'
import { findLine, promptLine, tagLine, typedLine } from './prompt-line.ts'
import { rulesLine } from './rules-view.ts'
import { mayHaveMore } from './searching.ts'
import { countSelected } from './selecting.ts'
import { bodyHeight, listCount } from './shown.ts'
import { sortingSaid } from './sorting.ts'
import { type Message, type Sought, type State, type SyncState, selectedRow } from './state.ts'
import { statisticsBar } from './statistics-view.ts'
import { trendingDay } from './trending.ts'
import { triageBar } from './triage.ts'
import { viewsLine } from './views-view.ts'

/** Fewer cells hold hardly a word. */
const LEAST_SHARED = 30

/** View, position, unread papers; on the right what the sync is doing. */
export function statusBar(state: State, width: number): Line {
  const { totals, document } = state
  if (state.help && state.filter)
    return spread(filterBar(state.filter.prompt.text), syncSpans(state, width), width)
  if (document && !state.help) {
    const { left, right } = documentBar(document, bodyHeight(state), Math.floor(width * 0.8))
    return spread(left, [...right, ...syncSpans(state, width)], width)
  }
  if (state.overlay?.kind === 'calendar' && !state.help)
    return spread(calendarBar(state, state.overlay, width), syncSpans(state, width), width)
  if (state.overlay?.kind === 'statistics' && !state.help)
    return spread(statisticsBar(state.overlay, width), syncSpans(state, width), width)
  if (state.triage && !state.help) return triageBar(state.triage, syncSpans(state, width), width)
  const results = state.search?.results
  const name = listName(state, Math.max(8, Math.floor(width / 3)))
  const count = listCount(state)
  const position = `${Math.min(count, state.cursor + 1)}/${count}${mayHaveMore(state) ? '+' : ''}`
  const right = syncSpans(state, width)
  const day = selectedRow(state)?.day
  const chosen = countSelected(state)
  const sorting = sortingSaid(state)
  const left = [
    ...(width >= 60 ? [span(' Broadsheet ', 'bold', 'accent')] : []),
    span(' '),
    ...name,
    span(' '),
    span(`${position} `),
    ...(sorting !== null && width >= 40 ? [span(`· ${sorting} `, 'own')] : []),
    ...(chosen > 0 ? [span(`· ${chosen} selected `, 'accent', 'bold')] : []),
    ...(width >= (results ? 90 : 50) ? [span(`· ${totals.unread} unread `, 'dim')] : []),
    ...(width >= 80 && day ? [span(`· ${printDay(day)} `, 'dim')] : []),
  ]
  return spread(left, right, width)
}

function filterBar(filter: string): Line {
  const { matching, all } = helpCount(filter)
  return [span(' Help ', 'bold'), span(`${matching} of ${all} keys `)]
}

/** What the list shows, in at most so many cells and the signs around them. */
export function listName({ search, view }: State, cells: number): Line {
  const sought = search?.results?.sought
  if (sought) return soughtName(sought, cells)
  return [span(VIEWS.find((one) => one.view === view)?.name ?? '', 'bold')]
}

/** What is shown, in at most so many cells and the signs around them. */
function soughtName(sought: Sought, cells: number): Span[] {
  switch (sought.kind) {
    case 'view':
      return [span(truncate(sought.name, cells), 'bold')]
    case 'trending': {
      const day = sought.askedAt === null ? '' : ` ${trendingDay(sought.askedAt)}`
      // The place in the list matters more, and that this is old is told as it is opened.
      return [span(cellWidth(`Trending${day}`) > cells ? 'Trending' : `Trending${day}`, 'bold', 'own')]
    }
    case 'like':
      return quoted('Like “', truncate(sought.title, cells))
    case 'query':
      return sought.days === undefined
        ? quoted('“', truncate(sought.query.trim(), cells))
        : [span(sought.days, 'bold', 'own')]
  }
}

/** What is quoted is not of the interface, but the marks around it are. */
const quoted = (before: string, text: string): Span[] => [
  span(before, 'bold', 'own'),
  span(text, 'bold'),
  span('”', 'bold', 'own'),
]

function syncSpans(state: State, width: number): Line {
  const count = state.search?.fresh || state.arrived
  const arrived = count > 0 ? [span(`↑ ${count} new `, 'accent', 'bold')] : []
  return [...arrived, ...syncText(state.sync, width)]
}

function syncText(sync: SyncState, width: number): Span[] {
  switch (sync.kind) {
    case 'idle':
      return []
    case 'running': {
      const what = sync.what === '' || width < 100 ? '' : ` ${sync.what}`
      const doing = sync.waiting === null ? `sync${what}` : truncate(sync.waiting, Math.floor(width / 3))
      if (sync.total === 0) return [span(`${doing} `, 'dim')]
      const left = sync.left === '' || width < 80 ? '' : `${sync.left} `
      const progress = span(`${doing} ${sync.done}/${sync.total} ${left}`, 'dim')
      if (width < 60) return [progress]
      const cells = 10
      const filled = Math.round((cells * sync.done) / sync.total)
      return [
        progress,
        span('━'.repeat(filled), 'accent'),
        span('─'.repeat(cells - filled), 'dim'),
        span(' '),
      ]
    }
    case 'done':
      return [span('synced ', 'dim')]
    case 'offline':
      return [span('offline ', 'star')]
    case 'failed':
      return [span('sync failed ', 'error')]
  }
}

/** Of so many rows of the screen the footer takes one at most. */
const ROWS_FOR_ONE = 3

/**
 * The prompt while a query is typed, else a message, else the keys that matter now. That is one line, but what can be chosen
 * by a letter, what went wrong and why something cannot be done is said whole, in as many lines as that takes and the screen has to spare.
 */
export function footer(state: State, { columns: width, rows }: State['size']): Line[] {
  const most = Math.max(1, Math.floor(rows / ROWS_FOR_ONE))
  const { choosing, message } = state
  const asking = askingLine(state, width)
  if (asking) {
    if (message === null || most === 1 || lineText(asking).includes(message.text)) return [asking]
    // What does not fit beside what is typed stands above it.
    return [
      ...messageLines(message, width, most - 1),
      askingLine({ ...state, message: null }, width) ?? asking,
    ]
  }
  if (choosing?.kind === 'sort') return inLines([span(' By ', 'bold')], hintsOf(state), width).slice(0, most)
  if (choosing?.kind === 'copy') return inLines([], hintsOf(state), width).slice(0, most)
  if (message) return messageLines(message, width, message.kind === 'info' ? 1 : most)
  return [sharedLine(state, width) ?? hints(state, width)]
}

/** The line in which something is typed or asked; null where nothing is. */
function askingLine(state: State, width: number): Line | null {
  if (state.prompt) return promptLine(state, width)
  if (contextOf(state) === 'filter' && state.filter) return filterLine(state, state.filter, width)
  if (state.document?.finding) return findLine(state.document, width)
  if (state.pending !== '') return pendingLine(state, width)
  if (state.tagging) return tagLine(state, width)
  if (state.choosing?.kind === 'hints')
    return spread([span(' A letter follows its link')], hints(state, Math.min(width, ANSWERS)), width)
  if (state.choosing?.kind === 'confirm') return questionLine(state, state.choosing.question, width)
  return (
    state.overlay && (viewsLine(state, lineHints(state), width) ?? rulesLine(state, lineHints(state), width))
  )
}

/** Cells for the answers to a question: where they stand, and how many the first of them needs. */
const ANSWERS = 24
const LEAST_ANSWERS = 7

/** A question and its answers. A long question is read before it is answered, so that it has the room of the last answer. */
function questionLine(state: State, question: string, width: number): Line {
  const left = [span(` ${question}`, 'bold', 'own')]
  const room = Math.max(LEAST_ANSWERS, Math.min(ANSWERS, width - lineWidth(left)))
  return spread(left, hints(state, Math.min(width, room)), width)
}

/** Keys after a word that says what they are for, in as many lines as they need; the last one, the way out, is worth none. */
function inLines(before: Line, keys: readonly { pieces: Line }[], width: number): Line[] {
  const lines: Line[] = [before]
  for (const { pieces } of keys) {
    const last = lines.at(-1) ?? []
    if (lineWidth(last) > 0 && lineWidth(last) + lineWidth(pieces) > width) lines.push(pieces)
    else lines[lines.length - 1] = [...last, ...pieces]
  }
  const hasLone = lines.length > 1 && lines.at(-1) === keys.at(-1)?.pieces
  return (hasLone ? lines.slice(0, -1) : lines).map((line) => fitLine(line, width))
}

/** A message in at most so many lines. */
function messageLines({ kind, text }: Message, width: number, most: number): Line[] {
  const lines = wrap(text, width - 2)
  const whole = lines.slice(0, most - 1).map((line) => line.text)
  const rest = text.slice(lines[most - 1]?.start ?? text.length)
  return [...whole, ...(rest === '' ? [] : [rest])].map((line) =>
    fitLine([span(` ${line}`, 'own', ...(kind === 'error' ? (['error'] as const) : []))], width),
  )
}

/** The keys of a line, beside what is typed in it. */
const lineHints = (state: State): Line => hintsOf(state).flatMap(({ pieces }) => pieces)

/** Fewer cells are all for what is typed. */
const LEAST_HINTED = 60

function filterLine(state: State, { prompt }: HelpFilter, width: number): Line {
  const right = width < LEAST_HINTED ? [] : lineHints(state)
  return typedLine('/', prompt, right, width)
}

/** The words that make the selected paper like the one that was asked about, and the way back; null where none do. */
function sharedLine(state: State, width: number): Line | null {
  const shared = state.search?.results?.shared.get(selectedRow(state)?.id ?? '') ?? []
  if (shared.length === 0 || contextOf(state) !== 'list') return null
  const right = hintsOf(state)
    .filter(({ id }) => ['open', 'leave-search', 'help'].includes(id))
    .flatMap(({ pieces }) => pieces)
  const room = width - lineWidth(right) - 2
  if (room < LEAST_SHARED) return null
  let text = ' shares: '
  for (const [at, word] of shared.entries()) {
    const more = `${at > 0 ? ', ' : ''}${word}`
    if (cellWidth(text) + cellWidth(more) > room) break
    text += more
  }
  return spread([span(text, 'dim')], right, width)
}

/** Which keys may follow those that were pressed, and what they do. */
function pendingLine(state: State, width: number): Line {
  const begun = `${state.pending} `
  const next = commandsIn(contextOf(state), state.bindings).flatMap((command) =>
    command.keys.flatMap((key) =>
      key.startsWith(begun)
        ? targeted(
            [
              span(` ${keyLabel(key.slice(begun.length))}`, 'accent'),
              span(` ${hintOf(command, state) ?? command.title} `, 'dim'),
            ],
            { kind: 'keys', keys: key },
          )
        : [],
    ),
  )
  return fitLine([span(` ${keyLabel(state.pending)} …`, 'bold', 'own'), span(' '), ...next], width)
}

/** The keys that matter now; help is always among them, however narrow the line. */
function hints(state: State, width: number): Line {
  const all = hintsOf(state)
  let left = width - lineWidth(all.find(({ id }) => id === 'help')?.pieces ?? [])
  const shown = all.filter(({ id, pieces }) => {
    if (id === 'help') return true
    left -= lineWidth(pieces)
    return left >= 0
  })
  return fitLine(
    shown.flatMap(({ pieces }) => pieces),
    width,
  )
}

/** What is selected is there to be decided about. */
const WHERE_SELECTED = [
  'toggle-read',
  'toggle-star',
  'toggle-later',
  'toggle-hidden',
  'tag',
  'clear-selection',
]

function hintsOf(state: State): { id: string; pieces: Line }[] {
  const context = contextOf(state)
  const first = countSelected(state) > 0 ? WHERE_SELECTED : []
  const rank = ({ id }: Command) => (first.includes(id) ? first.indexOf(id) : first.length)
  return commandsIn(context, state.bindings)
    .toSorted((one, other) => rank(one) - rank(other))
    .filter(({ hint, keys, enabled }) => hint && keys.length > 0 && (enabled?.(state) ?? true) === true)
    .map((command) => ({
      id: command.id,
      pieces: targeted(
        [span(` ${keyLabel(command.keys[0] ?? '')}`, 'accent'), span(` ${hintOf(command, state)} `, 'dim')],
        { kind: 'keys', keys: command.keys[0] ?? '' },
      ),
    }))
}
