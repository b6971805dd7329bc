// Papers as others cite them: BibTeX entries and Markdown links.

import { countAuthors, isArxiv, type Paper, paperUrl } from '../paper.ts'
import { latexText } from './latex.ts'
import { plainTokens } from './words.ts'

/** An entry for BibTeX: `@article` where a journal is known, else `@misc`; with the arXiv id where there is one. */
export function bibtex(paper: Paper): string {
  const { id, title, categories, doi, journal } = paper
  const onArxiv = isArxiv(id)
  const fields: [name: string, value: string | null | undefined][] = [
    ['title', titleField(title)],
    ['author', authorField(paper)],
    ['year', yearOf(paper)],
    ['journal', journal && escapeText(journal)],
    ['doi', doi && withoutBraces(doi)],
    ['eprint', onArxiv ? id : null],
    ['archivePrefix', onArxiv ? 'arXiv' : null],
    ['primaryClass', onArxiv ? categories[0] : null],
    ['url', withoutBraces(paperUrl(paper) ?? '')],
  ]
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}}`] : []))
  return `@${journal ? 'article' : 'misc'}{${citationKey(paper)},\n${lines.join(',\n')}\n}`
}

/** A link in Markdown: the title, leading to the paper's page where one is known. */
export function markdownLink(paper: Pick<Paper, 'id' | 'title' | 'link' | 'doi'>): string {
  const title = latexText(paper.title).replace(/[\\`*_~[\]<>$]/g, '\\$&')
  const url = paperUrl(paper)?.replace(/[()<>\s\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return url === undefined ? title : `[${title}](${url})`
}

/** The key as the field makes them: first author's family name, year, first telling word of the title. In ASCII. */
function citationKey(paper: Paper): string {
  const [first = ''] = paper.authors
  const words = ascii(latexText(paper.title)).filter((word) => /[a-z]/.test(word))
  const word = words.find((candidate) => !SMALL_WORDS.has(candidate)) ?? words[0] ?? ''
  const name = ascii(latexText(familyName(first))).join('')
  return `${name}${yearOf(paper) ?? ''}${word}` || ascii(paper.id).join('')
}

/** Words that tell nothing of a title. */
const SMALL_WORDS = new Set(
  'a an and are as at by can do does for from how in into is of on or the to via what when why with'.split(
    ' ',
  ),
)

const ascii = (text: string): string[] =>
  plainTokens(text).flatMap(({ word }) => word.replace(/[^a-z0-9]/g, '') || [])

/** The year of the journal's volume, `(2007)`, where it says so; else that of the paper on arXiv. */
const yearOf = ({ journal, publishedOn }: Paper): string | null =>
  /\b(?:19|20)\d\d\b(?=\)?[^()]*$)/.exec(journal ?? '')?.[0] ?? publishedOn?.slice(0, 4) ?? null

const GENERATION = /^(?:jr|sr|ii|iii|iv)\.?$/i
const GROUP = /\b(?:collaboration|team|group|consortium|lab|initiative)\b/i

/** The last word of a name that is no `III`, what stands before the comma where there is one; of a group its name. */
function familyName(name: string): string {
  if (GROUP.test(name)) return name.replace(new RegExp(GROUP, 'gi'), '').replace(/^\s*the\b/i, '')
  const [before = '', after = ''] = name.split(',')
  const isTurned = after.trim() !== '' && !GENERATION.test(after.trim())
  const words = before.split(/\s+/).filter((word) => word !== '' && !GENERATION.test(word))
  return (isTurned ? words.join(' ') : words.at(-1)) ?? ''
}

function authorField(paper: Paper): string {
  const names = paper.authors.map(authorName)
  return [...names, ...((countAuthors(paper) ?? 0) > names.length ? ['others'] : [])].join(' and ')
}

/** A name as BibTeX reads it: `Vale, III, Cy` has a generation, and braces keep a group's name whole. */
function authorName(name: string): string {
  const words = name.replace(',', ' ').split(/\s+/)
  const generation = words.at(-1) ?? ''
  if (GROUP.test(name) || /\sand\s/.test(name)) return `{${escapeText(name)}}`
  if (words.length < 3 || !GENERATION.test(generation)) return escapeText(name)
  return escapeText(`${words.at(-2)}, ${generation}, ${words.slice(0, -2).join(' ')}`)
}

// What is LaTeX stays as it is: a formula, a command with what it sets, a group. A dollar sign alone is money.
const LATEX = /\$(?!\s)(?:\\.|[^$\\])+(?<!\s)\$(?!\d)|\\[a-zA-Z]+(?:\{[^{}]*\})*|\\.|\{[^{}]*\}/
const SPECIAL = /[&%#_$^\\]/
const SPELLED: Readonly<Record<string, string>> = { '^': '\\textasciicircum{}', '\\': '\\textbackslash{}' }

const TEXT = new RegExp(`(${LATEX.source})|${SPECIAL.source}`, 'g')
const TITLE = new RegExp(`(${LATEX.source})|${SPECIAL.source}|[\\p{L}\\p{N}]+`, 'gu')

/** What BibTeX and LaTeX would read, escaped, outside LaTeX. */
function escapeText(text: string): string {
  return balanced(text).replace(TEXT, (part, latex?: string) => latex ?? escaped(part))
}

/** The same, with braces around what BibTeX's styles must not set in lower case: `LoRA`, `3D`, `Q-learning`. */
function titleField(title: string): string {
  return balanced(title).replace(TITLE, (part, latex?: string) => {
    if (latex !== undefined) return latex
    if (SPECIAL.test(part)) return escaped(part)
    return /.\p{Lu}|^[B-Z]$/u.test(part) ? `{${part}}` : part
  })
}

const escaped = (sign: string): string => SPELLED[sign] ?? `\\${sign}`

/** A brace without its partner would end the field, or swallow the rest of the file; BibTeX knows no escape for it. */
function balanced(text: string): string {
  let depth = 0
  for (const sign of text) {
    if (sign === '{') depth++
    if (sign === '}' && --depth < 0) break
  }
  return depth === 0 ? text : text.replace(/\\?[{}]/g, (brace) => (brace.endsWith('{') ? '(' : ')'))
}

const withoutBraces = (address: string): string => address.replace(/[{}]/g, encodeURIComponent)
