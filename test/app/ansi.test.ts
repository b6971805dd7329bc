import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { firstPaint, lineToAnsi, wantsColour } from '../../src/app/ansi.ts'
import { type Line, type Style, span } from '../../src/app/frame.ts'
import type { Paint } from '../../src/app/themes.ts'
import { frameText, view } from '../../src/app/view.ts'
import { drive } from '../support/driver.ts'
import { rows } from '../support/papers.ts'

const COLOURS: Paint = { theme: 'terminal', ascii: false }
const MONO: Paint = { theme: 'mono', ascii: false }

const STYLES: Style[] = [
  ...(['bold', 'dim', 'accent', 'match', 'selected', 'unread', 'star', 'heading', 'error'] as const),
  ...(['cursor', 'link', 'problem'] as const),
]
// Foreground and background: 30 to 49 and 90 to 107, alone or after another code.
const COLOUR = /\u001b\[(?:\d+;)*(?:3\d|4\d|9\d|10[0-7])(?:;\d+)*m/

describe('lineToAnsi', () => {
  it.each(STYLES)('puts %s around its text alone', (style) => {
    const line: Line = [span('before '), span('text', style), span(' after')]
    expect(lineToAnsi(line, COLOURS)).toMatch(/^before \u001b\[[\d;]+mtext\u001b\[0m after$/)
  })

  it.each(STYLES)('writes %s without any colour where none is wanted', (style) => {
    const text = lineToAnsi([span('text', style)], MONO)
    expect(text).not.toMatch(COLOUR)
    expect(stripVTControlCharacters(text)).toBe('text')
  })

  it('joins several styles', () => {
    expect(lineToAnsi([span('x', 'bold', 'accent', 'selected')], COLOURS)).toBe('\u001b[1;36;7mx\u001b[0m')
    expect(lineToAnsi([span('x', 'bold', 'accent', 'selected')], MONO)).toBe('\u001b[1;7mx\u001b[0m')
    expect(lineToAnsi([span('x', 'star')], MONO)).toBe('x')
  })

  it('tells without colour as well what is selected, matched, wrong, a heading or under the cursor', () => {
    for (const style of ['selected', 'match', 'error', 'problem', 'heading', 'cursor'] as const)
      expect(lineToAnsi([span('x', style)], MONO)).not.toBe('x')
  })
})

describe('wantsColour', () => {
  it.each<[NodeJS.ProcessEnv, boolean]>([
    [{}, true],
    [{ TERM: 'xterm-256color' }, true],
    [{ NO_COLOR: '' }, true],
    [{ NO_COLOR: '1' }, false],
    [{ NO_COLOR: '0' }, false],
    [{ TERM: 'dumb' }, false],
  ])('of %j is %s', (env, wanted) => {
    expect(wantsColour(env)).toBe(wanted)
  })
})

describe('firstPaint', () => {
  const frame = view(drive(rows(40), { size: { columns: 80, rows: 24 } }).state())

  it('enters the alternate screen, hides the cursor and starts at the top left', () => {
    const [before = ''] = firstPaint(frame, COLOURS).split('Broadsheet')
    const at = ['\u001b[?1049h', '\u001b[?25l', '\u001b[H'].map((code) => before.indexOf(code))
    expect(at).not.toContain(-1)
    expect(at).toEqual(at.toSorted((a, b) => a - b))
  })

  it('writes every line of the frame and clears the rest of each, with no line break at the end', () => {
    const painted = firstPaint(frame, MONO)
    const text = stripVTControlCharacters(painted)
    expect(text.split('\r\n').map((line) => line.trimEnd())).toEqual(frameText(frame).split('\n'))
    expect(painted.match(/\u001b\[K/g)).toHaveLength(24)
    expect(painted).toMatch(/\u001b\[K(?:\u001b\[\?\d+[hl])*$/)
  })

  it('has no colour where none is wanted', () => {
    expect(firstPaint(frame, COLOURS)).toMatch(COLOUR)
    expect(firstPaint(frame, MONO)).not.toMatch(COLOUR)
  })
})
