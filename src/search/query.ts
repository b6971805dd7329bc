// A query as it was understood: the conditions that a paper must meet, as a tree, and the order wanted.

import type { FieldName, Sort } from './fields.ts'

/** What a paper must be to be found. Words keep their punctuation; the search folds them. */
export type Node =
  | { readonly kind: 'word'; readonly text: string }
  /** Words beside each other, or one exact word. */
  | { readonly kind: 'phrase'; readonly text: string }
  /** A checked value. `phrase` says that it was quoted; only text fields know the difference. */
  | {
      readonly kind: 'field'
      readonly field: Exclude<FieldName, 'sort'>
      readonly value: string
      readonly phrase: boolean
    }
  /** Never of another 'not'. */
  | { readonly kind: 'not'; readonly node: Node }
  /** Two or more, none of them 'and'. */
  | { readonly kind: 'and'; readonly nodes: readonly Node[] }
  /** Two or more, none of them 'or'. */
  | { readonly kind: 'or'; readonly nodes: readonly Node[] }

/** A node of null lets every paper through; a sort of null leaves the order to whoever asks. */
export interface Query {
  readonly node: Node | null
  readonly sort: Sort | null
}

/** The tag that a query asks for and for nothing else: its papers have an order of their own. Null for any other query. */
export const collectionIn = ({ node, sort }: Query): string | null =>
  sort === null && node?.kind === 'field' && node.field === 'tag' ? node.value : null

/** Whether a query asks for hidden papers, or for others: all others leave them out. */
export function speaksOfHidden(node: Node | null): boolean {
  switch (node?.kind) {
    case 'field':
      return node.field === 'is' && node.value === 'hidden'
    case 'not':
      return speaksOfHidden(node.node)
    case 'and':
    case 'or':
      return node.nodes.some(speaksOfHidden)
    default:
      return false
  }
}

/** Fields whose values are words that others understand too. */
const SPOKEN: ReadonlySet<FieldName> = new Set<FieldName>(['author', 'title', 'abstract', 'org'])

/**
 * The words of a query, for a search that knows nothing of fields. What is the reader's own (tags, marks, notes) is not among
 * them, nor what is ruled out; empty where nothing is left.
 */
export function wordsFor(node: Node | null): string {
  switch (node?.kind) {
    case 'word':
    case 'phrase':
      return node.text
    case 'field':
      return SPOKEN.has(node.field) ? node.value : ''
    case 'and':
    case 'or':
      return node.nodes.map(wordsFor).filter(Boolean).join(' ')
    default:
      return ''
  }
}
