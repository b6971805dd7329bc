// Every screen that may be empty: it says what to press, and those keys do what it says.

import { describe, expect, it } from 'vitest'
import { COMMANDS, commandsIn, contextOf } from '../../src/app/commands.ts'
import { commandFor } from '../../src/app/dispatch.ts'
import { commandsOf, EMPTY_STATES, type EmptyName } from '../../src/app/empty.ts'
import { keyLabel } from '../../src/app/keys.ts'
import { frameText, view } from '../../src/app/view.ts'
import { type Driver, drive } from '../support/driver.ts'
import { aRow, rows } from '../support/papers.ts'

const pressed = (reader: Driver, ...keys: string[]) => {
  reader.press(...keys)
  return reader
}

/** Three papers, of which one may have to be read. */
const some = (read = false) => drive(rows(3).map((row) => ({ ...row, read })))

function searched(query = 'x'): Driver {
  const reader = pressed(some(), '/', ...query)
  reader.find([])
  return reader
}

/** A text of which the background says that it has no lines, or why it cannot be had. */
function withoutText(key: string, failed: boolean): Driver {
  const reader = pressed(some(), key)
  const request = reader.state().document?.request ?? 0
  const part = { lines: [], blocks: [], headings: [], anchors: [], first: true, last: true }
  reader.send({
    type: 'document',
    answer: failed
      ? { type: 'said', request, text: 'Nobody answers.', failed }
      : { type: 'part', request, part: { ...part, source: 'here', place: null } },
  })
  return reader
}

/** How a reader comes to each empty state. */
const WAYS: Readonly<Record<EmptyName, () => Driver>> = {
  library: () => drive([]),
  unread: () => pressed(some(true), '2'),
  starred: () => pressed(some(), '3'),
  later: () => pressed(some(), '4'),
  hidden: () => pressed(some(), '0'),
  'all-hidden': () => pressed(some(), 'x', 'x', 'x'),
  untyped: () => pressed(some(), '3', '/'),
  typed: () => searched(),
  results: () => pressed(searched(), 'enter'),
  days() {
    const reader = pressed(some(), 'D', 'w')
    reader.find([])
    return reader
  },
  unmatched: () => pressed(searched('tag:none'), 'enter'),
  nowhere() {
    const reader = pressed(searched(), 'enter', 'enter')
    reader.send({ type: 'hub-answered', answer: { query: 'x', found: { ids: [], added: 0 } } })
    return reader
  },
  like() {
    const reader = pressed(some(), '~')
    reader.findLike({})
    return reader
  },
  view() {
    const view = { name: 'Wicks', query: 'wick', key: 5, sort: null }
    const reader = pressed(drive([aRow()], { views: [view] }), '5')
    reader.find([])
    return reader
  },
  trending: () => pressed(drive([aRow()]), 'ctrl+t'),
  watched: () => pressed(some(), 'W'),
  rules: () => pressed(drive([]), 'M'),
  views: () => pressed(some(), 'v', '/', ...'zzqx'),
  text: () => withoutText('f', false),
  'failed-text': () => withoutText('f', true),
  comments: () => withoutText('c', false),
  'failed-comments': () => withoutText('c', true),
  links: () => pressed(drive([aRow({ id: 'title:lanterns-0' })]), 'L'),
  palette: () => pressed(some(), ':', ...'zzqx'),
  help: () => pressed(some(), '?', '/', ...'zzqx', 'enter'),
  filter: () => pressed(some(), '?', '/', ...'zzqx'),
}

/** What is named to be done elsewhere: such a screen has no paper. */
const ON_A_PAPER = ['toggle-star', 'toggle-later', 'toggle-hidden']

const names = Object.keys(EMPTY_STATES) as EmptyName[]
const flat = (reader: Driver) =>
  frameText(view(reader.state())).split('\n').slice(1, -1).join(' ').replace(/\s+/g, ' ')

describe.each(names)('the empty state “%s”', (name) => {
  const { context, says, press } = EMPTY_STATES[name]

  it('is on the screen with its keys, in words and in that place', () => {
    const reader = WAYS[name]()
    const named = press.replace(/\{([a-z-]+)\}/g, (_, wanted: string) =>
      keyLabel(COMMANDS.find(({ id }) => id === wanted)?.keys[0] ?? `no command ${wanted}`),
    )
    expect(contextOf(reader.state())).toBe(context)
    expect(flat(reader)).toContain(`${says} ${named}`.trim())
  })

  it('names keys of the table that work there', () => {
    const state = WAYS[name]().state()
    expect(commandsOf(name).length).toBeGreaterThan(0)
    // A paper is to be starred elsewhere: there is none here.
    for (const id of commandsOf(name).filter((other) => !ON_A_PAPER.includes(other))) {
      const command = commandsIn(context).find((other) => other.id === id)
      expect(commandFor(state, command?.keys[0] ?? `no ${id}`)).toEqual({ command })
    }
  })

  it('says all of it on 40 by 12 cells', () => {
    const reader = WAYS[name]()
    reader.send({ type: 'resized', size: { columns: 40, rows: 12 } })
    expect(flat(reader)).toContain(press.split('}').at(-1)?.trim().split(' ').at(-1) ?? '')
  })
})

describe('what says why it does nothing', () => {
  it('names the way on: to the links of the paper, to other words', () => {
    const reader = withoutText('f', false)
    reader.press('f')
    expect(frameText(view(reader.state()))).toContain(
      'There is no link on the screen. L lists those of the paper.',
    )
    expect(pressed(reader, 'L').state().choosing?.kind).toBe('links')
    const text = pressed(withoutText('f', false), '/', 'x', 'enter')
    const request = text.state().document?.request ?? 0
    text.send({ type: 'document', answer: { type: 'matches', request, text: 'x', matches: [] } })
    text.press('n')
    expect(frameText(view(text.state()))).toContain('“x” is not in this text: / looks for something else.')
    expect(contextOf(pressed(text, '/').state())).toBe('finding')
  })
})
