// Views as the library keeps them. An arm of effects.ts.

import type { Library } from '../library/library.ts'
import { keepView, moveView, removeView, savedViews, viewNamed } from '../library/views.ts'
import type { Event } from './update.ts'
import type { ViewEffect } from './views.ts'

type KeepingEffect = Exclude<ViewEffect, { type: 'count-views' | 'recheck' }>

/** Carries out what was asked about views, and tells how they are then. */
export function createKeeping(library: Library, dispatch: (event: Event) => void) {
  const say = (kind: 'info' | 'error', text: string) => dispatch({ type: 'say', message: { kind, text } })
  const tell = () => dispatch({ type: 'views', saved: savedViews(library) })
  const refused = (why: string) => say('error', `Not kept: ${why}.`)

  return (effect: KeepingEffect): void => {
    switch (effect.type) {
      case 'load-views':
        return tell()
      case 'keep-view': {
        const { view, before } = effect
        const why = keepView(library, view, before)
        if (why !== null) return refused(why)
        dispatch({ type: 'views', saved: savedViews(library), kept: view.name })
        return say('info', `“${view.name}” is kept.`)
      }
      case 'remove-view': {
        const removed = removeView(library, effect.name)
        if (!removed) return tell()
        dispatch({ type: 'views', saved: savedViews(library), removed })
        return say('info', `Removed “${removed.view.name}” · u brings it back until you quit`)
      }
      case 'restore-view': {
        const { view, place } = effect
        const why = keepView(library, view, null, place)
        if (why !== null) return refused(why)
        dispatch({ type: 'views', saved: savedViews(library), removed: null })
        return say('info', `“${view.name}” is back.`)
      }
      case 'sort-view': {
        const view = viewNamed(library, effect.name)
        if (view) keepView(library, { ...view, sort: effect.sort }, view.name)
        return tell()
      }
      case 'move-view':
        moveView(library, effect.name, effect.by)
        return tell()
    }
  }
}
