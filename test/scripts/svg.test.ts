import { describe, expect, it } from 'vitest'
import { screenToSvg } from '../../scripts/svg.ts'
import type { Cell, Color } from '../support/terminal.ts'

const PLAIN: Omit<Cell, 'text' | 'width'> = {
  ...{ fg: { kind: 'default' }, bg: { kind: 'default' } },
  ...{ bold: false, dim: false, italic: false, underline: false, inverse: false },
}

/** A row of cells, one for each character; `style` is how all of them are drawn. */
function row(text: string, style: Partial<Cell> = {}): Cell[] {
  return Array.from(text, (character) => ({ ...PLAIN, text: character, width: 1, ...style }))
}

function palette(index: number): Color {
  return { kind: 'palette', index }
}

function draw(cells: Cell[][], theme: 'dark' | 'light' = 'dark') {
  const svg = screenToSvg(cells, { theme, columns: 20, rows: 3 })
  const texts = [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)]
  return { svg, texts: texts.map(([, attributes, text]) => `${text}: ${attributes}`) }
}

describe('screenToSvg', () => {
  it('sizes the window for its cells and names it', () => {
    const svg = screenToSvg([], { title: 'a <b> & c\x07', theme: 'light', columns: 20, rows: 3 })
    expect(svg).toMatch(/^<svg xmlns="[^"]+" width="200" height="112" viewBox="0 0 200 112"/)
    expect(svg).toContain('<title>a &lt;b&gt; &amp; c</title>')
    expect(svg).toMatch(/<\/svg>\n$/)
  })

  it('keeps a run in one piece and in its columns', () => {
    const { texts } = draw([
      row(' one two  x<y'),
      row('a', { bold: true }).concat(row('b', { italic: true })),
    ])
    expect(texts).toEqual([
      'one two: x="8.4" y="13.5" textLength="58.8"',
      'x&lt;y: x="84" y="13.5" textLength="25.2"',
      'a: x="0" y="31.5" font-weight="bold"',
      'b: x="8.4" y="31.5" font-style="italic"',
    ])
  })

  it('puts wide characters in the middle of their own cells', () => {
    const second: Cell = { ...PLAIN, text: '', width: 0 }
    const wide = ['日', '🎉'].flatMap((text): Cell[] => [{ ...PLAIN, text, width: 2 }, second])
    expect(draw([[...wide, ...row('ab')]]).texts).toEqual([
      '日: x="8.4" y="13.5" text-anchor="middle"',
      '🎉: x="25.2" y="13.5" text-anchor="middle"',
      'ab: x="33.6" y="13.5" textLength="16.8"',
    ])
  })

  it('draws backgrounds, underlines and boxes as shapes', () => {
    const cells = [row('ab  ', { bg: palette(21) }), row('u  v', { underline: true }), row('╭──│')]
    const { svg, texts } = draw(cells)
    expect(svg).toContain('<path fill="#0000ff" d="M0 0h33.6v18h-33.6z"/>')
    expect(svg).toContain('M0 33h33.6v1h-33.6z') // under the blanks too
    expect(svg).toContain('M8.4 45h16.8v1h-16.8z')
    expect(texts).toHaveLength(3)
  })

  it('knows the colours of the theme, of the 256 and of the program', () => {
    const rgb: Color = { kind: 'rgb', red: 1, green: 2, blue: 3 }
    const fills = [palette(1), palette(16), palette(208), palette(250), rgb].map((fg) => {
      return /fill="(.*?)"/.exec(draw([row('x', { fg })]).texts[0] ?? '')?.[1]
    })
    expect(fills).toEqual(['#f2777f', '#000000', '#ff8700', '#bcbcbc', '#010203'])
    const { svg, texts } = draw([row('x', { inverse: true })])
    expect(svg).toContain('<path fill="#d6dae3" d="M0 0')
    expect(texts).toEqual(['x: x="0" y="13.5" fill="#171a21"'])
  })

  it('keeps text legible where the theme chooses its colour', () => {
    expect(draw([row('x', { fg: palette(15) })], 'dark').texts[0]).toContain('fill="#ffffff"')
    expect(draw([row('x', { fg: palette(15) })], 'light').texts[0]).toContain('fill="#666666"')
  })
})
