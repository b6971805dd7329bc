// Filtering the help. A line opens with /, as it does to search elsewhere: letters by themselves scroll the help as they
// scroll every text, so they cannot be what is looked for.

import { editPrompt, insertText, type Prompt, promptOf } from './prompt.ts'
import type { State, Step } from './state.ts'

/** What entries of the help must have. */
export interface HelpFilter {
  readonly prompt: Prompt
  /** Whether the line is open; without it the filter holds, and keys scroll again. */
  readonly typing: boolean
}

/** Opens the line, with what is filtered by already. */
export const startFilter = (state: State): Step => {
  const prompt = promptOf(state.filter?.prompt.text ?? '')
  return [{ ...state, filter: { prompt, typing: true } }, []]
}

/** The step of a key that edits the filter; null where the key does not, or none is being typed. */
export function typedInFilter(state: State, key: string): Step | null {
  const prompt = state.filter?.typing ? editPrompt(state.filter.prompt, key) : null
  return prompt && withPrompt(state, prompt)
}

/** Pasted text goes where it is typed; null where no filter is being typed. */
export const pastedInFilter = (state: State, text: string): Step | null =>
  state.filter?.typing ? withPrompt(state, insertText(state.filter.prompt, text)) : null

const withPrompt = (state: State, prompt: Prompt): Step => [
  {
    ...state,
    filter: { prompt, typing: true },
    scroll: prompt.text === state.filter?.prompt.text ? state.scroll : 0,
  },
  [],
]

/** Closes the line; the filter holds, where there is one. */
export const keepFilter = (state: State): Step => {
  const { filter } = state
  return [{ ...state, filter: filter?.prompt.text.trim() ? { ...filter, typing: false } : null }, []]
}

/** The whole help again, from its top. */
export const clearFilter = (state: State): Step => [{ ...state, filter: null, scroll: 0 }, []]
