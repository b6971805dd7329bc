import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { LibraryError } from '../../src/library/errors.ts'
import { openLibrary } from '../../src/library/library.ts'
import { listIds } from '../../src/library/rows.ts'
import { anyRequest, startFakeHub } from '../support/fake-hub.ts'
import { generateArchive } from '../support/generate.ts'
import { finished, installed } from '../support/program.ts'

const SPAN = ['sync', '--since', '2025-12-01', '--until', '2025-12-12']
const KILLS = 10

it('a sync that is killed again and again leaves a sound library, and the next one completes it', async () => {
  const days = generateArchive({ from: '2025-12-01', to: '2025-12-12', perDay: 40, seed: 9 })
  const hub = await startFakeHub({ days })
  try {
    using whole = installed(hub.url)
    await whole.run(...SPAN)
    const expected = await whole.json('list')
    expect(expected).toHaveLength(400)

    using program = installed(hub.url)
    hub.faults = [{ kind: 'slow-body', delayMs: 15, match: anyRequest, times: Number.POSITIVE_INFINITY }]
    for (let kill = 0; kill < KILLS; kill++) {
      const [from, wanted] = [hub.requests.length, 1 + Math.floor(Math.random() * 6)]
      const child = program.start(SPAN)
      const done = finished(child)
      // At some moment of a certain request: while it is answered, read or stored.
      const timer = setInterval(() => {
        if (hub.requests.length - from >= wanted && Math.random() < 0.1) child.kill('SIGKILL')
      }, 1)
      await done.finally(() => clearInterval(timer))

      // The library may not have been made yet.
      if (!existsSync(program.libraryFile)) continue
      const library = openLibrary(program.libraryFile)
      expect(library.db.pragma('integrity_check', { simple: true })).toBe('ok')
      for (const [day, entries] of days)
        expect([0, entries.length]).toContain(listIds(library, { day }).length)
      library.close()
    }
    expect((await program.run(...SPAN)).status).toBe(0)
    expect(await program.json('list')).toEqual(expected)
  } finally {
    await hub.close()
  }
})

/** How many papers a library holds; 0 where there is none yet. */
function listedIn(file: string): number {
  if (!existsSync(file)) return 0
  try {
    const library = openLibrary(file)
    const { length } = listIds(library)
    library.close()
    return length
  } catch (error) {
    // It is being made.
    if (error instanceof LibraryError) return 0
    throw error
  }
}

it('an interrupt ends a sync, and what it had stored stays', async () => {
  const days = generateArchive({ from: '2025-12-01', to: '2025-12-12', perDay: 5, seed: 9 })
  const hub = await startFakeHub({ days })
  try {
    using program = installed(hub.url)
    // The newest two days are served; the third never is.
    hub.faults = [
      {
        kind: 'hang',
        match: ({ query }) => (query.get('date') ?? '') <= '2025-12-10',
        times: Number.POSITIVE_INFINITY,
      },
    ]
    const child = program.start(SPAN)
    const done = finished(child)
    const timer = setInterval(() => {
      if (listedIn(program.libraryFile) !== 10) return
      clearInterval(timer)
      child.kill('SIGINT')
    }, 20)
    const { status, err } = await done.finally(() => clearInterval(timer))
    expect([status, err]).toEqual([130, expect.stringContaining('the next sync goes on from here')])
    expect(await program.json('list')).toHaveLength(10)
  } finally {
    await hub.close()
  }
})
