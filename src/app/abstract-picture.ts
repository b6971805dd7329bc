// The picture of the paper whose abstract is open: when it is wanted, and its lines once they are here.

import type { DocumentLine } from '../text/document-layout.ts'
import type { Look } from './drawings.ts'
import { measureOf } from './panes.ts'
import { type State, type Step, selectedRow } from './state.ts'

/** A picture as it is to be shown: where it is, in how many cells at most, and how. */
export interface WantedPicture {
  readonly src: string
  readonly width: number
  readonly look: Look
}

export interface AbstractPicture extends WantedPicture {
  /** Answers to others are dropped. */
  readonly request: number
  /** None until it is here. */
  readonly lines: readonly DocumentLine[]
}

/** The step with the picture asked for where it is wanted, and taken away where it is not. */
export function withPicture([state, effects]: Step): Step {
  const src = pictureOf(state)
  // Whatever shows a picture is asked once, and only for one that there is.
  if (src !== null && state.look === 'unknown')
    return [{ ...state, look: 'asking' }, [...effects, { type: 'ask-look' }]]
  const { picture, look } = state
  if (src === null || look === null || look === 'unknown' || look === 'asking')
    return picture ? [{ ...state, picture: null }, [{ type: 'hide-picture' }, ...effects]] : [state, effects]
  const { width } = measureOf(state.size.columns)
  if (picture?.src === src && picture.width === width && picture.look === look) return [state, effects]
  const request = state.requests + 1
  const wanted = { src, width, look }
  // Until the picture fits again it stays as it is.
  const lines = picture?.src === src ? picture.lines : []
  return [
    { ...state, requests: request, picture: { ...wanted, request, lines } },
    [...effects, { type: 'show-picture', request, ...wanted }],
  ]
}

/** The address of the picture that is to be seen now; null where none is. Going through a list is no reason to fetch. */
function pictureOf(state: State): string | null {
  const { paper, reading, triage, document, pictures } = state
  if (!reading || triage || document || !pictures || paper?.id !== selectedRow(state)?.id) return null
  return paper?.picture ?? null
}

/** The state with the lines of a picture, where they are those that are wanted. */
export const withPictureLines = (state: State, request: number, lines: readonly DocumentLine[]): State =>
  state.picture?.request === request ? { ...state, picture: { ...state.picture, lines } } : state

/** Shows pictures below abstracts, or no longer. */
export const toggleAbstractPictures = (state: State): Step => {
  const pictures = !state.pictures
  const text = pictures ? 'Below an abstract is its picture.' : 'Abstracts are shown without their pictures.'
  return [{ ...state, pictures, message: { kind: 'info', text } }, []]
}

/** Whether the paper on the screen has a picture. */
export const hasPicture = ({ paper }: State) => (paper?.picture ? true : 'no picture of this paper is known')
