// What stands within a line of text: styles, links, formulas, raised and lowered text, pictures.

import type { RunStyle } from '../document.ts'
import { lowered, raised } from '../latex/letters.ts'
import { mathText } from '../latex.ts'
import { unwrapLine } from '../sanitise.ts'
import { linkTo, resolve } from './links.ts'
import { classesOf, firstWithin, type PageElement, sourceText } from './nodes.ts'
import { addRuns, addText, type Format, lineOf, type Reader, type Sink, textOf } from './sink.ts'

/** What tags and classes say of styles. */
const STYLES: ReadonlyMap<string, readonly [RunStyle, 'on' | 'off']> = new Map([
  ['b', ['bold', 'on']],
  ['strong', ['bold', 'on']],
  ['i', ['italic', 'on']],
  ['em', ['italic', 'on']],
  ['var', ['italic', 'on']],
  ['dfn', ['italic', 'on']],
  ['code', ['code', 'on']],
  ['tt', ['code', 'on']],
  ['kbd', ['code', 'on']],
  ['samp', ['code', 'on']],
  ['ltx_font_bold', ['bold', 'on']],
  ['ltx_font_italic', ['italic', 'on']],
  ['ltx_font_slanted', ['italic', 'on']],
  ['ltx_font_typewriter', ['code', 'on']],
  ['ltx_font_medium', ['bold', 'off']],
  ['ltx_font_upright', ['italic', 'off']],
])

/** How the text within an element is set. */
export function formatOf(element: PageElement, format: Format, sink: Sink): Format {
  const { name, attribs } = element
  let styles = format.styles
  for (const word of attribs.class === undefined ? [name] : [name, ...classesOf(element)]) {
    const change = STYLES.get(word)
    if (change === undefined) continue
    const [style, to] = change
    if (to === 'off') styles = styles.filter((one) => one !== style)
    else if (!styles.includes(style)) styles = [...styles, style]
  }
  const href = name === 'a' && attribs.href !== undefined ? linkTo(attribs.href, sink.links) : format.href
  return { styles, href }
}

/** The source of a formula in LaTeX, or null where a page gives none. */
export function texOf(math: PageElement): string | null {
  const annotation = firstWithin(math, ({ attribs }) => attribs.encoding === 'application/x-tex')
  const tex = math.attribs.alttext || (annotation === null ? '' : sourceText(annotation))
  return tex.trim() === '' ? null : tex
}

export const readMath: Reader = (math, sink, format, read) => {
  const tex = texOf(math)
  if (tex === null) {
    read(math.children, sink, format)
    return
  }
  // What joins it to a word is a hyphen: `$k-$means`.
  const { next } = math
  const hyphen = /[^\s-]-$/.test(tex) && next?.type === 'text' && /^\p{L}/u.test(next.data)
  const text = mathText(hyphen ? tex.slice(0, -1) : tex)
  addText(sink, hyphen ? `${text}-` : text, { ...format, styles: [...format.styles, 'math'] })
}

// Signs that stand high or low by themselves, or as well where they are: `1,2`, `∗`.
const STAYS = /([\s,.;*∗†‡§¶‖®™′'’]+)/u

/** Raised and lowered text: with Unicode's letters where it has them all, else as `^(…)`. */
function scripted(shape: (text: string) => string | null, sign: string): Reader {
  const shaped = (text: string): string | null => {
    const parts = text.split(STAYS).map((part) => (STAYS.test(part) || part === '' ? part : shape(part)))
    return parts.includes(null) ? null : parts.join('')
  }
  return ({ children }, sink, format, read) => {
    const runs = lineOf(children, sink, read, format)
    const parts = runs.map((run) => ({ run, text: shaped(run.text) }))
    if (parts.every(({ text }) => text !== null)) {
      addRuns(
        sink,
        parts.map(({ run, text }) => ({ ...run, text: text ?? '' })),
      )
      return
    }
    const isLong = [...textOf(runs)].length > 1
    addText(sink, isLong ? `${sign}(` : sign, format)
    addRuns(sink, runs)
    if (isLong) addText(sink, ')', format)
  }
}

export const readRaised: Reader = scripted(raised, '^')
export const readLowered: Reader = scripted(lowered, '_')

/** A mark as it is printed beside a word: raised where it can be. */
export const markText = (mark: string): string =>
  mark
    .split(STAYS)
    .map((part) => raised(part) ?? part)
    .join('')

/** What LaTeXML says of pictures of which it knows nothing. */
const NO_ALT = /^(?:refer to caption|\[?uncaptioned image\]?)$/i

/** A picture, as an `img` or as an `object`. */
export const readPicture: Reader = ({ name, attribs }, sink) => {
  const said = (name === 'img' ? attribs.src : attribs.data)?.trim() ?? ''
  const src = said === '' ? null : resolve(said, sink.links.base)
  if (src === null || (name === 'object' && !/^image\//.test(attribs.type ?? ''))) return
  const alt = unwrapLine(attribs.alt ?? '')
  sink.pictures.push({ src, alt: NO_ALT.test(alt) ? '' : alt })
}

export const readQuoted: Reader = ({ children }, sink, format, read) => {
  addText(sink, '“', format)
  read(children, sink, format)
  addText(sink, '”', format)
}

/** The spaces of a listing, which do not collapse. */
export const readSpace: Reader = (element, sink, format, read) => {
  const text = sourceText(element)
  if (text.trim() === '') addText(sink, text.replace(/[ \t]/g, '\u00a0'), format)
  else read(element.children, sink, format)
}
