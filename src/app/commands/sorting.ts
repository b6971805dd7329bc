// The order of the list.

import { leaveChoosing } from '../choosing.ts'
import type { Command } from '../commands.ts'
import type { SortBy } from '../sorting.ts'
import { canReverse, hasRelevance, reverseOrder, sortBy, startSorting } from '../sorting-steps.ts'

const sorting = (by: SortBy, key: string, title: string, hint: string): Command => ({
  id: `sort-${by}`,
  contexts: ['sort'],
  keys: [key],
  title,
  hint,
  after: 'sort',
  run: sortBy(by),
})

export const SORTING: readonly Command[] = [
  {
    id: 'sort',
    contexts: ['list'],
    keys: ['s'],
    title: 'another order: a letter says which',
    run: startSorting,
  },
  {
    id: 'reverse',
    contexts: ['list'],
    keys: ['S'],
    title: 'the order the other way round',
    enabled: canReverse,
    run: reverseOrder,
  },
  sorting('day', 'd', 'by day, the newest first', 'day'),
  sorting('upvotes', 'u', 'by upvotes, the most first', 'upvotes'),
  sorting('momentum', 'm', 'by momentum: the upvotes of the last days', 'momentum'),
  sorting('comments', 'c', 'by comments, the most first', 'comments'),
  sorting('published', 'p', 'by the day of publication on arXiv, the newest first', 'published'),
  sorting('unread', 'n', 'what is unread first', 'unread'),
  { ...sorting('relevance', 'r', 'what fits the words best first', 'relevance'), enabled: hasRelevance },
  {
    id: 'leave-sort',
    contexts: ['sort'],
    keys: ['escape', 'q', 'ctrl+g'],
    title: 'leave the order as it is',
    hint: 'as it is',
    run: leaveChoosing,
  },
]
