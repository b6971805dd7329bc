import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tidyIndex } from '../../src/cli/tidy.ts'
import { storeDay } from '../../src/library/intake.ts'
import { type Library, openLibrary } from '../../src/library/library.ts'
import { countPending, liveSegments } from '../../src/library/segments.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { startFakeHub } from '../support/fake-hub.ts'
import { generateArchive } from '../support/generate.ts'
import { aPaper, temporaryFolder, temporaryLibrary } from '../support/papers.ts'
import { installed, type JsonPaper, type Program } from '../support/program.ts'

const SPAN = ['--since', '2025-12-01', '--until', '2025-12-05']
const days = generateArchive({ from: '2025-12-01', to: '2025-12-05', perDay: 60, seed: 5 })

const PAPERS = [
  aPaper({ id: '2501.00001', title: 'Lanterns of the Harbour', abstract: 'Quokkas watch.', upvotes: 1 }),
  aPaper({
    id: '2501.00002',
    title: 'A Harbour of Quokkas',
    abstract: 'Lanterns glow for quokkas.',
    upvotes: 9,
  }),
  aPaper({ id: '2501.00003', title: 'Harbour Walls', abstract: '', authors: ['Quentin Quokka'], upvotes: 5 }),
  aPaper({ id: '2501.00004', title: 'Something Else', abstract: '', upvotes: 7 }),
]

function withLibrary<T>(program: Program, work: (library: Library) => T): T {
  const library = openLibrary(program.libraryFile)
  try {
    return work(library)
  } finally {
    library.close()
  }
}

/** How much of a library is pending, and how many segments it has. */
const indexOf = (program: Program) =>
  withLibrary(program, (library) => [countPending(library), liveSegments(library).length])

let program: Program & Disposable
beforeAll(() => {
  program = installed()
  withLibrary(program, (library) => storeDay(library, '2025-01-06', PAPERS))
})
afterAll(() => program[Symbol.dispose]())

const found = async (...query: string[]) => (await program.json('search', ...query)).map(({ id }) => id)

describe('search takes the query language', () => {
  it.each<[string, string[], string[]]>([
    ['phrases', ['"lanterns glow"'], ['2501.00002']],
    ['fields', ['title:harbour', 'author:quokka'], ['2501.00003']],
    ['conditions', ['harbour upvotes:>4', 'sort:upvotes'], ['2501.00002', '2501.00003']],
    ['an order alone', ['sort:upvotes'], ['2501.00002', '2501.00004', '2501.00003', '2501.00001']],
    ['exclusions', ['harbour -lanterns'], ['2501.00003']],
    ['exclusions as words of their own', ['harbour', '-lanterns', '--limit', '5'], ['2501.00003']],
    ['an id', ['2501.00004'], ['2501.00004']],
  ])('%s', async (_, query, ids) => {
    expect(await found(...query)).toEqual(ids)
  })

  it('and says on standard error what of it makes no sense', async () => {
    const { status, out, err } = await program.run(
      'search',
      'lanterns glow',
      'date:2025-13',
      'autor:x',
      '--json',
    )
    expect(status).toBe(0)
    expect((JSON.parse(out) as JsonPaper[])[0]?.id).toBe('2501.00002')
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^broadsheet: ignored "date:2025-13": date: takes a day /),
      'broadsheet: ignored "autor:x": there is no field autor:, did you mean author:?',
    ])
  })

  it('and takes what is unfinished at the end for a mistake: nobody types on', async () => {
    const { status, err } = await program.run('search', 'lanterns', 'is:')
    expect([status, err]).toEqual([0, 'broadsheet: ignored "is:": is: needs a value right after the colon\n'])
  })

  it('and behind -- nothing but a query', async () => {
    const { status, out } = await program.run('search', '--json', '--', '-lanterns', 'harbour')
    expect([status, (JSON.parse(out) as JsonPaper[]).map(({ id }) => id)]).toEqual([0, ['2501.00003']])
  })

  it('but no option that it does not know', async () => {
    const { status, err } = await program.run('search', 'harbour', '--nope', '-lanterns')
    expect([status, err]).toEqual([2, expect.stringMatching(/^error: unknown option '--nope'\n\(add --help/)])
  })

  it.each([[['date:2025-13']], [['title:']], [['***', '""']], [['']], [['or']]])(
    'but %j is no query',
    async (query) => {
      const { status, out, err } = await program.run('search', ...query, '--json')
      expect([status, out]).toEqual([2, ''])
      expect(err).toMatch(/^broadsheet: There is nothing to search for in ".*Give a word or a field/)
      if (query[0]?.includes(':')) expect(err).toContain(`${query[0]}": ${query[0].split(':')[0]}: `)
    },
  )
})

describe('similar', () => {
  it('prints the papers most like one, best first, and what they share', async () => {
    const papers = await program.json<(JsonPaper & { shared: string[] })[]>('similar', '2501.00001')
    expect(papers.map(({ id }) => id)).toEqual(['2501.00002', '2501.00003'])
    expect(papers[0]?.shared).toEqual(expect.arrayContaining(['quokkas', 'harbour']))
    const { shared, ...paper } = papers[1] as (typeof papers)[number]
    expect(shared).toContain('harbour')
    expect([paper]).toEqual(await program.json('show', paper.id))
    expect(await program.json('similar', 'https://arxiv.org/abs/2501.00001v2', '--limit', '1')).toEqual(
      papers.slice(0, 1),
    )
  })

  it('prints for people a line a paper and a line of words', async () => {
    const { status, out, err } = await program.run('similar', '2501.00001')
    expect([status, err]).toEqual([0, ''])
    const lines = out.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toContain('2501.00002  A Harbour of Quokkas')
    expect(lines[1]).toMatch(/^ {15}shares: \w+(, \w+){1,3}$/)
  })

  it('of a paper like no other says so', async () => {
    using own = installed()
    withLibrary(own, (library) => storeDay(library, '2025-01-06', PAPERS.slice(3)))
    const { status, out, err } = await own.run('similar', '2501.00004')
    expect([status, out, err]).toEqual([0, '', 'broadsheet: No paper here shares its words.\n'])
    expect(await own.json('list')).toHaveLength(1)
  })

  it.each([
    ['nothing', 2],
    ['9999.99999', 1],
  ])('of %s ends with status %i', async (id, status) => {
    expect(await program.run('similar', id)).toMatchObject({ status, out: '' })
  })
})

it('cat: finds papers by the categories of an imported feed', async () => {
  const entry = (id: string, title: string, categories: string) => `<entry>
    <id>http://arxiv.org/abs/${id}v1</id><title>${title}</title><summary>An abstract.</summary>
    <published>2026-09-24T17:59:54Z</published><author><name>Ada Example</name></author>${categories}
  </entry>`
  const feed = `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  ${entry('2609.00001', 'Tides', '<category term="cs.LG"/><category term="cs.CL"/><arxiv:primary_category term="cs.CL"/>')}
  ${entry('2609.00002', 'Quays', '<category term="cs.CV"/><category term="68T45"/>')}
  ${entry('hep-th/0301001', 'Strings', '<category term="hep-th"/>')}
  ${entry('2609.00004', 'Piers', '')}
</feed>`
  using folder = temporaryFolder()
  using own = installed()
  const file = join(folder.path, 'feed.xml')
  writeFileSync(file, feed)
  const imported = await own.json('import', file)
  const known = new Map(imported.map(({ id, categories }) => [id, categories]))
  expect(known.get('2609.00001')).toEqual(['cs.CL', 'cs.LG'])
  expect(known.get('2609.00004')).toEqual([])
  const ids = async (...query: string[]) =>
    (await own.json('search', ...query)).map(({ id }) => id).toSorted()
  expect(await ids('cat:cs.cl')).toEqual(['2609.00001'])
  expect(await ids('cat:cs')).toEqual(['2609.00001', '2609.00002'])
  expect(await ids('cat:hep-th')).toEqual(['hep-th/0301001'])
  expect(await ids('tides', '-cat:cs.CV')).toEqual(['2609.00001'])
  expect((await own.run('search', 'cat:math')).err).toContain('Nothing matches')
})

describe('the index', () => {
  it('is kept in shape by sync, import and search', async () => {
    const hub = await startFakeHub({ days })
    try {
      using synced = installed(hub.url)
      expect((await synced.run('sync', ...SPAN)).status).toBe(0)
      expect(indexOf(synced)).toEqual([0, 1])

      using folder = temporaryFolder()
      using imported = installed()
      const file = join(folder.path, 'papers.json')
      writeFileSync(file, JSON.stringify([...days.values()].flat()))
      expect((await imported.run('import', file)).status).toBe(0)
      expect(indexOf(imported)).toEqual([0, 1])
    } finally {
      await hub.close()
    }
    using own = installed()
    stored(own)
    expect(indexOf(own)).toEqual([300, 0])
    await own.json('search', 'sparse')
    expect(indexOf(own)).toEqual([0, 1])
  })

  it('need not be in shape: where another program writes, a search goes without', async () => {
    using own = installed()
    stored(own)
    const writer = openLibrary(own.libraryFile)
    writer.db.exec('BEGIN IMMEDIATE')
    const papers = await own.json('search', 'sparse')
    expect(papers.length).toBeGreaterThan(0)
    writer.db.exec('ROLLBACK')
    writer.close()
    expect(indexOf(own)).toEqual([300, 0])
  })

  it('of a library that cannot be written stays as it is, without a word; what is damaged is said', () => {
    using held = temporaryLibrary()
    const { library } = held
    storeDay(library, '2025-01-06', parse())
    const said: string[] = []
    const session = { out: () => {}, warn: (text: string) => void said.push(text) } as never
    library.db.pragma('query_only = ON')
    tidyIndex(session, library)
    expect([said, countPending(library)]).toEqual([[], 300])
    library.db.pragma('query_only = OFF')
    tidyIndex(session, library)
    expect([said, countPending(library)]).toEqual([[], 0])
    library.prepare(`UPDATE search_segments SET papers = x'7f'`).run()
    tidyIndex(session, library)
    expect(said).toEqual([
      expect.stringMatching(/^The search index ends .*: it is damaged\. "broadsheet doctor --repair"/),
    ])
  })
})

const parse = () =>
  [...days.values()].flatMap((entries) => parseEntries(entries).entries.map(({ paper }) => paper))

/** 300 papers come in behind the program's back. */
function stored(own: Program): void {
  withLibrary(own, (library) => storeDay(library, '2025-12-05', parse()))
}
