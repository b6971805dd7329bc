// Blocks → Markdown (CommonMark with tables), for other programs.

import type { Block, Run, TableCell } from './document.ts'
import { runsText } from './run-layout.ts'
import { placeCells } from './table-grid-layout.ts'

/** Blocks as Markdown. Links within the document keep their text alone. */
export function writeMarkdown(blocks: readonly Block[]): string {
  return blocks.map(blockText).join('\n\n')
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${runsMarkdown(block.runs)}`
    case 'paragraph':
      return runsMarkdown(block.runs)
    case 'list':
      return block.items
        .map(({ label, blocks }) => {
          const isNumber = /^\d{1,9}[.)]$/.test(label)
          const mark = isNumber ? label : '-'
          const own = isNumber || /^[^\p{L}\p{N}]*$/u.test(label) ? '' : `${escaped(label)} `
          return `${mark} ${indented(own + writeMarkdown(blocks), ' '.repeat(mark.length + 1))}`
        })
        .join('\n')
    case 'equation':
      return fenced(block.number === '' ? block.lines : [...block.lines, block.number])
    case 'table':
      return tableText(block.rows, block.head)
    case 'verbatim':
      return fenced(block.lines.map(runsText))
    case 'figure':
      return [
        ...block.pictures.map(({ src, alt }) => `![${escaped(alt)}](${address(src)})`),
        ...(block.blocks.length > 0 ? [writeMarkdown(block.blocks)] : []),
        ...(block.caption.length > 0 ? [runsMarkdown(block.caption)] : []),
      ].join('\n\n')
    case 'theorem':
      return [`**${runsMarkdown(plain(block.title))}**`, writeMarkdown(block.blocks)].join('\n\n')
    case 'quote':
      return `> ${indented(writeMarkdown(block.blocks), '> ')}`
    case 'note':
      return `> ${indented(`${escaped(block.label)} ${writeMarkdown(block.blocks)}`, '> ')}`
    case 'reference':
      return `- ${block.label === '' ? '' : `${escaped(block.label)} `}${runsMarkdown(block.runs)}`
    case 'drawing':
      return ''
    case 'rule':
      return '---'
  }
}

const indented = (text: string, indent: string) => text.replaceAll('\n', `\n${indent}`)

const plain = (runs: readonly Run[]): Run[] => [{ text: runsText(runs) }]

/** A fence is longer than any row of backticks in what it holds. */
function fenced(lines: readonly string[]): string {
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((ticks) => ticks.length)),
  )
  const fence = '`'.repeat(longest + 1)
  return [fence, ...lines, fence].join('\n')
}

function tableText(rows: readonly (readonly TableCell[])[], head: number): string {
  const cells = placeCells(rows, head).rows.map((places, at) => {
    const row: string[] = []
    for (const { cell, column, row: begins } of places) {
      row.push(...blanks(column - row.length))
      row.push(begins === at ? runsMarkdown(cell.runs) : '')
    }
    return row
  })
  const width = Math.max(1, ...cells.map((row) => row.length))
  const line = (row: readonly string[]) =>
    `| ${[...row, ...blanks(width - row.length)].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const heads = head > 0 ? cells.slice(0, head) : [[]]
  const [first = [], ...more] = heads
  return [line(first), `|${' --- |'.repeat(width)}`, ...more.map(line), ...cells.slice(head).map(line)].join(
    '\n',
  )
}

/** Spans are bounded: they come from outside. */
const blanks = (count: number): string[] => Array<string>(Math.max(0, Math.min(count, 100))).fill('')

function runsMarkdown(runs: readonly Run[]): string {
  const text = runs.map(runMarkdown).join('').trim()
  // What would begin a heading or a list.
  return text.replace(/^(?:[#+-]+(?=\s|$)|\d+(?=[.)](?:\s|$)))/, (start) =>
    /\d/.test(start) ? `${start}\\` : `\\${start}`,
  )
}

function runMarkdown({ text, styles = [], href }: Run): string {
  // Marks stand against the words they mark.
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? []
  if (words === '') return text
  let marked = styles.includes('code') ? inCode(words) : escaped(words)
  if (styles.includes('italic')) marked = `*${marked}*`
  if (styles.includes('bold')) marked = `**${marked}**`
  if (href !== undefined && !href.startsWith('#')) marked = `[${marked}](${address(href)})`
  return before + marked + after
}

function inCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length))
  const ticks = '`'.repeat(longest + 1)
  return longest === 0 ? `${ticks}${text}${ticks}` : `${ticks} ${text} ${ticks}`
}

const address = (url: string) =>
  url.replace(/[()\s<>]/g, (sign) => encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'))

/** Text in which nothing is a mark of Markdown's. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>~!&]/g, '\\$&')
}
