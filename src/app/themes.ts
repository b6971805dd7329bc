// How styles look: as SGR codes, for each theme. No style is told by colour alone.

import { OWN_STYLES, type Style } from './frame.ts'

export type Theme = 'terminal' | 'light' | 'dark' | 'contrast' | 'mono'

/** How frames are written to a terminal. */
export interface Paint {
  readonly theme: Theme
  /** Whether the interface keeps to ASCII. */
  readonly ascii: boolean
}

type Codes = Readonly<Record<Style, string>>

const TERMINAL: Codes = {
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
  own: '',
}

/** Weight and lines in the place of colours. */
const MONO: Codes = { ...TERMINAL, accent: '', unread: '', star: '', heading: '1', error: '1', problem: '4' }

/** Nothing dim, and what is coloured elsewhere bold: the terminal's own contrast is all there is. */
const CONTRAST: Codes = {
  ...MONO,
  dim: '',
  accent: '1',
  unread: '1',
  star: '1',
  heading: '1;4',
  error: '1;7',
  link: '1;4',
}

/** Of the 256 colours, which nearly every terminal has: those with enough contrast to white, and to black. */
const coloured = (accent: number, star: number, error: number, dim: number): Codes => ({
  ...TERMINAL,
  dim: `38;5;${dim}`,
  accent: `38;5;${accent}`,
  unread: `38;5;${accent}`,
  star: `38;5;${star}`,
  heading: `1;38;5;${accent}`,
  error: `38;5;${error}`,
  problem: `4;38;5;${error}`,
})

export const THEMES: Readonly<Record<Theme, Codes>> = {
  terminal: TERMINAL,
  light: coloured(24, 94, 124, 240),
  dark: coloured(81, 221, 210, 248),
  contrast: CONTRAST,
  mono: MONO,
}

/** Signs of the interface that are no text anywhere, and what stands for them where there is only ASCII. */
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{
      '●': 'o',
      '★': '*',
      '◆': '@',
      '◇': '~',
      '◎': '!',
      '✓': '+',
      '✎': 'n',
      '❝': '"',
      '▸': '>',
      '▾': 'v',
      '•': '*',
    },
    ...{ '│': '|', '─': '-', '━': '=', '█': '#', '▓': '%', '▒': '=', '░': ':', '▲': '^', '▼': 'v' },
  }),
)
/** Signs that papers use as well: these give way only where the interface speaks. */
const SHARED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '×': 'x',
    '…': '.',
    '–': '-',
    '↑': '^',
    '↓': 'v',
    '←': '<',
    '→': '>',
    '·': '-',
    '“': '"',
    '”': '"',
    '’': "'",
  }),
)

/** A text of the interface with ASCII in the place of its signs; it is as wide. What papers say stays. */
export function asciiText(text: string, styles: readonly Style[]): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text
  const isOwn = styles.some((style) => OWN_STYLES.has(style))
  // What is cut ends so, be it a title; where somebody waits there is a space before.
  const ended = text.replace(/(?<=\S)…(?= *$)/, '>').replace(/…(?= *$)/, '.')
  // A number behind a point is not below zero, nor taken from what stands before it.
  const counted = isOwn ? ended.replace(/·(?=\d)/g, ':').replace(/·(?= \d)/g, '|') : ended
  return Array.from(counted, (sign) => SIGNS.get(sign) ?? (isOwn ? (SHARED.get(sign) ?? sign) : sign)).join(
    '',
  )
}
