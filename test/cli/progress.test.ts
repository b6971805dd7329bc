import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { anyRequest, startFakeHub } from '../support/fake-hub.ts'
import { generateArchive } from '../support/generate.ts'
import { temporaryFolder } from '../support/papers.ts'
import { NOBODY } from '../support/program.ts'
import { startTerminal } from '../support/terminal.ts'

const LAUNCHER = join(import.meta.dirname, '../../bin/broadsheet.js')
const SPAN = ['sync', '--since', '2025-12-01', '--until', '2025-12-12']

const sync = (home: string, endpoint: string) =>
  startTerminal({
    command: process.execPath,
    args: [LAUNCHER, ...SPAN],
    columns: 100,
    env: { BROADSHEET_HOME: home, HF_ENDPOINT: endpoint, BROADSHEET_ARXIV_ENDPOINT: NOBODY },
  })

it('a sync on a terminal shows how far it is on one line, and then what it brought', async () => {
  const days = generateArchive({ from: '2025-12-01', to: '2025-12-12', perDay: 5, seed: 9 })
  const hub = await startFakeHub({ days })
  hub.faults = [{ kind: 'slow-body', delayMs: 150, match: anyRequest, times: Number.POSITIVE_INFINITY }]
  try {
    using folder = temporaryFolder()
    await using terminal = sync(folder.path, hub.url)
    await terminal.waitFor(/━─.* \d+\/12 days · \d+ Dec 2025 · \d+ papers/)
    await terminal.waitFor('12 days, 50 papers: 50 new')
    expect((await terminal.waitExit()).exitCode).toBe(0)
    expect(terminal.screen()).not.toContain('━')
  } finally {
    await hub.close()
  }
})

it('a sync on a terminal ends where the library cannot be opened', async () => {
  using folder = temporaryFolder()
  mkdirSync(join(folder.path, 'data/library.db'), { recursive: true })
  await using terminal = sync(folder.path, NOBODY)
  expect((await terminal.waitExit()).exitCode).toBe(1)
  expect(terminal.screen()).toContain('is a folder')
})
