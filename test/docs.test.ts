import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configurationPage, keysPage, queriesPage, readmePage, sourcesPage } from '../scripts/docs.ts'
import { paperJson } from '../src/cli/print.ts'
import { storeDay } from '../src/library/intake.ts'
import { createSearcher } from '../src/search/search.ts'
import { aPaper, aRow, temporaryLibrary, wholePaper } from './support/papers.ts'

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

describe('the documentation', () => {
  it('has every key of the table (npm run docs)', () => {
    expect(read('docs/keys.md')).toBe(keysPage())
  })

  it('has every setting of the configuration (npm run docs)', () => {
    expect(read('docs/configuration.md')).toBe(configurationPage())
  })

  it('has every subcommand and option in the README (npm run docs)', () => {
    expect(readmePage(read('README.md'))).toBe(read('README.md'))
  })

  it('has every field of the query language (npm run docs)', () => {
    expect(queriesPage(read('docs/queries.md'))).toBe(read('docs/queries.md'))
  })

  it('has every fact of a paper and whose word counts for it (npm run docs)', () => {
    expect(sourcesPage(read('docs/sources.md'))).toBe(read('docs/sources.md'))
  })

  it('gives examples of queries that find what it says', () => {
    const [papers = [], queries = []] = (read('docs/queries.md').split('## Examples')[1] ?? '')
      .split(/\n\n(?=\|)/)
      .slice(1)
      .map((table) =>
        table
          .trim()
          .split('\n')
          .slice(2)
          .map((row) => row.split('|').map((cell) => cell.trim())),
      )
    using held = temporaryLibrary()
    for (const [, id = '', day = '', title = '', abstract = '', authors = '', upvotes] of papers)
      storeDay(held.library, day, [
        aPaper({ id, title, abstract, authors: authors.split(', '), upvotes: Number(upvotes) }),
      ])
    const searcher = createSearcher(held.library)
    expect(queries.length).toBeGreaterThan(15)
    for (const [, query = '', finds = ''] of queries) {
      const { ids } = searcher.search(query.slice(1, -1), 10)
      expect(`${query} ${[...ids].sort().join(' ')}`).toBe(`${query} ${finds}`)
    }
  })

  it('names every field of --json, and no other', () => {
    const paper = wholePaper(aRow())
    const table = read('README.md').split('| field | what it is |')[1]?.split('\n\n')[0] ?? ''
    const documented = table.split('\n').flatMap((line) => {
      const [, names = ''] = line.split('|')
      return Array.from(names.matchAll(/`(\w+)`/g), ([, name]) => name)
    })
    expect(documented.toSorted()).toEqual(Object.keys(paperJson(paper)).toSorted())
  })

  it('names every environment variable that the code reads, and no other', () => {
    const settings = [
      'main',
      'settings',
      'editor',
      'app/effects',
      'app/opening',
      'app/ansi',
      'cli/pager',
      'sources/http-proxy',
    ]
      .map((file) => read(`src/${file}.ts`))
      .join('')
    const names = settings.matchAll(/\benv(?:\.|, ')([A-Z_]+)/g)
    // Node reads the last of these itself.
    const inCode = new Set([...Array.from(names, ([, name]) => name), 'NODE_EXTRA_CA_CERTS'])
    inCode.delete('TERM')
    const table = read('README.md').split('| variable | what it does |')[1]?.split('\n\n')[0] ?? ''
    const documented = Array.from(table.matchAll(/^\| `(\w+)`/gm), ([, name]) => name)
    expect(documented.toSorted()).toEqual([...inCode].toSorted())
  })

  it('has pictures that exist', () => {
    for (const [, file] of read('README.md').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g))
      expect(read(file ?? '')).toMatch(/^<svg/)
  })
})
