import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineToAnsi } from '../../src/app/ansi.ts'
import { type Style, span } from '../../src/app/frame.ts'
import { SIGNS } from '../../src/app/help.ts'
import { asciiText, THEMES, type Theme } from '../../src/app/themes.ts'
import { view } from '../../src/app/view.ts'
import { cellWidth } from '../../src/text/layout.ts'
import { drive } from '../support/driver.ts'
import { aRow, rows } from '../support/papers.ts'

type Rgb = readonly [number, number, number]

/** One of the 256 colours, as xterm shows it; only those of the cube and the greys are the same everywhere. */
function rgbOf(index: number): Rgb {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10
    return [grey, grey, grey]
  }
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40)
  const at = index - 16
  return [level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6)]
}

/** The ratio of contrast between two colours, as WCAG 2 has it. */
function contrast(one: Rgb, other: Rgb): number {
  const luminance = (colour: Rgb) => {
    const [r, g, b] = colour.map((value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    }) as unknown as Rgb
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

describe('the themes', () => {
  it.each<[Theme, Rgb]>([
    ['light', [255, 255, 255]],
    ['dark', [0, 0, 0]],
  ])('%s can be read on its background: 4.5 to 1 at least', (theme, background) => {
    const indices = Object.values(THEMES[theme]).flatMap((codes) =>
      Array.from(codes.matchAll(/38;5;(\d+)/g), ([, index]) => Number(index)),
    )
    expect(indices.length).toBeGreaterThan(5)
    for (const index of indices) {
      expect(index).toBeGreaterThanOrEqual(16)
      expect(contrast(rgbOf(index), background)).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('of high contrast and without colour have no colour, and the first nothing dim', () => {
    for (const theme of ['contrast', 'mono'] as const)
      for (const codes of Object.values(THEMES[theme])) expect(codes).not.toMatch(/(?:^|;)[349]\d|38;/)
    expect(Object.values(THEMES.contrast).filter((codes) => codes.split(';').includes('2'))).toEqual([])
  })

  it('tell in each of them what is selected, matched, wrong, a heading or under the cursor', () => {
    const telling: readonly Style[] = ['selected', 'match', 'error', 'problem', 'heading', 'cursor', 'link']
    for (const theme of Object.keys(THEMES) as Theme[])
      for (const style of telling) expect([theme, style, THEMES[theme][style]]).not.toContain('')
  })
})

describe('ASCII alone', () => {
  it('is as wide, sign by sign, and leaves what papers say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(cellWidth(asciiText(text, ['dim']))).toBe(cellWidth(text))
      }),
    )
    const title = 'α → β × “x” … Über'
    expect(asciiText(title, ['bold'])).toBe(title)
    expect(asciiText(`${title} …  `, ['bold'])).toBe(`${title} .  `)
    expect(asciiText('Cut sho…  ', ['bold'])).toBe('Cut sho>  ')
    expect(asciiText('12 ·3', ['dim'])).toBe('12 :3')
    expect(asciiText('2·3', [])).toBe('2·3')
    expect(asciiText(' ↑ 3 new · “x” ', ['accent'])).toBe(' ^ 3 new - "x" ')
  })

  it('is all that the signs of the list, its headings and bars are made of', () => {
    // What differs by its sign still does.
    for (const signs of ['·░▒▓█', '✓★●◆◇×✎❝◎', '↑↓←→'])
      expect(new Set(asciiText(signs, ['accent'])).size).toBe(signs.length)
    for (const [sign] of SIGNS) expect(asciiText(sign, ['accent'])).toMatch(/^[ -~]+$/)
    const own = drive(
      rows(9).map((row, at) =>
        aRow({ ...row, later: at === 1, starred: at === 2, noted: at === 3, tags: ['x'] }),
      ),
      { size: { columns: 220, rows: 20 } },
    )
    own.press('space')
    own.send({ type: 'sync-event', event: { type: 'day', day: '2025-12-03', done: 3, total: 14 }, ms: 0 })
    const screen = view(own.state())
      .lines.map((line) => lineToAnsi(line, { theme: 'mono', ascii: true }))
      .join('\n')
    expect(screen.match(/[^\u0000-\u007f]/gu) ?? []).toEqual([])
  })

  it('is not what is written else', () => {
    expect(lineToAnsi([span('●', 'unread')], { theme: 'mono', ascii: false })).toBe('●')
  })
})
