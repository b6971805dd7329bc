import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { takeTurn } from '../../src/library/gates.ts'
import { beatSyncRun, endSyncRun, runningSync, takeSyncRun } from '../../src/library/sync-run.ts'
import { temporaryLibrary } from '../support/papers.ts'

const NOW = 1_800_000_000_000

describe('the one sync', () => {
  it('is whose took its place first, until it ends', () => {
    using held = temporaryLibrary()
    const { library } = held
    expect(takeSyncRun(library, 'one', NOW)).toBeNull()
    expect(beatSyncRun(library, 'one', '3 of 9 days', NOW + 5)).toBe(true)
    expect(takeSyncRun(library, 'two', NOW + 10)).toMatchObject({ pid: process.pid, progress: '3 of 9 days' })
    endSyncRun(library, 'two')
    expect(runningSync(library, NOW + 10)).not.toBeNull()
    endSyncRun(library, 'one')
    expect(takeSyncRun(library, 'two', NOW + 20)).toBeNull()
  })

  it('is over when it has not shown itself for long, and learns that another has its place', () => {
    using held = temporaryLibrary()
    const { library } = held
    takeSyncRun(library, 'one', NOW)
    expect(takeSyncRun(library, 'two', NOW + 599_000)).not.toBeNull()
    expect(takeSyncRun(library, 'two', NOW + 601_000)).toBeNull()
    expect(beatSyncRun(library, 'one', '', NOW + 602_000)).toBe(false)
    endSyncRun(library, 'one')
    expect(runningSync(library, NOW + 602_000)).not.toBeNull()
  })

  it('of another machine is over sooner, since nobody can see whether it lives', () => {
    using held = temporaryLibrary()
    const { library } = held
    takeSyncRun(library, 'one', NOW)
    library.db.exec(`UPDATE sync_run SET host = 'elsewhere'`)
    expect(takeSyncRun(library, 'two', NOW + 29_000)).toMatchObject({ host: 'elsewhere' })
    expect(takeSyncRun(library, 'two', NOW + 31_000)).toBeNull()
  })

  it('is over at once when its process is gone', () => {
    using held = temporaryLibrary()
    const { library } = held
    takeSyncRun(library, 'one', NOW)
    const { pid } = spawnSync(process.execPath, ['--version'])
    library.prepare('UPDATE sync_run SET pid = ?').run(pid)
    expect(takeSyncRun(library, 'two', NOW + 1)).toBeNull()
  })

  it('does not hold the place for ever after a clock was put back', () => {
    using held = temporaryLibrary()
    takeSyncRun(held.library, 'one', NOW + 10_000_000)
    expect(takeSyncRun(held.library, 'two', NOW)).toBeNull()
  })
})

describe('turns at a host', () => {
  it('stand apart by its interval, whoever asks', () => {
    using held = temporaryLibrary()
    const { library } = held
    expect([0, 0, 1000, 8000].map((after) => takeTurn(library, 'arxiv', 3000, NOW + after))).toEqual([
      0, 3000, 5000, 1000,
    ])
    expect(takeTurn(library, 'another', 3000, NOW)).toBe(0)
    expect(takeTurn(library, 'arxiv', 3000, NOW + 60_000)).toBe(0)
  })

  it('are not put off by a clock that was put back', () => {
    using held = temporaryLibrary()
    takeTurn(held.library, 'arxiv', 3000, NOW + 10_000_000)
    expect(takeTurn(held.library, 'arxiv', 3000, NOW)).toBe(0)
  })
})
