import { expect, it } from 'vitest'
import { footerOf, openReader, pressing, temporaryHome } from './reader.ts'

it('completes a field, remembers the query across a restart, and finds papers like a result', async () => {
  using home = temporaryHome()
  {
    await using terminal = openReader(home, { columns: 120, rows: 30 })
    await terminal.waitFor('offline')
    await pressing(terminal, [['/', /^\//m]])
    terminal.press('title:dif')
    await terminal.waitFor(/“title:dif”/)
    terminal.press(' aut')
    // The completion is there before it is taken.
    await terminal.waitFor(/^\/title:dif author: .* Tab author:/m)
    terminal.press('\t')
    // The values come from the search's thread, which reads them once the prompt is open.
    await terminal.waitFor(/^\/title:dif author:\S+.* Tab \S/m)
    terminal.press('\u0017', 'date:2025')
    await terminal.waitFor(/^\/title:dif date:2025-\d\d .* Tab 2025-\d\d/m)
    terminal.press('\t')
    await terminal.waitFor(/“title:dif date:2025-\d\d”/)
    terminal.press('enter')
    await terminal.waitFor(/Esc back/)
    terminal.press('ctrl+c')
    expect((await terminal.waitExit()).exitCode).toBe(0)
  }
  await using again = openReader(home, { columns: 120, rows: 30 })
  await again.waitFor('offline')
  await pressing(again, [
    ['/', /^\//m],
    ['up', /^\/title:dif date:2025-\d\d /m],
  ])
  await again.waitFor(/“title:dif date:2025-\d\d” 1\//)
  expect(footerOf(again.screen(), 30)).toMatch(/ [1-9]\d* found /)
  await pressing(again, [
    ['down', /^\/ /m],
    ['escape', /j move/],
    ['~', /Like “/],
  ])
  expect(footerOf(again.screen(), 30)).toMatch(/^ shares: \S+/)
  await pressing(again, [
    ['enter', /h back/],
    ['escape', 'shares: '],
    ['escape', / All 1\/45/],
  ])
})

it('underlines what makes no sense in a query and says why', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home, { columns: 120, rows: 30, env: { NO_COLOR: '1' } })
  await terminal.waitFor('offline')
  await pressing(terminal, [['/', /^\//m]])
  terminal.press('upvotes:many reward')
  await terminal.waitFor('upvotes: takes a number')
  await terminal.waitFor('“upvotes:many reward”')
  const prompt = terminal.cells().at(-1) ?? []
  const underlined = prompt.filter((cell) => cell.underline).map((cell) => cell.text)
  expect(underlined.join('')).toBe('upvotes:many')
})
