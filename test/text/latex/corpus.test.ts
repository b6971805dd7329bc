// arXiv's abstracts, where they lie beside the repository.

import { describe, expect, it } from 'vitest'
import { lostWords, realPapers, stillShowsLatex } from '../../../scripts/bench/latex.ts'

const papers = realPapers()

describe.skipIf(papers === null)('arXiv’s titles and abstracts (skipped where ../shared is absent)', () => {
  it('hardly ever show a command or a stray dollar sign', () => {
    const shown = papers?.filter(stillShowsLatex) ?? []
    expect(shown.length).toBeLessThanOrEqual((papers?.length ?? 0) / 1000)
  })

  it('never lose a word', () => {
    expect(papers?.filter((paper) => lostWords(paper).length > 0).map(({ id }) => id)).toEqual([])
  })
})
