import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { relativeTime } from '../../src/app/dates.ts'
import { discussionBlocks } from '../../src/app/discussion.ts'
import type { Comment } from '../../src/paper.ts'
import type { Block } from '../../src/text/document.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.parse('2025-06-30T12:00:00Z')

const aComment = (facts: Partial<Comment> = {}): Comment => ({
  id: '1',
  author: 'ada',
  at: NOW - 3 * DAY,
  markdown: 'Where is the *lantern*?',
  hidden: false,
  reactions: [],
  replies: [],
  ...facts,
})

/** Blocks as lines: `!bold!`, `-dim-`, and `>` before what is set in. */
function print(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'rule') return '———'
    if (block.kind === 'quote') return print(block.blocks).map((line) => `> ${line}`)
    if (block.kind !== 'paragraph') return block.kind
    const signs: Readonly<Record<string, string>> = { bold: '!', dim: '-', italic: '*' }
    return block.runs
      .map(({ text, styles = [] }) =>
        styles.reduce((inner, style) => `${signs[style]}${inner}${signs[style]}`, text),
      )
      .join('')
  })
}

describe('a discussion', () => {
  it('without comments is empty, which its screen says', () => {
    expect(discussionBlocks([], NOW)).toEqual([])
  })

  it('sets replies in below what they answer', () => {
    const comments = [
      aComment({
        reactions: [
          { reaction: '👍', count: 3 },
          { reaction: '❤️', count: 1 },
        ],
        replies: [
          aComment({
            author: 'bo',
            at: NOW - 2 * HOUR,
            markdown: 'Over there.',
            replies: [aComment({ author: 'cy', at: NOW, markdown: 'No.' })],
          }),
          aComment({ author: 'di', at: NOW - 65_000, markdown: 'Here.' }),
        ],
      }),
      aComment({ author: 'eve', at: NOW - 400 * DAY, markdown: '- one\n- two' }),
    ]
    expect(print(discussionBlocks(comments, NOW))).toEqual([
      '!ada!- · 3 days ago-',
      'Where is the *lantern*?',
      '-👍 3  ❤️ 1-',
      '> !bo!- · 2 hours ago-',
      '> Over there.',
      '> > !cy!- · just now-',
      '> > No.',
      '> !di!- · 1 minute ago-',
      '> Here.',
      '———',
      '!eve!- · 1 year ago-',
      'list',
    ])
  })

  it('says what is hidden or empty', () => {
    const comments = [
      aComment({ hidden: true, markdown: '', replies: [aComment({ author: 'bo', markdown: 'Why?' })] }),
      aComment({ author: '', markdown: ' \n' }),
    ]
    expect(print(discussionBlocks(comments, NOW))).toEqual([
      '!ada!- · 3 days ago-',
      '-This comment is hidden.-',
      '> !bo!- · 3 days ago-',
      '> Why?',
      '———',
      '!Somebody!- · 3 days ago-',
      '-This comment is empty.-',
    ])
  })

  it('of any depth is set in so far only, and keeps its order', () => {
    let comment = aComment({ markdown: 'word9999' })
    for (let at = 9998; at >= 0; at--)
      comment = aComment({
        markdown: `word${at}`,
        replies: [comment, ...(at === 5 ? [aComment({ markdown: 'last' })] : [])],
      })
    const lines = print(discussionBlocks([comment], NOW)).filter((line) => /word|last/.test(line))
    expect(lines.map((line) => line.replace(/^[> ]*/, ''))).toEqual([
      ...Array.from({ length: 10_000 }, (_, at) => `word${at}`),
      'last',
    ])
    const depths = lines.slice(0, 7).map((line) => line.split('> ').length - 1)
    expect(depths).toEqual([0, 1, 2, 3, 4, 4, 4])
  })

  it('shows nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (author, markdown) => {
        const comment = aComment({ author, markdown, reactions: [{ reaction: author, count: 1 }] })
        for (const line of print(discussionBlocks([comment], NOW)))
          expect(line).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u)
      }),
    )
  })
})

describe('how long ago', () => {
  it.each([
    [0, 'just now'],
    [59_999, 'just now'],
    [-5 * DAY, 'just now'],
    [60_000, '1 minute ago'],
    [59 * 60_000, '59 minutes ago'],
    [HOUR, '1 hour ago'],
    [DAY - 1, '23 hours ago'],
    [DAY, '1 day ago'],
    [6 * DAY, '6 days ago'],
    [20 * DAY, '2 weeks ago'],
    [31 * DAY, '1 month ago'],
    [364 * DAY, '11 months ago'],
    [800 * DAY, '2 years ago'],
    [Number.NaN, 'just now'],
  ])('%i ms: %s', (ms, expected) => {
    expect(relativeTime(NOW - ms, NOW)).toBe(expected)
  })
})
