import { describe, expect, it } from 'vitest'
import { findIn, layOutInPieces } from '../../src/app/document-lines.ts'
import { keysLine } from '../../src/app/spoken/choices.ts'
import { greeting, spoken, unmoved, where } from '../../src/app/spoken.ts'
import type { Block } from '../../src/text/document.ts'
import { type Driver, type DriverOptions, drive } from '../support/driver.ts'
import { aRow, idOf, rows, wholePaper } from '../support/papers.ts'

const LIST = [
  ...rows(2),
  aRow({
    ...{ id: idOf(3), title: 'Do Boats Dream?', day: '2025-01-03', authorCount: 7, upvotes: 92, comments: 0 },
    ...{ read: true, starred: true, tags: ['rl', 'sea'], noted: true },
  }),
]

const reader = (options: DriverOptions = {}) => drive(LIST, { linear: true, ...options })

/** What is told of what `work` does, as one step. */
function heard(driver: Driver, work: () => void): string[] {
  const before = driver.state()
  work()
  return spoken(before, driver.state())
}

const pressed = (driver: Driver, ...keys: string[]) => heard(driver, () => driver.press(...keys))

describe('the list', () => {
  it('begins with what it shows, the day and the paper, and the keys', () => {
    const [name, list, day, paper, keys, ...rest] = greeting(reader().state())
    expect([name, list, day]).toEqual([
      'Broadsheet.',
      'All: 3 papers. 2 unread in the library.',
      'Mon 30 Jun 2025.',
    ])
    expect(paper).toBe('1 of 3: unread. Paper number 1. Ada Marsh and 1 more. 3 upvotes. 1 comment.')
    expect(keys).toMatch(/^Keys: j move, Enter read, .*\? help/)
    expect(rest).toEqual([])
  })

  it('tells the paper that one comes to, and a day as one comes into it', () => {
    const list = reader()
    expect(pressed(list, 'j')).toEqual([
      '2 of 3: unread. Paper number 2. Ada Marsh and 1 more. 3 upvotes. 1 comment.',
    ])
    expect(pressed(list, 'j')).toEqual([
      'Fri 3 Jan 2025.',
      '3 of 3: read, starred. Do Boats Dream? Ada Marsh and 6 more. 92 upvotes. tagged rl, sea. with a note.',
    ])
    expect(pressed(list, 'j')).toEqual([])
    expect(unmoved(list.state(), 'j')).toEqual(['This is the end.'])
    expect(pressed(list, 'g')).toEqual([])
    expect(pressed(list, 'g')).toHaveLength(2)
  })

  it('tells a decision once, and after a hidden paper the one that has its place', () => {
    const list = reader()
    expect(pressed(list, 'b')).toEqual(['starred “Paper number 1”, U undoes.'])
    expect(pressed(list, 'x')).toEqual([
      'hidden “Paper number 1”, U undoes.',
      '1 of 2: unread. Paper number 2. Ada Marsh and 1 more. 3 upvotes. 1 comment.',
    ])
  })

  it('tells selections, views and what is asked', () => {
    const list = reader()
    expect(pressed(list, 'space')[0]).toBe('1 selected.')
    expect(pressed(list, 'k')[0]).toMatch(/^1 of 3: selected, unread\./)
    expect(pressed(list, 'escape')).toEqual(['Nothing is selected.'])
    expect(pressed(list, '3')[0]).toBe('Starred: 1 paper. 2 unread in the library.')
    expect(pressed(list, '4').at(-1)).toMatch(/^Nothing is kept for later\. Press 1 for all papers/)
    expect(pressed(list, '1', 'A')).toContain('Mark 2 papers read?')
    expect(keysLine(list.state())).toBe('Keys: y yes, n no.')
    expect(pressed(list, 'n')).toEqual(['Back in the list.'])
  })

  it('does not go over the list again where papers come in above the one that is selected', () => {
    const list = reader()
    const more = [
      ...rows(9, { day: '2025-02-01' }).map((row, at) => ({ ...row, id: idOf(100 + at) })),
      ...LIST,
    ]
    expect(heard(list, () => list.arrive(more))).toEqual([])
    expect(where(list.state()).at(-1)).toMatch(/^10 of 12: /)
  })

  it('says again where one is, when asked', () => {
    const list = reader()
    expect(pressed(list, 'ctrl+l')).toEqual(where(list.state()))
  })
})

describe('an abstract', () => {
  const facts = { abstract: 'One.\nTwo.', upvotes: 5, linked: [] }

  it('is told whole, in its order, without signs for the eye', () => {
    const list = reader({ paper: (row) => wholePaper({ ...row, starred: true }, facts) })
    const told = pressed(list, 'enter')
    expect(told.slice(0, 3)).toEqual(['Abstract, 1 of 3.', 'Paper number 1', 'Ada Marsh'])
    expect(told).toContain('arXiv: https://arxiv.org/abs/2501.00001')
    expect(told.slice(-3)).toEqual(['Abstract', 'One.', 'Two.'])
    expect(told.join('\n')).not.toMatch(/[·★─│]/)
    expect(unmoved(list.state(), 'j')).toEqual(['The abstract has been told whole.'])
    expect(pressed(list, 'J')[0]).toBe('Abstract, 2 of 3.')
    expect(pressed(list, 'q')).toEqual(['Back in the list.', expect.stringMatching(/^2 of 3: read\. Paper/)])
  })

  it('is told again only when asked, not after what lay over it', () => {
    const list = reader()
    list.press('enter')
    expect(pressed(list, 'y')).toEqual(['What to copy:'])
    expect(keysLine(list.state())).toMatch(/^Keys: u address, t title, .*Esc nothing\.$/)
    expect(pressed(list, 'escape')).toEqual(['Back in the abstract.'])
    const links = pressed(list, 'L')
    expect(links[0]).toMatch(/^3 links\. A letter opens one\.$/)
    expect(links[1]).toBe('a: arXiv, https://arxiv.org/abs/2501.00001')
    expect(pressed(list, 'y')).toEqual(['The next letter copies.'])
    expect(pressed(list, 'q')).toEqual(['Back in the abstract.'])
  })

  it('in triage says which card it is', () => {
    const list = reader()
    expect(pressed(list, 'T')[0]).toBe('Triage, 1 of 2.')
    expect(pressed(list, 'm').slice(1, 3)).toEqual(['Triage, 2 of 2.', 'Paper number 2'])
    expect(pressed(list, 'l')).toEqual([
      'That was all.',
      '1 read.',
      '1 left undecided: h goes back to them.',
      'q leads back to the list, U undoes the last decision.',
    ])
  })
})

describe('a search', () => {
  it('tells how many were found and the first, then where one goes, and once only', () => {
    const list = reader()
    expect(pressed(list, '/')).toEqual([])
    list.type('boats')
    expect(heard(list, () => list.find([idOf(3), idOf(1)]))).toEqual([
      '2 found.',
      expect.stringMatching(/^1 of 2: read, starred\. Do Boats Dream\?/),
    ])
    expect(pressed(list, 'down')).toEqual([expect.stringMatching(/^2 of 2: unread\. Paper number 1/)])
    expect(pressed(list, 'enter')).toEqual(['The results stay.'])
    expect(pressed(list, 'j')).toEqual([
      'After the results: Enter asks the Hub’s own search too, which goes by meaning.',
    ])
    expect(pressed(list, 'escape')[0]).toBe('All: 3 papers. 2 unread in the library.')
  })

  it('says that nothing is found, and what is wrong with a query', () => {
    const list = reader()
    list.press('/')
    list.type('zzz')
    expect(heard(list, () => list.find([]))[0]).toMatch(/^Nothing matches\./)
    expect(heard(list, () => list.type(' date:never'))[0]).toMatch(/date/)
  })
})

const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [{ text }] })
const TEXT: Block[] = [
  { kind: 'heading', level: 1, runs: [{ text: 'On Lanterns' }], anchors: ['top'] },
  paragraph(`Wicks ${'burn '.repeat(100)}`),
  {
    kind: 'paragraph',
    runs: [
      { text: 'See ' },
      { text: 'the ends', href: '#ends' },
      { text: ' and ' },
      { text: 'more', href: 'https://a.example/' },
    ],
  },
  { kind: 'rule' },
  {
    kind: 'table',
    head: 1,
    rows: [
      ['oil', 'heat'],
      ['rape', '92'],
    ].map((row) => row.map((text) => ({ runs: [{ text }], columns: 1, rows: 1, align: 'left' }))),
  },
  { kind: 'heading', level: 2, runs: [{ text: 'Ends' }], anchors: ['ends'] },
  paragraph('All oil burns.'),
]

function withText(driver: Driver): void {
  const { request = 0, width = 0 } = driver.state().document ?? {}
  for (const [at, piece] of [...layOutInPieces(TEXT, width, 1000)].entries()) {
    const part = { ...piece, first: at === 0, source: 'arxiv.example', place: null }
    driver.send({ type: 'document', answer: { type: 'part', request, part } })
  }
}

function opened(): Driver {
  const list = reader()
  list.press('f')
  withText(list)
  return list
}

describe('a full text', () => {
  it('is told paragraph by paragraph, whatever its length, and without lines and boxes', () => {
    const list = reader()
    expect(pressed(list, 'f')).toEqual(['Full text of Paper number 1.', 'Opening …'])
    expect(heard(list, () => withText(list))).toEqual([
      'arxiv.example, 2 sections.',
      'Heading 1: On Lanterns.',
    ])
    expect(pressed(list, 'j')).toEqual([`Wicks ${'burn '.repeat(100)}`.trim()])
    expect(pressed(list, 'j')).toEqual(['See the ends and more'])
    expect(pressed(list, 'j')).toEqual(['oil; heat', 'rape; 92'])
    expect(pressed(list, 'k')).toEqual(['See the ends and more'])
    expect(pressed(list, ']')).toEqual(['Heading 2: Ends.'])
    expect(pressed(list, 'G')).toEqual(['All oil burns.'])
    expect(pressed(list, 'j')).toEqual([])
    expect(unmoved(list.state(), 'j')).toEqual(['This is the end.'])
    expect(pressed(list, 'q')[0]).toBe('Back in the list.')
  })

  it('has its links by letters, and tells where one of them leads', () => {
    const list = opened()
    list.press('j', 'j')
    expect(pressed(list, 'f')).toEqual([
      '2 links here, by letter:',
      'a: the ends',
      's: more, https://a.example/',
    ])
    expect(pressed(list, 'a')).toEqual(['Back in the text.', 'Heading 2: Ends.'])
    expect(pressed(list, 'ctrl+o')).toEqual(['See the ends and more'])
  })

  it('has its contents as a numbered list', () => {
    const list = opened()
    expect(pressed(list, 't')).toEqual([
      'Contents, 2 sections.',
      '1: On Lanterns',
      '2: Ends',
      'You are in 1.',
    ])
    expect(pressed(list, 'j')).toEqual(['2 of 2: Ends'])
    expect(pressed(list, 'enter')).toEqual(['Back in the text.'])
    expect(where(list.state()).slice(1)).toEqual(['Section 2 of 2: Ends.', 'Heading 2: Ends.'])
  })

  it('tells which match of how many, and its paragraph', () => {
    const list = opened()
    list.press('/')
    list.type('oil')
    const { request = 0, text } = list.state().document ?? {}
    const matches = findIn(text?.lines ?? [], text?.blocks ?? [], 'oil')
    const answer = { type: 'matches', request, text: 'oil', matches } as const
    expect(heard(list, () => list.send({ type: 'document', answer }))).toEqual([
      'Found 1 of 2.',
      'oil; heat',
      'rape; 92',
    ])
    list.press('enter')
    expect(pressed(list, 'n')).toEqual(['Match 2 of 2.', 'All oil burns.'])
  })

  it('that cannot be had says why, and what to press', () => {
    const list = reader()
    list.press('f')
    const request = list.state().document?.request ?? 0
    const answer = { type: 'said', request, text: 'This paper has no HTML version.', failed: true } as const
    expect(heard(list, () => list.send({ type: 'document', answer }))).toEqual([
      'This paper has no HTML version.',
      expect.stringMatching(/^p gets the PDF/),
    ])
  })
})

describe('what lies over all else', () => {
  it('is told with its lines numbered, and line by line', () => {
    const list = reader()
    const help = pressed(list, '?')
    expect(help[0]).toMatch(/^Help, \d+ lines\. j and k go through all of them\.$/)
    expect(help.slice(1, 3)).toEqual(['1: In the list', '2: j ↓: next paper'])
    expect(pressed(list, 'j')).toEqual(['2: j ↓: next paper'])
    expect(pressed(list, 'q')).toEqual(['Back in the list.'])
  })

  it('the palette tells the selected command, and the settings each one', () => {
    const list = reader()
    expect(pressed(list, ':')[0]).toMatch(/^Commands\. 1 of \d+: next paper/)
    expect(pressed(list, 'down')).toEqual([expect.stringMatching(/^2 of \d+: /)])
    expect(pressed(list, 'escape')).toEqual(['Back in the list.'])
    const { policy, paint, bindings } = list.state()
    const settings = ['one', 'two'].map((name) => ({
      ...{ key: name, name: `looks.${name}`, about: `About ${name}.`, value: name, from: 'default' },
      choices: null,
    }))
    list.press(',')
    list.send({ type: 'configured', settings, policy, paint, bindings, split: null })
    expect(pressed(list, 'j')).toEqual(['looks.two: two', 'About two.'])
  })

  it('the list of views tells all of them and which one is selected, then each one that one comes to', () => {
    const list = reader()
    const told = pressed(list, 'v')
    expect(told).toContain('2 Unread: 2, 2')
    expect(told.at(-1)).toBe('Selected: 1 All: 3, 2')
    expect(pressed(list, 'j')).toEqual(['2 Unread: 2, 2'])
  })

  it('the calendar tells the selected day', () => {
    const list = reader()
    list.press('D')
    expect(where(list.state())[0]).toBe('Calendar.')
    expect(pressed(list, 'h')).toEqual([expect.stringMatching(/^\w{3} \d+ \w{3} \d{4}, /)])
  })
})

describe('news', () => {
  it('tells when a sync begins and how it ends, and nothing between', () => {
    const list = reader()
    const day = (done: number) =>
      heard(list, () =>
        list.send({ type: 'sync-event', event: { type: 'day', day: '2025-06-30', done, total: 14 }, ms: 0 }),
      )
    expect([...day(0), ...day(1), ...day(2)]).toEqual(['A sync begins.'])
    const end = (asked: boolean) =>
      heard(list, () => list.send({ type: 'synced', end: { kind: 'done', added: 3, asked } }))
    expect(end(false)).toEqual(['The sync is done: 3 new papers.'])
    expect(end(true)).toEqual(['3 new papers.'])
  })

  it('tells errors as such, and how far a PDF is only once', () => {
    const list = reader()
    const part = (bytes: number) =>
      heard(list, () =>
        list.send({ type: 'pdf', answer: { type: 'pdf', id: idOf(1), kind: 'part', bytes, total: null } }),
      )
    expect([...part(1e6), ...part(2e6)]).toEqual(['The PDF is coming: 1.0 MB.'])
    const message = { kind: 'error', text: 'It broke' } as const
    expect(heard(list, () => list.send({ type: 'say', message }))).toEqual(['Error: It broke.'])
  })
})
