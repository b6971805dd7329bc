// Pictures of a text as rows of text: decoded, made small, and drawn as the terminal can.

import type { Bitmap, Cells, Size } from '../pictures/bitmap.ts'
import type { ColourDepth } from '../pictures/colours.ts'
import { halfBlockRows } from '../pictures/half-block.ts'
import { deletePicture, transmitPicture } from '../pictures/kitty.ts'
import { PALETTE_NUMBERS, placeholderRows } from '../pictures/placeholders.ts'
import { fitCells, fitPixels, onBackground, resize } from '../pictures/scale.ts'
import { type Strips, stripsOf } from '../pictures/strips.ts'
import { passThrough } from '../pictures/tmux.ts'
import type { Block, Picture } from '../text/document.ts'

/**
 * How a terminal shows pictures: two pixels a cell in its colours; Kitty's way, through tmux where it runs in one; or painted over
 * the screen. `cell` is in pixels, `colours` is how many there can be at once.
 */
export type Look =
  | { readonly kind: 'blocks'; readonly depth: ColourDepth }
  | { readonly kind: 'kitty'; readonly cell: Size; readonly throughTmux: boolean }
  | {
      readonly kind: 'painted'
      readonly protocol: Strips['protocol']
      readonly cell: Size
      readonly colours: number
    }

/** What has to be done before pictures are shown, or once they no longer are. */
export type Preparation =
  /** For the terminal, past the screen. */
  | { readonly kind: 'send'; readonly text: string }
  /** For our painter. */
  | { readonly kind: 'keep'; readonly number: number; readonly strips: Strips }
  | { readonly kind: 'forget'; readonly number: number }

/** A cell is about twice as high as wide. */
const CELL: Size = { width: 8, height: 16 }
const WIDEST = 100
const HIGHEST = 24
/** Of all strips of a text, in characters: what the painter keeps in memory. */
const MOST_STRIPS = 64_000_000
const WHITE = [255, 255, 255] as const

/** The pictures of the text that is open. */
export interface Drawings {
  /** Whether a picture was tried, whatever came of it. */
  has(src: string): boolean
  /** Keeps a picture; null where there is none to show. */
  put(src: string, bitmap: Bitmap | null): void
  /**
   * A block with the pictures that are here drawn in at most `width` cells. What must be done before they are shown is added to
   * `before`.
   */
  drawnIn(block: Block, width: number, look: Look, before: Preparation[]): Block
  /** What is to be done once the lines of another width are on the screen. */
  outworn(): Preparation[]
  /** Forgets all pictures, and says how the terminal and the painter do. */
  clear(): Preparation[]
}

export function createDrawings(): Drawings {
  const bitmaps = new Map<string, Bitmap | null>()
  /** The number by which each picture is known outside, and the size in which it was last prepared. */
  const shown = new Map<string, { readonly number: number; readonly size: string }>()
  let throughTmux = false
  /** The painter's pictures as they are shown now, and how many characters they take. */
  const kept = new Map<number, number>()
  let numbers = PALETTE_NUMBERS
  /** Pictures of the painter that another width has replaced, though they may still be on the screen. */
  let stale: number[] = []

  const send = (text: string): Preparation => ({
    kind: 'send',
    text: throughTmux ? passThrough(text) : text,
  })
  const forget = (number: number): Preparation => ({ kind: 'forget', number })

  /** The rows of a picture; null where there is no room for one more. */
  const draw = (
    src: string,
    bitmap: Bitmap,
    width: number,
    look: Look,
    before: Preparation[],
  ): Block | null => {
    const room: Cells = { columns: Math.min(width, WIDEST), rows: HIGHEST }
    const cell = look.kind === 'blocks' ? CELL : look.cell
    const cells = fitCells(bitmap, room, cell)
    const drawing = (rows: string[]): Block => ({ kind: 'drawing', rows, columns: cells.columns })
    if (look.kind === 'blocks') return drawing(halfBlockRows(bitmap, cells, look.depth))
    const known = shown.get(src)
    const size = [cells.columns, cells.rows, cell.width, cell.height].join()
    if (known?.size === size) return drawing(placeholderRows(known.number, cells))
    const small = () => resize(bitmap, fitPixels(bitmap, cells, cell))
    if (look.kind === 'kitty') {
      throughTmux = look.throughTmux
      const number = known?.number ?? shown.size + 1
      if (number > PALETTE_NUMBERS) return null
      before.push(...transmitPicture(number, small(), cells).map(send))
      shown.set(src, { number, size })
      return drawing(placeholderRows(number, cells))
    }
    if (known) {
      kept.delete(known.number)
      stale.push(known.number)
      shown.delete(src)
    }
    if ([...kept.values()].reduce((sum, length) => sum + length, 0) > MOST_STRIPS) return null
    // A number never comes back: rows with it that are on the screen already would not be painted again.
    const number = ++numbers
    const strips = stripsOf(small(), cells, look, WHITE)
    kept.set(
      number,
      strips.rows.reduce((sum, row) => sum + row.length, 0),
    )
    before.push({ kind: 'keep', number, strips })
    shown.set(src, { number, size })
    return drawing(placeholderRows(number, cells))
  }

  const drawnIn = (block: Block, width: number, look: Look, before: Preparation[]): Block => {
    if (block.kind !== 'figure') return block
    const drawings: Block[] = []
    const pictures: Picture[] = []
    for (const picture of block.pictures) {
      const bitmap = bitmaps.get(picture.src)
      const drawing = bitmap ? draw(picture.src, bitmap, width, look, before) : null
      if (drawing) drawings.push(drawing)
      else pictures.push(picture)
    }
    const inner = block.blocks.map((other) => drawnIn(other, width, look, before))
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
    drawnIn,
    outworn() {
      const forgotten = stale.map(forget)
      stale = []
      return forgotten
    },
    clear() {
      const painted = [...kept.keys(), ...stale]
      const after =
        painted.length > 0
          ? painted.map(forget)
          : [...shown.values()].map(({ number }) => send(deletePicture(number)))
      bitmaps.clear()
      shown.clear()
      kept.clear()
      stale = []
      return after
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
