// Markdown, as comments are written in → blocks.

import type { Token, Tokens } from 'marked'
import type { Block, ListItem, Run, RunStyle, TableCell } from './document.ts'
import { latexRuns, mathLines } from './latex.ts'
import { type MarkdownToken, markdownTokens } from './markdown-lexer.ts'
import { sanitise, sanitiseUrl, unwrapText } from './sanitise.ts'

/**
 * Markdown (GitHub's dialect, with formulas) as blocks. HTML is never interpreted: its tags are left out, its text stays.
 * A text that is too long or too deep to be Markdown comes as plain paragraphs. Never throws.
 */
export function parseMarkdown(source: string): Block[] {
  const clean = sanitise(source.replaceAll('\t', '    '))
  const tokens = markdownTokens(clean)
  return tokens ? blocksOf(tokens) : plainParagraphs(clean)
}

function plainParagraphs(text: string): Block[] {
  return unwrapText(text)
    .split('\n\n')
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => ({ kind: 'paragraph', runs: [{ text: paragraph }] }))
}

function blocksOf(tokens: readonly Token[]): Block[] {
  return (tokens as readonly MarkdownToken[]).flatMap(blocksOfToken)
}

function blocksOfToken(token: MarkdownToken): Block[] {
  switch (token.type) {
    case 'heading': {
      const runs = lineOf(token.tokens)
      const level = token.depth as 1 | 2 | 3 | 4 | 5 | 6
      return runs.length > 0 ? [{ kind: 'heading', level, runs }] : []
    }
    case 'paragraph':
    case 'text':
      return linesOf(token.tokens ?? [token]).map((runs) => ({ kind: 'paragraph', runs }))
    case 'code':
      return [{ kind: 'verbatim', lines: token.text.replace(/\n$/, '').split('\n').map(codeLine) }]
    case 'blockquote':
      return [{ kind: 'quote', blocks: blocksOf(token.tokens) }]
    case 'list':
      return [{ kind: 'list', items: token.items.map((item, at) => listItem(token, item, at)) }]
    case 'table':
      return [
        { kind: 'table', rows: [token.header, ...token.rows].map((row) => row.map(tableCell)), head: 1 },
      ]
    case 'equation':
      return [{ kind: 'equation', lines: mathLines(token.tex), number: '' }]
    case 'hr':
      return [{ kind: 'rule' }]
    default:
      return []
  }
}

const codeLine = (line: string): Run[] => (line === '' ? [] : [{ text: sanitise(line), styles: ['code'] }])

function listItem({ ordered, start }: Tokens.List, item: Tokens.ListItem, at: number): ListItem {
  const bullet = ordered ? `${Number(start) + at}.` : '•'
  const label = item.task ? (item.checked ? '☑' : '☐') : bullet
  return { label, blocks: blocksOf(item.tokens) }
}

const tableCell = ({ tokens, align }: Tokens.TableCell): TableCell => ({
  runs: lineOf(tokens),
  columns: 1,
  rows: 1,
  align: align ?? 'left',
})

/** Inline tokens as lines: breaks part them. */
function linesOf(tokens: readonly Token[]): Run[][] {
  const lines: Run[][] = [[]]
  for (const run of runsOf(tokens, {})) {
    if (run === BREAK) lines.push([])
    else lines.at(-1)?.push(run)
  }
  return lines.map(tidyLine).filter((line) => line.length > 0)
}

/** Inline tokens as one line: breaks become spaces. */
const lineOf = (tokens: readonly Token[]): Run[] => tidyLine(runsOf(tokens, {}))

/** A line break; runs of a document have none, so that it is gone before they are. */
const BREAK: Run = { text: '\n' }

/** What holds for a whole run: the styles around it, the link it is in. */
type Setting = Pick<Run, 'styles' | 'href'>

const withStyle = ({ styles = [], ...setting }: Setting, style: RunStyle): Setting => ({
  ...setting,
  styles: styles.includes(style) ? styles : [...styles, style],
})

function withLink(setting: Setting, address: string): Setting {
  const href = setting.href ?? sanitiseUrl(address)
  return href === null ? setting : { ...setting, href }
}

function runsOf(tokens: readonly Token[], setting: Setting): Run[] {
  return (tokens as readonly MarkdownToken[]).flatMap((token) => runsOfToken(token, setting))
}

function runsOfToken(token: MarkdownToken, setting: Setting): Run[] {
  switch (token.type) {
    case 'strong':
      return runsOf(token.tokens, withStyle(setting, 'bold'))
    case 'em':
      return runsOf(token.tokens, withStyle(setting, 'italic'))
    case 'del':
      return runsOf(token.tokens, withStyle(setting, 'dim'))
    case 'codespan':
      return [{ ...withStyle(setting, 'code'), text: token.text }]
    case 'link':
      return runsOf(token.tokens, withLink(setting, token.href))
    case 'image': {
      const alt = tidyLine(runsOf(token.tokens, {})).map(({ text }) => text)
      return [{ ...withLink(setting, token.href), text: `[${alt.join('') || 'picture'}]` }]
    }
    case 'math':
      return latexRuns(token.tex).map((run) => ({
        ...setting,
        ...run,
        styles: [...(setting.styles ?? []), ...(run.styles ?? [])],
      }))
    case 'html':
      return runsOfTag(token.raw, setting)
    case 'br':
      return [BREAK]
    case 'text':
    case 'escape':
      return [{ ...setting, text: decodeEntities(token.text) }]
    default:
      return []
  }
}

const BREAKING_TAG =
  /^<\/?(?:br|hr|p|div|section|center|h[1-6]|ul|ol|li|dl|dt|dd|table|tr|details|summary|blockquote|pre|figure|figcaption|video)\b/i
const SPACING_TAG = /^<\/?(?:td|th)\b/i
const SILENT_TAG =
  /^<(?:!|\?|\/?(?:a|abbr|audio|b|big|caption|cite|code|col|colgroup|del|dfn|em|font|form|i|iframe|img|input|ins|kbd|mark|object|q|s|samp|script|small|source|span|strike|strong|style|sub|sup|svg|tbody|tfoot|thead|tt|u|var|wbr)\b)/i

/** Tags are left out, but for those that HTML does not know: `<think>` is a word of the trade. */
function runsOfTag(tag: string, setting: Setting): Run[] {
  if (BREAKING_TAG.test(tag)) return [BREAK]
  if (SPACING_TAG.test(tag)) return [{ text: ' ' }]
  return SILENT_TAG.test(tag) ? [] : [{ ...setting, text: tag }]
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}

/** Characters by their names, the common ones; marked itself reads those by number. */
const decodeEntities = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (entity, name: string) => ENTITIES[name] ?? entity)

/** A line as it is shown: runs of one setting as one, spaces single, none at the ends, all of it clean. */
function tidyLine(runs: readonly Run[]): Run[] {
  const tidy: Run[] = []
  for (const { text, styles = [], href } of joined(runs)) {
    const isCode = styles.includes('code')
    const clean = sanitise(text).replace(isCode ? /\n/g : /\s+/g, ' ')
    const shown = !isCode && /^$| $/.test(tidy.at(-1)?.text ?? '') ? clean.trimStart() : clean
    if (shown !== '') tidy.push({ text: shown, ...(styles.length > 0 && { styles }), ...(href && { href }) })
  }
  const last = tidy.pop()
  const text = last?.text.trimEnd() ?? ''
  return last && text !== '' ? [...tidy, { ...last, text }] : tidy
}

/** Neighbours of one setting as one run. */
function joined(runs: readonly Run[]): Run[] {
  const joint: Run[] = []
  for (const run of runs) {
    const before = joint.at(-1)
    if (before && before.href === run.href && String(before.styles ?? []) === String(run.styles ?? []))
      joint[joint.length - 1] = { ...before, text: before.text + run.text }
    else joint.push(run)
  }
  return joint
}
