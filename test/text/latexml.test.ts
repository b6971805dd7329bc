// Pages as blocks. The one with every construct is in test/fixtures/fulltext/; `vitest run -u` writes its blocks anew.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseFullText } from '../../src/text/latexml.ts'
import { allBlocks, printBlocks, runsIn } from '../support/latexml.ts'

const fixture = (name: string) => join(import.meta.dirname, `../fixtures/fulltext/${name}`)
const everything = readFileSync(fixture('every-construct.html'), 'utf8')

const printed = (html: string, address?: string) => printBlocks(parseFullText(html, address).blocks)
/** A table of pages and how their blocks are printed. */
const reads = (name: string, html: string, ...lines: string[]) =>
  it(name, () => expect(printed(html).split('\n')).toEqual(lines))

const article = (html: string) => `<article class="ltx_document">${html}</article>`

describe('a paper by LaTeXML', () => {
  it('is read part by part', async () => {
    expect(parseFullText(everything).isLatexml).toBe(true)
    await expect(`${printed(everything)}\n`).toMatchFileSnapshot(fixture('every-construct.txt'))
  })

  it('has an anchor for each link within it', () => {
    const blocks = allBlocks(parseFullText(everything).blocks)
    const anchors = new Set(blocks.flatMap((block) => block.anchors ?? []))
    const links = blocks.flatMap(runsIn).flatMap(({ href }) => (href?.startsWith('#') ? [href.slice(1)] : []))
    const names = 'footnote1 footnote2 footnote3 bib.bib1 bib.bib2 abstract1 S1 S2 A1 S1.E1 S1.E2 S1.E3 Thm1'
    const more = 'S1.I1.i2 S1.I3.ix1 S1.T1 S1.T1.r1 S1.F1 S1.F1.sf1 alg1.l10'
    expect(new Set(links)).toEqual(new Set(`${names} ${more}`.split(' ')))
    for (const link of links) expect(anchors).toContain(link)
  })

  it('is read as far as it goes where its end is missing', () => {
    // What nothing leads to has no anchor.
    const beginning = (html: string) =>
      printed(html)
        .replace(/ <\w+>$/gm, '')
        .split('\n')
        .slice(0, 12)
    for (let at = everything.indexOf('<section id="S1"'); at < everything.length; at += 211)
      expect(beginning(everything.slice(0, at))).toEqual(beginning(everything))
  })

  const row = (cells: string, number = '') =>
    `<tr class="ltx_equation ltx_eqn_row">${cells}${number && `<td class="ltx_eqn_eqno" rowspan="2"><span class="ltx_tag">${number}</span></td>`}</tr>`
  const formula = (tex: string) => `<td class="ltx_eqn_cell"><math alttext="${tex}"></math></td>`

  reads(
    'takes a number that spans rows for all of them',
    article(
      `<table class="ltx_equationgroup">${row(formula('a'), '(1)')}${row(formula('b'))}${row(formula('c'))}</table>`,
    ),
    'equation (1)',
    '  a',
    '  b',
    'equation',
    '  c',
  )
  reads(
    'puts the cells of rows that have one number under each other',
    article(
      `<table class="ltx_equationgroup">${row(`<td class="ltx_eqn_cell ltx_eqn_center_padleft"></td>${formula('abc')}${formula('=d')}`, '(1)')}${row(`<td class="ltx_eqn_cell ltx_eqn_center_padleft"></td><td></td>${formula('\\le e')}`)}</table>`,
    ),
    'equation (1)',
    '  abc = d',
    '      ≤ e',
  )
  reads(
    'puts the relation of three cells beside what follows it',
    article(
      `<table class="ltx_equationgroup">${row(formula('ab') + formula('=') + formula('c'), '(1)')}${row(`<td></td>${formula('=')}${formula('d')}`)}</table>`,
    ),
    'equation (1)',
    '  ab = c',
    '     = d',
  )
  reads(
    'reads an equation that is no table',
    article(
      '<p>so <span id="E1" class="ltx_equation"><span class="ltx_tag">(7)</span><math alttext="x=1"></math></span> then <a href="#E1">E</a></p>',
    ),
    '| so',
    'equation (7) <E1>',
    '  x = 1',
    '| then [E](#E1)',
  )
  reads(
    'keeps the text of an equation that has no formula',
    article(`<table class="ltx_equation">${row('<td class="ltx_eqn_cell">some words</td>', '(2)')}</table>`),
    'equation (2)',
    '  some words',
  )
  reads(
    'reads formulas by their source, and never twice',
    article(
      '<p><math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\alpha</annotation></semantics></math>, <math alttext=""><mi>y</mi><mo>=</mo><mn>1</mn></math></p><math display="block" alttext="z"></math>',
    ),
    '| $α$, y=1',
    'equation',
    '  z',
  )
  reads(
    'takes a minus that joins words for a hyphen',
    article('<p><math alttext="k-"></math>means and <math alttext="n-"></math> words</p>'),
    '| $k-$means and $n−$ words',
  )
  reads(
    'has a heading once that is set twice in a row',
    article('<h2>Works</h2><h2>Works</h2><p>a</p><h2>Works</h2>'),
    '## Works',
    '| a',
    '## Works',
  )
  reads(
    'gives a mark that is repeated no second note',
    article(
      '<p>a<span class="ltx_note ltx_role_footnotemark"><sup class="ltx_note_mark">3</sup><span class="ltx_note_content"><sup class="ltx_note_mark">3</sup></span></span> b</p>',
    ),
    '| a³ b',
  )
  reads(
    'keeps the marks of two footnotes apart',
    article(
      '<p>a<span class="ltx_note"><sup class="ltx_note_mark">1</sup>x</span><span class="ltx_note"><sup class="ltx_note_mark">2</sup>y</span></p>',
    ),
    '| a¹,²',
    'note 1',
    '  | x',
    'note 2',
    '  | y',
  )
  reads(
    'reads a table within a line, which is made of spans',
    article(
      '<p>a <span class="ltx_tabular"><span class="ltx_tr"><span class="ltx_td">1</span><span class="ltx_td ltx_align_right">2</span></span></span></p>',
    ),
    '| a',
    'table, head 0',
    '  1 | >2',
  )
  reads(
    'reads an object as a picture, and leaves out pictures without an address',
    article(
      '<figure class="ltx_figure"><object type="image/svg+xml" data="https://example.org/a.svg">no</object><img src=""><img src="b.png"><img src="javascript:c"><figcaption>Figure 1</figcaption></figure>',
    ),
    'figure: Figure 1',
    '  picture https://example.org/a.svg ""',
  )
})

describe('what LaTeXML could not read', () => {
  const failed = (command: string) => `<span class="ltx_ERROR undefined">${command}</span>`
  reads(
    'is shown as it was written',
    article(`<p class="ltx_p">see${failed('\\mystery')}here</p>`),
    '| see \\mystery here',
  )
  reads(
    'is left out where it is LaTeXML’s own, with what it left before the title',
    article(
      `<div class="ltx_para"><p>all ${failed('\\lx@xy@option')}xy</p></div><h1 class="ltx_title_document">Title</h1>
       <div class="ltx_para"><p>One${failed('\\lx@other')}two</p></div>`,
    ),
    '# Title',
    '| One two',
  )
  const step = (command: string, text = '') => `${failed(`\\${command}`)}${text}`
  reads(
    'is set line by line where it is an algorithm',
    article(
      `${failed('{algorithm}')}<p class="ltx_p">[H] <span class="ltx_caption">Search</span>
       ${failed('\\lx@orig@algorithmic')}[1]
       ${step('REQUIRE', 'a list')}<br class="ltx_break">${step('FOR', 'each item')}${step('STATE', 'look')}
       ${step('If', 'found')}${step('State', 'stop')}${step('Else')}${step('STATE', 'go on')}${step('EndIf')}
       ${step('ENDFOR')}${step('RETURN', '<i>it</i>')}</p>`,
    ),
    '| Search',
    'verbatim',
    '  *Require:* a list',
    '  *for* each item *do*',
    '    look',
    '    *if* found *then*',
    '      stop',
    '    *else*',
    '      go on',
    '    *end if*',
    '  *end for*',
    '  *return* /it/',
  )
  reads(
    'stays a paragraph where a single command of one stands in it',
    article(`<p class="ltx_p">as ${step('STATE')} says</p>`),
    '| as \\STATE says',
  )
  reads(
    'does not go below the margin where more ends than begins',
    article(`<p class="ltx_p">${step('ENDIF')}${step('ENDWHILE')}${step('STATE', 'on')}</p>`),
    'verbatim',
    '  *end if*',
    '  *end while*',
    '  on',
  )
})

describe('links', () => {
  const link = (href: string) => `<h2 id="S1">x</h2><p><a href="${href}">to</a></p>`
  const here = 'https://arxiv.org/html/2401.00001'
  it.each([
    ['#S1', '#S1'],
    ['#S%31', '#S1'],
    ['https://arxiv.org/html/2401.00001v1#S1', '#S1'],
    ['https://ar5iv.labs.arxiv.org/html/2401.00001#S1', '#S1'],
    ['https://arxiv.org/html/2401.00002#S1', 'https://arxiv.org/html/2401.00002#S1'],
    ['https://example.org/#S1', 'https://example.org/#S1'],
    ['/abs/2401.00001', 'https://arxiv.org/abs/2401.00001'],
    ['//example.org/x', 'https://example.org/x'],
    ['#S2', undefined],
    ['#%zz', undefined],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['mailto:a@example.org', undefined],
    ['file:///etc/passwd', undefined],
  ])('%s leads to %s', (href, to) => {
    const { blocks } = parseFullText(link(href), here)
    expect(blocks.flatMap(runsIn).at(-1)).toEqual({ text: 'to', ...(to !== undefined && { href: to }) })
  })

  it('believe in the paper that they are part of where its page says nothing of itself', () => {
    expect(printed(link('https://arxiv.org/html/2401.00001v1#S1'))).toContain('[to](#S1)')
  })
})

describe('any other page', () => {
  reads(
    'is read by the meaning of its tags',
    `<html><head><title>no</title></head><body><nav>no</nav><main><h1 id="top">A page</h1>
     text in a body<div>text in a part</div><p>One <b>bold</b> <i>and</i> <code>code</code> <q>said</q>,<br>two.
     <ol start="3"><li>c<li>d<ul><li>e</ul></ol><dl><div><dt>term<dd>meaning<dd>another</div></dl><hr>
     <table><caption>Counts</caption><tr><th>a<th>b<tr><td>1<td align="right">2</table>
     <figure><img src="https://example.org/p.png" alt=" a  picture "><figcaption>Seen</figcaption></figure>
     <p>with <img src="https://example.org/i.png" alt="sign"> a <a href="#top">sign</a></p></main></body></html>`,
    '# A page <top>',
    '| text in a body',
    '| text in a part',
    '| One *bold* /and/ `code` “said”,',
    '| two.',
    'list',
    '  3.',
    '    | c',
    '  4.',
    '    | d',
    '    list',
    '      •',
    '        | e',
    'list',
    '  term',
    '    | meaning',
    '    | another',
    '---',
    'figure: Counts',
    '  table, head 1',
    '    a | b',
    '    1 | >2',
    'figure: Seen',
    '  picture https://example.org/p.png "a picture"',
    '| with a [sign](#top)',
    'figure:',
    '  picture https://example.org/i.png "sign"',
  )
  reads(
    'shows nothing that is hidden or does something',
    `<p>seen</p><p hidden>no</p><p style="color:red; display : none">no</p><script>no</script><style>no</style>
     <template><p>no</p></template><iframe>no</iframe><form><p>no</p></form><button>no</button><select><option>no</select>
     <textarea>no</textarea><noscript>no</noscript><span aria-hidden="true">no</span><svg><title>no</title><desc>no</desc></svg>
     <img src="data:image/png;base64,AAAA"><p onclick="no()">seen too</p><!-- no --><object data="x">no</object>`,
    '| seen',
    '| seen too',
  )
  reads('is collapsed as HTML is', '<p> a \n <b> b</b>\t<i> c </i> </p>   <p>&nbsp;</p>', '| a *b* /c/')
  reads('is text where it has no tags', 'a < b & c', '| a < b & c')
  reads('is nothing where there is nothing', '', '')
  reads(
    'has no escapes, no text in the wrong direction and none that is out of sight',
    '<p>a\u001b[31mb&#27;]0;c\u202ed\u200be&#x202e;f</p>',
    '| ab]0;cdef',
  )
  reads(
    'keeps the lines of code',
    '<pre>\n\n a\n\tb  c<br>d\n</pre>',
    'verbatim',
    '   a',
    '      b  c',
    '  d',
  )
  reads(
    'raises and lowers what can be, and marks the rest',
    '<p>x<sup>2</sup> y<sub>i</sub> z<sup>Q</sup> w<sub>max!</sub> v<sup><a href="https://example.org/">1</a>,2</sup></p>',
    '| x² yᵢ z^Q w_(max!) v[¹](https://example.org/),²',
  )
  reads(
    'is read frame by frame where a table has but one column',
    '<table><tr><td><h2>Head</h2><p>One</p><tr><td>Two</table>',
    '## Head',
    '| One',
    '| Two',
  )
  reads(
    'has spans that end with their table',
    '<table><tr><td rowspan="9">a<td colspan="0">b<tr><td rowspan="0">c</table>',
    'table, head 0',
    '  {1x2}a | b',
    '  c',
  )
})
