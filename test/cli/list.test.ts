import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/app/commands.ts'
import { storeDay } from '../../src/library/intake.ts'
import { openLibrary } from '../../src/library/library.ts'
import { parseEntries } from '../../src/sources/hub.ts'
import { latexText } from '../../src/text/latex.ts'
import { generateArchive } from '../support/generate.ts'
import { finished, installed, type JsonPaper, type Program } from '../support/program.ts'

const days = generateArchive({ from: '2025-12-01', to: '2025-12-05', perDay: 60, seed: 5 })

/** The program over a library that has five days of papers. */
function filled(): Program & Disposable {
  const program = installed()
  const library = openLibrary(program.libraryFile)
  for (const [day, entries] of days)
    storeDay(
      library,
      day,
      parseEntries(entries).entries.map(({ paper }) => paper),
    )
  library.close()
  return program
}

/** The fields that the README promises. */
const documented = () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const table = readme.slice(readme.indexOf('| field |')).split('\n\n')[0] ?? ''
  return table
    .split('\n')
    .slice(2)
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, field]) => field))
}

let program: Program & Disposable
let papers: JsonPaper[]
beforeAll(async () => {
  program = filled()
  papers = await program.json('list')
})
afterAll(() => program[Symbol.dispose]())

describe('list', () => {
  it('prints every documented field of every paper, and days as YYYY-MM-DD', () => {
    expect(papers).toHaveLength(300)
    for (const paper of papers) {
      expect(Object.keys(paper).toSorted()).toEqual(documented().toSorted())
      expect(paper.submittedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(paper.publishedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(paper.authorCount).toBeGreaterThanOrEqual(Math.max(1, paper.authors.length))
    }
  })

  it('filters and cuts', async () => {
    const day = await program.json('list', '--date', '2025-12-03')
    expect(day).toEqual(papers.filter(({ submittedOn }) => submittedOn === '2025-12-03'))
    expect(await program.json('list', '--limit', '7')).toEqual(papers.slice(0, 7))
    expect(await program.json('list', '--unread', '--limit', '3')).toEqual(papers.slice(0, 3))
  })

  it('prints for people a heading a day and a line a paper', async () => {
    const { status, out, err } = await program.run('list', '--limit', '61')
    expect([status, err]).toEqual([0, ''])
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toBe('Fri 5 Dec 2025')
    expect(lines.slice(61)).toEqual(['', 'Thu 4 Dec 2025', expect.stringContaining(papers[60]?.title ?? '?')])
    for (const [at, line] of lines.slice(1, 61).entries()) {
      expect(line).toContain(papers[at]?.id)
      expect(line).toContain(papers[at]?.title)
    }
  })

  it('that finds nothing is an empty array, and for people a word on standard error', async () => {
    const { status, out } = await program.run('list', '--starred', '--json')
    expect([status, JSON.parse(out)]).toEqual([0, []])
    const text = await program.run('list', '--date', '2020-01-01')
    expect([text.status, text.out]).toEqual([0, ''])
    expect(text.err).toMatch(
      /^broadsheet: No papers listed on 2020-01-01 here\. "broadsheet sync --date 2020-01-01"/,
    )
  })

  it('writes no escape sequences', async () => {
    for (const args of [['list'], ['show', papers[0]?.id ?? ''], ['keys'], ['search', 'sparse']])
      expect((await program.run(...args)).out).not.toContain('\u001b')
  })

  it('is no error where whoever reads it goes away early', async () => {
    const child = program.start(['list', '--json'])
    const done = finished(child)
    if (child.stdout) {
      await once(child.stdout, 'data')
      child.stdout.destroy()
    }
    const { status, signal, err } = await done
    expect({ status, signal, err }).toEqual({ status: 0, signal: null, err: '' })
  })

  it('is what the program prints without arguments where there is no terminal', async () => {
    const [bare, list] = await Promise.all([program.run(), program.run('list')])
    expect(bare).toEqual(list)
    expect(bare.status).toBe(0)
  })
})

describe('search', () => {
  it('finds a paper by words of its title with a wrong letter, best first', async () => {
    const paper = papers[42] as JsonPaper
    const words = paper.title
      .split(' ')
      .map((word) => (word.length > 8 ? `${word.slice(0, 5)}${word.slice(6)}` : word))
    const found = await program.json('search', ...words)
    expect(found[0]).toEqual(paper)
    expect(found.length).toBeLessThanOrEqual(20)
  })

  it('takes no word for an option or an operator once it is quoted, and cuts', async () => {
    const { status, out } = await program.run(
      'search',
      '"sparse" OR (NEAR* attention',
      '--json',
      '--limit',
      '2',
    )
    expect(status).toBe(0)
    expect(JSON.parse(out)).toHaveLength(2)
  })

  it('that finds nothing says so and is no failure', async () => {
    const { status, out, err } = await program.run('search', 'xyzzyqwk')
    expect([status, out]).toEqual([0, ''])
    expect(err).toContain('Nothing matches')
  })
})

describe('show', () => {
  it.each([
    ['its id', (id: string) => id],
    ['its id with a version', (id: string) => `${id}v3`],
    ['its id as people quote it', (id: string) => `arXiv:${id}`],
    ['its arXiv address', (id: string) => `https://arxiv.org/abs/${id}v2`],
    ['its PDF’s address', (id: string) => `https://arxiv.org/pdf/${id}.pdf`],
    ['its address on the Hub', (id: string) => `https://huggingface.co/papers/${id}`],
  ])('takes %s', async (_, name) => {
    const paper = papers[7] as JsonPaper
    expect(await program.json('show', name(paper.id))).toEqual([paper])
  })

  it('prints title, authors, links and abstract for people', async () => {
    const paper = papers[7] as JsonPaper
    const { out } = await program.run('show', paper.id)
    const text = out.replace(/\s+/g, ' ')
    for (const part of [paper.title, paper.authors[0], paper.url, paper.hubUrl, paper.abstract])
      expect(text).toContain(latexText(part ?? '').replace(/\s+/g, ' '))
    expect(
      Math.max(...out.split('\n').map((line) => (line.startsWith('http') ? 0 : line.length))),
    ).toBeLessThanOrEqual(80)
  })
})

describe('mark', () => {
  it('marks, unmarks and prints the papers as they are now', async () => {
    using own = filled()
    const [one, two] = papers.map(({ id }) => id) as [string, string]
    const { out } = await own.run('mark', one, two, one, '--read', '--star')
    expect(out).toBe('marked read and starred 2 papers (2 changed)\n')
    expect((await own.json('list', '--starred')).map(({ id, read }) => [id, read])).toEqual([
      [one, true],
      [two, true],
    ])
    expect(await own.json('mark', `https://arxiv.org/abs/${one}`, '--unread', '--unstar')).toMatchObject([
      { id: one, read: false, starred: false },
    ])
    expect(await own.json('list', '--unread', '--limit', '2')).toMatchObject([
      { id: one },
      { id: papers[2]?.id },
    ])
  })

  it('keeps for later, hides and tags', async () => {
    using own = filled()
    const [one, two] = papers.map(({ id }) => id) as [string, string]
    const { out } = await own.run('mark', one, two, '--later', '--tag', 'To Read', '--tag', 'rl')
    expect(out).toBe('kept for later and tagged #to-read and tagged #rl 2 papers (2 changed)\n')
    expect(await own.json('mark', one, '--not-later', '--hide', '--untag', 'rl')).toMatchObject([
      { id: one, later: false, hidden: true, tags: ['to-read'] },
    ])
    expect((await own.json('list', '--later')).map(({ id }) => id)).toEqual([two])
    expect((await own.json('list', '--hidden')).map(({ id }) => id)).toEqual([one])
    expect((await own.json('list', '--limit', '1')).map(({ id }) => id)).toEqual([two])
    expect((await own.json('list', '--tag', 'rl')).map(({ id }) => id)).toEqual([two])
    expect((await own.run('list', '--tag', 'none')).err).toMatch(
      /No papers with the tag none\. "broadsheet tags"/,
    )
    expect((await own.run('tags')).out).toBe('1  rl\n1  to-read\n')
    expect((await own.run('list', '--later')).out).toMatch(/^ ◆ .* #rl #to-read$/m)
  })

  it('writes a note from a file, prints it and removes it', async () => {
    using own = filled()
    const [one = ''] = papers.map(({ id }) => id)
    const file = join(own.home, 'note.md')
    writeFileSync(file, '# Good\n\u001b[31mred')
    expect((await own.run('note', one, '--from', file)).out).toBe('# Good\nred\n')
    expect(await own.json('show', one)).toMatchObject([{ note: '# Good\n\u001b[31mred' }])
    writeFileSync(file, '')
    expect((await own.run('note', one, '--from', file)).err).toMatch(/There is no note on/)
    writeFileSync(file, Buffer.from([0xff, 0xfe]))
    expect(await own.run('note', one, '--from', file)).toMatchObject({ status: 2 })
    expect(await own.run('note', one, '--from', join(own.home, 'missing.md'))).toMatchObject({ status: 1 })
  })

  it('marks none where one of the papers is not known', async () => {
    using own = filled()
    const { status, err } = await own.run('mark', papers[0]?.id ?? '', '9999.99999', '--read')
    expect(status).toBe(1)
    expect(err).toContain('9999.99999')
    expect(await own.json('list', '--unread')).toHaveLength(300)
  })
})

describe('keys', () => {
  it('prints the whole table', async () => {
    const keys = await program.json<{ id: string; context: string; keys: string[]; title: string }[]>('keys')
    expect(new Set(keys.map(({ id }) => id))).toEqual(new Set(COMMANDS.map(({ id }) => id)))
    for (const key of keys)
      expect(Object.keys(key).toSorted()).toEqual(['changed', 'context', 'id', 'keys', 'title'])
    const { out } = await program.run('keys')
    for (const { title } of COMMANDS) expect(out).toContain(title)
  })
})

describe('the first start without a network', () => {
  it('shows the starter library, once', async () => {
    using first = installed()
    const starter = await first.json('list')
    expect(starter).toHaveLength(45)
    expect(new Set(starter.map(({ origin }) => origin))).toEqual(new Set(['starter']))
    for (const { title, abstract, read, upvotes } of starter) {
      expect(title).not.toBe('')
      expect(abstract.length).toBeGreaterThan(100)
      expect([read, upvotes]).toEqual([false, null])
    }
    expect(await first.json('list')).toEqual(starter)
  })

  it('may begin with any command that reads', async () => {
    using first = installed()
    const [paper] = await first.json('search', 'reversal', 'curse')
    using second = installed()
    expect(await second.json('show', paper?.id ?? '')).toEqual([paper])
  })

  it('leaves a library alone that a sync has found empty', async () => {
    using first = installed()
    const library = openLibrary(first.libraryFile)
    storeDay(library, '2025-12-01', [])
    library.close()
    expect((await first.run('list')).out).toBe('')
  })
})
