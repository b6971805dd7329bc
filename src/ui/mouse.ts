// The mouse as terminals tell of it: reports among the keys, which are taken out before anybody reads them as keys.

import type { Mouse } from '../app/mouse.ts'

/** Asks for clicks and the wheel, in the way that knows no bounds of the screen; the other way round they are no longer wanted. */
export const MOUSE_ON = '\u001b[?1000h\u001b[?1006h'
export const MOUSE_OFF = '\u001b[?1006l\u001b[?1000l'

/**
 * What is pasted, which is nobody's report whatever it holds; reports; and those of the old way, whose three last characters
 * may be anything, from terminals that know no other.
 */
const REPORT =
  /\u001b\[200~[\s\S]*?(?:\u001b\[201~|$)|\u001b\[<(\d{1,6});(\d{1,6});(\d{1,6})([Mm])|\u001b\[M[\s\S]{3}/g
/** What may become a report with what is read next; Esc is a key, and goes on at once. */
const BEGINNING = /\u001b\[(?:<[\d;]{0,20}|M[\s\S]{0,2})?$/
/** The same where the Esc before it has gone on already: with a bracket alone it may as well be a key. */
const LATE_BEGINNING = /^\u001b\[(?:<[\d;]{0,20}|M[\s\S]{0,2})$/
const ESCAPE = '\u001b'
const PASTE_START = '\u001b[200~'
const PASTE_END = '\u001b[201~'

// Of the first number of a report.
const MODIFIERS = 0b11100
const LEFT = 0
const WHEEL_UP = 64
const WHEEL_DOWN = 65

/** Takes the reports out of what is read, piece by piece: gives what is left of a piece. */
export function createMouseFilter(onMouse: (mouse: Mouse) => void): (input: string) => string {
  let kept = ''
  let isPasting = false
  /** Whether an Esc was the last that went on: a report that was torn there is none of the keys either. */
  let isAfterEscape = false
  /** The input without reports, and whether it began with one. */
  const withoutReports = (input: string): { rest: string; beganWithOne: boolean } => {
    let beganWithOne = false
    const take = (text: string, code?: string, column?: string, row?: string, end?: string, at?: number) => {
      if (text.startsWith(PASTE_START)) {
        isPasting = !text.endsWith(PASTE_END)
        return text
      }
      if (at === 0) beganWithOne = true
      const mouse =
        code === undefined ? null : mouseOf(Number(code), Number(column), Number(row), end === 'M')
      if (mouse) onMouse(mouse)
      return ''
    }
    return { rest: input.replace(REPORT, take), beganWithOne }
  }
  const filtered = (input: string): string => {
    // The Esc that has gone on is looked at once more, and does not go on again.
    const { rest, beganWithOne } = withoutReports((isAfterEscape ? ESCAPE : kept) + input)
    const gone = isAfterEscape && !beganWithOne ? 1 : 0
    const at = isPasting ? -1 : rest.search(BEGINNING)
    const isBeginning = at >= gone || (at === 0 && LATE_BEGINNING.test(rest))
    kept = isBeginning ? rest.slice(at) : ''
    const left = rest.slice(gone, isBeginning ? Math.max(gone, at) : undefined)
    isAfterEscape = !isPasting && left.endsWith(ESCAPE)
    return left
  }
  return (input) => {
    if (!isPasting) return filtered(input)
    const end = input.indexOf(PASTE_END)
    if (end < 0) return input
    isPasting = false
    const pasted = input.slice(0, end + PASTE_END.length)
    return pasted + filtered(input.slice(pasted.length))
  }
}

/** What a report says; null for what nobody asked about: other buttons, letting go, moving. */
function mouseOf(code: number, column: number, row: number, isPress: boolean): Mouse | null {
  const place = { column: column - 1, row: row - 1 }
  if (!isPress || place.column < 0 || place.row < 0) return null
  switch (code & ~MODIFIERS) {
    case LEFT:
      return { kind: 'click', ...place }
    case WHEEL_UP:
      return { kind: 'wheel', by: -1, ...place }
    case WHEEL_DOWN:
      return { kind: 'wheel', by: 1, ...place }
    default:
      return null
  }
}

/** Takes the reports out of what is read of a terminal; keys, and answers to questions, go on to whoever reads it. */
export function takeMouse(stdin: NodeJS.ReadStream, onMouse: (mouse: Mouse) => void): void {
  const filter = createMouseFilter(onMouse)
  const read = stdin.read
  stdin.read = (size?: number) => {
    for (;;) {
      const input: unknown = read.call(stdin, size)
      if (typeof input !== 'string') return input
      const keys = filter(input)
      if (keys !== '') return keys
    }
  }
}
