// How well and how fast LaTeX in titles and abstracts becomes Unicode.

import { existsSync, readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { gunzipSync } from 'node:zlib'
import { latexText } from '../../src/text/latex.ts'
import { unwrapLine, unwrapText } from '../../src/text/sanitise.ts'
import { generatePapers } from './corpus.ts'
import { REAL } from './files.ts'
import { pick, randomFrom } from './random.ts'

interface Texts {
  readonly title: string
  readonly abstract: string
}

interface Paper extends Texts {
  readonly id: string
}

const RUNS = 7
const GENERATED = 5000
// One abstract in five has LaTeX in it, as on arXiv.
const WITH_LATEX = 0.2

const LATEX = [
  '$O(n \\log n)$',
  '$x_i^2 \\in \\mathbb{R}^{d \\times d}$',
  '$\\frac{a+b}{2}$',
  '$\\mathcal{L}_{\\text{total}} = \\sum_{k=1}^{K} \\lambda_k \\mathcal{L}_k$',
  '$\\times$',
  '\\textbf{Bold words}',
  '\\emph{emphasis}',
  '95\\%',
  "``quoted''",
  '\\cite{key}',
  "Fr\\'echet",
  'range--based',
]

/** Measures titles and abstracts of arXiv where they lie beside the project, else generated ones, and prints a table. */
export async function benchLatex(): Promise<void> {
  const real = realPapers()
  if (real === null) console.log(`${REAL.arxiv} is not there, so these are generated abstracts`)
  const papers = real ?? generatedPapers()
  const texts = papers.flatMap(({ title, abstract }) => [title, abstract])
  const changed = texts.filter((text) => latexText(text) !== text)
  const shown = papers.filter(stillShowsLatex)
  const losses = papers
    .map(({ id, ...paper }) => ({ id, words: lostWords(paper) }))
    .filter(({ words }) => words.length > 0)
  const share = (count: number) => `${count} (${((100 * count) / papers.length).toFixed(3)}%)`
  console.log(
    [
      `| ${real === null ? 'generated' : 'arXiv'} | |`,
      '| --- | --- |',
      `| papers: a title and an abstract each | ${papers.length} |`,
      `| texts with LaTeX in them | ${changed.length} |`,
      `| papers that still show a command or a stray $ | ${share(shown.length)} |`,
      `| papers that lost a word | ${share(losses.length)} |`,
      `| papers a second | ${perSecond(texts, papers.length)} |`,
      `| texts with LaTeX a second | ${perSecond(changed, changed.length)} |`,
    ].join('\n'),
  )
  for (const { id, words } of losses) console.log(`lost in ${id}: ${words.join(' ')}`)
}

/** The papers of arXiv beside the project, as the library stores them; null where there are none. */
export function realPapers(): Paper[] | null {
  if (!existsSync(REAL.arxiv)) return null
  const lines = gunzipSync(readFileSync(REAL.arxiv)).toString('utf8').split('\n')
  return lines
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Paper)
    .map(({ id, title, abstract }) => ({ id, title: unwrapLine(title), abstract: unwrapText(abstract) }))
}

function generatedPapers(): Paper[] {
  const random = randomFrom(1)
  return [...generatePapers(GENERATED)].map(({ id, title, abstract }) => {
    if (random() > WITH_LATEX) return { id, title, abstract }
    const words = abstract.split(' ').map((word) => (random() < 0.05 ? pick(random, LATEX) : word))
    return { id, title, abstract: words.join(' ') }
  })
}

/** Whether a paper still has a command in it once converted, or a dollar sign that is no amount's. */
export const stillShowsLatex = ({ title, abstract }: Texts): boolean =>
  [title, abstract].some((text) => /\\[a-zA-Z]+|\$(?!\d|\.\d)/.test(latexText(text)))

// What is a command's name or says how something is set, and so is nothing to read: colours, labels, environments, room
// between lines, where a link leads, codes of characters, and the Greek letters that arXiv spells as accents (`\r{ho}`).
const UNREAD = [
  /\\(?:href|hyperlink|textcolor|color|label|begin|end|hypersetup|unicode|vspace|hspace)\*?\{[^{}]*\}/g,
  /\\u[\da-f]{4}|\\\\\[[^\]]*\]/g,
  /\\[a-z]\{[a-z]{2,}\}/g,
  /\\[a-zA-Z]+/g,
]

/**
 * The words of a paper, commands aside, that the texts made from it have not, and the letters and digits that have
 * become fewer. Letters compare by what Unicode takes them for (𝐱, ₓ and x̂ are an x, ∛ is a 3), and words without what
 * stands between letters: `\frac32` has become 3/2.
 */
export function lostWords({ title, abstract }: Texts): string[] {
  return [title, abstract].flatMap((source) => {
    const text = latexText(source)
    if (text === source) return []
    const read = folded(UNREAD.reduce((rest, unread) => rest.replace(unread, ' '), source))
    const kept = folded(text).replace(/[^\p{L}\p{N}]/gu, '')
    const before = counts(read)
    const after = counts(kept)
    return [
      ...(read.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !kept.includes(word)),
      ...[...before.keys()].filter((letter) => (before.get(letter) ?? 0) > (after.get(letter) ?? 0)),
    ]
  })
}

const folded = (text: string): string =>
  text.replaceAll('∛', '3').replaceAll('∜', '4').normalize('NFKD').replace(/\p{M}/gu, '')

function counts(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const [letter] of text.matchAll(/[\p{L}\p{N}]/gu)) found.set(letter, (found.get(letter) ?? 0) + 1)
  return found
}

/** How many of `count` things are done in a second when all these texts are converted; the median of several runs. */
function perSecond(texts: readonly string[], count: number): string {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now()
    for (const text of texts) latexText(text)
    return performance.now() - start
  })
  const median = times.toSorted((one, other) => one - other)[RUNS >> 1] ?? 1
  return Math.round((1000 * count) / median).toLocaleString('en')
}
