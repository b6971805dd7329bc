// Pages as nobody should write them. What can be read of them is read, once, in bounded time.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFullText } from '../../../src/text/latexml.ts'
import { allBlocks, runsIn, textOfBlocks } from '../../support/latexml.ts'

/** How often each word of these stands in the text of a page. */
function counts(html: string, word: RegExp): Map<string, number> {
  const text = textOfBlocks(parseFullText(html).blocks).normalize('NFKC')
  const found = new Map<string, number>()
  for (const [one] of text.matchAll(word)) found.set(one, (found.get(one) ?? 0) + 1)
  return found
}

/** What must be true of the blocks of any page. */
function expectSound(html: string): void {
  const blocks = allBlocks(parseFullText(html, 'https://arxiv.org/html/2401.00001').blocks)
  const anchors = new Set(blocks.flatMap((block) => block.anchors ?? []))
  expect(textOfBlocks(blocks)).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/,
  )
  for (const { text, href } of blocks.flatMap(runsIn)) {
    expect(text).not.toMatch(/^$|\n/)
    if (href?.startsWith('#')) expect(anchors).toContain(href.slice(1))
    else if (href !== undefined) expect(href).toMatch(/^https?:\/\//)
  }
}

const NAMES =
  'p div section span b i a sup sub ul ol li dl dt dd table thead tbody tr td th caption figure figcaption blockquote pre code h1 h2 h6 q article main details summary svg text foreignObject math mi center'.split(
    ' ',
  )
const CLASSES =
  'ltx_para ltx_p ltx_note ltx_note_content ltx_theorem ltx_title ltx_equation ltx_equationgroup ltx_eqn_row ltx_eqn_cell ltx_eqn_eqno ltx_listing ltx_listingline ltx_tabular ltx_tbody ltx_tr ltx_td ltx_bibitem ltx_biblist ltx_tag ltx_tag_equation ltx_authors ltx_creator ltx_personname ltx_author_notes ltx_contact ltx_itemize ltx_item ltx_description ltx_figure ltx_caption ltx_float ltx_lst_space ltx_ERROR ltx_bibblock ltx_abstract ltx_title_keywords ltx_inline-block ltx_font_italic ltx_rule'.split(
    ' ',
  )

type Tree = { name: string; classes: string[]; href: number; isClosed: boolean; children: readonly Tree[] }

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record(
    {
      name: fc.constantFrom(...NAMES),
      classes: fc.array(fc.constantFrom(...CLASSES), { maxLength: 2 }),
      href: fc.nat(20),
      isClosed: fc.boolean(),
      children: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant([]),
        fc.array(tie('tree'), { maxLength: 4 }),
      ),
    },
    { noNullPrototype: true },
  ),
}))

/** A page of trees: a word of its own before, in and after each element, some elements without an end. */
function pageOf(trees: readonly Tree[], isWellFormed: boolean): { html: string; words: string[] } {
  const words: string[] = []
  let count = 0
  const word = () => {
    words.push(`q${words.length}x`)
    return words.at(-1)
  }
  const print = ({ name, classes, href, isClosed, children }: Tree): string => {
    const id = `n${count++}`
    const inside = [word(), ...children.map(print), word()].join(' ')
    const end = isClosed || isWellFormed ? `</${name}>` : ''
    return `<${name} id="${id}" class="${classes.join(' ')}" href="#n${href}">${inside}${end} ${word()} `
  }
  return { html: trees.map(print).join(''), words }
}

describe('any page', () => {
  const isRead = (html: string, words: readonly string[]) =>
    expect(Object.fromEntries(counts(html, /q\d+x/g))).toEqual(
      Object.fromEntries(words.map((word) => [word, 1])),
    )

  it('is read whole, each word once, whatever stands in what', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), fc.boolean(), (trees, isWellFormed) => {
        const { html, words } = pageOf(trees, isWellFormed)
        isRead(`<body>${html}</body>`, words)
        expectSound(html)
      }),
      { numRuns: 1500 },
    )
  })

  it('is read without an error, cut anywhere and mixed with anything', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '</',
        '"',
        "'",
        '=',
        '&',
        '<!--',
        '-->',
        '<![CDATA[',
        '<?',
        '/>',
        '<p',
        '<a href=',
        '<math alttext=',
      ),
      fc.constantFrom(
        '<title>',
        '<script>',
        '</script>',
        '<b><i></b></i>',
        '<table><tr>',
        '\u0000',
        '\u001b[2J',
        '\u202e',
        '&#27;',
      ),
      fc.constantFrom(
        '<span class="ltx_note">',
        '<div class="ltx_authors">',
        '<svg><path/>',
        '<li value=9>',
        '<td colspan=-1>',
      ),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => expectSound(pieces.join(''))),
      { numRuns: 1500 },
    )
  })
})

describe('hostile pages', () => {
  const many = 20_000
  // Each would take minutes or gigabytes where time is quadratic, and some overflow the stack.
  it.each([
    ['nested elements', '<div>', 'end'],
    ['nested lists', '<ul><li>', 'end'],
    ['nested tables', '<table><tr><td>', 'end'],
    ['nested quotes', '<blockquote>', 'end'],
    ['nested figures', '<figure>', 'end'],
    ['nested footnotes', '<span class="ltx_note">', 'end'],
    ['nested styles', '<b><i>', 'end'],
    ['paragraphs that never end', '<p>', 'end'],
    ['elements in the wrong order', '<p><li><td><b></p>', 'end'],
    ['ends without beginnings', '</div>', 'end'],
    ['ends of other elements', '<b></x>', 'end'],
    ['ends within attributes', '<b title="</b>">', 'end'],
    ['ends within comments', '<b><!--</b>-->', 'end'],
    ['signs before comments', '<<!-- -->b>', 'end'],
    ['formulas', '<math alttext="x"></math>', 'end'],
    ['pieces of a line', '<span> a</span>', 'end'],
    ['paragraphs within a line', '<span class="ltx_p">a</span>', 'end'],
    ['authors', '<span class="ltx_creator">a</span>', 'end'],
    ['lines of a listing', '<div class="ltx_listingline">a</div>', 'end'],
    ['rows', '<tr><td>a<td>b', 'end'],
  ])('%s by the thousand are read to their end', (_kind, unit, end) => {
    const around = '<div class="ltx_authors"><div class="ltx_listing"><table>'
    const text = textOfBlocks(parseFullText(`${around}${unit.repeat(many)}${end}`).blocks)
    expect(text).toContain(end)
  })

  it.each([
    ['attributes', `<p ${'a=1 '.repeat(1_000_000)}>end`],
    ['classes', `<p class="${'ltx_p '.repeat(300_000)}">end`],
    ['spans of columns', '<table><tr><td colspan="999999999" rowspan="999999999">end<td>b'],
    ['a tag that never ends', `end${'<a '.repeat(1_000_000)}`],
    ['a comment that never ends', `end${'<!--'.repeat(1_000_000)}`],
    ['a script that never ends', `end<script>${'<script>'.repeat(1_000_000)}`],
    ['signs', `${'<'.repeat(1_000_000)} end`],
    ['entities', `${'&amp;&#x1b;&bogus;'.repeat(100_000)} end`],
    ['marks on a letter', `a${'\u0301'.repeat(100_000)} end`],
    ['marks in pieces', `a${'<b>\u0301</b>'.repeat(10_000)} end`],
  ])('%s without measure', (_kind, html) => {
    expect(textOfBlocks(parseFullText(html).blocks)).toContain('end')
    expectSound(html)
  })

  it('keeps the text of what is nested too deep, and closes it where it ends', () => {
    const { blocks } = parseFullText(`${'<div>'.repeat(5000)}in${'</div>'.repeat(5000)}<h1>after</h1>`)
    expect(blocks).toEqual([
      { kind: 'paragraph', runs: [{ text: 'in' }] },
      { kind: 'heading', level: 1, runs: [{ text: 'after' }] },
    ])
  })

  it('reads the beginning of a page that is far too long, and says so', () => {
    for (const html of ['<p>word'.repeat(300_001), 'word'.repeat(5_000_001)]) {
      const { blocks } = parseFullText(html)
      expect(textOfBlocks(blocks.slice(0, 1))).toMatch(/^word/)
      expect(textOfBlocks(blocks.slice(-1))).toMatch(/too long/)
    }
  })
})
