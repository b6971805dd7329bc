// Tables in lines: in columns as wide as their contents where those fit, else with wrapped cells, else a record a row.

import type { Run } from './document.ts'
import { cellWidth, truncate } from './layout.ts'
import { runsText, runsWidth, spaces, styled, wrapRuns } from './run-layout.ts'
import type { Grid, PlacedCell } from './table-grid-layout.ts'

const COLUMN_GAP = 2
/** A column does not become narrower than this, if its contents are wider. */
const NARROWEST = 6
/** Longer words may be broken to make a column narrower. */
const LONG_WORD = 16
/** Where a table is scrolled sideways, its cells are wrapped to this. */
const COMFORTABLE = 40
/** What has more columns fits no screen, and takes long to find it out. */
const MAX_COLUMNS = 500
/** What is said again, record by record, is shortened to this. */
const REPEATED = 32

/** The table in lines of at most `width` cells, or null where its columns do not fit. */
export function fittedTable(grid: Grid, width: number): Run[][] | null {
  const room = width - COLUMN_GAP * (grid.columns - 1)
  if (grid.columns > MAX_COLUMNS || room < grid.columns) return null
  const natural = columnWidths(grid, (place) => place.width)
  if (sum(natural) <= room) return gridLines(grid, natural)
  const least = columnWidths(grid, narrowestWidth).map((cells, at) =>
    Math.min(natural[at] ?? 0, Math.max(NARROWEST, cells)),
  )
  // The widest columns give way first: none is wider than the widest limit with which all fit.
  const limited = (limit: number) =>
    natural.map((cells, at) => Math.max(least[at] ?? 0, Math.min(cells, limit)))
  let limit = NARROWEST - 1
  while (sum(limited(limit + 1)) <= room) limit++
  return sum(limited(limit)) <= room ? gridLines(grid, limited(limit)) : null
}

/** The table in lines as wide as it is, or null where it has more columns than one would scroll through. */
export function naturalTable(grid: Grid): Run[][] | null {
  if (grid.columns > MAX_COLUMNS) return null
  return gridLines(
    grid,
    columnWidths(grid, ({ width }) => Math.min(width, COMFORTABLE)),
  )
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** How narrow a cell may become: a value is not broken, and neither are words, unless they are long. */
function narrowestWidth({ cell, width }: PlacedCell): number {
  if (width <= NARROWEST) return width
  const text = runsText(cell.runs)
  if (!/\p{L}/u.test(text)) return Math.min(LONG_WORD, width)
  const longest = text.split(' ').reduce((most, word) => Math.max(most, cellWidth(word)), 0)
  return Math.min(LONG_WORD, longest)
}

/** The widths of the columns in which each cell gets the width it needs. */
function columnWidths(grid: Grid, needed: (place: PlacedCell) => number): number[] {
  const widths = new Array<number>(grid.columns).fill(0)
  const spanning: PlacedCell[] = []
  for (const place of grid.cells) {
    if (place.columns > 1) spanning.push(place)
    else widths[place.column] = Math.max(widths[place.column] ?? 0, needed(place))
  }
  for (const place of spanning) {
    // A remark below the whole table would make it as wide as the remark is long.
    const lacking = Math.min(needed(place), COMFORTABLE) - spannedWidth(widths, place)
    if (lacking <= 0) continue
    for (let column = place.column; column < place.column + place.columns; column++)
      widths[column] = (widths[column] ?? 0) + Math.ceil(lacking / place.columns)
  }
  return widths
}

/** The width of all columns that a cell spans. */
const spannedWidth = (widths: readonly number[], { column, columns }: PlacedCell) =>
  sum(widths.slice(column, column + columns)) + COLUMN_GAP * (columns - 1)

/** A line of a cell: where it starts in the lines of the table, and its width. */
interface CellLine {
  readonly runs: readonly Run[]
  readonly start: number
  readonly width: number
}

/** A cell in its lines; `top` counts the lines of the table above it, without the rule. */
interface LaidCell {
  readonly lines: readonly CellLine[]
  readonly top: number
}

/** The table in columns of the given widths, with a rule below its head. */
function gridLines(grid: Grid, widths: readonly number[]): Run[][] {
  const starts: number[] = []
  let tableWidth = -COLUMN_GAP
  for (const width of widths) {
    starts.push(tableWidth + COLUMN_GAP)
    tableWidth += COLUMN_GAP + width
  }
  const lines: Run[][] = []
  // A cell of several rows goes on in the next as if they were one.
  const reaching = new Map<PlacedCell, LaidCell>()
  let top = 0
  for (const [row, places] of grid.rows.entries()) {
    let bottom = top
    const cells = places.map((place) => {
      const laid = reaching.get(place) ?? {
        lines: cellLines(place, starts[place.column] ?? 0, spannedWidth(widths, place), row < grid.head),
        top,
      }
      if (place.lastRow > row) reaching.set(place, laid)
      else bottom = Math.max(bottom, laid.top + laid.lines.length)
      return laid
    })
    for (; top < bottom; top++) lines.push(joined(cells.flatMap((cell) => cell.lines[top - cell.top] ?? [])))
    if (row === grid.head - 1 && row < grid.rows.length - 1 && lines.length > 0)
      lines.push([{ text: '─'.repeat(tableWidth), styles: ['dim'] }])
  }
  return lines
}

/** A cell's lines in columns that begin at `start` and are `width` wide. */
function cellLines({ cell, width }: PlacedCell, start: number, room: number, heads: boolean): CellLine[] {
  if (width === 0) return []
  const runs = heads ? styled(cell.runs, 'bold') : cell.runs
  const lines = width <= room ? [runs] : wrapRuns(runs, room)
  return lines.map((line) => {
    const cells = width <= room ? width : runsWidth(line)
    const left = room - cells
    return {
      runs: line,
      start: start + (cell.align === 'left' ? 0 : cell.align === 'right' ? left : Math.floor(left / 2)),
      width: cells,
    }
  })
}

/** Lines of cells that stand beside each other as one. */
function joined(pieces: readonly CellLine[]): Run[] {
  const line: Run[] = []
  // What is plain is one run: wide tables have many small cells.
  let plain = ''
  let end = 0
  for (const { runs, start, width } of pieces) {
    plain += spaces(start - end)
    end = start + width
    for (const run of runs) {
      if (run.styles === undefined && run.href === undefined) {
        plain += run.text
        continue
      }
      if (plain !== '') line.push({ text: plain })
      line.push(run)
      plain = ''
    }
  }
  return plain === '' ? line : [...line, { text: plain }]
}

/** The table in lines of at most `width` cells, whatever it holds: below its head a line for each value of each row. */
export function recordLines(grid: Grid, width: number): Run[][] {
  const headings = columnHeadings(grid)
  return grid.rows.flatMap((places, row) => {
    const filled = places.filter((place) => place.width > 0)
    const values = separated(filled.filter((place) => place.row === row).map(({ cell }) => cell.runs))
    if (row < grid.head) return hanging(styled(values, 'bold'), width)
    if (grid.head === 0) return hanging(values, width)
    if (filled.length === 0) return []
    return [[], ...filled.flatMap((place) => hanging(record(place, row, headings), width))]
  })
}

/** A value with its heading, which only a value in one column has; one from a row above is said again, shortly. */
function record({ cell, row, column, columns }: PlacedCell, at: number, headings: readonly string[]): Run[] {
  const heading = columns === 1 ? headings[column] : undefined
  const value = row === at ? cell.runs : [{ text: truncate(runsText(cell.runs), REPEATED) }]
  return heading === undefined ? [...value] : [{ text: `${heading} · `, styles: ['dim'] }, ...value]
}

/** What heads each column, from the top, shortened. */
function columnHeadings(grid: Grid): string[] {
  const headings: string[] = []
  for (const { cell, row, column, columns, width } of grid.cells) {
    if (row >= grid.head || width === 0) continue
    for (let at = column; at < Math.min(column + columns, MAX_COLUMNS); at++)
      headings[at] = truncate(
        headings[at] ? `${headings[at]} ${runsText(cell.runs)}` : runsText(cell.runs),
        REPEATED,
      )
  }
  return headings
}

const separated = (values: readonly (readonly Run[])[]): Run[] =>
  values.flatMap((runs, at): readonly Run[] =>
    at === 0 ? runs : [{ text: ' · ', styles: ['dim'] }, ...runs],
  )

/** Lines of at most `width` cells, set in after the first. */
function hanging(runs: readonly Run[], width: number): Run[][] {
  const lines = wrapRuns(runs, width)
  if (lines.length <= 1) return lines
  return wrapRuns(runs, width - 2).map((line, at) => (at === 0 ? line : [{ text: '  ' }, ...line]))
}
