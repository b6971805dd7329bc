// Finding within an open text: the words are typed in the footer, the background finds them, n and N go on.

import { changeDocument, type Document, withDocument } from './document.ts'
import { lineAt, placeOf } from './laid-text.ts'
import { editPrompt, insertText, type Prompt } from './prompt.ts'
import { bodyHeight } from './shown.ts'
import type { State, Step } from './state.ts'

/** Opens the line in which it is typed what to find. */
export const startFinding = (state: State): Step =>
  changeDocument(state, ({ find }) => ({
    finding: { text: '', cursor: 0 },
    find: null,
    found: find,
    digits: '',
  }))

/** The step of a key that edits what is to be found; null where the key does not. */
export function editFinding(state: State, key: string): Step | null {
  const { document } = state
  const edited = document?.finding && editPrompt(document.finding, key)
  return edited ? looked(state, edited) : null
}

/** Pasted text goes where it is typed. */
export const pasteFinding = (state: State, text: string): Step =>
  withDocument(state, ({ finding }) => (finding ? looked(state, insertText(finding, text)) : [state, []]))

function looked(state: State, finding: Prompt): Step {
  return withDocument(state, (document) => {
    const text = finding.text.trim()
    if (text === document.finding?.text.trim()) return changeDocument(state, () => ({ finding }))
    const from = document.find?.from ?? placeOf(document.text, document.top)
    if (text === '')
      return changeDocument(state, () => ({ finding, find: null, top: lineAt(document.text, from) }))
    const next = { ...document, finding, find: { text, matches: null, at: -1, skipped: 0, from } }
    return [{ ...state, document: next }, [{ type: 'find', request: document.request, text }]]
  })
}

/** Keeps what was found: the next search begins from here. */
export const keepFinding = (state: State): Step =>
  changeDocument(state, ({ find, text, top }) => ({
    finding: null,
    found: null,
    find: find && { ...find, from: placeOf(text, top) },
  }))

/** Gives it up: the text is where it was. */
export const dropFinding = (state: State): Step =>
  changeDocument(state, ({ find, found, text, top }) => ({
    finding: null,
    found: null,
    find: found,
    top: find ? lineAt(text, find.from) : top,
  }))

/** To another match, round the end of the text. */
export const toMatch = (state: State, by: 1 | -1): Step =>
  withDocument(state, (document) => {
    if (!document.find) return [state, []]
    const { matches, at, skipped } = document.find
    const find = matches
      ? { ...document.find, at: around(at + by, matches.length) }
      : { ...document.find, skipped: skipped + by }
    return [{ ...state, document: inSight({ ...document, find }, bodyHeight(state)) }, []]
  })

/** A place among `count`, going round at the ends. */
const around = (at: number, count: number) => ((at % count) + count) % count

/** Whether something was found, or is still being looked for. */
export const hasMatches = ({ document }: State) => {
  const find = document?.find
  if (!find) return 'nothing is being looked for: / does'
  return find.matches?.length === 0 ? `“${find.text}” is not in this text: / looks for something else` : true
}

/** The text with the match that is meant in sight: as it was where it is already, else a third down the screen. */
export function inSight(document: Document, height: number): Document {
  const line = document.find?.matches?.[document.find.at]?.[0]?.line
  if (line === undefined || (line >= document.top && line < document.top + height)) return document
  return { ...document, top: Math.max(0, line - Math.floor(height / 3)), wanted: null }
}

/** The text with what was found; the first match from where the search began is shown. */
export function withMatches(
  state: State,
  document: Document,
  text: string,
  matches: NonNullable<NonNullable<Document['find']>['matches']>,
): Document {
  const { find } = document
  if (!find || find.text !== text) return document
  // Laid out anew: the same match is the one that is shown.
  if (find.matches && find.at >= 0)
    return { ...document, find: { ...find, matches, at: Math.min(find.at, matches.length - 1) } }
  const from = lineAt(document.text, find.from)
  const next = matches.findIndex(([piece]) => piece !== undefined && piece.line >= from)
  const at = matches.length === 0 ? -1 : around(Math.max(0, next) + find.skipped, matches.length)
  const shown = { ...document, find: { ...find, matches, at, skipped: 0 } }
  return at < 0 ? { ...shown, top: from } : inSight(shown, bodyHeight(state))
}
