// Views and rules as the library keeps them. An arm of effects.ts.

import type { Library } from '../library/library.ts'
import { addRule, allRules, changeRule, removeRule, turnRule } from '../library/rules.ts'
import { keepView, moveView, removeView, savedViews, viewNamed } from '../library/views.ts'
import type { Event } from './events.ts'
import type { RuleEffect } from './rules.ts'
import type { ViewEffect } from './views.ts'

type KeepingEffect =
  | Exclude<ViewEffect, { type: 'count-views' | 'recheck' }>
  | Exclude<RuleEffect, { type: 'count-rule' }>

export interface KeepingOutside {
  readonly library: Library
  readonly dispatch: (event: Event) => void
  readonly loadRows: (now: true) => void
  /** Has it worked out which papers the rules match now. */
  readonly derive: () => void
}

/** Carries out what was asked about views and rules, and tells how they are then. */
export function createKeeping({ library, dispatch, loadRows, derive }: KeepingOutside) {
  const say = (kind: 'info' | 'error', text: string) => dispatch({ type: 'say', message: { kind, text } })
  const tell = () => dispatch({ type: 'views', saved: savedViews(library) })
  const tellRules = () => dispatch({ type: 'rules', all: allRules(library) })
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
        return dispatch({ type: 'views', saved: savedViews(library), removed })
      }
      case 'restore-view': {
        const { view, place } = effect
        const why = keepView(library, view, null, place)
        if (why !== null) return refused(why)
        dispatch({ type: 'views', saved: savedViews(library), removed: null, kept: view.name })
        return say('info', `“${view.name}” is back.`)
      }
      case 'sort-view': {
        const view = viewNamed(library, effect.name)
        if (view) keepView(library, { ...view, sort: effect.sort }, view.name)
        return tell()
      }
      case 'load-rules':
        return tellRules()
      case 'keep-rule': {
        const { wish, of } = effect
        if (of !== null && !changeRule(library, of, wish)) return refused('the rule is gone')
        const kept = of ?? addRule(library, wish)
        dispatch({ type: 'rules', all: allRules(library), kept })
        say('info', `The rule “${wish.name}” is kept.`)
        // What it did before it was changed is gone at once.
        if (of !== null) loadRows(true)
        return derive()
      }
      case 'turn-rule':
        turnRule(library, effect.rule, effect.isOn)
        tellRules()
        return effect.isOn ? derive() : loadRows(true)
      case 'remove-rule': {
        const removed = allRules(library).find(({ rule }) => rule === effect.rule)
        removeRule(library, effect.rule)
        dispatch({ type: 'rules', all: allRules(library), ...(removed ? { removed } : {}) })
        return loadRows(true)
      }
      case 'restore-rule': {
        const { rule } = effect
        const kept = library.transaction(() => {
          const number = addRule(library, rule, rule.since)
          if (!rule.isOn) turnRule(library, number, false)
          return number
        })
        dispatch({ type: 'rules', all: allRules(library), kept, removed: null })
        say('info', `The rule “${rule.name}” is back.`)
        return derive()
      }
      case 'move-view':
        moveView(library, effect.name, effect.by)
        return tell()
    }
  }
}
