// Keys and pasted texts: what they do, wherever one is.

import { unwrapLine } from '../text/sanitise.ts'
import { sentence } from './actions.ts'
import { typedInCalendar } from './calendar.ts'
import { choose } from './choosing.ts'
import { type Command, contextOf } from './commands.ts'
import { commandFor } from './dispatch.ts'
import { changeDocument } from './document.ts'
import { editFinding, pasteFinding } from './finding.ts'
import { pastedInFilter, typedInFilter } from './help-filter.ts'
import { keyLabel } from './keys.ts'
import { pastedInPalette, typedInPalette } from './palette.ts'
import { editPrompt, insertText } from './prompt.ts'
import { pastedInRules, rulesTyped } from './rules.ts'
import { awaitsResults, leaveSearch, typed } from './searching.ts'
import { editSetting, pasteSetting } from './settings.ts'
import type { State, Step } from './state.ts'
import { editTags, pasteTags } from './tagging.ts'
import { pastedInViews, viewsTyped } from './view-line.ts'

/** The step of a key: it edits what is typed, answers what is asked, or runs the command of its context. */
export function pressed(state: State, key: string): Step {
  if (awaitsResults(state)) {
    // Without a prompt Esc means the search that has no results yet, not what is still on the screen.
    if (!state.prompt && isEscape(key)) return released(leaveSearch(state))
    // A key pressed before the results are there means the results.
    if (!isEscape(key) && key !== 'ctrl+c' && (state.held.length > 0 || !isEdit(state, key)))
      return [{ ...state, held: [...state.held, key] }, []]
  }
  const quiet = state.message ? { ...state, message: null } : state
  if (quiet.pending !== '') return continued(quiet, key)
  const chosen = choose(quiet, key)
  if (chosen) return chosen
  const named =
    typedInPalette(quiet, key) ??
    viewsTyped(quiet, key) ??
    rulesTyped(quiet, key) ??
    typedInFilter(quiet, key) ??
    editSetting(quiet, key) ??
    typedInCalendar(quiet, key)
  if (named) return named
  const edited = quiet.prompt && editPrompt(quiet.prompt, key)
  if (edited) return typed(quiet, edited)
  const tagged = editTags(quiet, key)
  if (tagged) return tagged
  const sought = editFinding(quiet, key)
  if (sought) return sought
  if (contextOf(quiet) === 'document' && /^\d$/.test(key))
    return changeDocument(quiet, ({ digits }) => ({ digits: (digits + key).slice(-3) }))
  // A number is meant for the key right after it.
  if (quiet.document?.digits && key !== '%')
    return pressed({ ...quiet, document: { ...quiet.document, digits: '' } }, key)
  const found = commandFor(quiet, key)
  if (found === null) return [quiet, []]
  if ('begins' in found) return [{ ...quiet, pending: key }, []]
  if ('why' in found) return [{ ...quiet, message: { kind: 'reason', text: sentence(found.why) } }, []]
  return run(quiet, found.command)
}

/** A key after the beginning of a sequence. */
function continued(state: State, key: string): Step {
  const pressed = `${state.pending} ${key}`
  const quiet = { ...state, pending: '' }
  const found = commandFor(quiet, pressed)
  if (found && 'begins' in found) return [{ ...quiet, pending: pressed }, []]
  if (found && 'command' in found) return run(quiet, found.command)
  if (found) return [{ ...quiet, message: { kind: 'reason', text: sentence(found.why) } }, []]
  // Quitting always works.
  if (key === 'ctrl+c') return [quiet, [{ type: 'quit' }]]
  const text = `${keyLabel(pressed)} means nothing here.`
  return [isEscape(key) ? quiet : { ...quiet, message: { kind: 'info', text } }, []]
}

const run = (state: State, command: Command): Step => released(command.run(state))

/** No key waits for the results of a search that was left. */
const released = ([state, effects]: Step): Step => [
  awaitsResults(state) || state.held.length === 0 ? state : { ...state, held: [] },
  effects,
]

const isEscape = (key: string) => key === 'escape' || key === 'ctrl+g'

/** Whether a key changes the query that is being typed. */
function isEdit(state: State, key: string): boolean {
  if (!state.prompt) return false
  if (editPrompt(state.prompt, key) !== null) return true
  const found = commandFor(state, key)
  return found !== null && 'command' in found && found.command.edits === true
}

/** The step of a pasted text, which goes where text is typed; elsewhere it is dropped. */
export function pasted(state: State, given: string): Step {
  const text = unwrapLine(given)
  if (state.prompt) return typed(state, insertText(state.prompt, text))
  return (
    pastedInPalette(state, text) ??
    pastedInViews(state, text) ??
    pastedInRules(state, text) ??
    pastedInFilter(state, text) ??
    pasteSetting(state, text) ??
    pasteTags(state, text) ??
    pasteFinding(state, text)
  )
}
