import { describe, expect, it } from 'vitest'
import { footerOf, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('finds a command by a name with a typo, runs it, has it on top the next time, and quits by :q', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, size)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['ctrl+p', / commands$/m],
      ['strared', /^> starred papers/m],
      ['enter', 'No starred papers yet.'],
      [':', /^> starred papers/m],
      ['all-papers', /^:all-papers/m],
      ['ctrl+u', /^> starred papers/m],
      // Why it cannot be run here is told beside its name where there is room, and when it is chosen.
      [
        'find',
        size.columns < 60
          ? /^> find in the text$/m
          : /^> find in the text {2}only while reading a full text/m,
      ],
      ['enter', /^ Only while reading a full text or\s+comments\./m],
      ['escape', 'No starred papers yet.'],
    ])
    expect(footerOf(terminal.screen(), size.rows)).toContain('? help')
    terminal.press(':q\r')
    expect((await terminal.waitExit()).exitCode).toBe(0)
  })
})
