// What reading a page fills: blocks, and the paragraph that is being read.

import type { Block, Picture, Run, RunStyle } from '../document.ts'
import { sanitise } from '../sanitise.ts'
import type { Links } from './links.ts'
import type { PageElement, PageNode } from './nodes.ts'

/** How text is set where a reader stands. */
export interface Format {
  readonly styles: readonly RunStyle[]
  readonly href: string | null
}

export const PLAIN: Format = { styles: [], href: null }

/**
 * `blocks` takes blocks; to the others all is text. White space collapses, except in `verbatim` text; a `listing` keeps
 * the spaces that HTML keeps.
 */
export type SinkKind = 'blocks' | 'line' | 'listing' | 'verbatim'

export interface Sink {
  readonly kind: SinkKind
  readonly links: Links
  readonly blocks: Block[]
  /** The paragraph so far, its text in pieces: a text that grows by them takes quadratic time to look at its end. */
  readonly runs: { readonly pieces: string[]; readonly format: Format }[]
  /** Names that lead to the next block. */
  readonly anchors: string[]
  /** Footnotes that follow the next block. */
  readonly notes: Block[]
  /** Pictures for which there is no block yet. */
  readonly pictures: Picture[]
  /** In a figure its caption so far, elsewhere null. */
  readonly caption: Run[] | null
}

export function newSink(kind: SinkKind, links: Links, caption: Run[] | null = null): Sink {
  return { kind, links, blocks: [], runs: [], anchors: [], notes: [], pictures: [], caption }
}

/** Adds text as a page has it: white space collapses, also with what came before. */
export function addText(sink: Sink, data: string, format: Format): void {
  const text = spaced(data, sink.kind)
  const fresh =
    sink.kind !== 'verbatim' && text.startsWith(' ') && /^$| $/.test(lastText(sink)) ? text.slice(1) : text
  if (fresh === '') return
  const last = sink.runs.at(-1)
  if (last !== undefined && isSame(last.format, format)) last.pieces.push(fresh)
  else sink.runs.push({ pieces: [fresh], format })
}

function spaced(data: string, kind: SinkKind): string {
  switch (kind) {
    case 'verbatim':
      return sanitise(data.replaceAll('\t', '    ')).replaceAll('\u00a0', ' ')
    case 'listing':
      return sanitise(data).replace(/[ \n]+/g, ' ')
    default:
      return sanitise(data).replace(/\s+/g, ' ')
  }
}

const isSame = (one: Format, other: Format): boolean =>
  one.href === other.href &&
  one.styles.length === other.styles.length &&
  one.styles.every((style, at) => style === other.styles[at])

/** What was added last to the paragraph; empty where there is nothing. */
export const lastText = (sink: Sink): string => sink.runs.at(-1)?.pieces.at(-1) ?? ''

/** Ends a word, and in verbatim text a line. */
export function addBreak(sink: Sink): void {
  if (sink.kind !== 'verbatim')
    addText(sink, ' ', { ...PLAIN, styles: sink.runs.at(-1)?.format.styles ?? [] })
  else if (!/^$|\n$/.test(lastText(sink))) addText(sink, '\n', PLAIN)
}

export const addRuns = (sink: Sink, runs: readonly Run[]): void => {
  for (const { text, styles, href } of runs) addText(sink, text, { styles: styles ?? [], href: href ?? null })
}

/** Takes the text so far, without white space around it. */
export function takeRuns(sink: Sink): Run[] {
  const runs = sink.runs.splice(0).map(({ pieces, format: { styles, href } }) => ({
    // Once more, because what is harmless in pieces need not be so together.
    text: sanitise(pieces.join('')),
    ...(styles.length > 0 && { styles }),
    ...(href !== null && { href }),
  }))
  if (sink.kind === 'verbatim' || sink.kind === 'listing') return runs
  const isBlank = ({ text }: Run) => text.trim() === ''
  const first = runs.findIndex((run) => !isBlank(run))
  const last = runs.findLastIndex((run) => !isBlank(run))
  return runs.slice(first < 0 ? runs.length : first, last + 1).map((run, at, { length }) => {
    const start = at === 0 ? run.text.trimStart() : run.text
    return { ...run, text: at === length - 1 ? start.trimEnd() : start }
  })
}

/** The text of runs alone. */
export const textOf = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('')

/** Ends the paragraph that is being read. Pictures that stand in text follow it; those of a figure are its own. */
export function endParagraph(sink: Sink): void {
  const runs = takeRuns(sink)
  if (runs.length > 0) addBlock(sink, { kind: 'paragraph', runs })
  if (sink.pictures.length > 0 && sink.caption === null)
    addBlock(sink, { kind: 'figure', pictures: sink.pictures.splice(0), blocks: [], caption: [] })
}

/** Adds a block where the paragraph before it has ended. */
export function addBlock(sink: Sink, block: Block): void {
  sink.blocks.push(withAnchors(block, sink.anchors.splice(0), sink.links))
  append(sink.blocks, sink.notes.splice(0))
}

/** A block to which these names lead too, if any link does. */
export function withAnchors(block: Block, names: readonly string[], links: Links): Block {
  const anchors = new Set([...(block.anchors ?? []), ...names.filter((name) => links.anchors.has(name))])
  return anchors.size === 0 ? block : { ...block, anchors: [...anchors] }
}

/** The blocks of a sink, at its end. Names at the end lead to the last block; where there is none they stay. */
export function takeBlocks(sink: Sink): Block[] {
  endParagraph(sink)
  const blocks = sink.blocks.splice(0)
  const last = blocks.pop()
  if (last !== undefined) blocks.push(withAnchors(last, sink.anchors.splice(0), sink.links))
  append(blocks, sink.notes.splice(0))
  return blocks
}

/** Blocks without the footnotes among them, which the block that these become is to have after it. */
export function withoutNotes(blocks: readonly Block[], sink: Sink): Block[] {
  const isNote = ({ kind }: Block) => kind === 'note'
  append(sink.notes, blocks.filter(isNote))
  return blocks.filter((block) => !isNote(block))
}

/** Hands on what an inner sink has and its blocks have no place for. */
export function absorb(sink: Sink, inner: Sink): void {
  append(sink.anchors, inner.anchors.splice(0))
  append(sink.notes, inner.notes.splice(0))
  append(sink.pictures, inner.pictures.splice(0))
}

/** Puts items at the end of a list: not as arguments of `push`, which takes only so many. */
export function append<T>(list: T[], items: readonly T[]): void {
  for (const item of items) list.push(item)
}

/** Reads nodes into a sink. */
export type Read = (nodes: readonly PageNode[], sink: Sink, format: Format) => void

/** Reads an element into a sink; `read` reads what is in it. */
export type Reader = (element: PageElement, sink: Sink, format: Format, read: Read) => void

/** Nodes as one line of text. */
export function lineOf(nodes: readonly PageNode[], sink: Sink, read: Read, format = PLAIN): Run[] {
  const line = newSink('line', sink.links)
  read(nodes, line, format)
  absorb(sink, line)
  return takeRuns(line)
}

/** Nodes as blocks. */
export function blocksOf(nodes: readonly PageNode[], sink: Sink, read: Read): Block[] {
  const inner = newSink('blocks', sink.links)
  read(nodes, inner, PLAIN)
  const blocks = takeBlocks(inner)
  absorb(sink, inner)
  return blocks
}
