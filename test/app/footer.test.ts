// What the footer says where there is hardly any room: all that somebody needs in order to answer.

import { expect, it } from 'vitest'
import { lineText } from '../../src/app/frame.ts'
import type { State } from '../../src/app/state.ts'
import { view } from '../../src/app/view.ts'
import { type Driver, drive } from '../support/driver.ts'
import { rows } from '../support/papers.ts'

const low = (columns = 40) => drive(rows(45), { size: { columns, rows: 10 } })
/** The last lines of the screen. */
const last = (reader: Driver, count: number) =>
  view(reader.state())
    .lines.slice(-count)
    .map((line) => lineText(line).trimEnd())
const failing = (text: string): State => ({ ...low().state(), message: { kind: 'error', text } })
const said = (state: State) =>
  view(state)
    .lines.slice(-4)
    .map((line) => lineText(line).trimEnd())

it('has a question whole, and a way to say yes beside a long one', () => {
  const reader = low()
  reader.press('A')
  expect(last(reader, 1)).toEqual([' Mark 45 papers read? y yes  n no'])
  const question = 'Remove the view “Preference optimisation”?'
  const state: State = { ...reader.state(), choosing: { kind: 'confirm', question, effects: [] } }
  expect(said(state).at(-1)).toBe(' Remove the view “Preference op…  y yes')
})

it('has all that can be chosen by a letter, in as many lines as that takes', () => {
  const reader = low()
  reader.press('s')
  expect(last(reader, 2)).toEqual([' By  d day  u upvotes  m momentum', ' c comments  p published  n unread'])
  reader.press('escape', 'y')
  expect(last(reader, 2)).toEqual([' u address  t title  b BibTeX', ' m Markdown  i id  a abstract'])
})

it('tells whole what went wrong, and why something cannot be, in three lines of ten at most, and other messages in one', () => {
  const why = 'No page of this paper could be opened. Set BROWSER to a program that opens pages.'
  expect(said(failing(why)).slice(1)).toEqual([
    ' No page of this paper could be opened.',
    ' Set BROWSER to a program that opens',
    ' pages.',
  ])
  expect(said(failing(`${why} ${why}`)).at(-1)).toMatch(/^ pages\. No page .*…$/)
  const { state } = low()
  const reason = said({ ...state(), message: { kind: 'reason', text: why } })
  expect(reason.slice(1)).toEqual(said(failing(why)).slice(1))
  const told = said({ ...state(), message: { kind: 'info', text: why } })
  expect(told.at(-1)).toBe(' No page of this paper could be opened.…')
  expect(told.at(-2)).not.toContain('page')
})

it('tells whole, above what is typed, what is wrong with that', () => {
  const reader = drive(rows(45), { size: { columns: 60, rows: 24 } })
  reader.press('M', 'a', 'm')
  reader.type('is:unread survey')
  reader.press('enter')
  expect(last(reader, 3)).toEqual([
    expect.stringMatching(/^ Is: is no part of a rule: rules go by papers, not by/),
    ' you decided.',
    expect.stringMatching(/^ Mute: is:unread survey/),
  ])
  reader.press('x')
  expect(last(reader, 2)[0]).toBe('')
  expect(last(reader, 1)[0]).toMatch(/^ Mute: is:unread surveyx/)
})

it('leaves the screen its size', () => {
  for (let height = 1; height <= 12; height++) {
    const state: State = { ...failing('word '.repeat(99)), size: { columns: 40, rows: height } }
    expect(view(state).lines).toHaveLength(height)
  }
})
