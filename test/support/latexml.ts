// Blocks in a form that people can read, and what tests ask of them.

import type { Block, Run, TableCell } from '../../src/text/document.ts'

/** Blocks line by line, what is in a block further to the right. Styles and links show as marks around the text. */
export function printBlocks(blocks: readonly Block[], indent = ''): string {
  return blocks.flatMap((block) => linesOf(block).map((line) => `${indent}${line}`.trimEnd())).join('\n')
}

const inner = (blocks: readonly Block[]): string[] =>
  blocks.length === 0 ? [] : printBlocks(blocks, '  ').split('\n')

function linesOf(block: Block): string[] {
  const [first = '', ...rest] = bodyOf(block)
  const anchors = (block.anchors ?? []).map((anchor) => ` <${anchor}>`).join('')
  return [`${first}${anchors}`, ...rest]
}

function bodyOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${printRuns(block.runs)}`]
    case 'paragraph':
      return [`| ${printRuns(block.runs)}`]
    case 'list':
      return [
        'list',
        ...block.items.flatMap(({ label, blocks }) => [
          `  ${label || '(none)'}`,
          ...inner(blocks).map((line) => `  ${line}`),
        ]),
      ]
    case 'equation':
      return [`equation ${block.number}`, ...block.lines.map((line) => `  ${line}`)]
    case 'table':
      return [`table, head ${block.head}`, ...block.rows.map((row) => `  ${row.map(printCell).join(' | ')}`)]
    case 'verbatim':
      return ['verbatim', ...block.lines.map((line) => `  ${printRuns(line)}`)]
    case 'figure':
      return [
        `figure: ${printRuns(block.caption)}`,
        ...block.pictures.map(({ src, alt }) => `  picture ${src} "${alt}"`),
        ...inner(block.blocks),
      ]
    case 'theorem':
      return [`theorem: ${printRuns(block.title)}`, ...inner(block.blocks)]
    case 'quote':
      return ['quote', ...inner(block.blocks)]
    case 'note':
      return [`note ${block.label}`, ...inner(block.blocks)]
    case 'reference':
      return [`reference ${block.label}: ${printRuns(block.runs)}`]
    case 'drawing':
      return ['drawing']
    case 'rule':
      return ['---']
  }
}

const MARKS = { bold: '*', italic: '/', code: '`', math: '$', dim: '~' } as const

function printRuns(runs: readonly Run[]): string {
  return runs
    .map(({ text, styles = [], href }) => {
      const marks = styles.map((style) => MARKS[style])
      const set = `${marks.join('')}${text}${marks.toReversed().join('')}`
      return href === undefined ? set : `[${set}](${href})`
    })
    .join('')
}

function printCell({ runs, columns, rows, align }: TableCell): string {
  const span = columns === 1 && rows === 1 ? '' : `{${columns}x${rows}}`
  return `${span}${{ left: '', center: '^', right: '>' }[align]}${printRuns(runs)}`
}

/** Blocks and all that is in them, in reading order. */
export function allBlocks(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => [block, ...allBlocks(blocksIn(block))])
}

function blocksIn(block: Block): readonly Block[] {
  if (block.kind === 'list') return block.items.flatMap(({ blocks }) => blocks)
  return 'blocks' in block ? block.blocks : []
}

/** The runs of a block itself. */
export function runsIn(block: Block): readonly Run[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'reference':
      return block.runs
    case 'table':
      return block.rows.flat().flatMap(({ runs }) => runs)
    case 'verbatim':
      return block.lines.flat()
    case 'figure':
      return block.caption
    case 'theorem':
      return block.title
    default:
      return []
  }
}

/** All the text of blocks, also that of labels and numbers, a piece a line; without formulas where they are not asked for. */
export function textOfBlocks(
  blocks: readonly Block[],
  formulas: 'with formulas' | 'without formulas' = 'with formulas',
): string {
  const isFormula = ({ styles }: Run) => styles?.includes('math') && formulas === 'without formulas'
  const textOf = (runs: readonly Run[]) => runs.map((run) => (isFormula(run) ? ' ' : run.text)).join('')
  const own = (block: Block): string[] => {
    switch (block.kind) {
      case 'equation':
        return formulas === 'with formulas' ? [...block.lines, block.number] : [block.number]
      case 'table':
        return block.rows.flat().map(({ runs }) => textOf(runs))
      case 'verbatim':
        return block.lines.map(textOf)
      case 'list':
        return block.items.map(({ label }) => label)
      case 'note':
        return [block.label]
      case 'reference':
        return [block.label, textOf(block.runs)]
      default:
        return [textOf(runsIn(block))]
    }
  }
  return allBlocks(blocks).flatMap(own).join('\n')
}
