import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { installed, NOBODY, type Program } from '../support/program.ts'

let program: Program & Disposable
let before: string | null
beforeAll(async () => {
  program = installed()
  await program.run('list')
  before = program.fingerprint()
})
afterAll(() => program[Symbol.dispose]())

describe('what cannot be done', () => {
  it.each<[string, number, string[], RegExp]>([
    ['an unknown option', 2, ['list', '--nope'], /unknown option '--nope'/],
    ['an unknown option of the program', 2, ['--nope'], /unknown option '--nope'/],
    ['an unknown command', 2, ['frobnicate'], /unknown command 'frobnicate'/],
    ['a word too many', 2, ['list', 'everything'], /too many arguments/],
    ['a day that is none', 2, ['list', '--date', '2025-02-30'], /YYYY-MM-DD/],
    ['a day written otherwise', 2, ['sync', '--date', '12/29/2025'], /YYYY-MM-DD/],
    ['a day to come', 2, ['sync', '--date', '2999-01-01'], /yet to come/],
    ['days to come', 2, ['sync', '--since', '2025-01-01', '--until', '2999-01-01'], /yet to come/],
    ['days the wrong way round', 2, ['sync', '--since', '2025-02-01', '--until', '2025-01-01'], /after/],
    ['an end without a beginning', 2, ['sync', '--until', '2025-01-01'], /--since/],
    ['a day and days', 2, ['sync', '--date', '2025-01-01', '--since', '2025-01-01'], /cannot be used with/],
    ['a week that is none', 2, ['sync', '--week', '2025-W54'], /no week/],
    ['a month that is none', 2, ['sync', '--month', '2025-13'], /no week .* or month/],
    [
      'a category that is none',
      2,
      ['sync', '--harvest', 'chemistry', '--since', '2020'],
      /no arXiv category/,
    ],
    ['a harvest without a beginning', 2, ['sync', '--harvest', 'cs.CL'], /--since/],
    ['two ways to say what is wanted', 2, ['sync', '--all', '--trending'], /cannot be used with/],
    ['a year that is none', 2, ['sync', '--since', '20x5'], /YYYY-MM-DD/],
    ['a limit of nothing', 2, ['list', '--limit', '0'], /whole number from 1/],
    ['a limit that is no number', 2, ['search', 'x', '--limit', 'ten'], /whole number from 1/],
    ['two views at once', 2, ['list', '--unread', '--starred'], /cannot be used with/],
    ['no query', 2, ['search'], /missing required argument/],
    ['no id', 2, ['show'], /missing required argument/],
    ['no file', 2, ['import'], /missing required argument/],
    ['a malformed id', 2, ['show', 'not-an-id'], /no paper’s id/],
    ['a malformed id to mark', 2, ['mark', '1234', '--read'], /no paper’s id/],
    ['an unknown id', 1, ['show', '9999.99999'], /has no paper 9999\.99999/],
    ['an unknown id to mark', 1, ['mark', '9999.99999', '--read'], /has no paper 9999\.99999/],
    ['an unknown title', 1, ['show', 'title:nothing-like-it-0123abcd'], /has no paper/],
    ['no mark', 2, ['mark', '2309.12288'], /Say how to mark/],
    ['two tags that are none', 2, ['mark', '2309.12288', '--tag', '!!'], /is no tag/],
    ['two marks at once', 2, ['mark', '2309.12288', '--read', '--unread'], /cannot be both/],
    ['a missing file', 1, ['import', 'no-such-file.txt'], /no-such-file\.txt.*no such file/],
    ['a folder', 1, ['import', '.'], /it is a folder/],
    [
      'a hub that is not there',
      3,
      ['sync', '--date', '2025-12-01'],
      /127\.0\.0\.1:1 cannot be reached.*network/,
    ],
  ])('%s ends with status %i and says why on standard error', async (_, status, args, why) => {
    const result = await program.run(...args)
    expect(result).toMatchObject({ status, signal: null })
    expect(result.err).toMatch(why)
    expect(result.err).not.toMatch(/\n\s+at |node:internal/)
    // A sync prints what it could bring, and takes its turn in the library; whatever else fails leaves no trace.
    if (status === 3) return
    expect(result.out).toBe('')
    expect(program.fingerprint()).toBe(before)
  })

  it.each([
    [['list', '--nope']],
    [['show', '9999.99999']],
    [['show', 'not-an-id']],
    [['mark', '2309.12288']],
    [['import', 'no-such-file.txt']],
    [['sync', '--date', '2999-01-01']],
  ])('%j with --json prints nothing on standard output', async (args) => {
    const { status, out, err } = await program.run(...args, '--json')
    expect([status, out]).toEqual([expect.toSatisfy((code) => code === 1 || code === 2), ''])
    expect(err).not.toBe('')
  })

  it('a hub that is not there still gives one JSON value', async () => {
    const { status, out } = await program.run('sync', '--date', '2025-12-01', '--json')
    expect([status, JSON.parse(out)]).toEqual([3, []])
  })

  it.each(['huggingface.co', 'ftp://example.org', 'http://'])(
    'HF_ENDPOINT=%s is wrong usage',
    async (endpoint) => {
      using other = installed(endpoint)
      const { status, err } = await other.run('sync')
      expect(status).toBe(2)
      expect(err).toContain('HF_ENDPOINT')
    },
  )

  it('a library that is none ends with status 1 and stays as it is', async () => {
    using other = installed()
    mkdirSync(dirname(other.libraryFile), { recursive: true })
    writeFileSync(other.libraryFile, 'A diary, not a library. '.repeat(99))
    const torn = other.fingerprint()
    for (const args of [['list'], ['sync', '--date', '2025-12-01'], ['mark', '2309.12288', '--read']]) {
      const { status, out, err } = await other.run(...args)
      expect([status, out]).toEqual([1, ''])
      expect(err).toContain(other.libraryFile)
      expect(err).toContain('BROADSHEET_HOME')
    }
    expect(other.fingerprint()).toBe(torn)
  })

  it('a home that is a file ends with status 1', async () => {
    using other = installed()
    writeFileSync(other.home, 'a file')
    const { status, err } = await other.run('list')
    expect(status).toBe(1)
    expect(err).toContain(join(other.home, 'data'))
  })
})

describe('what is offered', () => {
  it.each([['--help'], ['sync', '--help'], ['mark', '--help']])('%s %s is no error', async (...args) => {
    const { status, out, err } = await program.run(...args)
    expect([status, err]).toEqual([0, ''])
    expect(out).toContain('Usage: broadsheet')
  })

  it('--version prints the version of the package', async () => {
    expect(await program.run('--version')).toMatchObject({ status: 0, out: `${manifest.version}\n`, err: '' })
  })

  it('works offline, but for the sync', async () => {
    using other = installed(NOBODY)
    expect(await other.json('list')).toHaveLength(45)
    expect((await other.run('sync')).status).toBe(3)
    expect(await other.json('list')).toHaveLength(45)
  })
})
