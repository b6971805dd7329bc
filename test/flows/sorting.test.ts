import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openLibrary } from '../../src/library/library.ts'
import { listRows } from '../../src/library/rows.ts'
import { savedViews } from '../../src/library/views.ts'
import { listOn, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

/** What the library says of a home. */
function told<T>(home: { path: string }, ask: (library: ReturnType<typeof openLibrary>) => T): T {
  const library = openLibrary(join(home.path, 'data', 'library.db'))
  try {
    return ask(library)
  } finally {
    library.close()
  }
}

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  it('puts the list in the order of comments and back, and keeps the order of a view across a restart', async () => {
    using home = temporaryHome()
    {
      await using terminal = openReader(home, size)
      await terminal.waitFor('offline')
      await pressing(terminal, [
        // All orders there are, in two lines where one has no room for them.
        ['s', /^ By {2}d day {2}u upvotes {2}m momentum\s+c comments {2}p published {2}n unread/m],
        ['c', '· by comments'],
        ['S', '· by comments, rever'],
        ['sd', / \w+ \d+ \w+ \d{4} · \d+ papers?/],
        ['/language\r', '“language” 1/'],
        ['va', /^ Name:/m],
        ['Words\r', /^> +Words/m],
        ['\r', ' Words 1/'],
        ['sc', /Words \d.8 · by comments/],
      ])
      await vi.waitFor(
        () => expect(told(home, savedViews)).toMatchObject([{ name: 'Words', sort: 'comments' }]),
        { timeout: 10_000, interval: 50 },
      )
    }
    await using terminal = openReader(home, size)
    await terminal.waitFor('offline')
    await pressing(terminal, [
      ['v/words', size.columns < 60 ? /^> +Words/m : /^> +Words {2}language {2}by comments/m],
      ['\r', '· by comments'],
    ])
    const papers = told(home, (library) => listRows(library))
    // Titles are cut, and known by how they begin as long as no other one begins so.
    const counts = listOn(terminal, size).flatMap((row) => {
      const beginning = row.slice(9, 60).replace(/(?:…| {2}).*/, '')
      const called = papers.filter(({ title }) => beginning !== '' && title.startsWith(beginning))
      return called.length === 1 ? (called[0]?.comments ?? 0) : []
    })
    expect(counts.length).toBeGreaterThan(5)
    expect(counts[0]).toBeGreaterThan(0)
    expect(counts).toEqual(counts.toSorted((one, other) => other - one))
  })
})
