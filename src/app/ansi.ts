// Styles as the terminal's own 16 colours, so that light and dark themes both work. No style is told by colour alone.

import type { Frame, Line, Style } from './frame.ts'

const SGR: Record<Style, string> = {
  bold: '1',
  italic: '3',
  dim: '2',
  accent: '36',
  match: '1;4',
  selected: '7',
  unread: '36',
  star: '33',
  heading: '1;36',
  error: '31',
  problem: '4;31',
  cursor: '7',
  link: '4',
}

/** Styles without colour, for NO_COLOR. */
const PLAIN: Partial<Record<Style, string>> = {
  accent: '',
  unread: '',
  star: '',
  heading: '1',
  error: '1',
  problem: '4',
}

/** A line with its styles as SGR sequences. */
export function lineToAnsi(line: Line, colour: boolean): string {
  let text = ''
  for (const { text: piece, styles, drawn } of line) {
    if (drawn !== undefined) {
      text += drawn
      continue
    }
    const codes = styles.map((style) => (colour ? SGR[style] : (PLAIN[style] ?? SGR[style]))).filter(Boolean)
    text += codes.length > 0 ? `\u001b[${codes.join(';')}m${piece}\u001b[0m` : piece
  }
  return text
}

/** Whether colours are wanted: NO_COLOR (any value but an empty one) and TERM=dumb say no. */
export function wantsColour(env: NodeJS.ProcessEnv = process.env): boolean {
  return !env.NO_COLOR && env.TERM !== 'dumb'
}

/**
 * The bytes that put a first frame on the alternate screen, before Ink is even loaded: people see their papers while
 * the rest of the program starts. Ink enters the same screen afterwards and paints over it.
 */
export function firstPaint({ lines }: Frame, colour: boolean): string {
  const rows = lines.map((line) => `${lineToAnsi(line, colour)}\u001b[K`).join('\r\n')
  // Synchronised, so that no terminal shows half of it.
  return `\u001b[?1049h\u001b[?2026h\u001b[?25l\u001b[H${rows}\u001b[?2026l`
}
