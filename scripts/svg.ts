// A terminal screen as a picture. Everything stands on a grid of cells: each run of text says how wide it is, so that
// columns stay in line whatever monospace font draws it, and lines and blocks are drawn without any font.

import type { Cell, Color } from '../test/support/terminal.ts'

/** How to draw a screen. */
export interface SvgOptions {
  /** Shown in the window's title bar. */
  title?: string
  theme: 'dark' | 'light'
  /** The size of the screen in cells. */
  columns: number
  rows: number
}

/** Red, green and blue, 0–255. */
type Rgb = readonly [number, number, number]

interface Theme {
  bar: string
  edge: string
  title: string
  fg: Rgb
  bg: Rgb
  /** Black, red, green, yellow, blue, magenta, cyan and white, then their bright counterparts. */
  palette: Rgb[]
}

/** Text on one row in one style. Its place and width are in cells. */
interface Run {
  text: string
  row: number
  column: number
  width: number
  /** The attributes of its style, each after a space. */
  style: string
  /** Drawn in the middle of its cells, since its glyph may come from a font that does not keep to them. */
  centred: boolean
}

// Lengths in pixels. A cell is as wide as most monospace fonts draw a character of this size.
const FONT_SIZE = 14
const CELL_WIDTH = 8.4
const CELL_HEIGHT = 18
const BASELINE = 13.5
const BAR_HEIGHT = 34
const PAD_X = 16
const PAD_Y = 12

const DIM = 0.66
const LEAST_CONTRAST = 4.5

const MONOSPACE = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"

const THEMES: Record<SvgOptions['theme'], Theme> = {
  dark: {
    ...{ bar: '#20242d', edge: '#363c49', title: '#a3abb9', fg: rgb('d6dae3'), bg: rgb('171a21') },
    palette: [
      ...'20242d f2777f 8fcb78 e6c06d 70b1f7 cb97ee 61c7d1 d0d5de'.split(' ').map(rgb),
      ...'8b94a5 ff9aa1 acdf94 f4d793 9bcbff dfb9f8 8ae0e8 ffffff'.split(' ').map(rgb),
    ],
  },
  light: {
    ...{ bar: '#f0f0ec', edge: '#cfd0cb', title: '#5d646f', fg: rgb('262b33'), bg: rgb('fdfdfb') },
    palette: [
      ...'262b33 c1273a 2a7a32 8d6200 1862bf 8a3ab3 0e7388 d9dce0'.split(' ').map(rgb),
      ...'69717d d3364a 2f823a 946808 2470d0 9a4cc4 167a90 ffffff'.split(' ').map(rgb),
    ],
  },
}

/** Where the lines of a box-drawing character lead from the middle of its cell: up, right, down, left. */
const LINES = new Map(
  Object.entries({
    ...{ '─': 'rl', '│': 'ud', '┌': 'rd', '┐': 'dl', '└': 'ur', '┘': 'ul', '├': 'urd', '┤': 'udl' },
    ...{ '┬': 'rdl', '┴': 'url', '┼': 'urdl', '╴': 'l', '╵': 'u', '╶': 'r', '╷': 'd', '━': 'rl', '┃': 'ud' },
  }),
)
/** Where the ends of a rounded corner lie from the middle of its cell: right (1) or left, below (1) or above. */
const CORNERS = new Map<string, [number, number]>([
  ['╭', [1, 1]],
  ['╮', [-1, 1]],
  ['╰', [1, -1]],
  ['╯', [-1, -1]],
])
/** How much of the text's colour is in the background's. */
const SHADES = new Map(Object.entries({ '░': 0.25, '▒': 0.5, '▓': 0.75, '█': 1 }))

/** What the monospace font has for certain: in a run of these, every character is as wide as the next. */
const IN_FONT = /^[\x21-\x7e\xa1-\u024f\u0370-\u052f\u2010-\u2027\u2030-\u203a]$/

/** A picture, as an SVG document, of a window that shows this screen: its cells by row and column. */
export function screenToSvg(cells: Cell[][], options: SvgOptions): string {
  const { columns, rows } = options
  const theme = THEMES[options.theme]
  const backgrounds = new Rectangles()
  const shapes = new Rectangles()
  const corners: string[] = []
  const runs: Run[] = []
  for (const [row, line] of cells.slice(0, rows).entries()) {
    for (const [column, cell] of line.slice(0, columns).entries()) {
      if (cell.width === 0) continue
      const { text } = cell
      const { fg, bg } = paint(cell, theme)
      const [x, y, width] = [column * CELL_WIDTH, row * CELL_HEIGHT, cell.width * CELL_WIDTH]
      const shade = SHADES.get(text) ?? 0
      const ground = hex(blend(bg, fg, shade))
      if (ground !== hex(theme.bg)) backgrounds.add(ground, x, y, width, CELL_HEIGHT)
      if (cell.underline) shapes.add(hex(fg), x, y + 15, width, 1)
      if (shade > 0 || text.trim() === '' || addBlock(shapes, hex(fg), text, x, y)) continue
      const corner = CORNERS.get(text)
      if (corner) corners.push(cornerElement(hex(fg), corner, x, y))
      else if (!addLines(shapes, hex(fg), text, x, y)) addText(runs, cell, row, column, fg, theme)
    }
  }
  return [
    ...windowElements(options, theme),
    `<g transform="translate(${PAD_X} ${BAR_HEIGHT + PAD_Y})">`,
    `<g shape-rendering="crispEdges">${backgrounds.elements()}${shapes.elements()}</g>`,
    ...(corners.length > 0 ? [`<g fill="none">${corners.join('')}</g>`] : []),
    `<g fill="${hex(theme.fg)}" font-size="${FONT_SIZE}" style="font-family:${MONOSPACE};font-variant-ligatures:none">`,
    ...runs.map(textElement),
    '</g>\n</g>\n</svg>\n',
  ].join('\n')
}

function windowElements({ title, columns, rows }: SvgOptions, theme: Theme): string[] {
  const width = Math.ceil(columns * CELL_WIDTH) + 2 * PAD_X
  const height = rows * CELL_HEIGHT + 2 * PAD_Y + BAR_HEIGHT
  const outline = `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="9.5"`
  const bar = `M.5 ${BAR_HEIGHT}V10a9.5 9.5 0 0 1 9.5-9.5H${width - 10}a9.5 9.5 0 0 1 9.5 9.5V${BAR_HEIGHT}z`
  const dot = (color: string, index: number) =>
    `<circle cx="${20 + 20 * index}" cy="17" r="6" fill="${color}"/>`
  const named = title ? `<title>${escaped(title)}</title>` : ''
  const shown = title
    ? `<text x="${width / 2}" y="21.5" text-anchor="middle" font-family="system-ui,sans-serif" font-size="13" ` +
      `fill="${theme.title}">${escaped(title)}</text>`
    : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}" role="img">${named}`,
    `${outline} fill="${hex(theme.bg)}"/>`,
    `<path fill="${theme.bar}" d="${bar}"/>`,
    `<path stroke="${theme.edge}" d="M0 ${BAR_HEIGHT - 0.5}H${width}"/>`,
    `${outline} fill="none" stroke="${theme.edge}"/>`,
    ['#ff5f57', '#febc2e', '#28c840'].map(dot).join('') + shown,
  ]
}

/** Rectangles by colour. What one begins where the last one of its colour and height ended is added to that one. */
class Rectangles {
  readonly #byColor = new Map<string, { x: number; y: number; width: number; height: number }[]>()

  add(color: string, x: number, y: number, width: number, height: number): void {
    const all = this.#byColor.get(color) ?? []
    const last = all.at(-1)
    const goesOn = last?.y === y && last.height === height && Math.abs(last.x + last.width - x) < 0.01
    if (last && goesOn) last.width += width
    else all.push({ x, y, width, height })
    this.#byColor.set(color, all)
  }

  /** One path for each colour. */
  elements(): string {
    const paths = [...this.#byColor].map(([color, all]) => {
      const path = all.map(
        ({ x, y, width, height }) => `M${px(x)} ${px(y)}h${px(width)}v${px(height)}h${px(-width)}z`,
      )
      return `<path fill="${color}" d="${path.join('')}"/>`
    })
    return paths.join('')
  }
}

/** Draws halves and eighths of a cell; false if the text is none. */
function addBlock(shapes: Rectangles, color: string, text: string, x: number, y: number): boolean {
  const [code, w, h] = [text.codePointAt(0) ?? 0, CELL_WIDTH, CELL_HEIGHT]
  const lower = ((code - 0x2580) / 8) * h
  if (code === 0x2580) shapes.add(color, x, y, w, h / 2)
  else if (code > 0x2580 && code < 0x2588) shapes.add(color, x, y + h - lower, w, lower)
  else if (code > 0x2588 && code < 0x2590) shapes.add(color, x, y, ((0x2590 - code) / 8) * w, h)
  else if (code === 0x2590) shapes.add(color, x + w / 2, y, w / 2, h)
  else return false
  return true
}

/** Draws the straight lines of a box-drawing character; false if the text is none. */
function addLines(shapes: Rectangles, color: string, text: string, x: number, y: number): boolean {
  const arms = LINES.get(text)
  if (arms === undefined) return false
  const thickness = text === '━' || text === '┃' ? 2 : 1
  const [middleX, middleY] = [Math.floor(x + CELL_WIDTH / 2), y + CELL_HEIGHT / 2]
  const left = arms.includes('l') ? x : middleX
  const right = arms.includes('r') ? x + CELL_WIDTH : middleX + thickness
  const top = arms.includes('u') ? y : middleY
  const bottom = arms.includes('d') ? y + CELL_HEIGHT : middleY + thickness
  if (/[lr]/.test(arms)) shapes.add(color, left, middleY, right - left, thickness)
  if (/[ud]/.test(arms)) shapes.add(color, middleX, top, thickness, bottom - top)
  return true
}

function cornerElement(color: string, [right, down]: [number, number], x: number, y: number): string {
  const [middleX, middleY] = [Math.floor(x + CELL_WIDTH / 2) + 0.5, y + CELL_HEIGHT / 2 + 0.5]
  const [endX, endY] = [right > 0 ? x + CELL_WIDTH : x, down > 0 ? y + CELL_HEIGHT : y]
  const radius = Math.abs(endX - middleX)
  const path = `M${px(middleX)} ${px(endY)}V${px(middleY + down * radius)}Q${px(middleX)} ${px(middleY)}`
  return `<path stroke="${color}" d="${path} ${px(endX)} ${px(middleY)}"/>`
}

/** Adds a character to the run before it if that goes on here, one blank between them allowed, or begins a run. */
function addText(runs: Run[], cell: Cell, row: number, column: number, fg: Rgb, theme: Theme): void {
  const { text, width } = cell
  const fill = hex(fg) === hex(theme.fg) ? '' : ` fill="${hex(fg)}"`
  const style = `${fill}${cell.bold ? ' font-weight="bold"' : ''}${cell.italic ? ' font-style="italic"' : ''}`
  const centred = width > 1 || !IN_FONT.test(text)
  const last = runs.at(-1)
  const blanks = last?.row === row ? column - last.column - last.width : Number.POSITIVE_INFINITY
  if (last && blanks <= 1 && !centred && !last.centred && last.style === style) {
    last.text += ' '.repeat(blanks) + text
    last.width += blanks + width
  } else runs.push({ text, row, column, width, style, centred })
}

function textElement({ text, row, column, width, style, centred }: Run): string {
  const x = (centred ? column + width / 2 : column) * CELL_WIDTH
  const length = centred ? ' text-anchor="middle"' : ` textLength="${px(width * CELL_WIDTH)}"`
  const place = `x="${px(x)}" y="${px(row * CELL_HEIGHT + BASELINE)}"`
  return `<text ${place}${width === 1 && !centred ? '' : length}${style}>${escaped(text)}</text>`
}

/** The colours a cell is drawn in. */
function paint(cell: Cell, theme: Theme): { fg: Rgb; bg: Rgb } {
  const [front, back] = cell.inverse ? [cell.bg, cell.fg] : [cell.fg, cell.bg]
  const bg = resolve(back, cell.inverse ? theme.fg : theme.bg, theme)
  const asked = resolve(front, cell.inverse ? theme.bg : theme.fg, theme)
  // Which colours go together is for the theme to see to, as long as the program did not name the very shade.
  const ours = front.kind === 'default' || (front.kind === 'palette' && front.index < 16)
  const fg = ours ? legible(asked, bg) : asked
  return { fg: cell.dim ? blend(bg, fg, DIM) : fg, bg }
}

function resolve(color: Color, byDefault: Rgb, theme: Theme): Rgb {
  if (color.kind === 'default') return byDefault
  if (color.kind === 'rgb') return [color.red, color.green, color.blue]
  const { index } = color
  if (index >= 232) return [8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232)]
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step)
  const cube = index - 16
  return (
    theme.palette[index] ?? [level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)]
  )
}

/** The colour, moved towards black or white until it can be read on this background. */
function legible(color: Rgb, bg: Rgb): Rgb {
  const ends: Rgb[] = [rgb('000000'), rgb('ffffff')]
  const [end = color] = ends.sort((a, b) => contrast(b, bg) - contrast(a, bg))
  const steps = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
  return steps.map((part) => blend(color, end, part)).find((c) => contrast(c, bg) >= LEAST_CONTRAST) ?? end
}

/** The contrast ratio of two colours as the Web Content Accessibility Guidelines define it, 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05)
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((c) =>
    c <= 10 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

/** The first colour with so much of the second, 0 to 1, mixed in. */
function blend(a: Rgb, b: Rgb, part: number): Rgb {
  const mix = (from: number, to: number) => Math.round(from + (to - from) * part)
  return [mix(a[0], b[0]), mix(a[1], b[1]), mix(a[2], b[2])]
}

function rgb(digits: string): Rgb {
  const value = Number.parseInt(digits, 16)
  return [value >> 16, (value >> 8) & 0xff, value & 0xff]
}

function hex([red, green, blue]: Rgb): string {
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`
}

/** A length to a hundredth of a pixel. */
function px(length: number): number {
  return Math.round(length * 100) / 100
}

function escaped(text: string): string {
  const wellFormed = text.toWellFormed().replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
  return wellFormed.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
