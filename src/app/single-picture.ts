// The picture of an open abstract, in the thread of long texts: fetched once, kept for the session, drawn as figures are.

import { setTimeout as delay } from 'node:timers/promises'
import type { Bitmap } from '../pictures/bitmap.ts'
import { decodePicture } from '../pictures/decode.ts'
import { layOutBlocks } from '../text/document-layout.ts'
import type { WantedPicture } from './abstract-picture.ts'
import type { DocumentAnswer } from './document-answers.ts'
import type { Drawings, Preparation } from './drawings.ts'

/** Who goes through abstracts by a key held down wants none of their pictures; in ms. */
const REST = 150
/** What is kept of pictures, as they came. */
const MOST_KEPT = 32
const MOST_BYTES = 24_000_000

export interface SinglePicture {
  show(wanted: WantedPicture & { readonly request: number }): Promise<void>
  /** Takes the picture off the terminal; before another text uses the drawings. */
  hide(): void
}

/**
 * `drawings` are those of the open text: there is a text or a picture, never both. `bring` gives the bytes of a picture, none
 * where there is no such picture; it throws where that cannot be known now.
 */
export function createSinglePicture(
  drawings: Drawings,
  bring: (src: string, signal: AbortSignal) => Promise<Uint8Array>,
  say: (answer: DocumentAnswer) => void,
): SinglePicture {
  const kept = createKept()
  let asking = new AbortController()
  /** The picture that the drawings hold. */
  let held: string | null = null

  const bytesOf = async (src: string, signal: AbortSignal): Promise<Uint8Array> => {
    const known = kept.get(src)
    if (known) return known
    await delay(REST, undefined, { signal })
    const bytes = await bring(src, signal)
    kept.put(src, bytes)
    return bytes
  }

  const bitmapOf = async (src: string, signal: AbortSignal): Promise<Bitmap | null> => {
    try {
      const bytes = await bytesOf(src, signal)
      return bytes.length === 0 ? null : await decodePicture(bytes)
    } catch {
      // An abstract without its picture is whole.
      return null
    }
  }

  const tell = (request: number, preparations: readonly Preparation[]) => {
    if (preparations.length > 0) say({ type: 'drawn', request, preparations })
  }

  const forget = (request: number) => {
    if (held === null) return
    held = null
    tell(request, drawings.clear())
  }

  return {
    async show({ request, src, width, look }) {
      asking.abort()
      const ours = new AbortController()
      asking = ours
      if (held !== src) {
        const bitmap = await bitmapOf(src, ours.signal)
        if (ours.signal.aborted) return
        forget(request)
        if (!bitmap) return
        drawings.put(src, bitmap)
        held = src
      }
      const figure = { kind: 'figure', pictures: [{ src, alt: '' }], blocks: [], caption: [] } as const
      const before: Preparation[] = []
      const drawn = drawings.drawnIn(figure, width, look, before)
      tell(request, before)
      say({ type: 'picture', request, lines: layOutBlocks([drawn], width, 'stack').lines })
      tell(request, drawings.outworn())
    },
    hide() {
      asking.abort()
      forget(0)
    },
  }
}

/** The pictures that were seen last, within bounds. */
function createKept() {
  const pictures = new Map<string, Uint8Array>()
  let bytes = 0
  const drop = (src: string) => {
    bytes -= pictures.get(src)?.length ?? 0
    pictures.delete(src)
  }
  return {
    get(src: string): Uint8Array | undefined {
      const known = pictures.get(src)
      // What was looked at last is dropped last.
      if (known) {
        pictures.delete(src)
        pictures.set(src, known)
      }
      return known
    },
    put(src: string, picture: Uint8Array): void {
      drop(src)
      pictures.set(src, picture)
      bytes += picture.length
      for (const oldest of pictures.keys()) {
        if (pictures.size <= MOST_KEPT && bytes <= MOST_BYTES) break
        drop(oldest)
      }
    },
  }
}
