// Where the cells of a table stand: rows and columns, with what spans several of them.

import type { TableCell } from './document.ts'
import { runsWidth } from './run-layout.ts'

/** A cell in its place; `lastRow` is the last row it covers. */
export interface PlacedCell {
  readonly cell: TableCell
  readonly column: number
  readonly columns: number
  readonly row: number
  readonly lastRow: number
  /** The width of its text on one line, in cells of the terminal. */
  readonly width: number
}

export interface Grid {
  /** Every cell, row by row from the left. */
  readonly cells: readonly PlacedCell[]
  /** For each row the cells that cover it, from the left: one that covers several rows is in each of them. */
  readonly rows: readonly (readonly PlacedCell[])[]
  readonly columns: number
  /** How many rows head the columns. */
  readonly head: number
}

type MovablePlace = PlacedCell & { column: number; columns: number }

/** No table has more cells in a row that reach down into the next: of those beyond, the span is not believed. */
const MAX_REACHING = 200

/** Places cells as HTML does: each in the first column that no cell from above reaches down to. */
export function placeCells(rows: readonly (readonly TableCell[])[], head: number): Grid {
  const all: MovablePlace[] = []
  const covered: MovablePlace[][] = []
  let above: MovablePlace[] = []
  for (const [row, cells] of rows.entries()) {
    // What begins in the head ends there.
    const end = Math.max(row + 1, row < head ? Math.min(head, rows.length) : rows.length)
    const reaching = [...above]
    const begun: MovablePlace[] = []
    let next = 0
    let column = 0
    for (const cell of cells) {
      for (let taken = above[next]; taken && taken.column <= column; taken = above[++next])
        column = Math.max(column, taken.column + taken.columns)
      const columns = Math.max(1, Math.min(cell.columns, (above[next]?.column ?? Infinity) - column))
      const span = reaching.length < MAX_REACHING ? Math.max(1, cell.rows) : 1
      const lastRow = Math.min(end, row + span) - 1
      const place = { cell, column, columns, row, lastRow, width: runsWidth(cell.runs) }
      begun.push(place)
      all.push(place)
      if (lastRow > row) reaching.push(place)
      column += columns
    }
    covered.push(above.length === 0 ? begun : inOrder([...above, ...begun]))
    above = inOrder(reaching.filter(({ lastRow }) => lastRow > row))
  }
  return { cells: all, rows: covered, columns: closeUp(all), head }
}

const inOrder = (cells: MovablePlace[]) => cells.sort((a, b) => a.column - b.column)

/** Leaves out columns in which no cell begins, of a span of a billion nearly all, and says how many there are. */
function closeUp(cells: readonly MovablePlace[]): number {
  const begun = [...new Set(cells.map(({ column }) => column))].sort((a, b) => a - b)
  for (const place of cells) {
    const column = firstFrom(begun, place.column)
    place.columns = firstFrom(begun, place.column + place.columns) - column
    place.column = column
  }
  return begun.length
}

/** The index of the first number that is not below `least`; the numbers go up. */
function firstFrom(numbers: readonly number[], least: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? least) < least) low = middle + 1
    else high = middle
  }
  return low
}
