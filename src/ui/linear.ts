// The reader without a screen: keys come in as they do with one, and what happens is written line by line, never over what
// stands there already. Neither Ink nor the alternate screen has a part in it.

import { emitKeypressEvents, type Interface } from 'node:readline'
import { contextOf } from '../app/commands.ts'
import { type KeyPress, keysOf } from '../app/keys.ts'
import type { Runtime } from '../app/runtime.ts'
import { keysLine } from '../app/spoken/choices.ts'
import { echoOf, type Typing, typingOf } from '../app/spoken/typing.ts'
import { greeting, spoken, unmoved, where } from '../app/spoken.ts'
import type { State } from '../app/state.ts'
import type { Ui } from './start.tsx'

/** Who types is not interrupted: what was found is told after a pause, in ms. */
const PAUSE = 600
/** After Esc nothing follows for so long, in ms, where it is the key and not the beginning of another's sequence. */
const AFTER_ESCAPE = 50

/** Where letters choose, they are always told. */
const MENUS = ['copy', 'sort', 'confirm', 'rule-kind']

/** Writes what is told of the states that it is shown. */
export function createSpeaker(write: (text: string) => void, first: State) {
  /** What was told of last. */
  let told = first
  let typing: Typing | null = null
  /** What of the typed text stands at the end of the terminal's line; null where the cursor is on a fresh one. */
  let echoed: string | null = null
  let pause: NodeJS.Timeout | undefined
  /** What is told of after the pause. */
  let next = first
  const explained = new Set<string>()

  const endLine = () => {
    if (echoed !== null) write('\n')
    echoed = null
  }
  const say = (lines: readonly string[]) => {
    if (lines.length === 0) return
    endLine()
    for (const line of lines) write(`${line.replace(/\p{Cc}/gu, ' ')}\n`)
  }
  const tell = (state: State) => {
    clearTimeout(pause)
    pause = undefined
    const lines = spoken(told, state)
    const context = contextOf(state)
    const isNew = contextOf(told) !== context
    if (isNew && (MENUS.includes(context) || !explained.has(context))) {
      explained.add(context)
      const keys = keysLine(state)
      if (keys !== '') lines.push(keys)
    }
    told = state
    say(lines)
    return lines.length > 0
  }
  const begin = (line: Typing) => {
    endLine()
    write(line.label + line.prompt.text)
    echoed = line.prompt.text
  }
  /** Echoes what has changed of the line; whether anything has. */
  const echo = (before: Typing, after: Typing): boolean => {
    const change = echoOf(before.prompt, after.prompt, echoed ?? '')
    if (change.kind === 'nothing') return false
    if (change.kind === 'say') say([change.text])
    else if (change.kind === 'anew') begin(after)
    else {
      write(change.text)
      echoed = change.echoed
    }
    return true
  }

  return {
    greet: () => {
      explained.add(contextOf(first))
      say(greeting(first))
    },
    /** Tells what is new in a state; after a key at once, else after a pause where somebody types. Whether it did something. */
    show(state: State, afterKey: boolean): boolean {
      const before = typing
      typing = typingOf(state)
      if (!typing || before?.label !== typing.label) {
        endLine()
        const isTold = tell(state)
        if (typing) begin(typing)
        return isTold || typing !== null
      }
      const isEchoed = echo(before, typing)
      if (!isEchoed && afterKey) return tell(state)
      next = state
      // What comes in meanwhile does not put off what has to be told.
      if (isEchoed) clearTimeout(pause)
      if (isEchoed || !pause) pause = setTimeout(() => tell(next), PAUSE)
      return isEchoed
    },
    say,
    /** The terminal's cursor is on a fresh line from now on, and nothing more is told. */
    close() {
      clearTimeout(pause)
      endLine()
    },
  }
}

/** What Node says of a key. */
interface NodeKey {
  readonly name?: string
  readonly sequence?: string
  readonly ctrl?: boolean
  readonly meta?: boolean
  readonly shift?: boolean
}

/** A key of Node's as Ink would tell it. */
function pressOf({ name = '', ctrl = false, meta = false, shift = false }: NodeKey): KeyPress {
  return {
    upArrow: name === 'up',
    downArrow: name === 'down',
    leftArrow: name === 'left',
    rightArrow: name === 'right',
    pageUp: name === 'pageup',
    pageDown: name === 'pagedown',
    home: name === 'home',
    end: name === 'end',
    return: name === 'return' || name === 'enter',
    escape: name === 'escape',
    tab: name === 'tab',
    backspace: name === 'backspace',
    delete: name === 'delete',
    ctrl,
    shift,
    meta,
  }
}

const PASTES = { on: '\u001b[?2004h', off: '\u001b[?2004l' }

/** Tells what happens on a terminal's lines, and takes its keys. */
export function startLinear(runtime: Runtime): Ui {
  const { stdin, stdout, env } = process
  const write = (text: string) => void stdout.write(text)
  const { promise: left, resolve } = Promise.withResolvers<void>()
  const speaker = createSpeaker(write, runtime.state())
  // Pasted text must not run commands; a terminal that knows no sequences would show this one.
  const marksPastes = env.TERM !== 'dumb'
  let afterKey = false
  let didSomething = false
  let isLent = false
  let pasted: string | null = null

  const unsubscribe = runtime.subscribe(() => {
    if (isLent) return
    if (speaker.show(runtime.state(), afterKey)) didSomething = true
  })
  const press = (key: string) => {
    const before = runtime.state()
    afterKey = true
    didSomething = false
    runtime.dispatch({ type: 'key', key })
    afterKey = false
    if (!didSomething && !isOver) speaker.say(unmoved(before, key))
  }
  const onKey = (text: string | undefined, key: NodeKey) => {
    if (key.name === 'paste-start') pasted = ''
    else if (key.name === 'paste-end') {
      const whole = pasted ?? ''
      pasted = null
      runtime.dispatch({ type: 'paste', text: whole })
    } else if (pasted !== null) pasted += text ?? key.sequence ?? ''
    else for (const name of keysOf((key.ctrl ? key.name : text) ?? '', pressOf(key))) press(name)
  }
  const take = () => {
    stdin.setRawMode(true)
    stdin.on('keypress', onKey)
    stdin.resume()
    if (marksPastes) write(PASTES.on)
  }
  const give = () => {
    speaker.close()
    if (marksPastes) write(PASTES.off)
    stdin.off('keypress', onKey)
    stdin.pause()
    stdin.setRawMode(false)
  }
  let isOver = false

  // Only the time is read of the interface.
  emitKeypressEvents(stdin, { escapeCodeTimeout: AFTER_ESCAPE } as unknown as Interface)
  speaker.greet()
  take()
  return {
    quit() {
      if (isOver) return
      isOver = true
      unsubscribe()
      if (!isLent) give()
      resolve()
    },
    suspend(other) {
      isLent = true
      give()
      void other().finally(() => {
        isLent = false
        if (isOver) return
        take()
        speaker.say(['Back in Broadsheet.', ...where(runtime.state())])
      })
    },
    left,
  }
}
