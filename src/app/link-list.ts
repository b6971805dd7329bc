// The links of a paper as a list with a letter for each, which grows while it is open: what the Hub links with the paper is
// asked for meanwhile.

import { isArxiv, type PaperId } from '../paper.ts'
import type { PaperAsked } from './background.ts'
import { hintLabels, type PaperLink, paperLinks, placeOf } from './links.ts'
import { bodyHeight } from './shown.ts'
import { type State, type Step, selectedRow } from './state.ts'
import { textLinks } from './text-links.ts'

export interface LinkList {
  readonly kind: 'links'
  /** Whose links they are. */
  readonly id: PaperId
  readonly links: readonly (PaperLink & { readonly keys: string })[]
  /** A label that no link has: those of links that come later begin with it, so that all others stay as they are. */
  readonly spare: string
  /** Which links are missing, below all others; empty where none is. */
  readonly rest: string
  /** Whether the Hub is being asked for more. */
  readonly asking: boolean
  readonly typed: string
  /** Whether the next letter copies instead of opening. */
  readonly copies: boolean
  readonly top: number
}

/** Letters that do something else here are no labels. */
const TAKEN = ['y', 'q', 'j', 'k']

/** Shows every link that is known of the selected paper, then those of its open text, and asks the Hub for more. */
export function startLinks(state: State): Step {
  const { paper, document } = state
  if (!paper || paper.id !== selectedRow(state)?.id) return [state, []]
  const { id } = paper
  const own = paperLinks(paper)
  const places = new Set(own.map(({ url }) => placeOf(url)))
  const { links, rest } = document?.id === id ? textLinks(document, places) : { links: [], rest: '' }
  const empty: LinkList = {
    ...{ kind: 'links', id, links: [], spare: '', rest, asking: false, typed: '', copies: false, top: 0 },
  }
  const choosing = withLinks(empty, [...own, ...links])
  return [{ ...state, choosing }, isArxiv(id) ? [{ type: 'ask-paper', id }] : []]
}

/** The list with what is known of its links now, and with those that it did not have at its end. */
function withLinks(list: LinkList, now: readonly PaperLink[]): LinkList {
  const byPlace = new Map(now.map((link) => [placeOf(link.url), link]))
  const kept = list.links.map((link) => ({ ...link, ...byPlace.get(placeOf(link.url)) }))
  for (const { url } of list.links) byPlace.delete(placeOf(url))
  const added = [...byPlace.values()]
  if (added.length === 0) return { ...list, links: kept }
  const labels = hintLabels(added.length + 1, TAKEN).map((label) => list.spare + label)
  const labelled = added.map((link, at) => ({ ...link, keys: labels[at] ?? '' }))
  return { ...list, links: [...kept, ...labelled], spare: labels.at(-1) ?? '' }
}

/** The state with the open list brought up to date with its paper, which has been loaded anew. */
export function withMoreLinks(state: State): State {
  const { paper, choosing } = state
  if (choosing?.kind !== 'links' || choosing.id !== paper?.id) return state
  return { ...state, choosing: withLinks(choosing, paperLinks(paper)) }
}

/** The state once it is known how asking the Hub for a paper goes. */
export function withPaperAsked(state: State, { id, how }: PaperAsked): Step {
  const { choosing, paper } = state
  const next: State =
    choosing?.kind === 'links' && choosing.id === id
      ? { ...state, choosing: { ...choosing, asking: how === 'asking' } }
      : state
  if (how !== 'changed') return [next, []]
  // Its counts, and perhaps its place in the list, are news too.
  const load = paper?.id === id ? [{ type: 'load-paper', id } as const] : []
  return [next, [...load, { type: 'load-rows' }]]
}

/** The next letter copies an address instead of opening it, or opens it again. */
export const toggleCopies = (state: State): Step =>
  withList(state, (list) => ({ copies: !list.copies, typed: '' }))

/** Links that have room on the screen, below their title. */
export const linksHeight = (state: State) => Math.max(1, bodyHeight(state) - 2)

/** Scrolls the links. */
export const scrollLinks = (state: State, by: number): Step =>
  withList(state, ({ top, links, rest }) => ({
    top: Math.max(0, Math.min(top + by, links.length + (rest === '' ? 0 : 1) - linksHeight(state))),
  }))

const withList = (state: State, change: (list: LinkList) => Partial<LinkList>): Step =>
  state.choosing?.kind === 'links'
    ? [{ ...state, choosing: { ...state.choosing, ...change(state.choosing) } }, []]
    : [state, []]
