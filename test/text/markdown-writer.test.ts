import { load } from 'cheerio'
import fc from 'fast-check'
import { marked } from 'marked'
import { describe, expect, it } from 'vitest'
import type { Block, Run, TableCell } from '../../src/text/document.ts'
import { writeMarkdown } from '../../src/text/markdown-writer.ts'

const runs = (text: string): Run[] => [{ text }]
const paragraph = (...content: Run[]): Block => ({ kind: 'paragraph', runs: content })
const cell = (text: string): TableCell => ({ runs: runs(text), columns: 1, rows: 1, align: 'left' })

describe('Markdown', () => {
  it.each<[string, Block, string]>([
    ['a heading', { kind: 'heading', level: 2, runs: runs('1 Wicks') }, '## 1 Wicks'],
    [
      'words in their styles',
      paragraph(
        { text: 'A ' },
        { text: 'bold ', styles: ['bold'] },
        { text: 'wick', styles: ['italic'] },
        { text: ' ' },
        { text: 'a`b', styles: ['code'] },
      ),
      'A **bold** *wick* `` a`b ``',
    ],
    [
      'links out of the text, and those within it as words',
      paragraph(
        { text: 'see!' },
        { text: 'it', href: 'https://x.example/(a b)' },
        { text: '[1]', href: '#bib1' },
      ),
      'see\\![it](https://x.example/%28a%20b%29)\\[1\\]',
    ],
    [
      'what looks like marks',
      paragraph({ text: '*a* _b_ <c> [d] `e` & l₂-f' }),
      '\\*a\\* \\_b\\_ \\<c\\> \\[d\\] \\`e\\` \\& l₂-f',
    ],
    ['what looks like a list', paragraph({ text: '1. Wicks' }), '1\\. Wicks'],
    ['what looks like a heading', paragraph({ text: '# Wicks' }), '\\# Wicks'],
    [
      'a list',
      {
        kind: 'list',
        items: [
          { label: '•', blocks: [paragraph({ text: 'one' })] },
          { label: '(α)', blocks: [paragraph({ text: 'two' })] },
        ],
      },
      '- one\n- (α) two',
    ],
    [
      'a list with numbers',
      {
        kind: 'list',
        items: [
          { label: '9.', blocks: [paragraph({ text: 'one' })] },
          { label: '10.', blocks: [paragraph({ text: 'two' }), paragraph({ text: 'more' })] },
        ],
      },
      '9. one\n10. two\n    \n    more',
    ],
    ['a heading with a number', { kind: 'heading', level: 3, runs: runs('2.1 Wicks') }, '### 2.1 Wicks'],
    [
      'a formula',
      { kind: 'equation', lines: ['a = b', '  = c'], number: '(3)' },
      '```\na = b\n  = c\n(3)\n```',
    ],
    [
      'code with a fence in it',
      { kind: 'verbatim', lines: [runs('```'), runs('  x')] },
      '````\n```\n  x\n````',
    ],
    [
      'a table',
      { kind: 'table', head: 1, rows: [[cell('a'), cell('b|c')], [cell('d')]] },
      '| a | b\\|c |\n| --- | --- |\n| d |  |',
    ],
    [
      'a table with a cell of two rows',
      {
        kind: 'table',
        head: 0,
        rows: [[{ ...cell('a'), rows: 2 }, cell('b')], [cell('c')]],
      },
      '|  |  |\n| --- | --- |\n| a | b |\n|  | c |',
    ],
    [
      'a figure',
      {
        kind: 'figure',
        pictures: [{ src: 'https://x.example/1.png', alt: 'a wick' }],
        blocks: [],
        caption: runs('Figure 1: A wick.'),
      },
      '![a wick](https://x.example/1.png)\n\nFigure 1: A wick.',
    ],
    [
      'a theorem',
      { kind: 'theorem', title: runs('Lemma 1.'), blocks: [paragraph({ text: 'So.' })] },
      '**Lemma 1.**\n\nSo.',
    ],
    [
      'a quote',
      { kind: 'quote', blocks: [paragraph({ text: 'a' }), paragraph({ text: 'b' })] },
      '> a\n> \n> b',
    ],
    ['a footnote', { kind: 'note', label: '1', blocks: [paragraph({ text: 'Aside.' })] }, '> 1 Aside.'],
    ['an entry', { kind: 'reference', label: '[3]', runs: runs('A Book.') }, '- \\[3\\] A Book.'],
    ['a rule', { kind: 'rule' }, '---'],
  ])('has %s', (_, block, text) => {
    expect(writeMarkdown([block])).toBe(text)
  })

  it('says what the blocks said, whatever stands in it', () => {
    const words = fc.string({
      unit: fc.constantFrom(...'ab 1.#-+*_`[]()<>~!&\\|"\'='),
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(words, (text) => {
        // Read as other programs do: to our own reader, which knows formulas, `\[a\&\]` is one.
        const page = marked.parse(writeMarkdown([paragraph({ text })]), { async: false })
        const signs = (from: string) => from.replace(/\s/g, '')
        expect(signs(load(page).text())).toBe(signs(text))
      }),
      { numRuns: 1000 },
    )
  })
})
