// Keys of the reader's own: what the configuration may say of them, what it changes, and what is wrong with it.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMANDS, commandsIn, contextOf } from '../../src/app/commands.ts'
import { commandFor } from '../../src/app/dispatch.ts'
import { lineText } from '../../src/app/frame.ts'
import { CONTEXTS } from '../../src/app/help.ts'
import { keyLabel, parseKeys } from '../../src/app/keys.ts'
import { view } from '../../src/app/view.ts'
import { bindKeys, type Remark } from '../../src/config/bindings.ts'
import { parseConfig } from '../../src/config.ts'
import { drive } from '../support/driver.ts'
import { idOf, rows } from '../support/papers.ts'

/** The keys that a configuration gives, and all that is wrong with it. */
function bound(...lines: string[]) {
  const config = parseConfig(['[keys]', ...lines].join('\n'), 'config.toml')
  const { bindings, kept, problems, losses } = bindKeys(config.keys)
  const keys = (id: string, context: Parameters<typeof commandsIn>[0] = 'list') =>
    commandsIn(context, bindings).find((command) => command.id === id)?.keys
  const told = ({ place, text }: Remark) => `line ${place?.line}, column ${place?.column}: ${text}`
  return {
    ...{ bindings, keys, losses: losses.map(told) },
    problems: [...config.problems, ...problems.map(told)],
    kept: kept.map(({ command, keys }) => `${command} ${keys.join(', ')}`),
  }
}

/** A reader with these keys. */
function reader(...lines: string[]) {
  const { bindings } = bound(...lines)
  const own = drive(rows(30))
  Object.assign(own.state(), { bindings })
  return own
}

describe('the name of a key', () => {
  it.each([
    ['j', 'j'],
    ['G', 'G'],
    ['é', 'é'],
    [' ', 'space'],
    ['Space', 'space'],
    ['ENTER', 'enter'],
    ['Return', 'enter'],
    ['Esc', 'escape'],
    ['PgDn', 'pageDown'],
    ['ctrl+d', 'ctrl+d'],
    ['Ctrl-D', 'ctrl+d'],
    ['C-d', 'ctrl+d'],
    ['^d', 'ctrl+d'],
    ['Ctrl-Up', 'ctrl+up'],
    ['g g', 'g g'],
    ['gg', 'g g'],
    ['g  Enter', 'g enter'],
    ['ctrl-x ctrl-s', 'ctrl+x ctrl+s'],
  ])('%j is read as %j', (text, key) => expect(parseKeys(text)).toBe(key))

  it.each(['', 'hyper-x', 'ctrl-', 'ctrl-ä', 'ctrl-space', 'a b c d e', '\t\u0007', 'entr ', '日本語です'])(
    '%j is none',
    (text) => expect(parseKeys(text)).toBeNull(),
  )

  it('is read again from how it is shown, for every key of the table', () => {
    for (const key of new Set(COMMANDS.flatMap(({ keys }) => keys))) {
      const shown = keyLabel(key)
      if (/[↑↓←→]/.test(shown)) continue
      expect([key, parseKeys(shown)]).toEqual([key, key])
    }
  })

  it('is never misread: whatever is read can be read again as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
        const key = parseKeys(text)
        if (key !== null) expect(parseKeys(key)).toBe(key)
      }),
    )
  })
})

describe('keys of the reader’s own', () => {
  it('are a command’s in all its places, or in the one that is named', () => {
    const { keys, problems } = bound('toggle-star = "S"', '[keys.reading]', 'toggle-read = ["M", "g m"]')
    expect(problems).toEqual([])
    expect([keys('toggle-star'), keys('toggle-star', 'reading')]).toEqual([['S'], ['S']])
    expect([keys('toggle-read'), keys('toggle-read', 'reading')]).toEqual([['m'], ['M', 'g m']])
  })

  it('take a key away from the command that has it in the table, and its sequences with it', () => {
    const { keys, problems } = bound('next = "g"', 'quit = []')
    expect(problems).toEqual([])
    expect(keys('next')).toEqual(['g'])
    expect(keys('first')).toEqual(['home'])
    expect(keys('quit')).toEqual([])
    expect(keys('scroll-first', 'reading')).toEqual(['g g', 'home'])
  })

  it('are what dispatch, footer, help and palette go by', () => {
    const own = reader('toggle-star = "S"', 'search = "g s"')
    own.press('b')
    expect(own.rows().some(({ starred }) => starred)).toBe(false)
    own.press('S')
    expect(own.rows()[0]?.starred).toBe(true)
    own.press('j', 'g')
    const footer = lineText(view(own.state()).lines.at(-1) ?? [])
    expect(footer).toMatch(/^ g … .*g first paper.*s search/)
    own.press('s')
    expect(contextOf(own.state())).toBe('prompt')
    own.press('escape', '?', '/', ...'titles', 'enter')
    const help = view(own.state()).lines.map(lineText).join('\n')
    expect(help).toMatch(/gs +search titles/)
    own.press('escape', 'escape', ':', ...'star')
    expect(view(own.state()).lines.map(lineText)[2]).toMatch(/star or unstar .* S $/)
  })

  it('of what comes after another key are shown with that key, or not at all where it is gone', () => {
    const upvotes = (...lines: string[]) => {
      const own = reader(...lines)
      own.press(':', ...'by upvotes')
      const line = view(own.state()).lines.map(lineText)[2] ?? ''
      return /by upvotes, the most first +(.*?) *$/.exec(line)?.[1]
    }
    expect(upvotes()).toBe('s u')
    expect(upvotes('sort = "X"')).toBe('X u')
    expect(upvotes('toggle-star = "s"')).toBe('')
  })

  it('are shown in the palette as they are where it was opened', () => {
    const own = reader('[keys.reading]', 'toggle-star = "S"')
    const star = () => {
      own.press(':', ...'star or')
      const line = view(own.state()).lines.map(lineText)[2] ?? ''
      own.press('escape')
      return /star or unstar .* (\S+) $/.exec(line)?.[1]
    }
    const [table] = bound().keys('toggle-star') ?? []
    expect(star()).toBe(table)
    own.press('enter')
    expect(star()).toBe('S')
  })

  it.each([
    [
      ['togle-star = "S"'],
      /line 2, column \d+: there is no command “togle-star”\. Did you mean toggle-star\?/,
    ],
    [['[keys.lists]', 'quit = "Q"'], /there is no place “lists”\. Did you mean list\?/],
    [['[keys.copy]', 'quit = "Q"'], /line 3, column \d+: quit does nothing in “copy”\. It works in list\./],
    [['quit = 3'], /line 2, column \d+: the keys of quit are no text in quotes/],
    [['quit = "hyper-q"'], /line 2, column \d+: “hyper-q” is no key\. Keys are written as/],
    [
      ['next = "X"', 'previous = "X"'],
      /line 3, column \d+: X is given to previous, but X is next in “list” already; that stays/,
    ],
    [
      ['next = "z z"', 'previous = "z"'],
      /line 3, column \d+: z is given to previous, but zz is next in “list” already/,
    ],
    [['quit = "ctrl-c"'], /line 2, column \d+: Ctrl-c always quits and cannot be quit\./],
    [['interrupt = "x"'], /line 2, column \d+: interrupt has Ctrl-c for good/],
    [
      ['quit = "Q"', '[keys.list]', 'quit = 3'],
      /^config\.toml, line 4, column \d+: the keys of quit are no text/,
    ],
    [['quit = "Q"', '[keys.reading]', 'next = "X"'], /^line 4, column \d+: next does nothing in “reading”/],
    [
      ['back = []'],
      /^line 2, column \d+: back would have no key left in “reading”; Esc stays its key there\./,
    ],
    [
      ['search = "z"', 'leave-triage = ["z"]', 'triage-back = ["z"]'],
      /line 4, column \d+: z is given to triage-back/,
    ],
    [
      ['[keys.reading]', 'scroll-down = ["Esc", "q"]', 'scroll-up = ["h", "Left"]'],
      /^line 4, column \d+: back would have no key left in “reading”/,
    ],
    [['keep-search = "k"'], /line 2, column \d+: k is text where it is typed \(in “prompt”\)/],
  ])('%j are complained of', (lines, problem) => {
    const { problems } = bound(...lines)
    expect(problems).toEqual([expect.stringMatching(problem)])
  })

  it('that make no sense leave a command the keys it has', () => {
    expect(bound('quit = "hyper-q"').keys('quit')).toEqual(['q'])
    expect(bound('next = "X"', 'previous = "X"').keys('next')).toEqual(['X'])
  })

  it('that leave a command none are told of, once, unless it was given another or none', () => {
    expect(bound('toggle-star = "s"').losses).toEqual([
      'line 2, column 1: s was sort in “list”, which has no key there now. Give it another: sort = "…", or [] for none.',
    ])
    expect(bound('toggle-star = "s"', 'sort = "X"').losses).toEqual([])
    expect(bound('toggle-star = "s"', 'sort = []').losses).toEqual([])
    expect(bound('next = "g"').losses).toEqual([expect.stringContaining('gv was select-again')])
  })

  it('that are the table’s take nothing from who shares them, and what cannot be changes nothing', () => {
    expect(bound('open = "Enter"').losses).toEqual([])
    expect(bound('open = "Enter"').keys('ask-hub')).toEqual(['enter'])
    const { keys, kept, problems } = bound('toggle-star = "q"', 'toggle-hidden = "q"')
    expect([keys('toggle-star'), keys('toggle-hidden')]).toEqual([['q'], ['x']])
    expect(kept).toEqual(['toggle-star q'])
    expect(problems).toHaveLength(2)
  })

  it('count as far as they can be', () => {
    expect(bound('next = ["X", "ctrl-c"]', 'previous = "X"', 'togle = "y"', 'quit = []').kept).toEqual([
      'next X',
      'quit ',
    ])
  })

  it('never take the last way out of a place: Esc goes back to it', () => {
    const { keys } = bound('[keys.reading]', 'scroll-down = ["Esc", "q"]', 'scroll-up = ["h", "Left"]')
    expect([keys('back', 'reading'), keys('scroll-down', 'reading')]).toEqual([['escape'], ['q']])
    const own = reader('back = []')
    own.press('enter', 'q')
    expect(contextOf(own.state())).toBe('reading')
    own.press('escape')
    expect(contextOf(own.state())).toBe('list')
    // Another key for it is enough, and quitting has Ctrl-c.
    expect(bound('back = "x"').problems).toEqual([])
    expect(bound('back = "x"').keys('back', 'reading')).toEqual(['x'])
    expect(bound('quit = []').problems).toEqual([])
  })

  it('never leave two commands of a place on one key that is not shared in the table, nor one behind another’s sequence', () => {
    const ids = fc.constantFrom(...COMMANDS.map(({ id }) => id))
    const key = fc.constantFrom('x', 'g', 'g g', 'g x', 'j', 'Enter', 'Esc', 'Ctrl-d', 'z z z', 'q', 'Space')
    const shared = (context: (typeof CONTEXTS)[number]['context'], one: string, other: string) => {
      const keysOf = (id: string) => commandsIn(context).find((command) => command.id === id)?.keys ?? []
      return keysOf(one).some((key) => keysOf(other).includes(key))
    }
    fc.assert(
      fc.property(fc.array(fc.tuple(ids, fc.array(key, { maxLength: 2 })), { maxLength: 8 }), (wanted) => {
        const unique = new Map(wanted)
        const { bindings } = bound(...Array.from(unique, ([id, keys]) => `${id} = ${JSON.stringify(keys)}`))
        for (const { context } of CONTEXTS) {
          const all = commandsIn(context, bindings).flatMap(({ id, keys }) =>
            keys.map((each) => ({ id, each })),
          )
          for (const { id, each } of all)
            for (const other of all) {
              if (other.id === id || shared(context, id, other.id)) continue
              expect([
                context,
                id,
                each,
                other.id,
                other.each === each || other.each.startsWith(`${each} `),
              ]).toEqual([...[context, id, each, other.id], false])
            }
          expect(all).toContainEqual({ id: 'interrupt', each: 'ctrl+c' })
          const out = commandsIn(context).findLast(({ keys }) => keys.includes('escape'))
          expect(all.map(({ id }) => id)).toContain(out?.id)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('a sequence', () => {
  it('is typed key by key, and dropped by Esc or by what means nothing', () => {
    const own = drive(rows(30))
    own.press('G', 'g')
    expect(own.state().pending).toBe('g')
    own.press('g')
    expect([own.selected(), own.state().pending]).toEqual([idOf(1), ''])
    own.press('G', 'g', 'escape')
    expect([own.selected(), own.state().message]).toEqual([idOf(30), null])
    own.press('g', 'x')
    expect(own.state()).toMatchObject({ pending: '', message: { text: 'gx means nothing here.' } })
    expect(own.during(() => own.press('g', 'ctrl+c'))).toEqual([{ type: 'quit' }])
  })

  it('of the table is never cut off by a key alone', () => {
    for (const { context } of CONTEXTS) {
      const keys = commandsIn(context).flatMap((command) => command.keys)
      for (const key of keys) expect(keys.filter((other) => other.startsWith(`${key} `))).toEqual([])
    }
  })

  it('keeps a key that stands alone as it is', () => {
    const own = drive(rows(3))
    expect(commandFor(own.state(), 'j')).toMatchObject({ command: { id: 'next' } })
    expect(commandFor(own.state(), 'g')).toEqual({ begins: true })
    expect(commandFor(own.state(), 'Z')).toBeNull()
  })
})
