import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDetection, type PictureProtocol } from '../../src/pictures/detect.ts'

const SCREEN = { columns: 100, rows: 40 }
const KITTY = '\u001b_Gi=31;OK\u001b\\'
const CELL = '\u001b[6;20;10t'
const WINDOW = '\u001b[4;840;1100t'
const ATTRIBUTES = '\u001b[?62;22c'
const SIXEL = '\u001b[?64;1;4;22c'
const PICTURE = '\u001b[?2;0;900;520S\u001b[?2;0;1000;1000S'
const name = (text: string) => `\u001bP>|${text}\u001b\\`

function ask(answers: string, env: NodeJS.ProcessEnv = {}) {
  const detection = createDetection(env, SCREEN)
  const { rest, result } = detection.take(answers)
  return { rest, result, known: detection.end().result }
}

describe('a terminal', () => {
  it.each<[string, string, PictureProtocol[]]>([
    ['kitty', KITTY + name('kitty(0.43.1)') + CELL + WINDOW + ATTRIBUTES, ['kitty']],
    ['Ghostty', KITTY + name('ghostty 1.2.0') + CELL + ATTRIBUTES, ['kitty']],
    [
      ...([
        'iTerm2',
        `${name('iTerm2 3.6.6')}\u001b]1337;ReportCellSize=20.0;10.0;2.0\u001b\\${SIXEL}`,
      ] as const),
      ['iterm2', 'sixel'],
    ],
    ['an iTerm2 that tells only its name', name('iTerm2 3.4') + ATTRIBUTES, ['iterm2']],
    ['one that is iTerm2 in all but name', `\u001b]1337;ReportCellSize=20;10\u0007${ATTRIBUTES}`, ['iterm2']],
    ['WezTerm: Kitty, but no placeholders', KITTY + name('WezTerm 20240203') + CELL + SIXEL, ['sixel']],
    ['Konsole: the same', KITTY + name('Konsole 25.08.1') + CELL + SIXEL, ['sixel']],
    ['foot', name('foot(1.23.1)') + CELL + SIXEL, ['sixel']],
    ['one that names itself kitty and is not', name('kitty(0.1)') + ATTRIBUTES, []],
    [
      'one that refuses the picture',
      `\u001b_Gi=31;ENOTSUPPORTED:no\u001b\\${name('kitty(0.43.1)')}${ATTRIBUTES}`,
      [],
    ],
    ['one that answers to somebody else', `\u001b_Gi=3;OK\u001b\\${name('kitty(0.43.1)')}${ATTRIBUTES}`, []],
    ['xterm with Sixel', name('XTerm(390)') + PICTURE + SIXEL, ['sixel']],
    ['one with Sixel that does not say how large a cell is', SIXEL, []],
    ['xterm without Sixel', name('XTerm(390)') + WINDOW + ATTRIBUTES, []],
    ['one with 14, 24 and 44 but not 4', '\u001b[?64;14;24;44c', []],
    ['the plainest', '\u001b[?6c', []],
  ])('says by its answers what it can do: %s', (_terminal, answers, protocols) => {
    const { rest, result } = ask(answers)
    expect(result?.protocols).toEqual(protocols)
    expect(rest).toBe('')
  })

  it.each([
    ['by itself', CELL + WINDOW, { width: 10, height: 20 }],
    ['by its window', WINDOW, { width: 11, height: 21 }],
    [
      'in points, two pixels each',
      '\u001b]1337;ReportCellSize=18.5;8.0;2.0\u001b\\',
      { width: 16, height: 37 },
    ],
    ['in points', '\u001b]1337;ReportCellSize=18.5;8.0\u001b\\', { width: 8, height: 18 }],
    ['by the largest picture', PICTURE, { width: 9, height: 13 }],
    [
      ...(['by the largest picture alone', '\u001b[?2;0;900;520S\u001b[?2;3S'] as const),
      { width: 9, height: 13 },
    ],
    [
      ...(['by its height', '\u001b[?2;0;1000;680S\u001b[?2;0;1000;1000S'] as const),
      { width: 8, height: 17 },
    ],
    ['by its width', '\u001b[?2;0;900;1000S\u001b[?2;0;1000;1000S', { width: 9, height: 18 }],
    ['by nothing but limits', '\u001b[?2;0;1000;1000S\u001b[?2;0;1000;1000S', null],
    ['not at all', '', null],
    ['as nothing', '\u001b[6;0;0t', null],
    ['as nothing, but has a window', `\u001b[6;0;0t${WINDOW}`, { width: 11, height: 21 }],
    ['beyond belief', '\u001b[6;900000;900000t', null],
    ['as nonsense', '\u001b]1337;ReportCellSize=1.2.3;;\u001b\\', null],
  ])('tells the size of a cell %s', (_how, answers, cell) => {
    expect(ask(answers + ATTRIBUTES).result?.cell).toEqual(cell)
  })

  it.each([
    ['16', '\u001b[?1;0;16S', 16],
    ['more than a picture can have', '\u001b[?1;0;1024S', 256],
    ['none', '\u001b[?1;0;0S', 256],
    ['not', '\u001b[?1;3S', 256],
    ['not, at length', '\u001b[?1;3;0S', 256],
    ['nothing', '', 256],
  ])('tells how many colours Sixel may have: %s', (_how, answers, colours) => {
    expect(ask(answers + CELL + SIXEL)).toMatchObject({ rest: '', result: { colours } })
  })

  it('that never answers is taken for what it has said by then', () => {
    expect(ask('').known).toEqual({ protocols: [], cell: null, colours: 256 })
    expect(ask(name('iTerm2 3.4') + CELL)).toEqual({
      ...{ rest: '', result: null },
      known: { protocols: ['iterm2'], cell: { width: 10, height: 20 }, colours: 256 },
    })
  })
})

describe('tmux', () => {
  const env = { TMUX: '/tmp/tmux-1000/default,1,0', KITTY_WINDOW_ID: '1' }
  const itself = name('tmux 3.6') + CELL + SIXEL

  it('is asked to ask the terminal around it, and waited for', () => {
    const detection = createDetection(env, SCREEN)
    expect(detection.query).toContain('\u001bPtmux;\u001b\u001b_Gi=31')
    expect(detection.take(itself).result).toBeNull()
    expect(detection.take(KITTY).result?.protocols).toEqual(['kitty'])
  })

  it('that lets nothing through shows none: it keeps too few pictures of its own', () => {
    const detection = createDetection(env, SCREEN)
    detection.take(itself)
    expect(detection.end().result.protocols).toEqual([])
  })

  it('is known by its name too, from the far side of ssh', () => {
    expect(ask(itself).result?.protocols).toEqual([])
  })

  it('around which is a terminal without placeholders has no use for its answer', () => {
    expect(ask(itself + KITTY, { TMUX: env.TMUX, WEZTERM_PANE: '0' }).result?.protocols).toEqual([])
  })

  it('is no iTerm2, whatever comes through it', () => {
    const answers = `${name('tmux 3.6')}\u001b]1337;ReportCellSize=20;10\u0007${ATTRIBUTES}${KITTY}`
    expect(ask(answers, { TMUX: env.TMUX }).result?.protocols).toEqual([])
  })
})

describe('keys typed meanwhile', () => {
  const keys = fc.constantFrom(
    ...['j', 'q', '5', ';', 'c', 't', '\r', '\u007f', 'é', '漢', 'OK', '\\', '\u0007'],
    ...[
      '\u001b[A',
      '\u001bOP',
      '\u001b[1;5C',
      '\u001b[6~',
      '\u001b[4~',
      '\u001b[15;2~',
      '\u001b[200~text\u001b[201~',
    ],
    ...[
      '\u001bj',
      '\u001b[I',
      '\u001b[<0;12;6M',
      '\u001b[97;5u',
      '\u001b[?1u',
      '\u001b[?1;2u',
      '\u001b[?2026;2$y',
      '\u001b_x',
      '\u001bPq',
    ],
  )
  const answers = fc.constantFrom(
    KITTY,
    CELL,
    WINDOW,
    name('kitty(0.43.1)'),
    '\u001b]1337;ReportCellSize=20;10\u001b\\',
    PICTURE,
    '\u001b[?1;0;256S',
    '\u001b[?2;3S',
  )
  const stream = fc.array(
    fc.oneof(
      keys.map((key) => ({ key })),
      answers.map((answer) => ({ answer })),
    ),
    { maxLength: 12 },
  )

  it('come back in their order, whatever they stand between and wherever the input is cut', () => {
    fc.assert(
      fc.property(stream, fc.array(keys), fc.array(fc.nat()), (parts, later, cuts) => {
        const typed = parts.map((part) => ('key' in part ? part.key : '')).join('') + later.join('')
        const asked = parts.map((part) => ('key' in part ? part.key : part.answer)).join('')
        const input = asked + SIXEL + later.join('')
        const places = [0, ...cuts.map((cut) => cut % input.length).toSorted((a, b) => a - b), input.length]
        const detection = createDetection({}, SCREEN)
        const taken = places.slice(1).map((place, index) => detection.take(input.slice(places[index], place)))
        expect(taken.map(({ rest }) => rest).join('')).toBe(typed)
        expect(taken.at(-1)?.result).toEqual(ask(input).result)
        if (asked.includes(CELL)) expect(ask(input).result?.protocols).toContain('sixel')
      }),
      { numRuns: 2000 },
    )
  })

  it('are kept only while they may be an answer', () => {
    const detection = createDetection({}, SCREEN)
    expect(detection.take('\u001b').rest).toBe('')
    expect(detection.take('[').rest).toBe('')
    expect(detection.take('A').rest).toBe('\u001b[A')
    expect(detection.take('\u001b_Gi=31').rest).toBe('')
    expect(detection.take('x'.repeat(300)).rest).toBe(`\u001b_Gi=31${'x'.repeat(300)}`)
    expect(detection.take('\u001b').rest).toBe('')
    expect(detection.end().rest).toBe('\u001b')
    expect(detection.end().rest).toBe('')
  })

  it('are all there is of a terminal that says nothing, for any text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('\u001b', '[', '?', '6', ';', 't', 'P', '>', '|', '_', 'G', ']', '\\'),
        }),
        (text) => {
          const detection = createDetection({}, SCREEN)
          const rest = [...text].map((letter) => detection.take(letter).rest).join('') + detection.end().rest
          const answered = /\u001b\[6;6*;6*t|\u001b_G[^\u001b]*\u001b\\|\u001bP>\|[^\u001b]*\u001b\\/.test(
            text,
          )
          if (!answered) expect(rest).toBe(text)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
