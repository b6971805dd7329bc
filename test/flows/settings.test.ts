// The settings in a real terminal: what is changed there is in the file, and counts at once.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../../src/config/settings.ts'
import type { Terminal } from '../support/terminal.ts'
import { LIST, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

/** The colour of the sign of an unread paper that is not selected: that of the theme. */
const signColour = (terminal: Terminal) =>
  terminal.cells()[3]?.find(({ text }) => text === '●' || text === 'o')?.fg

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('a theme, ASCII and the split are changed in the reader and stay changed', async () => {
    using home = temporaryHome()
    const file = join(home.path, 'config.toml')
    writeFileSync(file, '# mine\n[reading]\nmark_read = "never"\n')
    const names = Object.keys(SETTINGS)
    {
      await using terminal = openReader(home, size)
      await terminal.waitFor('offline')
      expect(signColour(terminal)).toEqual({ kind: 'palette', index: 6 })
      await pressing(terminal, [[',', /^ Settings/m]])
      for (let step = names.indexOf('theme'); step > 0; step--) terminal.press('j')
      await pressing(terminal, [
        ['', 'Colours: the terminal’s own'],
        ['enter', 'looks.theme = "light".'],
      ])
      for (let step = names.indexOf('ascii') - names.indexOf('theme'); step > 0; step--) terminal.press('j')
      await pressing(terminal, [
        ['', 'Whether the interface keeps'],
        ['enter', 'looks.ascii = true.'],
        ['j', 'share of the width'],
        ['enter', 'looks.split: 55'],
      ])
      terminal.press('ctrl+u', '3', '0', 'enter')
      await terminal.waitFor('looks.split = 30.')
      await pressing(terminal, [
        ['escape', LIST],
        ['', / {2}o {6}Reversing/],
      ])
      expect(terminal.screen()).not.toMatch(/[●│─]/)
      expect(readFileSync(file, 'utf8')).toBe(
        '# mine\n[reading]\nmark_read = "never"\n\n[looks]\ntheme = "light"\nascii = true\nsplit = 30\n',
      )
    }
    await using again = openReader(home, size)
    await again.waitFor(/ {2}o {6}Reversing/)
    expect(signColour(again)).toEqual({ kind: 'palette', index: 24 })
  })

  it('keys that the configuration gives away do what they are for, and are called so', async () => {
    using home = temporaryHome()
    writeFileSync(join(home.path, 'config.toml'), '[keys]\nquit = "Q"\nnext = ["j", "ctrl-n"]\nhelp = "H"\n')
    await using terminal = openReader(home, size)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['', / H help/],
      ['\u000e', ' 2/45'],
      ['q', ' No search is open.'],
      ['H/next paper', /^\/next paper/m],
      ['', / j Ctrl-n +next paper/],
      ['escape', ' All 2/45'],
    ])
    terminal.press('q')
    await terminal.waitFor(LIST)
    terminal.press('Q')
    expect(await terminal.waitExit()).toEqual({ exitCode: 0, signal: undefined })
  })
})

it('a configuration that makes no sense is told at the start, and the reader reads on', async () => {
  using home = temporaryHome()
  writeFileSync(join(home.path, 'config.toml'), '[looks]\ntheme = "pink"\n[keys]\nquit = "Q"\nnope = "x"\n')
  await using terminal = openReader(home, { columns: 200, rows: 30 })
  await terminal.waitFor(
    /2 remarks on the configuration, "broadsheet config" tells all; the first: .*line 2, column 9: theme is “pink”/,
  )
  await pressing(terminal, [
    ['j', '2/45'],
    ['q', 'No search is open.'],
  ])
  terminal.press('Q')
  expect(await terminal.waitExit()).toEqual({ exitCode: 0, signal: undefined })
})
