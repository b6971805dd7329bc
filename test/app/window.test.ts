import { describe, expect, it } from 'vitest'
import { createWindow, progressOf, titleOf, wishesFor } from '../../src/app/window.ts'
import { drive } from '../support/driver.ts'
import { aRow, rows } from '../support/papers.ts'

const ALL = { title: true, progress: true, notify: true, bell: true }
const BELL = { title: false, progress: false, notify: false, bell: true }
const NOTHING = { ...BELL, bell: false }
const NONE = '\u001b]9;4;0;0\u001b\\'

describe('the title of the window', () => {
  it('is how many papers are unread, and what is read while something is', () => {
    const reader = drive([aRow({ title: 'On $\\alpha$ and the Sea' }), ...rows(3).slice(1)])
    expect(titleOf(reader.state())).toBe('Broadsheet · 3 unread')
    reader.press('enter')
    expect(titleOf(reader.state())).toBe('On α and the Sea · Broadsheet')
    reader.press('q')
    expect(titleOf(reader.state())).toBe('Broadsheet · 2 unread')
    reader.press('f')
    expect(titleOf(reader.state())).toBe('On α and the Sea · Broadsheet')
  })

  it('has no control in it, and is no longer than a bar', () => {
    const reader = drive([aRow({ title: `\u001b]2;evil\u0007${'very long '.repeat(30)}` })])
    reader.press('enter')
    expect(titleOf(reader.state())).not.toMatch(/\p{Cc}/u)
    expect(titleOf(reader.state()).length).toBeLessThanOrEqual(80)
  })
})

describe('the progress of a sync', () => {
  const running = { kind: 'running', what: '', left: '', waiting: null } as const
  it.each([
    [{ ...running, done: 3, total: 12 }, '\u001b]9;4;1;25\u001b\\'],
    [{ ...running, done: 0, total: 0 }, '\u001b]9;4;3;0\u001b\\'],
    [{ kind: 'failed', why: 'x', added: 0, asked: false }, '\u001b]9;4;2;100\u001b\\'],
    [{ kind: 'done', added: 0, asked: false }, NONE],
    [{ kind: 'offline', why: 'x', added: 0, asked: false }, NONE],
  ] as const)('of %j is %j', (sync, bytes) => expect(progressOf(sync)).toBe(bytes))
})

describe('the window', () => {
  it('is written to only when something changes, and is left as it was', () => {
    const written: string[] = []
    const window = createWindow((text) => void written.push(text), ALL)
    const reader = drive(rows(3))
    window.show(reader.state())
    reader.press('j')
    window.show(reader.state())
    expect(written).toEqual(['\u001b[22;2t\u001b]2;Broadsheet · 3 unread\u001b\\'])
    reader.send({ type: 'sync-event', event: { type: 'day', day: '2025-12-03', done: 1, total: 2 }, ms: 0 })
    window.show(reader.state())
    window.close()
    window.close()
    expect(written.slice(1)).toEqual(['\u001b]9;4;1;50\u001b\\', '\u001b[23;2t', NONE])
  })

  it.each([
    [{ TERM: 'xterm-256color' }, ALL],
    [
      { TERM: 'tmux-256color', TMUX: '/tmp/x' },
      { ...ALL, progress: false },
    ],
    [{ TERM: 'linux' }, BELL],
    [{ TERM: 'dumb' }, BELL],
    [{}, BELL],
  ])('of a terminal like %j gets %j', (env, wishes) => expect(wishesFor(ALL, env)).toEqual(wishes))

  it('gets nothing where nothing is wanted', () => {
    const written: string[] = []
    const window = createWindow((text) => void written.push(text), NOTHING)
    const reader = drive(rows(3))
    reader.send({ type: 'sync-event', event: { type: 'day', day: '2025-12-03', done: 1, total: 2 }, ms: 0 })
    window.show(reader.state())
    window.notify('3 new papers')
    window.close()
    expect(written).toEqual([])
  })

  it.each([
    [ALL, ['\u001b]9;3 new papers\u0007\u0007']],
    [BELL, ['\u0007']],
  ])('with %j says the news of rules', (wishes, sent) => {
    const written: string[] = []
    createWindow((text) => void written.push(text), wishes).notify('3 new papers')
    expect(written).toEqual(sent)
  })
})
