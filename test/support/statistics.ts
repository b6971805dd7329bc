// Counts as the statistics show them, seen from a day that is always the same.

import type { Counting } from '../../src/app/statistics.ts'
import { addDays } from '../../src/days.ts'
import type { Counts } from '../../src/library/statistics.ts'

/** A Friday. */
export const TODAY = '2025-12-05'

/** So many papers on every day of a rhythm: on some there is none. */
const readOn = Array.from({ length: 400 }, (_, at) => ({
  day: addDays(TODAY, -at),
  papers: Math.max(0, ((at * 5) % 13) - 6) + (at < 4 ? 1 : 0),
})).filter(({ papers }) => papers > 0)

/** What a reader of some years has; say what matters. */
export function aCounting(facts: Partial<Counts> = {}): Counting {
  return {
    today: TODAY,
    todayUtc: TODAY,
    counts: {
      ...{ readOn, starred: 12, later: 4, hidden: 7, notes: 3 },
      tags: [
        { name: 'rl', papers: 9 },
        { name: 'to-read', papers: 2 },
      ],
      authors: [
        { name: 'Ada Marsh', papers: 5 },
        { name: 'Bo Lind', papers: 4 },
        { name: '中文 Marsh', papers: 1 },
      ],
      organizations: [{ name: 'Saltmarsh Institute', papers: 3 }],
      unreadOf: [
        { day: '2025-12-05', papers: 30 },
        { day: '2025-12-02', papers: 12 },
        { day: '2025-11-30', papers: 50 },
        { day: '2024-11-30', papers: 800 },
      ],
      ...{ papers: 12_345, days: 700, fullTexts: 14, fullTextBytes: 1_234_567, fileBytes: 91_234_567 },
      ...facts,
    },
  }
}
