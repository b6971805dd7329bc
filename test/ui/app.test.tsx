import { stripVTControlCharacters } from 'node:util'
import { cleanup, render } from 'ink-testing-library'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createRuntime, type Runtime } from '../../src/app/runtime.ts'
import { type Effect, initialState, selectedRow } from '../../src/app/state.ts'
import { frameText, view } from '../../src/app/view.ts'
import { App } from '../../src/ui/App.tsx'
import { idOf, rows, wholePaper } from '../support/papers.ts'

afterEach(cleanup)

/** The app on a fake screen over some rows, and what it asks to be done outside. */
function open() {
  const effects: Effect[] = []
  const list = rows(40)
  const first = initialState({ columns: 100, rows: 24 }, list, { papers: 40, unread: 40 })
  const runtime: Runtime = createRuntime(first, (dispatch) => (effect) => {
    effects.push(effect)
    const row = effect.type === 'load-paper' && list.find(({ id }) => id === effect.id)
    if (row) dispatch({ type: 'paper', paper: wholePaper(row) })
  })
  const screen = render(<App runtime={runtime} />)
  const shown = () => stripVTControlCharacters(screen.lastFrame() ?? '')
  const wanted = () => frameText(view(runtime.state()))
  const lines = (text: string) => text.split('\n').map((line) => line.trimEnd())
  /** Waits until the screen shows the state. */
  const painted = () =>
    vi.waitFor(() => expect(lines(shown())).toEqual(lines(wanted())), { timeout: 10_000, interval: 5 })
  /** Writes what a terminal sends, and waits for what it is to bring about. */
  const send = async (bytes: string, done: () => boolean) => {
    screen.stdin.write(bytes)
    await vi.waitUntil(done, { timeout: 10_000, interval: 5 })
    await painted()
  }
  return { runtime, effects, screen, shown, painted, send }
}

describe('the app', () => {
  it('shows the frame of the state', async () => {
    const app = open()
    await app.painted()
    expect(app.shown()).toContain('Paper number 1')
    expect(app.shown()).toContain('Mon 30 Jun 2025')
  })

  it('shows the next state when something else has changed it', async () => {
    const app = open()
    await app.painted()
    app.runtime.dispatch({ type: 'say', message: { kind: 'info', text: 'Something happened.' } })
    await app.painted()
    expect(app.shown()).toContain('Something happened.')
  })

  it('takes keys, alone and several at once', async () => {
    const app = open()
    await app.painted()
    const selected = () => selectedRow(app.runtime.state())?.id
    await app.send('j', () => selected() === idOf(2))
    await app.send('jjk', () => selected() === idOf(3))
    await app.send('\u001b[B', () => selected() === idOf(4))
    await app.send('\u0004', () => app.runtime.state().cursor > 8)
    await app.send('\r', () => app.runtime.state().reading)
    expect(app.shown()).toContain('We hang lanterns')
    await app.send('q', () => !app.runtime.state().reading)
  })

  it('takes a single escape for Esc', async () => {
    const app = open()
    await app.painted()
    await app.send('?', () => app.runtime.state().help)
    await app.send('\u001b', () => !app.runtime.state().help)
  })

  it('takes a query and Enter in one piece', async () => {
    const app = open()
    await app.painted()
    await app.send('/a b\r', () => app.runtime.state().held.length === 1)
    expect(app.runtime.state().prompt?.text).toBe('a b')
    expect(app.effects.filter(({ type }) => type === 'search')).toHaveLength(3)
  })

  it('takes a paste whole, as text and not as keys', async () => {
    const app = open()
    await app.painted()
    await app.send('/', () => app.runtime.state().prompt !== null)
    await app.send('\u001b[200~q j\r\nG\u001b[201~', () => app.runtime.state().prompt?.text === 'q j G')
    expect(app.effects.filter(({ type }) => type === 'search')).toHaveLength(1)
  })

  it('leaves ctrl+c to the commands', async () => {
    const app = open()
    await app.painted()
    await app.send('\u0003', () => app.effects.some(({ type }) => type === 'quit'))
  })

  it('fills the terminal it is in', async () => {
    const app = open()
    await vi.waitUntil(() => app.runtime.state().size.columns === app.screen.stdout.columns)
    await app.painted()
    expect(app.shown().split('\n')).toHaveLength(app.runtime.state().size.rows)
  })
})
