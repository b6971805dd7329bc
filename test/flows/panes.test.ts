// What stands beside the list, as far as there is room, and how the room is divided.

import { describe, expect, it } from 'vitest'
import type { Terminal } from '../support/terminal.ts'
import { LIST, openReader, pressing, SIZES, temporaryHome } from './reader.ts'

/** The columns at which one pane ends and the next begins. */
const borders = (terminal: Terminal) => [...terminal.line(2).matchAll(/│/g)].map(({ index }) => index)
/** A line of the first paper's abstract: beside the list there is no other place for it. */
const ABSTRACT = 'starter library: a summary'

describe.concurrent.each(SIZES)('at $columns by $rows', (size) => {
  const panes = size.columns < 100 ? 1 : size.columns < 180 ? 2 : 3

  it('has as many panes as there is room for, zoomed or not, and divides the room as it is told', async () => {
    using home = temporaryHome()
    await using terminal = openReader(home, size)
    await terminal.waitFor('offline')
    const before = borders(terminal)
    expect(before).toHaveLength(panes - 1)
    if (panes === 1) {
      expect(terminal.screen()).not.toContain(ABSTRACT)
      await pressing(terminal, [
        ['z', 'The screen is too narrow: from 100'],
        // What would stand beside the list is a key away.
        ['enter', 'Reversing the Forget-Retain'],
        ['', ' h back '],
        ['q', ' 1/45'],
        ['v', /^> 1 All/m],
        ['escape', LIST],
      ])
      return
    }
    expect(terminal.screen()).toContain(ABSTRACT)
    expect(/▸1 All +45 /.test(terminal.screen())).toBe(panes === 3)
    terminal.press('z')
    await terminal.waitGone(ABSTRACT)
    expect(borders(terminal)).toEqual([])
    await pressing(terminal, [['z', ABSTRACT]])
    expect(borders(terminal)).toEqual(before)
    const last = before.at(-1) ?? 0
    terminal.press('>')
    await terminal.waitFor(() => (borders(terminal).at(-1) ?? 0) > last)
    terminal.press('<', '<')
    // The abstract is never wider than can be read, unless it is told to be.
    await terminal.waitFor(() => (borders(terminal).at(-1) ?? 0) < last)
    expect(borders(terminal)).toHaveLength(panes - 1)
    await pressing(terminal, [['j', 'Justin Chih-Yao Chen, Zifeng Wang']])
  })
})
