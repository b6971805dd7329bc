// One setting changes, and nothing else: not a comment, not an order, not a line ending.

import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SETTINGS, type SettingKey } from '../../src/config/settings.ts'
import { withSetting, writeSetting } from '../../src/config/write.ts'
import { parseConfig } from '../../src/config.ts'
import { temporaryFolder } from '../support/papers.ts'

const MINE = `# mine
[sources]
feeds = [
  "https://a.example/",   # weekly
  "https://b.example/",
]

[looks] # how it looks
theme = "dark"  # at night
split = 40

[keys]
quit = "Q"
`

describe('a changed setting', () => {
  it.each<[SettingKey, unknown, string, string]>([
    ['theme', 'light', 'theme = "dark"  # at night', 'theme = "light"  # at night'],
    ['split', 60, 'split = 40', 'split = 60'],
    ['ascii', true, 'split = 40', 'split = 40\nascii = true'],
    ['enrich', false, '  "https://b.example/",\n]', '  "https://b.example/",\n]\nenrich = false'],
    ['markRead', 'never', 'quit = "Q"\n', 'quit = "Q"\n\n[reading]\nmark_read = "never"\n'],
    ['split', undefined, 'split = 40\n', ''],
    [
      'feeds',
      ['https://c.example/'],
      'feeds = [\n  "https://a.example/",   # weekly\n  "https://b.example/",\n]',
      'feeds = ["https://c.example/"]',
    ],
  ])('%s = %j replaces just that', (key, value, before, after) => {
    expect(withSetting(MINE, key, value)).toBe(MINE.replace(before, after))
  })

  it('keeps line endings, and begins a file where there is none', () => {
    const windows = MINE.replaceAll('\n', '\r\n')
    expect(withSetting(windows, 'split', 60)).toBe(windows.replace('split = 40', 'split = 60'))
    expect(withSetting('', 'theme', 'dark')).toBe('[looks]\ntheme = "dark"\n')
    expect(withSetting('', 'theme', undefined)).toBe('')
  })

  it.each([
    ['an inline section', 'looks = { theme = "dark" }\n'],
    ['a dotted name', 'looks.theme = "dark"\n'],
  ])('is refused where it stands in %s', (_what, text) => {
    expect(() => withSetting(text, 'theme', 'light')).toThrow(/only you can change/)
  })

  it('keeps each line’s own ending, its place and a mark at the beginning', () => {
    const odd = '\ufeff[looks]\r\n  split  =  40 # “#” \r\ntheme = "dark"\nascii = true'
    expect(withSetting(odd, 'split', 60)).toBe(odd.replace('40', '60'))
    expect(withSetting(odd, 'theme', 'light')).toBe(odd.replace('dark', 'light'))
    expect(withSetting(odd, 'ascii', undefined)).toBe(odd.replace('ascii = true', ''))
    expect(withSetting(odd, 'progress', false)).toBe(`${odd}\r\nprogress = false\r\n`)
  })

  it('goes before the comment of the next section, and after the last of its own', () => {
    const text = '[looks]\n# split = 40\n\n# my keys\n[keys]\nquit = "Q"\n'
    expect(withSetting(text, 'ascii', true)).toBe(
      text.replace('# split = 40\n', '# split = 40\nascii = true\n'),
    )
  })

  it('may be a path from home, or an address that is read in another way', () => {
    expect(withSetting('', 'pdfFolder', '~/Papers')).toBe('[reading]\npdf_folder = "~/Papers"\n')
    expect(withSetting('', 'feeds', ['https://a.example'])).toBe('[sources]\nfeeds = ["https://a.example"]\n')
  })

  it.each<[SettingKey, unknown, RegExp]>([
    ['split', 999, /^split is 999, not a whole number from 20 to 80\. Write split = 55\.$/],
    ['theme', 'pink', /^theme is “pink”\. Write theme = "terminal"/],
    ['arxiv', ['cs.CL', '3\u001b[2J'], /^“3” is no arXiv category/],
  ])('%s = %j is refused with what is wrong with it', (key, value, why) => {
    expect(() => withSetting(MINE, key, value)).toThrow(why)
  })

  it.each([
    ['a line', '[looks]\nsplit = = 40\n', 'split', 50],
    ['a list', '[sources]\nfeeds = [\n "https://a.example/",\n oops\n]\n', 'feeds', []],
    ['a list without an end', '[sources]\nfeeds = [\n "https://a.example/"\n[looks]\n', 'feeds', []],
  ] as const)(
    'is refused where %s of it cannot be read, and the line is named',
    (_what, text, key, value) => {
      expect(() => withSetting(text, key, value)).toThrow(/^line 2 of the file is not TOML\./)
    },
  )

  it('counts beside a line that cannot be read, which stays', () => {
    expect(withSetting('[looks]\nsplit = 40\ntheme = = 3\n', 'split', 50)).toBe(
      '[looks]\nsplit = 50\ntheme = = 3\n',
    )
  })

  it('never changes a byte of any other line, whatever their endings are', () => {
    const line = fc.constantFrom(
      ...[
        '# a comment',
        '',
        '   ',
        '[looks]',
        '[keys]',
        'quit = "Q"',
        'theme = "dark" # at night',
        'nope = 1',
      ],
      ...['[sources]', 'enrich = false', 'split = 40', '\tascii=true', 'theme = = 1', 'feeds = [', ']'],
    )
    const text = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 12 })
      .map((lines) => lines.map(([said, end]) => said + end).join(''))
    fc.assert(
      fc.property(text, fc.boolean(), fc.integer({ min: 20, max: 80 }), (said, marked, split) => {
        const before = marked ? `\ufeff${said}` : said
        let after: string
        try {
          after = withSetting(before, 'split', split)
        } catch (error) {
          // Refused, and so nothing is written.
          expect(String(error)).toMatch(/is not TOML|only you can change/)
          return
        }
        const linesOf = (all: string) =>
          (all.replace('\ufeff', '').match(/[^\n]*\n|[^\n]+/g) ?? []).filter((one) => !/split/.test(one))
        const [old, now] = [linesOf(before), linesOf(after)]
        expect(now.slice(0, old.length)).toEqual(old)
        expect(now.slice(old.length).join('').trim()).toMatch(/^(?:\[looks\])?$/)
        expect(after.startsWith('\ufeff')).toBe(marked)
        expect(parseConfig(after.replace('\ufeff', ''), '').split).toBe(split)
      }),
      { numRuns: 400 },
    )
  })

  it('never changes another setting, nor a line that is not its own', () => {
    const value: Record<string, fc.Arbitrary<unknown>> = {
      theme: fc.constantFrom('terminal', 'light', 'dark', 'contrast', 'mono'),
      ascii: fc.boolean(),
      split: fc.integer({ min: 20, max: 80 }),
      enrich: fc.boolean(),
      markRead: fc.constantFrom('open', 'after', 'never'),
      markReadAfter: fc.integer({ min: 1, max: 600 }),
      feeds: fc.uniqueArray(fc.constantFrom('https://a.example/', 'https://b.example/#c')),
    }
    const change = fc
      .constantFrom(...(Object.keys(value) as SettingKey[]))
      .chain((key) =>
        fc.tuple(fc.constant(key), fc.option(value[key] as fc.Arbitrary<unknown>, { nil: undefined })),
      )
    fc.assert(
      fc.property(
        fc.constantFrom('', MINE, '# only this', MINE.trimEnd()),
        fc.array(change, { maxLength: 8 }),
        (text, changes) => {
          let now = text
          const wanted = new Map<SettingKey, unknown>()
          for (const [key, to] of changes) {
            now = withSetting(now, key, to)
            wanted.set(key, to === undefined ? SETTINGS[key].otherwise : to)
          }
          const read = parseConfig(now, '')
          expect(read.problems).toEqual([])
          const first = parseConfig(text, '')
          for (const key of Object.keys(SETTINGS) as SettingKey[])
            expect(read[key]).toEqual(wanted.has(key) ? wanted.get(key) : first[key])
          for (const comment of text.match(/^\s*#.*$/gm) ?? []) expect(now).toContain(comment)
          expect(read.keys).toEqual(first.keys.map((one) => ({ ...one, place: expect.anything() })))
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('the file', () => {
  it('is written whole beside its place, with the permissions that it had', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'config', 'config.toml')
    writeSetting(file, 'theme', 'dark')
    expect(readFileSync(file, 'utf8')).toBe('[looks]\ntheme = "dark"\n')
    chmodSync(file, 0o600)
    writeSetting(file, 'ascii', true)
    expect(readFileSync(file, 'utf8')).toBe('[looks]\ntheme = "dark"\nascii = true\n')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(folder.path, 'config'))).toEqual(['config.toml'])
  })

  it.skipIf(process.platform === 'win32')('may be a link: what it leads to is changed', () => {
    using folder = temporaryFolder()
    const [file, kept] = [join(folder.path, 'config.toml'), join(folder.path, 'kept.toml')]
    writeFileSync(kept, '\ufeff# mine\r\n')
    symlinkSync('kept.toml', file)
    writeSetting(file, 'theme', 'dark')
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(readFileSync(kept, 'utf8')).toBe('\ufeff# mine\r\n\r\n[looks]\r\ntheme = "dark"\r\n')
    const nowhere = join(folder.path, 'nowhere.toml')
    symlinkSync('missing.toml', nowhere)
    expect(() => writeSetting(nowhere, 'theme', 'dark')).toThrow(/is a link that leads nowhere/)
    expect(readdirSync(folder.path).toSorted()).toEqual(['config.toml', 'kept.toml', 'nowhere.toml'])
  })

  it('that is none, or no text, is left as it is', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'config.toml')
    mkdirSync(file)
    expect(() => writeSetting(file, 'theme', 'dark')).toThrow(/is no file/)
    const other = join(folder.path, 'other.toml')
    writeFileSync(other, Buffer.from([0xff, 0xfe]))
    expect(() => writeSetting(other, 'theme', 'dark')).toThrow()
    expect([...readFileSync(other)]).toEqual([0xff, 0xfe])
  })
})
