import { expect, it } from 'vitest'
import { openReader, pressing, temporaryHome } from './reader.ts'

it('counts what was read, by its key and by its name', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home)
  await terminal.waitFor('1/45')
  await pressing(terminal, [
    ['mjmjb', ' 3/45 · 43 unread'],
    ['I', /in all +2\b/],
    ['', / Statistics 2 read · 1 day in a row/],
    ['', /starred +1\b/],
    ['G', 'Authors you read'],
    ['q', ' 3/45'],
    [':stats', /^> statistics: what you read/m],
    ['enter', /papers +45\b/],
    ['escape', ' 3/45'],
  ])
  terminal.press('q')
  expect((await terminal.waitExit()).exitCode).toBe(0)
})
