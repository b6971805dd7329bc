// One sync at a time over all instances of the program: who runs it, how far it is, and whether its heart still beats.

import { hostname } from 'node:os'
import type { Library } from './library.ts'

/** A sync that is under way. `progress` is what it last told, for those who follow it. */
export interface SyncRun {
  readonly host: string
  readonly pid: number
  readonly progress: string
}

/**
 * A sync that has not shown itself for so long (ms) is over, whatever became of it. One on this machine whose process
 * lives may be busy for longer, with a large index say.
 */
const STALE = 30_000
const STALE_HERE = 600_000

/** Takes the place of the one sync. Returns null when it is ours, else the sync that has it. */
export function takeSyncRun(library: Library, owner: string, now: number = Date.now()): SyncRun | null {
  return library.transaction(() => {
    const running = runningSync(library, now)
    if (running) return running
    library
      .prepare(
        `INSERT INTO sync_run (only, owner, host, pid, beat_at, progress) VALUES (1, @owner, @host, @pid, @now, '')
         ON CONFLICT DO UPDATE SET owner = @owner, host = @host, pid = @pid, beat_at = @now, progress = ''`,
      )
      .run({ owner, host: hostname(), pid: process.pid, now })
    return null
  })
}

/** Shows that the sync goes on, and how far it is. False where another has taken its place: then it has to end. */
export function beatSyncRun(
  { prepare }: Library,
  owner: string,
  progress: string,
  now: number = Date.now(),
): boolean {
  const beat = prepare('UPDATE sync_run SET beat_at = ?, progress = ? WHERE owner = ?')
  return beat.run(now, progress, owner).changes === 1
}

/** Gives the place up. */
export function endSyncRun({ prepare }: Library, owner: string): void {
  prepare('DELETE FROM sync_run WHERE owner = ?').run(owner)
}

/** The sync that runs, or null. */
export function runningSync({ prepare }: Library, now: number = Date.now()): SyncRun | null {
  const run = prepare('SELECT host, pid, progress, beat_at AS beatAt FROM sync_run').get() as
    | (SyncRun & { beatAt: number })
    | undefined
  if (!run) return null
  const isHere = run.host === hostname()
  // A beat from the future comes of a clock that was put back: it must not hold the place for ever.
  if (Math.abs(now - run.beatAt) > (isHere ? STALE_HERE : STALE)) return null
  if (isHere && !isAlive(run.pid)) return null
  return { host: run.host, pid: run.pid, progress: run.progress }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process that may not be signalled is there all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
