import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Config, parseConfig, readConfig } from '../src/config.ts'
import { temporaryFolder } from './support/papers.ts'

type Said = Omit<Config, 'origins'>
const NOTHING: Said = {
  ...{ arxiv: [], feeds: [], enrich: true },
  ...{ markRead: 'open', markReadAfter: 5, pdfFolder: null, images: 'auto' },
  ...{
    theme: 'terminal',
    ascii: false,
    split: 55,
    mouse: true,
    windowTitle: true,
    progress: true,
    notify: true,
  },
  ...{ keys: [], problems: [] },
}
const said = ({ origins: _, ...rest }: Config): Said => rest
const parse = (...lines: string[]) => said(parseConfig(lines.join('\n'), 'config.toml'))

describe('a configuration', () => {
  it('says what is followed', () => {
    const config = parse(
      '# What I read',
      '[sources]',
      'arxiv = ["cs.CL", "math.PR", "hep-th", "cond-mat.dis-nn", "cs"]',
      'feeds = [',
      '  "https://tides.example/rss", # weekly',
      "  'http://lamps.example',",
      ']',
      'enrich = false',
    )
    expect(config).toEqual({
      ...NOTHING,
      arxiv: ['cs.CL', 'math.PR', 'hep-th', 'cond-mat.dis-nn', 'cs'],
      feeds: ['https://tides.example/rss', 'http://lamps.example/'],
      enrich: false,
      pdfFolder: null,
      images: 'auto',
      keys: [],
      problems: [],
    })
  })

  it('may be written with dots, or with everything on one line', () => {
    expect(parse('sources.arxiv = ["cs.CL"]').arxiv).toEqual(['cs.CL'])
    expect(parse('sources = { arxiv = ["cs.CL"] }').arxiv).toEqual(['cs.CL'])
  })

  it('that says something twice says it once', () => {
    const { arxiv, feeds, problems } = parse(
      '[sources]',
      'arxiv = ["cs.CL", " cs.CL "]',
      'feeds = ["https://tides.example", "https://TIDES.example/"]',
    )
    expect([arxiv, feeds, problems]).toEqual([['cs.CL'], ['https://tides.example/'], []])
  })

  it.each(['', '\n', '# nothing\n', '[sources]\n', '[sources]\r\narxiv = []\r\n'])(
    'may be empty: %j',
    (text) => {
      expect(said(parseConfig(text, 'config.toml'))).toEqual(NOTHING)
    },
  )
})

describe('the folder for PDFs', () => {
  it.each([
    ['pdf_folder = "/srv/papers"', '/srv/papers'],
    ['pdf_folder = "~/Papers"', join(homedir(), 'Papers')],
    ['pdf_folder = " ~ "', homedir()],
  ])('%s', (line, folder) => {
    expect(parse('[reading]', line)).toEqual({ ...NOTHING, pdfFolder: folder })
  })

  it('stands beside how pictures are shown', () => {
    expect(parse('[reading]', 'images = "blocks"')).toEqual({ ...NOTHING, images: 'blocks' })
  })

  it.each([
    [
      'pdf_folder = "Papers"',
      /line 2, column \d+: pdf_folder is “Papers”, which is no whole path\. Write pdf_folder = /,
    ],
    [
      'pdf_folder = 7',
      /line 2, column \d+: pdf_folder is a number, not a text in quotes\. Write pdf_folder = /,
    ],
    [
      'images = "sixel"',
      /line 2, column \d+: images is “sixel”\. Write images = "auto", "blocks" or "off"\.$/,
    ],
    ['images = true', /line 2, column \d+: images is true or false\. Write images = /],
    ['feeds = []', /line 2, column \d+: \[reading\] has no setting “feeds”\. It belongs to \[sources\]\./],
    [
      'pdf_foldr = "/x"',
      /line 2, column \d+: \[reading\] has no setting “pdf_foldr”\. Did you mean pdf_folder\?/,
    ],
  ])('%s makes no sense', (line, problem) => {
    expect(parse('[reading]', line)).toEqual({ ...NOTHING, problems: [expect.stringMatching(problem)] })
  })
})

describe('how one reads and how it looks', () => {
  it.each<[string, string, Partial<Said>]>([
    ['reading', 'mark_read = "after"\nmark_read_after = 30', { markRead: 'after', markReadAfter: 30 }],
    ['looks', 'theme = "dark"\nascii = true', { theme: 'dark', ascii: true }],
    [
      'looks',
      'split = 20\nwindow_title = false\nprogress = false\nnotify = false',
      { split: 20, windowTitle: false, progress: false, notify: false },
    ],
  ])('[%s] %s', (section, line, values) => {
    expect(parse(`[${section}]`, line)).toEqual({ ...NOTHING, ...values })
  })

  it.each([
    [
      'reading',
      'mark_read = "soon"',
      /line 2, column \d+: mark_read is “soon”\. Write mark_read = "open", "after" or "never"\.$/,
    ],
    [
      'reading',
      'mark_read_after = 0',
      /line 2, column \d+: mark_read_after is 0, not a whole number from 1 to 600\. Write mark_read_after = 5\.$/,
    ],
    ['reading', 'mark_read_after = 2.5', /line 2, column \d+: mark_read_after is 2\.5, not a whole number/],
    ['looks', 'split = "half"', /line 2, column \d+: split is a text, not a whole number from 20 to 80/],
    [
      'looks',
      'split = 9223372036854775807',
      /line 2, column \d+: split is 9223372036854775807, not|line 2, column \d+: this is not TOML/,
    ],
    ['looks', 'ascii = 1', /line 2, column \d+: ascii is a number, not true or false/],
    [
      'looks',
      'mark_read = "never"',
      /line 2, column \d+: \[looks\] has no setting “mark_read”\. It belongs to \[reading\]/,
    ],
  ])('[%s] %s makes no sense', (section, line, problem) => {
    expect(parse(`[${section}]`, line)).toEqual({ ...NOTHING, problems: [expect.stringMatching(problem)] })
  })

  it('knows on which line a setting stands, and whether it counts', () => {
    const { origins } = parseConfig(
      '# mine\n[looks]\ntheme = "dark"\nsplit = 95\n[sources]\narxiv = ["cs.CL", 7]\n',
      'config.toml',
    )
    expect(Object.fromEntries(origins)).toEqual({
      theme: { line: 3, counts: true },
      split: { line: 4, counts: false },
      arxiv: { line: 6, counts: true },
    })
  })

  it.each([
    ['theme = "dark', 9, 'a text ends with the quote that it begins with'],
    ['theme = dark', 9, 'a value is a text in quotes, a number, true, false or a [list] of these'],
    ['[reading', 2, 'the name of a section stands between [ and ]'],
    ['theme', 1, 'a setting is written as name = value'],
    ['  split = 95', 11, 'split is 95, not a whole number from 20 to 80'],
    ['  spilt = 50', 3, 'has no setting “spilt”. Did you mean split?'],
  ])('%s: the column is told, and what was expected', (line, column, what) => {
    const [problem] = parse('[looks]', line).problems
    expect(problem).toContain(`config.toml, line 2, column ${column}: `)
    expect(problem).toContain(what)
  })
})

describe('what makes no sense costs itself and a line', () => {
  const GOOD = 'arxiv = ["cs.CL"]'
  it.each([
    ['feed = []', /line 3, column \d+: \[sources\] has no setting “feed”\. Did you mean feeds\?$/],
    ['Arxiv = []', /line 3, column \d+: .*“Arxiv”\. Did you mean arxiv\?$/],
    ['journals = []', /line 3, column \d+: .*“journals”\. There are arxiv, feeds, enrich\.$/],
    ['"__proto__" = []', /line 3, column \d+: .*“__proto__”/],
    [
      'feeds = "https://tides.example"',
      /line 3, column \d+: feeds is a text, not a list\. Write feeds = \["https:/,
    ],
    ['feeds = 2025-01-06', /line 3, column \d+: feeds is a date, not a list/],
    [
      'feeds = [1979, "https://tides.example"]',
      /line 3, column \d+: feeds holds a number, not a text in quotes/,
    ],
    ['enrich = "no"', /line 3, column \d+: enrich is a text, not true or false\. Write enrich = true\.$/],
    [
      'feeds = [\n"https://ok.example",\n"tides.example/rss"]',
      /line 5, column \d+: “tides\.example\/rss” is no web address/,
    ],
    [
      'feeds = ["ftp://me:secret@tides.example"]',
      /line 3, column \d+: “ftp:\/\/…@tides\.example” is no web address/,
    ],
    ['feeds = ["\\u0066eed"]', /^config\.toml: “feed” is no web address/],
    ['[source]', /line 3, column \d+: there is no section “source”\. Did you mean sources\?$/],
    [
      '[colours]',
      /line 3, column \d+: there is no section “colours”\. There are sources, reading, looks, keys\.$/,
    ],
    [
      'feeds = [nope]',
      /line 3, column \d+: this is not TOML \(a value is a text in .*\) and is passed over; the rest of the file counts/,
    ],
    ['feeds', /line 3, column \d+: this is not TOML/],
    ['feeds = ["https://tides.example"\nenrich = true', /line 3, column \d+: this is not TOML/],
    ['arxiv = ["math.PR"]', /line 3, column \d+: this is not TOML \(it is said twice/],
  ])('%s', (line, problem) => {
    const config = parse('[sources]', GOOD, line)
    expect(config.problems).toEqual([expect.stringMatching(problem)])
    expect(config.arxiv).toEqual(['cs.CL'])
    expect(config.enrich).toBe(true)
  })

  it.each(['cs.CL, math.PR', 'CS.CL', 'cs.', 'cs CL', '', '2501.00001'])(
    '%j, which is no category',
    (category) => {
      const { arxiv, problems } = parse(
        '[sources]',
        `arxiv = ["hep-th", ${JSON.stringify(category)}, "cs.CL"]`,
      )
      expect(arxiv).toEqual(['hep-th', 'cs.CL'])
      expect(problems).toEqual([
        `config.toml, line 2, column 20: “${category}” is no arXiv category. Write it as arXiv does: cs.CL, math.PR, hep-th.`,
      ])
    },
  )

  it('a setting outside of its section', () => {
    expect(parse('feeds = []', '[sources]', GOOD)).toEqual({
      ...NOTHING,
      arxiv: ['cs.CL'],
      problems: [
        'config.toml, line 1, column 1: feeds stands outside of its section. Put it below a line that says [sources].',
      ],
    })
  })

  it('sources that are no section', () => {
    expect(parse('sources = ["cs.CL"]').problems).toEqual([
      'config.toml, line 1, column 1: sources is a list, not a section. Write [sources].',
    ])
  })

  it('every one of several', () => {
    const { arxiv, feeds, problems } = parse(
      '[sources]',
      'arxiv = ["cs.CL"',
      'feeds = ["https://tides.example"]',
      'enrich = yes',
      '[[',
    )
    expect([arxiv, feeds]).toEqual([[], ['https://tides.example/']])
    expect(problems.map((problem) => problem.slice(0, 30))).toEqual([
      expect.stringContaining('line 2'),
      expect.stringContaining('line 4'),
    ])
  })

  it('a line of a list', () => {
    const { feeds, problems } = parse('[sources]', 'feeds = [', '"https://tides.example/",', 'oh,', ']', GOOD)
    expect([feeds, problems]).toEqual([['https://tides.example/'], [expect.stringContaining('line 4')]])
  })

  it('a file that is no TOML at all, with an end to the complaints', () => {
    const { problems, ...rest } = said(parseConfig('a = = b\n'.repeat(10_000), 'config.toml'))
    expect({ ...rest, problems: [] }).toEqual(NOTHING)
    expect(problems.length).toBeLessThan(50)
  })
})

describe('a configuration file', () => {
  it('that is not there is an empty one', () => {
    using folder = temporaryFolder()
    expect(said(readConfig(join(folder.path, 'config.toml')))).toEqual(NOTHING)
    writeFileSync(join(folder.path, 'file'), '')
    expect(said(readConfig(join(folder.path, 'file', 'config.toml')))).toEqual(NOTHING)
  })

  it('is read as UTF-8, with or without a mark at its beginning', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'config.toml')
    writeFileSync(file, '\ufeff[sources]\nfeeds = ["https://tides.example/ströme"]\n')
    expect(said(readConfig(file))).toEqual({ ...NOTHING, feeds: ['https://tides.example/str%C3%B6me'] })
  })

  it.each<[string, (file: string) => void, RegExp]>([
    ['a folder', (file) => mkdirSync(file), /: it is no file\. Move it away/],
    [
      'no text',
      (file) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00])),
      /: it is no UTF-8 text\. Save it/,
    ],
    ['far too large', (file) => writeFileSync(file, '#'.repeat(1_000_001)), /: it is larger than 1 MB/],
  ])('that is %s is a problem and nothing more', (_, make, problem) => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'config.toml')
    make(file)
    const { problems, ...config } = said(readConfig(file))
    expect({ ...config, problems: [] }).toEqual(NOTHING)
    expect(problems).toEqual([expect.stringMatching(problem)])
    expect(problems[0]).toContain(`${file}: `)
  })

  // Root may read everything.
  it.skipIf(process.getuid?.() === 0)('that may not be read is a problem', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'config.toml')
    writeFileSync(file, '[sources]')
    chmodSync(file, 0)
    expect(readConfig(file).problems).toEqual([expect.stringContaining('Check its permissions')])
  })
})

it('any text is a configuration, and its problems are clean lines', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '[sources]',
      '[sources',
      'arxiv = ["cs.CL"]',
      'feeds = [',
      '"https://tides.example",',
      ']',
      '"""',
    ),
    fc.constantFrom(
      'enrich = true',
      'sources.feeds = [[]]',
      '[[sources]]',
      'arxiv = {a = "\u001b[2J"}',
      "'\u202e' = 1",
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  )
  const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, (given) => {
      const { arxiv, feeds, enrich, problems } = parseConfig(given, 'config.toml')
      for (const category of arxiv) expect(category).toMatch(/^[A-Za-z.-]+$/)
      for (const feed of feeds) expect(new URL(feed).protocol).toMatch(/^https?:$/)
      expect(typeof enrich).toBe('boolean')
      for (const problem of problems)
        expect(problem).toMatch(/^config\.toml[,:] [^\p{Cc}\p{Bidi_Control}]+$/u)
    }),
    { numRuns: 1000 },
  )
})
