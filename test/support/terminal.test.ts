import { describe, expect, it } from 'vitest'
import { type Cell, startTerminal, type TerminalOptions } from './terminal.ts'

/** A terminal that runs the text of a program. */
function run(program: string, options: Partial<TerminalOptions> = {}) {
  return startTerminal({ ...options, command: process.execPath, args: ['-e', program] })
}

const STAY = 'setInterval(() => {}, 1000);'
const SHOW_KEYS = `process.stdin.setRawMode(true).on('data', (data) => console.log(JSON.stringify(String(data))));`

describe('startTerminal', () => {
  it('shows what the program writes', async () => {
    await using terminal = run(`console.log('one  \\n\\n  two'); ${STAY}`)
    expect(await terminal.waitFor('two')).toBe('one\n\n  two')
    expect([terminal.line(0), terminal.line(2), terminal.line(23)]).toEqual(['one', '  two', ''])
    expect(terminal.cursor()).toEqual({ x: 0, y: 3, visible: true })
    expect(terminal.bytes()).toBe('one  \r\n\r\n  two\r\n')
    expect(terminal.pid).toBeGreaterThan(0)
  })

  it('shows the last screenful of a long output, complete at the exit', async () => {
    await using terminal = run(`for (let i = 1; i <= 5000; i++) console.log('row ' + i)`, { rows: 4 })
    expect(await terminal.waitExit()).toEqual({ exitCode: 0, signal: undefined })
    expect(terminal.screen()).toBe('row 4998\nrow 4999\nrow 5000')
  })

  it('gives wide characters their cells', async () => {
    await using terminal = run(`process.stdout.write('日本|🎉|👨‍👩‍👧|🇩🇪|❤️|é|สำ|\\x1b[6n'); ${STAY}`)
    expect(await terminal.waitFor('สำ')).toBe('日本|🎉|👨‍👩‍👧|🇩🇪|❤️|é|สำ|')
    const widths = terminal.cells()[0]?.filter(({ text }) => !/[| ]/.test(text))
    expect(widths?.map(({ text, width }) => text + width).join(' ')).toBe(
      '日2 0 本2 0 🎉2 0 👨‍👩‍👧2 0 🇩🇪2 0 ❤️2 0 é1 สำ2 0',
    )
    expect(terminal.cursor().x).toBe(22)
  })

  it('tells colours and styles cell by cell', async () => {
    const written = '\\x1b[31;1ma\\x1b[0;38;5;200;2mb\\x1b[0;48;2;1;2;3;3mc\\x1b[0;4;94md\\x1b[0;7me\\x1b[0mf'
    await using terminal = run(`process.stdout.write('${written}'); ${STAY}`)
    await terminal.waitFor('abcdef')
    const plain = { kind: 'default' }
    const cell: Omit<Cell, 'text'> = {
      ...{ width: 1, fg: { kind: 'default' }, bg: { kind: 'default' } },
      ...{ bold: false, dim: false, italic: false, underline: false, inverse: false },
    }
    expect(terminal.cells()[0]?.slice(0, 7)).toEqual([
      { ...cell, text: 'a', fg: { kind: 'palette', index: 1 }, bold: true },
      { ...cell, text: 'b', fg: { kind: 'palette', index: 200 }, dim: true },
      { ...cell, text: 'c', bg: { kind: 'rgb', red: 1, green: 2, blue: 3 }, italic: true },
      { ...cell, text: 'd', fg: { kind: 'palette', index: 12 }, underline: true },
      { ...cell, text: 'e', fg: plain, bg: plain, inverse: true },
      { ...cell, text: 'f' },
      { ...cell, text: ' ' },
    ])
  })

  it('sends keys as a keyboard does', async () => {
    await using terminal = run(`${SHOW_KEYS} console.log('ready')`)
    await terminal.waitFor('ready')
    const keys = {
      enter: '\r',
      escape: '\x1b',
      up: '\x1b[A',
      left: '\x1b[D',
      pageUp: '\x1b[5~',
      pageDown: '\x1b[6~',
      home: '\x1b[H',
      end: '\x1b[F',
      tab: '\t',
      backspace: '\x7f',
      delete: '\x1b[3~',
      'ctrl+c': '\x03',
      'ctrl+x': '\x18',
      q: 'q',
      'words, ü': 'words, ü',
    }
    for (const [key, bytes] of Object.entries(keys)) {
      const before = terminal.bytes().length
      terminal.press(key)
      await terminal.waitFor(() => terminal.bytes().endsWith('\n') && terminal.bytes().length > before)
      expect(terminal.bytes().slice(before).trim(), key).toBe(JSON.stringify(bytes))
    }
  })

  it('sends cursor keys in the mode the program asked for, and pastes between marks', async () => {
    await using terminal = run(`${SHOW_KEYS} console.log('\\x1b[?1hready')`)
    await terminal.waitFor('ready')
    terminal.press('down')
    await terminal.waitFor(String.raw`"\u001bOB"`)
    terminal.paste('two\nlines')
    await terminal.waitFor(String.raw`"\u001b[200~two\rlines\u001b[201~"`)
  })

  it('answers what the program asks the terminal', async () => {
    await using terminal = run(`${SHOW_KEYS} process.stdout.write('abc\\x1b[6n')`)
    await terminal.waitFor(String.raw`"\u001b[1;4R"`)
  })

  it('resizes the terminal and tells the program', async () => {
    const report = `console.log(process.stdout.columns + 'x' + process.stdout.rows);`
    await using terminal = run(`${report} process.on('SIGWINCH', () => { ${report} }); ${STAY}`, { rows: 10 })
    await terminal.waitFor('80x10')
    terminal.resize(100, 30)
    await terminal.waitFor('100x30')
    expect(terminal.cells().map((row) => row.length)).toEqual(Array(30).fill(100))
  })

  it('sees the alternate screen and the hidden cursor', async () => {
    const program = `const show = (text) => process.stdout.write(text);
      process.stdin.setRawMode(true); show('shell'); // once the terminal no longer echoes what is typed
      process.stdin.once('data', () => { show('\\x1b[?1049h\\x1b[?25l\\x1b[Hpage');
      process.stdin.once('data', () => show('\\x1b[?1049l\\x1b[?25hback')) })`
    await using terminal = run(program)
    await terminal.waitFor('shell')
    expect([terminal.isAlternate(), terminal.cursor().visible]).toEqual([false, true])
    terminal.press('x')
    expect(await terminal.waitFor('page')).toBe('page')
    expect([terminal.isAlternate(), terminal.cursor().visible]).toEqual([true, false])
    terminal.press('x')
    expect(await terminal.waitGone('page')).toBe('shellback')
    expect([terminal.isAlternate(), terminal.cursor().visible]).toEqual([false, true])
  })

  it('looks at whole frames only where the program marks them', async () => {
    const program = `process.stdout.write('\\x1b[?2026h\\x1b[2J\\x1b[Hhalf')
      setTimeout(() => process.stdout.write(' whole\\x1b[?2026l'), 200); ${STAY}`
    await using terminal = run(program)
    expect(await terminal.waitFor(/half/)).toBe('half whole')
  })

  it('starts from a clean environment', async () => {
    const program = `const { CI, LANG, TERM, COLORTERM, VITEST, HOME, MINE } = process.env
      console.log(JSON.stringify([CI, LANG, TERM, COLORTERM, VITEST, HOME, MINE]))`
    await using terminal = run(program, { env: { HOME: undefined, MINE: 'yes' } })
    await terminal.waitExit()
    expect(JSON.parse(terminal.screen())).toEqual([
      null,
      'C.UTF-8',
      'xterm-256color',
      null,
      null,
      null,
      'yes',
    ])
  })
})

describe('waiting', () => {
  it('shows the screen and what was awaited when the time is up', async () => {
    await using terminal = run(`console.log('here'); ${STAY}`, { columns: 10, rows: 2 })
    await terminal.waitFor('here')
    const framed = '┌──────────┐\n│here      │\n│          │\n└──────────┘'
    await expect(terminal.waitFor(/there/, 20)).rejects.toThrow(
      `Waited 20 ms until the screen held /there/. The screen:\n${framed}`,
    )
    await expect(terminal.waitGone('here', 20)).rejects.toThrow('was rid of "here"')
    await expect(terminal.waitExit(20)).rejects.toThrow('Waited 20 ms until the program ended.')
  })

  it('does not wait for a program that has ended', async () => {
    await using terminal = run(`console.log('last words'); process.exitCode = 3`)
    await expect(terminal.waitFor('more')).rejects.toThrow(
      /ended \({"exitCode":3}\) before .* "more".*last words/s,
    )
    expect(await terminal.waitFor('words')).toBe('last words')
    expect(await terminal.waitExit()).toEqual({ exitCode: 3, signal: undefined })
    terminal.press('x') // goes nowhere, and harms nothing
  })

  it('passes on what a function throws', async () => {
    await using terminal = run(STAY)
    const failing = () => {
      throw new RangeError('mine')
    }
    await expect(terminal.waitFor(failing)).rejects.toThrow(RangeError)
  })
})

describe('ending', () => {
  it('tells the signal that ended the program', async () => {
    await using terminal = run(`console.log('up'); ${STAY}`)
    await terminal.waitFor('up')
    terminal.kill()
    expect(await terminal.waitExit()).toEqual({ exitCode: 0, signal: 15 })
  })

  it('ends a program that will not go', async () => {
    const terminal = run(`process.on('SIGHUP', () => console.log('no')); console.log('up'); ${STAY}`)
    await terminal.waitFor('up')
    await terminal[Symbol.asyncDispose]()
    expect(terminal.screen()).toBe('up\nno')
    expect(await terminal.waitExit()).toEqual({ exitCode: 0, signal: 9 })
  })
})
