// What the background says of an open text: its lines piece by piece, what is being done, what was found in it.

import type { DocumentLine } from '../text/document-layout.ts'
import { withPictureLines } from './abstract-picture.ts'
import { startHints } from './choosing.ts'
import type { Document, Match } from './document.ts'
import type { Preparation } from './drawings.ts'
import { withMatches } from './finding.ts'
import { EMPTY, type LaidText, lineAt, type Place, placeOf } from './laid-text.ts'
import type { State, Step } from './state.ts'

/** Lines on their way in; `first` begins the text anew. Lines are counted from the beginning of the text. */
export interface Part extends Omit<LaidText, 'anchors'> {
  readonly first: boolean
  readonly last: boolean
  readonly anchors: readonly (readonly [anchor: string, line: number])[]
  readonly source: string
  /** Where the reader was when the text was last closed, with its first part. */
  readonly place: Place | null
}

export type DocumentAnswer = { readonly request: number } & (
  | { readonly type: 'part'; readonly part: Part }
  /** What is being done; with `failed`, why there is no text or no newer one. */
  | { readonly type: 'said'; readonly text: string; readonly failed: boolean }
  /** What must be done before pictures are shown, or once they no longer are. */
  | { readonly type: 'drawn'; readonly preparations: readonly Preparation[] }
  /** The picture of the open abstract. */
  | { readonly type: 'picture'; readonly lines: readonly DocumentLine[] }
  | { readonly type: 'matches'; readonly text: string; readonly matches: readonly Match[] }
)

/** The state with what the background says of a text; null where that is no longer wanted. */
export function withDocumentAnswer(state: State, answer: DocumentAnswer): Step | null {
  // Pictures are taken off the terminal after their text is closed.
  if (answer.type === 'drawn')
    return [state, [{ type: 'prepare-pictures', preparations: answer.preparations }]]
  if (answer.type === 'picture') return [withPictureLines(state, answer.request, answer.lines), []]
  const { document } = state
  if (!document || answer.request !== document.request) return null
  switch (answer.type) {
    case 'said':
      // Where a text is on the screen, what happens to it is worth a line; else it is all there is to read.
      return document.text.lines.length === 0
        ? [{ ...state, document: { ...document, said: answer.text, failed: answer.failed } }, []]
        : [{ ...state, message: { kind: answer.failed ? 'error' : 'info', text: answer.text } }, []]
    case 'matches':
      return [{ ...state, document: withMatches(state, document, answer.text, answer.matches) }, []]
    case 'part':
      return labelledAnew({ ...state, document: withPart(document, answer.part) })
  }
}

/** Labels of links stand on the lines that are on the screen now. */
const labelledAnew = (state: State): Step =>
  state.choosing?.kind === 'hints' ? startHints({ ...state, choosing: null }) : [state, []]

function withPart(document: Document, part: Part): Document {
  const { text, top } = document
  const before = part.first ? EMPTY : (document.coming ?? text)
  const coming: LaidText = {
    lines: [...before.lines, ...part.lines],
    blocks: [...before.blocks, ...part.blocks],
    headings: [...before.headings, ...part.headings],
    anchors: new Map([...before.anchors, ...part.anchors]),
  }
  const known = { ...document, whole: part.last, said: null, failed: false, source: part.source }
  if (!part.first && document.coming === null) {
    const isThere = part.last && document.wanted !== null
    return { ...known, text: coming, ...(isThere ? { top: coming.lines.length, wanted: null } : {}) }
  }
  // The reader stays where it is, or begins where it was when the text was closed.
  const isNew = text.lines.length === 0
  const wanted = isNew ? (part.place ?? document.wanted) : (document.wanted ?? placeOf(text, top))
  if (wanted && coming.blocks.length <= wanted.block && !part.last)
    return { ...known, said: document.said, coming, wanted: isNew ? wanted : document.wanted }
  return { ...known, text: coming, coming: null, wanted: null, top: wanted ? lineAt(coming, wanted) : 0 }
}
