// What terminals answer, and how it is told from the keys that are typed at the same time.

import type { Size } from './bitmap.ts'

export type Answer =
  /** Kitty's graphics: whether the picture asked about would be shown. */
  | { readonly kind: 'kitty'; readonly ok: boolean }
  /** XTVERSION: name and version. */
  | { readonly kind: 'name'; readonly name: string }
  /** A cell in pixels, as iTerm2 and as others say it, and the whole window. */
  | ({ readonly kind: 'iterm2' } & Size)
  | ({ readonly kind: 'cell' } & Size)
  | ({ readonly kind: 'window' } & Size)
  /** How many colour registers there are, for Sixel. */
  | { readonly kind: 'colours'; readonly count: number }
  /** The largest Sixel picture, as it is or as it can be; 0 where the terminal does not say. */
  | ({ readonly kind: 'picture' } & Size)
  /** Primary device attributes. */
  | { readonly kind: 'attributes'; readonly codes: readonly string[] }

export interface Split {
  readonly answers: readonly Answer[]
  /** Everything that is no answer, in its order. */
  readonly rest: string
  /** The end of the input where it may be the beginning of an answer. */
  readonly beginning: string
}

interface Form {
  /** How it always begins. */
  readonly start: string
  readonly pattern: RegExp
  /** The rest of what the pattern matches, cut off anywhere. */
  readonly cut: RegExp
  readonly read: (groups: readonly string[]) => Answer
}

// The parts that vary are short, so that nothing typed is kept for long. No key sends anything of these forms.
const FORMS: readonly Form[] = [
  {
    start: '\u001b_G',
    pattern: /^\u001b_G([^\u001b]{0,200})\u001b\\/,
    cut: /^[^\u001b]{0,200}\u001b?$/,
    read: ([text = '']) => ({ kind: 'kitty', ok: /^i=31\b.*;OK$/.test(text) }),
  },
  {
    start: '\u001bP>|',
    pattern: /^\u001bP>\|([^\u001b]{0,200})\u001b\\/,
    cut: /^[^\u001b]{0,200}\u001b?$/,
    read: ([name = '']) => ({ kind: 'name', name }),
  },
  {
    start: '\u001b]1337;ReportCellSize=',
    pattern: /^\u001b\]1337;ReportCellSize=([\d.;]{0,60})(?:\u0007|\u001b\\)/,
    cut: /^[\d.;]{0,60}\u001b?$/,
    read: ([text = '']) => {
      const [height = 0, width = 0, scale = 1] = text.split(';').map(Number)
      return { kind: 'iterm2', width: width * scale, height: height * scale }
    },
  },
  {
    start: '\u001b[6;',
    pattern: /^\u001b\[6;(\d{1,6});(\d{1,6})t/,
    cut: /^\d{0,6}(?:;\d{0,6})?$/,
    read: ([height, width]) => ({ kind: 'cell', width: Number(width), height: Number(height) }),
  },
  {
    start: '\u001b[4;',
    pattern: /^\u001b\[4;(\d{1,6});(\d{1,6})t/,
    cut: /^\d{0,6}(?:;\d{0,6})?$/,
    read: ([height, width]) => ({ kind: 'window', width: Number(width), height: Number(height) }),
  },
  {
    start: '\u001b[?1;',
    pattern: /^\u001b\[\?1;\d(?:;(\d{1,9}))?S/,
    cut: /^\d?(?:;\d{0,9})?$/,
    read: ([count]) => ({ kind: 'colours', count: Number(count ?? 0) }),
  },
  {
    start: '\u001b[?2;',
    pattern: /^\u001b\[\?2;\d(?:;(\d{1,9}))?(?:;(\d{1,9}))?S/,
    cut: /^\d?(?:;\d{0,9})?(?:;\d{0,9})?$/,
    read: ([width, height]) => ({ kind: 'picture', width: Number(width ?? 0), height: Number(height ?? 0) }),
  },
  {
    start: '\u001b[?',
    pattern: /^\u001b\[\?([\d;]{1,100})c/,
    cut: /^[\d;]{0,100}$/,
    read: ([codes = '']) => ({ kind: 'attributes', codes: codes.split(';') }),
  },
]

/** Takes the answers out of the input of a terminal. */
export function splitAnswers(input: string): Split {
  const answers: Answer[] = []
  let rest = ''
  let left = input
  while (left.includes('\u001b')) {
    const start = left.indexOf('\u001b')
    rest += left.slice(0, start)
    left = left.slice(start)
    const found = readAnswer(left)
    if (found) {
      answers.push(found.answer)
      left = left.slice(found.length)
    } else if (mayBecomeAnswer(left)) return { answers, rest, beginning: left }
    else {
      rest += '\u001b'
      left = left.slice(1)
    }
  }
  return { answers, rest: rest + left, beginning: '' }
}

/** The answer at the beginning of a text, and its length. */
function readAnswer(text: string): { readonly answer: Answer; readonly length: number } | null {
  for (const { pattern, read } of FORMS) {
    const match = pattern.exec(text)
    if (match) return { answer: read(match.slice(1)), length: match[0].length }
  }
  return null
}

const mayBecomeAnswer = (text: string) =>
  FORMS.some(({ start, cut }) =>
    text.length < start.length
      ? start.startsWith(text)
      : text.startsWith(start) && cut.test(text.slice(start.length)),
  )
