// A long text that is open, a paper's full text or its discussion: its lines as they come in, and its pictures.

import type { PaperId } from '../paper.ts'
import { reading, withPaper } from './actions.ts'
import type { Look } from './drawings.ts'
import { EMPTY, type LaidText, type Place, placeOf } from './laid-text.ts'
import type { Prompt } from './prompt.ts'
import { type Effect, type State, type Step, selectedRow } from './state.ts'

export type DocumentKind = 'fulltext' | 'discussion'

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
  /** Whether it was opened over the paper's full text, which is on the screen again once it is closed. */
  readonly overText: boolean
}

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
      overText:
        kind === 'discussion' && (state.document?.kind === 'fulltext' || state.document?.overText === true),
    },
  }
  // Once is enough, and the answer may take its time.
  const asks = state.look === 'unknown' && kind === 'fulltext'
  const effects: Effect[] = [
    { type: 'open-document', request, kind, id, width, fresh: false, look: lookOf(state) },
    ...(asks ? [{ type: 'ask-look' } as const] : []),
  ]
  // Back from its comments it is not opened anew: what was decided about it meanwhile stands.
  if (kind === 'fulltext' && !state.document?.overText) effects.push(...reading(state, row))
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

/** Closes the text: what was there before it is on the screen again, which may be a text too. */
export function close(state: State): Step {
  const { document } = state
  if (document?.overText) return openDocument(state, 'fulltext', document.width)
  // The paper may have left the list under its text.
  const [closed, effects] = withPaper({ ...state, document: null })
  return [closed, [{ type: 'close-document' }, ...effects]]
}

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
