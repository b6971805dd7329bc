// A text as laid out for one width, and places in it that hold for every width.

import type { DocumentLine } from '../text/document-layout.ts'

/** A line of a text whatever its width: the block it is in, counted from 0, and how far below the block's first. */
export interface Place {
  readonly block: number
  readonly line: number
}

export interface Heading {
  readonly level: number
  readonly text: string
  readonly line: number
}

/** A text as laid out for one width. Lines are counted from 0. */
export interface LaidText {
  readonly lines: readonly DocumentLine[]
  /** The first line of each block. */
  readonly blocks: readonly number[]
  readonly headings: readonly Heading[]
  readonly anchors: ReadonlyMap<string, number>
}

export const EMPTY: LaidText = { lines: [], blocks: [], headings: [], anchors: new Map() }

/** The block a line is in, and how far below the block's first line. */
export function placeOf({ blocks }: LaidText, line: number): Place {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle] ?? 0) <= line) low = middle + 1
    else high = middle
  }
  const block = Math.max(0, low - 1)
  return { block, line: Math.max(0, line - (blocks[block] ?? 0)) }
}

/** The line of a place, or the nearest that is here. */
export function lineAt({ lines, blocks }: LaidText, { block, line }: Place): number {
  const first = blocks[block]
  if (first === undefined) return Math.max(0, lines.length - 1)
  return Math.min(first + line, (blocks[block + 1] ?? lines.length) - 1)
}

/** The line behind the block that a line is in. */
export const blockEnd = (text: LaidText, line: number): number =>
  text.blocks[placeOf(text, line).block + 1] ?? text.lines.length
