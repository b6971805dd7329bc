import { expect, it } from 'vitest'
import { openReader, pressing, temporaryHome } from './reader.ts'

it('keeps a search as a view, gives it a key, opens it by that after a restart, and leads back', async () => {
  using home = temporaryHome()
  {
    await using terminal = openReader(home)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['/language\r', /“language” 1\/\d+/],
      ['v', /^> 1 All/m],
      ['a', /^ Name: /m],
      ['Well liked\r', /^> +Well liked {2}language +[\d,]+ · [\d,]+ *$/m],
      ['e\r\r7\r', /^> 7 Well liked/m],
      ['\u001b', 'Ask the Hub’s own search too'],
    ])
    terminal.press('\u001b')
    await terminal.waitFor(/Broadsheet {2}All/)
    terminal.press('q')
    expect((await terminal.waitExit()).exitCode).toBe(0)
  }
  await using terminal = openReader(home)
  await terminal.waitFor('offline')
  await pressing(terminal, [
    ['7', /Broadsheet {2}Well liked 1\/\d+/],
    ['v', /^> 7 Well liked/m],
    ['D', 'Remove the view “Well liked”?'],
    ['y', 'u brings it back until you quit'],
    ['u', /^. 7 Well liked/m],
  ])
})
