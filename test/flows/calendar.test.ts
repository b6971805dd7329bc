import { describe, expect, it } from 'vitest'
import { startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { openReader, pressing, SIZES, temporaryHome } from './reader.ts'

const MISSING = '2024-05-07'

// The starter library has 45 papers of 29 December 2025, and of no other day.
describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('syncs a day that is missing, goes to it, lists its week and its month, and comes back', async () => {
    const hub = await startFakeHub({ days: new Map([[MISSING, generateDay(MISSING, 3, 1)]]) })
    // Where there is little room the calendar alone says how many papers the day has whose date is being typed.
    const isNarrow = size.columns < 60
    try {
      using home = temporaryHome()
      await using terminal = openReader(home, { ...size, endpoint: hub.url })
      await terminal.waitFor('synced')
      await pressing(terminal, [
        ['gd', 'December 2025 · 45'],
        ['', 'Mon 29 Dec 2025 · 45 papers'],
        ['h', 'Sun 28 Dec 2025 · no papers'],
        [MISSING, isNarrow ? /2024-05-07 +Tue 7 May 2024 / : /2024-05-07 +Tue 7 May 2024 · not synced yet/],
        ['', /> 7\?/],
        ['s', '3 new papers.'],
        ['', isNarrow ? 'Tue 7 May 2024 ' : 'Tue 7 May 2024 · 3 papers, 3 unread'],
        // Unread papers, or where numbers have room below, as many as on no other day.
        ['', /> 7[●█]/],
        ['enter', ' 46/48'],
        ['', 'Tue 7 May 2024 · 3 papers ─'],
        ['[', ' 1/48'],
        [']j', ' 47/48'],
        ['D', 'May 2024 · 3'],
        ['w', ' Week of 6 May 2024 1/3'],
        ['', 'Tue 7 May 2024 · 3 papers ─'],
        ['escape', ' 47/48'],
        ['Dm', ' May 2024 1/3'],
        ['escape', ' 47/48'],
        ['D}', 'Wed 7 May 2025 · not synced yet'],
        ['q', ' 47/48'],
      ])
      terminal.press('q')
      expect((await terminal.waitExit()).exitCode).toBe(0)
    } finally {
      await hub.close()
    }
  })
})
