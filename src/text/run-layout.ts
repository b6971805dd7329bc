// Running text in lines: words are wrapped across the runs they are set in.

import type { Run, RunStyle } from './document.ts'
import type { Range } from './highlights.ts'
import { cellWidth, fits, wrap } from './layout.ts'

/** A formula of up to so many cells is not broken, where a line holds it. */
const SHORT_FORMULA = 20

// Latin letters and the usual punctuation take a cell each. Nearly every paragraph is made of them, and its lines are
// found without measuring each word.
const ONE_CELL_EACH = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u024f\u2013-\u201d\u2026]*$/

/** The lines of running text, `width` cells wide at most (two at least); none where there is no word. */
export function wrapRuns(runs: readonly Run[], width: number): Run[][] {
  const text = runs.map((run) => measuredText(run, Math.min(width, SHORT_FORMULA))).join('')
  if (text.trim() === '') return []
  const lines = ONE_CELL_EACH.test(text)
    ? wrapSimple(text, Math.max(2, width))
    : wrap(text, width).map((line) => ({ start: line.start, end: line.start + line.text.length }))
  return cutRuns(runs, lines)
}

/** The run's text as it is broken into words, as long and as wide as it is: a formula of few cells is one. */
function measuredText({ text, styles }: Run, few: number): string {
  return styles?.includes('math') && fits(text, few) ? text.replace(/(?<=\S) (?=\S)/g, '_') : text
}

/** What `wrap` does, for text that takes a cell a character. */
function wrapSimple(text: string, width: number): Range[] {
  const lines: Range[] = []
  let start = 0
  while (start < text.length) {
    if (text[start] === ' ') {
      start++
      continue
    }
    let end = Math.min(start + width, text.length)
    if (end < text.length) {
      let space = end
      while (space > start && text[space] !== ' ') space--
      if (space > start) end = space
    }
    const next = end
    while (text[end - 1] === ' ') end--
    lines.push({ start, end })
    start = next
  }
  return lines
}

/** Ranges of the runs' joined text, in its order, in the runs' styles. */
function cutRuns(runs: readonly Run[], ranges: readonly Range[]): Run[][] {
  let index = 0
  let runStart = 0
  return ranges.map(({ start, end }) => {
    const line: Run[] = []
    for (let run = runs[index]; run !== undefined; run = runs[index]) {
      const text = run.text.slice(Math.max(0, start - runStart), end - runStart)
      if (text !== '') line.push(text.length === run.text.length ? run : { ...run, text })
      // It goes on in the next line.
      if (runStart + run.text.length > end) break
      runStart += run.text.length
      index++
    }
    return line
  })
}

/** The text of runs without their styles. */
export function runsText(runs: readonly Run[]): string {
  return runs.length === 1 ? (runs[0]?.text ?? '') : runs.map(({ text }) => text).join('')
}

/** The width of runs in cells. */
export function runsWidth(runs: readonly Run[]): number {
  return cellWidth(runsText(runs))
}

/** So many spaces; none where nothing is left to fill. */
export const spaces = (cells: number): string => ' '.repeat(Math.max(0, cells))

/** The runs, set in one style more. */
export function styled(runs: readonly Run[], style: RunStyle): Run[] {
  return runs.map((run) =>
    run.styles?.includes(style) ? run : { ...run, styles: [...(run.styles ?? []), style] },
  )
}
