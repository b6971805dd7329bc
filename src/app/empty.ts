// What a screen says where it has nothing to show, and which keys lead on from there.

import { wrap } from '../text/layout.ts'
import { type Bindings, type Context, keyOf } from './commands.ts'
import type { Document } from './document.ts'
import { type Line, span } from './frame.ts'
import { keyLabel } from './keys.ts'
import { offersHub } from './shown.ts'
import { isOfDays } from './sorting.ts'
import type { State } from './state.ts'

interface EmptyState {
  /** Where the keys are read. */
  readonly context: Context
  /** Why there is nothing; empty where the screen has said so before. */
  readonly says: string
  /** What to press; a command stands for its key there: `{sync}`. */
  readonly press: string
}

export const EMPTY_STATES = {
  library: {
    context: 'list',
    says: 'The library is empty.',
    press: 'Press {sync} to sync the newest Daily Papers, {sync-all} for all of them.',
  },
  unread: {
    context: 'list',
    says: 'Everything is read.',
    press: 'Press {view-all} for all papers, {sync} to sync.',
  },
  starred: {
    context: 'list',
    says: 'No starred papers yet.',
    press: 'Press {view-all} for all papers; {toggle-star} on a paper stars it.',
  },
  later: {
    context: 'list',
    says: 'Nothing is kept for later.',
    press: 'Press {view-all} for all papers; {toggle-later} on a paper keeps it.',
  },
  hidden: {
    context: 'list',
    says: 'Nothing is hidden.',
    press: 'Press {view-all} for all papers; {toggle-hidden} on a paper hides it.',
  },
  watched: {
    context: 'list',
    says: 'No rule watches for a paper that is here.',
    press: 'Press {rules} to make one, {view-all} for all papers.',
  },
  rules: {
    context: 'rules',
    says: 'There are no rules yet: a rule mutes papers, watches for them or tags them.',
    press: '{rules-add} makes one, {leave-rules} leads back.',
  },
  'all-hidden': {
    context: 'list',
    says: 'Every paper is hidden.',
    press: 'Press {view-hidden} to see them, {undo} to bring the last one back.',
  },
  untyped: {
    context: 'prompt',
    says: 'Nothing is listed here.',
    press: 'What is typed is looked for in the whole library; {drop-search} leads back.',
  },
  typed: {
    context: 'prompt',
    says: 'Nothing matches.',
    press:
      'Fewer or other words may. {keep-search} keeps the search, {drop-search} brings back what was there.',
  },
  results: {
    context: 'list',
    says: 'Nothing matches.',
    press:
      'Fewer or other words may: {search} looks again, {ask-hub} asks the Hub, {leave-search} leads back.',
  },
  days: {
    context: 'list',
    says: 'No paper of these days is here.',
    press: '{leave-search} leads back; {calendar} opens the calendar, where a missing day can be synced.',
  },
  unmatched: {
    context: 'list',
    says: 'Nothing matches.',
    press: 'Other conditions may: {search} looks again, {leave-search} leads back.',
  },
  nowhere: {
    context: 'list',
    says: 'Nothing matches, and the Hub finds nothing.',
    press: 'Fewer or other words may: {search} looks again, {leave-search} brings the list back.',
  },
  trending: {
    context: 'list',
    says: 'Nothing is known here to be trending.',
    press: '{look-again} asks the Hub, {leave-search} leads back.',
  },
  view: {
    context: 'list',
    says: 'No paper is in this view now.',
    press: '{views} lists the views and changes them, {leave-search} leads back.',
  },
  views: {
    context: 'view-line',
    says: 'No view is called so, or asks for that.',
    press: '{view-line-drop} shows all of them.',
  },
  like: { context: 'list', says: 'No other paper here is like it.', press: '{leave-search} leads back.' },
  text: {
    context: 'document',
    says: 'This text is empty.',
    press: '{ask-again} fetches it anew, {pdf} gets the PDF, {close-text} closes it.',
  },
  'failed-text': {
    context: 'document',
    says: '',
    press:
      '{pdf} gets the PDF, {open-arxiv} opens the paper’s page, {ask-again} tries again, {close-text} leads back.',
  },
  comments: {
    context: 'document',
    says: 'No comments yet.',
    press:
      '{open-hub} opens the page on the Hub to write one, {ask-again} asks again, {close-text} leads back.',
  },
  'failed-comments': {
    context: 'document',
    says: '',
    press: '{ask-again} tries again, {open-hub} opens the page on the Hub, {close-text} leads back.',
  },
  links: { context: 'links', says: 'No link of this paper is known.', press: '{leave-links} leads back.' },
  palette: {
    context: 'palette',
    says: 'No command is called so.',
    press: 'Fewer or other letters may find one; {palette-close} closes.',
  },
  help: {
    context: 'help',
    says: 'Nothing in the help has these words.',
    press: '{filter-help} changes them, {clear-filter} shows all of it.',
  },
  filter: {
    context: 'filter',
    says: 'Nothing in the help has these words.',
    press: '{drop-filter} shows all of it.',
  },
} as const satisfies Readonly<Record<string, EmptyState>>

export type EmptyName = keyof typeof EMPTY_STATES

/** A command in what to press. */
const COMMAND = /\{([a-z-]+)\}/g

/** The ids of the commands that an empty state names. */
export const commandsOf = (name: EmptyName): string[] =>
  Array.from(EMPTY_STATES[name].press.matchAll(COMMAND), ([, id = '']) => id)

/** What an empty state says, in lines of at most `width` cells, an empty line before them. */
export function emptyLines(name: EmptyName, width: number, bindings: Bindings): Line[] {
  const { context, says, press } = EMPTY_STATES[name]
  const lines = [says, press.replace(COMMAND, (_, id: string) => labelOf(id, context, bindings))].filter(
    (text) => text !== '',
  )
  return [[], ...lines.flatMap((text) => wrap(text, width).map((line) => [span(line.text, 'dim')]))]
}

/** Its key or, where it has none, what it is called in the palette. */
const labelOf = (id: string, context: Context, bindings: Bindings) =>
  keyLabel(keyOf(id, context, bindings)) || `:${id}`

/** Why the list is empty; null while it is still on its way. */
export function emptyList(state: State): EmptyName | null {
  const { search, view, rows } = state
  if (search?.results?.sought.kind === 'like') return 'like'
  if (search?.results?.sought.kind === 'view') return 'view'
  if (search?.results?.sought.kind === 'trending') return 'trending'
  if (search?.results && isOfDays(search.results.sought)) return 'days'
  if (search?.results && state.prompt) return 'typed'
  if (search?.results)
    return offersHub(state) ? 'results' : search.hub === 'answered' ? 'nowhere' : 'unmatched'
  if (!state.complete) return null
  if (state.prompt) return 'untyped'
  if (view !== 'all') return view
  return rows.length > 0 ? 'all-hidden' : 'library'
}

/** Why an open text has no lines; null while they are still on their way. */
export function emptyText({ kind, said, failed }: Document): EmptyName | null {
  if (failed) return kind === 'discussion' ? 'failed-comments' : 'failed-text'
  if (said !== null) return null
  return kind === 'discussion' ? 'comments' : 'text'
}
