// A real terminal for tests: the program runs on a pseudo-terminal of its own, and an emulator draws what it writes, so
// a test sees the screen a person would see and types the bytes a keyboard would send.

import { spawn } from '@lydell/node-pty'
import headless from '@xterm/headless'
import stringWidth from 'string-width'

/** What to run, and on what kind of terminal. */
export interface TerminalOptions {
  /** The size in cells: 80 × 24 when left out. */
  columns?: number
  rows?: number
  /** Added to the clean environment the program starts from; `undefined` takes a variable away. */
  env?: Record<string, string | undefined>
  /** The directory the program starts in; the current one when left out. */
  cwd?: string
  command: string
  args?: string[]
  /**
   * Stands between the program and the emulator, for what the emulator does not know: takes what the program writes, returns what
   * is drawn for it, and may answer the program.
   */
  between?: (written: string, answer: (text: string) => void) => string
}

/** A colour as the program asked for it: the terminal's own, one of its 256 by index, or red, green and blue 0–255. */
export type Color =
  | { kind: 'default' }
  | { kind: 'palette'; index: number }
  | { kind: 'rgb'; red: number; green: number; blue: number }

/** One cell of the screen. */
export interface Cell {
  /** The grapheme drawn here: a space in a blank cell, empty in the second half of a wide character. */
  text: string
  /** In cells: 2 for a wide character, 0 for its second half. */
  width: number
  /** As asked for: `inverse` is not applied to `fg` and `bg`. */
  fg: Color
  bg: Color
  bold: boolean
  dim: boolean
  italic: boolean
  underline: boolean
  inverse: boolean
}

/** How a program ended; `signal` is the number of the signal that ended it, if one did. */
export interface Exit {
  exitCode: number
  signal: number | undefined
}

/** A program running on a terminal. */
export interface Terminal extends AsyncDisposable {
  readonly pid: number
  /**
   * Presses keys, each one a write of its own: 'enter', 'escape', 'up', 'down', 'left', 'right', 'pageUp', 'pageDown',
   * 'home', 'end', 'tab', 'backspace', 'delete', 'ctrl+c' and the like for any letter; anything else is typed as it is.
   * The program may read keys pressed in a row in one piece, so wait for what 'escape' does before the next key: the
   * two together mean Alt.
   */
  press(...keys: string[]): void
  /** Pastes as a terminal in bracketed paste mode does: between its marks, line breaks as carriage returns. */
  paste(text: string): void
  /** Changes the size, in cells, of the terminal and of what the program is told. */
  resize(columns: number, rows: number): void
  /** The rows on the screen, spaces at their ends and blank rows at the bottom left out. */
  screen(): string
  /** One row of the screen, counted from 0, without the spaces at its end. */
  line(row: number): string
  /** Every cell of the screen, by row and column. */
  cells(): Cell[][]
  /** Where the cursor is, in cells counted from 0; `x` is the width of the terminal after a full row. */
  cursor(): { x: number; y: number; visible: boolean }
  /** Whether the program has switched to the alternate screen. */
  isAlternate(): boolean
  /** Everything the program has written so far. */
  bytes(): string
  /** The screen, as soon as it holds a text, matches a pattern or satisfies a function. `timeoutMs` is 20 seconds. */
  waitFor(what: What, timeoutMs?: number): Promise<string>
  /** The screen, as soon as it no longer holds a text or matches a pattern. `timeoutMs` is 20 seconds. */
  waitGone(what: string | RegExp, timeoutMs?: number): Promise<string>
  /** How the program ended, once it has and the screen shows all it wrote. `timeoutMs` is 20 seconds. */
  waitExit(timeoutMs?: number): Promise<Exit>
  /** Sends the program a signal: SIGTERM when left out. */
  kill(signal?: string): void
}

type What = string | RegExp | ((screen: string) => boolean)
type Caller = (...args: never[]) => unknown

const GRACE_MS = 2_000

const PLAIN_KEYS = new Map(Object.entries({ enter: '\r', escape: '\x1b', tab: '\t', backspace: '\x7f' }))
const CURSOR_KEYS = new Map(
  Object.entries({ up: 'A', down: 'B', right: 'C', left: 'D', end: 'F', home: 'H' }),
)
const PAGE_KEYS = new Map(Object.entries({ delete: '3~', pageUp: '5~', pageDown: '6~' }))

/** Starts a program on a terminal of its own. Wait for its first screen before pressing keys. */
export function startTerminal(options: TerminalOptions): Terminal {
  const { columns: cols = 80, rows = 24, command, args = [], cwd = process.cwd() } = options
  const emulator = new headless.Terminal({ cols, rows, allowProposedApi: true, logLevel: 'off' })
  emulator.unicode.register(graphemeWidths())
  emulator.unicode.activeVersion = 'graphemes'
  const pty = spawn(command, args, { cols, rows, cwd, env: environment(options.env) })

  const written: string[] = []
  const waiters = new Set<() => void>()
  let cursorVisible = true
  let running = true
  let exit: Exit | undefined // known once the screen shows all the program wrote

  const look = () => {
    for (const waiter of waiters) waiter()
  }
  const send = (data: string) => {
    if (running) pty.write(data)
  }
  for (const final of ['h', 'l']) {
    emulator.parser.registerCsiHandler({ prefix: '?', final }, (params) => {
      if (params.includes(25)) cursorVisible = final === 'h'
      return false // the emulator has its own part to do
    })
  }
  emulator.onData(send) // the emulator's answers to what the program asks the terminal
  pty.onData((data) => {
    written.push(data)
    emulator.write(options.between?.(data, send) ?? data, look)
  })
  pty.onExit(({ exitCode, signal }) => {
    running = false
    // The empty write ends after all before it, so that nobody sees the exit before the last words.
    emulator.write('', () => {
      exit = { exitCode, signal: signal || undefined }
      look()
    })
  })

  const line = (row: number) => {
    const { active } = emulator.buffer
    return (active.getLine(active.baseY + row)?.translateToString() ?? '').trimEnd()
  }
  const lines = () => Array.from({ length: emulator.rows }, (_, row) => line(row))
  const screen = () => lines().join('\n').trimEnd()

  /** Looks now and after every change, until there is an answer. Error stacks begin at the caller of `caller`. */
  const wait = <T>(awaited: string, ms: number, caller: Caller, answer: () => T | undefined) => {
    // The timer that reports the failure knows nothing of the test that waited, so its place is noted here.
    const place: { stack?: string } = {}
    Error.captureStackTrace(place, caller)
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const fail = (reason: string) => {
      const error = new Error(`${reason} The screen:\n${framed(lines(), emulator.cols)}`)
      error.stack = `${error.name}: ${error.message}\n${place.stack?.split('\n').slice(1).join('\n')}`
      reject(error)
    }
    const waiter = () => {
      try {
        const found = answer()
        if (found !== undefined) resolve(found)
        else if (exit) fail(`The program ended (${JSON.stringify(exit)}) before ${awaited}.`)
      } catch (error) {
        reject(error)
      }
    }
    const timer = setTimeout(() => fail(`Waited ${ms} ms until ${awaited}.`), ms)
    waiters.add(waiter)
    waiter()
    return promise.finally(() => {
      clearTimeout(timer)
      waiters.delete(waiter)
    })
  }
  const waitForScreen = (what: What, wanted: boolean, ms: number, caller: Caller) => {
    const holds = finder(what)
    const awaited = `the screen ${wanted ? 'held' : 'was rid of'} ${typeof what === 'string' ? JSON.stringify(what) : what}`
    return wait(awaited, ms, caller, () => {
      // A synchronized update in progress is not on the screen yet: what it has erased is about to be drawn again.
      if (emulator.modes.synchronizedOutputMode && exit === undefined) return undefined
      const text = screen()
      return holds(text) === wanted ? text : undefined
    })
  }

  const terminal: Terminal = {
    pid: pty.pid,
    press: (...keys) => {
      for (const key of keys) send(keyBytes(key, emulator.modes.applicationCursorKeysMode))
    },
    paste: (text) => send(`\x1b[200~${text.replace(/\r?\n/g, '\r')}\x1b[201~`),
    resize: (newColumns, newRows) => {
      emulator.resize(newColumns, newRows)
      try {
        if (running) pty.resize(newColumns, newRows)
      } catch (error) {
        // A program that has just ended has no terminal left, though its end is not known here yet.
        if (!String(error).includes('EBADF')) throw error
      }
      look()
    },
    screen,
    line,
    cells: () => readCells(emulator),
    cursor: () => {
      const { cursorX, cursorY } = emulator.buffer.active
      return { x: cursorX, y: cursorY, visible: cursorVisible }
    },
    isAlternate: () => emulator.buffer.active.type === 'alternate',
    bytes: () => written.join(''),
    waitFor: (what, timeoutMs = 20_000) => waitForScreen(what, true, timeoutMs, terminal.waitFor),
    waitGone: (what, timeoutMs = 20_000) => waitForScreen(what, false, timeoutMs, terminal.waitGone),
    waitExit: (timeoutMs = 20_000) => wait('the program ended', timeoutMs, terminal.waitExit, () => exit),
    kill: (signal = 'SIGTERM') => {
      if (running) pty.kill(signal) // once it has ended, its process id may be another's
    },
    async [Symbol.asyncDispose]() {
      terminal.kill('SIGHUP') // what closing the window does
      const timer = setTimeout(() => terminal.kill('SIGKILL'), GRACE_MS)
      await terminal.waitExit().finally(() => clearTimeout(timer))
    },
  }
  return terminal
}

/** A clean environment: what the tests themselves run under (CI, colour settings) must not change what they see. */
function environment(added: Record<string, string | undefined> = {}) {
  const { PATH, HOME } = process.env
  const all = { PATH, HOME, LANG: 'C.UTF-8', TERM: 'xterm-256color', ...added }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function keyBytes(key: string, applicationCursorKeys: boolean): string {
  const letter = /^ctrl\+([a-z])$/i.exec(key)?.[1]
  if (letter !== undefined) return String.fromCharCode(letter.charCodeAt(0) & 0x1f)
  const page = PAGE_KEYS.get(key)
  if (page !== undefined) return `\x1b[${page}`
  const cursor = CURSOR_KEYS.get(key)
  if (cursor !== undefined) return `\x1b${applicationCursorKeys ? 'O' : '['}${cursor}`
  return PLAIN_KEYS.get(key) ?? key
}

function finder(what: What): (screen: string) => boolean {
  if (typeof what === 'function') return what
  return typeof what === 'string' ? (text) => text.includes(what) : (text) => text.search(what) !== -1
}

function framed(lines: string[], columns: number): string {
  const edge = '─'.repeat(columns)
  const rows = lines.map((line) => `│${line}${' '.repeat(Math.max(0, columns - stringWidth(line)))}│`)
  return [`┌${edge}┐`, ...rows, `└${edge}┘`].join('\n')
}

function readCells(emulator: headless.Terminal): Cell[][] {
  const buffer = emulator.buffer.active
  const color = (isRgb: boolean, isPalette: boolean, value: number): Color => {
    if (isRgb) return { kind: 'rgb', red: value >> 16, green: (value >> 8) & 0xff, blue: value & 0xff }
    return isPalette ? { kind: 'palette', index: value } : { kind: 'default' }
  }
  return Array.from({ length: emulator.rows }, (_, row) =>
    Array.from({ length: emulator.cols }, (_, column): Cell => {
      const cell = buffer.getLine(buffer.baseY + row)?.getCell(column) ?? buffer.getNullCell()
      const width = cell.getWidth()
      return {
        text: cell.getChars() || (width === 0 ? '' : ' '),
        width,
        fg: color(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor()),
        bg: color(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor()),
        bold: cell.isBold() !== 0,
        dim: cell.isDim() !== 0,
        italic: cell.isItalic() !== 0,
        underline: cell.isUnderline() !== 0,
        inverse: cell.isInverse() !== 0,
      }
    }),
  )
}

/**
 * Teaches the emulator today's character widths, grapheme by grapheme: on its own it knows those of Unicode 6, where an
 * emoji is one cell wide. It hands over one code point at a time, so the grapheme being drawn is kept here.
 */
function graphemeWidths(): headless.IUnicodeVersionProvider {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const isOne = (text: string) => segmenter.segment(text).containing(0)?.segment.length === text.length
  const wcwidth = (codepoint: number) =>
    codepoint < 0x7f ? 1 : (Math.min(2, stringWidth(String.fromCodePoint(codepoint))) as 0 | 1 | 2)
  let drawn = ''
  // `preceding` is the last answer, or 0 where nothing can be joined: a width, and under it a bit for "joins `drawn`".
  const charProperties = (codepoint: number, preceding: number) => {
    const character = String.fromCodePoint(codepoint)
    const grapheme = drawn + character
    const drawnWidth = (preceding >> 1) & 3
    const width = wcwidth(codepoint)
    drawn = character
    if (codepoint < 0x7f || drawnWidth === 0 || (width > 0 && !isOne(grapheme))) return width << 1
    const joined = Math.max(drawnWidth, stringWidth(grapheme))
    if (joined > 2) return width << 1
    drawn = grapheme
    return (joined << 1) | 1
  }
  return { version: 'graphemes', wcwidth, charProperties }
}
