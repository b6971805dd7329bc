import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contextOf } from '../../src/app/commands.ts'
import { lineText } from '../../src/app/frame.ts'
import { view } from '../../src/app/view.ts'
import type { PaperRow } from '../../src/library/rows.ts'
import { type Driver, drive } from '../support/driver.ts'
import { aRow, idOf, rows } from '../support/papers.ts'

const screen = (reader: Driver) => view(reader.state()).lines.map((line) => lineText(line).trimEnd())
const bar = (reader: Driver) => screen(reader)[0] ?? ''
const card = (reader: Driver) =>
  reader.state().paper?.id === reader.selected() ? reader.selected() : 'loading'
const marks = (reader: Driver) =>
  reader
    .rows()
    .map(({ read, starred, later, hidden }) =>
      [read && 'read', starred && 'starred', later && 'later', hidden && 'hidden'].filter(Boolean).join(' '),
    )

describe('T', () => {
  it('goes through what is unread here and not kept for later, from the cursor on', () => {
    const some = rows(6).map((row, at) => ({ ...row, read: at === 1, later: at === 4 }))
    const reader = drive(some)
    reader.press('j', 'j', 'T')
    expect(contextOf(reader.state())).toBe('triage')
    const seen = Array.from({ length: 4 }, () => {
      const id = card(reader)
      reader.press('l')
      return id
    })
    expect(seen).toEqual([3, 4, 6, 1].map(idOf))
    expect(marks(reader)).toEqual(marks(drive(some)))
    expect(screen(reader).join('\n')).toContain('That was all.')
    expect(screen(reader).join('\n')).toContain('4 left undecided: h goes back to them.')
  })

  it('decides with one key, shows the next card and how far one is', () => {
    const reader = drive(rows(5))
    reader.press('T', 'm')
    expect(bar(reader)).toMatch(/^ Triage 2\/5 .*1 read/)
    expect(reader.state().message?.text).toBe('marked read “Paper number 1” · U undoes')
    reader.press('b', 'w', 'x')
    expect(card(reader)).toBe(idOf(5))
    expect(marks(reader)).toEqual(['read', 'read starred', 'later', 'hidden', ''])
    expect(bar(reader)).toMatch(/5\/5 .*1 read · 1 starred · 1 for later · 1 hidden/)
    reader.press('x')
    expect(screen(reader).join('\n')).toContain('1 read · 1 starred · 1 for later · 2 hidden.')
  })

  it('goes back to what was hidden, and lets one think again', () => {
    const reader = drive(rows(3))
    reader.press('T', 'x', 'x', 'h')
    expect([card(reader), bar(reader)]).toEqual([idOf(2), expect.stringMatching(/2\/3 .*2 hidden/)])
    reader.press('m')
    expect(marks(reader)).toEqual(['hidden', 'read', ''])
    reader.press('q')
    expect(reader.shown()).toEqual([2, 3].map(idOf))
    expect(reader.selected()).toBe(idOf(3))
  })

  it('keeps what was hidden in it while rows arrive, and lets in what comes back meanwhile', () => {
    const reader = drive(rows(4))
    reader.press('x', 'T', 'x')
    const [first, second, ...rest] = reader.rows()
    reader.arrive([{ ...first, hidden: false } as never, second as never, ...rest])
    reader.press('h')
    expect(card(reader)).toBe(idOf(2))
    const back = aRow({ id: idOf(2), title: 'Paper number 2' })
    reader.send({ type: 'changed', rows: [back], say: 'Undone: hidden', restored: true })
    expect(card(reader)).toBe(idOf(2))
    reader.press('q')
    expect(reader.shown()).toEqual([1, 2, 3, 4].map(idOf))
  })

  it('marks nothing read that was only looked at', () => {
    const reader = drive(rows(3))
    reader.press('T', 'j', 'l', 'h', 'l', 'q')
    expect(marks(reader)).toEqual(['', '', ''])
    expect(contextOf(reader.state())).toBe('list')
    expect(reader.selected()).toBe(idOf(2))
  })

  it('goes through what is selected, where something is', () => {
    const reader = drive(rows(5, { read: true }))
    reader.press('j', 'space', 'j', 'space', 'T')
    expect([bar(reader), card(reader)]).toEqual([expect.stringContaining('1/2'), idOf(2)])
    expect(reader.state().selection.ids.size).toBe(0)
  })

  it('says why it has nothing to go through', () => {
    const reader = drive(rows(2, { read: true }))
    reader.press('T')
    expect(reader.state().message?.text).toBe('Everything here is read.')
    reader.press('3', 'T')
    expect(reader.state().message?.text).toBe('There is no paper here to go through.')
    const later = drive(rows(2, { later: true }))
    later.press('T')
    expect(later.state().message?.text).toBe('Nothing here is unread, but what is kept for later.')
  })

  it('shows a card once more when its decision is undone', () => {
    const reader = drive(rows(4))
    reader.press('T', 'm', 'x', 'l')
    expect(reader.during(() => reader.press('U'))).toEqual([{ type: 'undo' }])
    const back = aRow({ id: idOf(2), title: 'Paper number 2' })
    reader.send({ type: 'changed', rows: [back], say: 'Undone: hidden', restored: true })
    expect(card(reader)).toBe(idOf(2))
    expect(bar(reader)).toMatch(/2\/4 .*1 read$/)
  })

  it('counts what is decided now, be it undone or done again', () => {
    const reader = drive(rows(4))
    reader.press('T', 'b', 'x')
    const restored = (number: number, facts: Partial<PaperRow>) =>
      reader.send({
        ...{ type: 'changed', say: 'Undone', restored: true },
        rows: [aRow({ id: idOf(number), title: `Paper number ${number}`, ...facts })],
      })
    restored(2, {})
    restored(1, {})
    expect(bar(reader)).not.toMatch(/starred|hidden/)
    restored(1, { starred: true, read: true })
    restored(2, { hidden: true })
    expect(bar(reader)).toMatch(/1 starred · 1 hidden/)
    // Another decision about it was undone, the first one stands.
    reader.press('w')
    restored(2, { hidden: true })
    expect(bar(reader)).toMatch(/1 starred · 1 hidden/)
  })

  it('lets one read, tag, copy and come back to the same card', () => {
    const reader = drive(rows(3))
    reader.press('T', 'l', 'f')
    expect(contextOf(reader.state())).toBe('document')
    reader.press('q')
    expect([contextOf(reader.state()), card(reader)]).toEqual(['triage', idOf(2)])
    reader.press('t', 'x')
    expect(reader.during(() => reader.press('enter'))).toEqual([
      { type: 'tag', ids: [idOf(2)], add: ['x'], remove: [] },
    ])
    reader.press('y', 'escape', '?', 'escape')
    expect([contextOf(reader.state()), card(reader)]).toEqual(['triage', idOf(2)])
  })

  it('keeps its card while papers arrive and leave', () => {
    const reader = drive(rows(4))
    reader.press('T', 'l')
    reader.arrive([aRow({ id: '2502.00001', title: 'New', day: '2025-02-01' }), ...reader.rows()])
    expect(card(reader)).toBe(idOf(2))
    reader.arrive(reader.rows().filter(({ id }) => id !== idOf(3)))
    reader.press('m')
    expect(card(reader)).toBe(idOf(4))
  })

  it('changes by any keys nothing but the cards that were decided about', () => {
    const keys = fc.array(fc.constantFrom('m', 'b', 'w', 'x', 'l', 'h', 'j', 'k', 'n', 'N'), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(keys, (pressed) => {
        const reader = drive(rows(6))
        reader.press('T')
        const wanted = reader.rows().map(() => '')
        const set = (at: number, mark: string) => {
          const has = new Set([...(wanted[at] ?? '').split(' '), ...mark.split(' ')])
          if (mark !== 'hidden') has.delete('hidden')
          wanted[at] = ['read', 'starred', 'later', 'hidden'].filter((name) => has.has(name)).join(' ')
        }
        const does: Record<string, string> = { m: 'read', b: 'read starred', w: 'later', x: 'hidden' }
        for (const key of pressed) {
          const at = reader.rows().findIndex(({ id }) => id === card(reader))
          const isEnd = (reader.state().triage?.at ?? 0) >= 6
          if (does[key] && !isEnd) set(at, does[key])
          reader.press(key)
          expect(marks(reader)).toEqual(wanted)
        }
      }),
      { numRuns: 60 },
    )
  })
})
