// The one component: the runtime's state as text, keys and pastes back to it.

import { Box, Text, useApp, useInput, usePaste, useWindowSize } from 'ink'
import { useEffect, useSyncExternalStore } from 'react'
import { lineToAnsi } from '../app/ansi.ts'
import { keysOf } from '../app/keys.ts'
import type { Runtime } from '../app/runtime.ts'
import { view } from '../app/view.ts'

export interface AppProps {
  readonly runtime: Runtime
  /** Gets Ink's way to lend the terminal to another program. */
  readonly onReady?: (suspend: Suspend) => void
}

/** Gives the terminal away while `other` runs, and takes it back. */
export type Suspend = (other: () => Promise<void>) => Promise<void>

export function App({ runtime, onReady }: AppProps) {
  const { suspendTerminal } = useApp()
  const state = useSyncExternalStore(runtime.subscribe, runtime.state)
  const { columns, rows } = useWindowSize()

  useEffect(() => {
    runtime.dispatch({ type: 'resized', size: { columns, rows } })
  }, [runtime, columns, rows])
  useEffect(() => onReady?.(suspendTerminal), [onReady, suspendTerminal])
  useInput((input, key) => {
    for (const name of keysOf(input, key)) runtime.dispatch({ type: 'key', key: name })
  })
  usePaste((text) => runtime.dispatch({ type: 'paste', text }))

  const { lines } = view(state)
  return (
    <Box flexDirection="column" width={state.size.columns} height={state.size.rows}>
      <Text wrap="truncate">{lines.map((line) => lineToAnsi(line, state.paint)).join('\n')}</Text>
    </Box>
  )
}
