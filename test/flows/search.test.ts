import { expect, it } from 'vitest'
import { openReader, pressing, temporaryHome } from './reader.ts'

it('finds a paper by its title with one wrong letter, and Enter Enter shows its abstract', async () => {
  using home = temporaryHome()
  {
    await using terminal = openReader(home)
    await terminal.waitFor('1/45')
    await pressing(terminal, [['/', /^\//m]])
    terminal.press('Inversion-DPO: Precise and Efficeent Post-Training')
    await terminal.waitFor('found')
    // Both at once, as fast fingers do: the second means the result, not what was on the screen before.
    terminal.press('enter', 'enter')
    const screen = await terminal.waitFor('arXiv   https://arxiv.org/abs/2507.11554')
    expect(screen).toContain('Inversion-DPO: Precise and Efficient Post-Training for Diffusion Models')
    await pressing(terminal, [
      ['m', 'marked unread'],
      ['U', 'Undone: marked unread'],
      ['q', '“Inversion-DPO'],
      ['q', '44 unread'],
    ])
    terminal.press('ctrl+c')
    expect((await terminal.waitExit()).exitCode).toBe(0)
  }
  await using again = openReader(home)
  await again.waitFor('44 unread')
})

it('shows the results of the whole query even when everything is typed in one go', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home)
  await terminal.waitFor('offline')
  terminal.press('/GFlowNets\r\r')
  await terminal.waitFor('https://arxiv.org/abs/2210.12765')
})

it('marks the words that matched, in the list and in the abstract', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home, { columns: 160, rows: 40 })
  await terminal.waitFor('offline')
  await pressing(terminal, [['/', /^\//m]])
  terminal.press('scheming')
  await terminal.waitFor('“scheming”')
  const rows = terminal.cells()
  const underlined = rows.map((row) =>
    row
      .filter((cell) => cell.underline && cell.bold)
      .map((cell) => cell.text)
      .join(''),
  )
  expect(underlined.some((text) => text.includes('Scheming'))).toBe(true)
  const pane = rows.map((row) =>
    row
      .slice(88)
      .filter((cell) => cell.underline && cell.bold)
      .map((cell) => cell.text)
      .join(''),
  )
  expect(pane.filter((text) => /scheming/i.test(text)).length).toBeGreaterThan(0)
})

it('Esc brings back the list and the place in it', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home)
  await terminal.waitFor('offline')
  for (let place = 2; place <= 30; place++) await pressing(terminal, [['j', `${place}/45`]])
  const before = terminal.screen()
  await pressing(terminal, [['/', /^\//m]])
  terminal.press('reward')
  await terminal.waitFor('“reward”')
  await pressing(terminal, [['escape', '30/45']])
  expect(terminal.screen()).toBe(before)
})

it('says so when nothing matches, and Enter keeps that', async () => {
  using home = temporaryHome()
  await using terminal = openReader(home)
  await terminal.waitFor('offline')
  await pressing(terminal, [['/', /^\//m]])
  terminal.press('xyzzyqwk')
  await terminal.waitFor('Nothing matches')
  // Enter asks the Hub too, where nobody answers; what the footer says of keys before that may be gone at once.
  await pressing(terminal, [
    ['enter', 'Enter asks the Hub'],
    ['enter', 'The Hub was not searched: '],
  ])
  expect(terminal.screen()).toContain('Nothing matches.')
  expect(terminal.line(0)).toContain('“xyzzyqwk” 0/0')
  await pressing(terminal, [['q', '1/45']])
})
