// The discussion of a paper on the Hub, as blocks to read.

import type { Comment } from '../paper.ts'
import type { Block } from '../text/document.ts'
import { parseMarkdown } from '../text/markdown.ts'
import { unwrapLine } from '../text/sanitise.ts'
import { relativeTime } from './dates.ts'

/** Replies are set in so many times; what answers them stands beside them. */
const MAX_DEPTH = 4

/** Comments with their replies set in below them, nothing where there are none; `now` is in ms since 1970. */
export function discussionBlocks(comments: readonly Comment[], now: number): Block[] {
  return comments.flatMap((comment, at) => [
    ...(at === 0 ? [] : [{ kind: 'rule' } as const]),
    ...threadBlocks(comment, now, 0),
  ])
}

function threadBlocks(comment: Comment, now: number, depth: number): Block[] {
  const replies =
    depth + 1 < MAX_DEPTH
      ? comment.replies.flatMap((reply) => threadBlocks(reply, now, depth + 1))
      : descendants(comment).flatMap((reply) => commentBlocks(reply, now))
  return [
    ...commentBlocks(comment, now),
    ...(replies.length > 0 ? [{ kind: 'quote', blocks: replies } as const] : []),
  ]
}

/** All replies and those to them, in the order of a conversation. */
function descendants(comment: Comment): Comment[] {
  const all: Comment[] = []
  const todo = comment.replies.toReversed()
  // By hand: a thread may be as deep as it likes.
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    all.push(next)
    for (const reply of next.replies.toReversed()) todo.push(reply)
  }
  return all
}

function commentBlocks({ author, at, markdown, hidden, reactions }: Comment, now: number): Block[] {
  const body = hidden ? [] : parseMarkdown(markdown)
  const counts = reactions.map(({ reaction, count }) => `${unwrapLine(reaction)} ${count}`).join('  ')
  return [
    {
      kind: 'paragraph',
      runs: [
        { text: unwrapLine(author) || 'Somebody', styles: ['bold'] },
        { text: ` · ${relativeTime(at, now)}`, styles: ['dim'] },
      ],
    },
    ...(body.length > 0 ? body : [note(hidden ? 'This comment is hidden.' : 'This comment is empty.')]),
    ...(counts === '' ? [] : [note(counts)]),
  ]
}

const note = (text: string): Block => ({ kind: 'paragraph', runs: [{ text, styles: ['dim'] }] })
