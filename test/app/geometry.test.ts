import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { Statistics } from '../../src/app/statistics.ts'
import { frameText, view } from '../../src/app/view.ts'
import type { StoredPaper } from '../../src/library/papers.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import { unwrapLine } from '../../src/text/sanitise.ts'
import { type Driver, drive } from '../support/driver.ts'
import { aRow, idOf, rows, wholePaper } from '../support/papers.ts'
import { aCounting } from '../support/statistics.ts'

const COLUMNS = [1, 2, 3, 4, 5, 10, 20, 39, 40, 59, 60, 80, 99, 100, 120, 150, 200, 300]
const ROWS = [1, 2, 3, 5, 10, 24, 50, 80]

// Each screen is drawn at every width and at every height, but at every other pair of them, as on a chessboard: which half
// is another with the next screen, the next list of papers and by chance with the next run. A line is made for a width, and
// the height says which lines are shown: what is wrong at a width is so at several heights, and the other way round, and
// what only a pair of them brings about is seen on half of the screens that share it.
const HALF = Math.random() < 0.5 ? 0 : 1
const sizes = (board: number) =>
  ROWS.flatMap((height, at) =>
    COLUMNS.filter((_, across) => (at + across + board + HALF) % 2 === 0).map((columns) => ({
      columns,
      rows: height,
    })),
  )

// What a terminal would obey or reorder by: nothing of it may be on the screen.
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

const HOSTILE = [
  'A title of ten thousand letters '.repeat(313),
  '关于大型语言模型的逆转诅咒的研究'.repeat(12),
  'Families 👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈 and flags 🇳🇿🇩🇪🇯🇵 in every line '.repeat(5),
  `Ḿ̂ärks ${'a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308'.repeat(60)}`,
  'دراسة حول نماذج اللغة الكبيرة '.repeat(8),
  'מחקר על מודלי שפה גדולים '.repeat(8),
  'ക്ഷ്മ ക്ഷ്മ स्त्री क्ष्म्य กำแพง ដ្ឋ '.repeat(9),
  'ﾊﾝｶｸ ﾞﾟ 한국어 모델 ᄀᄀᄀ각 '.repeat(8),
  'Red \u001b[31m herring \u0007 \u202e reversed \u2066 isolate \r\n line\tTab \u009b2J'.repeat(3),
  '≠ ∑ ∞ → ⟨ψ|φ⟩ 𝒪(n²) ℝⁿ × ½ ① ﷽ ꧅ ⸻ 𒐫',
  'ﷺ\u200d\u200d☺\ufe0f☺\ufe0e 1\ufe0f\u20e3 ©\ufe0f',
  '',
]

const hostileRows: PaperRow[] = HOSTILE.map((title, at) =>
  aRow({
    id: idOf(at + 1),
    title: unwrapLine(title),
    firstAuthor: at % 3 === 0 ? null : unwrapLine(title).slice(0, 300),
    authorCount: [null, 1, 664, Number.MAX_SAFE_INTEGER][at % 4] ?? null,
    upvotes: [null, 0, 9_999, 10_000, 123_456_789, 4_000_000_000, Number.MAX_SAFE_INTEGER][at % 7] ?? null,
    comments: [null, 7, 9_999, 123_456, Number.MAX_SAFE_INTEGER][at % 5] ?? null,
    origin: at < 3 ? 'starter' : 'hub',
    day: at < 6 ? '2025-06-30' : at < 9 ? '2025-06-29' : '',
    read: at % 2 === 0,
    starred: at % 3 === 0,
    later: at % 4 === 1,
    hidden: at === 11,
    tags: at % 2 === 0 ? [] : ['rl', '한국어', 'a-very-long-tag-indeed-'.repeat(2)],
    noted: at % 5 === 0,
    publishedOn: at % 4 === 0 ? null : '2025-06-29',
    mutedBy: at % 2 === 0 ? null : unwrapLine(title),
    watched: at % 3 === 1,
    momentum: [null, -1_000_000, 7, Number.MAX_SAFE_INTEGER][at % 4] ?? null,
  }),
)

function longPaper(row: PaperRow): StoredPaper {
  const sentence = `${row.title || 'Untitled'} `.slice(0, 400)
  return wholePaper(row, {
    title: row.title.slice(0, 2000) || 'Untitled',
    abstract: `${sentence.repeat(6)}\n\n${'unbroken'.repeat(60)} ${sentence}`,
    authors: Array.from({ length: 664 }, (_, at) => `Author Number${at} Łukasz-中`),
    authorCount: 664,
    aiSummary: 'A summary. '.repeat(20),
    keywords: Array.from({ length: 40 }, (_, at) => `keyword ${at}`),
    organization: 'Saltmarsh Institute',
    projectPage: `https://example.org/${'path/'.repeat(60)}`,
    githubRepo: 'https://github.com/example/harbour',
    githubStars: 1,
    note: `# ${sentence}\n\n- one\n- \`two\` **three** \u001b[31m\u202e ${'x'.repeat(300)}\n\n| a | b |\n|---|---|\n| ${sentence} | c |`,
    tags: row.tags,
  })
}

type Screen = [name: string, keys: (reader: Driver) => void]
const searched = (reader: Driver, ids: string[]) => {
  reader.press('/')
  reader.type('paper title')
  reader.find(ids, ['paper', 'title', 'letters', '한국어'])
}
const calendar = (reader: Driver, ...keys: string[]) => {
  reader.press('D')
  reader.send({ type: 'calendar', today: '2025-07-01', synced: ['2025-06-30', '2025-06-27'] })
  reader.press(...keys)
}
const statistics = (reader: Driver, answer: NonNullable<Statistics['answer']>, ...keys: string[]) => {
  reader.press('I')
  reader.send({ type: 'statistics', answer })
  reader.press(...keys)
}
const most = Number.MAX_SAFE_INTEGER
const names = HOSTILE.map((name, at) => ({ name: unwrapLine(name), papers: 10 ** at }))
const hostileCounting = aCounting({
  ...{ readOn: [{ day: '2025-12-05', papers: most }], starred: most, later: most, hidden: most },
  ...{ notes: most, tags: names, authors: names, organizations: names, papers: most, days: most },
  ...{ unreadOf: [{ day: '', papers: most }], fullTexts: most, fullTextBytes: most, fileBytes: most },
})
const withTags = (reader: Driver) => {
  const tags = [
    'rl',
    'a-very-long-tag-indeed-'.repeat(2),
    '한국어',
    'दराडा',
    ...Array.from({ length: 40 }, (_, at) => `tag-${at}`),
  ]
  reader.send({ type: 'tags', tags: tags.map((tag, at) => ({ tag, papers: 10 ** (at % 9) })) })
  reader.press('t')
  reader.send({ type: 'paste', text: `${'한국어 👨‍👩‍👧‍👦 tag '.repeat(20)}t` })
}
const withSettings = (reader: Driver, ...keys: string[]) => {
  reader.press(',')
  const { policy, paint, bindings } = reader.state()
  const settings = HOSTILE.map((text, at) => ({
    ...{ key: `key${at}`, name: `looks.key_${at}`, about: unwrapLine(text), value: unwrapLine(text) },
    ...{ from: 'default', choices: null },
  }))
  reader.send({ type: 'configured', settings, policy, paint, bindings, split: null })
  reader.press(...keys)
}
const SCREENS: Screen[] = [
  ['the list', () => {}],
  ['the list at its end', (reader) => reader.press('G')],
  ['unread papers', (reader) => reader.press('2', 'j', 'm')],
  ['starred papers', (reader) => reader.press('3')],
  ['results', (reader) => searched(reader, reader.shown().toReversed())],
  [
    'results kept',
    (reader) => {
      searched(reader, reader.shown())
      reader.press('enter', 'j')
    },
  ],
  ['no results', (reader) => searched(reader, [])],
  ['an empty prompt', (reader) => reader.press('/')],
  [
    'a prompt with a long query',
    (reader) => {
      reader.press('/')
      reader.send({ type: 'paste', text: `${'query 查询 👨‍👩‍👧‍👦 '.repeat(60)}end` })
      reader.press(...Array(30).fill('left'))
      reader.find(reader.shown().slice(0, 3))
    },
  ],
  [
    'a prompt with problems, scrolled',
    (reader) => {
      reader.press('/')
      reader.send({ type: 'paste', text: `cat:?? ${'upvotes:查询 -👨‍👩‍👧‍👦 or '.repeat(20)}title:` })
      reader.press(...Array(12).fill('left'))
      reader.find(reader.shown())
    },
  ],
  [
    'completions of hostile values',
    (reader) => {
      reader.press('/')
      const author = HOSTILE.map(unwrapLine).filter((name) => name !== '')
      reader.send({ type: 'values', values: { author, org: [], cat: [], date: [], tag: [] } })
      reader.type('paper author:')
      reader.press('tab', 'tab')
      reader.type('author:')
      reader.find(reader.shown().slice(0, 3))
    },
  ],
  [
    'papers like one',
    (reader) => {
      reader.press('~')
      reader.findLike(
        Object.fromEntries(
          reader.shown().map((id) => [id, ['한국어', ...'long words to share '.repeat(9).split(' ')]]),
        ),
      )
    },
  ],
  ['papers for later', (reader) => reader.press('4')],
  ['hidden papers', (reader) => reader.press('x', '0')],
  ['a selection', (reader) => reader.press('space', 'j', 'V', 'j', 'j')],
  ['a question', (reader) => reader.press('*', 'A')],
  ['a sequence begun', (reader) => reader.press('g')],
  ['the list alone', (reader) => reader.press('z', 'j')],
  ['a narrow list', (reader) => reader.press(...Array(9).fill('<'))],
  ['a wide list', (reader) => reader.press(...Array(9).fill('>'))],
  ['a line of tags', withTags],
  [
    'a line of tags, completed',
    (reader) => {
      withTags(reader)
      reader.press('tab', 'tab', ...Array(9).fill('left'))
    },
  ],
  ['the calendar', (reader) => calendar(reader)],
  ['the calendar, a date typed', (reader) => calendar(reader, ...'2024-02-29')],
  ['the calendar, elsewhere', (reader) => calendar(reader, '{', '[', 'k')],
  [
    'a month of its own',
    (reader) => {
      calendar(reader, 'm')
      reader.find(reader.shown())
      reader.press(']')
    },
  ],
  ['statistics that are being counted', (reader) => reader.press('I')],
  ['the statistics', (reader) => statistics(reader, aCounting())],
  ['the statistics at their end', (reader) => statistics(reader, hostileCounting, 'G', 'k')],
  [
    'statistics that failed',
    (reader) => statistics(reader, { why: `the library is busy 中文 👩🏽‍🚀. ${'Try again. '.repeat(30)}` }),
  ],
  ['triage', (reader) => reader.press('T', 'm')],
  ['triage at its end', (reader) => reader.press('T', ...Array(20).fill('b'))],
  ['the settings', (reader) => withSettings(reader, 'j')],
  [
    'the settings at their end, one typed',
    (reader) => withSettings(reader, ...Array(9).fill('pageDown'), 'enter', ...'x中'.repeat(60)),
  ],
  ['an abstract', (reader) => reader.press('enter')],
  ['an abstract at its end', (reader) => reader.press('enter', 'G')],
  ['the next abstract', (reader) => reader.press('enter', 'J', 'pageDown')],
  ['the help', (reader) => reader.press('?')],
  [
    'the help filtered',
    (reader) => {
      reader.press('?', '/')
      reader.type('page')
    },
  ],
  [
    'the help filtered by a long text',
    (reader) => {
      reader.press('?', '/')
      reader.send({ type: 'paste', text: `${'查询 👨‍👩‍👧‍👦 '.repeat(40)}star` })
      reader.press(...Array(9).fill('left'), 'enter')
    },
  ],
  ['the palette', (reader) => reader.press(':')],
  ['the list by momentum', (reader) => reader.press('s', 'm', 'S')],
  ['the choice of an order', (reader) => reader.press('s')],
  [
    'results by the day of publication',
    (reader) => {
      searched(reader, reader.shown())
      reader.press('enter', 's', 'p')
    },
  ],
  [
    'the rules, and those that a paper offers',
    (reader) => {
      reader.press('M')
      const all = HOSTILE.map((text, at) => ({
        ...{
          rule: at,
          query: unwrapLine(text) || 'a',
          name: unwrapLine(text) || 'b',
        },
        ...{
          kind: (['mute', 'watch', 'tag'] as const)[at % 3] ?? 'mute',
          isOn: at % 2 === 0,
          since: 0,
          papers: 123_456,
        },
      }))
      reader.send({ type: 'rules', all })
      reader.press(...Array(20).fill('j'))
    },
  ],
  [
    'a rule being typed, with what is wrong in it',
    (reader) => {
      reader.press('M', 'a', 'w')
      reader.send({ type: 'paste', text: `${'查询 👨‍👩‍👧‍👦 '.repeat(30)}upvotes:many ` })
      reader.press('enter')
    },
  ],
  ['what a rule is to do', (reader) => reader.press('M', 'a')],
  [
    'a rule being typed, with its number',
    (reader) => {
      reader.press('M', 'a', 'm', ...'auth')
      reader.send({ type: 'rule-counted', query: 'auth', papers: 1_234_567 })
    },
  ],
  ['papers that rules watch for', (reader) => reader.press('W')],
  [
    'what was trending',
    (reader) => {
      const ids = reader.shown().toReversed()
      reader.press('ctrl+t')
      reader.send({ type: 'last-trending', trending: { ids, askedAt: Date.parse('2025-06-29') } })
      reader.send({ type: 'trending', answer: { why: 'Nobody answers 查询. '.repeat(20), offline: true } })
    },
  ],
  [
    'the views',
    (reader) => {
      const views = HOSTILE.slice(0, 9).map((title, at) => ({
        ...{ name: unwrapLine(title) || 'a', query: unwrapLine(title) || 'b' },
        ...{ key: at < 5 ? at + 5 : null, sort: at % 2 ? 'upvotes' : null },
      }))
      reader.send({ type: 'views', saved: views })
      reader.press('v', ...Array(9).fill('j'))
      for (const { query } of views)
        reader.send({ type: 'view-counted', query, count: { papers: 1_234_567, unread: 4 } })
    },
  ],
  [
    'a view being typed',
    (reader) => {
      const name = 'A name 关于大型 '.repeat(4)
      reader.send({ type: 'views', saved: [{ name, query: 'query 查询 '.repeat(90), key: 9, sort: null }] })
      reader.press('v', ...Array(9).fill('j'), 'e', 'enter', ...Array(12).fill('left'))
    },
  ],
  [
    'a view to be removed',
    (reader) => {
      reader.send({ type: 'views', saved: [{ name: HOSTILE[1] ?? '', query: 'x', key: null, sort: null }] })
      reader.press('v', '/', '关', 'escape', ...Array(9).fill('j'), 'D')
    },
  ],
  ['the palette at its end', (reader) => reader.press('enter', ':', ...Array(9).fill('pageDown'))],
  [
    'the palette with a long text, scrolled',
    (reader) => {
      reader.press('?', 'ctrl+p')
      reader.send({ type: 'paste', text: `${'查询 👨‍👩‍👧‍👦 '.repeat(40)}star` })
      reader.press(...Array(9).fill('left'))
    },
  ],
  [
    'the palette with matches',
    (reader) => {
      reader.press(':')
      reader.type('page')
      reader.press('down', 'down', 'enter')
    },
  ],
  ['the help further down', (reader) => reader.press('?', 'pageDown', 'pageDown', 'j', 'j')],
  ['the help at its end', (reader) => reader.press('?', 'G', 'j')],
  [
    'a running sync',
    (reader) =>
      reader.send({
        type: 'sync-event',
        event: { type: 'day', day: '2025-06-30', done: 3, total: 14 },
        ms: 0,
      }),
  ],
  [
    'a waiting sync',
    (reader) => {
      reader.send({
        type: 'sync-event',
        event: { type: 'day', day: '2025-06-30', done: 3, total: 1000 },
        ms: 0,
      })
      reader.send({
        type: 'sync-event',
        event: { type: 'waiting', ms: 300_000, why: 'the server’s request limit' },
        ms: 0,
      })
    },
  ],
  [
    'a finished sync',
    (reader) => reader.send({ type: 'synced', end: { kind: 'done', added: 3, asked: true } }),
  ],
  [
    'no network',
    (reader) =>
      reader.send({
        type: 'synced',
        end: {
          kind: 'offline',
          why: `example.org cannot be reached. ${'Check. '.repeat(40)}`,
          added: 0,
          asked: true,
        },
      }),
  ],
  [
    'a failed sync and papers above',
    (reader) => {
      reader.arrive([
        ...rows(30, { day: '2025-07-02' }).map((row, at) => ({ ...row, id: `2507.${10_000 + at}` })),
        ...reader.rows(),
      ])
      reader.send({ type: 'synced', end: { kind: 'failed', why: 'The Hub fails.', added: 0, asked: false } })
    },
  ],
  [
    'an error',
    (reader) =>
      reader.send({
        type: 'say',
        message: { kind: 'error', text: `It broke 中文 👩🏽‍🚀 ${'badly '.repeat(90)}` },
      }),
  ],
]

const LIBRARIES: [string, readonly PaperRow[]][] = [
  ['plain papers', rows(60)],
  ['hostile papers', hostileRows],
  ['one paper', rows(1)],
  ['no paper', []],
]

// Most lines come again at other heights and on other screens, and measuring them costs more than drawing them.
const judged = new Map<string, { readonly width: number; readonly wrong: readonly string[] }>()

/** A line's width in cells, and what must not be in it whatever the size. */
function judge(text: string) {
  const known = judged.get(text)
  if (known) return known
  const bad = FORBIDDEN.exec(text)
  const wrong = [
    ...(bad ? [`holds U+${bad[0].charCodeAt(0).toString(16)}`] : []),
    ...(text.isWellFormed() ? [] : ['holds half a character']),
  ]
  const judgement = { width: stringWidth(text), wrong }
  judged.set(text, judgement)
  return judgement
}

describe.each(LIBRARIES)('with %s', (_, list) => {
  it.each(SCREENS.map(([name, show], at) => [name, show, at] as const))(
    '%s fills every terminal exactly',
    (_, show, at) => {
      const faults: string[] = []
      for (const size of sizes(at + LIBRARIES.findIndex((library) => library[1] === list))) {
        const { columns, rows: height } = size
        const reader = drive(list, { size, paper: longPaper })
        show(reader)
        const { lines } = view(reader.state())
        const fault = (what: string) => faults.push(`${columns}x${height}: ${what}`)
        if (lines.length !== height) fault(`${lines.length} lines`)
        for (const [place, line] of lines.entries()) {
          const text = line.map((span) => span.text).join('')
          const { width, wrong } = judge(text)
          if (width > columns)
            fault(`line ${place} takes ${width} cells: ${JSON.stringify(text.slice(0, 60))}`)
          for (const what of wrong) fault(`line ${place} ${what}`)
        }
      }
      expect(faults.slice(0, 12)).toEqual([])
    },
  )
})

describe('a resized terminal', () => {
  it('shows what a terminal of that size would have shown, but for where it is scrolled to', () => {
    const reader = drive(rows(60), { size: { columns: 120, rows: 40 }, paper: longPaper })
    for (const columns of [20, 80, 200])
      for (const height of [5, 24, 50]) {
        const size = { columns, rows: height }
        reader.send({ type: 'resized', size })
        expect(frameText(view(reader.state()))).toBe(
          frameText(view(drive(rows(60), { size, paper: longPaper }).state())),
        )
      }
  })
})
