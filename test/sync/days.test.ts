import { expect, it } from 'vitest'
import { syncDays as knownDays } from '../../src/library/listings.ts'
import { listRows } from '../../src/library/rows.ts'
import type { SyncEvent } from '../../src/sources/sync.ts'
import type { Brought } from '../../src/sync/brought.ts'
import { bringDays } from '../../src/sync/days.ts'
import { startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { temporaryLibrary } from '../support/papers.ts'

const MONDAY = '2025-01-06'
const TUESDAY = '2025-01-07'

it('a day that has not changed is not sent again, and one that has is', async () => {
  const days = new Map([
    [MONDAY, generateDay(MONDAY, 3)],
    [TUESDAY, generateDay(TUESDAY, 3)],
  ])
  const hub = await startFakeHub({ days })
  try {
    using held = temporaryLibrary()
    const { library } = held
    const bring = async () => {
      const brought: Brought = new Map()
      const events: SyncEvent[] = []
      hub.requests.length = 0
      const access = { endpoint: hub.url, token: undefined, signal: new AbortController().signal }
      await bringDays(
        library,
        [TUESDAY, MONDAY],
        { ...access, onEvent: (event) => events.push(event) },
        brought,
      )
      const conditional = hub.requests.filter(({ headers }) => headers['if-none-match'] !== undefined)
      return { brought, conditional: conditional.length, events }
    }
    expect(await bring()).toMatchObject({ conditional: 0 })
    const before = listRows(library)
    const [first] = knownDays(library)

    const [changed] = days.get(MONDAY) ?? []
    if (changed) changed.paper.upvotes += 7
    const again = await bring()
    expect(again.conditional).toBe(2)
    expect([...again.brought].filter(([, how]) => how === 'changed')).toEqual([
      [changed?.paper.id, 'changed'],
    ])
    // Tuesday was not sent, and is up to date all the same.
    expect(again.brought.size).toBe(3)
    expect(listRows(library).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(knownDays(library)[0]).toMatchObject({ day: TUESDAY, papers: 3, asked: 2 })
    expect(knownDays(library)[0]?.syncedAt).toBeGreaterThan(first?.syncedAt ?? 0)
  } finally {
    await hub.close()
  }
})
