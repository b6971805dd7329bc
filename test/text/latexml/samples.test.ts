// Papers as LaTeXML really sets them. They lie beside the repository and are not part of it.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { type CheerioAPI, load } from 'cheerio/slim'
import { describe, expect, it } from 'vitest'
import type { Block } from '../../../src/text/document.ts'
import { parseFullText } from '../../../src/text/latexml.ts'
import { allBlocks, runsIn, textOfBlocks } from '../../support/latexml.ts'

const SAMPLES = new URL('../../../../shared/samples/latexml/', import.meta.url)
const names = existsSync(SAMPLES) ? readdirSync(SAMPLES).filter((name) => name.endsWith('.html')) : []

const collapsed = (text: string) => text.replace(/\s+/g, ' ').trim()
const ofKind = <K extends Block['kind']>(blocks: readonly Block[], kind: K) =>
  blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind)
const textOf = (block: Block) =>
  runsIn(block)
    .map(({ text }) => text)
    .join('')

describe.each(names)('%s', (name) => {
  const html = readFileSync(new URL(name, SAMPLES), 'utf8')
  const { blocks: top, isLatexml } = parseFullText(html)
  const blocks = allBlocks(top)
  /** The paper, without what readers are not shown: marks that are repeated, formulas. */
  const page = (): CheerioAPI => {
    const $ = load(html)
    $('nav, footer, head, .ltx_note_mark, .ltx_tag_note, .ltx_para:has(+ .ltx_title_document)').remove()
    // LaTeXML's own failures, and the commands of an algorithm that it did not know: printed as algorithms are.
    $('.ltx_ERROR').replaceWith(' ')
    // Its author has set the heading that the bibliography gives itself.
    $('.ltx_title_appendix')
      .filter((_, one) => collapsed($(one).text()) === collapsed($('.ltx_title_bibliography').text()))
      .remove()
    $('math').replaceWith(' ')
    return $
  }
  /** The words of what a selector finds, a text each. */
  const texts = ($: CheerioAPI, selector: string) =>
    $(`article ${selector}`)
      .toArray()
      .map((one) => collapsed($(one).text()))

  it('is one by LaTeXML', () => expect(isLatexml).toBe(true))

  it('has each heading, theorem and reference once, in order', () => {
    const $ = page()
    const titles = texts(
      $,
      ':is(h1, h2, h3, h4, h5, h6):not(.ltx_title_theorem, .ltx_title_proof, .ltx_title_classification)',
    )
    const headings = ofKind(blocks, 'heading')
    expect(headings.length).toBe(titles.length)
    titles.forEach((title, at) => {
      // Where formulas were.
      const heading = headings[at] as Block
      for (const word of title.split(/\s+/)) expect(textOf(heading)).toContain(word)
    })
    const theorems = ofKind(blocks, 'theorem').map(({ title }) => title.map(({ text }) => text).join(''))
    expect(theorems).toEqual(texts($, '.ltx_title:is(.ltx_title_theorem, .ltx_title_proof)'))
    const references = ofKind(blocks, 'reference')
    expect(references.map(({ label }) => label)).toEqual(texts($, '.ltx_bibitem > .ltx_tag'))
  })

  it('has each number of an equation, table, figure and footnote once', () => {
    const $ = page()
    const numbers = ofKind(blocks, 'equation').flatMap(({ number }) => (number === '' ? [] : [number]))
    expect(numbers).toEqual(texts($, ':is(.ltx_tag_equation, .ltx_tag_equationgroup)'))
    const captions = ofKind(blocks, 'figure').map(textOf)
    const tags = texts($, 'figcaption > .ltx_tag')
    expect(captions.length).toBe(tags.length)
    tags.forEach((tag, at) => {
      expect(captions[at]).toMatch(tag)
    })
    expect(ofKind(blocks, 'note').length).toBe($('article .ltx_note').length)
    expect(ofKind(blocks, 'table').length).toBe($('article .ltx_tabular').length)
  })

  it('has each formula that stands by itself once', () => {
    const $ = load(html)
    const rows = $('.ltx_eqn_row')
      .toArray()
      .filter((row) => $(row).find('math').length > 0)
    const lines = ofKind(blocks, 'equation').flatMap((block) => block.lines)
    expect(lines.length).toBeGreaterThanOrEqual(rows.length)
    expect(rows.length).toBeGreaterThan(0)
  })

  it('leads from each link to its place', () => {
    const anchors = blocks.flatMap((block) => block.anchors ?? [])
    expect(new Set(anchors).size).toBe(anchors.length)
    const links = blocks.flatMap(runsIn).flatMap(({ href }) => (href?.startsWith('#') ? [href.slice(1)] : []))
    for (const link of links) expect(anchors).toContain(link)
    const $ = load(html)
    const wanted = $('article a[href^="#"]')
      .toArray()
      .map((one) => ($(one).attr('href') ?? '').slice(1))
    const marks = ofKind(blocks, 'note').length
    expect(wanted.length).toBeGreaterThan(20)
    expect(links.filter((link) => wanted.includes(link)).length).toBeGreaterThanOrEqual(wanted.length - marks)
  })

  it('has every word as often as the page', () => {
    const $ = page()
    $('article :is(span, div)').before(' ').after(' ')
    const words = (text: string) => (text.normalize('NFKC').match(/\p{L}{5,}/gu) ?? []).sort()
    const keywords = /^(?:Require|Ensure|while|return)$/
    const spoken = (text: string) => words(text).filter((word) => !keywords.test(word))
    expect(spoken(textOfBlocks(top, 'without formulas'))).toEqual(spoken($('article').text()))
  })
})

it.skipIf(names.length > 0)('papers by LaTeXML are skipped where ../shared is absent', () => {})
