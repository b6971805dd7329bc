// Frames as the bytes that a terminal is sent.

import type { Frame, Line } from './frame.ts'
import { asciiText, type Paint, THEMES } from './themes.ts'

/** A line with its styles as SGR sequences. */
export function lineToAnsi(line: Line, { theme, ascii }: Paint): string {
  const sgr = THEMES[theme]
  let text = ''
  for (const { text: said, styles, drawn } of line) {
    if (drawn !== undefined) {
      text += drawn
      continue
    }
    const piece = ascii ? asciiText(said, styles) : said
    const codes = styles.map((style) => sgr[style]).filter(Boolean)
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
export function firstPaint({ lines }: Frame, paint: Paint): string {
  const rows = lines.map((line) => `${lineToAnsi(line, paint)}\u001b[K`).join('\r\n')
  // Synchronised, so that no terminal shows half of it.
  return `\u001b[?1049h\u001b[?2026h\u001b[?25l\u001b[H${rows}\u001b[?2026l`
}
