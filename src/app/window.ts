// What the terminal's window says of the reader: its title, how far a sync is, and news for who looks elsewhere. None of
// it is part of the screen.

import { latexText } from '../text/latex.ts'
import { truncate } from '../text/layout.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { type State, type SyncState, selectedRow } from './state.ts'

const LONGEST_TITLE = 80

/** The title: what is read, else how many papers are unread. */
export function titleOf(state: State): string {
  const { document, reading, totals } = state
  const read = document?.title ?? (reading ? selectedRow(state)?.title : undefined)
  const text = read === undefined ? `Broadsheet · ${totals.unread} unread` : `${latexText(read)} · Broadsheet`
  return truncate(unwrapLine(text), LONGEST_TITLE)
}

/** A sync for the window's or the tab's bar: ConEmu's OSC 9;4, which many terminals know. */
export function progressOf(sync: SyncState): string {
  switch (sync.kind) {
    case 'running':
      return sync.total > 0 ? progress(1, Math.round((100 * sync.done) / sync.total)) : progress(3, 0)
    case 'failed':
      return progress(2, 100)
    default:
      return progress(0, 0)
  }
}

const progress = (state: 0 | 1 | 2 | 3, percent: number) => `\u001b]9;4;${state};${percent}\u001b\\`
const NO_PROGRESS = progress(0, 0)

// The window's own title is put aside and comes back; terminals without a stack of titles keep ours.
const PUSH_TITLE = '\u001b[22;2t'
const POP_TITLE = '\u001b[23;2t'

export interface WindowWishes {
  readonly title: boolean
  readonly progress: boolean
  readonly notify: boolean
}

export interface Wishes extends WindowWishes {
  readonly bell: boolean
}

/** What of it a terminal is sent: consoles show it as garbage, and tmux would take progress for a notification. */
export function wishesFor({ title, progress, notify }: WindowWishes, env: NodeJS.ProcessEnv): Wishes {
  const isPlain = /^(?:dumb|linux|)$/.test(env.TERM ?? '')
  return {
    title: title && !isPlain,
    progress: progress && !isPlain && !env.TMUX && !env.STY,
    notify: notify && !isPlain,
    bell: notify,
  }
}

/** Keeps the window up to date with a state; `close` leaves it as it was. */
export function createWindow(
  write: (text: string) => void,
  wishes: Wishes,
): { show(state: State): void; notify(text: string): void; close(): void } {
  let title = ''
  let bar = NO_PROGRESS
  return {
    show(state) {
      const next = wishes.title ? titleOf(state) : ''
      if (next !== title) {
        write(`${title === '' ? PUSH_TITLE : ''}\u001b]2;${next}\u001b\\`)
        title = next
      }
      const now = wishes.progress ? progressOf(state.sync) : NO_PROGRESS
      if (now !== bar) write(now)
      bar = now
    },
    // OSC 9 is a notification of the desktop's where the terminal knows it; the bell is heard anywhere.
    notify(text) {
      const said = wishes.notify ? `\u001b]9;${text}\u0007` : ''
      if (wishes.bell) write(`${said}\u0007`)
    },
    close() {
      if (title !== '') write(POP_TITLE)
      if (bar !== NO_PROGRESS) write(NO_PROGRESS)
      title = ''
      bar = NO_PROGRESS
    },
  }
}
