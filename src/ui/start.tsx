// Ink around the app.

import { render } from 'ink'
import type { Runtime } from '../app/runtime.ts'
import { App, type Suspend } from './App.tsx'
import { type Painter, painted } from './painter.ts'

export interface Ui {
  /** Takes the app off the screen and gives the terminal back. */
  quit(): void
  /** Lends the terminal to something else while it runs. */
  suspend(other: () => Promise<void>): void
  /** Settles when the app has left the screen; rejects with what crashed it. */
  readonly left: Promise<unknown>
}

const CLEAR = '\u001b[2J\u001b[H'

/** Puts the app on the alternate screen; the painter puts pictures into what is written there. */
export function startUi(runtime: Runtime, painter: Painter): Ui {
  let suspend: Suspend | null = null
  const onReady = (ready: Suspend) => {
    suspend = ready
  }
  const instance = render(<App runtime={runtime} onReady={onReady} />, {
    stdout: painted(process.stdout, painter),
    alternateScreen: true,
    incrementalRendering: true,
    // A lower rate holds keys back: 30 costs 23 ms of median key-to-paint.
    maxFps: 1000,
    exitOnCtrlC: false,
    // The caller has made sure of a terminal; Ink alone would also ask whether CI is set.
    interactive: true,
  })
  // When the window changes, Ink first paints the frame of the old size once more; what of it the window has no room for
  // would stay on the screen.
  const repaint = () => {
    const { columns, rows } = process.stdout
    runtime.dispatch({ type: 'resized', size: { columns, rows } })
    instance.clear()
    process.stdout.write(CLEAR)
  }
  process.stdout.on('resize', repaint)
  void instance
    .waitUntilExit()
    .finally(() => process.stdout.off('resize', repaint))
    .catch(() => {})
  return {
    quit: () => instance.unmount(),
    suspend: (other) => void suspend?.(other),
    left: instance.waitUntilExit(),
  }
}
