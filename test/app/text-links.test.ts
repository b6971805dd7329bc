import { describe, expect, it } from 'vitest'
import { layOutInPieces } from '../../src/app/document-lines.ts'
import { frameText, view } from '../../src/app/view.ts'
import type { Block, Run } from '../../src/text/document.ts'
import { type Driver, drive } from '../support/driver.ts'
import { idOf, rows, wholePaper } from '../support/papers.ts'

const ID = idOf(1)
const heading = (text: string): Block => ({ kind: 'heading', level: 2, runs: [{ text }] })
const paragraph = (...runs: Run[]): Block => ({ kind: 'paragraph', runs })
const link = (text: string, href: string): Block => paragraph({ text: 'See ' }, { text, href }, { text: '.' })

/** A reader with a text open by a key, as far as its pieces are here. */
function reading(blocks: readonly Block[], key = 'f', whole = true): Driver {
  const facts = { githubRepo: 'https://github.com/marsh/lanterns' }
  const reader = drive(rows(3), { size: { columns: 100, rows: 30 }, paper: (row) => wholePaper(row, facts) })
  reader.press(key)
  const { request = 0, width = 80 } = reader.state().document ?? {}
  let first = true
  for (const piece of layOutInPieces(blocks, width, 0)) {
    const part = { ...piece, last: piece.last && whole, first, source: 'arxiv.example', place: null }
    reader.send({ type: 'document', answer: { type: 'part', request, part } })
    first = false
  }
  return reader
}

/** The links of the open list that are not the paper's own: `label | address`. */
function listed(reader: Driver): string[] {
  reader.press('L')
  const { choosing } = reader.state()
  if (choosing?.kind !== 'links') throw new Error('no list is open')
  return choosing.links.slice(4).map(({ label, url }) => `${label} | ${url}`)
}

const screen = (reader: Driver) => frameText(view(reader.state()))

describe('the links of an open text', () => {
  it('follow the paper’s own, by their words, each place once', () => {
    const reader = reading([
      heading('1 Wicks'),
      link('a study of wicks', 'https://wicks.example/study'),
      link('the very same', 'http://www.wicks.example/study/'),
      link('our code', 'https://github.com/marsh/lanterns/'),
      link('the end', '#end'),
      link('a script', 'javascript:alert(1)'),
      heading('2 Oils'),
      link('https://oils.example/a', 'https://oils.example/a'),
      link('[3]', 'https://oils.example/b'),
    ])
    expect(listed(reader)).toEqual([
      'a study of wicks | https://wicks.example/study',
      'in “2 Oils” | https://oils.example/a',
      'in “2 Oils” | https://oils.example/b',
    ])
    expect(screen(reader)).toContain('a study of wicks')
    const { choosing } = reader.state()
    const keys = choosing?.kind === 'links' ? (choosing.links[4]?.keys ?? '') : ''
    reader.press(...keys)
    expect(reader.effects.at(-1)).toEqual({ type: 'open', url: 'https://wicks.example/study' })
    expect(reader.state().document).not.toBeNull()
  })

  it('are whole where they are broken into lines, and two where two stand side by side', () => {
    const long = Array.from({ length: 30 }, (_, at) => `word${at}`).join(' ')
    const reader = reading([
      paragraph({ text: long, href: 'https://a.example/' }),
      paragraph({ text: 'one', href: 'https://b.example/' }, { text: 'two', href: 'https://c.example/' }),
    ])
    expect(listed(reader)).toEqual([
      `${long} | https://a.example/`,
      'one | https://b.example/',
      'two | https://c.example/',
    ])
  })

  it('say which reference or item they stand in, if that begins on a line above', () => {
    const address = (url: string): Run => ({ text: url, href: url })
    const words = 'word '.repeat(30)
    const reader = reading([
      heading('References'),
      {
        kind: 'reference',
        label: 'Marsh and Oyelaran (1999)',
        runs: [{ text: 'The Book. ' }, address('https://a.example/')],
      },
      {
        kind: 'reference',
        label: '[2]',
        runs: [{ text: `Marsh, ${words}` }, address('https://b.example/')],
      },
      { kind: 'reference', label: '[3]', runs: [address('https://c.example/')] },
    ])
    const [a = '', b = '', c = ''] = listed(reader)
    expect(a).toBe('Marsh and Oyelaran (1999) | https://a.example/')
    expect(b).toMatch(/^\[2\] +Marsh, word .* \| https:\/\/b\.example\/$/)
    expect(c).toBe('in “References” | https://c.example/')
  })

  it('say where they stand if there is no section, or in comments', () => {
    const bare = [link('https://a.example', 'https://a.example')]
    expect(listed(reading(bare))).toEqual(['in the text | https://a.example/'])
    expect(listed(reading(bare, 'c'))).toEqual(['in the comments | https://a.example/'])
  })

  it('are as many as can be looked through, and the last line says that there are more', () => {
    const blocks = Array.from({ length: 230 }, (_, at) => link(`place ${at}`, `https://a.example/${at}`))
    const reader = reading(blocks)
    expect(listed(reader)).toHaveLength(200)
    reader.press(...Array.from({ length: 12 }, () => 'space'))
    const lines = screen(reader).split('\n')
    expect(lines.at(-2)).toBe('  The text has more than these 200 links.')
    expect(lines.at(-3)).toContain('https://a.example/199')
    expect(listed(reading(blocks.slice(0, 200)))).toHaveLength(200)
    expect(screen(reading(blocks.slice(0, 200)))).not.toContain('more than')
    reader.press('b', 'pageUp')
    expect(screen(reader)).not.toContain('more than')
  })

  it('are those that are here, which is said', () => {
    const reader = reading([link('a place', 'https://a.example/')], 'f', false)
    expect(listed(reader)).toEqual(['a place | https://a.example/'])
    expect(screen(reader)).toContain('More of the text is on its way.')
  })

  it('stay below what the Hub links meanwhile, which gets later letters', () => {
    const reader = reading([link('a place', 'https://a.example/')])
    const before = listed(reader)
    const linked = [{ kind: 'model', name: 'marsh/lantern' }] as const
    reader.send({ type: 'paper', paper: wholePaper(rows(1)[0] as never, { id: ID, linked }) })
    const { choosing } = reader.state()
    const links = choosing?.kind === 'links' ? choosing.links : []
    expect(links.slice(4, -1).map(({ label, url }) => `${label} | ${url}`)).toEqual(before)
    expect(links.at(-1)?.label).toBe('model marsh/lantern')
  })

  it('are not listed once it is closed', () => {
    const reader = reading([link('a place', 'https://a.example/')])
    reader.press('q')
    expect(listed(reader)).toEqual([])
  })
})
