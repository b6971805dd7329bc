// A page as other people wrote it → a page that is quick to parse. The parser takes quadratic time over deep nesting, and
// what reads its tree calls itself for every level; here no page gets deeper than MAX_DEPTH, and nobody's scripts,
// styles, comments and MathML take memory.

/** Deeper than any paper; what is nested deeper loses its tags and keeps its text. */
const MAX_DEPTH = 200
/** In UTF-16 units. The longest papers, most of them MathML, have half of it. */
const MAX_LENGTH = 20_000_000
/** Without those in MathML. The longest papers have a third of it; a million take a gigabyte as a tree. */
const MAX_TAGS = 300_000

const MARKUP = /<(?=[a-z/!?])/gi

const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr basefont frame keygen'.split(' '),
)

/** What holds no markup but text of its own kind, none of it for reading. */
const RAW = new Set('script style title textarea iframe noembed noframes xmp'.split(' '))

/** Elements that end where another one of these begins, whether their author said so or not. */
const ENDED_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ['p', ['p']],
  ['li', ['li']],
  ['dt', ['dt', 'dd']],
  ['dd', ['dt', 'dd']],
  ['td', ['td', 'th']],
  ['th', ['td', 'th']],
  ['tr', ['td', 'th', 'tr']],
  ['option', ['option']],
])

const KEPT = new Set(
  'class id name href src data alt alttext display encoding colspan rowspan align style hidden aria-hidden start type'.split(
    ' ',
  ),
)

/** A page fit to be parsed, and whether its end is missing because there was too much of it. */
export interface Trimmed {
  readonly html: string
  readonly isCut: boolean
}

/**
 * The same page with the tags and attributes that matter, every tag closed in its place, no more than `MAX_DEPTH` deep.
 * Takes time in proportion to the page.
 */
export function trimTags(page: string): Trimmed {
  const html = page.slice(0, MAX_LENGTH)
  const parts: string[] = []
  const open: string[] = []
  /** How many elements of a name lost their tags for being too deep, and are not closed yet. */
  const dropped = new Map<string, number>()
  let tags = 0
  let at = 0

  const close = () => parts.push(`</${open.pop()}>`)
  while (at < html.length && tags < MAX_TAGS) {
    MARKUP.lastIndex = at
    const start = MARKUP.exec(html)?.index ?? html.length
    const text = html.slice(at, start)
    // A sign that begins no tag must not begin one with what comes after something that is left out.
    parts.push(text.endsWith('<') ? `${text.slice(0, -1)}&lt;` : text)
    if (start === html.length) at = start
    else if (isLetter(html, start + 1)) {
      const tag = readTag(html, start + 1)
      const { name } = tag
      at = tag.end
      tags++
      if (RAW.has(name)) {
        at = endOf(html, name, at)
        continue
      }
      while (ENDED_BY.get(name)?.includes(open.at(-1) ?? '')) close()
      if (open.length >= MAX_DEPTH && !VOID.has(name)) {
        if (!tag.isClosed) dropped.set(name, (dropped.get(name) ?? 0) + 1)
        continue
      }
      parts.push(`<${name}${tag.attributes}>`)
      // With its source as an attribute, a formula's elements say nothing more.
      if (name === 'math' && /\salttext="\s*[^\s"]/.test(tag.attributes)) {
        parts.push('</math>')
        if (!tag.isClosed) at = endOf(html, name, at)
      } else if (tag.isClosed && !VOID.has(name)) parts.push(`</${name}>`)
      else if (!VOID.has(name)) open.push(name)
    } else if (html[start + 1] === '/') {
      const name = readName(html, start + 2)
      const deeper = dropped.get(name) ?? 0
      at = after(html, '>', start + 2)
      if (deeper > 0) dropped.set(name, deeper - 1)
      else if (open.includes(name)) {
        while (open.at(-1) !== name) close()
        close()
      }
    } else if (html.startsWith('<!--', start)) at = after(html, '-->', start + 4)
    else at = after(html, '>', start + 2)
  }
  return { html: parts.join(''), isCut: at < html.length || html.length < page.length }
}

interface Tag {
  readonly name: string
  /** The kept ones as source, each with a space before it. */
  readonly attributes: string
  /** Whether it ends itself: `<path/>`. */
  readonly isClosed: boolean
  readonly end: number
}

/** Reads a tag whose name begins at `start`; one that never ends takes the rest of the page, as it does in browsers. */
function readTag(html: string, start: number): Tag {
  const name = readName(html, start)
  const kept = new Map<string, string>()
  let isClosed = false
  let at = start + name.length
  while (at < html.length && html[at] !== '>') {
    isClosed = html[at] === '/'
    if (isClosed || isSpace(html, at)) {
      at++
      continue
    }
    const nameStart = at++
    while (at < html.length && !isSpace(html, at) && html[at] !== '=' && html[at] !== '>' && html[at] !== '/')
      at++
    const attribute = html.slice(nameStart, at).toLowerCase()
    let equals = at
    while (isSpace(html, equals)) equals++
    let value = ''
    if (html[equals] === '=') {
      at = equals + 1
      while (isSpace(html, at)) at++
      const quote = html[at]
      if (quote === '"' || quote === "'") {
        const valueStart = at + 1
        at = after(html, quote, valueStart)
        value = html.slice(valueStart, at - 1)
      } else {
        const valueStart = at
        while (at < html.length && html[at] !== '>' && !isSpace(html, at)) at++
        value = html.slice(valueStart, at)
      }
    }
    if (KEPT.has(attribute) && !kept.has(attribute)) kept.set(attribute, value)
  }
  const attributes = [...kept].map(([key, value]) => ` ${key}="${value.replaceAll('"', '&quot;')}"`).join('')
  return { name, attributes, isClosed, end: at + 1 }
}

const NAME = /[a-z0-9:-]*/iy

/** The name that begins here, in lower case. */
function readName(html: string, start: number): string {
  NAME.lastIndex = start
  return (NAME.exec(html)?.[0] ?? '').toLowerCase()
}

const ENDS = new Map([...RAW, 'math'].map((name) => [name, new RegExp(`</${name}(?![a-z0-9:-])`, 'gi')]))

/** Where the text after the end tag of an element begins. */
function endOf(html: string, name: string, start: number): number {
  const tag = ENDS.get(name)
  if (tag === undefined) return start
  tag.lastIndex = start
  return tag.test(html) ? after(html, '>', tag.lastIndex) : html.length
}

function after(html: string, mark: string, start: number): number {
  const found = html.indexOf(mark, start)
  return found < 0 ? html.length : found + mark.length
}

function isLetter(html: string, at: number): boolean {
  const code = html.charCodeAt(at) | 0x20
  return code >= 0x61 && code <= 0x7a
}

function isSpace(html: string, at: number): boolean {
  const code = html.charCodeAt(at)
  return code === 0x20 || (code >= 0x09 && code <= 0x0d)
}
