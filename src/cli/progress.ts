// What a sync on the command line shows while it runs: one line that changes on a terminal, and warnings.

import { printDay, timeLeft } from '../app/dates.ts'
import type { SyncEvent } from '../sources/sync.ts'
import { truncate } from '../text/layout.ts'
import { unwrapLine } from '../text/sanitise.ts'
import type { Session } from './session.ts'

export interface Progress {
  readonly onEvent: (event: SyncEvent) => void
  /** Takes the line off the terminal. */
  end(): void
  /** The days done so far, and those that are wanted. */
  readonly days: { readonly done: number; readonly total: number }
  /** How many entries, days or sources had something wrong with them. */
  problems(): number
}

const CELLS = 20
/** Longer waits are worth a word. */
const LONG = 3000

/** Follows a sync; the line is drawn where standard error is a terminal. */
export function createProgress({ warn }: Session, screen: NodeJS.WriteStream = process.stderr): Progress {
  const begun = Date.now()
  const days = { done: 0, total: 0 }
  let papers = 0
  let problems = 0
  let what = ''
  let waiting: { why: string; until: number } | null = null
  let following = ''
  let drawn = false

  const draw = (text: string) => {
    if (!screen.isTTY) return
    drawn = text !== ''
    screen.write(`\r\u001b[K${truncate(unwrapLine(text), Math.max(1, screen.columns - 1))}`)
  }
  const line = () => {
    if (following !== '') return following
    const ms = Date.now() - begun
    const filled = days.total === 0 ? 0 : Math.round((CELLS * days.done) / days.total)
    const bar =
      days.total === 0
        ? ''
        : `${'━'.repeat(filled)}${'─'.repeat(CELLS - filled)} ${days.done}/${days.total} days`
    return [
      bar,
      what,
      `${papers} papers`,
      ms < 1000 ? '' : `${Math.round((papers / ms) * 1000)}/s`,
      timeLeft(days.done, days.total, ms),
      waiting === null || waiting.until < Date.now()
        ? ''
        : `waiting ${Math.max(0, Math.ceil((waiting.until - Date.now()) / 1000))} s for ${waiting.why}`,
    ]
      .filter((part) => part !== '')
      .join(' · ')
  }
  // A wait counts down though nothing happens.
  const ticks = screen.isTTY ? setInterval(() => draw(line()), 500) : null
  const say = (text: string) => {
    if (drawn) draw('')
    warn(text)
  }

  const onEvent = (event: SyncEvent) => {
    if (event.type !== 'following') following = ''
    switch (event.type) {
      case 'day':
        days.total = event.total
        what = printDay(event.day)
        break
      case 'stored':
        days.done = event.done
        papers += event.papers
        break
      case 'source':
        what = event.what
        break
      case 'brought':
        papers += event.papers
        break
      case 'waiting':
        if (event.ms < LONG) return
        waiting = { why: event.why, until: Date.now() + event.ms }
        if (!screen.isTTY) say(`Waiting ${Math.ceil(event.ms / 1000)} s: ${event.why}.`)
        break
      case 'following': {
        const text = `Another sync is running (process ${event.pid} on ${event.host}); this one follows it`
        if (!screen.isTTY && following === '') say(`${text}.`)
        following = event.progress === '' ? text : `${text}: ${event.progress}`
        break
      }
      case 'problem':
        problems++
        say(`${event.where}: ${event.problem}`)
        break
      case 'page':
        say(`The Hub’s pages instead of its API are read: ${event.why}`)
        break
    }
    draw(line())
  }
  return {
    onEvent,
    end: () => {
      if (ticks) clearInterval(ticks)
      if (drawn) draw('')
    },
    days,
    problems: () => problems,
  }
}
