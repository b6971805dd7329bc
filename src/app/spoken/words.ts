// Lines of the screen as sentences: without what stands there for the eye alone.

import { type Line, lineText } from '../frame.ts'

/** Signs that boxes and bars are drawn of. */
const BOXES = /[\u2500-\u257f\u2580-\u259f]+/g
/** Signs behind the words that say the same. */
const SIGNS = / [★◇◆×](?= ·|$)/g

/** A line as it is told; empty where nothing of it has words. `between` stands for the gaps of columns. */
export const plain = (text: string, between = ', '): string =>
  text.replace(BOXES, '').replace(SIGNS, '').replace(/ · /g, ', ').trim().replace(/ {2,}/g, between)

/** Lines of the screen, without the empty ones. */
export const plainLines = (lines: readonly Line[], between?: string): string[] =>
  lines.map((line) => plain(lineText(line), between)).filter((text) => text !== '')

/** What ends as a sentence, if it does not yet. */
export const sentence = (text: string): string => (/[.?!…]$/.test(text) ? text : `${text}.`)

/** A number of things: `1 paper`, `2 papers`. */
export const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`

/** Lines with their numbers, the first of which is `first`. */
export const numbered = (lines: readonly string[], first = 1): string[] =>
  lines.map((line, at) => `${first + at}: ${line}`)
