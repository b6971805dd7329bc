// The built reader in a real pseudo-terminal, for the flows.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTerminal, type Terminal, type TerminalOptions } from '../support/terminal.ts'

export const LAUNCHER = join(import.meta.dirname, '../../bin/broadsheet.js')

/** The terminals in which each feature is gone through: hardly any room, the usual one, two panes, and all three. */
export const SIZES = [
  { columns: 40, rows: 10 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 300, rows: 80 },
] as const

/** What the footer of the list says at every size, unless there is a message. */
export const LIST = ' Enter read '

/** An address where nobody listens: what a machine without a network is to the reader. */
export const NOBODY = 'http://127.0.0.1:1'

/** A folder for BROADSHEET_HOME that goes away with the scope. */
export function temporaryHome(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'broadsheet-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Starts the reader over a home; without an endpoint it is offline, and arXiv is there only where `env` names one. */
export function openReader(
  home: { path: string },
  options: Partial<TerminalOptions> & { endpoint?: string } = {},
): Terminal {
  const { endpoint = NOBODY, env, ...rest } = options
  return startTerminal({
    command: process.execPath,
    args: [LAUNCHER],
    ...rest,
    env: { BROADSHEET_HOME: home.path, HF_ENDPOINT: endpoint, BROADSHEET_ARXIV_ENDPOINT: NOBODY, ...env },
  })
}

/** The footer of a screen: its last row. */
export function footerOf(screen: string, rows = 24): string {
  return screen.split('\n')[rows - 1] ?? ''
}

/** Presses keys one after the other, each once the screen shows what the one before was to bring. */
export async function pressing(
  terminal: Terminal,
  steps: readonly (readonly [key: string, shows: string | RegExp])[],
): Promise<void> {
  for (const [key, shows] of steps) {
    terminal.press(key)
    await terminal.waitFor(shows)
  }
}

/** The lines of the list on the screen, without what stands beside it. */
export function listOn(terminal: Terminal, { columns, rows }: { columns: number; rows: number }): string[] {
  const panes = (line: string) => line.split(/(?<= )│ ?/)
  // The sidebar stands before it, from the width on at which there is one.
  const at = columns < 180 ? 0 : 1
  return Array.from({ length: rows - 2 }, (_, row) => panes(terminal.line(row + 1))[at] ?? '')
}
