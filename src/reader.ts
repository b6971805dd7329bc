// Wiring of the reader: library, first paint, Ink, background threads, and putting the terminal back whatever happens.

import { setTimeout as delay } from 'node:timers/promises'
import v8 from 'node:v8'
import { firstPaint } from './app/ansi.ts'
import type { Look } from './app/drawings.ts'
import { createEffects } from './app/effects.ts'
import { asLinear } from './app/linear.ts'
import { watchOthers } from './app/other-instances.ts'
import { createRuntime } from './app/runtime.ts'
import { inSight } from './app/shown.ts'
import { initialState, type State } from './app/state.ts'
import { view } from './app/view.ts'
import { createWindow, wishesFor } from './app/window.ts'
import { createConfigure, withConfig } from './config/living.ts'
import { readConfig } from './config.ts'
import { runEditor } from './editor.ts'
import { exitStatus } from './exit.ts'
import type { Library } from './library/library.ts'
import { countPapers, countUnread, findPaper } from './library/papers.ts'
import { listRows } from './library/rows.ts'
import { openFilled } from './open.ts'
import { colourDepth } from './pictures/colours.ts'
import { createDetection } from './pictures/detect.ts'
import { readSettings, type Settings } from './settings.ts'
import { describe } from './text/sanitise.ts'
import { createThreads } from './threads.ts'
import { type AskTerminal, createAskTerminal } from './ui/ask-terminal.ts'
import { MOUSE_OFF, MOUSE_ON, takeMouse } from './ui/mouse.ts'
import { createPainter } from './ui/painter.ts'
import type { Ui } from './ui/start.tsx'

/** Rows read before the first paint: more than any screen has. */
const FIRST_ROWS = 300

/**
 * V8 lets the part of a heap where objects are born grow to 128 MB, in each thread, however little of it lives on, and
 * gives nothing back. Ours stays as large as it is when Ink is about to load, some 8 MB, and so does that of each thread
 * that is started afterwards. What is born there dies there all the same: keys take no longer.
 */
const YOUNG_GENERATION = ['--semi-space-growth-factor=1', '--min-semi-space-size=4']

/** When the index is read though nobody has searched yet, in ms. */
const WARM_UP_AFTER = 1000

/** How long a terminal may take to say what pictures it shows, in ms: it may be far away. */
const ANSWERS_WITHIN = 1500
/** Of a cell in pixels, where the terminal does not say. */
const USUAL_CELL = { width: 10, height: 20 }

/** About a frame, in ms. */
const FRAME = 16

const LEAVE_SCREEN = '\u001b[?2004l\u001b[?1049l\u001b[?25h'

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }

export interface ReaderOptions {
  readonly images: boolean
  /** Whether what happens is told line by line instead of being drawn. */
  readonly linear: boolean
}

/** Opens the reader. Returns the exit status once it is left; a crash or a signal ends the process itself. */
export async function runReader({ images, linear }: ReaderOptions): Promise<number> {
  let onScreen = false
  let ui: Ui | null = null
  let frame: ReturnType<typeof createWindow> | null = null
  const quit = () => {
    // Before Ink leaves the screen: what the mouse does from then on is the shell’s.
    if (!linear) process.stdout.write(MOUSE_OFF)
    ui?.quit()
  }
  const restore = () => {
    if (!onScreen) return
    onScreen = false
    frame?.close()
    // Ink would leave by itself when the process exits, but only after painting its last frame once more.
    quit()
    process.stdin.setRawMode(false)
    if (!linear) process.stdout.write(LEAVE_SCREEN)
  }
  const end = (status: number, error?: unknown) => {
    restore()
    if (error !== undefined) process.stderr.write(`broadsheet: ${describe(error)}\n`)
    process.exit(status)
  }
  process.on('uncaughtException', (error) => end(1, error))
  process.on('unhandledRejection', (error) => end(1, error))
  for (const [signal, status] of Object.entries(SIGNALS)) process.on(signal, () => end(status))

  try {
    const settings = readSettings()
    const library = openFilled(settings)
    // From here on a busy library must not hold up a key: effects try again instead.
    library.setBusyTimeout(FRAME)
    const config = readConfig(settings.configFile)
    const configured = withConfig(firstState(library), config, settings.configFile)
    const state = linear ? asLinear(configured) : configured
    // Keys typed from now on wait in the terminal for Ink instead of showing on the screen.
    process.stdin.setRawMode(true)
    onScreen = true
    if (!linear) process.stdout.write(firstPaint(view(state), state.paint))

    for (const flag of YOUNG_GENERATION) v8.setFlagsFromString(flag)
    const startUi = linear ? await linearUi() : await screenUi()
    const write = (text: string) => void process.stdout.write(text)
    const background = createThreads(settings, (event) => runtime.dispatch(event))
    const painter = createPainter()
    const mouse = config.mouse && !linear && process.env.TERM !== 'dumb'
    // Before whoever else takes something out of what is read.
    if (mouse) takeMouse(process.stdin, (did) => runtime.dispatch({ type: 'mouse', mouse: did }))
    const askTerminal = createAskTerminal(process.stdin, write, ANSWERS_WITHIN)
    const look = oneAtATime(() => (images && !linear ? lookOf(settings, askTerminal) : Promise.resolve(null)))
    const runtime = createRuntime(state, (dispatch) =>
      createEffects({
        library,
        pictures: painter,
        background,
        dispatch,
        write,
        look,
        notify: (text) => frame?.notify(text),
        suspend: () => ui?.suspend(withoutMouse(mouse, write, stopProcess)),
        edit: (file) =>
          lend(
            ui,
            withoutMouse(mouse, write, () => runEditor(file)),
          ),
        configure: createConfigure(settings.configFile, dispatch),
        quit,
      }),
    )
    ui = startUi(runtime, painter)
    if (mouse) write(MOUSE_ON)
    const { windowTitle, progress, notify } = config
    const wished = { title: windowTitle && !linear, progress: progress && !linear, notify: notify && !linear }
    const wishes = wishesFor(wished, process.env)
    frame = createWindow(write, wishes)
    const shown = frame
    runtime.subscribe(() => shown.show(runtime.state()))
    runtime.dispatch({ type: 'started' })
    const others = watchOthers(library, runtime.dispatch, () => runtime.dispatch({ type: 'outdated' }))
    // The first frames come first. Who searches earlier warms it up by that.
    const warmUp = setTimeout(() => background.ask({ type: 'warm-up' }), WARM_UP_AFTER).unref()
    await ui.left
    clearTimeout(warmUp)
    others.stop()
    restore()
    await background.stop()
    library.close()
    return 0
  } catch (error) {
    restore()
    process.stderr.write(`broadsheet: ${describe(error)}\n`)
    return exitStatus(error)
  }
}

const screenUi = async () => (await withoutFetch(() => import('./ui/start.tsx'))).startUi
const linearUi = async () => (await import('./ui/linear.ts')).startLinear

/** What leaves the mouse to others while it runs, where it is ours. */
const withoutMouse =
  <T>(isOurs: boolean, write: (text: string) => void, work: () => Promise<T>) =>
  async (): Promise<T> => {
    if (!isOurs) return work()
    write(MOUSE_OFF)
    try {
      return await work()
    } finally {
      write(MOUSE_ON)
    }
  }

/** Lends the terminal to what gives an answer in the end. */
function lend<T>(ui: Ui | null, work: () => Promise<T>): Promise<T> {
  if (!ui) return work()
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  ui.suspend(() => work().then(resolve, reject))
  return promise
}

/** Stops this process and those around it (npm, the launcher), as Ctrl-Z does elsewhere, until the shell goes on. */
async function stopProcess(): Promise<void> {
  if (process.platform === 'win32') return
  process.kill(0, 'SIGTSTP')
  // Where no shell could bring us back the system ignores the signal; otherwise this fires once we are back.
  await delay(50)
}

/** How pictures are shown: as the configuration wants it and the terminal, which is asked, can. */
async function lookOf(settings: Settings, askTerminal: AskTerminal): Promise<Look | null> {
  const { images, ascii } = readConfig(settings.configFile)
  const depth = colourDepth(process.env)
  if (images === 'off') return null
  const screen = { columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }
  const detection = createDetection(process.env, screen)
  const { protocols, cell: said, colours } = await askTerminal(detection)
  const [protocol] = protocols
  const cell = said ?? USUAL_CELL
  if (protocol === 'kitty') return { kind: 'kitty', cell, throughTmux: Boolean(process.env.TMUX) }
  if (protocol) return { kind: 'painted', protocol, cell, colours }
  // Half blocks are no ASCII: the caption has to do there.
  return images === 'blocks' && depth && !ascii ? { kind: 'blocks', depth } : null
}

/** Work that is not begun anew before it is done; whoever asks meanwhile gets what comes of it then. */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  let next: Promise<T> | null = null
  const begin = () => {
    next = null
    running = work().finally(() => {
      running = null
    })
    return running
  }
  return () => {
    if (!running) return begin()
    next ??= running.then(begin, begin)
    return next
  }
}

function firstState(library: Library): State {
  const size = { columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }
  const rows = listRows(library, { limit: FIRST_ROWS, withHidden: true })
  const totals = { papers: countPapers(library), unread: countUnread(library) }
  const state = inSight(initialState(size, rows, totals))
  return { ...state, paper: rows[0] ? findPaper(library, rows[0].id) : null }
}

/**
 * Runs `work` while `fetch` is out of sight: yoga, Ink's layout engine, would otherwise fetch its own data: URL and so
 * load Node's whole HTTP client before the first frame (70 ms).
 */
async function withoutFetch<T>(work: () => Promise<T>): Promise<T> {
  const fetch = Object.getOwnPropertyDescriptor(globalThis, 'fetch')
  Object.defineProperty(globalThis, 'fetch', { value: undefined, configurable: true, writable: true })
  try {
    return await work()
  } finally {
    if (fetch) Object.defineProperty(globalThis, 'fetch', fetch)
  }
}
