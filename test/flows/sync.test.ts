import { expect, it } from 'vitest'
import { addDays, dayOf, isWeekend } from '../../src/days.ts'
import { startFakeHub } from '../support/fake-hub.ts'
import { generateDay, type HubEntry } from '../support/generate.ts'
import { openReader, pressing, temporaryHome } from './reader.ts'

/** The last working days up to today, newest first. */
function workingDays(count: number): string[] {
  const days: string[] = []
  for (let day = dayOf(Date.now()); days.length < count; day = addDays(day, -1))
    if (!isWeekend(day)) days.push(day)
  return days
}

const archive = (days: readonly string[], perDay: number): Map<string, HubEntry[]> =>
  new Map(days.map((day, at) => [day, generateDay(day, perDay, at + 1)]))

const firstTitle = (hub: { days: Map<string, HubEntry[]> }, day: string) =>
  (hub.days.get(day)?.[0]?.paper.title ?? '').replace(/\s+/g, ' ').slice(0, 30)

it('syncs in the background without moving the reader, and shows the new papers on g', async () => {
  const days = workingDays(3)
  const hub = await startFakeHub({ days: archive(days, 12) })
  try {
    using home = temporaryHome()
    await using terminal = openReader(home, { endpoint: hub.url })
    await terminal.waitFor('synced')
    await terminal.waitFor('↑ 36 new')
    // The starter papers are where they were, the new ones above.
    expect(terminal.line(1)).toContain('Mon 29 Dec 2025')
    expect(terminal.line(0)).toContain('37/81')
    await pressing(terminal, [['home', ' 1/81']])
    expect(terminal.line(2)).toContain(firstTitle(hub, days[0] ?? ''))
  } finally {
    await hub.close()
  }
})

it('asks the Hub where nothing here matches, and shows what it finds', async () => {
  const elsewhere = generateDay('2024-01-08', 1, 1)
  const title = (elsewhere[0]?.paper.title ?? '').replace(/\s+/g, ' ')
  const hub = await startFakeHub({ days: new Map([['2024-01-08', elsewhere]]) })
  try {
    using home = temporaryHome()
    await using terminal = openReader(home, { endpoint: hub.url, columns: 160 })
    await terminal.waitFor('synced')
    await pressing(terminal, [['/', /^\//m]])
    terminal.press(`title:"${title}"`)
    await pressing(terminal, [
      ['', /Nothing matches.*Enter keeps the search/s],
      ['enter', /Nothing matches.*Enter asks the Hub/s],
      ['enter', 'The Hub finds 1 paper more, 1 of them new in the library.'],
      ['enter', `arXiv   https://arxiv.org/abs/${elsewhere[0]?.paper.id}`],
    ])
    await terminal.waitFor('8 Jan 2024')
  } finally {
    await hub.close()
  }
})

it('says that it is offline, goes on, and syncs when r is pressed and the network is back', async () => {
  const days = workingDays(1)
  const hub = await startFakeHub({ days: archive(days, 5) })
  try {
    using home = temporaryHome()
    hub.faults.push({ match: () => true, kind: 'reset', times: 4 })
    await using terminal = openReader(home, { endpoint: hub.url })
    await terminal.waitFor('offline', 20_000)
    await pressing(terminal, [
      ['j', '2/45'],
      ['r', '5 new papers.'],
    ])
    await terminal.waitFor('synced')
  } finally {
    await hub.close()
  }
})
