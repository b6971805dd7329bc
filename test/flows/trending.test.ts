import { describe, expect, it } from 'vitest'
import { dayOf } from '../../src/days.ts'
import { startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { listOn, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('shows what is trending in the Hub’s order, and after a restart without a network what was', async () => {
    using home = temporaryHome()
    const day = dayOf(Date.now())
    const hub = await startFakeHub({ days: new Map([[day, generateDay(day, 12, 3)]]) })
    let first = ''
    try {
      await using terminal = openReader(home, { ...size, endpoint: hub.url })
      await terminal.waitFor('synced')
      await pressing(terminal, [
        ['\u0014', size.columns < 60 ? /^ Trending 1\/12/m : /Trending \d+ \w+ \d{4} 1\/12/],
      ])
      const rows = listOn(terminal, size).slice(0, 12)
      const votes = rows.map((row) => Number(/^.{3}\s*(\d+) /.exec(row)?.[1]))
      expect(votes).toHaveLength(Math.min(12, size.rows - 2))
      expect(votes).toEqual(votes.toSorted((one, other) => other - one))
      first = rows[0]?.slice(10, 36) ?? ''
      expect(first.trim()).not.toBe('')
    } finally {
      await hub.close()
    }
    await using terminal = openReader(home, size)
    await terminal.waitFor(/All 1.57/)
    await pressing(terminal, [['\u0014', /^ Offline\. This was trending on/m]])
    expect(listOn(terminal, size)[0]).toContain(first)
  })
})
