import { describe, expect, it } from 'vitest'
import { LIST, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('the views of the reader have what was decided, each on its key', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, size)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      // One is read and starred, the next kept for later, the third hidden.
      ['m', 'marked read'],
      ['b', 'starred “'],
      ['jw', 'kept for later'],
      ['jx', ' 3/44'],
      ['2', / Unread \d+\/43 /],
      ['3', / Starred 1\/1 /],
      ['4', / Later 1\/1 /],
      ['0', / Hidden 1\/1 /],
      ['W', 'No rule watches'],
      ['1', / All \d+\/44 /],
    ])
  })

  it('keeps a search as a view, gives it a key, opens it by that after a restart, and leads back', async () => {
    using home = temporaryHome()
    {
      await using terminal = openReader(home, size)
      await terminal.waitFor('offline')
      await pressing(terminal, [
        ['/language\r', /“language” 1\/\d+/],
        ['v', /^> 1 All/m],
        ['a', /^ Name:/m],
        // Its query stands beside its name where there is room.
        ['Well liked\r', /^> +Well liked(?: {2}language)? +[\d,]+ · [\d,]+ *$/m],
        ['e\r\r7\r', /^> 7 Well liked/m],
        ['escape', LIST],
        ['', /“language” 1\/\d+/],
        ['escape', / All 1\/45/],
      ])
      terminal.press('q')
      expect((await terminal.waitExit()).exitCode).toBe(0)
    }
    await using terminal = openReader(home, size)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['7', / Well liked 1\/\d+/],
      ['v', /^> 7 Well liked/m],
      ['D', /^ Remove the view “Well liked”\? .*y yes/m],
      ['y', 'Removed “Well liked” · u brings it'],
      ['u', /^. 7 Well liked/m],
    ])
  })
})
