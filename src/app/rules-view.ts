// The list of rules on the screen.

import type { RuleKind } from '../library/rules.ts'
import { cellWidth, truncate } from '../text/layout.ts'
import { emptyLines } from './empty.ts'
import { fitLine, type Line, lineWidth, type Span, selected, span, spread, targeted } from './frame.ts'
import { completionsOf, parsedQuery } from './prompt.ts'
import { labelledLine, offer } from './prompt-line.ts'
import { type RuleEntry, type RulesOverlay, ruleEntries, rulesHeight } from './rules.ts'
import { bodyHeight } from './shown.ts'
import type { State } from './state.ts'

/** Further from a rule its number is hard to find, in cells. */
const WIDEST = 120
/** Cells for what a rule does, and the gap behind it. */
const KIND = 7

/** From this width on there is room for how many papers a rule matches. */
const COUNT_FROM = 30

/** The body of the screen: exactly its height, every line exactly `width` cells. */
export function rulesPane(state: State, overlay: RulesOverlay, width: number): Line[] {
  const columns = Math.min(width, WIDEST)
  const entries = ruleEntries(state)
  const isOffering = overlay.offers.length > 0
  const title = spread(
    [span(' Rules', 'heading'), ...(isOffering && columns >= 60 ? [span('  + of this paper', 'dim')] : [])],
    columns < COUNT_FROM || state.rules.all.length === 0 ? [] : [span('papers ', 'dim')],
    columns,
  )
  const nothing = emptyLines('rules', Math.max(2, columns - 2), state.bindings).map((line) =>
    fitLine([span('  '), ...line], columns),
  )
  const found = entries.slice(overlay.top, overlay.top + rulesHeight(state)).map((entry, index) => {
    const at = overlay.top + index
    return targeted(entryLine(entry, at === overlay.at, columns), { kind: 'entry', at })
  })
  const lines = [title, ...(entries.length > 0 ? found : nothing)]
  return Array.from({ length: bodyHeight(state) }, (_, at) => fitLine(lines[at] ?? [], width))
}

function entryLine(entry: RuleEntry, isSelected: boolean, columns: number): Line {
  const sign = span(isSelected ? '> ' : '  ')
  const line =
    entry.kind === 'offer'
      ? fitLine(
          [sign, span('+ ', 'accent'), span(entry.offer.kind.padEnd(KIND)), span(entry.offer.query)],
          columns,
        )
      : ruleLine(entry, sign, columns)
  return isSelected ? line.map(selected) : line
}

function ruleLine({ rule }: RuleEntry & { kind: 'rule' }, sign: Span, columns: number): Line {
  const { kind, query, name, isOn, papers } = rule
  const dim = isOn ? [] : (['dim'] as const)
  const called = kind === 'tag' ? `  → #${name}` : name === query ? '' : `  “${name}”`
  const left = [sign, span(kind.padEnd(KIND), 'accent'), span(query, ...dim), span(called, 'dim')]
  const count = isOn ? papers.toLocaleString('en') : 'off'
  return spread(left, columns < COUNT_FROM ? [] : [span(` ${count} `, 'dim')], columns)
}

const VERBS: Readonly<Record<RuleKind, string>> = { mute: 'Mute', watch: 'Watch for', tag: 'Tag' }
/** Cells for what is typed beside what is said of it. */
const LEAST_TYPED = 20

/** The footer while a rule is typed; null where none is. */
export function rulesLine(state: State, hints: Line, width: number): Line | null {
  const line = state.overlay?.kind === 'rules' ? state.overlay.line : null
  if (!line) return null
  if (line.kind === null) {
    const label = [span(' The rule is to', 'bold')]
    // Cut to its first letters it would say nothing that the keys do not.
    return spread(lineWidth(label) + lineWidth(hints) <= width ? label : [], hints, width)
  }
  const isQuery = line.part === 'query'
  const label = isQuery ? VERBS[line.kind] : line.kind === 'tag' ? 'Its tag' : 'Its name'
  const prompt = line.typed[line.part]
  const room = Math.max(0, width - cellWidth(label) - LEAST_TYPED)
  return labelledLine(label, prompt, state.message || isQuery ? said(state, prompt.text, room) : [], width)
}

/** What is wrong with the query, or how many papers it matches and what Tab offers. */
function said(state: State, query: string, room: number): Line {
  if (state.message) {
    const { text, kind } = state.message
    return [span(truncate(` ${text} `, room), kind === 'error' ? 'error' : 'dim')]
  }
  const [problem] = parsedQuery(query).problems
  if (problem) return [span(truncate(` at ${problem.start + 1}: ${problem.why} `, room), 'error')]
  const prompt = state.overlay?.kind === 'rules' ? state.overlay.line?.typed.query : undefined
  const { counted } = state.rules
  const papers = counted?.query === query ? counted.papers : null
  const count = papers === null ? '' : ` ${papers.toLocaleString('en')} ${papers === 1 ? 'paper' : 'papers'} `
  const offered = prompt ? completionsOf(prompt.completing?.from ?? prompt, state.values) : []
  const tab = offer(offered, prompt?.completing?.at ?? -1, Math.floor(room / 2) - count.length)
  return [span(truncate(count, room), 'dim'), ...tab]
}
