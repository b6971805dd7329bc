import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startTerminal, type Terminal } from '../support/terminal.ts'
import { footerOf, LAUNCHER, LIST, NOBODY, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

const ON = '\u001b[?1000h\u001b[?1006h'
const OFF = '\u001b[?1006l\u001b[?1000l'

/** Clicks as a terminal tells of it: pressing the button and letting go. */
const click = (terminal: Terminal, column: number, row: number) =>
  terminal.press(`\u001b[<0;${column + 1};${row + 1}M\u001b[<0;${column + 1};${row + 1}m`)
const wheel = (terminal: Terminal, by: 1 | -1) => terminal.press(`\u001b[<${by > 0 ? 65 : 64};37;6M`)

/** Whether the terminal tells of the mouse after all that was written. */
const isTold = (terminal: Terminal) => terminal.bytes().lastIndexOf(ON) > terminal.bytes().lastIndexOf(OFF)

describe.concurrent.each(SIZES)('at $columns by $rows the mouse', (size) => {
  it('selects, opens, scrolls and presses keys of the footer, and is given back', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, size)
    await terminal.waitFor('offline')
    expect(isTold(terminal)).toBe(true)
    // In the list at every size: the sidebar ends before.
    click(terminal, 36, 5)
    await terminal.waitFor(' 4/45')
    click(terminal, 36, 5)
    await terminal.waitFor(' h back ')
    click(terminal, footerOf(terminal.screen(), size.rows).indexOf('back'), size.rows - 1)
    await terminal.waitFor(LIST)
    expect(terminal.line(0)).toContain(' 4/45')
    wheel(terminal, 1)
    wheel(terminal, 1)
    // What is selected stays on the screen, and where all of the list is there is nothing to scroll.
    const place = size.rows > 46 ? ' 4/45' : ' 6/45'
    await terminal.waitFor(place)
    await pressing(terminal, [['ctrl+p', /^> next paper/m]])
    wheel(terminal, 1)
    await terminal.waitFor(/^> last paper/m)
    await pressing(terminal, [['escape', LIST]])
    // The same keys do the same afterwards, and nothing of it was typed.
    await pressing(terminal, [
      ['/', /^\//m],
      ['x', /^\/x/m],
    ])
    wheel(terminal, -1)
    terminal.press('\u001b[M !!', 'y')
    await terminal.waitFor(/^\/xy/m)
    terminal.press('escape')
    await terminal.waitFor(LIST)
    expect(terminal.line(0)).toContain(place)
    terminal.press('q')
    await terminal.waitExit()
    expect(isTold(terminal)).toBe(false)
    // And that before the shell’s screen is back, which would otherwise be told of a last turn of the wheel.
    expect(terminal.bytes().indexOf(OFF)).toBeLessThan(terminal.bytes().indexOf('\u001b[?1049l'))
  })
})

describe('the mouse', () => {
  it.each(['SIGTERM', 'SIGHUP'])('is given back after %s', async (signal) => {
    using home = temporaryHome()
    await using terminal = openReader(home)
    await terminal.waitFor('offline')
    terminal.kill(signal)
    await terminal.waitExit()
    expect(isTold(terminal)).toBe(false)
  })

  it('is the shell’s while the reader is stopped', async () => {
    using home = temporaryHome()
    await using terminal = startTerminal({
      command: 'bash',
      args: ['--norc', '--noprofile', '-i'],
      env: { BROADSHEET_HOME: home.path, HF_ENDPOINT: NOBODY, PS1: 'shell> ', HISTFILE: '' },
    })
    await terminal.waitFor('shell>')
    terminal.press(`'${process.execPath}' '${LAUNCHER}'`, 'enter')
    await terminal.waitFor('offline')
    await terminal.waitFor(() => isTold(terminal))
    terminal.press('ctrl+z')
    await terminal.waitFor('Stopped')
    expect(isTold(terminal)).toBe(false)
    terminal.press('fg', 'enter')
    await terminal.waitFor(() => isTold(terminal))
    await pressing(terminal, [['j', ' 2/45']])
    terminal.press('q')
    await terminal.waitFor(() => !terminal.isAlternate())
    expect(isTold(terminal)).toBe(false)
  })

  it('is the terminal’s where the configuration says so', async () => {
    using home = temporaryHome()
    mkdirSync(home.path, { recursive: true })
    writeFileSync(join(home.path, 'config.toml'), '[looks]\nmouse = false\n')
    await using terminal = openReader(home)
    await terminal.waitFor('offline')
    await pressing(terminal, [['j', ' 2/45']])
    expect(terminal.bytes()).not.toContain('\u001b[?1000h')
  })
})
