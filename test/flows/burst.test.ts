// Keys that come faster than frames: what is painted must not fall behind them.

import { describe, expect, it } from 'vitest'
import type { Terminal } from '../support/terminal.ts'
import { openReader, temporaryHome } from './reader.ts'

/** Frames that were written so far: each is one synchronised update. */
const framesOf = (terminal: Terminal) => terminal.bytes().split('\u001b[?2026h').length - 1

/** More frames than that for keys that were read at once would be frames of what is over. */
const MOST = 20

const DOWN = 'j'.repeat(44)
const UP = 'k'.repeat(44)

describe('three hundred keys at once', () => {
  it.each([
    // Down, up, and so on: the starter library has 45 papers.
    ['j and k', (DOWN + UP).repeat(3) + DOWN.slice(0, 36), ' 37/45'],
    ['a wheel', '\u001b[<65;10;10M'.repeat(300), ' 24/45'],
    ['letters of a query', `/${'relatively long '.repeat(20)}`, /^\/.*long/m],
  ])('of %s take few frames, and end where they lead', async (_, keys, shows) => {
    using home = temporaryHome()
    await using terminal = openReader(home)
    await terminal.waitFor('offline')
    const before = framesOf(terminal)
    terminal.press(keys)
    await terminal.waitFor(shows)
    expect(framesOf(terminal) - before).toBeGreaterThan(0)
    expect(framesOf(terminal) - before).toBeLessThanOrEqual(MOST)
    expect(terminal.bytes().slice(-20_000)).not.toMatch(/\u001b\[[23]J|\u001bc/)
  })

  it('one by one never take more than a frame each, and the last one shows the end', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home)
    await terminal.waitFor('offline')
    const before = framesOf(terminal)
    const keys = [...(DOWN + UP).repeat(3), ...DOWN.slice(0, 36)]
    terminal.press(...keys)
    terminal.press('z', 'b')
    // What the last key brings is on the screen with the place that those before it led to.
    await terminal.waitFor(/ 37\/45[\s\S]*starred “/)
    expect(framesOf(terminal) - before).toBeLessThanOrEqual(keys.length + 2)
  })
})
