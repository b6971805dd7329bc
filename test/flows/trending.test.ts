import { expect, it } from 'vitest'
import { dayOf } from '../../src/days.ts'
import { startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { openReader, pressing, temporaryHome } from './reader.ts'

it('shows what is trending in the Hub’s order, and after a restart without a network what was', async () => {
  using home = temporaryHome()
  const day = dayOf(Date.now())
  const hub = await startFakeHub({ days: new Map([[day, generateDay(day, 12, 3)]]) })
  let first = ''
  try {
    await using terminal = openReader(home, { endpoint: hub.url })
    await terminal.waitFor('synced')
    await pressing(terminal, [['\u0014', /Trending \d+ \w+ \d{4} 1\/12/]])
    const votes = terminal
      .screen()
      .split('\n')
      .slice(1, 13)
      .map((line) => Number(/^.{3}\s*(\d+) /.exec(line)?.[1]))
    expect(votes).toEqual(votes.toSorted((one, other) => other - one))
    first = terminal.screen().split('\n')[1]?.slice(10, 40) ?? ''
    expect(first.trim()).not.toBe('')
  } finally {
    await hub.close()
  }
  await using terminal = openReader(home)
  await terminal.waitFor(/All 1.57/)
  await pressing(terminal, [['\u0014', 'Offline. This was trending on']])
  expect(terminal.screen().split('\n')[1]).toContain(first)
})
