// The table of commands holds what help, palette, footer and documentation read out of it, and every command in it does
// something: each is run by its key, in each of its contexts, from a state in which there is something to do.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { COMMANDS, type Command, type Context, commandsIn, contextOf } from '../../src/app/commands.ts'
import { commandFor } from '../../src/app/dispatch.ts'
import { findIn, layOutInPieces } from '../../src/app/document-lines.ts'
import { CONTEXTS } from '../../src/app/help.ts'
import { entriesOf, PLACES } from '../../src/app/palette-entries.ts'
import type { State } from '../../src/app/state.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import type { Block } from '../../src/text/document.ts'
import { type Driver, drive } from '../support/driver.ts'
import { rows, wholePaper } from '../support/papers.ts'
import { aCounting } from '../support/statistics.ts'

const words = (count: number, word: string) => Array.from({ length: count }, () => word).join(' ')

/** A reader in the middle of sixty papers, every other one read; the abstracts are longer than a screen. */
function reader(size = { columns: 120, rows: 24 }): Driver {
  const list = rows(60).map((row, at) => ({ ...row, read: at % 2 === 0 }))
  const paper = (row: PaperRow) =>
    wholePaper(row, {
      abstract: words(900, 'lantern'),
      remark: Array.from({ length: 40 }, (_, at) => `https://lanterns.example/${at}`).join(' '),
    })
  const views = [5, 6, 7, 8, 9].map((key) => ({ name: `View ${key}`, query: 'lantern', key, sort: null }))
  const rules = Array.from({ length: 30 }, (_, at) => ({
    ...{ rule: at + 1, kind: 'mute' as const, query: `lantern${at}`, name: `Rule ${at}` },
    ...{ isOn: true, since: 0, papers: 0 },
  }))
  const started = drive(list, { size, paper, history: ['an earlier query', 'one before it'], views, rules })
  started.press(...Array<string>(30).fill('j'))
  return started
}

const after = (start: Driver, ...keys: string[]): Driver => {
  start.press(...keys)
  return start
}

/** A query is typed, and has found as many papers as there are. */
function searched(...keys: string[]): Driver {
  const start = after(reader(), '/', 'x')
  start.find(start.rows().map(({ id }) => id))
  return after(start, ...keys)
}

/** The settings are open, those of numbers first. */
function withSettings(): Driver {
  const start = after(reader(), ',')
  const settings = Array.from({ length: 40 }, (_, at) => ({
    ...{ key: `key${at}`, name: `looks.key_${at}`, about: 'What it does.', value: at, from: 'default' },
    choices: null,
  }))
  const { policy, paint, bindings } = start.state()
  start.send({ type: 'configured', settings, policy, paint, bindings, split: null })
  return start
}

/** A view of the reader's own is open. */
function inView(): Driver {
  const start = after(reader(), '5')
  start.find(start.rows().map(({ id }) => id))
  return start
}

const paragraphs = (word: string): Block[] =>
  Array.from({ length: 30 }, () => ({ kind: 'paragraph', runs: [{ text: words(40, word) }] }))
const TEXT: Block[] = [
  { kind: 'heading', level: 1, runs: [{ text: 'On Lanterns' }], anchors: ['title'] },
  ...paragraphs('wick'),
  { kind: 'heading', level: 2, runs: [{ text: 'Oils' }], anchors: ['oils'] },
  { kind: 'paragraph', runs: [{ text: 'See ' }, { text: 'the top', href: '#title' }] },
  { kind: 'verbatim', lines: [[{ text: 'x'.repeat(400) }]] },
  ...paragraphs('oil'),
  { kind: 'heading', level: 2, runs: [{ text: 'Ends' }], anchors: ['ends'] },
  ...paragraphs('end'),
]

/** A text is open at its second section, where there is a link and a line wider than the screen. */
function text(columns: number, ...keys: string[]): Driver {
  const start = after(reader({ columns, rows: 24 }), 'f')
  start.send({ type: 'look', look: { kind: 'blocks', depth: 'truecolor' } })
  layOut(start)
  return after(start, ']', ...keys)
}

function layOut(start: Driver): void {
  const { request = 0, width = 0 } = start.state().document ?? {}
  for (const [at, piece] of [...layOutInPieces(TEXT, width, 1000)].entries()) {
    const part = { ...piece, first: at === 0, source: 'here', place: null }
    start.send({ type: 'document', answer: { type: 'part', request, part } })
  }
}

/** A word was found at many places of the text. */
function found(...keys: string[]): Driver {
  const start = text(80, '/', 'o', 'i', 'l')
  const { request = 0, text: laid } = start.state().document ?? {}
  if (!laid) throw new Error('no text is open')
  const matches = findIn(laid.lines, laid.blocks, 'oil')
  start.send({ type: 'document', answer: { type: 'matches', request, text: 'oil', matches } })
  return after(start, ...keys)
}

/** The calendar is open; nobody has synced any day. */
function calendar(...keys: string[]): Driver {
  const start = after(reader(), 'D')
  start.send({ type: 'calendar', today: '2025-07-02', synced: [] })
  return after(start, ...keys)
}

/** The statistics are open, and longer than the screen. */
function statistics(...keys: string[]): Driver {
  const start = after(reader({ columns: 40, rows: 10 }), 'I')
  start.send({ type: 'statistics', answer: aCounting() })
  return after(start, ...keys)
}

/** States in which the commands of a context have something to do. A new command that finds none here is to add one. */
const STATES: Readonly<Record<Context, readonly (() => Driver)[]>> = {
  list: [
    () => after(reader(), 'J', 'J'),
    () => after(reader(), '2'),
    () => searched('enter'),
    () => searched('enter', 'G', 'j'),
    () => {
      const start = after(reader(), '/', ...'tag:x')
      start.find(start.rows().map(({ id }) => id))
      return after(start, 'enter', 'j')
    },
    () => after(reader(), 'space', 'space'),
    () => after(reader(), 'space', 'b'),
    () => inView(),
    () => after(reader(), 'ctrl+t'),
  ],
  reading: [
    () => after(reader(), 'enter', 'j', 'j'),
    () => {
      const start = after(reader(), 'enter')
      const { paper } = start.state()
      const picture = 'https://cdn-thumbnails.huggingface.co/a.png'
      start.send({ type: 'paper', paper: paper && { ...paper, picture } })
      start.send({ type: 'look', look: { kind: 'blocks', depth: 'truecolor' } })
      return start
    },
  ],
  prompt: [
    () => after(reader(), '/', 'up'),
    () => searched('down', 'down'),
    () => searched(...Array<string>(6).fill('pageDown')),
    () => after(reader(), '/', ...'auth'),
    () => after(reader(), '/', ...'auth', 'tab'),
  ],
  document: [
    () => text(80),
    () => text(80, 'right'),
    () => text(80, '5'),
    () => found('enter'),
    () => text(80, 'f', 'a'),
  ],
  contents: [() => text(80, 't')],
  finding: [found],
  hints: [() => text(80, 'f')],
  links: [() => after(reader(), 'L', 'j', 'j')],
  copy: [() => after(reader(), 'y')],
  sort: [() => after(reader(), 's'), () => after(searched('enter'), 's', 'u', 's')],
  confirm: [() => after(reader(), 'A')],
  tagging: [
    () => {
      const start = after(reader(), 't', 'a', 'l')
      start.send({ type: 'tags', tags: ['alpha', 'also'].map((tag) => ({ tag, papers: 1 })) })
      return start
    },
  ],
  triage: [() => after(reader(), 'T', 'l', 'l', 'j', 'j')],
  help: [
    () => after(reader(), '?', ...Array<string>(30).fill('j')),
    () => after(reader(), '?', '/', 'a', 'enter'),
  ],
  filter: [() => after(reader(), '?', '/', 'a', ...Array<string>(30).fill('down'))],
  calendar: [
    () => calendar(),
    () => calendar('2', '0', '2', '4', 'backspace'),
    () => calendar('h', 'h', 'h', 'h', 'h', 'h', 'h', 'h'),
  ],
  statistics: [() => statistics('j', 'j')],
  settings: [() => after(withSettings(), 'j', 'j')],
  setting: [() => after(withSettings(), 'enter', 'x')],
  views: [
    () => after(reader(), 'v', ...Array<string>(8).fill('j')),
    () => after(searched('enter'), 'v'),
    () => after(reader(), 'v', 'G', ...Array<string>(7).fill('j'), 'D', 'y'),
  ],
  'view-line': [
    () => after(reader(), 'v', '/', 'v', 'i', 'down'),
    () => after(reader(), 'v', ...Array<string>(7).fill('j'), 'e'),
  ],
  rules: [() => after(reader(), 'M', ...Array<string>(25).fill('j')), () => after(reader(), 'M', 'D', 'y')],
  'rule-kind': [() => after(reader(), 'M', 'a')],
  'rule-line': [() => after(reader(), 'M', 'a', 'm', ...'auth'), () => after(reader(), 'M', 'e')],
  palette: [() => after(reader(), ':', ...Array<string>(30).fill('down'))],
}

/** A state without what any key takes away: what the footer says, and the number typed before. */
const lasting = (state: State): State => ({
  ...state,
  message: null,
  document: state.document && { ...state.document, digits: '' },
})

/** How often it was asked to say again where one is, once the command for that was run where there is no screen. */
function toldAgain(command: Command, make: () => Driver): number | undefined {
  const state = { ...make().state(), linear: { asked: 0 } }
  const found = commandFor(state, command.keys[0] ?? '')
  return found && 'command' in found ? found.command.run(state)[0].linear?.asked : undefined
}

/** Whether a command changes anything but what the footer says, run by a key of its in a state. */
function works(command: Command, context: Context, make: () => Driver): boolean {
  return command.keys.some((key) => {
    const start = make()
    const state = start.state()
    const found = commandFor(state, key)
    if (contextOf(state) !== context || !found || !('command' in found) || found.command !== command)
      return false
    const effects = start.during(() => start.press(...key.split(' ')))
    return effects.length > 0 || !isDeepStrictEqual(lasting(start.state()), lasting(state))
  })
}

const everywhere = CONTEXTS.flatMap(({ context }) =>
  commandsIn(context).map((command) => ({ id: command.id, context, command })),
)

describe('every command', () => {
  it.each(everywhere)('$id does something in the context $context', ({ command, context }) => {
    // It has something to do for who is told what happens, and for nobody else.
    if (command.id === 'say-again') expect(toldAgain(command, STATES[context][0] ?? reader)).toBe(1)
    else expect(STATES[context].some((make) => works(command, context, make))).toBe(true)
  })

  it('has a title of its own in its context', () => {
    for (const { context } of CONTEXTS) {
      const titles = commandsIn(context).map(({ title }) => title)
      expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
    }
  })

  it('has keys, or is in the palette', () => {
    const listed = new Set(
      Object.keys(PLACES).flatMap((place) =>
        entriesOf(reader().state(), COMMANDS, place as Context, '').map(({ command }) => command.id),
      ),
    )
    const lost = COMMANDS.filter(({ id, keys }) => keys.length === 0 && !listed.has(id))
    expect(lost).toEqual([])
    expect(listed.size).toBeGreaterThan(80)
  })

  it('stands in docs/keys.md, in the table of each of its contexts', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/keys.md'), 'utf8')
    const tables = new Map(
      page
        .split('\n## ')
        .slice(1)
        .map((part) => [part.split('\n')[0], part]),
    )
    for (const { id, context } of everywhere) {
      const title = CONTEXTS.find((other) => other.context === context)?.title
      expect(tables.get(title)).toMatch(new RegExp(`\\| ${id} \\|$`, 'm'))
    }
  })

  it('has a heading in the help for each of its contexts', () => {
    const known = CONTEXTS.map(({ context }) => context)
    expect(
      COMMANDS.flatMap(({ contexts }) => contexts).filter((context) => !known.includes(context)),
    ).toEqual([])
  })
})

describe('other names of commands', () => {
  it('mean one command in each place, and not what another one is called there', () => {
    for (const place of Object.keys(PLACES) as Context[]) {
      const names = commandsIn(place).flatMap(({ id, also = [] }) => [id, ...also])
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    }
  })

  it('and what comes before them are of the table', () => {
    for (const { after: first } of COMMANDS)
      if (first !== undefined) expect(COMMANDS.map(({ id }) => id)).toContain(first)
  })
})
