// (before, after) → what has to be told of it: the second view, for who listens or reads by touch. Pure, as the first is.
// Nothing is told twice, and nothing that only the eye needs.

import { commandFor } from './dispatch.ts'
import {
  choosingMoved,
  choosingWhere,
  helpMoved,
  helpWhere,
  keysLine,
  overlayMoved,
  overlayWhere,
} from './spoken/choices.ts'
import { abstractWhere, listMoved, listWhere, paperLine } from './spoken/papers.ts'
import { contentsMoved, contentsWhere, documentMoved, documentWhere } from './spoken/texts.ts'
import { counted, plain, sentence } from './spoken/words.ts'
import { type State, selectedRow } from './state.ts'

/** What lies on each other, the list at the bottom: the last is where one is. */
type Layer =
  | { readonly kind: 'list' | 'contents' | 'help' }
  | { readonly kind: 'abstract'; readonly of: string }
  | { readonly kind: 'document'; readonly of: string }
  | { readonly kind: 'choosing'; readonly of: string }
  | { readonly kind: 'overlay'; readonly of: string }

function layersOf(state: State): Layer[] {
  const { reading, triage, document, choosing, overlay, help } = state
  const card = triage ? `${triage.at} ` : ''
  const layers: Layer[] = [{ kind: 'list' }]
  if (reading || triage) layers.push({ kind: 'abstract', of: `${card}${selectedRow(state)?.id ?? ''}` })
  if (document) layers.push({ kind: 'document', of: `${document.kind} ${document.id}` })
  if (document?.contents) layers.push({ kind: 'contents' })
  if (overlay && overlay.kind !== 'palette') layers.push({ kind: 'overlay', of: overlay.kind })
  if (choosing) layers.push({ kind: 'choosing', of: choosing.kind })
  if (help) layers.push({ kind: 'help' })
  if (overlay?.kind === 'palette') layers.push({ kind: 'overlay', of: overlay.kind })
  return layers
}

const NAMES: Readonly<Record<Layer['kind'], string>> = {
  list: 'the list',
  abstract: 'the abstract',
  document: 'the text',
  contents: 'the contents',
  choosing: 'the choice',
  help: 'the help',
  overlay: 'what was there',
}

const isSame = (one: Layer | undefined, other: Layer | undefined) =>
  one?.kind === other?.kind && (one && 'of' in one ? one.of : '') === (other && 'of' in other ? other.of : '')

/** What a listener has to be told of a step, in lines. */
export function spoken(before: State, after: State): string[] {
  if (before === after) return []
  if (before.linear?.asked !== after.linear?.asked) return where(after)
  return [...news(before, after), ...placed(before, after)]
}

/** Where one is, all of it. */
export function where(state: State): string[] {
  const { document } = state
  switch (layersOf(state).at(-1)?.kind) {
    case 'abstract':
      return abstractWhere(state)
    case 'document':
      return document ? documentWhere(state, document) : []
    case 'contents':
      return contentsWhere(state)
    case 'choosing':
      return choosingWhere(state)
    case 'overlay':
      return overlayWhere(state)
    case 'help':
      return helpWhere(state)
    default:
      return listWhere(state)
  }
}

/** What is told first. */
export const greeting = (state: State): string[] => [
  'Broadsheet.',
  ...(state.message ? messageText(state.message) : []),
  ...where(state),
  keysLine(state),
]

function placed(before: State, after: State): string[] {
  const was = layersOf(before)
  const now = layersOf(after)
  const top = now.at(-1)
  if (!top || !now.every((layer, at) => isSame(layer, was[at]))) {
    // Where something else has the place of what was left, as the next paper of the one before.
    return where(after)
  }
  const moved = movedIn(top, before, after)
  if (now.length === was.length) return moved
  const back = `Back in ${top.kind === 'document' && after.document?.kind === 'discussion' ? 'the comments' : NAMES[top.kind]}.`
  const wasReading = was.some(({ kind }) => kind === 'abstract' || kind === 'document')
  if (moved.length > 0) return [back, ...moved]
  return top.kind === 'list' && wasReading ? [back, paperLine(after)] : [back]
}

function movedIn({ kind }: Layer, before: State, after: State): string[] {
  switch (kind) {
    case 'list':
      return listMoved(before, after)
    case 'abstract':
      // It has been told whole, unless it had yet to be read from the library.
      return isLoaded(after) && !isLoaded(before) ? abstractWhere(after) : []
    case 'document':
      return documentMoved(before, after)
    case 'contents':
      return contentsMoved(before, after)
    case 'choosing':
      return choosingMoved(before, after)
    case 'overlay':
      return overlayMoved(before, after)
    case 'help':
      return helpMoved(before, after)
  }
}

const isLoaded = (state: State) => state.paper !== null && state.paper.id === selectedRow(state)?.id

/** Messages, and a sync's beginning and end. */
function news(before: State, after: State): string[] {
  const { message } = after
  const isNew = message !== null && message !== before.message
  // How far something is gets tiresome.
  const isTold = isNew && !(message.passing && before.message?.passing)
  return [...syncText(before, after, isNew), ...(isTold ? messageText(message) : [])]
}

const messageText = ({ kind, text }: NonNullable<State['message']>): string[] => [
  sentence(`${kind === 'error' ? 'Error: ' : ''}${plain(text)}`),
]

function syncText({ sync: was }: State, { sync: now }: State, hasMessage: boolean): string[] {
  if (was === now || now.kind === 'idle') return []
  if (now.kind === 'running') return was.kind === 'running' ? [] : ['A sync begins.']
  // Who has asked for it, or has to know why it failed, is told by a message.
  if (hasMessage) return []
  switch (now.kind) {
    case 'done':
      return [`The sync is done: ${now.added === 0 ? 'nothing new' : counted(now.added, 'new paper')}.`]
    case 'offline':
      return ['Offline: nothing was synced.']
    case 'failed':
      return ['The sync failed.']
  }
}

/** What is told where a key has done nothing: that there is no more to go to. */
export function unmoved(state: State, key: string): string[] {
  const found = commandFor(state, state.pending === '' ? key : `${state.pending} ${key}`)
  const id = found && 'command' in found ? found.command.id : ''
  if (id.startsWith('scroll-')) return ['The abstract has been told whole.']
  if (/(?:^|-)(?:next|down|last)(?:-|$)/.test(id)) return ['This is the end.']
  if (/(?:^|-)(?:previous|up|first)(?:-|$)/.test(id)) return ['This is the beginning.']
  return []
}
