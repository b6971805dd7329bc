import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openReader, pressing, SIZES, temporaryHome } from './reader.ts'

describe('the first start, with no network', () => {
  it.each(SIZES)('shows the starter library at $columns x $rows', async ({ columns, rows }) => {
    using home = temporaryHome()
    await using terminal = openReader(home, { columns, rows })
    const screen = await terminal.waitFor('1/45')
    expect(screen).toContain('Mon 29 Dec 2025 · 45 papers · starter')
    expect(screen).toContain('Reversing the Forget')
    expect(terminal.isAlternate()).toBe(true)
    const lines = (await terminal.waitFor('offline')).split('\n')
    expect(lines.length).toBeLessThanOrEqual(rows)
  })

  it('keeps its code compiled for the next start, and starts where it cannot', async () => {
    using home = temporaryHome()
    const cache = join(home.path, 'cache')
    for (const _ of ['first', 'second']) {
      await using terminal = openReader(home)
      await terminal.waitFor('offline')
      terminal.press('q')
      await terminal.waitExit()
      expect(existsSync(cache) && readdirSync(cache).length).toBe(1)
    }
    using other = temporaryHome()
    writeFileSync(join(other.path, 'cache'), 'not a folder')
    await using terminal = openReader(other)
    await terminal.waitFor('offline')
  })

  it('has the abstract beside the list from 100 columns on, and not below', async () => {
    using home = temporaryHome()
    await using wide = openReader(home, { columns: 100 })
    expect(await wide.waitFor('offline')).toContain('starter library: a summary in our words')
    await using narrow = openReader(home, { columns: 99 })
    expect(await narrow.waitFor('offline')).not.toContain('starter library: a summary in our words')
  })

  it('reads, marks, undoes, stars, quits, and is as it was left after a restart', async () => {
    using home = temporaryHome()
    {
      await using terminal = openReader(home)
      await terminal.waitFor('45 unread')
      await pressing(terminal, [
        ['j', '2/45'],
        ['enter', /published 29 Nov 2024 · listed 29 Dec 2025 · 2 comments · read/],
        ['q', '44 unread'],
        ['j', '3/45'],
        ['b', 'starred “Quantifying the Sensitivity'],
        ['m', 'marked read “Quantifying the Sensitivity'],
        ['U', 'Undone: marked read “Quantifying'],
        ['q', ''],
      ])
      expect(await terminal.waitExit()).toEqual({ exitCode: 0, signal: undefined })
      expect(terminal.isAlternate()).toBe(false)
    }
    await using again = openReader(home)
    await again.waitFor('44 unread')
    expect(again.line(3)).toMatch(/^ {9}Reverse Thinking/)
    expect(again.line(4)).toMatch(/^ ★● +Quantifying the Sensitivity/)
    await pressing(again, [
      ['U', 'Undone: starred “Quantifying'],
      ['U', 'Undone: marked read “Reverse Thinking'],
      ['U', 'Nothing left to undo.'],
    ])
    await again.waitFor('offline')
    expect(again.line(0)).toContain('45 unread')
  })
})
