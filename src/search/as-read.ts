// The texts that are searched are those that people read: LaTeX as Unicode, so that α is found as α and as alpha, and no
// name of a command is taken for a word.

import type { PaperText } from '../library/segments.ts'
import { latexText, mayHaveLatex } from '../text/latex.ts'

/** A paper's texts as the reader shows them. */
export function asRead<T extends Pick<PaperText, 'title' | 'abstract'>>(paper: T): T {
  // Nearly all texts are as they were, and many are read with each letter.
  if (!mayHaveLatex(paper.title) && !mayHaveLatex(paper.abstract)) return paper
  return { ...paper, title: latexText(paper.title), abstract: latexText(paper.abstract) }
}
