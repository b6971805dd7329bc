// Blocks as lines, piece by piece, and what is found in them.

import { fold } from '../paper.ts'
import type { Block } from '../text/document.ts'
import { type DocumentLine, gap, layOutBlock } from '../text/document-layout.ts'
import { runsText } from '../text/run-layout.ts'
import type { Match } from './document.ts'
import type { Heading } from './laid-text.ts'

/** Lines of the first piece, more than any screen has, and of the others: what the reader takes in between two keys. */
const FIRST = 150
const PIECE = 1000

interface LaidPiece {
  readonly lines: readonly DocumentLine[]
  readonly blocks: readonly number[]
  readonly headings: readonly Heading[]
  readonly anchors: readonly (readonly [anchor: string, line: number])[]
  readonly last: boolean
}

/**
 * Lays blocks out piece by piece, the first one reaching beyond a block. Lines are counted through all pieces. `drawn` gives
 * a block with its pictures, when its turn has come.
 */
export function* layOutInPieces(
  blocks: readonly Block[],
  width: number,
  beyond: number,
  drawn: (block: Block) => Block = (block) => block,
): Generator<LaidPiece, void, undefined> {
  let piece = emptyPiece()
  let before = 0
  let isFirst = true
  for (const [at, block] of blocks.entries()) {
    const previous = blocks[at - 1]
    const blank = previous ? gap(previous, block) : 0
    for (let line = 0; line < blank; line++) piece.lines.push({ runs: [] })
    const first = before + piece.lines.length
    const laid = layOutBlock(drawn(block), width, 'scroll')
    piece.blocks.push(first)
    for (const line of laid.lines) piece.lines.push(line)
    for (const [anchor, line] of laid.anchors) piece.anchors.push([anchor, first + line])
    if (block.kind === 'heading')
      piece.headings.push({ level: block.level, text: runsText(block.runs), line: first })
    const isEnough = isFirst ? piece.lines.length >= FIRST && at > beyond : piece.lines.length >= PIECE
    if (!isEnough || at === blocks.length - 1) continue
    yield { ...piece, last: false }
    before += piece.lines.length
    piece = emptyPiece()
    isFirst = false
  }
  yield { ...piece, last: true }
}

const emptyPiece = () => ({
  lines: [] as DocumentLine[],
  blocks: [] as number[],
  headings: [] as Heading[],
  anchors: [] as (readonly [string, number])[],
})

const MAX_MATCHES = 10_000

/**
 * Where a text is in lines, whatever its case and its accents; 𝐤 is a k. Within a block a match may go over the end of a line, where a space stands
 * for the break.
 */
export function findIn(lines: readonly DocumentLine[], blocks: readonly number[], text: string): Match[] {
  const wanted = fold(text).replace(/\s+/g, ' ').trim()
  const matches: Match[] = []
  if (wanted === '') return matches
  for (const [at, first] of blocks.entries()) {
    const end = blocks[at + 1] ?? lines.length
    let joined = ''
    const offsets: (Compared & { readonly start: number; readonly indent: number })[] = []
    for (const line of lines.slice(first, end)) {
      const whole = runsText(line.runs)
      const kept = whole.trim()
      const compared = comparedBy(kept)
      offsets.push({ ...compared, start: joined.length, indent: whole.indexOf(kept) })
      joined += `${compared.folded} `
    }
    let index = 0
    for (
      let found = joined.indexOf(wanted);
      found >= 0;
      found = joined.indexOf(wanted, found + wanted.length)
    ) {
      while (found >= (offsets[index + 1]?.start ?? Number.POSITIVE_INFINITY)) index++
      const pieces = []
      for (let line = index; line < offsets.length; line++) {
        const { start, indent, folded, placeOf } = offsets[line] as (typeof offsets)[number]
        const from = Math.max(0, found - start)
        const to = Math.min(folded.length, found + wanted.length - start)
        if (start >= found + wanted.length) break
        if (to > from)
          pieces.push({ line: first + line, start: indent + placeOf(from), end: indent + placeOf(to) })
      }
      matches.push(pieces)
      if (matches.length === MAX_MATCHES) return matches
    }
  }
  return matches
}

/** A text as it is compared, and where a place in that is in the text itself, in UTF-16 units. */
interface Compared {
  readonly folded: string
  readonly placeOf: (at: number) => number
}

const itself = (at: number) => at

function comparedBy(text: string): Compared {
  if (/^[\x20-\x7e]*$/.test(text)) return { folded: text.toLowerCase(), placeOf: itself }
  let folded = ''
  const places: number[] = []
  let at = 0
  for (const letter of text) {
    const compared = fold(letter)
    folded += compared
    for (let unit = 0; unit < compared.length; unit++) places.push(at)
    at += letter.length
  }
  return { folded, placeOf: (place) => places[place] ?? text.length }
}
