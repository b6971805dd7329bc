// What the commands of mathematics do that stand for no sign of their own, by their names.

import { markOf } from './letters.ts'
import { type Atom, signOf } from './symbols.ts'
import type { Grid, Shape } from './tree.ts'

const names = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

function named<T>(entries: readonly (readonly [T, string])[]): ReadonlyMap<string, T> {
  return new Map(entries.flatMap(([value, list]) => [...names(list)].map((name) => [name, value] as const)))
}

/** Letters in other shapes. */
export const SHAPES = named<Shape>([
  ['bold', 'mathbf boldsymbol bm pmb mathbfit symbf symbfit bold'],
  ['blackboard', 'mathbb mathds mathbbm mathbbold Bbb bbold'],
  ['script', 'mathcal mathscr mathpzc EuScript'],
  ['fraktur', 'mathfrak frak'],
  ['upright', 'mathrm mathsf mathtt mathup symrm symup'],
  ['italic', 'mathit mathnormal'],
])

/** The same for all that follows. */
export const DECLARATIONS = named<Shape>([
  ['bold', 'bf bfseries boldmath'],
  ['script', 'cal scr'],
  ['upright', 'rm sf tt sc rmfamily sffamily ttfamily'],
  ['italic', 'it sl em itshape'],
])

/** Words within a formula. */
export const WORDS = names(
  `text textrm mbox hbox textnormal textup textit textsl emph textsf texttt textsc textmd textbf fbox intertext
  shortintertext`,
)

export const FRACTIONS = names('frac dfrac tfrac cfrac nicefrac sfrac flatfrac')
export const BINOMIALS = names('binom dbinom tbinom')

/** What comes between its two parts without braces of its own. */
export const INFIXES = names('over choose atop')

/** How the argument stands among its neighbours. */
export const ATOMS = named<Atom>([
  ['function', 'mathop operatorname operatornamewithlimits'],
  ['binary', 'mathbin'],
  ['relation', 'mathrel'],
  ['open', 'mathopen'],
  ['close', 'mathclose'],
  ['punctuation', 'mathpunct'],
])

/** The widths of spaces. */
export const SPACES = named<number>([
  [1, ', : ; > thinspace medspace thickspace enspace space nobreakspace'],
  [2, 'quad'],
  [4, 'qquad'],
])

/** Commands that only say how what follows is set. */
export const SILENT = names(
  `! - / @ limits nolimits displaylimits displaystyle textstyle scriptstyle scriptscriptstyle nonumber notag
  allowbreak nobreak relax noindent hfill hfil strut mathstrut protect xspace ensuremath mathord mathinner smash
  mathclap mathllap mathrlap underbrace overbrace boxed negthinspace negmedspace negthickspace hline toprule midrule
  bottomrule tiny small footnotesize scriptsize normalsize large Large LARGE huge nolinebreak linebreak left right
  middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm substack`,
)

/** Commands with an argument that is nothing to read. */
export const SETTINGS = names(
  'label color textcolor colorbox phantom hphantom vphantom vspace hspace cline hypersetup setlength',
)

/** What is put around the argument. */
export const FENCES: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['abs', ['|', '|']],
  ['norm', ['‖', '‖']],
  ['ket', ['|', '⟩']],
  ['bra', ['⟨', '|']],
  ['braket', ['⟨', '⟩']],
  ['ceil', ['⌈', '⌉']],
  ['floor', ['⌊', '⌋']],
  ['bigO', ['O(', ')']],
])

/** Arrows that carry words: what stands before and behind those. */
export const ARROWS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['xrightarrow', ['─', '→']],
  ['xleftarrow', ['←', '─']],
  ['xleftrightarrow', ['←', '→']],
  ['xRightarrow', ['═', '⇒']],
  ['xLeftarrow', ['⇐', '═']],
  ['xhookrightarrow', ['─', '↪']],
  ['xmapsto', ['─', '↦']],
])

/** Environments. */
export const GRIDS = named<Grid>([
  [{ kind: 'matrix', open: '', close: '' }, 'matrix smallmatrix'],
  [{ kind: 'matrix', open: '(', close: ')' }, 'pmatrix psmallmatrix'],
  [{ kind: 'matrix', open: '[', close: ']' }, 'bmatrix bsmallmatrix'],
  [{ kind: 'matrix', open: '{', close: '}' }, 'Bmatrix'],
  [{ kind: 'matrix', open: '|', close: '|' }, 'vmatrix'],
  [{ kind: 'matrix', open: '‖', close: '‖' }, 'Vmatrix'],
  [{ kind: 'cases', open: '', close: '' }, 'array tabular'],
  [{ kind: 'cases', open: '{', close: '' }, 'cases dcases'],
  [{ kind: 'cases', open: '', close: '}' }, 'rcases'],
  [
    { kind: 'lines', open: '', close: '' },
    `align aligned alignat alignedat split gather gathered multline multlined eqnarray equation displaymath math
    flalign dmath subequations subarray`,
  ],
])

/** Environments with an argument that says how columns are set. */
export const WITH_COLUMNS = names('array tabular alignat alignedat subarray')

export const ALIGNED: Grid = { kind: 'lines', open: '', close: '' }

const STACKS = names('sqrt overset stackrel underset not pmod pod')

/** Whether a command is nothing without an argument. */
export const takesArgument = (name: string): boolean =>
  markOf(name) !== undefined ||
  [SHAPES, WORDS, FRACTIONS, BINOMIALS, ATOMS, FENCES, ARROWS, STACKS].some((table) => table.has(name))

/** Whether a command is one of mathematics, and not of words. */
export const knowsCommand = (name: string): boolean =>
  (takesArgument(name) && !WORDS.has(name)) || signOf(name) !== undefined || SILENT.has(name)
