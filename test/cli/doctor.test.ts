import { describe, expect, it } from 'vitest'
import { storeDay } from '../../src/library/intake.ts'
import { type Library, openLibrary } from '../../src/library/library.ts'
import { upkeep } from '../../src/search/upkeep.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { generateDay } from '../support/generate.ts'
import { aPaper } from '../support/papers.ts'
import { installed, type Program } from '../support/program.ts'

interface Diagnosis {
  readonly ok: boolean
  readonly repaired: boolean
  readonly papers: number
  readonly segments: number
  readonly pending: number
  readonly checks: readonly { readonly check: string; readonly ok: boolean; readonly problems: string[] }[]
}

function withLibrary(program: Program, work: (library: Library) => void): void {
  const library = openLibrary(program.libraryFile)
  try {
    work(library)
  } finally {
    library.close()
  }
}

/** The program over a library with a segment of 60 papers and one that is pending. */
function filled(): Program & Disposable {
  const program = installed()
  withLibrary(program, (library) => {
    const { entries } = parseEntries(generateDay('2025-12-01', 60, 3))
    storeDay(
      library,
      '2025-12-01',
      entries.map(({ paper }) => paper),
    )
    upkeep(library, { flushAt: 1 })
    storeDay(library, '2025-12-02', [aPaper({ title: 'Quokkas' })])
  })
  return program
}

describe('doctor', () => {
  it('finds a sound library sound', async () => {
    using program = filled()
    const before = program.fingerprint()
    const { status, out, err } = await program.run('doctor')
    expect([status, err]).toEqual([0, ''])
    const lines = out.trimEnd().split('\n')
    expect(lines).toHaveLength(6)
    expect(lines.slice(0, 5).every((line) => line.startsWith('ok     '))).toBe(true)
    expect(lines[5]).toBe('61 papers, 1 segment and 1 pending.')
    const diagnosis = await program.json<Diagnosis>('doctor')
    expect(diagnosis).toMatchObject({ ok: true, repaired: false, papers: 61, segments: 1, pending: 1 })
    expect(diagnosis.checks.map(({ check }) => check)).toEqual([
      ...['file', 'references', 'indexed', 'readable', 'right'],
    ])
    expect(program.fingerprint()).toBe(before)
  })

  it('finds an empty library sound', async () => {
    using program = installed()
    expect(await program.json('doctor')).toMatchObject({ ok: true, papers: 0 })
  })

  it.each<[string, string, RegExp]>([
    [
      'a segment that is gone',
      'DELETE FROM search_segments',
      /^wrong {2}60 of 61 papers are in no segment: /m,
    ],
    [
      'a paper nobody noted',
      'DELETE FROM search_pending',
      /^wrong {2}1 of 61 papers are in no segment: 2501\.00001/m,
    ],
    [
      'a changed byte',
      `UPDATE search_postings SET data = CAST(x'63' || substr(data, 2) AS BLOB)`,
      /^wrong {2}segment 1 is (damaged|wrong): /m,
    ],
    ['postings that are gone', 'DELETE FROM search_postings', /^wrong {2}segment 1 is damaged: .*a gap/m],
  ])('finds %s, and repairs it', async (_, damage, says) => {
    using program = filled()
    withLibrary(program, (library) => library.db.exec(damage))
    const { status, out, err } = await program.run('doctor')
    expect(status).toBe(1)
    expect(out).toMatch(says)
    expect(err).toMatch(/^broadsheet: The search index is wrong\. "broadsheet doctor --repair"/)
    const json = await program.run('doctor', '--json')
    expect(json.status).toBe(1)
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, repaired: false })

    const repaired = await program.run('doctor', '--repair')
    expect([repaired.status, repaired.err]).toEqual([0, ''])
    expect(repaired.out).toMatch(/^The index was built anew: 61 papers, /m)
    expect(await program.json('doctor')).toMatchObject({ ok: true, papers: 61 })
    expect(await program.json('search', 'quokkas')).toHaveLength(1)
  })

  it('finds a mark whose paper is gone, which no new index can repair', async () => {
    using program = filled()
    withLibrary(program, ({ db }) => {
      db.pragma('foreign_keys = OFF')
      db.exec(`INSERT INTO marks (paper_id, read_at) VALUES ('2401.00001', 1)`)
    })
    for (const args of [[], ['--repair']]) {
      const { status, out, err } = await program.run('doctor', ...args)
      expect(status).toBe(1)
      expect(out).toMatch(/^wrong {2}marks names papers that are not there: 1$/m)
      expect(err).toContain('Restore a copy')
    }
  })

  it('is what a search asks for where the index cannot be read', async () => {
    using program = filled()
    withLibrary(program, (library) => library.db.exec('DELETE FROM search_postings'))
    const { status, out, err } = await program.run('search', 'sparse')
    expect([status, out]).toEqual([1, ''])
    expect(err).toMatch(
      /^broadsheet: The search index has a gap: it is damaged\. "broadsheet doctor --repair"/,
    )
  })
})
