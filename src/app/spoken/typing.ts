// What is typed, as a line that the terminal echoes.

import { cellWidth } from '../../text/layout.ts'
import { graphemes } from '../../text/width.ts'
import type { Overlay } from '../overlay.ts'
import type { Prompt } from '../prompt.ts'
import type { State } from '../state.ts'
import { linePrompt } from '../view-line.ts'

export interface Typing {
  /** What is asked for, before the text: `Search: `. */
  readonly label: string
  readonly prompt: Prompt
}

/** The line that is being typed; null where none is. */
export function typingOf(state: State): Typing | null {
  const { overlay, help, filter, choosing, tagging, prompt, document } = state
  if (overlay?.kind === 'palette') return { label: 'Command: ', prompt: overlay.prompt }
  if (help) return filter?.typing ? { label: 'Filter: ', prompt: filter.prompt } : null
  if (choosing) return null
  if (overlay) return typedOver(state, overlay)
  if (tagging) return { label: 'Tags: ', prompt: tagging.prompt }
  if (prompt) return { label: 'Search: ', prompt }
  return document?.finding ? { label: 'Find: ', prompt: document.finding } : null
}

function typedOver({ settings }: State, overlay: Overlay): Typing | null {
  switch (overlay.kind) {
    case 'settings':
      return overlay.prompt && { label: `${settings[overlay.at]?.name ?? 'Value'}: `, prompt: overlay.prompt }
    case 'views': {
      const prompt = linePrompt(overlay.line)
      return (
        prompt && {
          label: overlay.line?.kind === 'edit' ? `${LABELS[overlay.line.part]}: ` : 'Filter: ',
          prompt,
        }
      )
    }
    case 'rules': {
      const { line } = overlay
      return line?.kind ? { label: `${LABELS[line.part]}: `, prompt: line.typed[line.part] } : null
    }
    case 'calendar':
      return (
        overlay.typed && {
          label: 'Date: ',
          prompt: { text: overlay.typed.text, cursor: overlay.typed.text.length },
        }
      )
    default:
      return null
  }
}

const LABELS = { name: 'Name', query: 'Query', key: 'Key' }

/** What a change of the text is to the line: a piece to write, words about the cursor, or all of it once more. */
export type Echo =
  | { readonly kind: 'write'; readonly text: string; readonly echoed: string }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'anew' }
  | { readonly kind: 'nothing' }

/** How a change is echoed; `echoed` is what of the text stands at the end of the terminal's line. */
export function echoOf(before: Prompt, after: Prompt, echoed: string): Echo {
  if (before.text === after.text) {
    if (before.cursor === after.cursor) return { kind: 'nothing' }
    const [letter] = graphemes(after.text.slice(after.cursor, after.cursor + 40))
    return { kind: 'say', text: letter === undefined ? 'At the end.' : letter === ' ' ? 'space' : letter }
  }
  const isAtEnd = before.cursor === before.text.length && after.cursor === after.text.length
  if (isAtEnd && after.text.startsWith(before.text)) {
    const text = after.text.slice(before.text.length)
    return { kind: 'write', text, echoed: echoed + text }
  }
  const gone = before.text.slice(after.text.length)
  // A terminal of lines takes letters back so: over them and blank.
  if (isAtEnd && before.text.startsWith(after.text) && echoed.endsWith(gone))
    return {
      kind: 'write',
      text: '\b \b'.repeat(cellWidth(gone)),
      echoed: echoed.slice(0, echoed.length - gone.length),
    }
  return { kind: 'anew' }
}
