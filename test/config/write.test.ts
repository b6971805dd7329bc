// One setting changes, and nothing else: not a comment, not an order, not a line ending.

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
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
          expect(read.keys).toEqual(first.keys.map((one) => ({ ...one, line: expect.anything() })))
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
