// Displayed formulas in lines: in the middle, with their number at the right edge.

import type { Run } from './document.ts'
import { cellWidth, fits, wrap } from './layout.ts'
import { spaces } from './run-layout.ts'

/** A displayed formula: its rows from the top, and its number as printed, or empty. */
export interface Equation {
  readonly lines: readonly string[]
  readonly number: string
}

const NUMBER_GAP = 2
/** How far the lines of a broken row are set in. */
const HANGING = 4

// Where a row that is too wide is broken: before relations, else before operators.
const BREAKS = [/ (?=[=<>≤≥≠≈≡∼≃≅≜≔∝∈∉⊂⊆⊃⊇→⇒⇔↦←⟶⟹⟺≪≫≺≻⪯⪰:|] )|(?<=[,;]) /u, / (?=[-+−±∓×·⋅∘⊗⊕∪∩∧∨∑∏∫/*])/u]

// The parts of tall brackets: rows that are joined by them are a drawing.
const TALL_BRACKET = /[\u239b-\u23ad]/

/** Whether the rows only make sense right below each other, as those of a matrix do. */
export function isDrawn({ lines }: Equation): boolean {
  return lines.some((line) => TALL_BRACKET.test(line))
}

/** The equation in lines of at most `width` cells, or null where a row does not fit. */
export function fittedEquation(equation: Equation, width: number): Run[][] | null {
  const room = roomBesideNumber(equation.number, width)
  const cells = widest(equation.lines)
  return cells > room
    ? null
    : placed(equation, Math.min(Math.floor((width - cells) / 2), room - cells), width)
}

/** The equation as it is, however wide. */
export function naturalEquation(equation: Equation): Run[][] {
  return placed(equation, 0, widest(equation.lines) + NUMBER_GAP + cellWidth(equation.number))
}

/** The equation in lines of at most `width` cells, its rows broken where they must be. */
export function brokenEquation({ lines, number }: Equation, width: number): Run[][] {
  const room = roomBesideNumber(number, width)
  // A number that takes much of the line stands below the formula.
  if (room < (width * 2) / 3) {
    const formula = { lines, number: '' }
    const below = wrap(number, width).map(({ text }) => [{ text: spaces(width - cellWidth(text)) + text }])
    return [...(fittedEquation(formula, width) ?? brokenEquation(formula, width)), ...below]
  }
  return placed({ lines: lines.flatMap((line) => brokenRow(line, room)), number }, 0, width)
}

const widest = (lines: readonly string[]) => lines.reduce((most, line) => Math.max(most, cellWidth(line)), 0)

const roomBesideNumber = (number: string, width: number) =>
  number === '' ? width : width - cellWidth(number) - NUMBER_GAP

/** Rows set in by `left` cells, and the number beside the middle one, to end at the cell `right`. */
function placed({ lines, number }: Equation, left: number, right: number): Run[][] {
  const rows = lines.length === 0 && number !== '' ? [''] : lines
  const middle = Math.floor((rows.length - 1) / 2)
  return rows.map((line, at) => {
    const text = spaces(left) + line
    const row: Run[] = [{ text, styles: ['math'] }]
    if (number === '' || at !== middle) return row
    return [...row, { text: spaces(right - cellWidth(text) - cellWidth(number)) + number }]
  })
}

/** A row in lines of at most `room` cells; those after the first hang below it. */
function brokenRow(row: string, room: number): string[] {
  if (fits(row, room)) return [row]
  const formula = row.trimStart()
  const indent = spaces(Math.min(row.length - formula.length, Math.floor(room / 4)))
  const hanging = spaces(Math.min(HANGING, Math.floor(room / 4)))
  const lines: string[] = []
  fill(formula, room - indent.length - hanging.length, BREAKS, lines)
  return lines.map((line, at) => indent + (at === 0 ? '' : hanging) + line)
}

/** Puts the parts of a formula on lines: as many on the last one as it holds, a part that fits on none in parts itself. */
function fill(formula: string, room: number, [pattern, ...finer]: readonly RegExp[], lines: string[]): void {
  const parts = pattern === undefined ? wrap(formula, room).map(({ text }) => text) : formula.split(pattern)
  for (const part of parts) {
    const last = lines.at(-1)
    if (last !== undefined && fits(`${last} ${part}`, room)) lines[lines.length - 1] = `${last} ${part}`
    else if (pattern === undefined || fits(part, room)) lines.push(part)
    else fill(part, room, finer, lines)
  }
}
