// Full texts and comments, told paragraph by paragraph.

import { latexText } from '../../text/latex.ts'
import { runsText } from '../../text/run-layout.ts'
import type { Document } from '../document.ts'
import { headingAt } from '../document-moving.ts'
import { emptyLines, emptyText } from '../empty.ts'
import { blockEnd, placeOf } from '../laid-text.ts'
import type { State } from '../state.ts'
import { counted, numbered, plain, plainLines, sentence } from './words.ts'

/** Where tables leave room between columns there is a pause. */
const COLUMN = '; '

/** The paragraph that is read now, a line for each that it is told in. */
function block({ text, top }: Document): string[] {
  const first = text.blocks[placeOf(text, top).block] ?? 0
  const heading = text.headings.find(({ line }) => line === first)
  if (heading) return [`Heading ${heading.level}: ${sentence(heading.text)}`]
  return text.lines
    .slice(first, blockEnd(text, first))
    .map(({ runs }) => plain(runsText(runs), COLUMN))
    .filter((line) => line !== '')
}

const isEmpty = ({ text }: Document) => text.lines.length === 0

/** Why there is no text yet, or none at all. */
function withoutText(document: Document, { bindings }: State): string[] {
  const why = emptyText(document)
  return [
    ...(document.said === null ? [] : [sentence(document.said)]),
    ...(why ? plainLines(emptyLines(why, Number.MAX_SAFE_INTEGER, bindings)) : []),
  ]
}

/** Where one is in an open text. */
export function documentWhere(state: State, document: Document): string[] {
  const name = document.kind === 'discussion' ? 'Comments on' : 'Full text of'
  const title = `${name} ${sentence(latexText(document.title))}`
  return isEmpty(document)
    ? [title, ...withoutText(document, state)]
    : [title, ...section(document), ...block(document)]
}

/** The section that the paragraph is in, and how many there are. */
function section(document: Document): string[] {
  const { headings } = document.text
  const at = headingAt(document)
  const heading = headings[at]
  if (!heading) return []
  return [`Section ${at + 1} of ${headings.length}: ${sentence(heading.text)}`]
}

/** What has changed in an open text. */
export function documentMoved(before: State, after: State): string[] {
  const was = before.document
  const now = after.document
  if (!was || !now) return []
  if (isEmpty(now)) {
    const said = withoutText(now, after)
    return said.join() === withoutText(was, before).join() ? [] : said
  }
  if (isEmpty(was)) return [...arrived(now), ...block(now)]
  const found = findings(was, now)
  const told = block(now)
  const isElsewhere = placeOf(now.text, now.top).block !== placeOf(was.text, was.top).block
  return isElsewhere || told.join() !== block(was).join() ? [...found, ...told] : found
}

/** What is known of a text that has just come in. */
function arrived({ text, whole, source, kind, top }: Document): string[] {
  const parts = [
    source,
    kind === 'fulltext' && whole && text.headings.length > 0 ? counted(text.headings.length, 'section') : '',
    top > 0 ? 'on from where you were' : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? [] : [sentence(parts.join(', '))]
}

/** Which match of how many, where another one is shown. */
function findings({ find: was }: Document, { find: now, finding }: Document): string[] {
  if (!now?.matches || (now.matches === was?.matches && now.at === was.at)) return []
  if (now.matches.length === 0) return [`“${now.text}” is not in this text.`]
  return [`${finding ? 'Found' : 'Match'} ${now.at + 1} of ${now.matches.length}.`]
}

/** The contents of a text, a section a line. */
export function contentsWhere({ document }: State): string[] {
  if (!document) return []
  const { headings } = document.text
  return [
    `Contents, ${counted(headings.length, 'section')}.`,
    ...numbered(headings.map(({ text }) => text)),
    `You are in ${headingAt(document) + 1}.`,
  ]
}

/** Another section in the contents. */
export function contentsMoved({ document: was }: State, { document: now }: State): string[] {
  if (!was || !now || headingAt(was) === headingAt(now)) return []
  const at = headingAt(now)
  return [`${at + 1} of ${now.text.headings.length}: ${now.text.headings[at]?.text ?? ''}`]
}
