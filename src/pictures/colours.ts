// How many colours a terminal has, and which of them is nearest to a given one.

import type { Colour } from './bitmap.ts'

export type ColourDepth = 'truecolor' | 'ansi256' | 'ansi16'

/** What the environment says of the terminal's colours; null where none are wanted (NO_COLOR) or possible. */
export function colourDepth(env: NodeJS.ProcessEnv): ColourDepth | null {
  const term = env.TERM ?? ''
  if (env.NO_COLOR || term === 'dumb') return null
  if (/^(?:truecolor|24bit)$/i.test(env.COLORTERM ?? '') || term.endsWith('-direct')) return 'truecolor'
  return term.includes('256') ? 'ansi256' : 'ansi16'
}

/** The SGR code that sets the foreground or the background to a colour, or to the nearest one there is. */
export function colourCode(colour: Colour, depth: ColourDepth, layer: 'foreground' | 'background'): string {
  const base = layer === 'foreground' ? 30 : 40
  switch (depth) {
    case 'truecolor':
      return `${base + 8};2;${colour.join(';')}`
    case 'ansi256':
      return `${base + 8};5;${nearestOf256(colour)}`
    case 'ansi16': {
      const index = nearest(colour, ANSI_16)
      return String(index < 8 ? base + index : base + 60 + index - 8)
    }
  }
}

// As xterm shows them; themes have their own.
const ANSI_16: readonly Colour[] = [
  ...([
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
  ] as const),
  ...([
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
  ] as const),
  ...([
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
  ] as const),
  ...([
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
  ] as const),
]

/** The cube of 6×6×6 colours begins at 16, the 24 greys at 232. The first 16 are left out: themes change them. */
function nearestOf256(colour: Colour): number {
  const [red, green, blue] = colour.map(nearestStep) as [number, number, number]
  const grey = Math.max(0, Math.min(23, Math.round(((colour[0] + colour[1] + colour[2]) / 3 - 8) / 10)))
  const level = 8 + grey * 10
  const candidates: readonly Colour[] = [
    [cubeLevel(red), cubeLevel(green), cubeLevel(blue)],
    [level, level, level],
  ]
  return nearest(colour, candidates) === 0 ? 16 + 36 * red + 6 * green + blue : 232 + grey
}

// The six steps are 0, 95, 135, 175, 215 and 255.
const nearestStep = (value: number) => (value < 48 ? 0 : value < 115 ? 1 : Math.floor((value - 35) / 40))
const cubeLevel = (step: number) => (step === 0 ? 0 : 55 + step * 40)

/** The index of the colour that is nearest. */
function nearest([red, green, blue]: Colour, colours: readonly Colour[]): number {
  const distances = colours.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2)
  return distances.indexOf(Math.min(...distances))
}
