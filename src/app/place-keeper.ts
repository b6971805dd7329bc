// How far texts have been read. An arm of effects.ts.

import { explain, LibraryError } from '../library/errors.ts'
import { storePosition } from '../library/fulltexts.ts'
import type { Library } from '../library/library.ts'
import type { PaperId } from '../paper.ts'
import type { Place } from './laid-text.ts'

/** How long a place in a text must last to be kept, in ms. */
const PLACE_LASTS = 400

/** Keeps how far texts have been read, once the reader rests: scrolling is no reason to write at every key. */
export function createPlaceKeeper(library: Library, fail: (error: unknown) => void) {
  const unkept = new Map<PaperId, Place>()
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    if (!library.db.open) return
    try {
      for (const [id, place] of unkept) {
        storePosition(library, id, place)
        unkept.delete(id)
      }
    } catch (error) {
      const explained = explain(error, library.file)
      // While another program writes there is time for another try.
      if (explained instanceof LibraryError && explained.code === 'busy')
        timer = setTimeout(flush, PLACE_LASTS).unref()
      else {
        unkept.clear()
        fail(error)
      }
    }
  }
  return {
    flush,
    keep(id: PaperId, place: Place) {
      unkept.set(id, place)
      clearTimeout(timer)
      timer = setTimeout(flush, PLACE_LASTS).unref()
    },
  }
}
