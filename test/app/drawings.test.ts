import { describe, expect, it } from 'vitest'
import {
  createDrawings,
  type Drawings,
  type Look,
  type Preparation,
  picturesIn,
} from '../../src/app/drawings.ts'
import type { Block } from '../../src/text/document.ts'
import { layOutBlock } from '../../src/text/document-layout.ts'
import { gradient } from '../pictures/samples.ts'

const SRC = 'https://arxiv.example/html/2501.00001v1/x1.png'
const figure: Block = {
  kind: 'figure',
  pictures: [{ src: SRC, alt: 'a lantern' }],
  blocks: [],
  caption: [{ text: 'Figure 1: A lantern.' }],
}
const blocks = { kind: 'blocks', depth: 'truecolor' } as const
const kitty = { kind: 'kitty', cell: { width: 10, height: 20 }, throughTmux: false } as const
const sixel = { kind: 'painted', protocol: 'sixel', cell: kitty.cell, colours: 256 } as const

const linesOf = (block: Block | undefined, width: number) =>
  block ? layOutBlock(block, width, 'scroll').lines.map(({ runs }) => runs) : []

/** The figure as it is shown, and what is to be done before. */
function drawnIn(drawings: Drawings, width: number, look: Look) {
  const before: Preparation[] = []
  return { block: drawings.drawnIn(figure, width, look, before), before }
}

describe('a picture', () => {
  it('is its caption until it is here, or where it cannot be shown', () => {
    const drawings = createDrawings()
    expect(drawnIn(drawings, 60, blocks)).toEqual({ block: figure, before: [] })
    drawings.put(SRC, null)
    expect(drawings.has(SRC)).toBe(true)
    expect(drawnIn(drawings, 60, blocks).block).toEqual(figure)
  })

  it('is drawn in half blocks, never wider than the text, with the caption below', () => {
    const drawings = createDrawings()
    drawings.put(SRC, gradient(1600, 400))
    for (const width of [30, 60, 200]) {
      const { block: drawn } = drawnIn(drawings, width, blocks)
      const lines = linesOf(drawn, width)
      const rows = lines.flat().flatMap(({ drawn: row }) => row ?? [])
      expect(rows.length).toBeGreaterThan(1)
      for (const runs of lines)
        for (const run of runs) if (run.drawn) expect(run.text.length).toBeLessThanOrEqual(width)
      expect(rows[0]?.match(/▀/g)?.length).toBe(Math.min(width, 100))
      expect(
        lines
          .at(-1)
          ?.map(({ text }) => text)
          .join(''),
      ).toContain('Figure 1: A lantern.')
      expect(lines.flat().some(({ text }) => text.includes('a lantern]'))).toBe(false)
    }
  })

  it('is sent to Kitty once for a width, and taken away at the end', () => {
    const drawings = createDrawings()
    drawings.put(SRC, gradient(800, 400))
    const first = drawnIn(drawings, 60, kitty)
    expect(first.before[0]).toEqual({
      kind: 'send',
      text: expect.stringMatching(/^\u001b_Ga=T,U=1,f=100,t=d,i=1,c=60,r=15,/),
    })
    expect(drawnIn(drawings, 60, kitty).before).toEqual([])
    expect(drawnIn(drawings, 30, kitty).before[0]).toMatchObject({
      text: expect.stringContaining('c=30,'),
    })
    expect(linesOf(first.block, 60).flat()[0]?.drawn).toContain('\u{10eeee}')
    expect(drawings.clear()).toEqual([{ kind: 'send', text: expect.stringMatching(/^\u001b_Ga=d,d=I,i=1/) }])
    expect(drawings.clear()).toEqual([])
  })

  it('goes through tmux where Kitty is around it', () => {
    const drawings = createDrawings()
    drawings.put(SRC, gradient(80, 40))
    const { before } = drawnIn(drawings, 60, { ...kitty, throughTmux: true })
    expect(before[0]).toMatchObject({ text: expect.stringMatching(/^\u001bPtmux;\u001b\u001b_G/) })
    expect(drawings.clear()[0]).toMatchObject({ text: expect.stringMatching(/^\u001bPtmux;/) })
  })

  it('is given to the painter once for a width, each time under another number', () => {
    const drawings = createDrawings()
    drawings.put(SRC, gradient(800, 400))
    const first = drawnIn(drawings, 60, sixel)
    const strips = { protocol: 'sixel', columns: 60, cell: sixel.cell, rows: expect.any(Array) }
    expect(first.before).toEqual([{ kind: 'keep', number: 256, strips }])
    expect(linesOf(first.block, 60).flat()[0]?.drawn).toMatch(/^\u001b\[38;2;0;1;0m\u{10eeee}/u)
    expect(drawnIn(drawings, 60, sixel).before).toEqual([])
    const second = drawnIn(drawings, 30, sixel)
    expect(second.before).toEqual([{ kind: 'keep', number: 257, strips: { ...strips, columns: 30 } }])
    // The first is on the screen until the lines of the other width are.
    expect(drawings.outworn()).toEqual([{ kind: 'forget', number: 256 }])
    expect(drawings.outworn()).toEqual([])
    expect(drawings.clear()).toEqual([{ kind: 'forget', number: 257 }])
    drawings.put(SRC, gradient(80, 40))
    expect(drawnIn(drawings, 60, sixel).before[0]).toMatchObject({ kind: 'keep', number: 258 })
  })

  it('is painted anew for cells of another size', () => {
    const drawings = createDrawings()
    drawings.put(SRC, gradient(600, 400))
    expect(drawnIn(drawings, 60, sixel).before).toHaveLength(1)
    const larger = { ...sixel, cell: { width: 20, height: 40 } }
    expect(drawnIn(drawings, 60, larger).before).toMatchObject([
      { kind: 'keep', strips: { columns: 30, cell: { width: 20, height: 40 } } },
    ])
  })

  it('is asked for only where the page itself is', () => {
    const other: Block = { ...figure, pictures: [{ src: 'https://elsewhere.example/x.png', alt: '' }] }
    const nested: Block = { ...figure, pictures: [], blocks: [figure, other] }
    expect(picturesIn([other, nested], 'https://arxiv.example/html/2501.00001')).toEqual([SRC])
  })
})
