// Which dollar signs enclose mathematics, and which are money: `costs $5 and $7` has no formula in it.

import type { Source } from './source.ts'

/** A formula between dollar signs: where it starts and ends, and where the text goes on. */
export interface Formula {
  readonly start: number
  readonly end: number
  readonly next: number
}

/** The formula that the dollar sign at a place opens, or null where it is a dollar sign. */
export function formulaAt({ text, dollars }: Source, at: number, end: number): Formula | null {
  if (text[at + 1] === '$') {
    const close = dollars.get(at + 1)
    if (close === undefined || close + 1 >= end || text[close + 1] !== '$' || close === at + 2) return null
    return { start: at + 2, end: close, next: close + 2 }
  }
  const close = dollars.get(at)
  if (close === undefined || close >= end) return null
  // `US$ 5`
  if (/[A-Z]/.test(text[at - 1] ?? '') && /^\s+\d/.test(text.slice(at + 1, at + 4))) return null
  // Sentences show in their first words; nobody's formula needs to be read to its end.
  const beginning = text.slice(at + 1, Math.min(close, at + 1 + LOOKED_AT))
  return isFormula(beginning, text[close + 1] ?? '') ? { start: at + 1, end: close, next: close + 1 } : null
}

const LOOKED_AT = 300

// Three words in a row, the commands and what they set as text left out.
const SENTENCE = /(?:^|[\s,;(])[A-Za-z]{2,}[,;]?\s+[A-Za-z]{2,}[,;]?\s+[a-z]{2,}/
const COMMANDS = /\\(?:text|textrm|textit|textbf|mathrm|mbox|operatorname)\s*\{[^{}]*\}|\\[a-zA-Z]+/g

function isFormula(content: string, next: string): boolean {
  if (/^\s*$|\n\s*\n/.test(content)) return false
  if (SENTENCE.test(content.replace(COMMANDS, ' + '))) return false
  const endsInSpace = /\s$/.test(content)
  // An amount, and what stands between it and the next one: `5 and `, `100K-`, `1M (A`, ` 5 and US`.
  const amount = /^\s*\d/.test(content)
  if (amount && endsInSpace && /\d/.test(next)) return false
  if (/[\\^_{}]/.test(content)) return true
  // Who sets a space before a number may set one behind it, but no comma: `$ 5, $ 6`.
  const closes = /^\s/.test(content) ? !/[,;]\s*$/.test(content) : !endsInSpace
  if (amount) return closes && !/\d/.test(next) && !/\s[A-Za-z]{2}/.test(content)
  return !(/\d/.test(next) && (endsInSpace || /[A-Za-z]{2}/.test(content)))
}
