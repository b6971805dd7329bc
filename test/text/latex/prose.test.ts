import { describe, expect, it } from 'vitest'
import type { Run } from '../../../src/text/document.ts'
import { latexRuns, latexText } from '../../../src/text/latex.ts'

/** A table of texts and how a reader sees them. */
const reads = (rows: readonly (readonly [source: string, text: string])[]) =>
  it.each(rows)('%s', (source, text) => {
    expect(latexText(source)).toBe(text)
  })

/** A table of texts that are no LaTeX. */
const stays = (...texts: string[]) =>
  it.each(texts)('%s', (text) => {
    expect(latexText(text)).toBe(text)
  })

describe('styles', () => {
  const rows: readonly (readonly [string, readonly Run[]])[] = [
    ['plain', [{ text: 'plain' }]],
    ['', []],
    ['a \\emph{b} c', [{ text: 'a ' }, { text: 'b', styles: ['italic'] }, { text: ' c' }]],
    ['\\textit{a}\\textsl{b}', [{ text: 'ab', styles: ['italic'] }]],
    ['\\textbf{a}b', [{ text: 'a', styles: ['bold'] }, { text: 'b' }]],
    ['\\texttt{a_b}', [{ text: 'a_b', styles: ['code'] }]],
    ['\\verb|a$b|c', [{ text: 'a$b', styles: ['code'] }, { text: 'c' }]],
    [
      '\\textbf{a \\emph{b}}',
      [
        { text: 'a ', styles: ['bold'] },
        { text: 'b', styles: ['bold', 'italic'] },
      ],
    ],
    ['{\\em a} b', [{ text: 'a', styles: ['italic'] }, { text: ' b' }]],
    [
      '{\\bf a \\it b} c',
      [{ text: 'a ', styles: ['bold'] }, { text: 'b', styles: ['bold', 'italic'] }, { text: ' c' }],
    ],
    ['{\\tt a}', [{ text: 'a', styles: ['code'] }]],
    ['{\\sc a}\\textsc{b}\\textrm{c}\\underline{d}\\mbox{e}', [{ text: 'abcde' }]],
    ['a $x$ b', [{ text: 'a ' }, { text: 'x', styles: ['math'] }, { text: ' b' }]],
    ['\\textbf{$x$}', [{ text: 'x', styles: ['bold', 'math'] }]],
    ['\\href{https://a.org/b_c}{here}', [{ text: 'here', href: 'https://a.org/b_c' }]],
    [
      '\\href{https://a.org/b\\_c\\%20}{\\emph{x}}',
      [{ text: 'x', styles: ['italic'], href: 'https://a.org/b_c%20' }],
    ],
    ['\\url{http://a.org/~b}', [{ text: 'http://a.org/~b', href: 'http://a.org/~b' }]],
    ['\\url{a.org}', [{ text: 'a.org' }]],
    ['\\href{javascript:alert(1)}{here}', [{ text: 'here (javascript:alert(1))' }]],
    ['\\href{mailto:a@b.org}{write}', [{ text: 'write (mailto:a@b.org)' }]],
    ['\\hyperlink{https://a.org/}{x}', [{ text: 'x', href: 'https://a.org/' }]],
    ['\\textcolor{red}{a}', [{ text: 'a' }]],
    ['{\\color{blue}{a}} b', [{ text: '{a} b' }]],
  ]
  it.each(rows)('%s', (source, runs) => {
    expect(latexRuns(source)).toEqual(runs)
  })
})

describe('commands in words', () => {
  reads([
    ['50\\% \\& \\#1 a\\_b \\$5 \\{x\\}', '50% & #1 a_b $5 {x}'],
    ['a\\footnote{b $x$} c', 'a (b x) c'],
    ['a \\footnote{b} c', 'a (b) c'],
    ['a\\footnote{cut off', 'a (cut off)'],
    ['\\textbf{cut off', 'cut off'],
    ['a~\\cite{b,c}', 'a [b, c]'],
    ['\\cite[p. 3]{b}', '[b, p. 3]'],
    ['\\citep{b} \\ref{fig:a} \\eqref{c}', '[b] fig:a (c)'],
    ['a\\label{x} b', 'a b'],
    ['a\\\\b', 'a b'],
    ['a \\\\ b', 'a b'],
    ['a\\newline b', 'a b'],
    ['a\\ b', 'a b'],
    ['5\\,mV', '5 mV'],
    ['(\\>20, \\<5)', '(>20, <5)'],
    ['St\\ütze', 'Stütze'],
    ['hy\\-phen', 'hyphen'],
    ['SVD\\@.', 'SVD.'],
    ['\\LaTeX{} and \\TeX', 'LaTeX and TeX'],
    ['(\\eg, \\ie) \\etal.', '(e.g., i.e.) et al.'],
    ['A\\textsuperscript{2}B\\textsubscript{i}', 'A²Bᵢ'],
    ['\\textsuperscript{*}\\textsuperscript{a,b}', '*^(a,b)'],
    ['ours\\xspace is', 'ours is'],
    ['\\begin{itemize} \\item a \\item b \\end{itemize} c', '• a • b c'],
    ['\\begin{enumerate}\\item[1.] a\\end{enumerate}', '1. a '],
    ['a\\ldots\\ b', 'a… b'],
    ['\\textasciitilde 5 \\textdegree C', '~ 5 ° C'],
    ['25{\\deg}C', '25°C'],
    ['5 \\times 6', '5 × 6'],
    ['a \\rightarrow b', 'a → b'],
    ['\\alpha-helix', 'α-helix'],
    ['O(n \\log n)', 'O(n log n)'],
    ['\\frac{1}{2} of', '1/2 of'],
    ['\\mathcal{O}(n)', '𝒪(n)'],
    ['\\ensuremath{x^2}', 'x²'],
    ['\\num{33000} tiles', '33000 tiles'],
    ['x\\unicode{x2014}y', 'x—y'],
    ['Bird\\u2019s', 'Bird’s'],
  ])
})

describe('accents', () => {
  reads([
    ['Schr\\"odinger', 'Schrödinger'],
    ['Schr{\\"o}dinger', 'Schrödinger'],
    ['Schr\\"{o}dinger', 'Schrödinger'],
    ["Fr\\'echet, caf\\'{e}", 'Fréchet, café'],
    ['\\`a la', 'à la'],
    ['na\\"{\\i}ve na\\"\\i ve', 'naïve naïve'],
    ['\\^ile d\\^{\\i}ner', 'île dîner'],
    ['pi\\~nata', 'piñata'],
    ['fa\\c{c}ade', 'façade'],
    ['Nov\\v{s}ak Dvo\\v rak', 'Novšak Dvořak'],
    ['Erd\\H{o}s', 'Erdős'],
    ['{\\v C}apek, \\v Capek, \\c Sanli', 'Čapek, Čapek, Şanli'],
    ['Nguy\\~{\\^e}n, Vi\\^{\\d e}t', 'Nguyễn, Việt'],
    ['k\\k{a}t', 'kąt'],
    ['\\r{a}ngstr\\"om \\AA', 'ångström Å'],
    ['Mah\\={a}bh\\={a}rata', 'Mahābhārata'],
    ['\\.{z}aba', 'żaba'],
    ['\\u{a} \\d{h} \\b{b}', 'ă ḥ ḇ'],
    ["stra\\ss e, \\O re, \\ae on, \\L{}\\'od\\'z", 'straße, Øre, æon, Łódź'],
    ["Csisz{\\' a}r", 'Csiszár'],
    ["today\\'s", "today's"],
    ['the \\"end\\" of', 'the "end" of'],
    ['Pass\\^{}1', 'Pass^1'],
    ['\\r{ho} = 0.3, \\b{eta}, \\k{appa}', 'ρ = 0.3, β, κ'],
  ])
})

describe('quantities', () => {
  reads([
    ['\\SI{5}{\\km}, \\SI{10}{\\micro\\meter}', '5 km, 10 μm'],
    ['$\\SI{3}{\\metre\\per\\second\\squared}$', '3 m/s²'],
    ['\\qty{9.8}{m/s^2}, \\qty{4}{\\square\\metre}', '9.8 m/s², 4 m²'],
    ['\\si{\\kilo\\hertz}, \\unit{\\mm}', 'kHz, mm'],
    ['\\ang{45}, \\SI{20}{\\degreeCelsius}, \\SI{20}{\\degree}', '45°, 20 °C, 20°'],
  ])
  stays('\\SI{3}{\\furlong}', '\\SI{3}', '\\si{\\kilo}', '\\qty{5}{\\per}')
})

describe('letters of a word that are set apart', () => {
  const rows: readonly (readonly [string, readonly Run[]])[] = [
    ['$\\textbf{B}$road', [{ text: 'B', styles: ['bold'] }, { text: 'road' }]],
    [
      'shee$\\underline{\\mathbf{t}}$ing',
      [{ text: 'shee' }, { text: 't', styles: ['bold'] }, { text: 'ing' }],
    ],
    ['$\\mathbf{x}$-ray', [{ text: '𝐱', styles: ['math'] }, { text: '-ray' }]],
    ['$\\textbf{AB-CD}$', [{ text: 'AB-CD', styles: ['math'] }]],
  ]
  it.each(rows)('%s', (source, runs) => {
    expect(latexRuns(source)).toEqual(runs)
  })
})

describe('quotes, dashes, ties', () => {
  reads([
    ["``a''", '“a”'],
    ['``a"', '“a”'],
    ["`a'", '‘a’'],
    ["``a `b' c''", '“a ‘b’ c”'],
    ["the `authors' work'", "the ‘authors’ work'"],
    ["``$x$''", '“x”'],
    ["the ''a b'' of", 'the “a b” of'],
    ['"a"--b', '"a"–b'],
    ['a--b', 'a–b'],
    ['a -- b', 'a – b'],
    ['a---b', 'a—b'],
    ['10--20', '10–20'],
    ['Fig.~1', 'Fig. 1'],
    ['models~(LLMs)', 'models (LLMs)'],
    ['GPT~5', 'GPT 5'],
    ['a~$x$', 'a x'],
  ])
  stays(
    "don't",
    "the users' 5'",
    '"a"',
    '`code`',
    '``a',
    "''a",
    "5'' and 6''",
    'use "--help"',
    'use --help',
    '<!-- a -->',
    'a --> b',
    '-----',
    '~5%',
    '(~5)',
    '5~7',
    'a ~ b',
  )
  stays('https://a.org/~b/c--d_e', 'http://a.org/?x=y&z=1')
})

describe('braces and scripts in words', () => {
  reads([
    ['Mus{é}e', 'Musée'],
    ['2{,}000', '2,000'],
    ['{W}asserstein', 'Wasserstein'],
    ['a{} b', 'a b'],
    ['{\\alpha}-x', 'α-x'],
    ['10^{-3}', '10⁻³'],
    ['10^-3', '10⁻³'],
    ['R^2 = 0.5', 'R² = 0.5'],
    ['O(n^2)', 'O(n²)'],
    ['x_{i} and', 'xᵢ and'],
    ['F_{1}-score', 'F₁-score'],
    ['x^\\top y', 'x^⊤ y'],
  ])
  stays('{a, b}', '{a robust option}', 'snake_case', 'a_1', '^_^', 'x^y', 'a ^2', '{', '}', '_', '^', 'f({})')
})

describe('formulas and money', () => {
  reads([
    ['$x$', 'x'],
    ['$ x $', 'x'],
    ['$x$ and $y$', 'x and y'],
    ['$x$$y$', 'xy'],
    ['$$x = y$$', 'x = y'],
    ['\\(x^2\\) \\[y\\]', 'x² y'],
    ['\\begin{equation}x=y\\end{equation}', 'x = y'],
    ['$5$', '5'],
    ['$5\\%$', '5%'],
    ['$ 5 $', '5'],
    ['$ 0.5$s for $ 3 \\times 4$', '0.5s for 3 × 4'],
    ['$100K$', '100K'],
    ['$3 \\times 3$', '3 × 3'],
    ['1.6$\\times$', '1.6×'],
    ['$\\sim$10', '∼10'],
    ['$>$3', '>3'],
    ['$n$4', 'n4'],
    ['$k$-means', 'k-means'],
    ['H$_2$O', 'H₂O'],
    ['G$^{2}$D', 'G²D'],
    ['F1$-$score', 'F1-score'],
    ['a$-$b', 'a–b'],
    ['$φ-$net', 'φ-net'],
    ['$-$5', '−5'],
    ['$a \\text{ if $b$ } c$', 'a if b c'],
    ['$x\n= y$', 'x = y'],
    ['$x \\quad y$', 'x y'],
    ['costs $5 and $x$', 'costs $5 and x'],
    ['$5 for $x^2$', '$5 for x²'],
    ['\\$5 and $x$', '$5 and x'],
    ['$\\textbf{all of these words}$', 'all of these words'],
  ])
  stays(
    'costs $5 and $7',
    'from $5 to $10 million',
    '$5-$10',
    '$5-10 million',
    '$1M-$2M',
    'US$100 and US$200',
    'US$ 100 and US$ 200',
    '$ 5 and $ 6',
    '$ 5, $ 6',
    'A$5 (C$6)',
    '$5, $10 and $15',
    '$0.08 against $4.2',
    'about $40,000.',
    'Modeling$ (WPM) to',
    '$',
    '$$',
    '$ $',
    'the $ sign and the sum of all $ signs',
  )
})

describe('macros of the paper’s own', () => {
  reads([
    ['we propose \\ours, a method', 'we propose ‹ours›, a method'],
    ['\\method{} is', '‹method› is'],
    ['\\method~is', '‹method› is'],
    ['\\method\\ is', '‹method› is'],
    ["\\mname's", "‹mname›'s"],
    ['\\textbf{\\model{}}', '‹model›'],
    ['{\\tracker} to', '‹tracker› to'],
  ])
  stays(
    '\\foo{x} y',
    '\\foo{x}{y_1}',
    '\\replaced{a }{b }',
    'a newline (\\n\\n)',
    'C:\\Users\\name',
    'common\\situation',
    '\\newcommand{\\a}{b}',
    '\\begin{foo}a\\end{foo}',
    '\\https://a.org',
    '\\',
    'a\\',
  )
})
