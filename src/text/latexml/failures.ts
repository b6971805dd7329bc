// What LaTeXML could not read and left as its source: commands that nobody defined, algorithms whose package it lost.

import type { Run } from '../document.ts'
import { hasClass, isElement, type PageElement, type PageNode, sourceText } from './nodes.ts'
import { addBlock, addBreak, addRuns, endParagraph, lineOf, type Reader } from './sink.ts'

const isFailure = (node: PageNode): node is PageElement => isElement(node) && hasClass(node, 'ltx_ERROR')

/** A command by a name of LaTeXML's own, which no author wrote. */
const isInternal = (node: PageNode): boolean => isFailure(node) && sourceText(node).startsWith('\\lx@')

/** The environments around algorithms: what is in them is read, and looks like one. */
const ALGORITHM = /^\{algorithm(?:ic|icx)?\*?\}$/

/** A command that LaTeXML does not know stands by itself, as the author wrote it. */
export const readFailure: Reader = (element, sink, format, read) => {
  addBreak(sink)
  if (!isInternal(element) && !ALGORITHM.test(sourceText(element).trim()))
    read(element.children, sink, format)
  addBreak(sink)
}

/** The nodes of a paper without what is left of its packages' options before its title. */
export function withoutPreamble({ children }: PageElement): readonly PageNode[] {
  const holds = (node: PageNode): boolean =>
    isInternal(node) || ('children' in node && node.children.some(holds))
  const title = children.findIndex((node) => isElement(node) && hasClass(node, 'ltx_title_document'))
  return children.filter((node, at) => at >= title || !holds(node))
}

/** The words that a step of an algorithm begins and ends with, and how deep it and what follows it stand. */
interface Step {
  readonly begins: string
  readonly ends?: string
  /** Before the line, and after it. */
  readonly out?: true
  readonly in?: true
}

// The packages algorithmic and algpseudocode, whose commands differ in case alone.
const STEPS: ReadonlyMap<string, Step> = new Map(
  Object.entries({
    require: { begins: 'Require:' },
    ensure: { begins: 'Ensure:' },
    input: { begins: 'Input:' },
    output: { begins: 'Output:' },
    state: { begins: '' },
    statex: { begins: '' },
    return: { begins: 'return' },
    print: { begins: 'print' },
    if: { begins: 'if', ends: 'then', in: true },
    elsif: { begins: 'else if', ends: 'then', out: true, in: true },
    else: { begins: 'else', out: true, in: true },
    endif: { begins: 'end if', out: true },
    for: { begins: 'for', ends: 'do', in: true },
    forall: { begins: 'for all', ends: 'do', in: true },
    endfor: { begins: 'end for', out: true },
    while: { begins: 'while', ends: 'do', in: true },
    endwhile: { begins: 'end while', out: true },
    repeat: { begins: 'repeat', in: true },
    until: { begins: 'until', out: true },
    loop: { begins: 'loop', in: true },
    endloop: { begins: 'end loop', out: true },
    procedure: { begins: 'procedure', in: true },
    endprocedure: { begins: 'end procedure', out: true },
    function: { begins: 'function', in: true },
    endfunction: { begins: 'end function', out: true },
  }),
)

const stepOf = (node: PageNode): Step | undefined =>
  isFailure(node) ? STEPS.get(sourceText(node).trim().slice(1).toLowerCase()) : undefined

/** Whether a paragraph is an algorithm whose commands LaTeXML did not know. */
export const isFailedAlgorithm = ({ children }: PageElement): boolean => children.filter(stepOf).length > 1

const INDENT = '  '
/** Deeper lines would leave no room for what they say. */
const DEEPEST = 12

/** Such an algorithm, a line a step, as the packages print it. What stands before its first step is a paragraph. */
export const readFailedAlgorithm: Reader = ({ children }, sink, _format, read) => {
  const starts = children.flatMap((node, at) => (stepOf(node) ? [at] : []))
  const before = children.slice(0, starts[0]).filter((node) => !isInternal(node))
  addRuns(sink, withoutOptions(lineOf(before, sink, read)))
  endParagraph(sink)
  let depth = 0
  const lines = starts.map((start, nth): Run[] => {
    const { begins, ends, out, in: opens } = stepOf(children[start] as PageNode) as Step
    const said = lineOf(children.slice(start + 1, starts[nth + 1]), sink, read)
    if (out) depth = Math.max(0, depth - 1)
    const indent = INDENT.repeat(Math.min(depth, DEEPEST))
    if (opens) depth++
    return joined(indent, begins, said, ends ?? '')
  })
  addBlock(sink, { kind: 'verbatim', lines })
}

/** Where a float may stand (`[H]`), and which lines are to be numbered (`[1]`): words to LaTeX, not to readers. */
const OPTIONS = /^\s*\[[!htbpH]{1,5}\]|\s*\[\d\]\s*$/g

function withoutOptions(runs: readonly Run[]): Run[] {
  return runs
    .map((run) => ({ ...run, text: run.text.replace(OPTIONS, '') }))
    .filter(({ text }) => text !== '')
}

function joined(indent: string, begins: string, said: readonly Run[], ends: string): Run[] {
  const keyword = (text: string): Run[] => (text === '' ? [] : [{ text, styles: ['bold'] }])
  const parts = [keyword(begins), said, keyword(ends)].filter((part) => part.length > 0)
  const line = parts.flatMap((part, at) => (at === 0 ? part : [{ text: ' ' }, ...part]))
  return indent === '' || line.length === 0 ? line : [{ text: indent }, ...line]
}
