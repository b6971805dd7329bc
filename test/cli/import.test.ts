import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startFakeHub } from '../support/fake-hub.ts'
import { generateDay } from '../support/generate.ts'
import { temporaryFolder } from '../support/papers.ts'
import { finished, installed, type Program } from '../support/program.ts'

const sentence = (about: string) =>
  `We look at ${about} from three sides and find that the obvious side is the one nobody had measured. `

interface Copied {
  readonly title: string
  readonly abstract: string
  readonly authors: number
  readonly date: string
  readonly comments?: number
}

const COPIED: Copied[] = [
  {
    title: 'Quiet Tides in Graph Harbours',
    abstract: sentence('tides').repeat(3),
    authors: 7,
    date: 'Jun 12, 2024',
  },
  {
    title: 'Do Kites Dream? A "Windy" Study',
    abstract: sentence('kites').repeat(2),
    authors: 1,
    date: 'Nov 29, 2024',
    comments: 2,
  },
  {
    title: 'Small Boats: Big Batches',
    abstract: sentence('boats').repeat(4),
    authors: 11,
    date: 'Mar 6',
    comments: 13,
  },
]

/** A page as it comes out of a browser when all of it is copied. */
function copiedPage(papers: readonly Copied[], day = 'Dec 29'): string {
  const head = ['new', 'Get trending papers in your email inbox!', 'Subscribe', 'Daily Papers']
  const bodies = papers.map(({ title, abstract, authors, date, comments }) =>
    [
      title,
      abstract.trim(),
      `  • ${authors} ${authors === 1 ? 'author' : 'authors'}\n·\n${date}${comments === undefined ? '' : ` ${comments}`}`,
    ].join('\n\n'),
  )
  return [...head, 'byAK and the research community', day, ...bodies].join('\n\n')
}

function withFile(name: string, content: string | Uint8Array) {
  const folder = temporaryFolder()
  const path = join(folder.path, name)
  writeFileSync(path, content)
  return { path, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

/** The latest 29 December up to now, in UTC. */
const lastDecember29 = () => {
  const today = new Date().toISOString().slice(0, 10)
  const year = Number(today.slice(0, 4))
  return today >= `${year}-12-29` ? `${year}-12-29` : `${year - 1}-12-29`
}

describe('importing a page copied as text', () => {
  it('brings its papers in their order, with what the page says of them', async () => {
    using file = withFile('page.txt', copiedPage(COPIED))
    using program = installed()
    const { status, out, err } = await program.run('import', file.path)
    expect([status, err]).toEqual([0, ''])
    expect(out).toMatch(/^3 papers, 3 new — .*page\.txt, a Daily Papers page \(text\)\n$/)
    const day = lastDecember29()
    expect(await program.json('list')).toMatchObject(
      COPIED.map(({ title, abstract, authors, comments }) => ({
        title,
        abstract: abstract.trim(),
        ...{ authors: [], authorCount: authors, comments: comments ?? 0, submittedOn: day },
        ...{ url: null, hubUrl: null, origin: 'page', read: false },
      })),
    )
    const dates = (await program.json('list')).map(({ publishedOn }) => publishedOn)
    expect(dates).toEqual(['2024-06-12', '2024-11-29', `${day.slice(0, 4)}-03-06`])
  })

  it('takes the day from --date where it is given', async () => {
    using file = withFile('page.txt', copiedPage(COPIED))
    using program = installed()
    const papers = await program.json('import', file.path, '--date', '2025-12-29')
    expect(papers.map(({ submittedOn }) => submittedOn)).toEqual(Array(3).fill('2025-12-29'))
    expect(papers[2]?.publishedOn).toBe('2025-03-06')
  })

  it('a second time changes nothing: marks, order and ids stay', async () => {
    using file = withFile('page.txt', copiedPage(COPIED))
    using program = installed()
    await program.run('import', file.path)
    const [first, second] = await program.json('list')
    await program.run('mark', first?.id ?? '', '--read')
    await program.run('mark', second?.id ?? '', '--star')
    const before = await program.json('list')
    expect(before.map(({ read, starred }) => [read, starred])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ])
    expect((await program.run('import', file.path)).out).toContain('3 papers, 0 new —')
    expect(await program.json('list')).toEqual(before)
  })

  it('keeps its marks when the hub brings the same titles with their ids', async () => {
    using file = withFile('page.txt', copiedPage(COPIED))
    const day = generateDay('2025-12-29', 3)
    for (const [at, entry] of day.entries()) entry.paper.title = COPIED[at]?.title.toUpperCase() ?? ''
    const hub = await startFakeHub({ days: new Map([['2025-12-29', day]]) })
    using program = installed(hub.url)
    await program.run('import', file.path, '--date', '2025-12-29')
    const [, second] = await program.json('list')
    await program.run('mark', second?.id ?? '', '--read', '--star')
    await program.run('sync', '--date', '2025-12-29')
    await hub.close()
    expect((await program.json('list')).map(({ id, read, starred }) => [id, read, starred])).toEqual(
      day.map(({ paper }, at) => [paper.id, at === 1, at === 1]),
    )
  })

  // The page that the starter library was made from is not part of the project.
  const SEED = join(import.meta.dirname, '../../../shared/seed/daily-papers-page.txt')
  const seed = (() => {
    try {
      return readFileSync(SEED, 'utf8')
    } catch {
      return null
    }
  })()

  it.skipIf(seed === null)('joins a real page with the starter library', async () => {
    using program = installed()
    const starter = await program.json('list')
    await program.run('mark', starter[4]?.id ?? '', '--read')
    const { status, out } = await program.run('import', SEED, '--date', '2025-12-29')
    expect([status, out.split(',')[0]]).toEqual([0, '45 papers'])
    const papers = await program.json('list')
    expect(papers).toHaveLength(45)
    expect(papers.filter(({ read }) => read).map(({ id }) => id)).toEqual([starter[4]?.id])
    expect(new Set(papers.map(({ origin }) => origin))).toEqual(new Set(['page']))
  })
})

describe('importing other files', () => {
  const entries = generateDay('2025-12-01', 4)
  const ids = entries.map(({ paper }) => paper.id)
  const props = JSON.stringify({ dateString: '2025-12-01', dailyPapers: entries })
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
  const entry = (id: string) =>
    `<entry><id>http://arxiv.org/abs/${id}v2</id><published>2025-11-30T18:00:00Z</published><title>Of ${id}</title><summary>Words.</summary><author><name>Ada Marsh</name></author></entry>`

  it.each<[string, string, string, string | null]>([
    ['the API’s JSON', 'a.json', JSON.stringify(entries), '2025-12-01'],
    ['one paper’s JSON', 'b.json', JSON.stringify(entries[0]?.paper), '2025-12-01'],
    [
      'a saved page',
      'c.html',
      `<!doctype html><div data-target="DailyPapers" data-props="${props}"></div>`,
      '2025-12-01',
    ],
    [
      'an arXiv feed',
      'd.xml',
      `<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">${ids.map(entry).join('')}</feed>`,
      '2025-11-30',
    ],
  ])('reads %s, whatever its name', async (_, name, content, day) => {
    using file = withFile(`${name}.saved`, content)
    using program = installed()
    const papers = await program.json('import', file.path)
    expect(papers.map(({ id }) => id)).toEqual(ids.slice(0, papers.length))
    expect(new Set(papers.map(({ submittedOn }) => submittedOn))).toEqual(new Set([day]))
    expect(await program.json('list')).toHaveLength(papers.length)
  })

  it('takes several files in one go', async () => {
    using one = withFile('one.txt', copiedPage(COPIED))
    using two = withFile('two.json', JSON.stringify(entries))
    using program = installed()
    const { status, out } = await program.run('import', one.path, two.path)
    expect([status, out.trimEnd().split('\n').length]).toEqual([0, 2])
    expect(await program.json('list')).toHaveLength(7)
  })

  it('leaves out what of a list cannot be read, and says so', async () => {
    using file = withFile('a.json', JSON.stringify([...entries, { paper: { id: 'no id', title: 'x' } }]))
    using program = installed()
    const { status, err } = await program.run('import', file.path)
    expect(status).toBe(0)
    expect(err).toMatch(/entry 5 left out: no arXiv id/)
    expect(await program.json('list')).toHaveLength(4)
  })

  it('lets nothing through that a terminal would obey', async () => {
    const hostile = 'Red\u001b[31m \u202etitle\u0007 \u009b2J of\u200b boats'
    using file = withFile(
      'a.json',
      JSON.stringify([{ paper: { ...entries[0]?.paper, title: hostile, summary: hostile } }]),
    )
    using program = installed()
    await program.run('import', file.path)
    const { out } = await program.run('list')
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/)
    expect(out).toContain('Red title')
  })

  // A letter of many consonants may take more cells than a line has. A loop over it would never end.
  it('shows a paper whose title is one letter wider than the screen', async () => {
    const title = `Wide ${'\u0915\u094d'.repeat(200)}\u0937`
    using file = withFile('a.json', JSON.stringify([{ paper: { ...entries[0]?.paper, title } }]))
    using program = installed()
    await program.run('import', file.path)
    const { status, signal, out } = await ended(program, ['show', ids[0] ?? ''])
    expect({ status, signal }).toEqual({ status: 0, signal: null })
    expect(out).toContain('Wide')
  })
})

/** Runs a command and kills it where it seems to run for ever. */
async function ended(program: Program, args: string[]) {
  const child = program.start(args, { nodeArgs: ['--max-old-space-size=256'] })
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
  return await finished(child).finally(() => clearTimeout(timer))
}

describe('a file that is none of these', () => {
  it.each<[string, string, string | Uint8Array, string]>([
    ['an empty file', 'a.txt', '', 'it is empty'],
    ['blank lines', 'a.txt', ' \n\n \n', 'it is empty'],
    ['a binary file', 'a.bin', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 1, 2, 3]), 'binary'],
    ['text of another encoding', 'a.txt', Uint8Array.from([0x44, 0xe4, 0xf6, 0xfc, 0xff]), 'UTF-8'],
    ['half of an API answer', 'a.json', '[{"paper": {"id": "2501.00001", "title": "Half', 'complete JSON'],
    ['JSON of another kind', 'a.json', '{"name": "something else"}', 'not a list'],
    ['another HTML page', 'a.html', '<!doctype html><title>Recipes</title><p>Soup', 'without Daily Papers'],
    ['other XML', 'a.xml', '<?xml version="1.0"?><rss><channel/></rss>', 'no arXiv Atom feed'],
    ['half of a feed', 'a.xml', '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http', 'cut off'],
    ['a letter', 'a.txt', 'Dear reader,\n\nthis is no page of papers.\n', 'no Daily Papers page'],
  ])('%s is refused with a reason, and the library is left as it was', async (_, name, content, reason) => {
    using file = withFile(name, content)
    using good = withFile('good.txt', copiedPage(COPIED))
    using program = installed()
    await program.run('list')
    const before = program.fingerprint()
    const { status, out, err } = await program.run('import', good.path, file.path)
    expect([status, out]).toEqual([1, ''])
    expect(err).toContain(reason)
    expect(err).toContain(name)
    expect(err).not.toMatch(/\n\s+at /)
    expect(program.fingerprint()).toBe(before)
  })
})
