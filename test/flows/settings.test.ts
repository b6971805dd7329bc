// The settings in a real terminal: what is changed there is in the file, and counts at once.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SETTINGS } from '../../src/config/settings.ts'
import { openReader, pressing, temporaryHome } from './reader.ts'

it('a theme, ASCII and the split are changed in the reader and stay changed', async () => {
  using home = temporaryHome()
  const file = join(home.path, 'config.toml')
  writeFileSync(file, '# mine\n[reading]\nmark_read = "never"\n')
  {
    await using terminal = openReader(home, { columns: 120, rows: 30 })
    await terminal.waitFor('offline')
    await pressing(terminal, [[',', 'looks.theme']])
    for (let step = Object.keys(SETTINGS).indexOf('ascii'); step > 0; step--) terminal.press('j')
    await pressing(terminal, [
      ['', 'Whether the interface keeps to ASCII'],
      ['enter', 'looks.ascii = true.'],
      ['j', 'share of the width'],
      ['enter', 'looks.split: 55'],
    ])
    terminal.press('ctrl+u', '3', '0', 'enter')
    await terminal.waitFor('looks.split = 30.')
    terminal.press('escape')
    await terminal.waitFor(/^ {2}o {6}Reversing/m)
    expect(terminal.screen()).not.toMatch(/[●│─]/)
    expect(readFileSync(file, 'utf8')).toBe(
      '# mine\n[reading]\nmark_read = "never"\n\n[looks]\nascii = true\nsplit = 30\n',
    )
  }
  await using again = openReader(home, { columns: 120, rows: 30 })
  await again.waitFor(/^ {2}o {6}Reversing/m)
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
