import { expect, it } from 'vitest'
import { discussion, storeDiscussion } from '../../src/library/discussions.ts'
import { storePaper } from '../../src/library/papers.ts'
import type { Comment } from '../../src/paper.ts'
import { aPaper, aTitle, temporaryLibrary } from '../support/papers.ts'

const { id: ID } = aPaper()
const comment = (id: string, replies: readonly Comment[] = []): Comment => ({
  id,
  author: 'heron',
  at: 1_736_157_600_000,
  markdown: 'Which **lantern**?\n\n- the “red” one 🏮',
  hidden: false,
  reactions: [{ reaction: '👍', count: 2 }],
  replies,
})

it('comments are there again after closing, with their replies and when they were fetched', () => {
  using held = temporaryLibrary()
  storePaper(held.library, aPaper())
  expect(discussion(held.library, ID)).toBeNull()
  const comments = [comment('a', [comment('b', [comment('c')])]), comment('d')]
  storeDiscussion(held.library, ID, comments, 1000)
  expect(discussion(held.reopen(), ID)).toEqual({ comments, fetchedAt: 1000 })
})

it('that nobody has said anything is known too, and newer comments take the place of older ones', () => {
  using held = temporaryLibrary()
  storePaper(held.library, aPaper())
  storeDiscussion(held.library, ID, [], 1000)
  expect(discussion(held.library, ID)).toEqual({ comments: [], fetchedAt: 1000 })
  storeDiscussion(held.library, ID, [comment('a')], 2000)
  expect(discussion(held.library, ID)).toEqual({ comments: [comment('a')], fetchedAt: 2000 })
})

it('comments go along where their paper gets its arXiv id', () => {
  using held = temporaryLibrary()
  const title = 'Tidal Maps of Quiet Graphs'
  const { id } = storePaper(held.library, aTitle(title))
  storeDiscussion(held.library, id, [comment('a')], 1000)
  storePaper(held.library, aPaper({ title }))
  expect(discussion(held.library, ID)?.comments).toEqual([comment('a')])
})
