// `npm run screenshots`: the pictures of the README, from real frames of the built reader over the starter library.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTerminal, type Terminal } from '../test/support/terminal.ts'
import { screenToSvg } from './svg.ts'

const SIZE = { columns: 120, rows: 30 }

const root = join(import.meta.dirname, '..')
const home = mkdtempSync(join(tmpdir(), 'broadsheet-screenshot-'))

function save(terminal: Terminal, name: string, theme: 'dark' | 'light'): void {
  writeFileSync(
    join(root, 'docs', name),
    screenToSvg(terminal.cells(), { title: 'broadsheet', theme, ...SIZE }),
  )
}

try {
  await using terminal = startTerminal({
    command: process.execPath,
    args: [join(root, 'bin/broadsheet.js')],
    ...SIZE,
    // Nobody listens there: the pictures show what a first start without a network shows.
    env: { BROADSHEET_HOME: home, HF_ENDPOINT: 'http://127.0.0.1:1' },
  })
  const press = async (key: string, shows: string | RegExp) => {
    terminal.press(key)
    await terminal.waitFor(shows)
  }
  await terminal.waitFor('offline')
  await press('m', 'marked read')
  await press('j', ' 2/45')
  await press('m', 'marked read')
  await press('j', ' 3/45')
  await press('j', ' 4/45')
  await press('b', 'starred')
  await press('j', ' 5/45')
  await press('j', ' 6/45')
  await press('j', ' 7/45')
  save(terminal, 'list.svg', 'dark')
  await press('/', /^\//m)
  terminal.press('revrsal cursse')
  await terminal.waitFor('“revrsal cursse”')
  save(terminal, 'search.svg', 'light')
  await press('escape', ' 7/45')
} finally {
  rmSync(home, { recursive: true, force: true })
}
