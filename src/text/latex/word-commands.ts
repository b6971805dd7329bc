// The commands among words.

import { sanitiseUrl } from '../sanitise.ts'
import { writeAccent } from './accents.ts'
import { GRIDS, knowsCommand } from './commands.ts'
import { accentOf, lowered, raised } from './letters.ts'
import { lineOf } from './line.ts'
import { readBareMath } from './math.ts'
// Commands have words in them, and words commands: their readers need each other.
import { proseText, writeMath, writeProse } from './prose.ts'
import { createOutput, type Output, PLAIN, type Setting, withStyle } from './runs.ts'
import {
  type Cursor,
  peekCommand,
  rest,
  take,
  takeCommand,
  takeGroup,
  takeRaw,
  takeUnknown,
  within,
} from './source.ts'
import { quantityText, unitText } from './units.ts'
import {
  CITATIONS,
  LETTERS,
  REFERENCES,
  SETTINGS,
  SILENT,
  SPACES,
  STYLED,
  TEXTS,
  WORD_ENVIRONMENTS,
} from './words.ts'

/** Writes the command at the cursor, whatever it is. */
export function writeCommand(cursor: Cursor, output: Output, setting: Setting): void {
  if (writeKnown(cursor, output, setting)) return
  const start = cursor.at
  const name = peekCommand(cursor)
  if (knowsCommand(name)) {
    writeBareMath(cursor, output, setting)
    return
  }
  const source = takeUnknown(cursor)
  output.write(ownMacro(cursor, start, name) ?? source, setting)
}

/** A command among words as plain text, or null where it is none of words: the cursor then stays. */
export function readWordCommand(cursor: Cursor): string | null {
  const output = createOutput()
  return writeKnown(cursor, output, PLAIN) ? output.text() : null
}

/** Writes a command of words; false where it is none, and the cursor stays. */
function writeKnown(cursor: Cursor, output: Output, setting: Setting): boolean {
  const start = cursor.at
  const name = takeCommand(cursor)
  const space = () => {
    if (!output.spaced) output.write(' ', setting)
  }
  if (accentOf(name) !== undefined && writeAccent(cursor, output, setting, name)) return true
  const letters = LETTERS.get(name)
  const text = TEXTS.get(name)
  if (letters !== undefined) {
    take(cursor, /\{\}|\s+(?=\p{Ll})/uy)
    output.write(letters, setting)
  } else if (text !== undefined) {
    take(cursor, /\{\}/y)
    // `\etal.` has its point already.
    output.write(
      text.endsWith('.') && cursor.source.text[cursor.at] === '.' ? text.slice(0, -1) : text,
      setting,
    )
  } else if (SPACES.has(name) || /^\s/.test(name)) {
    take(cursor, /\*?\[[\d.]+[a-z]{2}\]/y)
    take(cursor, / +/y)
    space()
  } else if (SILENT.has(name)) {
    take(cursor, output.spaced && /[a-z]/.test(name) ? /\{\}|\s+/y : /\{\}/y)
  } else if (/^(?:[%&_#${}<>]|(?![a-zA-Z])\p{L})$/u.test(name)) output.write(name, setting)
  else if (name === '(' || name === '[') return writeDisplayed(cursor, output, setting, start)
  else if (name === 'begin' || name === 'end') return writeEnvironment(cursor, output, setting, start, name)
  else if (name === 'u' && /^[\da-f]{4}/i.test(cursor.source.text.slice(cursor.at, cursor.at + 4)))
    output.write(String.fromCodePoint(Number.parseInt(take(cursor, /.{4}/y)?.[0] ?? '', 16)), setting)
  else if (name === 'item') {
    space()
    const label = take(cursor, /\s*\[([^\]]{0,100})\]/y)
    take(cursor, /\s+/y)
    output.write(`${label?.[1] ?? '•'} `, setting)
  } else if (SETTINGS.has(name)) {
    take(cursor, /\*?(?:\[[^\]]{0,200}\])?/y)
    takeRaw(cursor)
    const shown = name === 'textcolor' || name === 'colorbox' ? takeGroup(cursor) : null
    if (shown) writeProse(shown, output, setting)
    else if (output.spaced) take(cursor, /\s+/y)
  } else {
    cursor.at = start
    return writeWithArgument(cursor, output, setting)
  }
  return true
}

/** Writes a command that shows its argument; false where it is none of those, or has no argument. */
function writeWithArgument(cursor: Cursor, output: Output, setting: Setting): boolean {
  const start = cursor.at
  const name = takeCommand(cursor)
  const verbatim = name === 'verb' ? take(cursor, /\*?([^a-zA-Z\d\s*])(.{0,1000}?)\1/y) : null
  if (verbatim) {
    output.write(verbatim[2] ?? '', withStyle(setting, 'code'))
    return true
  }
  const option = take(cursor, /\*?(?:\[[^\]]{0,200}\])?/y)?.[0].replace(/^\*?\[|\]$/g, '') ?? ''
  const style = STYLED.get(name)
  const argument = takeGroup(cursor) ?? takeCutOff(cursor, name)
  if (argument === null) {
    cursor.at = start
    return false
  }
  if (style !== undefined) writeProse(argument, output, style === null ? setting : withStyle(setting, style))
  else if (name === 'ensuremath') writeMath(argument, output, setting)
  else if (name === 'footnote' || name === 'thanks') {
    output.write(output.spaced ? '(' : ' (', setting)
    writeProse(argument, output, setting)
    output.write(')', setting)
  } else if (CITATIONS.has(name)) {
    const keys = rest(argument)
      .split(/\s*,\s*/)
      .join(', ')
    output.write(`[${option === '' ? keys : `${keys}, ${option}`}]`, setting)
  } else if (REFERENCES.has(name))
    output.write(name === 'eqref' ? `(${rest(argument)})` : rest(argument), setting)
  else if (name === 'textsuperscript' || name === 'textsubscript') {
    const script = proseText(argument)
    const shape = name === 'textsuperscript' ? raised(script) : lowered(script)
    output.write(
      shape ?? (script.length === 1 ? script : `${name === 'textsuperscript' ? '^' : '_'}(${script})`),
      setting,
    )
  } else if (name === 'unicode') {
    const code = Number(rest(argument).replace(/^x/, '0x'))
    output.write(code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : rest(argument), setting)
  } else if (name === 'url' || name === 'nolinkurl') writeLink(rest(argument), null, output, setting)
  else if (name === 'href' || name === 'hyperlink')
    writeLink(rest(argument), takeGroup(cursor), output, setting)
  else if (name === 'hyperref') writeProse(argument, output, setting)
  else if (QUANTITIES.has(name)) {
    const text = quantity(name, argument, cursor)
    if (text !== null) output.write(text, setting)
    else cursor.at = start
    return text !== null
  } else {
    cursor.at = start
    return false
  }
  return true
}

const QUANTITIES = new Set(['SI', 'qty', 'si', 'unit', 'ang'])

/** A quantity of siunitx, or null where its unit is unknown. */
function quantity(name: string, argument: Cursor, cursor: Cursor): string | null {
  if (name === 'ang') return quantityText(proseText(argument), '°')
  if (name === 'si' || name === 'unit') return unitText(rest(argument))
  const unit = takeRaw(cursor)
  const text = unit === null ? null : unitText(unit)
  return text === null ? null : quantityText(proseText(argument), text)
}

/** What is in braces that are never closed: an abstract was cut off. */
function takeCutOff(cursor: Cursor, name: string): Cursor | null {
  const { source, at, end } = cursor
  if (source.text[at] !== '{' || source.closers.has(at) || !(STYLED.has(name) || name === 'footnote'))
    return null
  cursor.at = end
  return within(cursor, at + 1, end)
}

/** A link; an address that may not be opened is shown behind its text. */
function writeLink(source: string, shown: Cursor | null, output: Output, setting: Setting): void {
  const address = source.replace(/\\([%#&_{}~$])/g, '$1').trim()
  const href = sanitiseUrl(address)
  const linked = href === null ? setting : { ...setting, href }
  if (shown) writeProse(shown, output, linked)
  else output.write(address, linked)
  if (shown && href === null && address !== '') output.write(` (${address})`, setting)
}

/** `\(…\)` and `\[…\]`. */
function writeDisplayed(cursor: Cursor, output: Output, setting: Setting, start: number): boolean {
  const closer = cursor.source.closers.get(start)
  if (closer === undefined || closer >= cursor.end) {
    cursor.at = start
    return false
  }
  const inside = within(cursor, cursor.at, closer)
  cursor.at = closer + 2
  writeMath(inside, output, setting)
  return true
}

function writeEnvironment(
  cursor: Cursor,
  output: Output,
  setting: Setting,
  start: number,
  name: 'begin' | 'end',
): boolean {
  const environment = take(cursor, /\s*\{([^{}\s*]{1,40})\*?\}/y)?.[1] ?? ''
  if (WORD_ENVIRONMENTS.has(environment)) {
    take(cursor, /\s*\[[^\]]{0,100}\]/y)
    take(cursor, /\s+/y)
    if (!output.spaced) output.write(' ', setting)
    return true
  }
  cursor.at = start
  if (name === 'end' || !GRIDS.has(environment)) return false
  writeBareMath(cursor, output, setting)
  return true
}

function writeBareMath(cursor: Cursor, output: Output, setting: Setting): void {
  const node = readBareMath(cursor)
  output.write(node ? lineOf([node]) : '', withStyle(setting, 'math'))
}

/**
 * A macro of the paper's own that stands for words, `\ours` or `\method{}`: nobody here knows which, so its name is
 * shown as one. Null where the backslash may be meant as such: `\n`, `C:\Users`.
 */
function ownMacro({ source, at }: Cursor, start: number, name: string): string | null {
  const { text } = source
  const bare = /^(?:\{\s*\})?$/.test(text.slice(start + 1 + name.length, at))
  const alone = !/[\p{L}\p{N}\\:/.]/u.test(text[start - 1] ?? ' ') && !/[{:]/.test(text[at] ?? ' ')
  return bare && alone && /^[a-zA-Z]{2,}$/.test(name) ? `‹${name}›` : null
}
