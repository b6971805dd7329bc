// Deciding in a real terminal, at four sizes: what the keys do is what the library holds, across a restart.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openLibrary } from '../../src/library/library.ts'
import { noteOf } from '../../src/library/marks.ts'
import { listRows } from '../../src/library/rows.ts'
import type { Terminal } from '../support/terminal.ts'
import { openReader, SIZES, temporaryHome } from './reader.ts'

/** What was decided about the papers of the list, in its order: the first letters of their marks, their tags, the note. */
function decided(home: { path: string }): string[] {
  const library = openLibrary(join(home.path, 'data', 'library.db'))
  try {
    return listRows(library, { withHidden: true, limit: 9 }).map(
      ({ id, read, starred, later, hidden, tags }) =>
        [
          [read && 'r', starred && 's', later && 'l', hidden && 'h'].filter(Boolean).join(''),
          ...tags.map((tag) => `#${tag}`),
          noteOf(library, id) ?? '',
        ]
          .filter((part) => part !== '')
          .join(' '),
    )
  } finally {
    library.close()
  }
}

const WITHIN = { timeout: 10_000, interval: 50 }

/** Presses keys, and waits until the library holds what they were to do. */
async function deciding(terminal: Terminal, home: { path: string }, ...steps: [string[], string[]][]) {
  for (const [keys, wanted] of steps) {
    for (const key of keys) terminal.press(key)
    await vi.waitFor(() => expect(decided(home).slice(0, wanted.length)).toEqual(wanted), WITHIN)
  }
}

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('marks, later, hiding, undo and redo do what they say, across a restart', async () => {
    using home = temporaryHome()
    {
      await using terminal = openReader(home, size)
      await terminal.waitFor('1/45')
      await deciding(
        terminal,
        home,
        [['m'], ['r']],
        [
          ['j', 'w'],
          ['r', 'l'],
        ],
        [
          ['j', 'x'],
          ['r', 'l', 'h'],
        ],
        // The one after the hidden one has its place now.
        [['b'], ['r', 'l', 'h', 's']],
        [
          ['U', 'U'],
          ['r', 'l', '', ''],
        ],
        [['ctrl+r'], ['r', 'l', 'h', '']],
      )
      terminal.press('q')
      await terminal.waitExit()
    }
    await using again = openReader(home, size)
    await again.waitFor('/44')
    await deciding(
      again,
      home,
      [['ctrl+r'], ['r', 'l', 'h', 's']],
      [
        ['U', 'U', 'U', 'U'],
        ['', '', '', ''],
      ],
    )
    await again.waitFor('/45')
  })

  it('a selection, a range, all of a view and A are decided about at once', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, size)
    await terminal.waitFor('1/45')
    await deciding(
      terminal,
      home,
      [
        [' ', 'j', ' ', 'b'],
        ['s', '', 's', ''],
      ],
      [
        ['V', 'k', 'k', 'w'],
        ['s', 'l', 'sl', 'l'],
      ],
      [
        ['3', '*', 'm'],
        ['rs', 'l', 'rsl', 'l'],
      ],
      [
        ['2', 'A', 'n'],
        ['rs', 'l', 'rsl', 'l', ''],
      ],
      [
        ['A', 'y'],
        ['rs', 'rl', 'rsl', 'rl', 'r'],
      ],
      [['U'], ['rs', 'l', 'rsl', 'l', '']],
    )
  })

  it('tags are typed with completion, a note is written in the editor, and both can be looked for', async () => {
    using home = temporaryHome()
    const editor = join(home.path, 'editor.sh')
    writeFileSync(editor, '#!/bin/sh\nprintf "so **good**" > "$1"\n', { mode: 0o755 })
    await using terminal = openReader(home, { ...size, env: { EDITOR: editor, VISUAL: undefined } })
    await terminal.waitFor('1/45')
    await deciding(
      terminal,
      home,
      [['t', ...'to-read rl', 'enter'], ['#rl #to-read']],
      [
        ['j', 't', 't', 'o', 'tab', 'enter'],
        ['#rl #to-read', '#to-read'],
      ],
      [['e'], ['#rl #to-read', '#to-read so **good**']],
    )
    await terminal.waitFor('2/45')
    terminal.press('/', ...'tag:to-read has:note', 'enter')
    await terminal.waitFor('1/1')
    await deciding(terminal, home, [['enter'], ['#rl #to-read', 'r #to-read so **good**']])
  })

  it('an editor that fails or is killed changes nothing, and the reader is there again', async () => {
    using home = temporaryHome()
    const editor = join(home.path, 'editor.sh')
    writeFileSync(editor, '#!/bin/sh\nprintf half > "$1"\nkill -9 $$\n', { mode: 0o755 })
    await using terminal = openReader(home, { ...size, env: { EDITOR: editor, VISUAL: undefined } })
    await terminal.waitFor('1/45')
    terminal.press('e')
    await terminal.waitFor('The note is as it was')
    expect(decided(home)[0]).toBe('')
    writeFileSync(editor, '#!/bin/sh\nprintf " whole" >> "$1"\n', { mode: 0o755 })
    await deciding(terminal, home, [['e'], ['half whole']])
  })

  it('triage shows a paper at a time and decides with one key', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, size)
    await terminal.waitFor('1/45')
    terminal.press('T')
    await terminal.waitFor('1/45')
    await deciding(
      terminal,
      home,
      [
        ['m', 'b', 'w', 'l', 'x'],
        ['r', 'rs', 'l', '', 'h'],
      ],
      [['U'], ['r', 'rs', 'l', '', '']],
    )
    await terminal.waitFor('5/45')
    terminal.press('q')
    await terminal.waitFor(/5\/45/)
  })
})
