// Which papers rules match, derived anew from the whole library: as bits it takes milliseconds a rule, and nothing that
// was missed once stays missed.

import type { Library } from '../library/library.ts'
import { allRules, keepMatches } from '../library/rules.ts'
import type { PaperId } from '../paper.ts'
import { createSearcher } from './search.ts'

/** What came of it: matches that came and went, and of each rule that watches, how many of the new papers it matches. */
export interface Derived {
  readonly changed: number
  readonly watched: readonly { readonly name: string; readonly papers: number }[]
}

/**
 * Derives what all rules that are on match now. `fresh` are the papers that have just come in. Not for the thread that
 * draws the screen.
 */
export function deriveRules(library: Library, fresh: readonly PaperId[] = []): Derived {
  const rules = allRules(library).filter(({ isOn }) => isOn)
  if (rules.length === 0) return { changed: 0, watched: [] }
  const searcher = createSearcher(library)
  const isFresh = new Set(fresh)
  let changed = 0
  const watched: { name: string; papers: number }[] = []
  for (const rule of rules) {
    const { added, removed } = keepMatches(library, rule, searcher.matching(rule.query))
    changed += added.length + removed
    const papers = added.filter((id) => isFresh.has(id)).length
    if (rule.kind === 'watch' && papers > 0) watched.push({ name: rule.name, papers })
  }
  return { changed, watched }
}
