import { expect, it } from 'vitest'
import { openReader, pressing, temporaryHome } from './reader.ts'

it('puts the list in the order of comments and back, and keeps the order of a view across a restart', async () => {
  using home = temporaryHome()
  {
    await using terminal = openReader(home)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['s', /^ By {2}d day {2}u upvotes/m],
      ['c', '· by comments'],
      ['S', '· by comments, reversed'],
      ['sd', /^ \w+ \d+ \w+ \d{4} · \d+ papers?/m],
      ['/language\r', '“language” 1/'],
      ['va', /^ Name: /m],
      ['Words\r', /^> +Words/m],
      ['\r', 'Broadsheet  Words 1/'],
      ['sc', /Words \d.8 · by comments/],
    ])
    // The library has it once the list of views says so.
    await pressing(terminal, [['v', /Words {2}language {2}by comments/]])
  }
  await using terminal = openReader(home)
  await terminal.waitFor('offline')
  await pressing(terminal, [
    ['v/words', /^> +Words {2}language {2}by comments/m],
    ['\r', '· by comments'],
  ])
  const counts = [...terminal.screen().matchAll(/❝(\d+)/g)].map(([, count]) => Number(count))
  expect(counts.length).toBeGreaterThan(2)
  expect(counts).toEqual(counts.toSorted((one, other) => other - one))
})
