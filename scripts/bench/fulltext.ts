// `npm run bench -- fulltext`: how soon a full text is on the screen and whole, how soon it scrolls, what it takes in memory; and
// how fast LaTeX becomes Unicode.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { layOutInPieces } from '../../src/app/document-lines.ts'
import { parseFullText } from '../../src/text/latexml.ts'
import { startFakeArxiv } from '../../test/support/fake-arxiv.ts'
import { latexmlPage } from '../../test/support/fake-arxiv-papers.ts'
import { startTerminal } from '../../test/support/terminal.ts'
import { benchLatex } from './latex.ts'
import { residentMemory, summary } from './reader.ts'

const root = join(import.meta.dirname, '../..')
/** The first paper of the starter library. */
const ID = '2406.08607'
const OPENINGS = 10
const KEYS = 200
const BYTES = 400_000
/** A near and idle arXiv would answer; nobody does here. */
const NOBODY = 'http://127.0.0.1:1'

/** Measures and prints. */
export async function benchFulltext(): Promise<void> {
  const page = latexmlPage(ID, 1, bodyOf(BYTES))
  const parse: number[] = []
  const first: number[] = []
  const last: number[] = []
  let lines = 0
  for (let run = 0; run < OPENINGS; run++) {
    const start = performance.now()
    const { blocks } = parseFullText(page)
    parse.push(performance.now() - start)
    lines = 0
    for (const piece of layOutInPieces(blocks, 90, 0)) {
      if (lines === 0) first.push(performance.now() - start)
      lines += piece.lines.length
    }
    last.push(performance.now() - start)
  }
  const { arrival, kept, whole, keys, memory } = await inTerminal(page)
  console.log(
    [
      `a generated text of ${(page.length / 1000).toFixed(0)} kB, ${lines} lines of at most 90 cells, 120x40`,
      '',
      '                                          median     p95   (ms)',
      `read into blocks                         ${summary(parse)}`,
      `laid out to the first piece, both        ${summary(first)}`,
      `laid out to the last line, both          ${summary(last)}`,
      `from arXiv's answer to the first screen  ${summary(arrival)}`,
      `from f to the first screen, kept text    ${summary(kept)}`,
      `from f to the last line, kept text       ${summary(whole)}`,
      `j in the text, key to paint              ${summary(keys)}`,
      '',
      `memory with the text open                ${memory.toFixed(0)} MB resident`,
      '',
    ].join('\n'),
  )
  await benchLatex()
}

async function inTerminal(page: string) {
  const arrival: number[] = []
  const kept: number[] = []
  const whole: number[] = []
  const keys: number[] = []
  let memory = 0
  const arxiv = await startFakeArxiv({ htmls: new Map([[ID, page]]) })
  try {
    for (let run = 0; run < OPENINGS; run++) {
      const home = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
      try {
        await using terminal = startTerminal({
          command: process.execPath,
          args: [join(root, 'bin/broadsheet.js')],
          columns: 120,
          rows: 40,
          env: { BROADSHEET_HOME: home, HF_ENDPOINT: NOBODY, BROADSHEET_ARXIV_ENDPOINT: arxiv.url },
        })
        await terminal.waitFor('offline', 30_000)
        terminal.press('f')
        await terminal.waitFor('1 Section', 30_000)
        arrival.push(performance.now() - (arxiv.requests.at(-1)?.at ?? 0))
        await terminal.waitFor(/ 0% /, 30_000)
        terminal.press('q')
        await terminal.waitFor(' All 1/')
        const start = performance.now()
        terminal.press('f')
        await terminal.waitFor('1 Section')
        kept.push(performance.now() - start)
        await terminal.waitFor(/ 0% /)
        whole.push(performance.now() - start)
        if (run > 0) continue
        for (let key = 0; key < KEYS; key++) {
          const before = terminal.screen()
          const pressed = performance.now()
          terminal.press('j')
          await terminal.waitFor((screen) => screen !== before)
          keys.push(performance.now() - pressed)
        }
        memory = residentMemory(terminal.pid)
      } finally {
        rmSync(home, { recursive: true, force: true })
      }
    }
  } finally {
    await arxiv.close()
  }
  return { arrival, kept, whole, keys, memory }
}

/** A LaTeXML text of about so many bytes: sections with paragraphs, formulas, citations, a list and a table each. */
function bodyOf(bytes: number): string {
  let body = '<h1 class="ltx_title ltx_title_document">A Long Text</h1>'
  for (let section = 1; body.length < bytes; section++) {
    const paragraphs = Array.from({ length: 8 }, (_, at) => paragraphOf(section, at)).join('')
    body += `<section id="S${section}" class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">${section} </span>Section</h2>${paragraphs}${TABLE}</section>`
  }
  return body
}

const WORDS =
  'the lantern holds a wick whose measured height decides how long each harbour light will burn'.split(' ')
const words = (count: number, seed: number) =>
  Array.from({ length: count }, (_, at) => WORDS[(at * 7 + seed) % WORDS.length]).join(' ')
const MATH =
  '<math class="ltx_Math" alttext="\\sum_{i=1}^{n}\\alpha_{i}x_{i}^{2}" display="inline"><semantics><mi>x</mi></semantics></math>'
const TABLE = `<figure class="ltx_table"><table class="ltx_tabular">${Array.from(
  { length: 6 },
  (_, row) =>
    `<tr class="ltx_tr">${Array.from({ length: 5 }, (_, column) => `<td class="ltx_td ltx_align_right">${row}.${column}</td>`).join('')}</tr>`,
).join('')}</table><figcaption class="ltx_caption">Heights.</figcaption></figure>`

function paragraphOf(section: number, at: number): string {
  const id = `S${section}.p${at}`
  return `<div id="${id}" class="ltx_para"><p class="ltx_p">${section}.${at} ${words(60, section + at)} ${MATH} <cite class="ltx_cite"><a class="ltx_ref" href="#S1.p0">[${at}]</a></cite> ${words(40, at)}.</p></div>`
}
