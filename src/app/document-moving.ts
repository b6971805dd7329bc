// Moving in an open text: by lines, sections and shares, to what links mean and back.

import { runsText, runsWidth } from '../text/run-layout.ts'
import { changeDocument, type Document } from './document.ts'
import { blockEnd, type LaidText, lineAt, type Place, placeOf } from './laid-text.ts'
import { bodyHeight, clamp } from './shown.ts'
import type { State, Step } from './state.ts'

/** The first line of the block so many blocks on, or of the nearest that has words. */
function blockBy(text: LaidText, line: number, by: number): number {
  const last = text.blocks.length - 1
  const hasWords = (first: number) =>
    text.lines.slice(first, blockEnd(text, first)).some(({ runs }) => /[\p{L}\p{N}]/u.test(runsText(runs)))
  let block = clamp(placeOf(text, line).block + by, 0, last)
  while (block > 0 && block < last && !hasWords(text.blocks[block] ?? 0)) block += Math.sign(by)
  return text.blocks[block] ?? 0
}

/** The text with its scroll position held within what there is to see. */
export function withinText(document: Document, height: number): Document {
  const top = clamp(document.top, 0, document.text.lines.length - height)
  // More lines are on their way: a place may be below those that are here.
  return top === document.top || (!document.whole && document.top > top) ? document : { ...document, top }
}

/** Scrolls by lines; who listens goes by paragraphs. */
export const scroll = (state: State, by: number): Step =>
  changeDocument(state, ({ top, text }) => ({
    top: state.linear
      ? blockBy(text, top, by)
      : clamp(top + by, 0, Math.max(0, text.lines.length - bodyHeight(state))),
    digits: '',
  }))

/** Behind every line, however many are still on their way. */
const END: Place = { block: Number.POSITIVE_INFINITY, line: 0 }

/** To the end; where it is not here yet, there as soon as it is. */
export const toEnd = (state: State): Step => {
  const [next, effects] = scroll(state, Number.POSITIVE_INFINITY)
  const { document } = next
  return [document && !document.whole ? { ...next, document: { ...document, wanted: END } } : next, effects]
}

/** The heading that the first visible line is under; -1 where there is none before it. */
export function headingAt({ text: { headings }, top }: Document): number {
  // A heading counts as soon as it is on the first lines: a jump leaves it there.
  return headings.findLastIndex(({ line }) => line <= top + 1)
}

/** To the beginning of another section; before its own beginning, to that first. */
export const toSection = (state: State, by: 1 | -1): Step =>
  changeDocument(state, (document) => {
    const { headings } = document.text
    const at = headingAt(document)
    const own = headings[at]
    const isBelow = own !== undefined && document.top > own.line
    const target = headings[by < 0 && isBelow ? at : at + by]
    return target ? { top: target.line } : by < 0 ? { top: 0 } : {}
  })

/** Whether the text has sections to go to. */
export const hasSections = ({ document }: State) =>
  document !== null && document.text.headings.length > 0
    ? true
    : document?.whole
      ? 'this text has no sections'
      : 'the text is still on its way'

/** As far into the text as the number typed before says. */
export const toPercent = (state: State): Step =>
  changeDocument(state, ({ digits, text }) => {
    const share = Math.min(100, Number(digits)) / 100
    return { top: Math.round(share * Math.max(0, text.lines.length - bodyHeight(state))), digits: '' }
  })

/**
 * Leads to an anchor of the text, with so many lines `above` it; the place before is kept for the way back. Null where there is
 * no such anchor.
 */
export function toAnchor(document: Document, anchor: string, above = 1): Document | null {
  const line = document.text.anchors.get(anchor)
  if (line === undefined) return null
  const back = [...document.back, placeOf(document.text, document.top)].slice(-MAX_BACK)
  return { ...document, top: Math.max(0, line - above), wanted: null, back }
}

const MAX_BACK = 100

/** Back to where the last link was followed. */
export const goBack = (state: State): Step =>
  changeDocument(state, ({ back, text }) => {
    const place = back.at(-1)
    return place ? { top: lineAt(text, place), back: back.slice(0, -1) } : {}
  })

/** Whether a link was followed. */
export const hasFollowed = ({ document }: State) =>
  document !== null && document.back.length > 0 ? true : 'no link was followed'

/** Scrolls lines that are wider than the screen. */
export const moveSideways = (state: State, by: number): Step =>
  changeDocument(state, (document) => ({
    sideways: clamp(document.sideways + by, 0, widest(state, document)),
  }))

/** How far the visible lines can be moved to the left, in cells. */
function widest(state: State, { text, top, width }: Document): number {
  const visible = text.lines.slice(top, top + bodyHeight(state))
  const cells = Math.max(0, ...visible.map((line) => (line.wide ? runsWidth(line.runs) : 0)))
  return Math.max(0, cells - width)
}

/** Whether a visible line is wider than the screen. */
export const hasWideLines = (state: State) =>
  state.document !== null && widest(state, state.document) > 0
    ? true
    : 'nothing on the screen is wider than it'
