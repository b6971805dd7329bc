import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startTerminal } from '../support/terminal.ts'
import { LAUNCHER, NOBODY, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

describe('the terminal is given back', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ])('after %s', async (signal, exitCode) => {
    using home = temporaryHome()
    await using terminal = openReader(home)
    await terminal.waitFor('offline')
    terminal.kill(signal)
    expect((await terminal.waitExit()).exitCode).toBe(exitCode)
    expect(terminal.isAlternate()).toBe(false)
    expect(terminal.cursor().visible).toBe(true)
    expect(terminal.screen()).toBe('')
    expect(terminal.bytes()).toMatch(/\?2004l(?!.*\?2004h)/s)
  })

  it('after a crash, which then prints one readable error', async () => {
    using home = temporaryHome()
    const crash = `process.on('SIGUSR2', () => { throw new Error('the sky fell') })`
    await using terminal = openReader(home, {
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}` },
    })
    await terminal.waitFor('offline')
    terminal.kill('SIGUSR2')
    expect((await terminal.waitExit()).exitCode).toBe(1)
    expect(terminal.isAlternate()).toBe(false)
    expect(terminal.cursor().visible).toBe(true)
    expect(terminal.screen()).toBe('broadsheet: the sky fell')
  })

  it('when the library cannot be opened, which is said on the screen the reader was started from', async () => {
    using home = temporaryHome()
    mkdirSync(join(home.path, 'data'))
    writeFileSync(join(home.path, 'data/library.db'), 'this is no database, but it is long enough to look at')
    await using terminal = openReader(home)
    expect((await terminal.waitExit()).exitCode).toBe(1)
    expect(terminal.isAlternate()).toBe(false)
    expect(terminal.screen().replaceAll('\n', '')).toContain('is not a Broadsheet library')
  })
})

it('goes to the shell on Ctrl-Z and comes back with fg, as it was', async () => {
  using home = temporaryHome()
  await using terminal = startTerminal({
    command: 'bash',
    args: ['--norc', '--noprofile', '-i'],
    env: { BROADSHEET_HOME: home.path, HF_ENDPOINT: NOBODY, PS1: 'shell> ', HISTFILE: '' },
  })
  await terminal.waitFor('shell>')
  terminal.press(`'${process.execPath}' '${LAUNCHER}'`, 'enter')
  await terminal.waitFor('offline')
  await pressing(terminal, [['j', '2/45']])
  terminal.press('ctrl+z')
  await terminal.waitFor('Stopped')
  expect(terminal.isAlternate()).toBe(false)
  terminal.press('fg', 'enter')
  await terminal.waitFor(' 2/45')
  expect(terminal.isAlternate()).toBe(true)
  await pressing(terminal, [
    ['j', '3/45'],
    ['q', 'shell>'],
  ])
  expect(terminal.isAlternate()).toBe(false)
})

it('fits itself to a terminal that changes its size, with the cursor in sight', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home)
  await terminal.waitFor('offline')
  await pressing(terminal, [['G', '45/45']])
  for (const [columns, rows] of [
    [200, 50],
    [40, 10],
    [120, 12],
    [20, 3],
    [80, 24],
  ] as const) {
    terminal.resize(columns, rows)
    await terminal.waitFor((screen) => {
      const selected = terminal.cells().some((row) => row.filter((cell) => cell.inverse).length > columns / 3)
      return selected && screen.split('\n').length === rows
    })
  }
  expect(terminal.line(0)).toContain('45/45')
})

it('never clears the whole screen between frames', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home)
  await terminal.waitFor('offline')
  const before = terminal.bytes().length
  await pressing(terminal, [
    ['j', '2/45'],
    ['j', '3/45'],
    ['ctrl+d', /1[0-9]\/45/],
    ['G', '45/45'],
    ['enter', 'From Poisoned to Aware'],
    ['q', '44 unread'],
  ])
  expect(terminal.bytes().slice(before)).not.toMatch(/\u001b\[[23]?J/)
})

it('shows the help, made from the command table, and closes it', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home)
  await terminal.waitFor('offline')
  await pressing(terminal, [
    ['?', 'read the abstract (marks it read)'],
    [' ', 'mark read or unread'],
    [' ', 'the calendar'],
    [' ', 'Reading an abstract'],
    ['escape', '1/45'],
  ])
})

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('opens the arXiv page with the program that BROWSER names, without a shell, and goes on', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, { ...size, env: { BROWSER: 'true' } })
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['o', 'Opening https://arxiv.org/abs/2406.086'],
      ['', ' 2/45'],
      // It is read now, which the sign before its title says.
      ['', /^[^●]*Reversing the Forget/m],
      ['k', ' 1/45'],
      ['O', 'Opening https://huggingface.co/papers/'],
    ])
  })
})
