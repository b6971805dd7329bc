import { expect, it } from 'vitest'
import { footerOf, openReader, pressing, temporaryHome } from './reader.ts'

it('finds a command by a name with a typo, runs it, has it on top the next time, and quits by :q', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home)
  await terminal.waitFor('offline')
  await pressing(terminal, [
    ['ctrl+p', / commands$/m],
    ['strared', /^> starred papers/m],
    ['enter', 'No starred papers yet.'],
    [':', /^> starred papers/m],
    ['all-papers', /^:all-papers/m],
    ['ctrl+u', /^> starred papers/m],
    ['find', /^> find in the text {2}only while reading a full text/m],
    ['enter', /Only while reading a full text or comments\. *$/],
    ['escape', /^(?!.*>).*No starred papers yet\./s],
  ])
  expect(footerOf(terminal.screen())).toContain('? help')
  terminal.press(':q\r')
  expect((await terminal.waitExit()).exitCode).toBe(0)
})
