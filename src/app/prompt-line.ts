// The prompt as the footer shows it: the query coloured by what it is read as, and beside it what helps to go on.

import type { Completion } from '../search/complete.ts'
import type { Term } from '../search/terms.ts'
import { cellWidth, takeCells, truncate } from '../text/layout.ts'
import { graphemes } from '../text/width.ts'
import type { Document } from './document.ts'
import { type Line, lineWidth, type Span, type Style, span, spread } from './frame.ts'
import { completionsOf, type Prompt, parsedQuery } from './prompt.ts'
import { choiceOf, mayHaveMore } from './searching.ts'
import type { State } from './state.ts'
import { completionsOf as completionsOfTag } from './tagging.ts'

/** Fewer cells say nothing of what is wrong. */
const LEAST_WHY = 24
const LABELS = 3
const LABEL_CELLS = 24

const STYLES: Readonly<Record<Term['kind'], readonly Style[]>> = {
  word: [],
  phrase: [],
  field: ['accent'],
  operator: ['accent'],
  problem: ['problem'],
}

/** The line in exactly `width` cells. */
export function promptLine(state: State, width: number): Line {
  const { text, cursor } = state.prompt ?? { text: '', cursor: 0 }
  const right = besides(state, width)
  const { terms } = parsedQuery(text)
  const after = cursor === text.length ? ghostOf(state) : text.slice(cursor)
  const { before, under, rest } = inRoom(text.slice(0, cursor), after, width - lineWidth(right) - 3)
  const left = [
    span('/', 'accent', 'bold'),
    ...coloured(before, cursor - before.length, terms),
    span(under || ' ', 'cursor'),
    ...(cursor === text.length ? [span(rest, 'dim')] : coloured(rest, cursor + under.length, terms)),
  ]
  return spread(left, right, width)
}

/** The line in which it is typed what to find in a text, in exactly `width` cells. */
export function findLine({ finding, find }: Document, width: number): Line {
  const count = find?.matches?.length
  const found =
    count === undefined ? '' : count === 0 ? ' not in this text ' : ` ${(find?.at ?? 0) + 1} of ${count} `
  const right = [span(found, count === 0 ? 'error' : 'dim')]
  return typedLine('/', finding ?? { text: '', cursor: 0 }, right, width)
}

/** A line being typed after a sign or a word, in exactly `width` cells. */
export function typedLine(sign: string, prompt: Prompt, right: Line, width: number): Line {
  const { text, cursor } = prompt
  const { before, under, rest } = inRoom(
    text.slice(0, cursor),
    text.slice(cursor),
    width - lineWidth(right) - cellWidth(sign) - 2,
  )
  const typed = span(before, ...(prompt.suggested ? (['selected'] as const) : []))
  const left = [span(sign, 'accent', 'bold'), typed, span(under || ' ', 'cursor'), span(rest)]
  return spread(left, right, width)
}

/** A line being typed after a word that says what it is, in exactly `width` cells. */
export const labelledLine = (label: string, prompt: Prompt, right: Line, width: number): Line =>
  typedLine(` ${label}: `, prompt, right, width)

/** The line in which tags are typed, in exactly `width` cells, with what Tab offers. */
export function tagLine(state: State, width: number): Line {
  const { tagging } = state
  const count = tagging?.ids.length ?? 0
  const label = count > 1 && width >= 50 ? `Tags of ${count.toLocaleString('en')} papers` : 'Tags'
  const offered = completionsOfTag(state).map((tag) => ({ label: tag }))
  const right = offer(offered, tagging?.completing?.at ?? -1, Math.floor((width - cellWidth(label) - 2) / 2))
  return labelledLine(label, tagging?.prompt ?? { text: '', cursor: 0 }, right, width)
}

/** What is typed, in the room there is: a long line scrolls, and the cursor and as much as fits before it stay in sight. */
function inRoom(
  typed: string,
  after: string,
  cells: number,
): { before: string; under: string; rest: string } {
  const room = Math.max(2, cells)
  const letters = graphemes(typed.slice(-room * 4))
  while (cellWidth(letters.join('')) > room) letters.shift()
  const under = graphemes(after.slice(0, 40))[0] ?? ''
  return { before: letters.join(''), under, rest: takeCells(after.slice(under.length), room) }
}

/** A part of the query that begins at `start`, each term in its style. */
function coloured(text: string, start: number, terms: readonly Term[]): Span[] {
  const spans: Span[] = []
  let at = 0
  for (const term of terms) {
    const from = Math.max(term.start - start, at)
    const to = Math.min(term.end - start, text.length)
    if (to <= from || STYLES[term.kind].length === 0) continue
    if (from > at) spans.push(span(text.slice(at, from)))
    spans.push(span(text.slice(from, to), ...STYLES[term.kind]))
    at = to
  }
  return at < text.length ? [...spans, span(text.slice(at))] : spans
}

/** What tab would put behind the cursor; where it would change what stands before, what that would become. */
function ghostOf(state: State): string {
  const choice = choiceOf(state)
  if (!choice || choice.at >= 0) return ''
  const { text, cursor } = choice.from
  const [best] = completionsOf(choice.from, state.values)
  if (!best) return ''
  const typed = text.slice(best.start, cursor).replace(/^["“”]/, '')
  const begins = best.label.slice(0, typed.length).toLowerCase() === typed.toLowerCase()
  return begins ? best.label.slice(typed.length) : ` → ${best.label}`
}

/** How many papers were found, and where there is room what there is to say, what tab offers, or which keys lead on. */
function besides(state: State, width: number): Span[] {
  const { text, cursor } = state.prompt ?? { text: '', cursor: 0 }
  const results = state.search?.results
  const found =
    results && text.trim() !== '' && width >= 40
      ? [span(` ${results.ids.length}${mayHaveMore(state) ? '+' : ''} found `, 'dim')]
      : []
  // Half of the line is the query's, if it needs that much.
  const whole = text.slice(0, width) + (cursor === text.length ? ghostOf(state).slice(0, width) : '')
  const needed = Math.min(cellWidth(whole) + 3, Math.floor(width / 2))
  const room = width - needed - lineWidth(found) - 3
  if (state.message)
    return [...found, ...sentence(state.message.text, room, state.message.kind === 'error' ? 'error' : 'dim')]
  const [problem] = parsedQuery(text).problems
  if (problem) return [...found, ...sentence(problem.why, room, 'error')]
  const choice = choiceOf(state)
  const offered = choice ? offer(completionsOf(choice.from, state.values), choice.at, room) : []
  if (offered.length > 0) return [...found, ...offered]
  return width < 70
    ? found
    : [
        ...found,
        span(' Enter', 'accent'),
        span(' keep ', 'dim'),
        span(' Esc', 'accent'),
        span(' cancel ', 'dim'),
      ]
}

/** Words of explanation, in short where there is not the room for all of them. */
function sentence(text: string, room: number, style: Style): Span[] {
  const short = cellWidth(text) + 2 <= room ? text : text.replace(/ \([^)]*\)/g, '')
  return room < LEAST_WHY ? [] : [span(` ${truncate(short, room - 2)} `, 'own', style)]
}

/** In so much room the first completions, or those around the one that is chosen. */
export function offer(
  completions: readonly Pick<Completion, 'label'>[],
  chosen: number,
  room: number,
): Span[] {
  const first = Math.floor(Math.max(0, chosen) / LABELS) * LABELS
  const spans = [span(' Tab', 'accent')]
  let left = room - 5
  for (const [at, { label }] of completions.slice(first, first + LABELS).entries()) {
    const text = ` ${truncate(label.trim(), LABEL_CELLS)}`
    left -= cellWidth(text) + 1
    if (left < 0) break
    spans.push(span(text, first + at === chosen ? 'bold' : 'dim'), span(' '))
  }
  return spans.length > 1 ? spans : []
}
