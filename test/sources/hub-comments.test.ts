import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Comment } from '../../src/paper.ts'
import { SourceError } from '../../src/sources/errors.ts'
import { createHttp } from '../../src/sources/http.ts'
import { fetchComments, parseComments } from '../../src/sources/hub-comments.ts'
import { sanitise } from '../../src/text/sanitise.ts'
import { type FakeHub, type Fault, onPath, startFakeHub } from '../support/fake-hub.ts'
import { hubComment } from '../support/fake-hub-pages.ts'
import { generateDay } from '../support/generate.ts'

const DAY = '2025-01-06'
const entries = generateDay(DAY, 2)
const ID = entries[0]?.paper.id ?? ''

const hubs: FakeHub[] = []
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()))
})

async function start(comments: unknown[], faults: Fault[] = []): Promise<FakeHub> {
  const hub = await startFakeHub({
    days: new Map([[DAY, entries]]),
    today: '2025-01-12',
    comments: new Map([[ID, comments]]),
    faults,
  })
  hubs.push(hub)
  return hub
}

async function ask(hub: { url: string }, id = ID): Promise<readonly Comment[]> {
  const http = createHttp({ pause: 2, tries: 2, env: {} })
  return await fetchComments(http, hub.url, id).finally(() => http.close())
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
const html = (props: unknown) =>
  `<html><body><div data-target="PaperContent" data-props="${escapeHtml(JSON.stringify(props))}"></div></body></html>`
const parse = (...comments: unknown[]) => parseComments(html({ paper: { id: ID }, comments }), ID)

const at = (minute: number) => new Date(Date.UTC(2025, 0, 6, 10, minute)).toISOString()
/** Threads as their ids alone: `a(b c(d)) e`. */
const shape = (comments: readonly Comment[]): string =>
  comments.map(({ id, replies }) => (replies.length > 0 ? `${id}(${shape(replies)})` : id)).join(' ')

describe('a comment', () => {
  it('is who says what and when, and what others think of it', async () => {
    const raw = 'A **lantern**?\n\n```\n  indented\n```\n'
    const said = hubComment('a', {
      raw,
      name: 'heron',
      createdAt: at(0),
      reactions: [
        { reaction: '👍', users: ['marsh', 'reed'], count: 2 },
        { reaction: '🔥', users: ['marsh'], count: 1 },
      ],
    })
    expect(await ask(await start([said]))).toEqual([
      {
        id: 'a',
        author: 'heron',
        at: Date.parse(at(0)),
        markdown: raw.trim(),
        hidden: false,
        reactions: [
          { reaction: '👍', count: 2 },
          { reaction: '🔥', count: 1 },
        ],
        replies: [],
      },
    ])
  })

  it('that was hidden says so, and nothing else', () => {
    const [comment] = parse(hubComment('a', { raw: 'What nobody should read', hidden: true }))
    expect(comment).toMatchObject({ id: 'a', hidden: true, markdown: '' })
    expect(JSON.stringify(comment)).not.toContain('nobody')
  })

  it('of nobody who is known is kept', () => {
    expect(parse({ ...hubComment('a'), author: undefined })).toMatchObject([{ id: 'a', author: '' }])
    expect(parse({ ...hubComment('a'), author: { fullname: 'Ada Marsh' } })).toMatchObject([
      { author: 'Ada Marsh' },
    ])
  })

  it('has nothing in it that a terminal would obey', () => {
    const evil = '\u001b[2Jred\u202e\u200b\r\ntwo'
    const [comment] = parse(
      hubComment(`a${evil}`, {
        raw: evil,
        name: evil,
        reactions: [{ reaction: '\u001b]0;x\u0007👍', count: 1 }],
      }),
    )
    expect(comment).toMatchObject({ author: 'red two', markdown: 'red\ntwo' })
    const texts = [comment?.id, comment?.author, comment?.markdown, comment?.reactions[0]?.reaction]
    for (const text of texts) expect(sanitise(text ?? '')).toBe(text)
  })

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a number', 3],
    ['without data', { ...hubComment('b'), data: null }],
    ['without an id', { ...hubComment('b'), id: 7 }],
    ['without a time', { ...hubComment('b'), createdAt: 'lately' }],
    ['without a text', hubComment('b', { raw: ' \u200b ' })],
    ['something else that happened', { ...hubComment('b'), type: 'status-change' }],
  ])('that cannot be read costs itself alone: %s', (_what, bad) => {
    expect(shape(parse(hubComment('a'), bad, hubComment('c')))).toBe('a c')
  })

  it.each<[string, unknown]>([
    ['nothing', null],
    ['no list', { reaction: '👍', count: 1 }],
    ['without a count', [{ reaction: '👍' }]],
    ['of nobody', [{ reaction: '👍', count: 0 }]],
    ['counted in halves', [{ reaction: '👍', count: 1.5 }]],
    ['that are texts', [{ reaction: 'x'.repeat(17), count: 1 }]],
  ])('has no reactions that are %s', (_what, reactions) => {
    expect(parse(hubComment('a', { reactions: reactions as unknown[] }))).toMatchObject([{ reactions: [] }])
  })
})

describe('threads', () => {
  const reply = (id: string, minute: number, parentCommentId?: string, replies: unknown[] = []) => ({
    ...hubComment(id, { createdAt: at(minute), ...(parentCommentId && { parentCommentId }) }),
    replies,
  })

  it.each<[string, unknown[], string]>([
    ['by the comment they answer', [reply('a', 0), reply('b', 1), reply('c', 2, 'a')], 'a(c) b'],
    ['by what holds them', [reply('a', 0, undefined, [reply('c', 2)]), reply('b', 1)], 'a(c) b'],
    ['by both, once', [reply('a', 0, undefined, [reply('c', 2, 'a')]), reply('c', 2, 'a')], 'a(c)'],
    ['in any order', [reply('c', 2, 'b'), reply('b', 1, 'a'), reply('a', 0)], 'a(b(c))'],
    ['oldest first', [reply('b', 3), reply('a', 0), reply('d', 5, 'a'), reply('c', 4, 'a')], 'a(c d) b'],
    ['in the Hub’s order at one time', [reply('b', 0), reply('a', 0), reply('c', 0, 'b')], 'b(c) a'],
    ['without what they answer', [reply('a', 0, 'gone'), reply('b', 1, 'a')], 'a(b)'],
    ['in a circle', [reply('a', 0, 'b'), reply('b', 1, 'a')], 'a(b)'],
    ['on themselves', [reply('a', 0, 'a')], 'a'],
    [
      'below one that cannot be read',
      [reply('a', 0, undefined, [{ ...reply('', 1), replies: [reply('c', 2)] }])],
      'a(c)',
    ],
  ])('%s', (_how, comments, expected) => {
    expect(shape(parse(...comments))).toBe(expected)
  })

  it('keep what answers a hidden comment', () => {
    const comments = parse(hubComment('a', { hidden: true }), reply('b', 1, 'a'))
    expect(shape(comments)).toBe('a(b)')
  })

  it.each([
    ['held', (level: number, inner: unknown[]) => reply(`r${level}`, level, undefined, inner)],
    ['named', (level: number, inner: unknown[]) => [reply(`r${level}`, level, `r${level - 1}`), ...inner]],
  ])('grow no deeper than a screen can show, and lose nothing: %s', (_how, wrap) => {
    let comments: unknown[] = []
    for (let level = 999; level >= 0; level--) comments = [wrap(level, comments)].flat()
    const count = (list: readonly Comment[]): number =>
      list.reduce((sum, { replies }) => sum + 1 + count(replies), 0)
    const depth = (list: readonly Comment[]): number =>
      list.reduce((most, { replies }) => Math.max(most, 1 + depth(replies)), 0)
    const threads = parse(...comments)
    expect([count(threads), depth(threads)]).toEqual([1000, 9])
  })
})

describe('fetchComments', () => {
  it('asks for the paper’s page alone', async () => {
    const hub = await start([])
    expect(await ask(hub)).toEqual([])
    expect(hub.requests.map(({ url }) => url)).toEqual([`/papers/${ID}`])
  })

  it('says of a paper that the Hub does not have that it has no page of it', async () => {
    await expect(ask(await start([]), '2501.99999')).rejects.toMatchObject({
      code: 'not-found',
      message: 'The Hub has no page of the paper 2501.99999.',
    })
  })

  it.each<[string, Partial<Fault> & { kind: string }, string]>([
    ['a closed door', { kind: 'status', status: 403 }, 'refused'],
    ['a server in trouble', { kind: 'status', status: 500 }, 'server'],
    ['a login page', { kind: 'wrong-type' }, 'unknown-shape'],
    ['half a page', { kind: 'truncate' }, 'unknown-shape'],
  ])('fails in words where there is %s', async (_what, fault, code) => {
    const always = { ...fault, match: onPath('/papers/'), times: Number.POSITIVE_INFINITY } as Fault
    await expect(ask(await start([], [always]))).rejects.toMatchObject({ code })
  })

  it('tells that nobody answers', async () => {
    await expect(ask({ url: 'http://127.0.0.1:1' })).rejects.toMatchObject({ offline: true })
  })

  it.each(['', '../../settings', 'title:a-title', `${ID}v2`, `${ID}?full=1`, `${ID}\n`])(
    'asks for arXiv ids alone, and not for %j',
    async (id) => {
      const hub = await start([])
      await expect(ask(hub, id)).rejects.toMatchObject({ code: 'bad-request' })
      expect(hub.requests).toEqual([])
    },
  )
})

describe('a page', () => {
  it.each([
    ['of another paper', html({ paper: { id: '2501.00009' }, comments: [] })],
    ['without a paper', html({ comments: [] })],
    ['without comments', html({ paper: { id: ID } })],
    ['of a day', html({}).replace('PaperContent', 'DailyPapers')],
    ['of nothing', ''],
  ])('%s is refused', (_what, text) => {
    expect(() => parseComments(text, ID)).toThrow(expect.objectContaining({ code: 'unknown-shape' }))
  })

  it('never makes it fail but in words', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('a', 'b', true, at(1)))
    const comment = fc
      .record({ id: value, parent: value, raw: value, hidden: value, reactions: value, replies: value })
      .map(({ id, parent, raw, ...data }) => ({
        ...hubComment(id as string),
        data: { ...data, parentCommentId: parent, latest: { raw } },
      }))
    const props = fc.record({
      paper: fc.oneof(fc.constant({ id: ID }), value),
      comments: fc.oneof(fc.array(fc.oneof(comment, value)), value),
    })
    fc.assert(
      fc.property(props, (given) => {
        try {
          for (const { markdown, hidden } of parseComments(html(given), ID))
            expect(markdown === '').toBe(hidden)
        } catch (error) {
          expect(error).toBeInstanceOf(SourceError)
        }
      }),
      { numRuns: 300 },
    )
  })
})

const SAMPLE = new URL('../../../shared/samples/hub/comment_from_papercontent_props.json', import.meta.url)
it.skipIf(!existsSync(SAMPLE))('a real comment is read (skipped where ../shared is absent)', () => {
  const sample = JSON.parse(readFileSync(SAMPLE, 'utf8'))
  const parent = { ...hubComment(sample.data.parentCommentId), createdAt: '2024-07-20T00:00:00.000Z' }
  expect(parse(parent, sample)).toMatchObject([
    {
      replies: [
        {
          id: sample.id,
          author: sample.author.name,
          at: Date.parse('2024-07-25T13:07:31.000Z'),
          markdown: sample.data.latest.raw,
          reactions: [{ reaction: '👍', count: 1 }],
        },
      ],
    },
  ])
})
