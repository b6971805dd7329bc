// The texts that are searched are those that people read: LaTeX as Unicode, so that α is found as α and as alpha, and no
// name of a command is taken for a word.

import type { PaperText } from '../library/segments.ts'
import { latexText } from '../text/latex.ts'

/** A paper's texts as the reader shows them. */
export function asRead<T extends Pick<PaperText, 'title' | 'abstract'>>(paper: T): T {
  const title = latexText(paper.title)
  const abstract = latexText(paper.abstract)
  return title === paper.title && abstract === paper.abstract ? paper : { ...paper, title, abstract }
}
