import { describe, expect, it } from 'vitest'
import { openReader, pressing, SIZES, temporaryHome } from './reader.ts'

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('counts what was read, by its key and by its name', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, size)
    await terminal.waitFor('1/45')
    await pressing(terminal, [
      ['mjmjb', / 3\/45[\s\S]*starred “/],
      ['I', /in all +2\b/],
      ['', size.columns < 60 ? / Statistics 2 read +off/ : / Statistics 2 read · 1 day in a row/],
      // On a low screen it is the second page.
      [size.rows < 24 ? ' ' : '', /starred +1\b/],
      ['G', size.rows < 24 ? /Sayna Ebrahimi +1\b/ : 'Authors you read'],
      ['q', ' 3/45'],
      [':stats', /^> statistics: what you read/m],
      ['enter', /in all +2\b/],
      ['escape', ' 3/45'],
    ])
    terminal.press('q')
    expect((await terminal.waitExit()).exitCode).toBe(0)
  })
})
