// Accents on the letters of words: `Schr\"odinger`, `{\v C}apek`, `Vi\^{\d e}t`.

import { accented, accentOf } from './letters.ts'
// Accents stand on words, and words have accents: their readers need each other.
import { proseText } from './prose.ts'
import type { Output, Setting } from './runs.ts'
import { type Cursor, rest, take, takeGroup } from './source.ts'
import { signOf } from './symbols.ts'
import { LETTERS } from './words.ts'

// What closes a quotation of which the quotation marks were escaped for some other format: `\"so\"`.
const ESCAPED_QUOTE = /[^"\\\n]{1,200}\\"(?![\p{L}{\\])/uy

/** The letter right behind a sign; behind a space only where the accent begins what is in braces. */
const BEHIND_SIGN = /\\[ij](?:\s+(?=\p{Ll})|(?![a-zA-Z]))|(?:(?<=\{\\.)\s+)?\p{L}/uy

/**
 * The letter behind the space after a letter, which may be anybody's macro: within a word, alone in braces, or one that
 * has this accent and begins a name.
 */
const BEHIND_LETTER =
  /(?<=\p{L}\\[a-zA-Z])\s+\p{Ll}|(?<=\{\\[a-zA-Z])\s+\p{L}(?=\})|(?:(?<=\\c)\s+[CGKLNRST]|(?<=\\v)\s+[CDENRSTZ])(?=\p{Ll})/uy

/** Writes an accent and what it stands on; false where that is no letter, and the cursor stays behind the command. */
export function writeAccent(cursor: Cursor, output: Output, setting: Setting, name: string): boolean {
  const { text } = cursor.source
  const behind = cursor.at
  const inWord = /\p{L}/u.test(text[behind - 3] ?? '')
  // Apostrophes come escaped too: `today\'s`.
  if (name === "'" && inWord && take(cursor, /(?:s|t|d|m|ll|re|ve)(?!\p{L})/uy)) {
    output.write(`'${text.slice(behind, cursor.at)}`, setting)
    return true
  }
  const quotes = name === '"' && !inWord && take(cursor, ESCAPED_QUOTE) !== null
  cursor.at = behind
  const braces = quotes ? null : takeGroup(cursor)
  const bare = () => take(cursor, /\W/.test(name) ? BEHIND_SIGN : BEHIND_LETTER)?.[0].trim() ?? ''
  const letters = braces ? lettersIn(braces) : quotes ? '' : letterOf(bare())
  const accent = accentOf(name) ?? ''
  const [first = '', ...others] = letters
  // arXiv takes `\rho` for an accent on "ho".
  const mistaken = signOf(name + letters)
  if (mistaken && letters.length > 1) output.write(mistaken.text, setting)
  else if (/^\p{L}\p{M}*$/u.test(letters) || (name === 't' && letters.length === 2))
    output.write(accented(first, accent) + others.join(''), setting)
  else if (/\W/.test(name) && /^\p{L}+$/u.test(letters))
    output.write(accented(first, accent) + others.join(''), setting)
  else if (braces === null || letters === '') {
    if (!/["'`^~]/.test(name)) return false
    output.write(name, setting)
  } else {
    cursor.at = behind
    return false
  }
  return true
}

/** What is in braces, which may be a letter that has an accent already: `\~{\^e}`. */
function lettersIn(braces: Cursor): string {
  const source = rest(braces).trim()
  const inner = /^.{0,20}\\.{1,20}$/.test(source) ? proseText({ ...braces }).trim() : ''
  return /^\p{L}\p{M}*$/u.test(inner) ? inner : letterOf(source)
}

/** A letter by its command, `\i`; all else as it is. */
const letterOf = (source: string): string =>
  source.replace(/^\\([a-zA-Z]+)$/, (whole, name: string) => LETTERS.get(name) ?? whole)
