// What another connection does to the library: the reader shows it within a second, and stays where it was.

import { expect, it, vi } from 'vitest'
import type { Event } from '../../src/app/events.ts'
import { watchOthers } from '../../src/app/other-instances.ts'
import { changeMarks, changeTags, undoLast } from '../../src/library/history.ts'
import { storeDay } from '../../src/library/intake.ts'
import { openLibrary } from '../../src/library/library.ts'
import { addRule, removeRule } from '../../src/library/rules.ts'
import { deriveRules } from '../../src/search/rules.ts'
import { idOf, papers, temporaryLibrary } from '../support/papers.ts'

/** A library with papers that is watched, and another connection to it. */
function watched(count: number) {
  const held = temporaryLibrary()
  storeDay(held.library, '2025-01-06', papers(count))
  const other = openLibrary(held.file)
  const events: Event[] = []
  let loads = 0
  const watch = watchOthers(
    held.library,
    (event) => void events.push(event),
    () => void loads++,
  )
  const rows = () => events.flatMap((event) => (event.type === 'changed' ? event.rows : []))
  const end = () => {
    watch.stop()
    other.close()
    held[Symbol.dispose]()
  }
  return { held, other, events, rows, loads: () => loads, [Symbol.dispose]: end }
}

const within = { timeout: 1000, interval: 20 }

it('marks, tags and undone steps of another instance come as changed rows', async () => {
  using it = watched(3)
  changeMarks(it.other, [idOf(2)], { read: true, later: true }, 'marked')
  await vi.waitFor(() => expect(it.rows()).toMatchObject([{ id: idOf(2), read: true, later: true }]), within)
  changeTags(it.other, [idOf(3)], { add: ['rl'], remove: [] }, 'tagged')
  await vi.waitFor(() => expect(it.rows().at(-1)).toMatchObject({ id: idOf(3), tags: ['rl'] }), within)
  undoLast(it.other)
  await vi.waitFor(() => expect(it.rows().at(-1)).toMatchObject({ id: idOf(3), tags: [] }), within)
  expect(it.events.every((event) => event.type === 'changed' && event.say === null)).toBe(true)
  expect(it.loads()).toBe(0)
})

it('papers of another instance’s sync make the rows be read again, and so do very many changes', async () => {
  using it = watched(600)
  storeDay(it.other, '2025-01-07', papers(602).slice(600))
  await vi.waitFor(() => expect(it.loads()).toBe(1), within)
  const ids = papers(600).map(({ id }) => id)
  changeMarks(it.other, ids, { read: true }, 'all of them')
  await vi.waitFor(() => expect(it.loads()).toBe(2), within)
  expect(it.rows()).toEqual([])
})

it('rules of another instance make the rows be read again once they match, and once they are gone', async () => {
  using it = watched(3)
  const rule = addRule(it.other, { kind: 'mute', query: 'paper', name: 'paper' })
  deriveRules(it.other)
  await vi.waitFor(() => expect(it.loads()).toBeGreaterThan(0), within)
  const before = it.loads()
  removeRule(it.other, rule)
  await vi.waitFor(() => expect(it.loads()).toBeGreaterThan(before), within)
})

it('the reader’s own changes are not told twice', async () => {
  using it = watched(3)
  changeMarks(it.held.library, [idOf(1)], { read: true }, 'own')
  changeMarks(it.other, [idOf(2)], { read: true }, 'other')
  await vi.waitFor(() => expect(it.rows().map(({ id }) => id)).toContain(idOf(2)), within)
  const told = it.events.length
  changeMarks(it.held.library, [idOf(3)], { read: true }, 'own')
  await new Promise((resolve) => setTimeout(resolve, 900))
  expect(it.events.length).toBe(told)
})
