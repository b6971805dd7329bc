// A formula as a tree: what latex-math.ts reads, and what is written on one line or several.

import type { Alphabet, Mark } from './letters.ts'
import type { Atom } from './symbols.ts'

/** A part of a formula. `spaced` says that white space stood before it in the source. */
export type MathNode = { readonly spaced?: boolean } & (
  | { readonly kind: 'sign'; readonly text: string; readonly atom: Atom }
  /** Words, spaces and all. */
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'space'; readonly width: number }
  | { readonly kind: 'group'; readonly nodes: readonly MathNode[]; readonly atom: Atom }
  | { readonly kind: 'shape'; readonly shape: Shape; readonly nodes: readonly MathNode[] }
  | {
      readonly kind: 'scripts'
      readonly base: MathNode | null
      readonly below: readonly MathNode[]
      readonly above: readonly MathNode[]
    }
  | { readonly kind: 'fraction'; readonly over: readonly MathNode[]; readonly under: readonly MathNode[] }
  | { readonly kind: 'root'; readonly degree: readonly MathNode[]; readonly nodes: readonly MathNode[] }
  | { readonly kind: 'marked'; readonly mark: Mark; readonly nodes: readonly MathNode[] }
  | {
      readonly kind: 'fenced'
      readonly open: string
      readonly nodes: readonly MathNode[]
      readonly close: string
    }
  | { readonly kind: 'grid'; readonly grid: Grid; readonly rows: readonly GridRow[] }
)

/** The cells of a row. */
export type GridRow = readonly (readonly MathNode[])[]

/** An alphabet, or how letters are set that make a name rather than a product. */
export type Shape = Alphabet | 'upright' | 'italic'

/** Matrices have their cells in the middle of columns, cases at the left; lines are aligned in pairs of columns. */
export interface Grid {
  readonly kind: 'matrix' | 'cases' | 'lines'
  readonly open: string
  readonly close: string
}

export const sign = (text: string, atom: Atom = 'ordinary'): MathNode => ({ kind: 'sign', text, atom })

export const group = (nodes: readonly MathNode[], atom: Atom = 'ordinary'): MathNode => ({
  kind: 'group',
  nodes,
  atom,
})

/** The one node that a row comes down to, if it is one. */
export function onlyNode(nodes: readonly MathNode[]): MathNode | null {
  let [only] = nodes
  if (nodes.length !== 1 || only === undefined) return null
  while (only.kind === 'group' && only.nodes.length === 1 && only.nodes[0]) only = only.nodes[0]
  return only
}
