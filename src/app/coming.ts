// How what is on its way is told: a sync, a PDF.

import type { SyncEvent } from '../sources/sync.ts'
import { unwrapLine } from '../text/sanitise.ts'
import type { SyncEnd } from './background.ts'
import { printDay, timeLeft } from './dates.ts'
import type { PdfAnswer } from './documents.ts'
import type { Effect, Message, State, Step } from './state.ts'

/** The state as a sync goes on, for `ms` now. */
export function syncEvent(state: State, event: SyncEvent, ms: number): Step {
  const running =
    state.sync.kind === 'running'
      ? state.sync
      : { kind: 'running' as const, what: '', done: 0, total: 0, left: '', waiting: null }
  const still = (changes: Partial<typeof running>): State => ({ ...state, sync: { ...running, ...changes } })
  switch (event.type) {
    case 'day':
    case 'stored': {
      const { day, done, total } = event
      const effects: Effect[] = event.type === 'stored' && event.papers > 0 ? [{ type: 'load-rows' }] : []
      return [
        still({ what: printDay(day), done, total, left: timeLeft(done, total, ms), waiting: null }),
        effects,
      ]
    }
    case 'source':
      return [still({ what: event.what, waiting: null }), []]
    case 'brought':
      return [state, event.papers > 0 ? [{ type: 'load-rows' }] : []]
    case 'following': {
      const progress = event.progress === '' ? '' : `: ${event.progress}`
      return [still({ waiting: unwrapLine(`another sync is running${progress}`) }), []]
    }
    case 'waiting': {
      // Short pauses are not worth a word.
      const waiting =
        event.ms < 3000 ? running.waiting : `waiting ${Math.ceil(event.ms / 1000)} s for ${event.why}`
      return [still({ waiting }), []]
    }
    case 'problem':
    case 'page':
      return [state, []]
  }
}

/** What the footer says of a sync's end: the status bar tells it too, so only who asked is interrupted by it. */
export function synced(end: SyncEnd): Message | null {
  if (end.kind === 'failed') return { kind: 'error', text: unwrapLine(`Sync failed: ${end.why}`) }
  if (!end.asked) return null
  if (end.kind === 'offline') return { kind: 'reason', text: unwrapLine(end.why) }
  return {
    kind: 'info',
    text: end.added === 0 ? 'Nothing new.' : `${end.added} new ${end.added === 1 ? 'paper' : 'papers'}.`,
  }
}

/** What the footer says of a PDF on its way; once it is here it opens. */
export function withPdf(state: State, answer: PdfAnswer): Step {
  const say = (text: string, kind: Message['kind'] = 'info'): State => ({ ...state, message: { kind, text } })
  switch (answer.kind) {
    case 'part': {
      const of = answer.total === null ? '' : ` of ${megabytes(answer.total)}`
      const text = `The PDF is coming: ${megabytes(answer.bytes)}${of}`
      return [{ ...state, message: { kind: 'info', text, passing: true } }, []]
    }
    case 'whole':
      return [
        say(unwrapLine(`${answer.file} (${megabytes(answer.bytes)})`)),
        [{ type: 'open-file', file: answer.file }],
      ]
    case 'failed':
      return [say(unwrapLine(answer.why), 'error'), []]
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
