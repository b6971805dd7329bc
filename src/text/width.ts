// Widths of text in terminal cells.

import { createRequire } from 'node:module'
import type { Options } from 'string-width'

// Letters and signs that take one cell each: Latin, Greek, Cyrillic, punctuation, arrows, mathematics, boxes; and the
// accents that join them without taking room. Nearly every title and formula is made of these, and they need no table.
const LETTERS =
  '\\x20-\\x7e\\u00a1-\\u00ac\\u00ae-\\u02ff\\u0391-\\u03a1\\u03a3-\\u03ff\\u0400-\\u0482\\u048a-\\u052f\\u1e00-\\u1eff' +
  '\\u2010-\\u2027\\u2030-\\u2038\\u2044\\u2070\\u2071\\u2074-\\u208e\\u2090-\\u209c\\u1d2c-\\u1d6a\\u2c7c\\u2c7d\\u2100-\\u214f' +
  '\\u2190-\\u21ff\\u2200-\\u22ff\\u2308-\\u230b\\u239b-\\u23b3\\u2500-\\u257f\\u25cf\\u2605\\u275d\\u27c0-\\u27ef\\u2a00-\\u2aff'
const ACCENTS = '\\u0300-\\u036f\\u20d0-\\u20dc'
/** Letters of mathematics, two UTF-16 units each: bold, calligraphic, blackboard. */
const MATH_LETTER = '\\ud835[\\udc00-\\udfff]'
const SIMPLE = new RegExp(`^(?![${ACCENTS}])(?:[${LETTERS}${ACCENTS}]|${MATH_LETTER})*$`)
const SIMPLE_GRAPHEME = new RegExp(`(?:[${LETTERS}]|${MATH_LETTER})[${ACCENTS}]*`, 'g')
// Accents, and the second unit of what has two.
const WITHOUT_ROOM = new RegExp(`[${ACCENTS}\\udc00-\\udfff]+`, 'g')

// Loaded when the first other character comes: its tables of emoji and the segmenter take 30 ms, which the first frame
// need not wait for.
const load = createRequire(import.meta.url)
let measure: typeof import('string-width').default | null = null
let segmenter: Intl.Segmenter | null = null

const STYLES = /\u001b\[[0-9;]*m/g

/**
 * The width of a text in cells, styles not counted: string-width's answer, without its tables where they are not
 * needed. The bundle puts this in string-width's place, so that Ink too starts without them.
 */
export function stringWidth(text: string, options: Options = {}): number {
  const plain = options.countAnsiEscapeCodes ? text : text.replace(STYLES, '')
  if (options.ambiguousIsNarrow !== false && SIMPLE.test(plain)) return plain.replace(WITHOUT_ROOM, '').length
  measure ??= (load('string-width') as typeof import('string-width')).default
  return measure(text, options)
}

export default stringWidth

/**
 * What people take for single letters: a base with its marks, an emoji with its joiners. Nothing here is wider than two
 * cells: what Unicode joins to something wider (a chain of Indic conjuncts, say) comes in its parts.
 */
export function graphemes(text: string): string[] {
  if (SIMPLE.test(text)) return text.match(SIMPLE_GRAPHEME) ?? []
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment).flatMap(narrowParts)
}

/** A grapheme in parts of at most two cells: itself, nearly always. */
function narrowParts(grapheme: string): string[] {
  if (stringWidth(grapheme) <= 2) return [grapheme]
  const parts: string[] = []
  let part = ''
  for (const point of grapheme) {
    if (part !== '' && stringWidth(part + point) > 2) {
      parts.push(part)
      part = ''
    }
    part += point
  }
  return [...parts, part]
}
