import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block, Run } from '../../src/text/document.ts'
import { latexText, mathLines } from '../../src/text/latex.ts'
import { parseMarkdown } from '../../src/text/markdown.ts'
import { sanitise } from '../../src/text/sanitise.ts'

/** Runs as text: `*italic*`, `!bold!`, `` `code` ``, `-dim-`, `{math}`, `[text](address)`. */
function printRuns(runs: readonly Run[]): string {
  const signs = { italic: '**', bold: '!!', code: '``', dim: '--', math: '' }
  return runs
    .map(({ text, styles = [], href }) => {
      const styled = styles.reduce(
        (inner, style) => (signs[style][0] ?? '') + inner + (signs[style][1] ?? ''),
        text,
      )
      return href === undefined ? styled : `[${styled}](${href})`
    })
    .join('')
}

/** Blocks as lines, as a reader would take them down. */
function print(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case 'heading':
        return `${'#'.repeat(block.level)} ${printRuns(block.runs)}`
      case 'paragraph':
        return printRuns(block.runs)
      case 'list':
        return block.items.flatMap(({ label, blocks: inner }) =>
          print(inner).map((line, at) => (at === 0 ? `${label} ${line}` : `  ${line}`)),
        )
      case 'quote':
        return print(block.blocks).map((line) => `> ${line}`)
      case 'verbatim':
        return block.lines.map((line) => `: ${line.map(({ text }) => text).join('')}`)
      case 'table':
        return block.rows.map((row) =>
          row.map(({ runs, align }) => `${align[0]} ${printRuns(runs)}`).join(' | '),
        )
      case 'equation':
        return block.lines.map((line) => `= ${line}`)
      case 'rule':
        return '———'
      default:
        throw new Error(`Markdown has no ${block.kind}`)
    }
  })
}

const allRuns = (blocks: readonly Block[]): Run[] =>
  blocks.flatMap((block): Run[] => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        return [...block.runs]
      case 'list':
        return block.items.flatMap(({ blocks: inner }) => allRuns(inner))
      case 'quote':
        return allRuns(block.blocks)
      case 'verbatim':
        return block.lines.flat()
      case 'table':
        return block.rows.flat().flatMap(({ runs }) => runs)
      case 'equation':
        return block.lines.map((text) => ({ text }))
      default:
        return []
    }
  })

describe('blocks', () => {
  it.each([
    ['nothing', '', []],
    ['blank lines', '\n \n\t\n', []],
    ['paragraphs', 'The harbour\n\nthe lantern', ['The harbour', 'the lantern']],
    ['line breaks, as the Hub shows them', 'one\ntwo  \nthree\\\nfour', ['one', 'two', 'three', 'four']],
    ['line breaks of other systems', 'one\r\ntwo\r\n\r\nthree', ['one', 'two', 'three']],
    ['headings', '# A *b*\n### C ###\nD\n===', ['# A *b*', '### C', '# D']],
    ['no headings', '#tag\n#', ['#tag']],
    ['lists', '- one\n- two\n\n  more', ['• one', '• two', '  more']],
    ['numbered lists', '3. three\n4. four', ['3. three', '4. four']],
    ['lists in lists', '* a\n  1. b\n     - c\n* d', ['• a', '  1. b', '    • c', '• d']],
    ['tasks', '- [ ] open\n- [x] done\n- [X] *done* too', ['☐ open', '☑ done', '☑ *done* too']],
    ['a number that begins a line', 'Since\n1984. they', ['Since', '1984. they']],
    ['quotes', '> one\ntwo\n>\n> > three', ['> one', '> two', '> > three']],
    ['code', '```py\nif x:\n\ty = "*"\n\n  z\n```', [': if x:', ':     y = "*"', ': ', ':   z']],
    ['code that never ends', '~~~\na\n\nb', [': a', ': ', ': b']],
    ['indented code', '    a  b\n    - c', [': a  b', ': - c']],
    ['rules', 'a\n\n---\n\n* * *', ['a', '———', '———']],
    ['tables', '| a | b |\n|:-:|--:|\n| *x* | `y` |\n| z |', ['c a | r b', 'c *x* | r `y`', 'c z | r ']],
    ['breaks in cells', 'a | b\n-|-\none<br>two | 3', ['l a | l b', 'l one two | l 3']],
    ['no table: it would lose a cell', 'a | b\n-|-\n1 | 2 | 3', ['a | b', '-|-', '1 | 2 | 3']],
  ])('%s', (_name, source, expected) => {
    expect(print(parseMarkdown(source))).toEqual(expected)
  })

  it('tables have one row of headings', () => {
    expect(parseMarkdown('a | b\n-|-\n1 | 2')).toMatchObject([{ kind: 'table', head: 1 }])
  })
})

describe('running text', () => {
  it.each([
    ['a *b* __c__ ***d*** `e  *f*` ~~g~~', 'a *b* !c! !*d*! `e  *f*` -g-'],
    ['**bold *both* bold**', '!bold !*!both!*! bold!'],
    ['snake_case_name, a ** b, 2 * 3', 'snake_case_name, a ** b, 2 * 3'],
    ['\\*not\\* \\_emphasised\\_ \\# \\\\', '*not* _emphasised_ # \\'],
    ['@ada :tada: 🎉 👩\u200d🚀', '@ada :tada: 🎉 👩\u200d🚀'],
    ['a &amp; b &lt;c&gt; &#65;&#x42; &amp;lt; &copy; AT&T', 'a & b <c> AB &lt; &copy; AT&T'],
    ['`&amp;`', '`&amp;`'],
    ['a  b\u00a0 c', 'a b c'],
  ])('%s', (source, expected) => {
    expect(print(parseMarkdown(source))).toEqual([expected])
  })
})

describe('links', () => {
  it.each([
    [
      '[a *b*](https://example.org/x_y "title") c',
      '[a ](https://example.org/x_y)[*b*](https://example.org/x_y) c',
    ],
    [
      'https://example.org/a_b_c, or www.example.org.',
      '[https://example.org/a_b_c](https://example.org/a_b_c), or [www.example.org](http://www.example.org/).',
    ],
    ['<https://example.org/?a=1&b=2>', '[https://example.org/?a=1&b=2](https://example.org/?a=1&b=2)'],
    ['[one][1] [1]\n\n[1]: https://example.org/1', '[one](https://example.org/1) [1](https://example.org/1)'],
    ['![a chart](https://example.org/c.png)', '[[a chart]](https://example.org/c.png)'],
    ['![](https://example.org/c.png)', '[[picture]](https://example.org/c.png)'],
    ['[![logo](https://example.org/l.png)](https://example.org/)', '[[logo]](https://example.org/)'],
    ['[run](javascript:alert(1)) [file](file:///etc/passwd) [data](data:text/html,x)', 'run file data'],
    ['[home](/ada) [up](../x) [part](#part)', 'home up part'],
    ['ada@example.org <bo@example.org> [mail](mailto:a@example.org)', 'ada@example.org bo@example.org mail'],
    ['![x](data:image/png;base64,AAAA)', '[x]'],
    ['[a](https://example.org/\u202e)', '[a](https://example.org/)'],
    ['[never closed](https://example.org', '[never closed]([https://example.org](https://example.org/)'],
  ])('%s', (source, expected) => {
    expect(print(parseMarkdown(source))).toEqual([expected])
  })
})

describe('HTML', () => {
  it.each([
    ['a <b>bold</b> <i class="x">word</i>', ['a bold word']],
    ['one<br>two<BR />three', ['one', 'two', 'three']],
    ['<div>\n\n**a**\n\n</div>', ['!a!']],
    ['<p align="center"><img src="https://example.org/a.png"> a</p>b', ['a', 'b']],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', ['a b', 'c']],
    ['<details><summary>More</summary>\n\n- x\n\n</details>', ['More', '• x']],
    ['<script>alert(1)</script> <style>p { color: red }</style>', ['alert(1) p { color: red }']],
    ['a <!-- no --> b <!DOCTYPE html>', ['a b']],
    [
      'the <think> token, </think>, <image_1> and <|end|>',
      ['the <think> token, </think>, <image_1> and <|end|>'],
    ],
    ['p<0.05, a < b and c > d, x<y>z', ['p<0.05, a < b and c > d, x<y>z']],
    ['<a href="x">\n\nhttps://example.org/', ['[https://example.org/](https://example.org/)']],
    ['<img src=x onerror=alert(1)>', []],
  ])('%s', (source, expected) => {
    expect(print(parseMarkdown(source))).toEqual(expected)
  })
})

describe('mathematics', () => {
  it.each([
    '$\\alpha_{1} * \\beta_{2}$',
    '$x_{i}^*$',
    '$$a * b * c$$',
    '\\(x_{i}\\)',
    '\\[x_{i}\\]',
    '$`a`$',
  ])('%s is not read as Markdown', (formula) => {
    const text = allRuns(parseMarkdown(`so *if* ${formula} *then*`)).map(({ text }) => text)
    expect(text.join('')).toBe(`so if ${latexText(formula)} then`)
  })

  it('in the Hub’s own brackets has two backslashes', () => {
    const text = allRuns(parseMarkdown('a \\\\(x_{i} * y\\\\) b')).map(({ text }) => text)
    expect(text.join('')).toBe(`a ${latexText('\\(x_{i} * y\\)')} b`)
  })

  it('keeps the styles around it', () => {
    const runs = allRuns(parseMarkdown('**if $x$**'))
    expect(runs.length).toBeGreaterThan(0)
    for (const { styles } of runs) expect(styles).toContain('bold')
  })

  it.each(['$$\n\\sum_{i} x_{i}\n= 3\n$$', '  $$\\sum_{i} x_{i}\n= 3$$', '\\[\n\\sum_{i} x_{i}\n= 3\n\\]'])(
    '%j on lines of its own is an equation',
    (formula) => {
      const lines = mathLines('\\sum_{i} x_{i}\n= 3')
      expect(parseMarkdown(`where\n${formula}\nholds`)).toEqual([
        { kind: 'paragraph', runs: [{ text: 'where' }] },
        { kind: 'equation', lines, number: '' },
        { kind: 'paragraph', runs: [{ text: 'holds' }] },
      ])
    },
  )

  it.each([
    ['costs $5 and *really* $7', 'costs $5 and *really* $7'],
    ['$5, \\$6 or US$7', '$5, $6 or US$7'],
    ['\\[1\\] says', '[1] says'],
    ['$$ never closed', '$$ never closed'],
    ['`$x$`', '`$x$`'],
  ])('%s has none', (source, expected) => {
    expect(print(parseMarkdown(source))).toEqual([expected])
  })
})

const PLAIN = 'The lantern, the harbour and 17 boats'

describe('hostile text', () => {
  const many = 100_000
  it.each([
    ['a megabyte of words', `${PLAIN} `.repeat(27_000)],
    ['a megabyte of lines', `${PLAIN}\n\n`.repeat(26_000)],
    ...[
      '>',
      '> ',
      '[',
      '![',
      '*',
      '**a ',
      '_',
      '~~',
      '`',
      '<',
      '<a ',
      '<!--',
      '$',
      '$$',
      '\\(',
      '\\',
      '|',
      '|-',
      '- ',
      '1. ',
      '#',
      '&',
      '(',
      '\n',
      '\t',
      '> - ',
      '[a](',
      '\u0301',
      '\u202e',
    ].map((sign): [string, string] => [`${many} times ${JSON.stringify(sign)}`, sign.repeat(many)]),
  ])('%s', (_name, source) => {
    const text = allRuns(parseMarkdown(`${PLAIN}\n\n${source}\n\n${PLAIN}`)).map(({ text }) => text)
    expect(text[0]).toContain(PLAIN)
    expect(text.at(-1)).toContain(PLAIN)
  })

  // As long as a text may be that is still read as Markdown.
  it.each([
    ['quotes in quotes', '> ', 'deep'],
    ['lists in lists', '- ', 'deep'],
    ['both', '> - ', 'deep'],
    ['brackets', '[', `deep${']'.repeat(10_000)}`],
    ['links in links', '![', `deep${'](https://example.org)'.repeat(500)}`],
    ['emphasis in emphasis', '*a _b ', `deep${'c_ d*'.repeat(2000)}`],
    ['emphasis that never ends', 'a _*', 'deep'],
    ['emphasis that ends once', ' *a', 'deep*'],
    ['links that never end', '[a](b', ') deep'],
    ['addresses of mail', 'a-_', 'deep'],
  ])('%s stay within bounds and lose no word', (_name, sign, end) => {
    const source = sign.repeat(10_000 / sign.length) + end
    const text = allRuns(parseMarkdown(source)).map(({ text }) => text)
    expect(text.join('')).toContain('deep')
  })

  it('quotes that come back from every depth', () => {
    const down = Array.from({ length: 100 }, (_, at) => `${'>'.repeat(100 - at)} word${at}`).join('\n')
    const text = allRuns(parseMarkdown(down.repeat(4))).map(({ text }) => text)
    expect(text.join(' ').match(/word\d+/g)).toHaveLength(400)
  })

  it('a table of a wide head and narrow rows', () => {
    const table = `${'|a'.repeat(1000)}\n${'|-'.repeat(1000)}\n${'|b\n'.repeat(5000)}`
    expect(parseMarkdown(table).map(({ kind }) => kind)).not.toContain('table')
  })
})

const marks = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '~~',
    '`',
    '```',
    '[',
    '](',
    ')',
    '![',
    '<',
    '>',
    '</',
    '<br>',
    '|',
    '-',
    '|-|',
    '#',
    '# ',
    '> ',
  ],
  ...[
    '- ',
    '1. ',
    '    ',
    '\n',
    '\n\n',
    ' ',
    '\t',
    '\\',
    '$',
    '$$',
    '\\(',
    '\\)',
    '&',
    '&#',
    '&#27;',
    ';',
    '---',
    '===',
    ':',
  ],
  ...[
    'https://',
    'www.',
    '@',
    '.',
    '[a]: ',
    '\u001b[31m',
    '\u202e',
    '\u200d',
    '\u0301',
    '👩',
    '漢',
    'é',
    'word',
    '42',
  ],
)
const tangle = fc.oneof(fc.string({ unit: marks, maxLength: 60 }), fc.string({ unit: 'binary' }))

describe('any text', () => {
  it('is read, and nothing of it is unfit for a terminal', () => {
    fc.assert(
      fc.property(tangle, (source) => {
        for (const { text, href } of allRuns(parseMarkdown(source))) {
          expect(text).toBe(sanitise(text))
          expect(text).not.toMatch(/\n/)
          if (href !== undefined) expect(href).toMatch(/^https?:\/\/[!-~]+$/)
        }
      }),
      { numRuns: 3000 },
    )
  })

  const word = fc.stringMatching(/^[a-z]{1,8}[0-9]{0,2}$/)
  const phrase = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '))
  const styled = fc
    .tuple(
      phrase,
      fc.constantFrom(
        ['', ''],
        ['*', '*'],
        ['**', '**'],
        ['~~', '~~'],
        ['`', '`'],
        ['[', '](https://example.org)'],
        ['<b>', '</b>'],
        ['\\[', '\\]'],
        ['(', ')'],
      ),
    )
    .map(([text, [before = '', after = '']]) => before + text + after)
  const line = fc.array(styled, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '))
  const block = fc
    .tuple(
      fc.array(line, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '# ', '> ', '> > ', '- ', '  - ', '7. ', '- [ ] '),
    )
    .map(([lines, before]) => lines.map((text) => before + text).join('\n'))
  const document = fc.array(block, { minLength: 1, maxLength: 5 }).map((blocks) => blocks.join('\n\n'))

  it('keeps every word, in order', () => {
    fc.assert(
      fc.property(document, (source) => {
        const words = source
          .replace(/\]\(https:\/\/example\.org\)|<\/?b>|^ *(?:7\.|- \[ \])/gm, ' ')
          .match(/[a-z0-9]+/g)
        const shown = allRuns(parseMarkdown(source)).map(({ text }) => text)
        expect(shown.join(' ').match(/[a-z0-9]+/g)).toEqual(words)
      }),
      { numRuns: 1000 },
    )
  })
})
