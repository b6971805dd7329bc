import { describe, expect, it } from 'vitest'
import { COMMANDS, type Command, type Context, commandsIn, contextOf } from '../../src/app/commands.ts'
import { CONTEXTS, helpLines, TYPED } from '../../src/app/help.ts'
import { type KeyPress, keyLabel, keysOf } from '../../src/app/keys.ts'
import { editPrompt } from '../../src/app/prompt.ts'
import { drive } from '../support/driver.ts'
import { idOf, rows } from '../support/papers.ts'

const NO_KEY: KeyPress = {
  ...{
    upArrow: false,
    downArrow: false,
    leftArrow: false,
    rightArrow: false,
    pageUp: false,
    pageDown: false,
  },
  ...{ home: false, end: false, return: false, escape: false, tab: false, backspace: false, delete: false },
  ...{ ctrl: false, shift: false, meta: false },
}

describe('keysOf', () => {
  it.each<[string, string, Partial<KeyPress>, string[]]>([
    ['a letter', 'j', {}, ['j']],
    ['a capital letter', 'G', { shift: true }, ['G']],
    ['a sign', '/', {}, ['/']],
    ['space', ' ', {}, ['space']],
    ['enter', '\r', { return: true }, ['enter']],
    ['escape', '', { escape: true }, ['escape']],
    ['escape, which some report with meta', '', { escape: true, meta: true }, ['escape']],
    ['an arrow', '', { downArrow: true }, ['down']],
    ['page down', '', { pageDown: true }, ['pageDown']],
    ['home', '', { home: true }, ['home']],
    ['tab', '', { tab: true }, ['tab']],
    ['shift and tab', '', { tab: true, shift: true }, ['shift+tab']],
    ['backspace', '', { backspace: true }, ['backspace']],
    ['delete', '', { delete: true }, ['delete']],
    ['ctrl and a letter', 'd', { ctrl: true }, ['ctrl+d']],
    ['ctrl and a capital letter', 'D', { ctrl: true, shift: true }, ['ctrl+d']],
    ['ctrl and an arrow, which is no arrow', '', { ctrl: true, leftArrow: true }, ['ctrl+left']],
    ['alt and a letter, which is no letter', 'j', { meta: true }, []],
    ['keys pressed fast', 'dj\r', {}, ['d', 'j', 'enter']],
    ['Enter twice', '\r\r', {}, ['enter', 'enter']],
    ['Enter as some terminals send it', '\r\n', {}, ['enter']],
    ['a line feed', '\n', {}, ['enter']],
    ['a query and Enter', '/a b\r', {}, ['/', 'a', 'space', 'b', 'enter']],
    ['controls between letters', 'a\u0004\u0003', {}, ['a', 'ctrl+d', 'ctrl+c']],
    [
      'a tab, a backspace and an escape in one piece',
      '\t\u007f\b\u001b',
      {},
      ['tab', 'backspace', 'backspace', 'escape'],
    ],
    ['an emoji of many parts', '👨‍👩‍👧', {}, ['👨‍👩‍👧']],
    ['a letter with its accent', 'e\u0301x', {}, ['e\u0301', 'x']],
    ['letters of other scripts', '中文', {}, ['中', '文']],
    ['nothing', '', {}, []],
  ])('names %s', (_, input, key, names) => {
    expect(keysOf(input, { ...NO_KEY, ...key })).toEqual(names)
  })
})

describe('keyLabel', () => {
  it.each([
    ['ctrl+d', 'Ctrl-d'],
    ['pageDown', 'PgDn'],
    ['up', '↑'],
    ['escape', 'Esc'],
    ['enter', 'Enter'],
    ['space', 'Space'],
    ['tab', 'Tab'],
    ['shift+tab', 'Shift-Tab'],
    ['G', 'G'],
    ['?', '?'],
  ])('writes %s as %s', (key, label) => {
    expect(keyLabel(key)).toBe(label)
  })
})

describe('the table of commands', () => {
  const everyKey = CONTEXTS.flatMap(({ context }) =>
    [...new Set(commandsIn(context).flatMap(({ keys }) => keys))].map((key): [Context, string, Command[]] => [
      context,
      key,
      commandsIn(context).filter(({ keys }) => keys.includes(key)),
    ]),
  )

  it('has an id, a title and a context for every command, no id twice and no key twice', () => {
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length)
    for (const { id, title, contexts, keys, hint } of COMMANDS) {
      expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/)
      expect(title).toMatch(/^\S.*\S$/)
      expect(contexts.length).toBeGreaterThan(0)
      expect(new Set(keys).size).toBe(keys.length)
      if (hint !== undefined) expect(hint).not.toBe('')
    }
  })

  it('has for each key of a context one command, or several of which all but the last can be disabled', () => {
    for (const [context, key, commands] of everyKey)
      for (const command of commands.slice(0, -1))
        expect([context, key, command.id, typeof command.enabled]).toEqual([
          context,
          key,
          command.id,
          'function',
        ])
  })

  it('shares keys only where a search is left before the reader is, the Hub is offered, and what was found, filtered by or typed is forgotten', () => {
    const shared = everyKey
      .filter(([, , commands]) => commands.length > 1)
      .map(([context, key, commands]) => [context, key, ...commands.map(({ id }) => id)])
    expect(shared).toEqual([
      ['list', 'enter', 'open', 'ask-hub'],
      ['list', 'escape', 'clear-selection', 'leave-search'],
      ['list', 'q', 'leave-search', 'quit'],
      ['document', 'escape', 'forget-find', 'close-text'],
      ['prompt', 'up', 'older-query', 'previous-result'],
      ['prompt', 'down', 'newer-query', 'next-result'],
      ['help', 'escape', 'clear-filter', 'close-help'],
      ['calendar', 'escape', 'calendar-untype', 'calendar-close'],
      ['calendar', 'ctrl+g', 'calendar-untype', 'calendar-close'],
    ])
  })

  it('takes no key that edits the line where one is typed', () => {
    for (const [context, key] of everyKey)
      if (TYPED.includes(context))
        expect([key, editPrompt({ text: 'ab', cursor: 1 }, key)]).toEqual([key, null])
  })

  it('names keys as keysOf does', () => {
    const special = [
      'up',
      'down',
      'left',
      'right',
      'enter',
      'escape',
      'space',
      'home',
      'end',
      'pageUp',
      'pageDown',
      'tab',
      'shift+tab',
    ]
    for (const [, key] of everyKey)
      for (const single of key.split(' '))
        if (!special.includes(single) && !/^ctrl\+(?:[a-z]|up|down)$/.test(single))
          expect([...single]).toHaveLength(1)
  })

  it('has a way out of every context', () => {
    for (const { context } of CONTEXTS) {
      expect(commandsIn(context).flatMap(({ keys }) => keys)).toContain('ctrl+c')
      expect(commandsIn(context).flatMap(({ keys }) => keys)).toContain('escape')
    }
  })

  it('stands in the help whole', () => {
    const text = helpLines(76).map((line) => line.map((span) => span.text).join(''))
    for (const { title, keys } of COMMANDS)
      expect(
        text.some((line) => line.includes(title) && keys.every((key) => line.includes(keyLabel(key)))),
      ).toBe(true)
    for (const { title } of CONTEXTS) expect(text).toContain(title)
  })
})

describe('the context', () => {
  it.each<[string[], Context]>([
    [[], 'list'],
    [['enter'], 'reading'],
    [['/'], 'prompt'],
    [['/', 'x', 'enter'], 'prompt'],
    [['?'], 'help'],
    [['enter', '?'], 'help'],
    [['enter', '/'], 'prompt'],
    [['enter', '?', 'escape'], 'reading'],
    [['enter', '?', 'escape', 'escape'], 'list'],
  ])('after %j is %s', (keys, context) => {
    const reader = drive(rows(3))
    reader.press(...keys)
    expect(contextOf(reader.state())).toBe(context)
  })

  it('of an opened result is reading, and Esc leads back through the results to the list', () => {
    const reader = drive(rows(3))
    reader.press('/', 'x')
    reader.find([idOf(2)])
    reader.press('enter', 'enter')
    const seen = [contextOf(reader.state())]
    reader.press('escape')
    seen.push(contextOf(reader.state()))
    expect(reader.shown()).toEqual([idOf(2)])
    reader.press('escape')
    expect(reader.shown()).toHaveLength(3)
    expect(seen).toEqual(['reading', 'list'])
  })
})
