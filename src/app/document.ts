// A long text that is open, a paper's full text or its discussion: its lines as they come in, and moving in them.

import type { PaperId } from '../paper.ts'
import type { DocumentLine } from '../text/document-layout.ts'
import { runsText, runsWidth } from '../text/run-layout.ts'
import { reading } from './actions.ts'
import type { Look } from './drawings.ts'
import type { Prompt } from './prompt.ts'
import { bodyHeight, clamp } from './shown.ts'
import { type Effect, type State, type Step, selectedRow } from './state.ts'

export type DocumentKind = 'fulltext' | 'discussion'

/** A line of a text whatever its width: the block it is in, counted from 0, and how far below the block's first. */
export interface Place {
  readonly block: number
  readonly line: number
}

export interface Heading {
  readonly level: number
  readonly text: string
  readonly line: number
}

/** A text as laid out for one width. Lines are counted from 0. */
export interface LaidText {
  readonly lines: readonly DocumentLine[]
  /** The first line of each block. */
  readonly blocks: readonly number[]
  readonly headings: readonly Heading[]
  readonly anchors: ReadonlyMap<string, number>
}

/** What a match covers of a line, in UTF-16 units of the line's text; `end` is exclusive. */
export interface Piece {
  readonly line: number
  readonly start: number
  readonly end: number
}

/** Where a text was found: on one line, or on several where it is broken. */
export type Match = readonly Piece[]

export interface Find {
  readonly text: string
  /** Null until they are known. */
  readonly matches: readonly Match[] | null
  /** The match that is shown; -1 where there is none. */
  readonly at: number
  /** Matches to go on by once they are known: n may be pressed before. */
  readonly skipped: number
  /** Where the search began. */
  readonly from: Place
}

export interface Document {
  readonly kind: DocumentKind
  readonly id: PaperId
  readonly title: string
  /** The number of the request that is wanted now; answers to others are dropped. */
  readonly request: number
  /** The width asked for, in cells. */
  readonly width: number
  readonly text: LaidText
  /** The lines that take its place, as far as they are here, until those on the screen are among them. */
  readonly coming: LaidText | null
  /** Where it is to begin or was asked to go, until the lines of that place are here. */
  readonly wanted: Place | null
  /** Whether all lines are here. */
  readonly whole: boolean
  /** What is being done, or why there is no text; null where the text says enough. */
  readonly said: string | null
  /** Whether that is why there is no text. */
  readonly failed: boolean
  /** Where the text is from and of when; empty until it is known. */
  readonly source: string
  /** The first visible line. */
  readonly top: number
  /** Cells that lie to the left of the screen, of lines that are wider than it. */
  readonly sideways: number
  /** Whether pictures are wanted, where the terminal shows them. */
  readonly pictures: boolean
  /** Whether the contents stand beside the text, or before it where there is no room. */
  readonly contents: boolean
  readonly find: Find | null
  /** What was found before, for Esc, while something else is typed. */
  readonly found: Find | null
  /** Open while what is to be found is typed. */
  readonly finding: Prompt | null
  /** Places that links led away from, the last one last. */
  readonly back: readonly Place[]
  /** Digits typed so far, for what comes after a number. */
  readonly digits: string
}

export const EMPTY: LaidText = { lines: [], blocks: [], headings: [], anchors: new Map() }

/** Opens the selected paper's full text or discussion; `width` is that of its lines in cells. */
export function openDocument(state: State, kind: DocumentKind, width: number): Step {
  const row = selectedRow(state)
  if (!row) return [state, []]
  const { id, title } = row
  const request = state.requests + 1
  const document: Document = {
    ...{
      kind,
      id,
      title,
      request,
      width,
      text: EMPTY,
      coming: null,
      wanted: null,
      whole: false,
      said: 'Opening …',
      failed: false,
      source: '',
    },
    ...{
      top: 0,
      sideways: 0,
      pictures: true,
      contents: false,
      find: null,
      found: null,
      finding: null,
      back: [],
      digits: '',
    },
  }
  // Once is enough, and the answer may take its time.
  const asks = state.look === 'unknown' && kind === 'fulltext'
  const effects: Effect[] = [
    { type: 'open-document', request, kind, id, width, fresh: false, look: lookOf(state) },
    ...(asks ? [{ type: 'ask-look' } as const] : []),
  ]
  if (kind === 'fulltext') effects.push(...reading(state, row))
  return [
    { ...state, requests: request, document, message: null, look: asks ? 'asking' : state.look },
    effects,
  ]
}

/** Asks for the text anew, whatever is kept of it. */
export function refresh(state: State): Step {
  return withDocument(state, (document) => {
    const request = state.requests + 1
    const { kind, id, width } = document
    return [
      {
        ...state,
        requests: request,
        document: { ...document, request, find: null, said: 'Asking again …', failed: false },
      },
      [{ type: 'open-document', request, kind, id, width, fresh: true, look: lookOf(state, document) }],
    ]
  })
}

/** How pictures are to be shown in a text; null where they are not. */
const lookOf = ({ look }: State, document?: Document): Look | null =>
  look === 'unknown' || look === 'asking' || document?.pictures === false ? null : look

/** Whether pictures are painted over the screen, for cells of a certain size. */
export const isPainted = (look: State['look']) => typeof look === 'object' && look?.kind === 'painted'

/** The state once it is known how the terminal shows pictures. */
export function withLook(state: State, look: Look | null): Step {
  // A terminal that is asked again whenever the window changes may be too slow this time.
  if (isPainted(state.look) && !isPainted(look)) return [state, []]
  const known = { ...state, look }
  const isNew = JSON.stringify(look) !== JSON.stringify(state.look)
  return state.document && isNew
    ? [known, [{ type: 'show-pictures', look: lookOf(known, state.document) }]]
    : [known, []]
}

/** Shows the pictures of the text, or their captions alone. */
export const togglePictures = (state: State): Step =>
  withDocument(state, (document) => {
    const next = { ...document, pictures: !document.pictures }
    return [{ ...state, document: next }, [{ type: 'show-pictures', look: lookOf(state, next) }]]
  })

/** Whether the terminal shows pictures. */
export const hasLook = ({ look }: State) =>
  look === null || look === 'unknown' || look === 'asking'
    ? 'this terminal shows no pictures; images = "blocks" in the configuration shows them in its colours'
    : true

/** Lays the text out for another width; what is there stays until then. */
export function layOutAgain(state: State, width: number): Step {
  return withDocument(state, (document) => {
    const request = state.requests + 1
    const { block } = placeOf(document.text, document.top)
    return [
      { ...state, requests: request, document: { ...document, request, width, sideways: 0 } },
      [{ type: 'lay-out', request, width, block }],
    ]
  })
}

/** Closes the text: what was there before it is on the screen again. */
export const close = (state: State): Step => [{ ...state, document: null }, [{ type: 'close-document' }]]

/** The step of a command that makes sense only in an open text. */
export function withDocument(state: State, step: (document: Document) => Step): Step {
  return state.document ? step(state.document) : [state, []]
}

/** The state with the open text changed. Who goes somewhere no longer wants to be elsewhere. */
export const changeDocument = (state: State, change: (document: Document) => Partial<Document>): Step =>
  withDocument(state, (document) => {
    const changes = change(document)
    const wanted = changes.top === undefined ? document.wanted : null
    return [{ ...state, document: { ...document, wanted, ...changes } }, []]
  })

/** The block a line is in, and how far below the block's first line. */
export function placeOf({ blocks }: LaidText, line: number): Place {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle] ?? 0) <= line) low = middle + 1
    else high = middle
  }
  const block = Math.max(0, low - 1)
  return { block, line: Math.max(0, line - (blocks[block] ?? 0)) }
}

/** The line of a place, or the nearest that is here. */
export function lineAt({ lines, blocks }: LaidText, { block, line }: Place): number {
  const first = blocks[block]
  if (first === undefined) return Math.max(0, lines.length - 1)
  return Math.min(first + line, (blocks[block + 1] ?? lines.length) - 1)
}

/** The line behind the block that a line is in. */
export const blockEnd = (text: LaidText, line: number): number =>
  text.blocks[placeOf(text, line).block + 1] ?? text.lines.length

/** The first line of the block so many blocks on, or of the nearest that has words. */
function blockBy(text: LaidText, line: number, by: number): number {
  const last = text.blocks.length - 1
  const hasWords = (first: number) =>
    text.lines.slice(first, blockEnd(text, first)).some(({ runs }) => /[\p{L}\p{N}]/u.test(runsText(runs)))
  let block = clamp(placeOf(text, line).block + by, 0, last)
  while (block > 0 && block < last && !hasWords(text.blocks[block] ?? 0)) block += Math.sign(by)
  return text.blocks[block] ?? 0
}

/** The text with its scroll position held within what there is to see. */
export function withinText(document: Document, height: number): Document {
  const top = clamp(document.top, 0, document.text.lines.length - height)
  // More lines are on their way: a place may be below those that are here.
  return top === document.top || (!document.whole && document.top > top) ? document : { ...document, top }
}

/** Scrolls by lines; who listens goes by paragraphs. */
export const scroll = (state: State, by: number): Step =>
  changeDocument(state, ({ top, text }) => ({
    top: state.linear
      ? blockBy(text, top, by)
      : clamp(top + by, 0, Math.max(0, text.lines.length - bodyHeight(state))),
    digits: '',
  }))

/** Behind every line, however many are still on their way. */
const END: Place = { block: Number.POSITIVE_INFINITY, line: 0 }

/** To the end; where it is not here yet, there as soon as it is. */
export const toEnd = (state: State): Step => {
  const [next, effects] = scroll(state, Number.POSITIVE_INFINITY)
  const { document } = next
  return [document && !document.whole ? { ...next, document: { ...document, wanted: END } } : next, effects]
}

/** The heading that the first visible line is under; -1 where there is none before it. */
export function headingAt({ text: { headings }, top }: Document): number {
  // A heading counts as soon as it is on the first lines: a jump leaves it there.
  return headings.findLastIndex(({ line }) => line <= top + 1)
}

/** To the beginning of another section; before its own beginning, to that first. */
export const toSection = (state: State, by: 1 | -1): Step =>
  changeDocument(state, (document) => {
    const { headings } = document.text
    const at = headingAt(document)
    const own = headings[at]
    const isBelow = own !== undefined && document.top > own.line
    const target = headings[by < 0 && isBelow ? at : at + by]
    return target ? { top: target.line } : by < 0 ? { top: 0 } : {}
  })

/** Whether the text has sections to go to. */
export const hasSections = ({ document }: State) =>
  document !== null && document.text.headings.length > 0
    ? true
    : document?.whole
      ? 'this text has no sections'
      : 'the text is still on its way'

/** As far into the text as the number typed before says. */
export const toPercent = (state: State): Step =>
  changeDocument(state, ({ digits, text }) => {
    const share = Math.min(100, Number(digits)) / 100
    return { top: Math.round(share * Math.max(0, text.lines.length - bodyHeight(state))), digits: '' }
  })

/**
 * Leads to an anchor of the text, with so many lines `above` it; the place before is kept for the way back. Null where there is
 * no such anchor.
 */
export function toAnchor(document: Document, anchor: string, above = 1): Document | null {
  const line = document.text.anchors.get(anchor)
  if (line === undefined) return null
  const back = [...document.back, placeOf(document.text, document.top)].slice(-MAX_BACK)
  return { ...document, top: Math.max(0, line - above), wanted: null, back }
}

const MAX_BACK = 100

/** Back to where the last link was followed. */
export const goBack = (state: State): Step =>
  changeDocument(state, ({ back, text }) => {
    const place = back.at(-1)
    return place ? { top: lineAt(text, place), back: back.slice(0, -1) } : {}
  })

/** Whether a link was followed. */
export const hasFollowed = ({ document }: State) =>
  document !== null && document.back.length > 0 ? true : 'no link was followed'

/** Scrolls lines that are wider than the screen. */
export const moveSideways = (state: State, by: number): Step =>
  changeDocument(state, (document) => ({
    sideways: clamp(document.sideways + by, 0, widest(state, document)),
  }))

/** How far the visible lines can be moved to the left, in cells. */
function widest(state: State, { text, top, width }: Document): number {
  const visible = text.lines.slice(top, top + bodyHeight(state))
  const cells = Math.max(0, ...visible.map((line) => (line.wide ? runsWidth(line.runs) : 0)))
  return Math.max(0, cells - width)
}

/** Whether a visible line is wider than the screen. */
export const hasWideLines = (state: State) =>
  state.document !== null && widest(state, state.document) > 0
    ? true
    : 'nothing on the screen is wider than it'
