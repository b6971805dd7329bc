// `npm run screenshots`: the pictures in docs/pictures, from real frames of the built reader over the starter library, light
// and dark.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTerminal, type Terminal } from '../test/support/terminal.ts'
import { screenToSvg } from './svg.ts'

const SIZE = { columns: 120, rows: 30 }

const root = join(import.meta.dirname, '..')
const pictures = join(root, 'docs/pictures')

type Press = (key: string, shows: string | RegExp) => Promise<void>

/** Decides about some papers, so that there is something to see, and ends on the seventh. */
async function decide(press: Press, terminal: Terminal): Promise<void> {
  await press('m', 'marked read')
  await press('j', ' 2/45')
  await press('m', 'marked read')
  await press('j', ' 3/45')
  await press('w', 'kept for later')
  await press('j', ' 4/45')
  await press('b', 'starred')
  await press('t', 'Tags:')
  terminal.press('agents')
  await press('enter', 'tagged #agents')
  await press('j', ' 5/45')
  await press('j', ' 6/45')
  await press('j', ' 7/45')
}

async function take(theme: 'dark' | 'light'): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'broadsheet-screenshot-'))
  try {
    writeFileSync(join(home, 'config.toml'), `[looks]\ntheme = "${theme}"\n`)
    await using terminal = startTerminal({
      command: process.execPath,
      args: [join(root, 'bin/broadsheet.js')],
      ...SIZE,
      // Nobody listens there: the pictures show what a first start without a network shows.
      env: { BROADSHEET_HOME: home, HF_ENDPOINT: 'http://127.0.0.1:1' },
    })
    const press: Press = async (key, shows) => {
      terminal.press(key)
      await terminal.waitFor(shows)
    }
    const save = (name: string) =>
      writeFileSync(
        join(pictures, `${name}-${theme}.svg`),
        screenToSvg(terminal.cells(), { title: 'broadsheet', theme, ...SIZE }),
      )
    await terminal.waitFor('offline')
    await decide(press, terminal)
    save('list')
    await press('/', /^\//m)
    terminal.press('revrsal cursse')
    await terminal.waitFor('“revrsal cursse”')
    save('search')
    await press('escape', 'Reversing the Forget')
    await press('enter', 'full text')
    save('abstract')
    await press('q', 'Reversing the Forget')
    await press(':', 'commands')
    terminal.press('mark')
    await terminal.waitFor('mark read or unread')
    save('palette')
    await press('escape', 'Reversing the Forget')
    await press('T', 'Triage 1/')
    for (const [key, shows] of [
      ['m', 'Triage 2/'],
      ['b', 'Triage 3/'],
      ['x', 'Triage 4/'],
    ] as const)
      await press(key, shows)
    await press('j', 'skip')
    save('triage')
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

mkdirSync(pictures, { recursive: true })
for (const theme of ['dark', 'light'] as const) await take(theme)
