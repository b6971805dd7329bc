import { afterAll, beforeAll, expect, it } from 'vitest'
import { localDay } from '../../src/app/dates.ts'
import type { Summary } from '../../src/app/statistics.ts'
import { changeMarks } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import { openLibrary } from '../../src/library/library.ts'
import { idOf, papers } from '../support/papers.ts'
import { installed, type Program } from '../support/program.ts'

let program: Program & Disposable
beforeAll(() => {
  program = installed()
  const library = openLibrary(program.libraryFile)
  storeDay(library, '2025-03-03', papers(5, { authors: ['Ada Marsh'] }))
  changeMarks(library, [idOf(1), idOf(2)], { read: true }, '')
  changeMarks(library, [idOf(4)], { starred: true }, '')
  library.close()
})
afterAll(() => program[Symbol.dispose]())

it('stats --json prints what the library holds', async () => {
  const before = localDay(Date.now())
  const summary = await program.json<Summary>('stats')
  expect(summary).toMatchObject({
    ...{ read: { all: 2 }, starred: 1, later: 0, hidden: 0, notes: 0 },
    ...{ streak: { current: 1, longest: 1 }, authors: [{ name: 'Ada Marsh', papers: 2 }] },
    ...{ unread: { older: 3 }, library: { papers: 5, days: 1, fullTexts: 0, fullTextBytes: 0 } },
  })
  // Midnight may have come between the mark and now.
  expect(summary.readOn.map(({ papers: count }) => count)).toEqual([2])
  expect((summary.readOn[0]?.day ?? '') <= before).toBe(true)
})

it('stats prints the same for people, in lines of 80 cells where there is no terminal', async () => {
  const { status, out, err } = await program.run('stats')
  expect([status, err]).toEqual([0, ''])
  expect(out).toContain('2 read in half a year')
  expect(out).toMatch(/in all +2 /)
  expect(out).toMatch(/Ada Marsh {2}2 █+/)
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})
