// Pictures in terminals that have no letters for them: at the very end of the way to the terminal the cells of a picture are
// taken out of what is written, and the strip for just these cells is painted there. So a row of a picture is painted when
// Ink writes it, and gone when Ink writes something else in its place.

import { replacePlaceholders } from '../pictures/placeholders.ts'
import { type PictureKeeper, paintStrip, type Strips } from '../pictures/strips.ts'

export interface Painter extends PictureKeeper {
  /** What is written to the terminal in the place of `text`. */
  paint(text: string): string
}

// The cursor, and whether it is about to wrap. No other way says where it is: Ink writes rows one below the other.
const SAVE = '\u001b7'
const RESTORE = '\u001b8'

export function createPainter(): Painter {
  const pictures = new Map<number, Strips>()
  // Kitty paints its cells itself, and is never given pictures of ours.
  let isNeeded = false
  return {
    keep(number, strips) {
      isNeeded = true
      pictures.set(number, strips)
    },
    forget: (number) => void pictures.delete(number),
    paint: (text) =>
      isNeeded
        ? replacePlaceholders(text, ({ number, row, from, to }) => {
            const strips = pictures.get(number)
            const blanks = ' '.repeat(to - from)
            const strip = strips && paintStrip(strips, row, from, to)
            // What was there goes first. Terminals leave the cursor in many places after a picture.
            return strip ? `${SAVE}${blanks}${RESTORE}${strip}${RESTORE}\u001b[${to - from}C` : blanks
          })
        : text,
  }
}

/** The stream with a painter before it. */
export function painted(stream: NodeJS.WriteStream, painter: Painter): NodeJS.WriteStream {
  const write = (chunk: string | Uint8Array, ...rest: never[]) =>
    stream.write(typeof chunk === 'string' ? painter.paint(chunk) : chunk, ...rest)
  return new Proxy(stream, {
    get(target, name) {
      if (name === 'write') return write
      const value: unknown = Reflect.get(target, name)
      // Listeners are the stream's own, whoever adds them.
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
