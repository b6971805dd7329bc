import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startFakeArxiv } from '../support/fake-arxiv.ts'
import { latexmlPage } from '../support/fake-arxiv-papers.ts'
import { startTerminal, type Terminal } from '../support/terminal.ts'
import { LAUNCHER, NOBODY, openReader, SIZES, temporaryHome } from './reader.ts'

/** The first paper of the starter library's list. */
const ID = '2406.08607'
const BODY = `<h1 class="ltx_title ltx_title_document">A Lantern Handbook</h1>
  <section id="S1" class="ltx_section"><h2 class="ltx_title ltx_title_section">Wicks</h2>
  <div class="ltx_para"><p class="ltx_p">${'Wicks burn slowly. '.repeat(30)}</p></div>
  <div class="ltx_para"><p class="ltx_p">They go out at last.</p></div></section>
  <section id="S2" class="ltx_section"><h2 class="ltx_title ltx_title_section">Oils</h2>
  <div class="ltx_para"><p class="ltx_p">Oils are heavy.</p></div></section>`

/** What was written, as lines; the terminal's own line breaks are the program's. */
const linesOf = (terminal: Terminal) => terminal.bytes().replaceAll('\r\n', '\n').split('\n')

/** Presses a key and waits until what it brings was written, which was not there before. */
async function told(terminal: Terminal, key: string, what: string): Promise<void> {
  const before = terminal.bytes().length
  terminal.press(key)
  await terminal.waitFor(() => terminal.bytes().slice(before).replaceAll('\r\n', '\n').includes(what))
}

describe.concurrent.each(SIZES)('without a screen, on lines of $columns cells', (size) => {
  it('everything is told once, line by line, and nothing that was written is touched again', async () => {
    await using arxiv = Object.assign(
      await startFakeArxiv({ htmls: new Map([[ID, latexmlPage(ID, 1, BODY)]]) }),
      { [Symbol.asyncDispose]: () => arxiv.close() },
    )
    using home = temporaryHome()
    await using terminal = openReader(home, {
      ...size,
      args: [LAUNCHER, '--screen-reader'],
      env: { BROADSHEET_ARXIV_ENDPOINT: arxiv.url },
    })
    await terminal.waitFor(() => terminal.bytes().includes('Offline: nothing was synced.'))
    await told(terminal, 'j', '2 of 45: unread')
    await told(terminal, 'k', '1 of 45: unread')
    await told(terminal, 'k', 'This is the beginning.')
    await told(terminal, 'enter', 'its logits are subtracted')
    await told(terminal, 'q', 'Back in the list.')
    await told(terminal, 'b', 'starred “Reversing')
    await told(terminal, '/', 'Search: ')
    terminal.press(...'revrsal')
    await terminal.waitFor(() => /revrsal\r\n\d+ found\.\r\n1 of \d+: /.test(terminal.bytes()))
    await told(terminal, 'enter', 'The results stay.')
    await told(terminal, 'escape', 'All: 45 papers.')
    await told(terminal, 'f', 'Heading 1: A Lantern Handbook.')
    await told(terminal, 'j', 'Heading 2: Wicks.')
    await told(terminal, 'j', 'Wicks burn slowly. '.repeat(30).trim())
    await told(terminal, 'j', 'They go out at last.')
    await told(terminal, ']', 'Heading 2: Oils.')
    await told(terminal, 'q', 'Back in the list.')
    await told(terminal, '?', 'Help, ')
    await told(terminal, 'q', 'Back in the list.')
    terminal.press('q')
    expect((await terminal.waitExit()).exitCode).toBe(0)

    const bytes = terminal.bytes()
    // Marks around pasted text are all that the terminal is told.
    expect(bytes.replaceAll(/\u001b\[\?2004[hl]/g, '')).not.toContain('\u001b')
    expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\b]/)
    expect(bytes.replaceAll(/\u001b\[\?2004[hl]/g, '')).toMatch(/\r\n$/)
    expect(terminal.cursor()).toMatchObject({ x: 0, visible: true })
    const lines = linesOf(terminal)
    for (const line of [
      'Broadsheet.',
      'This is the beginning.',
      'Offline: nothing was synced.',
      'The results stay.',
      'They go out at last.',
      'Heading 2: Oils.',
    ])
      expect(lines.filter((other) => other.includes(line))).toHaveLength(1)
  })
})

describe('without a screen', () => {
  it('is asked for by the variable that other programs know too, and by nothing it can be mistaken for', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, { env: { INK_SCREEN_READER: 'true' } })
    await terminal.waitFor('Offline: nothing was synced.')
    terminal.kill('SIGTERM')
    expect((await terminal.waitExit()).exitCode).toBe(143)
    expect(terminal.bytes()).not.toContain('\u001b[?1049')
  })

  it('takes pastes as text, and leaves and comes back', async () => {
    using home = temporaryHome()
    await using terminal = startTerminal({
      command: 'bash',
      args: ['--norc', '--noprofile', '-i'],
      env: { BROADSHEET_HOME: home.path, HF_ENDPOINT: NOBODY, PS1: 'shell> ', HISTFILE: '' },
    })
    await terminal.waitFor('shell>')
    terminal.press(`'${process.execPath}' '${LAUNCHER}' --screen-reader`, 'enter')
    await terminal.waitFor('Offline: nothing was synced.')
    // Letters that would be commands.
    terminal.paste('qqq')
    await told(terminal, 'j', '2 of 45: ')
    await told(terminal, 'ctrl+z', 'Stopped')
    terminal.press('fg', 'enter')
    await terminal.waitFor('Back in Broadsheet.')
    await told(terminal, 'j', '3 of 45: ')
    await told(terminal, '/', 'Search: ')
    terminal.paste('revrsal')
    await terminal.waitFor(/found\./)
    await told(terminal, 'ctrl+c', 'shell> ')
  })

  it('lends the terminal to the editor for a note', async () => {
    using home = temporaryHome()
    const editor = join(home.path, 'editor')
    mkdirSync(home.path, { recursive: true })
    writeFileSync(editor, '#!/bin/sh\necho "in the editor"\necho "lanterns" > "$1"\n', { mode: 0o755 })
    await using terminal = openReader(home, {
      args: [LAUNCHER, '--screen-reader'],
      env: { VISUAL: editor, EDITOR: editor },
    })
    await terminal.waitFor('Offline: nothing was synced.')
    await told(terminal, 'e', 'in the editor')
    await terminal.waitFor('Back in Broadsheet.')
    await terminal.waitFor(/with a note|[Nn]ote/)
    await told(terminal, 'enter', 'Your note\nlanterns')
  })
})
