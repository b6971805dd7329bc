// The starter library: data/starter.jsonl, a paper a line, so that a first start without a network shows papers.

import type { Day, Paper } from '../paper.ts'
import { NOT_SAID, parseArxivId, provisionalId } from '../paper.ts'
import { unwrapLine, unwrapText } from '../text/sanitise.ts'

/** The day whose page the starter papers stood on. */
export const STARTER_DAY: Day = '2025-12-29'

interface StarterLine {
  readonly id: string | null
  readonly title: string
  readonly abstract: string
  readonly authors: readonly string[]
  readonly authorCount: number | null
  readonly publishedOn: Day | null
  readonly comments: number
}

/** Reads the starter library's text. It is our own file: a broken line is a defect and throws. */
export function parseStarter(jsonl: string): Paper[] {
  return jsonl
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const said = JSON.parse(line) as StarterLine
      return {
        id: (said.id && parseArxivId(said.id)) || provisionalId(said.title),
        title: unwrapLine(said.title),
        abstract: unwrapText(said.abstract),
        authors: said.authors.map(unwrapLine),
        authorCount: said.authorCount,
        publishedOn: said.publishedOn,
        ...NOT_SAID,
        comments: said.comments,
        origin: 'starter',
      }
    })
}
