import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dayOf } from '../../src/days.ts'
import { storeDay } from '../../src/library/intake.ts'
import { openLibrary } from '../../src/library/library.ts'
import { startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { aPaper, idOf } from '../support/papers.ts'
import { installed, type Program } from '../support/program.ts'

let program: Program & Disposable
beforeEach(() => {
  program = installed()
  const library = openLibrary(program.libraryFile)
  const titles = ['Wicks of glass', 'Oil', 'Glass']
  storeDay(
    library,
    '2025-01-06',
    titles.map((title, at) => aPaper({ id: idOf(at + 1), title, abstract: '' })),
  )
  library.close()
})
afterEach(() => program[Symbol.dispose]())
const ids = async (...args: string[]) => (await program.json(...args)).map(({ id }) => Number(id.slice(-5)))

describe('rules', () => {
  it('that hide every paper leave a list that says so', async () => {
    await program.run('rules', 'add', 'mute', 'date:2025')
    expect(await program.run('list')).toMatchObject({
      ...{ status: 0, out: '' },
      err: 'broadsheet: Every paper is hidden. "broadsheet list --hidden" shows them, "broadsheet rules" what hides some.\n',
    })
  })

  it('are added over the whole library, listed, and removed with what they did', async () => {
    expect(await program.run('rules', 'add', 'mute', 'glass', '-wicks', '--name', 'No glass')).toMatchObject({
      status: 0,
      out: 'Rule 1 matches 1 paper.\n',
    })
    await program.run('rules', 'add', 'tag', 'wicks or oil', '--tag', 'Lamps')
    expect(await ids('list')).toEqual([1, 2])
    expect(await ids('list', '--hidden')).toEqual([3])
    expect(await ids('list', '--tag', 'lamps')).toEqual([1, 2])
    expect((await program.run('rules')).out).toBe(
      '1  mute   1  glass -wicks  “No glass”\n2  tag    2  wicks or oil  → #lamps\n',
    )
    expect(await program.json('rules')).toMatchObject([
      { number: 1, kind: 'mute', query: 'glass -wicks', name: 'No glass', on: true, papers: 1 },
      { number: 2, kind: 'tag', name: 'lamps' },
    ])
    expect(await program.run('rules', 'remove', '1')).toMatchObject({ status: 0 })
    expect(await ids('list')).toEqual([1, 2, 3])
  })

  it('match what a sync brings', async () => {
    await program.run('rules', 'add', 'mute', 'upvotes:>=0 -author:marsh')
    const day = dayOf(Date.now())
    const hub = await startFakeHub({ days: new Map([[day, generateDay(day, 5, 1)]]) })
    try {
      await new Promise((resolve) =>
        program.start(['sync', '--date', day], { env: { HF_ENDPOINT: hub.url } }).on('close', resolve),
      )
    } finally {
      await hub.close()
    }
    expect(await ids('list')).toEqual([1, 2, 3])
    expect(await ids('list', '--hidden')).toHaveLength(5)
  })

  it.each([
    [['rules', 'add', 'mute', 'glass', 'upvotes:many'], /“upvotes:many” at 7: upvotes: takes a number/],
    [['rules', 'add', 'mute', 'is:read'], /is: is no part of a rule/],
    [['rules', 'add', 'love', 'glass'], /one of mute, watch and tag/],
    [['rules', 'add', 'tag', 'glass'], /Say which tag/],
    [['rules', 'add', 'mute', 'glass', '--tag', 'x'], /gives no tag/],
    [['rules', 'remove', '7'], /no rule 7/],
  ])('refuses %j, says why, and keeps nothing', async (args, why) => {
    const { status, err } = await program.run(...args)
    expect(status).toBe(2)
    expect(err).toMatch(why)
    expect(await program.json('rules')).toEqual([])
  })
})
