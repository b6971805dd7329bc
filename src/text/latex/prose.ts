// LaTeX's words → runs. Titles, abstracts and comments are half LaTeX and half plain text: signs that plain text has
// too (`~`, `--`, `{`, `$`) count as LaTeX only where they can hardly mean anything else.

import { formulaAt } from './dollars.ts'
import { raised } from './letters.ts'
import { lineOf } from './line.ts'
// Words have formulas in them, and formulas words: their readers need each other.
import { readBareMath, readMath } from './math.ts'
import { createOutput, type Output, PLAIN, type Setting, withStyle } from './runs.ts'
import { type Cursor, closerHere, MAX_DEPTH, peekCommand, rest, take, within } from './source.ts'
import { writeCommand } from './word-commands.ts'
import { DECLARED } from './words.ts'

const ADDRESS = /https?:\/\/[^\s{}$\\]+/.source
const SPECIAL = new RegExp(`${ADDRESS}|\\\\|[{}$~^_\`]|''|--+`, 'g')

/** Writes all that the cursor has before it. */
export function writeProse(cursor: Cursor, output: Output, setting: Setting): void {
  const { text } = cursor.source
  if (cursor.depth > MAX_DEPTH) return output.write(rest(cursor), setting)
  let current = setting
  while (cursor.at < cursor.end) {
    SPECIAL.lastIndex = cursor.at
    const special = SPECIAL.exec(text)
    const at = Math.min(special?.index ?? cursor.end, cursor.end)
    output.write(text.slice(cursor.at, at), current)
    cursor.at = at
    if (special === null || at === cursor.end) continue
    const token = text.slice(at, Math.min(at + special[0].length, cursor.end))
    const declared = token === '\\' ? DECLARED.get(peekCommand(cursor)) : undefined
    if (declared !== undefined) {
      take(cursor, /\\[a-zA-Z]+\s*/y)
      current = declared === null ? { ...setting, styles: [] } : withStyle(current, declared)
    } else if (token === '\\') writeCommand(cursor, output, current)
    else if (token === '{') writeBraces(cursor, output, current)
    else if (token === '$') writeFormula(cursor, output, current)
    else if (token === '^' || token === '_') writeScript(cursor, output, current)
    else if (token === '`' || token === "''") writeQuoted(cursor, output, current)
    else {
      cursor.at += token.length
      if (token === '~') output.write(isTie(text, at) ? ' ' : token, current)
      else output.write(token[0] === '-' ? dash(text, at, token, current) : token, current)
    }
  }
}

/** The words before a cursor as plain text. */
export function proseText(cursor: Cursor): string {
  const output = createOutput()
  writeProse(cursor, output, PLAIN)
  return output.text()
}

/** Braces: LaTeX's own where they hold a command or stand within a word, else the writer's. */
function writeBraces(cursor: Cursor, output: Output, setting: Setting): void {
  const { text } = cursor.source
  const { at } = cursor
  const closer = closerHere(cursor)
  if (closer === null) {
    cursor.at++
    return output.write('{', setting)
  }
  cursor.at = closer + 1
  const before = text[at - 1] ?? ' '
  const after = text[closer + 1] ?? ' '
  const joined = /[\p{L}\p{N}]/u.test(after) && (/[\p{L}\p{N}]/u.test(before) || /\p{Ll}/u.test(after))
  const silent =
    text[at + 1] === '\\' ||
    (joined && closer - at < 20) ||
    (closer === at + 1 && /[\p{L}\p{N}]/u.test(before))
  const inside = within(cursor, at + 1, closer)
  if (silent) return writeProse(inside, output, setting)
  output.write('{', setting)
  writeProse(inside, output, setting)
  output.write('}', setting)
}

/** Letters of a word that are set apart as formulas: `$\mathbf{B}$road$\mathbf{s}$heet`. */
const LETTERS_ALONE =
  /^\s*((?:\\(?:text(?:bf|it|rm|sf|tt|sl|sc)?|math(?:bf|it|rm|sf|tt)|boldsymbol|bm|emph|underline|uline)\s*\{){1,4})([a-zA-Z]+)\}{1,4}\s*$/
const LONGEST_MARK = 80

function writeFormula(cursor: Cursor, output: Output, setting: Setting): void {
  const formula = formulaAt(cursor.source, cursor.at, cursor.end)
  if (formula === null) {
    cursor.at++
    return output.write('$', setting)
  }
  const { text } = cursor.source
  const isLetter = (place: number) => /\p{L}/u.test(text[place] ?? '')
  const before = isLetter(cursor.at - 1)
  const behind = isLetter(formula.next)
  cursor.at = formula.next
  // A sign that joins words is none: `a$-$b` is written for a dash, `$k-$means` for a hyphen.
  if (before && behind && text.slice(formula.start, formula.end) === '-') return output.write('–', setting)
  const letters = LETTERS_ALONE.exec(
    text.slice(formula.start, Math.min(formula.end, formula.start + LONGEST_MARK)),
  )
  if (letters && (before || behind)) {
    const [, commands = '', word = ''] = letters
    const style = /bf|bold|bm/.test(commands) ? 'bold' : /it|emph|sl/.test(commands) ? 'italic' : null
    return output.write(word, withStyle(setting, style))
  }
  const hyphen = behind && text[formula.end - 1] === '-'
  writeMath(within(cursor, formula.start, formula.end - (hyphen ? 1 : 0)), output, setting)
  if (hyphen) output.write('-', setting)
}

/** Writes a formula, which a cursor has before it. */
export function writeMath(cursor: Cursor, output: Output, setting: Setting): void {
  const text = cursor.depth > MAX_DEPTH ? rest(cursor) : lineOf(readMath(cursor))
  output.write(text.replace(/\s+/g, ' ').trim(), withStyle(setting, 'math'))
}

/** A script outside of formulas: `10^{-3}`, `n^2`; but not `snake_case` and not `^_^`. */
function writeScript(cursor: Cursor, output: Output, setting: Setting): void {
  const { text } = cursor.source
  const { at } = cursor
  const stands = /[\p{L}\p{N})\]}²³]/u.test(text[at - 1] ?? '')
  const number = stands ? take(cursor, /\^(?:[−-]?\d+)(?![.\d])/y) : null
  if (number) return output.write(raised(number[0].slice(1)) ?? number[0], setting)
  if (stands && /[{\\]/.test(text[at + 1] ?? '') && at + 1 < cursor.end) {
    const node = readBareMath(cursor)
    return output.write(node ? lineOf([node]) : '', withStyle(setting, 'math'))
  }
  cursor.at++
  output.write(text[at] ?? '', setting)
}

/** What ` and `` open and ' and '' close; others open with '' or close with ". */
const QUOTATIONS: readonly (readonly [open: string, close: RegExp, quotes: string])[] = [
  ['``', /''|"|``/, '“”'],
  ["''", /(?<=\S)''/, '“”'],
  ['`', /(?<=[^\s`])'(?!\p{L})|`/u, '‘’'],
]
const MAX_QUOTED = 2000

function writeQuoted(cursor: Cursor, output: Output, setting: Setting): void {
  const { text } = cursor.source
  const [open = '', close = /$/, quotes = ''] =
    QUOTATIONS.find(([open]) => text.startsWith(open, cursor.at)) ?? []
  const start = cursor.at + open.length
  const inside = text.slice(start, Math.min(cursor.end, start + MAX_QUOTED))
  const closing = close.exec(inside)
  const stray = open !== '``' && (/^[\s'`]/.test(inside) || /[\p{L}\p{N}]/u.test(text[cursor.at - 1] ?? ''))
  if (closing === null || closing[0].includes('`') || stray || setting.styles.includes('code')) {
    cursor.at = start
    return output.write(open, setting)
  }
  const end = start + closing.index
  output.write(quotes[0] ?? '', setting)
  cursor.at = end + closing[0].length
  writeProse(within(cursor, start, end), output, setting)
  output.write(quotes[1] ?? '', setting)
}

/** Whether `~` ties two words together; else it is about (`~5`), a range (`5~7`) or a place in an address. */
function isTie(text: string, at: number): boolean {
  const before = text[at - 1] ?? ' '
  const after = text[at + 1] ?? ' '
  if (/[\s([/<>=:~]/.test(before) || /[\s~/]/.test(after)) return false
  return !(/[\d%]/.test(before) && /\d/.test(after))
}

/** `--` and `---` as dashes; but not options (`--help`), arrows and rules. */
function dash(text: string, at: number, token: string, { styles }: Setting): string {
  const after = text[at + token.length] ?? ' '
  const option = /(?:^|[\s(`‘“])["']?$/.test(text.slice(Math.max(0, at - 2), at)) && /[a-zA-Z]/.test(after)
  if (
    token.length > 3 ||
    option ||
    after === '>' ||
    /[<!]/.test(text[at - 1] ?? ' ') ||
    styles.includes('code')
  )
    return token
  return token === '--' ? '–' : token === '---' ? '—' : token
}
