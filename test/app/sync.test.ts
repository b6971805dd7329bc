import { describe, expect, it } from 'vitest'
import { frameText, view } from '../../src/app/view.ts'
import type { SyncEvent } from '../../src/sources/sync.ts'
import { type Driver, drive } from '../support/driver.ts'
import { rows } from '../support/papers.ts'

const day = '2025-06-30'
const say = (reader: Driver, event: SyncEvent, ms = 0) => reader.send({ type: 'sync-event', event, ms })
const bar = (reader: Driver) => frameText(view(reader.state())).split('\n')[0] ?? ''
const foot = (reader: Driver) => frameText(view(reader.state())).split('\n').at(-1) ?? ''

describe('the start', () => {
  it('asks for a sync, and for the rest of the rows where they are not all there', () => {
    const whole = drive(rows(5))
    expect(whole.during(() => whole.send({ type: 'started' }))).toEqual([
      { type: 'sync', asked: false, all: false },
      { type: 'load-tags' },
      { type: 'load-views' },
    ])
    const part = drive(rows(5))
    part.send({ type: 'rows', rows: rows(5), complete: false })
    expect(part.during(() => part.send({ type: 'started' }))).toEqual([
      { type: 'load-rows' },
      { type: 'sync', asked: false, all: false },
      { type: 'load-tags' },
      { type: 'load-views' },
    ])
  })

  it('says nothing of a sync that has not begun', () => {
    expect(bar(drive(rows(5)))).toMatch(/^ Broadsheet {2}All 1\/5 · 5 unread · \d+ [A-Z][a-z]{2} \d{4}$/)
  })
})

describe('a running sync', () => {
  it.each([
    [200, 'sync 30 Jun 2025 7/14 ━━━━━─────'],
    [80, 'sync 7/14 ━━━━━─────'],
    [50, 'sync 7/14'],
  ])('says at %i columns how far it is', (columns, text) => {
    const reader = drive(rows(5), { size: { columns, rows: 24 } })
    say(reader, { type: 'day', day, done: 7, total: 14 })
    expect(bar(reader).trimEnd().endsWith(text)).toBe(true)
  })

  it('says how long the rest may take, once that can be told', () => {
    const reader = drive(rows(5), { size: { columns: 80, rows: 24 } })
    const stored = (done: number, ms: number) => {
      say(reader, { type: 'stored', day, done, total: 900, papers: 0 }, ms)
      return bar(reader)
    }
    expect(stored(2, 60_000)).not.toContain('left')
    expect(stored(100, 20_000)).toContain('sync 100/900 3 min left ━')
    expect(stored(890, 178_000)).toContain('sync 890/900 2 s left ━')
    expect(stored(899, 180_000)).not.toContain('left')
  })

  it('lets the whole archive be asked for, and says that it comes next', () => {
    const reader = drive(rows(5))
    say(reader, { type: 'day', day, done: 0, total: 3 })
    expect(reader.during(() => reader.press('R'))).toEqual([{ type: 'sync', asked: true, all: true }])
    expect(foot(reader)).toContain('The archive comes next, after the sync that is running.')
  })

  it('loads the rows when a day with papers is stored, not for an empty one', () => {
    const reader = drive(rows(5))
    const stored = (papers: number): SyncEvent => ({ type: 'stored', day, done: 1, total: 2, papers })
    expect(reader.during(() => say(reader, stored(3)))).toEqual([{ type: 'load-rows' }])
    expect(reader.during(() => say(reader, stored(0)))).toEqual([])
    expect(reader.state().sync).toMatchObject({ kind: 'running', done: 1, total: 2 })
  })

  it('says that it waits and for what, but not for the shortest pauses', () => {
    const reader = drive(rows(5), { size: { columns: 200, rows: 24 } })
    say(reader, { type: 'day', day, done: 0, total: 3 })
    say(reader, { type: 'waiting', ms: 900, why: 'the connection failed' })
    expect(bar(reader)).not.toContain('waiting')
    say(reader, { type: 'waiting', ms: 41_200, why: 'the server’s request limit' })
    expect(bar(reader)).toContain('waiting 42 s for the server’s request limit')
    say(reader, { type: 'day', day, done: 1, total: 3 })
    expect(bar(reader)).not.toContain('waiting')
  })

  it('keeps problems of single days to itself', () => {
    const reader = drive(rows(5))
    const before = reader.state()
    say(reader, { type: 'problem', where: day, problem: 'entry 3 left out' })
    say(reader, { type: 'page', why: 'The API is off.' })
    expect(reader.state()).toEqual(before)
  })

  it('says what else it asks for, and loads the rows when that brought papers', () => {
    const reader = drive(rows(5), { size: { columns: 200, rows: 24 } })
    say(reader, { type: 'source', what: 'arXiv cs.CL' })
    expect(bar(reader)).toMatch(/sync arXiv cs\.CL\s*$/)
    const brought = (papers: number): SyncEvent => ({ type: 'brought', what: 'arXiv cs.CL', papers })
    expect(reader.during(() => say(reader, brought(3)))).toEqual([{ type: 'load-rows' }])
    expect(reader.during(() => say(reader, brought(0)))).toEqual([])
  })

  it('says that it follows the sync of another instance, and how far that is', () => {
    const reader = drive(rows(5), { size: { columns: 200, rows: 24 } })
    say(reader, { type: 'following', host: 'here', pid: 7, progress: '' })
    expect(bar(reader)).toContain('another sync is running')
    say(reader, { type: 'following', host: 'here', pid: 7, progress: '3 of 9 days' })
    expect(bar(reader)).toContain('another sync is running: 3 of 9 days')
  })

  it('brings the whole archive by R', () => {
    const reader = drive(rows(5))
    expect(reader.during(() => reader.press('R'))).toEqual([{ type: 'sync', asked: true, all: true }])
  })

  it('is not started a second time by r, which says why', () => {
    const reader = drive(rows(5))
    expect(reader.during(() => reader.press('r'))).toEqual([{ type: 'sync', asked: true, all: false }])
    say(reader, { type: 'day', day, done: 0, total: 3 })
    expect(reader.during(() => reader.press('r'))).toEqual([])
    expect(foot(reader)).toBe(' A sync is running.')
  })
})

describe('the end of a sync', () => {
  it('loads the rows where it brought papers', () => {
    const reader = drive(rows(5))
    const synced = (added: number) =>
      reader.during(() => reader.send({ type: 'synced', end: { kind: 'done', added, asked: false } }))
    expect(synced(2)).toEqual([{ type: 'load-rows' }])
    expect(synced(0)).toEqual([])
  })

  it.each([
    [0, ' Nothing new.'],
    [1, ' 1 new paper.'],
    [42, ' 42 new papers.'],
  ])('tells who asked that %i papers are new', (added, text) => {
    const reader = drive(rows(5))
    reader.send({ type: 'synced', end: { kind: 'done', added, asked: true } })
    expect(foot(reader)).toBe(text)
    expect(bar(reader)).toMatch(/synced$/)
  })

  it('interrupts nobody who did not ask', () => {
    const reader = drive(rows(5))
    reader.send({ type: 'synced', end: { kind: 'done', added: 3, asked: false } })
    expect(reader.state().message).toBeNull()
    reader.send({ type: 'synced', end: { kind: 'offline', why: 'No network.', added: 0, asked: false } })
    expect(reader.state().message).toBeNull()
    expect(bar(reader)).toMatch(/offline$/)
  })

  it('says why nobody could be reached to who asked', () => {
    const reader = drive(rows(5))
    reader.send({ type: 'synced', end: { kind: 'offline', why: 'No network here.', added: 0, asked: true } })
    expect(reader.state().message).toEqual({ kind: 'reason', text: 'No network here.' })
  })

  it('that failed says so to everybody', () => {
    const reader = drive(rows(5))
    reader.send({ type: 'synced', end: { kind: 'failed', why: 'The Hub fails.', added: 0, asked: false } })
    expect(reader.state().message).toEqual({ kind: 'error', text: 'Sync failed: The Hub fails.' })
    expect(bar(reader)).toMatch(/sync failed$/)
  })

  it('lets r ask again', () => {
    const reader = drive(rows(5))
    say(reader, { type: 'day', day, done: 0, total: 3 })
    reader.send({ type: 'synced', end: { kind: 'done', added: 0, asked: false } })
    expect(reader.during(() => reader.press('r'))).toEqual([{ type: 'sync', asked: true, all: false }])
  })
})
