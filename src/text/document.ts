// A long text as blocks: what the parsers of full texts and comments make, and what layout turns into lines.

/** How a run of text is set. `math` is mathematics, in Unicode already; `dim` says less than what stands around it. */
export type RunStyle = 'bold' | 'italic' | 'code' | 'math' | 'dim'

/** A piece of running text in one style. Its text is sanitised and without line breaks. */
export interface Run {
  readonly text: string
  readonly styles?: readonly RunStyle[]
  /** Where it leads: `#` and an anchor of the same document, or an http(s) address. */
  readonly href?: string
  /** What is written to the terminal in the place of the text, which is as wide: a row of a picture. */
  readonly drawn?: string
}

/** A cell of a table. `columns` and `rows` are what it spans. */
export interface TableCell {
  readonly runs: readonly Run[]
  readonly columns: number
  readonly rows: number
  readonly align: 'left' | 'center' | 'right'
}

/** An item of a list: its label (`•`, `1.`, `(a)`) and what it says. */
export interface ListItem {
  readonly label: string
  readonly blocks: readonly Block[]
}

export interface Picture {
  /** An http(s) address. */
  readonly src: string
  /** What the page says instead of the picture; may be empty. */
  readonly alt: string
}

/** A block; `anchors` are the names by which links within the document lead to it. */
export type Block = { readonly anchors?: readonly string[] } & (
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4 | 5 | 6; readonly runs: readonly Run[] }
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[] }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  /** A displayed formula, its rows from the top; `number` as the paper prints it: `(3)`, or empty. */
  | { readonly kind: 'equation'; readonly lines: readonly string[]; readonly number: string }
  /** `head` counts the rows that head the columns. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly TableCell[])[]; readonly head: number }
  /** Code and algorithms: lines stay lines, and spaces at their beginnings count. */
  | { readonly kind: 'verbatim'; readonly lines: readonly (readonly Run[])[] }
  /** What floats in print: pictures, a table or an algorithm in `blocks`, and the caption (`Figure 1: …`). */
  | {
      readonly kind: 'figure'
      readonly pictures: readonly Picture[]
      readonly blocks: readonly Block[]
      readonly caption: readonly Run[]
    }
  /** A theorem, lemma, proof, remark: its title (`Theorem 2 (Cauchy).`) and what it says. */
  | { readonly kind: 'theorem'; readonly title: readonly Run[]; readonly blocks: readonly Block[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  /** A footnote, right after the block that refers to it; `label` is its mark. */
  | { readonly kind: 'note'; readonly label: string; readonly blocks: readonly Block[] }
  /** An entry of the bibliography; `label` as citations print it: `[3]`, `Doe et al. (2020)`, or empty. */
  | { readonly kind: 'reference'; readonly label: string; readonly runs: readonly Run[] }
  /** A picture as rows of text that the terminal shows as one, `columns` cells wide. */
  | { readonly kind: 'drawing'; readonly rows: readonly string[]; readonly columns: number }
  | { readonly kind: 'rule' }
)
