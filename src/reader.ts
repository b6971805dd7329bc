// Wiring of the reader: library, first paint, Ink, background thread, and putting the terminal back whatever happens.

import { setTimeout as delay } from 'node:timers/promises'
import v8 from 'node:v8'
import { Worker } from 'node:worker_threads'
import { firstPaint, wantsColour } from './app/ansi.ts'
import type { Look } from './app/drawings.ts'
import { backgroundEvents, createEffects, type ThreadAnswer, type ThreadRequest } from './app/effects.ts'
import { asLinear } from './app/linear.ts'
import { watchOthers } from './app/other-instances.ts'
import { createRuntime, type Runtime } from './app/runtime.ts'
import { inSight } from './app/shown.ts'
import { initialState, type State } from './app/state.ts'
import { view } from './app/view.ts'
import { createWindow, wishesFor } from './app/window.ts'
import { bindKeys, keyProblems } from './config/bindings.ts'
import { printValue, SETTINGS, type SettingKey } from './config/settings.ts'
import { paintOf, policyOf, settingRows } from './config/shown.ts'
import { writeSetting } from './config/write.ts'
import { type Config, readConfig } from './config.ts'
import { runEditor } from './editor.ts'
import { exitStatus } from './exit.ts'
import type { Library } from './library/library.ts'
import { countPapers, countUnread, findPaper, listRows } from './library/papers.ts'
import { openFilled } from './open.ts'
import { colourDepth } from './pictures/colours.ts'
import { createDetection } from './pictures/detect.ts'
import { readSettings, type Settings } from './settings.ts'
import { describe, unwrapLine } from './text/sanitise.ts'
import { type AskTerminal, createAskTerminal } from './ui/ask-terminal.ts'
import { MOUSE_OFF, MOUSE_ON, takeMouse } from './ui/mouse.ts'
import { createPainter } from './ui/painter.ts'
import type { Ui } from './ui/start.tsx'
import type { ThreadRole, WorkerData } from './worker.ts'

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
    const background = createBackground(settings, (event) => runtime.dispatch(event))
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
        configure: configurer(settings, dispatch),
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

/** Changes settings in the configuration file, and tells what counts then. */
function configurer({ configFile }: Settings, dispatch: Runtime['dispatch']) {
  return (change: { readonly key: string; readonly value?: unknown } | null): void => {
    const tell = (changed: string | null) => {
      const config = readConfig(configFile)
      const split = changed === 'split' ? config.split : null
      const { bindings } = bindKeys(config.keys)
      dispatch({
        ...{ type: 'configured', settings: settingRows(config), bindings, split },
        ...{ policy: policyOf(config), paint: paintOf(config, wantsColour()) },
      })
      return config
    }
    if (!change) return void tell(null)
    const say = (kind: 'info' | 'error', text: string) => dispatch({ type: 'say', message: { kind, text } })
    try {
      writeSetting(configFile, change.key as SettingKey, change.value)
      const config = tell(change.key)
      const { section, name } = SETTINGS[change.key as SettingKey]
      const later = LATER.includes(change.key) ? ' From the next start on.' : ''
      say('info', `${section}.${name} = ${printValue(config[change.key as SettingKey])}.${later}`)
    } catch (error) {
      say('error', describe(error))
    }
  }
}

/** Settings that are looked at once, when the reader starts. */
const LATER = ['arxiv', 'feeds', 'enrich', 'pdfFolder', 'images', 'mouse', 'windowTitle', 'progress']

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
  const { images } = readConfig(settings.configFile)
  const depth = colourDepth(process.env)
  if (images === 'off') return null
  const screen = { columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }
  const detection = createDetection(process.env, screen)
  const { protocols, cell: said, colours } = await askTerminal(detection)
  const [protocol] = protocols
  const cell = said ?? USUAL_CELL
  if (protocol === 'kitty') return { kind: 'kitty', cell, throughTmux: Boolean(process.env.TMUX) }
  if (protocol) return { kind: 'painted', protocol, cell, colours }
  return images === 'blocks' && depth ? { kind: 'blocks', depth } : null
}

/** The state with what the configuration says of reading, looks and keys, and with what is wrong in it. */
function withConfig(state: State, config: Config, configFile: string): State {
  const bound = bindKeys(config.keys)
  const { bindings } = bound
  const all = [...config.problems, ...keyProblems(bound, configFile)]
  const [first] = all
  const more = all.length > 1 ? ` (and ${all.length - 1} more: "broadsheet config" tells all)` : ''
  const message = first === undefined ? null : ({ kind: 'error', text: unwrapLine(first + more) } as const)
  return {
    ...{ ...state, bindings, message },
    policy: policyOf(config),
    paint: paintOf(config, wantsColour()),
    panes: { ...state.panes, split: config.split },
  }
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

/** Background threads, one for each role; each starts with its first request, so that none holds up the first frame. */
function createBackground(settings: Settings, dispatch: Runtime['dispatch']) {
  const workers = new Map<ThreadRole, Worker>()
  /** The newest search that has no answer yet. */
  let waiting: number | null = null
  /** What the Hub is being asked. */
  let asked: string | null = null
  let counting = false
  /** The papers that the Hub is being asked for. */
  const papers = new Set<string>()
  let asksTrending = false
  /** The newest request for a text. */
  let text: number | null = null
  const answered = (answer: ThreadAnswer) => {
    if ('request' in answer && answer.request === waiting) waiting = null
    if (answer.type === 'hub-answered') asked = null
    if (answer.type === 'statistics') counting = false
    if (answer.type === 'paper-asked' && answer.how !== 'asking') papers.delete(answer.id)
    if (answer.type === 'trending') asksTrending = false
    for (const event of backgroundEvents(answer)) dispatch(event)
  }
  const start = (role: ThreadRole) => {
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js'
    const data: WorkerData = { role, settings }
    const started = new Worker(new URL(file, import.meta.url), { workerData: data })
    started.on('message', answered)
    started.on('error', (error) => {
      // Whatever waits for it is told; the next request starts another.
      workers.delete(role)
      const why = describe(error)
      if (role === 'documents') return answered({ type: 'said', request: text ?? 0, text: why, failed: true })
      if (role === 'sync') {
        if (asksTrending) answered({ type: 'trending', answer: { why, offline: false } })
        if (asked !== null) answered({ type: 'hub-answered', answer: { query: asked, found: { why } } })
        for (const id of papers) answered({ type: 'paper-asked', id, how: 'same' })
        return answered({ type: 'synced', end: { kind: 'failed', why, added: 0, asked: false } })
      }
      if (counting) answered({ type: 'statistics', answer: { why } })
      if (waiting !== null) answered({ type: 'search-failed', request: waiting, why })
    })
    workers.set(role, started)
    return started
  }
  return {
    ask(request: ThreadRequest) {
      const role = roleOf(request)
      if ('request' in request) {
        if (role === 'documents') text = request.request
        else waiting = request.request
      }
      if (request.type === 'ask-hub') asked = request.query
      if (request.type === 'statistics') counting = true
      if (request.type === 'ask-paper') papers.add(request.id)
      if (request.type === 'ask-trending') asksTrending = true
      const worker = workers.get(role) ?? start(role)
      worker.postMessage(request)
    },
    // Whatever transaction is open is rolled back: a day is stored whole or not at all.
    stop: async () => void (await Promise.all(Array.from(workers.values(), (worker) => worker.terminate()))),
  }
}

function roleOf({ type }: ThreadRequest): ThreadRole {
  switch (type) {
    case 'sync':
    case 'ask-hub':
    case 'ask-paper':
    case 'ask-trending':
    case 'derive-rules':
      return 'sync'
    case 'search':
    case 'similar':
    case 'warm-up':
    case 'count-views':
    case 'count-rule':
    case 'recheck':
    case 'statistics':
      return 'search'
    default:
      return 'documents'
  }
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
