// Where the interface keeps to ASCII it does so on every screen: papers here have no other letters, so nothing is left.

import { expect, it } from 'vitest'
import { lineToAnsi } from '../../src/app/ansi.ts'
import { layOutInPieces } from '../../src/app/document-lines.ts'
import { view } from '../../src/app/view.ts'
import type { Block } from '../../src/text/document.ts'
import { type Driver, drive } from '../support/driver.ts'
import { rows, wholePaper } from '../support/papers.ts'
import { aCounting } from '../support/statistics.ts'

const SIZES = [
  { columns: 40, rows: 10 },
  { columns: 60, rows: 24 },
  { columns: 120, rows: 24 },
  { columns: 200, rows: 50 },
]
const LONG = 'more words than any row has room for '.repeat(8)

function reader(size: (typeof SIZES)[number]): Driver {
  const list = rows(60).map((row, at) => ({
    ...{ ...row, title: `${row.title} ${LONG}`, read: at % 2 === 0, starred: at % 5 === 0 },
    ...{ later: at % 7 === 0, noted: at % 4 === 0, tags: at % 3 === 0 ? ['rl'] : [], comments: 3 },
  }))
  const own = drive(list, {
    size,
    history: ['an earlier query', 'one before it'],
    paper: (row) =>
      wholePaper(row, {
        ...{ abstract: LONG.repeat(9), aiSummary: LONG, organization: 'Saltmarsh', githubStars: 3 },
        ...{ note: '# Mine\n\n- one\n- two\n\n> said\n\n| a | b |\n|---|---|\n| c | d |', tags: ['rl'] },
        githubRepo: 'https://github.com/example/harbour',
      }),
  })
  own.press(...Array<string>(30).fill('j'))
  return own
}

const pressing =
  (...keys: string[]) =>
  (own: Driver) =>
    own.press(...keys)

const searching =
  (ids: (own: Driver) => string[], ...keys: string[]) =>
  (own: Driver) => {
    own.press('/')
    own.type('paper')
    own.find(ids(own), ['paper'])
    own.press(...keys)
  }

const TEXT: Block[] = [
  { kind: 'heading', level: 1, runs: [{ text: 'On Lanterns' }], anchors: ['top'] },
  { kind: 'paragraph', runs: [{ text: LONG.repeat(9) }, { text: 'the top', href: '#top' }] },
  { kind: 'heading', level: 2, runs: [{ text: 'Oils' }], anchors: ['oils'] },
  { kind: 'verbatim', lines: [[{ text: 'x'.repeat(400) }]] },
]

const reading =
  (...keys: string[]) =>
  (own: Driver) => {
    own.press('f')
    const { request = 0, width = 0 } = own.state().document ?? {}
    for (const [at, piece] of [...layOutInPieces(TEXT, width, 1000)].entries()) {
      const part = { ...piece, first: at === 0, source: 'here', place: null }
      own.send({ type: 'document', answer: { type: 'part', request, part } })
    }
    own.press(...keys)
  }

const configured = (own: Driver) => {
  own.press(',')
  const { policy, paint, bindings } = own.state()
  const settings = [null, LONG].map((value, at) => ({
    ...{ key: `key${at}`, name: `looks.key_${at}`, about: LONG, value, from: 'line 3', choices: null },
  }))
  own.send({ type: 'configured', settings, policy, paint, bindings, split: null })
}

const calendar =
  (...keys: string[]) =>
  (own: Driver) => {
    own.press('D')
    own.send({ type: 'calendar', today: '2025-07-01', synced: ['2025-06-30', '2025-06-27'] })
    own.press(...keys)
  }

const statistics =
  (...keys: string[]) =>
  (own: Driver) => {
    own.press('I')
    own.send({ type: 'statistics', answer: aCounting() })
    own.press(...keys)
  }

const views =
  (...keys: string[]) =>
  (own: Driver) => {
    const saved = [{ name: `Lanterns ${LONG}`, query: LONG, key: 9, sort: 'upvotes' }]
    own.send({ type: 'views', saved })
    own.press('v', ...Array<string>(9).fill('j'), ...keys)
  }

const rules =
  (...keys: string[]) =>
  (own: Driver) => {
    const one = { rule: 1, name: `Lanterns ${LONG}`, query: LONG, tag: null, isOn: true, since: 0, papers: 3 }
    const all = [one, { ...one, rule: 2, isOn: false }].map((rule) => ({ ...rule, kind: 'watch' as const }))
    own.press('M')
    own.send({ type: 'rules', all })
    own.press(...keys)
  }

it.each<[string, (own: Driver) => void]>([
  ['the list', () => {}],
  ['unread papers', pressing('2')],
  ['hidden papers, of which there are none', pressing('5')],
  ['a selection', pressing('space', 'space')],
  ['an abstract', pressing('enter')],
  ['the end of an abstract', pressing('enter', 'G')],
  ['the beginning of a sequence', pressing('g')],
  ['a sequence that means nothing', pressing('g', 'up')],
  ['the help', pressing('?')],
  ['more of the help', pressing('?', ...Array<string>(60).fill('j'))],
  ['the filtered help', pressing('?', '/', 't')],
  ['the palette', pressing(':')],
  ['a search in the palette', pressing(':', 's', 't')],
  ['links', pressing('L')],
  ['what to copy', pressing('y')],
  ['a question', pressing('A')],
  ['tags', pressing('t', 'a')],
  ['triage', pressing('T')],
  ['a query from before', pressing('/', 'up')],
  ['results', searching((own) => own.shown())],
  ['kept results', searching((own) => own.shown(), 'enter', 'j')],
  ['no results', searching(() => [])],
  ['no results, kept', searching(() => [], 'enter')],
  ['the offer to ask the Hub', searching((own) => own.shown().slice(0, 3), 'enter', 'G')],
  ['a text that is on its way', pressing('f')],
  ['a text', reading()],
  ['the end of a text', reading('G', 'right')],
  ['the contents of a text', reading('t')],
  ['labels of links', reading(']', 'f')],
  ['a search in a text', reading('/', 'o')],
  ['the settings', configured],
  ['the calendar', calendar()],
  ['a date typed in the calendar', calendar(...'2024-02-29')],
  ['a week of the calendar', calendar('w')],
  ['a month of the calendar', calendar('m')],
  ['statistics that are being counted', pressing('I')],
  ['the statistics', statistics()],
  ['the end of the statistics', statistics('G')],
  ['the views', views()],
  ['a view being typed', views('e')],
  ['a view to be removed', views('D')],
  ['the first of the views', pressing('v')],
  ['the rules', rules()],
  ['what a rule is to do', rules('a')],
  ['a rule being typed', rules('a', 'w', 'l')],
  ['a rule to be removed', rules('D')],
  ['what is trending', pressing('ctrl+t')],
  ['an order', pressing('s', 'u')],
  ['another order', pressing('S')],
])('%s', (_name, open) => {
  for (const size of SIZES) {
    const own = reader(size)
    open(own)
    const screen = view(own.state()).lines.map((line) => lineToAnsi(line, { theme: 'mono', ascii: true }))
    // A name among the statistics has these letters.
    const left = screen
      .map((line) => line.replaceAll('中文', ''))
      .filter((line) => /[^\u0000-\u007f]/.test(line))
    expect(left).toEqual([])
  }
})
