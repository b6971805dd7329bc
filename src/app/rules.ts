// Rules as a list over all else: those there are, and those that could be made of the selected paper.

import type { StoredPaper } from '../library/papers.ts'
import type { Rule, RuleKind, RuleWish } from '../library/rules.ts'
import { tagNamed } from '../paper.ts'
import { ruleProblem } from '../search/rule-query.ts'
import type { Derived } from '../search/rules.ts'
import { takeCells } from '../text/layout.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { sentence, still } from './actions.ts'
import {
  completedIn,
  completionsOf,
  editPrompt,
  insertText,
  type Prompt,
  promptOf,
  suggestionOf,
} from './prompt.ts'
import { bodyHeight, clamp, topOf } from './shown.ts'
import { type Effect, type State, type Step, selectedRow } from './state.ts'

/** What the reader knows of rules. */
export interface Rules {
  readonly all: readonly Rule[]
  /** The rule that was removed last since the reader was started. */
  readonly removed: Rule | null
  /** How many papers the query matches that is being typed, once that is known. */
  readonly counted: { readonly query: string; readonly papers: number } | null
}

type Part = 'query' | 'name'

/** The line in which a rule is typed: its kind by a letter, then its query, then its name or tag. */
export interface RuleLine {
  /** The number of the rule that is changed; null where a new one is made. */
  readonly of: number | null
  /** Null until a letter has said it. */
  readonly kind: RuleKind | null
  readonly part: Part
  readonly typed: Readonly<Record<Part, Prompt>>
}

/** A rule that could be made of a paper. */
export interface Offer {
  readonly kind: RuleKind
  readonly query: string
}

export interface RulesOverlay {
  readonly kind: 'rules'
  readonly line: RuleLine | null
  readonly offers: readonly Offer[]
  /** The selected entry: rules come before offers. */
  readonly at: number
  /** The first visible entry. */
  readonly top: number
}

/** What is asked about rules. */
export type RuleEffect =
  | { readonly type: 'load-rules' }
  | { readonly type: 'keep-rule'; readonly wish: RuleWish; readonly of: number | null }
  | { readonly type: 'turn-rule'; readonly rule: number; readonly isOn: boolean }
  | { readonly type: 'remove-rule'; readonly rule: number }
  | { readonly type: 'restore-rule'; readonly rule: Rule }
  /** How many papers a rule of that query would match. */
  | { readonly type: 'count-rule'; readonly query: string }

export type RuleEntry =
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'offer'; readonly offer: Offer }

/** The lines of the list of rules. */
export const ruleEntries = ({ rules, overlay }: State): RuleEntry[] => [
  ...rules.all.map((rule) => ({ kind: 'rule' as const, rule })),
  ...(overlay?.kind === 'rules' ? overlay.offers : []).map((offer) => ({ kind: 'offer' as const, offer })),
]

/** More names than these are not offered. */
const AUTHORS = 3
const KEYWORDS = 2

/** The rules that could be made of a paper: by who wrote it, where, and on what. */
function offersOf({ authors, organization, categories, keywords }: StoredPaper): Offer[] {
  const quoted = (text: string) => `"${text.replace(/["“”\s]+/g, ' ').trim()}"`
  const queries = [
    ...authors.slice(0, AUTHORS).map((name) => `author:${quoted(name)}`),
    ...(organization === null ? [] : [`org:${quoted(organization)}`]),
    ...categories.slice(0, 1).map((category) => `cat:${category}`),
    ...keywords.slice(0, KEYWORDS).map(quoted),
  ].filter((query) => ruleProblem(query) === null)
  return queries.flatMap((query) => [
    { kind: 'watch', query },
    { kind: 'mute', query },
  ])
}

/** Opens the list of rules, with what could be made of the selected paper. */
export function openRules(state: State): Step {
  const { paper, rules } = state
  const offers = paper && paper.id === selectedRow(state)?.id ? offersOf(paper) : []
  // Who reads a paper has come for what could be made of it.
  const at = state.reading && offers.length > 0 ? rules.all.length : 0
  const overlay: RulesOverlay = { kind: 'rules', line: null, offers, at, top: 0 }
  return [
    { ...state, overlay: placed(state, overlay), message: null },
    [{ type: 'load-rules' }, { type: 'warm-up' }],
  ]
}

export const closeRules = (state: State): Step => still({ ...state, overlay: null })

/** Entries that have room on the screen, below the title. */
export const rulesHeight = (state: State) => Math.max(1, bodyHeight(state) - 1)

const placed = (state: State, overlay: RulesOverlay): RulesOverlay => ({
  ...overlay,
  top: topOf(overlay, rulesHeight(state)),
})

const withOverlay = (state: State, changes: Partial<RulesOverlay>): State =>
  state.overlay?.kind === 'rules'
    ? { ...state, overlay: placed(state, { ...state.overlay, ...changes }) }
    : state

const entryHere = (state: State): RuleEntry | undefined =>
  state.overlay?.kind === 'rules' ? ruleEntries(state)[state.overlay.at] : undefined

const ruleHere = (state: State): Rule | null => {
  const entry = entryHere(state)
  return entry?.kind === 'rule' ? entry.rule : null
}

/** Whether a rule is selected. */
export const isRuleSelected = (state: State) => (ruleHere(state) ? true : 'no rule is selected')
/** Whether anything is selected. */
export const hasRuleEntry = (state: State) => (entryHere(state) ? true : 'there is no rule yet: a makes one')

/** Selects another entry, or the nearest there is. */
export const moveInRules =
  (by: number) =>
  (state: State): Step =>
    state.overlay?.kind === 'rules'
      ? still(withOverlay(state, { at: clamp(state.overlay.at + by, 0, ruleEntries(state).length - 1) }))
      : still(state)

function startLine(state: State, line: Omit<RuleLine, 'typed' | 'part'>, query = '', name = ''): Step {
  const typed = { query: promptOf(query), name: promptOf(name) }
  const next = withOverlay(state, { line: { ...line, part: 'query', typed } })
  return [{ ...next, message: null }, line.kind === null ? [] : counting(query)]
}

/** Begins a new rule: a letter says what it does. */
export const startRule = (state: State): Step => startLine(state, { of: null, kind: null })

/** Begins to change the selected rule, or to make the one that is offered. */
export function editRule(state: State): Step {
  const entry = entryHere(state)
  if (entry?.kind === 'offer')
    return startLine(state, { of: null, kind: entry.offer.kind }, entry.offer.query)
  if (!entry) return still(state)
  const { rule, kind, query, name } = entry.rule
  return startLine(state, { of: rule, kind }, query, name)
}

/** Begins to make the selected rule one that does something else: a letter says what. */
export function changeKind(state: State): Step {
  const rule = ruleHere(state)
  return rule ? startLine(state, { of: rule.rule, kind: null }, rule.query, rule.name) : still(state)
}

/** Says what the rule does. */
export const chooseKind =
  (kind: RuleKind) =>
  (state: State): Step => {
    const line = state.overlay?.kind === 'rules' ? state.overlay.line : null
    return line
      ? [withOverlay(state, { line: { ...line, kind } }), counting(line.typed.query.text)]
      : still(state)
  }

const counting = (query: string): Effect[] =>
  ruleProblem(query) === null ? [{ type: 'count-rule', query }] : []

function withPrompt(state: State, line: RuleLine, prompt: Prompt): Step {
  const next = withOverlay(state, { line: { ...line, typed: { ...line.typed, [line.part]: prompt } } })
  const isOther = line.part === 'query' && prompt.text !== line.typed.query.text
  return [next, isOther ? counting(prompt.text) : []]
}

const lineOf = ({ overlay }: State): RuleLine | null =>
  overlay?.kind === 'rules' && overlay.line?.kind ? overlay.line : null

/** The step of a key that edits the line; null where the key does not. */
export function rulesTyped(state: State, key: string): Step | null {
  const line = lineOf(state)
  const edited = line && editPrompt(line.typed[line.part], key)
  return line && edited ? withPrompt(state, line, edited) : null
}

/** Pasted text goes where it is typed. */
export function pastedInRules(state: State, text: string): Step | null {
  const line = lineOf(state)
  return line && withPrompt(state, line, insertText(line.typed[line.part], text))
}

/** Whether the term at the cursor of the query can be completed. */
export function canCompleteRule(state: State): true | string {
  const line = lineOf(state)
  return line?.part === 'query' && completionsOf(line.typed.query, state.values).length > 0
    ? true
    : 'nothing here can be completed'
}

/** Completes the term at the cursor of the query; once more means the next completion. */
export const completeRule =
  (by: 1 | -1) =>
  (state: State): Step => {
    const line = lineOf(state)
    const completed = line && completedIn(line.typed.query, state.values, by)
    return line && completed ? withPrompt(state, line, completed) : still(state)
  }

/** Enter in the line: from the query to the name, from there to the library. What is wrong is said, and nothing kept. */
export function keepRuleLine(state: State): Step {
  const line = lineOf(state)
  if (!line?.kind) return still(state)
  const say = (text: string): Step => still({ ...state, message: { kind: 'error', text } })
  const query = unwrapLine(line.typed.query.text).trim()
  const problem = ruleProblem(query)
  if (problem !== null) return say(sentence(problem))
  if (line.part === 'query') {
    // A rule is called by its query unless somebody says otherwise; so a changed query changes the name.
    const before = state.rules.all.find(({ rule }) => rule === line.of)
    const own = line.typed.name.text === before?.query ? '' : line.typed.name.text
    const name = own === '' && line.kind !== 'tag' ? takeCells(query, LONGEST) : own
    const typed = { ...line.typed, name: suggestionOf(name) }
    return still({ ...withOverlay(state, { line: { ...line, part: 'name', typed } }), message: null })
  }
  const text = takeCells(unwrapLine(line.typed.name.text).trim(), LONGEST)
  const name = line.kind === 'tag' ? tagNamed(text) : text
  if (!name) return say(line.kind === 'tag' ? 'The rule needs a tag to give.' : 'The rule needs a name.')
  return [state, [{ type: 'keep-rule', wish: { kind: line.kind, query, name }, of: line.of }]]
}

/** A longer name is cut, in cells. */
const LONGEST = 200

/** Leaves what was typed. */
export const dropRuleLine = (state: State): Step =>
  still({ ...withOverlay(state, { line: null }), message: null })

/** Turns the selected rule on or off. */
export function toggleRule(state: State): Step {
  const rule = ruleHere(state)
  return rule ? [state, [{ type: 'turn-rule', rule: rule.rule, isOn: !rule.isOn }]] : still(state)
}

/** Asks whether the selected rule is to be removed. */
export function askToRemoveRule(state: State): Step {
  const rule = ruleHere(state)
  if (!rule) return still(state)
  const effects: Effect[] = [{ type: 'remove-rule', rule: rule.rule }]
  return still({
    ...state,
    choosing: { kind: 'confirm', question: `Remove the rule “${rule.name}”?`, effects },
  })
}

/** Whether a rule was removed since the reader was started. */
export const canRestoreRule = ({ rules }: State) =>
  rules.removed ? true : 'no rule was removed since the reader was started'

/** Brings the rule back that was removed last. */
export function restoreRule(state: State): Step {
  const { removed } = state.rules
  if (!removed) return still(state)
  // Once is enough, be it that the library makes one wait.
  return [{ ...state, rules: { ...state.rules, removed: null } }, [{ type: 'restore-rule', rule: removed }]]
}

/** What the library says of rules: how they are now, which one was removed, which one was kept as it was typed. */
export interface RulesAnswer {
  readonly all: readonly Rule[]
  readonly removed?: Rule | null
  readonly kept?: number
}

/** The state with the rules as the library has them now. */
export function withRules(state: State, { all, removed, kept }: RulesAnswer): Step {
  const rules = { ...state.rules, all, ...(removed === undefined ? {} : { removed }) }
  const next = { ...state, rules }
  const { overlay } = next
  if (overlay?.kind !== 'rules') return still(next)
  const place = all.findIndex(({ rule }) => rule === kept)
  // Where the cursor is on an offer it stays there, however many rules come before.
  const isOnOffer = overlay.at >= state.rules.all.length && overlay.offers.length > 0 && state.reading
  const at = place >= 0 ? place : overlay.at + (isOnOffer ? all.length - state.rules.all.length : 0)
  const line = kept === undefined ? overlay.line : null
  return still(withOverlay(next, { line, at: clamp(at, 0, ruleEntries(next).length - 1) }))
}

/** The state with the number of papers that a query matches. */
export const withRuleCount = (state: State, query: string, papers: number): Step =>
  still({ ...state, rules: { ...state.rules, counted: { query, papers } } })

/** The state once rules have been derived: what they do shows, and who watches for something is told. */
export function withDerived(state: State, { changed, watched }: Derived): Step {
  const effects: Effect[] = [
    ...(changed > 0 ? [{ type: 'load-rows', now: true } as const] : []),
    ...(changed > 0 ? [{ type: 'load-tags' } as const] : []),
    ...(state.overlay?.kind === 'rules' ? [{ type: 'load-rules' } as const] : []),
  ]
  if (watched.length === 0) return [state, effects]
  const each = watched.map(({ name, papers }, at) =>
    at === 0 ? `${papers} new ${papers === 1 ? 'paper' : 'papers'} for “${name}”` : `${papers} for “${name}”`,
  )
  const text = unwrapLine(each.join(', '))
  return [{ ...state, message: { kind: 'info', text } }, [...effects, { type: 'notify', text }]]
}
