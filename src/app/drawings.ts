// Pictures of a text as rows of text: decoded, made small, and drawn as the terminal can.

import type { Bitmap, Cells, Size } from '../pictures/bitmap.ts'
import type { ColourDepth } from '../pictures/colours.ts'
import { halfBlockRows } from '../pictures/half-block.ts'
import { deletePicture, placeholderRows, transmitPicture } from '../pictures/kitty.ts'
import { fitCells, fitPixels, onBackground, resize } from '../pictures/scale.ts'
import { passThrough } from '../pictures/tmux.ts'
import type { Block, Picture } from '../text/document.ts'

/** How a terminal shows pictures: two pixels a cell in its colours, or Kitty's way, through tmux where it runs in one. */
export type Look =
  | { readonly kind: 'blocks'; readonly depth: ColourDepth }
  | { readonly kind: 'kitty'; readonly cell: Size; readonly throughTmux: boolean }

/** A cell is about twice as high as wide. */
const CELL: Size = { width: 8, height: 16 }
const WIDEST = 100
const HIGHEST = 24
/** Kitty knows pictures by numbers; ours are these. */
const IDS = 255
const WHITE = [255, 255, 255] as const

/** The pictures of the text that is open. */
export interface Drawings {
  /** Whether a picture was tried, whatever came of it. */
  has(src: string): boolean
  /** Keeps a picture; null where there is none to show. */
  put(src: string, bitmap: Bitmap | null): void
  /**
   * The blocks with the pictures that are here drawn in at most `width` cells, and what the terminal must be sent before they
   * are shown.
   */
  drawnIn(blocks: readonly Block[], width: number, look: Look): { blocks: Block[]; commands: string[] }
  /** What takes all pictures off the terminal. */
  clear(): string[]
}

export function createDrawings(): Drawings {
  const bitmaps = new Map<string, Bitmap | null>()
  const ids = new Map<string, number>()
  /** The width each picture was last sent for. */
  const sent = new Map<string, number>()
  let throughTmux = false

  const draw = (src: string, bitmap: Bitmap, width: number, look: Look, commands: string[]): Block => {
    const room: Cells = { columns: Math.min(width, WIDEST), rows: HIGHEST }
    const cell = look.kind === 'kitty' ? look.cell : CELL
    const cells = fitCells(bitmap, room, cell)
    if (look.kind === 'blocks')
      return { kind: 'drawing', rows: halfBlockRows(bitmap, cells, look.depth), columns: cells.columns }
    throughTmux = look.throughTmux
    const id = ids.get(src) ?? ids.size + 1
    ids.set(src, id)
    if (sent.get(src) !== cells.columns) {
      sent.set(src, cells.columns)
      const small = resize(bitmap, fitPixels(bitmap, cells, cell))
      commands.push(...transmitPicture(id, small, cells).map(wrapped))
    }
    return { kind: 'drawing', rows: placeholderRows(id, cells), columns: cells.columns }
  }
  const wrapped = (command: string) => (throughTmux ? passThrough(command) : command)

  const drawn = (block: Block, width: number, look: Look, commands: string[]): Block => {
    if (block.kind !== 'figure') return block
    const isHere = ({ src }: Picture) => Boolean(bitmaps.get(src))
    const drawings = block.pictures.flatMap(({ src }) => {
      const bitmap = bitmaps.get(src)
      // There are no more numbers: the rest are captions.
      if (look.kind === 'kitty' && !ids.has(src) && ids.size === IDS) return []
      return bitmap ? [draw(src, bitmap, width, look, commands)] : []
    })
    const inner = block.blocks.map((other) => drawn(other, width, look, commands))
    const pictures = block.pictures.filter((picture) => !isHere(picture))
    return { ...block, pictures, blocks: [...drawings, ...inner] }
  }

  return {
    has: (src) => bitmaps.has(src),
    put(src, bitmap) {
      // Smaller at once: a screen has so many pixels, and the text may have many pictures.
      const opaque = bitmap && onBackground(bitmap, WHITE)
      const size =
        opaque && fitPixels(opaque, { columns: WIDEST, rows: HIGHEST * 2 }, { width: 10, height: 20 })
      bitmaps.set(src, opaque && size && resize(opaque, size))
    },
    drawnIn(blocks, width, look) {
      const commands: string[] = []
      return { blocks: blocks.map((block) => drawn(block, width, look, commands)), commands }
    },
    clear() {
      const commands = [...ids.values()].map((id) => wrapped(deletePicture(id)))
      bitmaps.clear()
      ids.clear()
      sent.clear()
      return commands
    },
  }
}

/** The pictures of blocks that are at the same host as the page, in their order. Others would tell somebody who reads. */
export function picturesIn(blocks: readonly Block[], page: string): string[] {
  const { host } = new URL(page)
  return blocks.flatMap((block) =>
    block.kind === 'figure'
      ? [
          ...block.pictures.flatMap(({ src }) => (new URL(src).host === host ? [src] : [])),
          ...picturesIn(block.blocks, page),
        ]
      : [],
  )
}
