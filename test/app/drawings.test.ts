import { describe, expect, it } from 'vitest'
import { createDrawings, picturesIn } from '../../src/app/drawings.ts'
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

const linesOf = (block: Block | undefined, width: number) =>
  block ? layOutBlock(block, width, 'scroll').lines.map(({ runs }) => runs) : []

describe('a picture', () => {
  it('is its caption until it is here, or where it cannot be shown', () => {
    const drawings = createDrawings()
    expect(drawings.drawnIn([figure], 60, blocks)).toEqual({ blocks: [figure], commands: [] })
    drawings.put(SRC, null)
    expect(drawings.has(SRC)).toBe(true)
    expect(drawings.drawnIn([figure], 60, blocks).blocks).toEqual([figure])
  })

  it('is drawn in half blocks, never wider than the text, with the caption below', () => {
    const drawings = createDrawings()
    drawings.put(SRC, gradient(1600, 400))
    for (const width of [30, 60, 200]) {
      const [drawn] = drawings.drawnIn([figure], width, blocks).blocks
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
    const first = drawings.drawnIn([figure], 60, kitty)
    expect(first.commands[0]).toMatch(/^\u001b_Ga=T,U=1,f=100,t=d,i=1,c=60,r=15,/)
    expect(drawings.drawnIn([figure], 60, kitty).commands).toEqual([])
    expect(drawings.drawnIn([figure], 30, kitty).commands[0]).toContain('c=30,')
    expect(linesOf(first.blocks[0], 60).flat()[0]?.drawn).toContain('\u{10eeee}')
    expect(drawings.clear()).toEqual([expect.stringMatching(/^\u001b_Ga=d,d=I,i=1/)])
    expect(drawings.clear()).toEqual([])
  })

  it('goes through tmux where Kitty is around it', () => {
    const drawings = createDrawings()
    drawings.put(SRC, gradient(80, 40))
    const { commands } = drawings.drawnIn([figure], 60, { ...kitty, throughTmux: true })
    expect(commands[0]).toMatch(/^\u001bPtmux;\u001b\u001b_G/)
    expect(drawings.clear()[0]).toMatch(/^\u001bPtmux;/)
  })

  it('is asked for only where the page itself is', () => {
    const other: Block = { ...figure, pictures: [{ src: 'https://elsewhere.example/x.png', alt: '' }] }
    const nested: Block = { ...figure, pictures: [], blocks: [figure, other] }
    expect(picturesIn([other, nested], 'https://arxiv.example/html/2501.00001')).toEqual([SRC])
  })
})
