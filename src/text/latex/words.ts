// What LaTeX's commands for words mean, by their names.

import type { RunStyle } from '../document.ts'

/** A name and its text, by turns. */
function pairs(list: string): ReadonlyMap<string, string> {
  const words = list.trim().split(/\s+/)
  return new Map(
    words.flatMap((name, at) => (at % 2 === 0 ? [[name, (words[at + 1] ?? '').replaceAll('_', ' ')]] : [])),
  )
}

const names = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Letters; LaTeX takes the spaces behind them for the end of the name. */
export const LETTERS = pairs(
  'ss ß SS ẞ o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ NG Ŋ',
)

/** Signs, names and abbreviations. */
export const TEXTS = pairs(`
  textemdash — textendash – textellipsis … ldots … dots … textquotedblleft “ textquotedblright ” textquoteleft ‘
  textquoteright ’ quotedblbase „ quotesinglbase ‚ guillemotleft « guillemotright » guillemetleft « guillemetright »
  textasciitilde ~ textasciicircum ^ textasciigrave \` textunderscore _ textbar | textless < textgreater >
  textbullet • textperiodcentered · textdegree ° deg ° textmu µ texttimes × textdiv ÷ textpm ± textminus −
  textregistered ® texttrademark ™ textcopyright © textdollar $ textbackslash \\ texteuro € textsterling £ textyen ¥ textcent ¢
  textsection § textparagraph ¶ textonehalf ½ textonequarter ¼ textthreequarters ¾ textonesuperior ¹ texttwosuperior ²
  textthreesuperior ³ textrightarrow → textleftarrow ← textuparrow ↑ textdownarrow ↓ textdagger † textdaggerdbl ‡
  textordmasculine º textordfeminine ª textexclamdown ¡ textquestiondown ¿ textcelsius ℃ textohm Ω
  LaTeX LaTeX LaTeXe LaTeX2ε TeX TeX BibTeX BibTeX XeTeX XeTeX
  eg e.g. Eg E.g. ie i.e. Ie I.e. cf cf. Cf Cf. etal et_al. wrt w.r.t. vs vs. aka a.k.a. iid i.i.d.`)

/** Commands that set their argument in a style, or in none that a terminal has. */
export const STYLED: ReadonlyMap<string, RunStyle | null> = new Map([
  ...styled('italic', 'emph textit textsl'),
  ...styled('bold', 'textbf'),
  ...styled('code', 'texttt verb lstinline mintinline'),
  ...styled(
    null,
    `text textrm textsc textsf textup textmd textnormal mbox hbox fbox underline uline hl ul added keywords Keywords
    num centerline`,
  ),
])

/** The same for all that follows. */
export const DECLARED: ReadonlyMap<string, RunStyle | null> = new Map([
  ...styled('italic', 'em it sl itshape slshape'),
  ...styled('bold', 'bf bfseries'),
  ...styled('code', 'tt ttfamily'),
  ...styled(null, 'rm sf sc rmfamily sffamily scshape normalfont mdseries upshape'),
])

function styled(style: RunStyle | null, list: string): [string, RunStyle | null][] {
  return [...names(list)].map((name) => [name, style])
}

/** What says how something is set, or is nothing to read. */
export const SILENT = names(
  `- / @ ! xspace noindent indent centering raggedright small footnotesize scriptsize tiny normalsize large Large LARGE
  huge Huge protect relax null unskip smallskip medskip bigskip leavevmode selectfont footnotemark maketitle clearpage
  newpage displaystyle`,
)

/** The same with an argument. */
export const SETTINGS = names(
  'label color textcolor colorbox vspace hspace hypersetup phantom bibliographystyle',
)

export const SPACES = names(', : ; \\ quad qquad enspace thinspace space newline linebreak par nobreakspace')

export const CITATIONS = names(
  'cite citep citet citealp citealt citeauthor citeyear parencite textcite autocite footcite onlinecite',
)
export const REFERENCES = names('ref eqref autoref cref Cref pageref nameref')

/** Environments whose contents are words. */
export const WORD_ENVIRONMENTS = names(
  'itemize enumerate description center quote quotation abstract document flushleft flushright keywords keyword small',
)
