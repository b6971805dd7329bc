// A terminal that shows pictures by Sixel or in iTerm2's way. The emulator knows neither, so a letter of its own stands for
// each cell that a picture covers: what overwrites, erases or scrolls the cell does the same to the picture.

import type { Bitmap, Size } from '../../src/pictures/bitmap.ts'
import { paintSixel, part, readInline } from '../pictures/paint-strips.ts'
import { paint } from '../pictures/samples.ts'
import type { Terminal, TerminalOptions } from './terminal.ts'

/** What is on the screen of a picture: where, in cells, and its pixels. */
export interface Shown {
  readonly row: number
  readonly column: number
  readonly columns: number
  readonly rows: number
  readonly bitmap: Bitmap
}

export interface Pictured {
  readonly between: NonNullable<TerminalOptions['between']>
  /** The pictures on the screen from the top: strips that stand one below the other are one. */
  shown(terminal: Terminal): Promise<Shown[]>
  /** Makes the cells so many pixels large, as another font does: 10 × 20 at first. */
  zoom(cell: Size): void
  /** Whether a screen shows any part of a picture. */
  isOn(screen: string): boolean
}

const CELL = { width: 10, height: 20 }

/** Questions are taken out, all of them answered with the last. */
const QUESTIONS =
  /\u001b_Gi=31[^\u001b]*\u001b\\|\u001b\[>q|\u001b\]1337;ReportCellSize\u001b\\|\u001b\[1[46]t|\u001b\[\?[12];\d;0S|\u001b\[c/g
const ANSWERS = {
  sixel: ({ width, height }: Size) =>
    `\u001bP>|foot(1.23.1)\u001b\\\u001b[6;${height};${width}t\u001b[?1;0;256S\u001b[?62;4;22c`,
  iterm2: ({ width, height }: Size) =>
    `\u001bP>|iTerm2 3.6.6\u001b\\\u001b]1337;ReportCellSize=${height}.0;${width}.0;1.0\u001b\\\u001b[?62;4c`,
}
const PICTURES = /\u001bP[\d;]*q[^\u001b]*\u001b\\|\u001b\]1337;File=[^\u0007]*\u0007/g
/** What may go on in the next piece of what is written. */
const CUT = /\u001b(?:[P\]_][^\u001b\u0007]*\u001b?|\[[?>]?[\d;]*)?$/

const FIRST_LETTER = 0xf0000

export function pictured(protocol: keyof typeof ANSWERS): Pictured {
  let cell = CELL
  const sequences: string[] = []
  let kept = ''
  const letters = (sequence: string) => {
    const width =
      protocol === 'sixel'
        ? Number(/"1;1;(\d+);/.exec(sequence)?.[1]) / cell.width
        : Number(/;width=(\d+);/.exec(sequence)?.[1])
    return String.fromCodePoint(FIRST_LETTER + sequences.push(sequence) - 1).repeat(width)
  }
  const stripOf = async (letter: string) => {
    const sequence = sequences[(letter.codePointAt(0) ?? 0) - FIRST_LETTER] ?? ''
    return protocol === 'sixel' ? paintSixel(sequence) : (await readInline(sequence)).picture
  }
  return {
    between(written, answer) {
      const all = kept + written
      kept = CUT.exec(all)?.[0] ?? ''
      const whole = all.slice(0, all.length - kept.length)
      return whole
        .replace(QUESTIONS, (question) => {
          if (question === '\u001b[c') answer(ANSWERS[protocol](cell))
          return ''
        })
        .replace(PICTURES, letters)
    },
    async shown(terminal) {
      const pictures: Shown[] = []
      for (const [row, cells] of terminal.cells().entries()) {
        const covered = cells.flatMap(({ text }, column) => (isLetter(text) ? [column] : []))
        const [column] = covered
        if (column === undefined) continue
        const run = cells.slice(column, column + covered.length).map(({ text }) => text)
        const [letter = ''] = run
        // One strip a row, whole.
        if (run.some((text) => text !== letter)) throw new Error(`row ${row} shows parts of several pictures`)
        const strip = await stripOf(letter)
        if (strip.height !== cell.height) throw new Error(`row ${row} is painted ${strip.height} pixels high`)
        const visible = part(strip, 0, 0, run.length * cell.width, cell.height)
        const last = pictures.at(-1)
        const goesOn = last?.column === column && last.columns === run.length && last.row + last.rows === row
        if (goesOn) pictures[pictures.length - 1] = below(last, visible)
        else pictures.push({ row, column, columns: run.length, rows: 1, bitmap: visible })
      }
      return pictures
    },
    zoom(size) {
      cell = size
    },
    isOn: (screen) => [...screen].some(isLetter),
  }
}

const isLetter = (text: string) => (text.codePointAt(0) ?? 0) >= FIRST_LETTER

function below(above: Shown, strip: Bitmap): Shown {
  const { width, height, data } = above.bitmap
  const bitmap = paint(width, height + strip.height, () => [0, 0, 0, 0])
  bitmap.data.set(data)
  bitmap.data.set(strip.data, data.length)
  return { ...above, rows: above.rows + 1, bitmap }
}
