// Tags, typed in the footer: the line begins with those that all papers have, and what it says in the end is what they get.

import type { TagCount } from '../library/marks.ts'
import type { PaperId } from '../paper.ts'
import { tagNamed } from '../paper.ts'
import { still } from './actions.ts'
import { editPrompt, insertText, type Prompt, promptOf } from './prompt.ts'
import { targets, withoutSelection } from './selecting.ts'
import type { State, Step } from './state.ts'

export interface Tagging {
  readonly prompt: Prompt
  readonly ids: readonly PaperId[]
  /** What the papers have in common before. */
  readonly before: readonly string[]
  /** The word that is being completed, and which of its completions stands there; null where none is. */
  readonly completing: { readonly from: Prompt; readonly at: number } | null
}

/** Opens the line in which tags are typed. */
export function startTagging(state: State): Step {
  const rows = targets(state)
  const [first] = rows
  if (!first) return still(state)
  const before = first.tags.filter((tag) => rows.every(({ tags }) => tags.includes(tag)))
  const text = before.map((tag) => `${tag} `).join('')
  const ids = rows.map(({ id }) => id)
  const tagging = { prompt: promptOf(text), ids, before, completing: null }
  return [{ ...state, tagging, message: null }, [{ type: 'load-tags' }]]
}

/** The tags that a line names, each once; what is none is left out. */
export const tagsIn = (text: string): string[] => [
  ...new Set(text.split(/[\s,;]+/).flatMap((word) => tagNamed(word) ?? [])),
]

/** The step of a key that edits the line; null where the key does not. */
export function editTags(state: State, key: string): Step | null {
  const { tagging } = state
  const edited = tagging && editPrompt(tagging.prompt, key)
  return edited ? still({ ...state, tagging: { ...tagging, prompt: edited, completing: null } }) : null
}

/** Pasted text goes where it is typed. */
export function pasteTags(state: State, text: string): Step | null {
  const { tagging } = state
  if (!tagging) return null
  return still({
    ...state,
    tagging: { ...tagging, prompt: insertText(tagging.prompt, text), completing: null },
  })
}

/** The word that the cursor is in or behind, as far as it is typed. */
const wordAt = ({ text, cursor }: Prompt): string => /[^\s,;]*$/.exec(text.slice(0, cursor))?.[0] ?? ''

/** Tags that the word at the cursor may become, most used first: those that begin with it, then those that hold it. */
export function completionsOf({ tagging, tags }: State): readonly string[] {
  if (!tagging) return []
  const prompt = tagging.completing?.from ?? tagging.prompt
  const word = wordAt(prompt)
  const typed = tagNamed(word) ?? ''
  const others = tagsIn(prompt.text.slice(0, prompt.cursor - word.length) + prompt.text.slice(prompt.cursor))
  const left = tags.filter(({ tag }) => tag !== typed && !others.includes(tag))
  const begins = left.filter(({ tag }) => tag.startsWith(typed))
  const holds = left.filter(({ tag }) => !tag.startsWith(typed) && tag.includes(typed))
  return [...begins, ...holds].map(({ tag }: TagCount) => tag)
}

/** Whether a tag is there to complete the word to. */
export const canCompleteTag = (state: State) =>
  completionsOf(state).length > 0 ? true : 'no tag of yours is like this'

/** Puts the next completion, or the one before, in the place of the word. */
export const completeTag =
  (by: 1 | -1) =>
  (state: State): Step => {
    const { tagging } = state
    const offered = completionsOf(state)
    if (!tagging || offered.length === 0) return still(state)
    const from = tagging.completing?.from ?? tagging.prompt
    const last = tagging.completing?.at ?? (by > 0 ? -1 : offered.length)
    const at = (last + by + offered.length) % offered.length
    const before = from.text.slice(0, from.cursor - wordAt(from).length)
    const text = `${before}${offered[at]} `
    const prompt = { text: text + from.text.slice(from.cursor).trimStart(), cursor: text.length }
    return still({ ...state, tagging: { ...tagging, prompt, completing: { from, at } } })
  }

/** Gives the papers the tags of the line, and takes those that are no longer in it. */
export function keepTags(state: State): Step {
  const { tagging } = state
  if (!tagging) return still(state)
  const after = tagsIn(tagging.prompt.text)
  const add = after.filter((tag) => !tagging.before.includes(tag))
  const remove = tagging.before.filter((tag) => !after.includes(tag))
  const done = { ...state, tagging: null }
  if (add.length === 0 && remove.length === 0) return still(done)
  return [withoutSelection(done), [{ type: 'tag', ids: tagging.ids, add, remove }]]
}

/** Leaves the tags as they were. */
export const dropTags = (state: State): Step => still({ ...state, tagging: null })
