import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLibrary } from '../../src/library/library.ts'
import { syncDays as knownDays } from '../../src/library/listings.ts'
import { hubArchive } from '../support/corpus.ts'
import { type FakeHub, startFakeHub } from '../support/fake-hub.ts'
import { finished, installed, type Program } from '../support/program.ts'

const KILLS = 50
const days = hubArchive()

/** A Hub with the archive, which refuses more than 500 requests in a second. */
async function archiveHub(): Promise<FakeHub & AsyncDisposable> {
  const hub = await startFakeHub({ days, rateLimit: { quota: 500, windowSeconds: 1 } })
  return Object.assign(hub, { [Symbol.asyncDispose]: () => hub.close() })
}

/**
 * The program with arXiv left out: it would be asked once a sync and every three seconds at most, and the days are the
 * Hub's alone.
 */
function installedFor(hub: FakeHub): Program & Disposable {
  const program = installed(hub.url)
  mkdirSync(program.home)
  writeFileSync(join(program.home, 'config.toml'), '[sources]\nenrich = false\n')
  return program
}

/** Every listing and every paper of a library, in order. */
function contents(file: string) {
  const library = openLibrary(file)
  try {
    expect(library.db.pragma('integrity_check', { simple: true })).toBe('ok')
    const listings = library.db
      .prepare(`SELECT day, paper_id AS id FROM listings WHERE source = 'hub' ORDER BY day, rank`)
      .all() as { day: string; id: string }[]
    const papers = library.db.prepare('SELECT id, title, abstract, upvotes FROM papers ORDER BY id').all()
    return { listings, papers, known: knownDays(library) }
  } finally {
    library.close()
  }
}

const served = [...days.keys()]
  .sort()
  .flatMap((day) => (days.get(day) ?? []).map(({ paper }) => ({ day, id: paper.id })))

/** Syncs all, and once more; gives what the library holds then. */
async function syncWhole() {
  await using hub = await archiveHub()
  using program = installedFor(hub)
  expect((await program.run('sync', '--all')).status).toBe(0)
  const whole = contents(program.libraryFile)

  hub.requests.length = 0
  expect(await program.run('sync', '--all')).toMatchObject({ status: 0, out: '' })
  const asked = hub.requests.map(({ url }) => new URL(url, hub.url).searchParams.get('date') ?? '')
  const today = new Date().toISOString().slice(0, 10)
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  // The day that is not over; at midnight there are two of them.
  expect([[today], [today, yesterday]]).toContainEqual(asked.toSorted().reverse())
  return whole
}

/** Syncs all, killed again and again at some moment; gives what the library holds once one came to its end. */
async function syncKilled() {
  await using hub = await archiveHub()
  using program = installedFor(hub)
  for (let kill = 0; kill < KILLS; kill++) {
    const child = program.start(['sync', '--all'])
    const [from, wanted] = [hub.requests.length, 1 + Math.floor(Math.random() * 40)]
    const timer = setInterval(() => {
      if (hub.requests.length - from >= wanted && Math.random() < 0.2) child.kill('SIGKILL')
    }, 1)
    await finished(child).finally(() => clearInterval(timer))
    if (existsSync(program.libraryFile) && kill % 10 === 0) contents(program.libraryFile)
  }
  expect((await program.run('sync', '--all')).status).toBe(0)
  return contents(program.libraryFile)
}

describe('sync --all', () => {
  it('ends with exactly what the Hub has, killed at any moment or not, and then asks only for what is due', {
    timeout: 300_000,
  }, async () => {
    const [whole, killed] = await Promise.all([syncWhole(), syncKilled()])
    expect(whole.listings).toEqual(served)
    expect(whole.papers).toHaveLength(new Set(served.map(({ id }) => id)).size)
    expect(killed.listings).toEqual(served)
    expect(killed.papers).toEqual(whole.papers)
    expect(killed.known.map(({ day }) => day)).toEqual(whole.known.map(({ day }) => day))
  })
})
