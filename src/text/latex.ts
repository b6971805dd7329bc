// LaTeX → Unicode, without losing anything: what cannot be converted stays as its source.

import type { Run } from './document.ts'
import { ALIGNED } from './latex/commands.ts'
import { linesOf } from './latex/display.ts'
import { lineOf } from './latex/line.ts'
import { readMath } from './latex/math.ts'
import { writeProse } from './latex/prose.ts'
import { createOutput, PLAIN } from './latex/runs.ts'
import { type Cursor, readSource } from './latex/source.ts'
import { sanitise } from './sanitise.ts'

// Nearly every text has none of these, and so nothing of LaTeX.
const LATEX = /[\\${}~^_`]|--|''/

// LaTeXML breaks long formulas into lines with comments.
const BROKEN_LINE = /(?<!(?<!\\)\\)%\n\s*/g

const cursorOver = (text: string): Cursor => ({ source: readSource(text), at: 0, end: text.length, depth: 0 })

/** Mathematics in LaTeX, without its dollar signs, as one line; what has no Unicode stays as its source. */
export function mathText(tex: string): string {
  return oneLine(lineOf(readMath(cursorOver(tex.replace(BROKEN_LINE, '')))))
}

/** The same for displayed mathematics: a line each for the rows of alignments, cases and matrices. */
export function mathLines(tex: string): string[] {
  const formula = tex.replace(BROKEN_LINE, '')
  if (formula.length > MAX_DRAWN) return [mathText(tex)]
  return linesOf(readMath(cursorOver(formula))).map((line) => sanitise(line).trimEnd())
}

/** Rows of formulas, a cell for each column of their alignment, as lines; in pairs of columns as `mathLines` has them. */
export function alignedLines(rows: readonly (readonly string[])[]): string[] {
  const sources = rows.map((row) => row.map((tex) => tex.replace(BROKEN_LINE, '')))
  const length = sources.flat().reduce((sum, tex) => sum + tex.length, 0)
  if (length > MAX_DRAWN) return rows.map((row) => mathText(row.join(' ')))
  const read = sources.map((row) => row.map((tex) => readMath(cursorOver(tex))))
  const lines = linesOf([{ kind: 'grid', grid: ALIGNED, rows: read }])
  // So many rows are not drawn.
  if (lines.length < rows.length) return rows.map((row) => mathText(row.join(' ')))
  return lines.map((line) => sanitise(line).trimEnd())
}

// Columns take the room of rows times cells: in longer formulas rows and columns stay in the line.
const MAX_DRAWN = 8000

/** Whether a text may have LaTeX in it. */
export const mayHaveLatex = (text: string): boolean => LATEX.test(text)

/** A text that may have LaTeX in it (a title, an abstract, a comment), as runs. */
export function latexRuns(source: string): Run[] {
  const output = createOutput()
  if (LATEX.test(source)) writeProse(cursorOver(source), output, PLAIN)
  else output.write(source, PLAIN)
  return output.runs()
}

/** The same without styles and links. */
export function latexText(source: string): string {
  return latexRuns(source)
    .map(({ text }) => text)
    .join('')
}

const oneLine = (text: string): string => sanitise(text).replaceAll('\n', ' ').trim()
