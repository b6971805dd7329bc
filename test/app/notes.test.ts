// Notes: what an editor wrote comes into the library, and whatever goes wrong nothing that was typed is lost.

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDecisions } from '../../src/app/decisions.ts'
import type { Event } from '../../src/app/events.ts'
import { runEditor } from '../../src/editor.ts'
import { changeNote, undoLast } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import { noteOf } from '../../src/library/marks.ts'
import { idOf, papers, temporaryFolder, temporaryLibrary } from '../support/papers.ts'

const ID = idOf(1)

/** A library with a paper, and an editor that does `edit` to the file. */
function desk(edit: (file: string) => string | null) {
  const held = temporaryLibrary()
  storeDay(held.library, '2025-01-06', papers(2))
  const events: Event[] = []
  const opened: { file: string; text: string; mode: number }[] = []
  const decisions = createDecisions({
    library: held.library,
    dispatch: (event) => void events.push(event),
    loadRows: () => {},
    edit: async (file) => {
      opened.push({ file, text: readFileSync(file, 'utf8'), mode: statSync(file).mode & 0o777 })
      return edit(file)
    },
  })
  const said = () =>
    events.flatMap((event) =>
      event.type === 'say' ? [event.message.text] : event.type === 'changed' && event.say ? [event.say] : [],
    )
  const drafts = () => {
    const folder = join(dirname(held.library.file), 'drafts')
    return existsSync(folder) ? readdirSync(folder) : []
  }
  return { held, decisions, events, opened, said, drafts, [Symbol.dispose]: () => held[Symbol.dispose]() }
}

const writes = (text: string | Buffer) => (file: string) => {
  writeFileSync(file, text)
  return null
}

describe('a note', () => {
  it('is what the editor left, can be undone, and its draft goes', async () => {
    using it = desk(writes('# Good\n'))
    await it.decisions.editNote(ID)
    expect(noteOf(it.held.library, ID)).toBe('# Good\n')
    expect(it.said()).toEqual(['wrote a note on “Paper number 1”'])
    expect(it.opened).toMatchObject([{ text: '', mode: 0o600 }])
    expect(it.drafts()).toEqual([])
    expect(undoLast(it.held.library)?.ids).toEqual([ID])
    expect(noteOf(it.held.library, ID)).toBeNull()
  })

  it('opens with what was written before, and an empty one is none', async () => {
    using it = desk(writes(' \n'))
    changeNote(it.held.library, ID, 'before', 'noted')
    await it.decisions.editNote(ID)
    expect(it.opened[0]?.text).toBe('before')
    expect(noteOf(it.held.library, ID)).toBeNull()
    expect(it.said()).toEqual(['removed the note on “Paper number 1”'])
  })

  it('that was left as it was is no decision', async () => {
    using it = desk(() => null)
    changeNote(it.held.library, ID, 'before', 'noted')
    await it.decisions.editNote(ID)
    expect(it.said()).toEqual(['The note is as it was.'])
    expect(undoLast(it.held.library)?.label).toBe('noted')
  })

  it('is as it was where the editor fails, and what was typed opens the next time', async () => {
    let fails = true
    using it = desk((file) => {
      if (fails) writeFileSync(file, 'half a thou')
      return fails ? 'the editor ended with 1' : null
    })
    changeNote(it.held.library, ID, 'before', 'noted')
    await it.decisions.editNote(ID)
    expect(noteOf(it.held.library, ID)).toBe('before')
    expect(it.said()).toEqual([
      'The note is as it was, and what you wrote is kept for the next time: the editor ended with 1.',
    ])
    fails = false
    await it.decisions.editNote(ID)
    expect(it.opened[1]?.text).toBe('half a thou')
    expect(noteOf(it.held.library, ID)).toBe('half a thou')
    expect(it.drafts()).toEqual([])
  })

  it('leaves no draft where the editor could not even start', async () => {
    using it = desk(() => '“nano” is not there')
    await it.decisions.editNote(ID)
    expect(it.said()).toEqual(['The note is as it was: “nano” is not there.'])
    expect(it.drafts()).toEqual([])
  })

  it.each([
    ['no text', Buffer.from([0xff, 0xfe, 0x00])],
    ['a book', 'x'.repeat(1_000_001)],
  ])('is not made of what is %s, and that is kept', async (_what, content) => {
    using it = desk(writes(content))
    await it.decisions.editNote(ID)
    expect(noteOf(it.held.library, ID)).toBeNull()
    expect(it.said()[0]).toMatch(
      /^The note is as it was, and what you wrote is kept for the next time: the file is /,
    )
    expect(it.drafts()).toHaveLength(1)
  })

  it('is refused for a paper that has another id by now', async () => {
    using it = desk(writes('x'))
    await it.decisions.editNote('title:gone-12345678')
    expect(it.opened).toEqual([])
    expect(it.said()[0]).toMatch(/^Nothing was changed/)
  })

  it('has a draft of a plain name, whatever the id is', async () => {
    using it = desk(() => null)
    storeDay(it.held.library, '2025-01-07', papers(1, { id: 'hep-ex/0307015' }))
    await it.decisions.editNote('hep-ex/0307015')
    expect(it.opened[0]?.file).toMatch(/drafts[\\/]hep-ex_0307015\.md$/)
  })
})

describe.skipIf(process.platform === 'win32')('the editor', () => {
  const script = (folder: string, text: string) => {
    const file = join(folder, 'ed it.sh')
    writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 })
    return file
  }
  const run = async (name: string, text: string) => {
    using folder = temporaryFolder()
    const editor = script(folder.path, text)
    const note = join(folder.path, `a "note" $(touch x) ${name}.md`)
    writeFileSync(note, '')
    const how = await runEditor(note, { ...process.env, EDITOR: `sh '${editor}' --wait`, VISUAL: '' })
    return { how, text: readFileSync(note, 'utf8'), others: readdirSync(folder.path).length }
  }

  it('gets its own options and the file whole, whatever is in its name', async () => {
    expect(await run('one', 'printf "%s" "$1" > "$2"')).toEqual({ how: null, text: '--wait', others: 2 })
  })

  it.each([
    ['exit 3', /ended with 3$/],
    ['kill -TERM $$', /was ended by SIGTERM$|ended with 143$/],
  ])('that does `%s` has failed', async (text, how) => expect((await run('two', text)).how).toMatch(how))

  it('that is not there is named, with what to do', async () => {
    using folder = temporaryFolder()
    const note = join(folder.path, 'n.md')
    expect(await runEditor(note, { PATH: '/nowhere', EDITOR: 'no-such-editor' })).toMatch(
      /“no-such-editor” (?:is not there|cannot be started)/,
    )
  })
})
