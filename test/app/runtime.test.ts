import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/app/events.ts'
import { createRuntime } from '../../src/app/runtime.ts'
import { type Effect, initialState, selectedRow } from '../../src/app/state.ts'
import { update } from '../../src/app/update.ts'
import { idOf, rows } from '../support/papers.ts'

describe('the runtime', () => {
  it('tells who watches once, after all that an event brought', () => {
    const seen: number[] = []
    const effects: Effect[] = []
    const first = initialState({ columns: 80, rows: 24 }, [], { papers: 0, unread: 0 })
    const runtime = createRuntime(first, (dispatch) => (effect) => {
      effects.push(effect)
      dispatch({ type: 'say', message: { kind: 'info', text: 'answered' } })
    })
    const stop = runtime.subscribe(() => seen.push(runtime.state().message?.text.length ?? 0))
    runtime.dispatch({ type: 'key', key: 'U' })
    expect(effects).toEqual([{ type: 'undo' }])
    expect(seen).toEqual(['answered'.length])
    runtime.dispatch({ type: 'paste', text: 'nothing to paste into' })
    expect(seen).toHaveLength(1)
    stop()
    runtime.dispatch({ type: 'key', key: 'U' })
    expect(seen).toHaveLength(1)
  })

  it('answers events that come while another is dealt with after it, in their order', () => {
    const first = initialState({ columns: 80, rows: 24 }, rows(9), { papers: 9, unread: 9 })
    const loaded: string[] = []
    const runtime = createRuntime(first, (dispatch) => (effect) => {
      if (effect.type !== 'load-paper') return
      loaded.push(effect.id)
      if (loaded.length === 1) for (const key of ['j', 'j']) dispatch({ type: 'key', key })
    })
    runtime.dispatch({ type: 'key', key: 'j' })
    expect(loaded).toEqual([2, 3, 4].map(idOf))
    expect(selectedRow(runtime.state())?.id).toBe(idOf(4))
  })

  it('goes on after an effect that throws', () => {
    const first = initialState({ columns: 80, rows: 24 }, rows(9), { papers: 9, unread: 9 })
    const runtime = createRuntime(first, () => (effect) => {
      if (effect.type === 'undo') throw new RangeError('an effect')
    })
    expect(() => runtime.dispatch({ type: 'key', key: 'U' })).toThrow(RangeError)
    runtime.dispatch({ type: 'key', key: 'j' })
    expect(selectedRow(runtime.state())?.id).toBe(idOf(2))
  })
})

it('update changes no state it is given', () => {
  // Typed arrays cannot be frozen: what is in them is compared at the end.
  const numbers: { readonly array: Uint32Array; readonly copy: Uint32Array }[] = []
  const freeze = <T>(value: T): T => {
    if (value instanceof Uint32Array) numbers.push({ array: value, copy: value.slice() })
    else if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
      Object.freeze(value)
      for (const part of Object.values(value)) freeze(part)
    }
    return value
  }
  const list = rows(30)
  let state = freeze(initialState({ columns: 100, rows: 10 }, list, { papers: 30, unread: 30 }))
  const keys = [
    'j',
    'enter',
    'J',
    'q',
    'm',
    '2',
    '/',
    'a',
    'enter',
    'down',
    'escape',
    '?',
    'j',
    'q',
    'U',
    '3',
    '1',
    'G',
  ]
  const events: Event[] = [
    ...keys.map((key): Event => ({ type: 'key', key })),
    { type: 'changed', rows: list.slice(0, 2).map((row) => ({ ...row, read: true })), say: null },
    { type: 'rows', rows: list.slice(3), complete: true },
    { type: 'resized', size: { columns: 20, rows: 5 } },
  ]
  for (const event of events) state = freeze(update(state, event)[0])
  expect(state.rows).toHaveLength(27)
  expect(numbers.length).toBeGreaterThan(keys.length)
  for (const { array, copy } of numbers) expect(array).toEqual(copy)
})
